#!/usr/bin/env python3
"""Stands in for proof-host and quickstart where a proof itself is on trial: a right page, or one that is wrong in one way.

Usage: stand_in.py [--quickstart] [--break KIND] --port N [--expect FILE] [--plain] [--for SECONDS]
"""
import argparse
import http.server
import itertools
import json
import math
import re
import threading

INF, NAN = math.inf, math.nan
HOSTILE = ['"', "\\", "\n", "\\n", '\\"', "a\\\nb", "\t", "\r", "\x01\x1b\x7f", "\0", "\u2028\x85", "{},= #", " # {} 1", "+Inf", "🦀\u0301", "é" * 5000, " x ", ""]
ODD = [0.0, -0.0, 1.0, -1.5, 1e-320, 5e-324, 2.0**53 + 2, 1e21, 1e22, 0.1 + 0.2, 1.7976931348623157e308, INF, -INF, NAN]

FAMILIES = [  # (name, type, help, [(labels, value)])
    ("standin_odd_values", "gauge", "Values at the edges of a double.", [({"n": str(n)}, value) for n, value in enumerate(ODD)]),
    ("standin_hostile", "counter", 'A "quoted" \\ help\nof two lines, with \\n, \t, \r, \0, \x1b and 🦀.',
     [({"value": text, "after": "x"}, n) for n, text in enumerate(HOSTILE)]),
    ("standin_labels", "gauge", "Labels that scrapers use themselves.", [({"job": "j", "instance": "i", "exported_job": "e"}, 1)]),
    ("standin_latency_seconds", "histogram", "Buckets.", [
        ({"path": text}, {"buckets": [(1e-05, 1), (0.0001, 1), (1.0, 2), (100000.0, 3), (1e6, 3), (INF, 4)], "sum": 0.30000000000000004})
        for text in ("/", '"\\\n')]),
    ("standin_size_bytes", "summary", "Quantiles.", [({}, {"quantiles": [(0.5, NAN), (0.99, 1.5), (1.0, 2.0)], "count": 3, "sum": 4.5})]),
    ("standin_build", "info", "Facts.", [({"version": '1.0 "x"'}, 1)]),
    ("standin_state", "stateset", "States.", [({"standin_state": "on"}, 1), ({"standin_state": "off"}, 0)]),
    ("standin_untold", "unknown", "Kind not known.", [({}, -3.5)]),
    ("standin_" + "n" * 10000, "gauge", "A long name.", [({}, 7)]),
    ("standin_none", "gauge", "No series yet.", []),
    ("standin_work", "counter", "Grows in quickstart.", [({}, 5)]),
]


def number(value):
    value = float(value)
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
    return repr(value)


def bound(value):
    """Go's %g with `.0` at a whole number."""
    if math.isinf(value):
        return "+Inf"
    text = repr(value)
    if value >= 1e6 and "e" not in text:
        mantissa, exponent = f"{value:e}".split("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{exponent}"
    return text


def points(name, type, labels, value):
    """The samples of one metric: (name, labels, value)."""
    if type == "histogram":
        yield from ((f"{name}_bucket", {**labels, "le": bound(le)}, count) for le, count in value["buckets"])
        yield f"{name}_count", labels, value["buckets"][-1][1]
        yield f"{name}_sum", labels, value["sum"]
    elif type == "summary":
        yield from ((name, {**labels, "quantile": bound(rank)}, of) for rank, of in value["quantiles"])
        yield f"{name}_count", labels, value["count"]
        yield f"{name}_sum", labels, value["sum"]
    else:
        yield name + {"counter": "_total", "info": "_info"}.get(type, ""), labels, value


def truth(families):
    def shown(value):
        text = number(value)
        return text if text in ("NaN", "+Inf", "-Inf") else float(value)
    return [
        {"name": sample, "labels": kept, "value": shown(of)}
        for name, type, _, metrics in families for labels, value in metrics for sample, kept, of in points(name, type, labels, value)]


def page(families, openmetrics):
    lines = []
    for name, type, help, metrics in families:
        shown = name if openmetrics else name + {"counter": "_total", "info": "_info"}.get(type, "")
        kind = type if openmetrics else {"info": "gauge", "stateset": "gauge", "unknown": "untyped"}.get(type, type)
        text = help.replace("\\", "\\\\").replace("\n", "\\n")
        lines.append(f"# TYPE {shown} {kind}")
        unit = name.rsplit("_", 1)[1]
        if openmetrics and unit in ("seconds", "bytes"):
            lines.append(f"# UNIT {shown} {unit}")
        lines.append(f"# HELP {shown} {text.replace(chr(34), chr(92) + chr(34)) if openmetrics else text}")
        for labels, value in metrics:
            for sample, kept, of in points(name, type, labels, value):
                pairs = ",".join('%s="%s"' % (key, text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")) for key, text in kept.items())
                lines.append(f"{sample}{'{' + pairs + '}' if pairs else ''} {number(of)}")
    return "\n".join(lines + ["# EOF"] * openmetrics) + "\n"


# ---- One way each to be wrong: (page, is it OpenMetrics, User-Agent) -> page ------------------------------------------------

counter = itertools.count(1)


def line_of(page, start):
    return re.search(rf"^{start}.*\n", page, re.M).group(0)


def only_openmetrics(change):
    return lambda page, openmetrics, agent: change(page) if openmetrics else page


def only_text(change):
    return lambda page, openmetrics, agent: page if openmetrics else change(page)


def in_both(change):
    return lambda page, openmetrics, agent: change(page)


BREAKS = {
    "duplicate": in_both(lambda page: page.replace(line_of(page, "standin_untold"), line_of(page, "standin_untold") * 2)),
    "wrong-value": in_both(lambda page: page.replace("standin_untold -3.5", "standin_untold -3.5000000000000004")),
    "wrong-sign-of-zero": in_both(lambda page: page.replace(" -0.0\n", " 0.0\n")),
    "missing-series": in_both(lambda page: page.replace(line_of(page, "standin_work_total"), "")),
    "extra-series": in_both(lambda page: page.replace("standin_untold -3.5\n", 'standin_untold -3.5\nstandin_untold{x="y"} 1\n')),
    "unescaped-quote": in_both(lambda page: page.replace('value="\\""', 'value="""')),
    "unescaped-newline": in_both(lambda page: page.replace('value="\\n"', 'value="\n"')),
    "unescaped-backslash": in_both(lambda page: page.replace('value="\\\\n"', 'value="\\n"')),
    "control-stripped": in_both(lambda page: page.replace("\x1b\x7f", "")),
    "cut-label": in_both(lambda page: page.replace("é" * 5000, "é" * 4999)),
    "count-not-inf": only_openmetrics(lambda page: page.replace('_seconds_count{path="/"} 4', '_seconds_count{path="/"} 3')),
    "no-eof": only_openmetrics(lambda page: page.replace("# EOF\n", "")),
    "blank-line": only_openmetrics(lambda page: page.replace("# TYPE standin_work", "\n# TYPE standin_work")),
    "interleaved": only_openmetrics(lambda page: page.replace("# EOF", 'standin_odd_values{n="x"} 1\n# EOF')),
    "other-page-in-text": only_text(lambda page: page.replace("standin_work_total 5.0", "standin_work_total 6.0")),
    "other-bounds-in-text": only_text(lambda page: page.replace('le="1.0"', 'le="1"')),
    "other-help-in-text": only_text(lambda page: page.replace("# HELP standin_untold Kind", "# HELP standin_untold The kind")),
    "other-type-in-text": only_text(lambda page: page.replace("# TYPE standin_untold untyped", "# TYPE standin_untold gauge")),
    "bounds-not-canonical": in_both(lambda page: page.replace('le="1.0"', 'le="1"')),
    "no-final-newline": only_text(lambda page: page[:-1]),
    "no-help": only_text(lambda page: page.replace(line_of(page, "# HELP standin_untold"), "")),
    "crlf": in_both(lambda page: page.replace("\n", "\r\n")),
    "values-move": in_both(lambda page: page.replace("standin_work_total 5.0", f"standin_work_total {next(counter)}")),
    "timestamp": in_both(lambda page: page.replace("standin_untold -3.5", "standin_untold -3.5 1")),
    "other-type-for-prometheus": lambda page, openmetrics, agent:
        page.replace("# TYPE standin_odd_values gauge", "# TYPE standin_odd_values unknown") if agent.startswith("Prometheus/") else page,
    "series-move": in_both(lambda page: page.replace("standin_work_total 5.0", 'standin_work_total{x="%d"} 5.0' % next(counter))),
    "content-type": None,  # the page is right, its header is not
}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--quickstart", action="store_true")
    options.add_argument("--break", dest="wrong", choices=BREAKS)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--expect")
    options.add_argument("--plain", action="store_true")
    options.add_argument("--for", type=float, dest="seconds")
    options = options.parse_args()
    families = [family for family in FAMILIES if not (options.plain and family[0] == "standin_labels")]
    change = BREAKS.get(options.wrong) or (lambda page, openmetrics, agent: page)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            openmetrics = "openmetrics-text" in self.headers.get("Accept", "")
            body = change(page(families, openmetrics), openmetrics, self.headers.get("User-Agent", "")).encode()
            right = "application/openmetrics-text; version=1.0.0; charset=utf-8" if openmetrics else "text/plain; version=0.0.4; charset=utf-8"
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if options.wrong == "content-type" else right)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    if options.expect:
        with open(options.expect, "w", encoding="utf-8") as file:
            json.dump(truth(families), file)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    print(f"ready http://127.0.0.1:{options.port}/metrics", flush=True)
    if options.seconds:
        threading.Timer(options.seconds, server.shutdown).start()
    server.serve_forever()


main()

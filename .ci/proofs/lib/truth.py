"""What a server must have after it has scraped the families that proof-formats holds, by format and escaping scheme.

Names are escaped by prometheus_client, not by Vernier.
"""
import math
import re

import pages
from prometheus_client.openmetrics.exposition import escape_label_name, escape_metric_name
from prometheus_client.utils import floatToGoString as go_string

METRIC_NAME, LABEL_NAME = re.compile("[a-zA-Z_:][a-zA-Z0-9_:]*"), re.compile("[a-zA-Z_][a-zA-Z0-9_]*")
SUFFIX = {"counter": "_total", "info": "_info"}


class Truth:
    """The families in one format ("text", "openmetrics" or "protobuf") under one escaping scheme."""

    def __init__(self, families, format, scheme, shows_created=False, leaves_out=()):
        self.families = [family for family in families if not family["name"].startswith((pages.OWN_PREFIX, *leaves_out))]
        self.format, self.scheme, self.shows_created = format, scheme, shows_created

    # Under `dots` prometheus_client doubles the underscores of all names, Prometheus' own library only of those that need escaping:
    # here it is as there.
    def metric_name(self, name):
        return name if self.scheme == "allow-utf-8" or METRIC_NAME.fullmatch(name) else escape_metric_name(name, self.scheme)

    def labels(self, labels):
        return {
            name if self.scheme == "allow-utf-8" or LABEL_NAME.fullmatch(name) else escape_label_name(name, self.scheme): value
            for name, value in labels.items()}

    def metrics(self):
        """(family, escaped name with the suffix of its type, labels, metric) of everything."""
        for family in self.families:
            name = self.metric_name(family["name"] + SUFFIX.get(family["type"], ""))
            for metric in family["metrics"]:
                yield family, name, self.labels(metric["labels"]), metric

    def is_native(self, metric):
        """Whether the server keeps native buckets and no classic ones of a metric."""
        return self.format == "protobuf" and metric["point"].get("native") is not None

    def samples(self):
        """The samples that are numbers."""
        return [pages.sample(*entry) for found in self.metrics() for entry in self._samples(*found)]

    def _samples(self, family, name, labels, metric):
        point, kind = metric["point"], family["type"]
        if self.is_native(metric):
            return
        if self.shows_created and self.format == "openmetrics" and metric["created"] is not None:
            base = name[:-len("_total")] if kind == "counter" else name
            yield base + "_created", labels, metric["created"]
        if kind in ("counter", "gauge", "unknown"):
            yield name, labels, point["value"]
        elif kind == "info":
            yield name, labels, 1
        elif kind == "stateset":
            for state, is_on in point["states"]:
                yield name, {**labels, self._label(family["name"]): state}, is_on
        elif kind == "summary":
            for quantile, value in point["quantiles"]:
                yield name, {**labels, "quantile": go_string(float(quantile))}, value
            yield name + "_count", labels, point["count"]
            yield name + "_sum", labels, point["sum"]
        else:
            for bucket in point["buckets"]:
                yield name + "_bucket", {**labels, "le": go_string(float(bucket["bound"]))}, bucket["count"]
            # OpenMetrics has no sum below zero, and no count without a sum.
            if self.format != "openmetrics" or float(point["sum"]) >= 0:
                g = "g" if kind == "gaugehistogram" and self.format != "protobuf" else ""
                yield f"{name}_{g}count", labels, point["count"]
                yield f"{name}_{g}sum", labels, point["sum"]

    def _label(self, name):
        return next(iter(self.labels({name: ""})))

    def native_histograms(self):
        """{(name, labels): (count, sum, buckets)}; a bucket is (lower, upper, count)."""
        found = {}
        for _, name, labels, metric in self.metrics():
            if self.is_native(metric):
                native = metric["point"]["native"]
                base = 2.0 ** (2.0 ** -native["schema"])
                buckets = [(base ** (index - 1), base ** index, count) for index, count in native["positive"]]
                buckets += [(-base ** index, -base ** (index - 1), count) for index, count in native["negative"]]
                if native["zero_count"]:
                    buckets.append((-native["zero_threshold"], native["zero_threshold"], native["zero_count"]))
                found[name, frozenset(labels.items())] = (metric["point"]["count"], float(metric["point"]["sum"]), sorted(buckets))
        return found

    def exemplars(self):
        """{(name of the series, its labels, the exemplar's labels, value)}; text has none."""
        found = set()

        def add(name, labels, exemplar):
            if exemplar is not None:
                # Prometheus keeps the escapes that the value of an exemplar's label has on an OpenMetrics page.
                shown = frozenset(
                    (key, _escaped(value) if self.format == "openmetrics" else value) for key, value in exemplar["labels"].items())
                found.add((name, frozenset(labels.items()), shown, float(exemplar["value"])))
        if self.format == "text":
            return found
        for _, name, labels, metric in self.metrics():
            add(name, labels, metric["exemplar"])
            point = metric["point"]
            if self.is_native(metric):
                for exemplar in point["native"]["exemplars"]:
                    add(name, labels, exemplar)
            else:
                for bucket in point.get("buckets", []):
                    add(name + "_bucket", {**labels, "le": go_string(float(bucket["bound"]))}, bucket["exemplar"])
        return found

    def created(self):
        """{(name of a counter's series, labels): the time of its making}."""
        return {
            (name, frozenset(labels.items())): metric["created"] for family, name, labels, metric in self.metrics()
            if family["type"] == "counter" and metric["created"] is not None}

    def metadata(self):
        """{family: (type, help)} as a server shows it."""
        in_text = {"info": "gauge", "stateset": "gauge", "unknown": "unknown", "gaugehistogram": "histogram"}
        found = {}
        for family in self.families:
            suffix, kind = SUFFIX.get(family["type"], ""), family["type"]
            name = self.metric_name(family["name"] + suffix)
            if self.format == "openmetrics":
                name = name[:len(name) - len(suffix)]
            elif kind != "gaugehistogram" or self.format == "text":
                kind = in_text.get(kind, kind)
            found[name] = (kind, family["help"])
            if kind == "histogram" and family["type"] == "gaugehistogram":
                found[name + "_gcount"] = found[name + "_gsum"] = ("gauge", family["help"])
        return found


def _escaped(value):
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def same_buckets(expected, found):
    """How the native histograms that were expected differ from those that a server shows."""
    problems = [f"{key} is missing" for key in expected.keys() - found.keys()]
    problems += [f"{key} is there unexpectedly" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        count, total, buckets = expected[key]
        shown = found[key]
        if float(shown["count"]) != count or not _near(float(shown["sum"]), total):
            problems.append(f"{key}: count and sum are {shown['count']} and {shown['sum']} instead of {count} and {total}")
        seen = sorted((float(low), float(high), float(number)) for _, low, high, number in shown.get("buckets", []))
        if len(seen) != len(buckets) or not all(
                number == wanted and _near(low, lower) and _near(high, upper)
                for (low, high, number), (lower, upper, wanted) in zip(seen, buckets)):
            problems.append(f"{key}: {len(seen)} buckets {seen[:6]} … instead of {len(buckets)} {buckets[:6]} …")
    return problems


def _near(left, right):
    return left == right or math.isclose(left, right, rel_tol=1e-12)

"""The host programs in Examples/: started, driven, scraped by a Prometheus with their own configuration, and asked their own queries."""
import json
import math
import os
import re
import subprocess
import threading
import time

import pages
import programs
import report
import web
from children import Child, free_port

EXAMPLES = programs.ROOT / "Examples"
# What promtool may find: names that OpenTelemetry's conventions gave, which end as they do.
GIVEN_NAMES = ("db_client_connection_count ",)
RATE_WINDOW = 15  # seconds for queries of rates, which must lie inside the drive


def program(name):
    """A built program of Examples/."""
    return programs.adapter_program(name)


def load(url, *arguments, seconds=60):
    """Runs the load generator and returns its report: {"sent": …, "requests": [{"request": …, "statuses": …, "seconds": …}]}."""
    told = subprocess.run([program("load"), "--url", url, *map(str, arguments)], capture_output=True, text=True, timeout=seconds, check=False)
    if told.returncode != 0:
        raise RuntimeError(f"load ended with {told.returncode}: {told.stderr[-1000:]}")
    return json.loads(told.stdout)


class Example(Child):
    """A running host; `metrics` is where its page is.

    A subclass has a `name`, starts the program, and has `drive()`, which fills `expected`: {name of a query: {labels: (low, high)}}.
    Labels are a tuple of pairs; a query for one number without labels has the key ().
    """
    name = ""
    rates = ()  # the names of queries that are asked for the last seconds of the drive alone

    def __init__(self, command, folder, metrics_port, path="/metrics"):
        self.metrics = f"127.0.0.1:{metrics_port}"
        self.url = f"http://{self.metrics}{path}"
        self.expected, self.ended, self.problem = {}, 0.0, None
        super().__init__(self.name, command, folder)
        self.wait_until("it serves its page", lambda: web.request(self.url))

    def drive(self):
        raise NotImplementedError

    def of_the_system(self):
        """The memory of the process and its processor time so far, as the system says, with room for what it does until it is scraped."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            figures = file.read().rsplit(")", 1)[1].split()
        spent = (int(figures[11]) + int(figures[12])) / os.sysconf("SC_CLK_TCK")
        memory = int(figures[21]) * os.sysconf("SC_PAGE_SIZE")
        return {(): (0.7 * memory, 1.5 * memory)}, {(): (spent - 0.1, spent + 5)}

    def further_checks(self):
        """What there is to check but the answers of queries, when it was driven: {title: problems}."""
        return {}

    def run(self):
        """Drives the program, for a thread; what goes wrong is kept."""
        try:
            self.drive()
        except Exception as error:  # pylint: disable=broad-except
            self.problem = f"{type(error).__name__}: {error}"
        self.ended = self.ended or time.time()


class Prometheus(Child):
    """A server with an example's own configuration, but for the address of the target and the interval."""

    def __init__(self, binary, example, folder):
        with open(EXAMPLES / example.name / "prometheus.yml", encoding="utf-8") as file:
            text = file.read()
        text, targets = re.subn(r"(targets: \[).*?(\])", rf'\g<1>"{example.metrics}"\2', text)
        text, intervals = re.subn(r"(scrape_interval:) \S+", r"\1 1s", text)
        if targets != 1 or intervals != 1:
            raise RuntimeError(f"the prometheus.yml of {example.name} has {targets} lists of targets and {intervals} intervals, one of each was expected")
        config = os.path.join(folder, f"{example.name}.yml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(text)
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        super().__init__(f"prometheus-of-{example.name}", [
            binary, f"--config.file={config}", f"--storage.tsdb.path={folder}/data-{example.name}", f"--web.listen-address=127.0.0.1:{port}",
            "--log.level=warn"], folder)
        self.wait_until("it is ready", lambda: (answer := web.request(f"{self.base}/-/ready")) and answer.status == 200)

    def wait_for_scrape(self, after):
        """Waits for a scrape that began after a moment."""
        def scraped():
            found = self.ask("timestamp(up) - scrape_duration_seconds", time.time())
            return found and min(found.values()) > after
        self.wait_until("it has scraped", lambda: self.ask("up", time.time()) and scraped(), 30)

    def ask(self, query, moment):
        """What a query says at a moment: {labels: value}."""
        data = web.api(self.base, "query", query=query, time=f"{moment:.3f}")
        if data["resultType"] == "scalar":
            return {(): float(data["result"][1])}
        return {_labels(entry["metric"]): float(entry["value"][1]) for entry in data["result"]}


def _labels(pairs):
    return tuple(sorted((key, value) for key, value in pairs.items() if key not in ("job", "instance", "__name__") and value != ""))


def labels(**pairs):
    return _labels(pairs)


def exactly(value):
    return value, value


def counts(numbers):
    """The expectation of numbers that are known: {labels: number}."""
    return {key: exactly(value) for key, value in numbers.items()}


def rank(values, share):
    """The value at a rank: the nearest one."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def to_buckets(page, family, low, high):
    """An interval made as wide as the buckets that its ends are in."""
    bounds = sorted({float(bound) for bound in re.findall(rf'^{family}_bucket{{.*?le="([^"]+)"', page, re.M)})
    return max([bound for bound in bounds if bound < low], default=0), min(bound for bound in bounds if bound >= high)


def started(examples, binary, folder):
    """Starts a Prometheus for each example."""
    return {example: Prometheus(binary, example, folder) for example in examples}


def drive(examples, servers):
    """Drives all examples at once, and waits until what they did has been scraped."""
    for example, server in servers.items():
        server.wait_for_scrape(0)  # what is counted from here on began with a sample before it
    threads = [threading.Thread(target=example.run, daemon=True) for example in examples]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for example, server in servers.items():
        server.wait_for_scrape(time.time())


def check_queries(example, server):
    """Asks the queries of an example's file and compares them with what was expected."""
    with open(EXAMPLES / example.name / "queries.json", encoding="utf-8") as file:
        queries = json.load(file)
    names = [query["name"] for query in queries]
    report.check(f"{example.name}: each of its {len(names)} queries has an expectation, and the other way round", [
        *(f"{name} has none" for name in names if name not in example.expected),
        *(f"{name} is no query" for name in example.expected if name not in names)])
    now, blind = time.time(), []
    for query in queries:
        text, moment = query["query"], now
        if query["name"] in example.rates:
            text, moment = text.replace("[5m]", f"[{RATE_WINDOW}s]"), example.ended
        if query["name"] in example.expected:
            expected = example.expected[query["name"]]
            found = server.ask(text, moment)
            report.check(f"{example.name}: {query['name']}: {_told(found)}", differences(expected, found))
            # The comparison has to see another number, and a series more.
            others = [{**expected, key: (2 * high + 1, 3 * high + 2)} for key, (_, high) in expected.items()] + [{**expected, (("a", "b"),): (0, 1)}]
            blind += [query["name"] for other in others if not list(differences(other, found))]
    report.check(f"{example.name}: what is expected can be missed", blind)


def _told(found):
    shown = [f"{'/'.join(value for _, value in key)}{' ' if key else ''}{value:.6g}" for key, value in sorted(found.items())]
    return ", ".join(shown[:6]) + (", …" if len(shown) > 6 else "") if shown else "none"


def differences(expected, found):
    for key in sorted(expected.keys() | found.keys()):
        name = "/".join(value for _, value in key) or "the value"
        if key not in found:
            yield f"{name} is missing, {expected[key]} was expected"
        elif key not in expected:
            yield f"{name} is {found[key]}, none was expected"
        else:
            low, high = expected[key]
            room = 1e-9 * max(abs(low), abs(high))
            if not low - room <= found[key] <= high + room:
                yield f"{name} is {found[key]}, {low} to {high} was expected"


def check_page(example, promtool):
    """Reads an example's page with Python's strict parser, and lints it with promtool."""
    page, _ = web.page(example.url, web.OPENMETRICS)
    problems = []
    try:
        pages.parse(page, "openmetrics")
    except ValueError as error:
        problems.append(error)
    report.check(f"{example.name}: Python's strict parser reads its page of {pages.sample_lines(page)} samples", problems)
    text, _ = web.page(example.url, web.TEXT)
    told = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True, timeout=30, check=False)
    said = (told.stdout + told.stderr).split("\n") if told.returncode else []
    report.check(f"{example.name}: promtool finds nothing on it", [line for line in said if line and not line.startswith(GIVEN_NAMES)])


def stop(example):
    """Ends an example as its user does."""
    status = example.stop()
    report.check(f"{example.name}: ends when it is told to", [] if status == 0 else [f"with {status}: {example.output()[-500:]}"])
    if example.problem:
        report.check(f"{example.name}: was driven", [example.problem])



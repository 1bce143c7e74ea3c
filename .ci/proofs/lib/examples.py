"""The host programs in Examples/: started, driven, scraped by a Prometheus with their own configuration, and asked their own queries."""
import json
import math
import os
import re
import socket
import subprocess
import threading
import time
import urllib.parse

import pages
import programs
import report
import web
from children import Child, free_port

EXAMPLES = programs.ROOT / "Examples"
# What promtool may find: names that OpenTelemetry's conventions gave, which end as they do.
GIVEN_NAMES = ("db_client_connection_count ",)
RATE_WINDOW = 15  # seconds for queries of rates, which must lie inside the drive
STOP_TIME = 12  # seconds in which a host ends whatever its clients do: it waits five for them


def program(name):
    """A built program of Examples/."""
    return programs.adapter_program(name)


def load(url, *arguments, seconds=60):
    """Runs the load generator and returns its report: {"sent": …, "requests": [{"request": …, "statuses": …, "seconds": …}]}."""
    told = subprocess.run([program("load"), "--url", url, *map(str, arguments)], capture_output=True, text=True, timeout=seconds, check=False)
    if told.returncode != 0:
        raise RuntimeError(f"load ended with {told.returncode}: {told.stderr[-1000:]}")
    return json.loads(told.stdout)


class Times:
    """How long answers took as those who asked measured it: one by one, or as what the load generator tells of many."""

    def __init__(self):
        self.each, self.many = [], []

    def __len__(self):
        return len(self.each) + sum(request["sent"] for request in self.many)

    def add(self, seconds):
        self.each.append(seconds)

    def add_load(self, request):
        """Adds an entry of the load generator's report."""
        self.many.append(request)

    def total(self):
        return sum(self.each) + sum(request["sent"] * request["seconds"]["mean"] for request in self.many)

    def mean(self):
        return self.total() / len(self)

    def rank(self, share):
        """At least the rank of all of them: no rank of a whole is above the highest of its parts'."""
        return max([rank(self.each, share)] * bool(self.each) + [request["seconds"][f"p{round(100 * share)}"] for request in self.many])


class Example(Child):
    """A running host; `metrics` is where its page is.

    A subclass has a `name`, starts the program, and has `drive()`, which fills `expected`: {name of a query: {labels: (low, high)}}.
    Labels are a tuple of pairs; a query for one number without labels has the key ().
    """
    name = ""
    rates = ()  # the names of queries that are asked for the last seconds of the drive alone
    bounds = {}  # {name of a query: (its bound, another one that the drive gets above)}
    halved = ""  # what takes requests with a body, or the path of one that would

    def __init__(self, command, folder, metrics_port, path="/metrics"):
        self.command, self.port = command, metrics_port
        self.metrics = f"127.0.0.1:{metrics_port}"
        self.url = f"http://{self.metrics}{path}"
        self.expected, self.ended, self.problem = {}, 0.0, None
        super().__init__(self.name, command, folder)
        self.wait_until("it serves its page", lambda: web.request(self.url))
        self.launched = time.time()

    def drive(self):
        raise NotImplementedError

    def number(self, name, **wanted):
        """The sum of a family's samples on the page that have these labels."""
        found = 0.0
        for labels_text, value in re.findall(rf"^{name}(?:{{(.*)}})? (\S+)$", web.page(self.url, web.TEXT)[0], re.M):
            if all(f'{key}="{text}"' in labels_text for key, text in wanted.items()):
                found += float(value)
        return found

    def spent(self):
        """The seconds of a processor that the process has used, as the system says."""
        return sum(int(figure) for figure in self._stat()[11:13]) / os.sysconf("SC_CLK_TCK")

    def _stat(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()

    def of_the_system(self):
        """The memory of the process and its processor time so far, as the system says, with room for what it does until it is scraped."""
        memory, spent = int(self._stat()[21]) * os.sysconf("SC_PAGE_SIZE"), self.spent()
        return {(): (0.7 * memory, 1.5 * memory)}, {(): (spent - 0.1, spent + 5)}

    def further_checks(self):
        """What there is to check but the answers of queries, when it was driven: {title: problems}."""
        return {
            "a port that is taken ends a second one, and is named": self.refusal(self.command, 1, str(self.port), "port"),
            "an option that is none is named": self.refusal([*self.command, "--nonsense", "1"], 64, "--nonsense")}

    def refusal(self, command, status, *words):
        """Runs a program that must end with a status and with words on standard error: what is wrong with that."""
        told = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        if told.returncode != status or not all(word in told.stderr for word in words) or "Fatal error" in told.stderr:
            yield f"it ended with {told.returncode} and said {told.stderr[-500:]!r}; {status} and {words} were expected"

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


def to_buckets(page, family, low, high, share):
    """What a query may say of a rank that is between two numbers: anything in the buckets that they are in.

    In the first bucket it takes the observations for spread evenly from 0 on, and so says that part of the bucket at least.
    """
    bounds = sorted({float(bound) for bound in re.findall(rf'^{family}_bucket{{.*?le="([^"]+)"', page, re.M)})
    return max([bound for bound in bounds if bound < low], default=0.99 * share * bounds[0]), min(bound for bound in bounds if bound >= high)


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
    now, blind, empty = time.time(), [], []
    there = set(web.api(server.base, "label/__name__/values"))
    for query in queries:
        name, text, moment = query["name"], query["query"], now
        if name in example.rates:
            text, moment = text.replace("[5m]", f"[{RATE_WINDOW}s]"), example.ended
        if name in example.bounds:
            if example.bounds[name][0] not in text:
                empty.append(f"{name} has no bound {example.bounds[name][0]}")
            text = text.replace(*example.bounds[name])
        if name in example.expected:
            expected = example.expected[name]
            found = server.ask(text, moment)
            report.check(f"{example.name}: {name}: {_told(found)}", differences(expected, found))
            # The comparison has to see another number, and a series more.
            others = [{**expected, key: (2 * high + 1, 3 * high + 2)} for key, (_, high) in expected.items()] + [{**expected, (("a", "b"),): (0, 1)}]
            blind += [name for other in others if not list(differences(other, found))]
            # Nor may anything that the query says be what it would say if one of its metrics were not there.
            wrong = list(misspelt(text, there))
            empty += [f"{name} names no metric"] * (not wrong)
            empty += [f"{name} is as expected with {other}" for other in wrong if not list(differences(expected, server.ask(other, moment)))]
    report.check(f"{example.name}: what is expected can be missed", blind)
    report.check(f"{example.name}: no query is as expected when one of its metrics is not there", empty)


def misspelt(query, names):
    """A query with the name of a metric misspelt, once for each place where one is named."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', lambda quoted: " " * len(quoted[0]), query)
    for found in re.finditer(r"[a-zA-Z_:][\w:]*", bare):
        if found[0] in names:
            yield f"{query[:found.start()]}no_such_{query[found.start():]}"


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


def half_a_request(example, text):
    """A connection to an example on which a request has begun."""
    address = urllib.parse.urlsplit(example.api)
    connection = socket.create_connection((address.hostname, address.port), timeout=10)
    connection.sendall(text.encode())
    return connection


def stop(example):
    """Ends an example as its user does, while two clients have each sent half of a request."""
    head = f"POST {example.halved} HTTP/1.1\r\nHost: {example.metrics}\r\nContent-Length: 1000"
    clients = [half_a_request(example, f"{head}\r\n\r\nhalf"), half_a_request(example, head)]
    time.sleep(0.5)
    began = time.monotonic()
    status = example.stop(STOP_TIME)
    report.check(
        f"{example.name}: ends when it is told to, in {time.monotonic() - began:.1f} s with two requests half sent",
        [] if status == 0 else [f"with {status}: {example.output()[-500:]}"])
    for client in clients:
        client.close()
    if example.problem:
        report.check(f"{example.name}: was driven", [example.problem])

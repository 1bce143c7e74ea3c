"""The host paginated-api: driven page by page, so that each page's way from the database into the cache is known."""
import collections
import concurrent.futures
import contextlib
import json
import os
import re
import sqlite3
import threading
import time

import examples
import web
from children import free_port, wait_until
from examples import Times, counts, exactly, labels, to_buckets

OFFSET, CURSOR, ITEM = "/items", "/items/by-cursor", "/items/{id}"


class PaginatedAPI(examples.Example):
    """A crowd that wants slow pages, two walks over pages that are read ahead, pages far back in an order without an index, and more
    pages than the cache holds."""
    name = "paginated-api"
    rates = ("requests per minute",)
    halved = "/items"
    ROWS, CACHE, SLOW, CONNECTIONS = 100_000, 200, 0.02, 6
    WALK, DEEP, SPREAD, LOST = 10, 5, 120, 3
    CROWD, AT_ONCE = range(161, 201), 20  # sizes of pages, and how many are asked for at once
    LOADED, RATE = (180, 100, 60, 40, 20), 25  # how often each of the first pages is asked for again, and how many a second

    def __init__(self, folder):
        port = free_port()
        self.api, self.file = f"http://127.0.0.1:{port}", os.path.join(folder, "items.sqlite")
        super().__init__([
            examples.program(self.name), "--port", str(port), "--file", self.file, "--cache", str(self.CACHE), "--slow", str(round(1000 * self.SLOW))],
            folder, port)
        self.sent, self.times, self.lock = collections.Counter(), collections.defaultdict(Times), threading.Lock()
        # What pages were asked for, by kind and size, and by page; and how long each kind, size and depth took.
        self.sizes, self.pages = collections.Counter(), collections.Counter()
        self.kinds, self.sized, self.depths = (collections.defaultdict(Times) for _ in range(3))
        self.offsets, self.slow = set(), []
        # What that does to the cache.
        self.hits = self.misses = self.ahead = 0

    def send(self, route, target, status=200):
        """Asks for something, and returns the JSON of the answer and how long it took."""
        began = time.time()
        answer = web.request(self.api + target, seconds=60)
        ended = time.time()
        if answer is None or answer.status != status:
            raise RuntimeError(f"{target} was answered {answer and (answer.status, answer.body)}")
        with self.lock:
            self.sent[labels(http_request_method="GET", http_route=route, http_response_status_code=str(status))] += 1
            if status == 200:
                self.times[route].add(ended - began)
        return json.loads(answer.body or b"{}"), ended - began

    def page(self, number, size, order="newest", is_cached=False, is_ahead=True):
        """Asks for a page by its number, and waits until the one after it has been read ahead."""
        began = time.time()
        found, took = self.send(OFFSET, f"/items?page={number}&size={size}&order={order}")
        for times in self.note(number, size, 1):
            times.add(took)
        self.account(is_cached, is_ahead)
        if order == "rating":
            self.slow += 2 * [time.time() - began]  # that page, and the one after it
        if len(found["items"]) != size or found["total"] != self.ROWS:
            raise RuntimeError(f"page {number} has {len(found['items'])} items of {found['total']}")
        return found

    def note(self, number, size, times):
        """Notes that a page was asked for by its number, and returns where to note how long that took."""
        depth = range_of(number * size, [(0, "0"), (99, "1-99"), (999, "100-999"), (9_999, "1000-9999"), (99_999, "10000-99999")])
        self.sizes["offset", size] += times
        self.pages[number] += times
        self.offsets.add(str(number * size))
        return self.kinds["offset"], self.sized[size_range(size)], self.depths[depth]

    def crowd(self):
        """Asks for slow pages, of which none is before another one, by more at once than there are connections."""
        def ask(size):
            number = (self.ROWS - 1) // size
            return number, size, *self.send(OFFSET, f"/items?page={number}&size={size}&order=rating")
        with concurrent.futures.ThreadPoolExecutor(self.AT_ONCE) as threads:
            for number, size, found, took in threads.map(ask, self.CROWD):
                if len(found["items"]) != self.ROWS - number * size:
                    raise RuntimeError(f"page {number} has {len(found['items'])} items")
                for times in self.note(number, size, 1):
                    times.add(took)
                self.slow.append(took)
        self.misses += len(self.CROWD)

    def account(self, is_cached, is_ahead):
        """Notes what a page did to the cache, and waits until it has what was read ahead."""
        self.hits, self.misses, self.ahead = self.hits + is_cached, self.misses + (not is_cached), self.ahead + is_ahead
        wait_until("the next page was read ahead", lambda: self.number("cache_entries") + self.number("cache_evictions_total") == self.misses + self.ahead, 60, 0.01)

    def drive(self):
        self.crowd()
        seen = set()
        for number in range(self.WALK):
            seen |= {item["id"] for item in self.page(number, 20, is_cached=number > 0)["items"]}
        cursor = ""
        for number in range(self.WALK):
            found, took = self.send(CURSOR, f"/items/by-cursor?size=50{cursor}")
            self.sizes["cursor", 50] += 1
            self.kinds["cursor"].add(took)
            self.sized[size_range(50)].add(took)
            self.account(number > 0, True)
            cursor = f"&after={found['next']}"
            seen |= {item["id"] for item in found["items"]}
        if len(seen) != 50 * self.WALK:
            raise RuntimeError(f"the walks saw {len(seen)} items")
        # The first pages again, by the load generator, while the queries of rates have time to see it.
        for number, count in enumerate(self.LOADED):
            told = examples.load(self.api, "--count", count, "--rate", self.RATE, f"GET /items?page={number}&size=20")
            if [request["statuses"] for request in told["requests"]] != [{"200": count}]:
                raise RuntimeError(f"load was answered {told}")
            for times in (self.times[OFFSET], *self.note(number, 20, count)):
                times.add_load(told["requests"][0])
            self.sent[labels(http_request_method="GET", http_route=OFFSET, http_response_status_code="200")] += count
            self.hits += count
        self.ended = time.time()
        for number in range(self.DEEP):
            self.page(4000 + 200 * number, 20, order="rating")
        for number in range(1, 1 + self.SPREAD):
            self.page(10 * number, 1)
        for target in ("/items?size=0", "/items?order=other", "/items?page=-1"):
            self.send(OFFSET, target, 400)
        self.send(CURSOR, "/items/by-cursor?after=nowhere", 400)
        self.send(ITEM, "/items/7")
        self.send(ITEM, "/items/100001", 404)
        self.send("", "/nowhere", 404)
        self.lose()
        self.expect()

    def lose(self):
        """Takes the table away for a moment."""
        with contextlib.closing(sqlite3.connect(self.file, isolation_level=None)) as database:
            database.execute("ALTER TABLE item RENAME TO elsewhere")
            for _ in range(self.LOST):
                self.send(ITEM, "/items/8", 500)
            health = web.request(f"{self.api}/health")
            database.execute("ALTER TABLE elsewhere RENAME TO item")
        if health is None or health.status != 503 or web.request(f"{self.api}/health").status != 200:
            raise RuntimeError(f"without its table its health was {health}")

    def expect(self):
        page, _ = web.page(self.url, web.TEXT)
        expected = self.expected
        expected["requests per minute"] = {(): (0.5 * 60 * self.RATE, 1.5 * 60 * self.RATE)}
        expected["requests"] = counts(self.sent)
        bad = sum(count for key, count in self.sent.items() if ("http_response_status_code", "200") not in key)
        expected["error rate"] = {(): exactly(bad / sum(self.sent.values()))}
        # Of the pages by number enough are slow.
        expected["p95 by endpoint"] = {
            labels(http_route=route): to_buckets(page, "http_server_request_duration_seconds", self.SLOW * (route == OFFSET), times.rank(0.95), 0.95)
            for route, times in self.times.items()}
        expected["pages by size"] = collections.Counter()
        for (kind, size), count in self.sizes.items():
            expected["pages by size"][labels(pagination_kind=kind, page_size_range=size_range(size))] += count
        expected["pages by size"] = counts(expected["pages by size"])
        expected["mean page size"] = {
            labels(pagination_kind=kind): exactly(
                sum(size * count for (other, size), count in self.sizes.items() if other == kind) /
                sum(count for (other, _), count in self.sizes.items() if other == kind)) for kind in ("offset", "cursor")}
        expected["pages by offset"] = counts({labels(offset_range=depth): len(times) for depth, times in self.depths.items()})

        def means(label, groups, slow):
            """Means of what callers measured, and of slow pages alone; a page that no slow one is among takes more than nothing."""
            return {labels(**{label: name}): (max(1e-7, self.SLOW * slow.get(name, 0) / len(times)), times.mean()) for name, times in groups.items()}
        slow, deep = len(self.CROWD) + self.DEEP, "10000-99999"
        expected["mean page time"] = means("pagination_kind", self.kinds, {"offset": slow})
        expected["query time by page size"] = means("page_size_range", self.sized, {"101-500": len(self.CROWD), "11-25": self.DEEP})
        expected["response time by offset range"] = means("offset_range", self.depths, {deep: slow})
        expected["slowest offsets"] = {key: interval for key, interval in expected["response time by offset range"].items() if deep in dict(key).values()}
        first = sorted(self.pages.items(), key=lambda entry: -entry[1])[:3]
        expected["most requested pages"] = {labels(resource="items", page=str(number)): exactly(count) for number, count in first}
        expected["prefetched pages"] = {(): exactly(self.ahead)}
        # What was not asked for in the end: the last page of each walk, the neighbours of the pages far back, and of those that had to go.
        stored = self.misses + self.ahead
        wasted = 2 + self.DEEP + (2 * self.SPREAD - self.CACHE) // 2
        used = 2 * (self.WALK - 1)
        expected["prefetch efficiency"] = {(): exactly(used / (used + wasted))}
        expected["cache hit rate"] = {(): exactly(self.hits / (self.hits + self.misses))}
        expected["cache entries"] = {(): exactly(self.CACHE)}
        expected["cache evictions"] = {(): exactly(stored - self.CACHE)}
        expected["cache size"] = {(): (self.CACHE * 50, self.CACHE * 5_000)}
        queries = self.misses + self.ahead
        expected["database queries"] = {(): (queries, queries + 60)}
        # A stall of the machine makes a quick query slow.
        slow = len(self.CROWD) + 2 * self.DEEP
        expected["slow queries"] = {(): (slow, slow + queries)}
        # Three of some three hundred queries are slower.
        expected["p99 of queries"] = {(): to_buckets(page, "db_client_operation_duration_seconds", self.SLOW, sorted(self.slow)[-4], 0.99)}
        expected["connections used"] = {(): (1, self.CONNECTIONS)}
        expected["connections idle"] = {(): (2, self.CONNECTIONS)}
        expected["waiting for a connection"] = {(): (1, self.AT_ONCE)}
        expected["connections allowed"] = {(): exactly(self.CONNECTIONS)}
        expected["database errors"] = counts({labels(db_operation_name="SELECT", error_type="SQLITE_ERROR"): self.LOST + 1})
        expected["memory"], expected["processor time"] = self.of_the_system()
        expected["items"] = {(): exactly(self.ROWS)}

    def further_checks(self):
        """What the log says: {title: problems}."""
        lines = [json.loads(line) for line in self.output().split("\n") if line.startswith("{")]
        logged = collections.Counter(
            labels(
                http_request_method=line["http_request_method"], http_route=line.get("http_route", ""),
                http_response_status_code=str(line["http_response_status_code"]))
            for line in lines if line["message"] == "request")
        slow = [line for line in lines if line["message"] == "slow query"]
        # Where they begin stands in none of them, but for a mark.
        told = [line for line in slow if self.offsets & set(re.findall(r"\d+", line["db_query_text"]))]
        unmarked = [] if any(line["db_query_text"].endswith("LIMIT ? OFFSET ?") for line in slow) else ["none has an offset"]
        return {
            f"its log has a line of JSON for each of {sum(logged.values())} requests": [
                f"{key}: {logged[key]} lines, {self.sent[key]} requests" for key in logged.keys() | self.sent.keys() if logged[key] != self.sent[key]],
            f"its log tells of {len(slow)} slow queries": [line for line in slow if float(line["duration_seconds"]) < self.SLOW] + unmarked,
            "its log tells of no query's values": told,
            "a file that is none ends it, and is named": self.refusal([self.command[0], "--port", "0", "--file", os.path.join(self.file, "x")], 1, self.file, "--file"),
            **super().further_checks()}


def range_of(number, ranges):
    """The name of the first of some ranges that a number is not above."""
    return next(name for most, name in ranges if number <= most)


def size_range(size):
    return range_of(size, [(10, "0-10"), (25, "11-25"), (50, "26-50"), (100, "51-100"), (500, "101-500")])

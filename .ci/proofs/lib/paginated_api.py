"""The host paginated-api: driven page by page, so that each page's way from the database into the cache is known."""
import collections
import json
import re
import time

import examples
import web
from children import free_port, wait_until
from examples import counts, exactly, labels, to_buckets

OFFSET, CURSOR, ITEM = "/items", "/items/by-cursor", "/items/{id}"


class PaginatedAPI(examples.Example):
    """Two walks over pages that are read ahead, pages far back in an order without an index, and more pages than the cache holds."""
    name = "paginated-api"
    rates = ("requests per minute",)
    ROWS, CACHE, SLOW = 100_000, 200, 0.02
    WALK, DEEP, SPREAD = 10, 5, 120
    LOADED, RATE = (180, 100, 60, 40, 20), 25  # how often each of the first pages is asked for again, and how many a second

    def __init__(self, folder):
        port = free_port()
        self.api = f"http://127.0.0.1:{port}"
        super().__init__([examples.program(self.name), "--port", str(port), "--cache", str(self.CACHE), "--slow", str(round(1000 * self.SLOW))], folder, port)
        self.sent, self.times, self.moments = collections.Counter(), collections.defaultdict(list), []
        # What pages were asked for: by kind and size, by offset, by page; and what that does to the cache.
        self.sizes, self.offsets, self.pages = collections.Counter(), collections.Counter(), collections.Counter()
        self.hits = self.misses = self.ahead = 0

    def send(self, route, target, status=200):
        """Asks for something, and returns the JSON of the answer."""
        began = time.time()
        answer = web.request(self.api + target, seconds=60)
        self.moments.append(time.time())
        if answer is None or answer.status != status:
            raise RuntimeError(f"{target} was answered {answer and (answer.status, answer.body)}")
        self.sent[labels(http_request_method="GET", http_route=route, http_response_status_code=str(status))] += 1
        if status == 200:
            self.times[route].append(self.moments[-1] - began)
        return json.loads(answer.body or b"{}")

    def number(self, name, **wanted):
        """The sum of a family's samples on the page that have these labels."""
        found = 0.0
        for labels_text, value in re.findall(rf"^{name}(?:{{(.*)}})? (\S+)$", web.page(self.url, web.TEXT)[0], re.M):
            if all(f'{key}="{text}"' in labels_text for key, text in wanted.items()):
                found += float(value)
        return found

    def page(self, number, size, order="newest", is_cached=False, is_ahead=True):
        """Asks for a page by its number, and waits until the one after it has been read ahead."""
        found = self.send(OFFSET, f"/items?page={number}&size={size}&order={order}")
        self.note(number, size, 1)
        self.account(is_cached, is_ahead)
        if len(found["items"]) != size or found["total"] != self.ROWS:
            raise RuntimeError(f"page {number} has {len(found['items'])} items of {found['total']}")
        return found

    def note(self, number, size, times):
        """Notes that a page was asked for by its number."""
        ranges = [(0, "0"), (99, "1-99"), (999, "100-999"), (9_999, "1000-9999"), (99_999, "10000-99999")]
        self.sizes["offset", size] += times
        self.offsets[next(name for most, name in ranges if number * size <= most)] += times
        self.pages[number] += times

    def account(self, is_cached, is_ahead):
        """Notes what a page did to the cache, and waits until it has what was read ahead."""
        self.hits, self.misses, self.ahead = self.hits + is_cached, self.misses + (not is_cached), self.ahead + is_ahead
        wait_until("the next page was read ahead", lambda: self.number("cache_entries") + self.number("cache_evictions_total") == self.misses + self.ahead, 60, 0.01)

    def drive(self):
        seen = set()
        for number in range(self.WALK):
            seen |= {item["id"] for item in self.page(number, 20, is_cached=number > 0)["items"]}
        cursor = ""
        for number in range(self.WALK):
            found = self.send(CURSOR, f"/items/by-cursor?size=50{cursor}")
            self.sizes["cursor", 50] += 1
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
            self.sent[labels(http_request_method="GET", http_route=OFFSET, http_response_status_code="200")] += count
            self.note(number, 20, count)
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
        self.expect()

    def expect(self):
        page, _ = web.page(self.url, web.TEXT)
        expected = self.expected
        expected["requests per minute"] = {(): (0.5 * 60 * self.RATE, 1.5 * 60 * self.RATE)}
        expected["requests"] = counts(self.sent)
        bad = sum(count for key, count in self.sent.items() if ("http_response_status_code", "200") not in key)
        expected["error rate"] = {(): exactly(bad / sum(self.sent.values()))}
        expected["p95 by endpoint"] = {
            labels(http_route=route): to_buckets(page, "http_server_request_duration_seconds", 0, max(times)) for route, times in self.times.items()}
        expected["pages by size"] = collections.Counter()
        for (kind, size), count in self.sizes.items():
            name = next(name for most, name in [(10, "0-10"), (25, "11-25"), (50, "26-50")] if size <= most)
            expected["pages by size"][labels(pagination_kind=kind, page_size_range=name)] += count
        expected["pages by size"] = counts(expected["pages by size"])
        expected["mean page size"] = {
            labels(pagination_kind=kind): exactly(
                sum(size * count for (other, size), count in self.sizes.items() if other == kind) /
                sum(count for (other, _), count in self.sizes.items() if other == kind)) for kind in ("offset", "cursor")}
        expected["pages by offset"] = counts({labels(offset_range=name): count for name, count in self.offsets.items()})
        every = [seconds for route in (OFFSET, CURSOR) for seconds in self.times[route]]
        expected["mean page time"] = {labels(pagination_kind=kind): (0, max(every)) for kind in ("offset", "cursor")}
        deep = "10000-99999"
        expected["slowest offsets"] = {labels(offset_range=deep): (self.SLOW, max(self.times[OFFSET]))}
        first = sorted(self.pages.items(), key=lambda entry: -entry[1])[:3]
        expected["most requested pages"] = {labels(resource="items", page=str(number)): exactly(count) for number, count in first}
        expected["prefetched pages"] = {(): exactly(self.ahead)}
        # What was not asked for in the end: the last page of each walk, the neighbours of the pages far back, and of those that had to go.
        stored = self.misses + self.ahead
        wasted = 2 + self.DEEP + (stored - self.CACHE - (stored - 2 * self.SPREAD)) // 2
        used = 2 * (self.WALK - 1)
        expected["prefetch efficiency"] = {(): exactly(used / (used + wasted))}
        expected["cache hit rate"] = {(): exactly(self.hits / (self.hits + self.misses))}
        expected["cache entries"] = {(): exactly(self.CACHE)}
        expected["cache evictions"] = {(): exactly(stored - self.CACHE)}
        expected["cache size"] = {(): (self.CACHE * 50, self.CACHE * 5_000)}
        queries = self.misses + self.ahead
        expected["database queries"] = {(): (queries, queries + 60)}
        # A stall of the machine makes a quick query slow.
        expected["slow queries"] = {(): (2 * self.DEEP, 2 * self.DEEP + queries)}
        expected["p99 of queries"] = {(): to_buckets(page, "db_client_operation_duration_seconds", self.SLOW, 4 * max(self.times[OFFSET]))}
        expected["database connections"] = {(): (1, 6)}
        expected["database errors"] = {(): exactly(0)}
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
        return {
            f"its log has a line of JSON for each of {sum(logged.values())} requests": [
                f"{key}: {logged[key]} lines, {self.sent[key]} requests" for key in logged.keys() | self.sent.keys() if logged[key] != self.sent[key]],
            f"its log tells of {len(slow)} slow queries, without their values": [
                line for line in slow if float(line["duration_seconds"]) < self.SLOW or "98000" in line["db_query_text"]] or ([] if slow else ["none"])}

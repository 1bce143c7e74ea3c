"""The host hook-runner: its hooks are run well and badly, for one client and for many, over HTTP and by themselves; and texts are searched."""
import collections
import contextlib
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import time
import urllib.parse

import examples
import pages
import web
from children import free_port, wait_until
from examples import Times, counts, exactly, labels, rank, to_buckets

HOOKS, SEARCH = "/hooks/{type}", "/memory/search"


class HookRunner(examples.Example):
    """220 runs of hooks in 20 seconds, well ended and badly, and 60 searches; before that, many at once."""
    name = "hook-runner"
    rates = ("invocations per minute",)
    halved = "/hooks/pre_tool_use"
    CYCLES = 20
    # What is sent in each cycle: hook, input, how it ends, the class of the error, how long the hook takes at least; as often as said.
    INVOCATIONS = [
        ("session_start", "", "success", None, 0, 1), ("pre_tool_use", "ls", "success", None, 0.02, 4),
        ("pre_tool_use", "rm -rf /", "error", "exit_status", 0, 1), ("post_tool_use", "some output", "success", None, 0.05, 2),
        ("pre_compact", "", "timeout", "timeout", 0.5, 1), ("user_prompt_submit", "hello", "error", "not_started", 0, 1),
        ("stop", "", "error", "signal", 0, 1)]
    SEARCHES = [("keyword", "copper wire"), ("semantic", "metals that conduct"), ("hybrid", "colour of the sky")]
    TEXTS = {
        "metals.md": ["# Metals", "Copper is a metal that conducts well; most wire is copper.", "Iron rusts.", "Gold does not."],
        "sky.txt": ["The sky is blue by day.", "Its colour comes from scattering.", "At night it is black."],
        "deep/water.md": ["Water boils at 100 degrees at sea level.", "Ice floats on water."]}
    PARAGRAPHS = sum(len(paragraphs) for paragraphs in TEXTS.values())
    # Above that are the hook that is killed after half a second, and every search.
    HOOK_MAX, SEARCH_MAX = 0.5, 0.0001
    CROWD, AT_ONCE, SECONDS = 60, 8, 3

    def __init__(self, folder):
        self.folder, self.texts, self.database = folder, os.path.join(folder, "texts"), os.path.join(folder, "memory.sqlite")
        for name, paragraphs in self.TEXTS.items():
            self.write(name, paragraphs)
        with open(examples.EXAMPLES / self.name / "hooks.json", encoding="utf-8") as file:
            self.configuration = json.load(file)
        port, api, nobody = free_port(), free_port(), free_port()
        self.configuration["memory"].update(folder=self.texts, database=self.database)
        self.configuration["services"] = {"api": f"127.0.0.1:{api}", "metrics": f"localhost:{port}", "nobody": f"127.0.0.1:{nobody}"}
        self.configuration["thresholds"].update(hook_execution_max_seconds=self.HOOK_MAX, memory_search_max_seconds=self.SEARCH_MAX)
        self.readers = self.configuration["memory"]["readers"]
        self.file = self.configured("hooks.json", self.configuration)
        self.api, self.moments = f"http://127.0.0.1:{api}", []
        super().__init__([
            examples.program("hook-runner"), "serve", "--config", self.file, "--port", str(port), "--api-port", str(api)], folder, port)
        self.sent = collections.Counter()
        self.ends, self.errors = collections.Counter(), collections.Counter()
        # By hook: how long its callers waited, how long it took at least, and when it was asked for the last time.
        self.took, self.least, self.last = collections.defaultdict(Times), collections.defaultdict(list), {}
        self.relevance, self.searches = collections.defaultdict(list), collections.defaultdict(Times)
        self.wait_until("it takes requests", self.answers)

    def configured(self, name, configuration):
        file = os.path.join(self.folder, name)
        with open(file, "w", encoding="utf-8") as stream:
            json.dump(configuration, stream)
        return file

    def write(self, name, paragraphs):
        path = os.path.join(self.texts, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n\n".join(paragraphs) + "\n")

    def answers(self):
        answer = web.request(f"{self.api}/nowhere")
        self.note("", "GET", 404, 1 if answer else 0)
        return answer

    def note(self, route, method, status, times=1):
        self.sent[labels(http_request_method=method, http_route=route, http_response_status_code=str(status))] += times

    def send(self, route, method, target, body=None):
        """Sends a request, notes what was sent and when, and returns the answer's status, its JSON and both moments."""
        began = time.time()
        answer = web.request(self.api + target, method, body=body, seconds=30)
        self.note(route, method, answer.status)
        return answer.status, json.loads(answer.body), (began, time.time())

    def hook(self, hook, body, status, error, least):
        """Runs a hook, which must end as said."""
        code, told, (began, ended) = self.send(HOOKS, "POST", f"/hooks/{hook}", body.encode())
        if (code, told["hook"], told["status"]) != (200, hook, status) or not least <= told["seconds"] <= ended - began:
            raise RuntimeError(f"{hook} was answered {code} within {ended - began} s: {told}")
        self.ends[labels(hook_type=hook, status=status)] += 1
        if error:
            self.errors[labels(hook_type=hook, error_type=error)] += 1
        self.took[hook].add(ended - began)
        # What it says includes what it does after it has measured the hook; the shortest is a thread and two pipes.
        self.least[hook].append(max(least, 2e-5, 0.9 * told["seconds"] - 0.0003))
        self.last[hook] = began, ended
        self.moments.append(ended)

    def search(self, kind, words, limit):
        """Searches, which must find something, and returns how relevant that is."""
        code, told, (began, ended) = self.send(SEARCH, "GET", f"/memory/search?{urllib.parse.urlencode({'q': words, 'type': kind, 'limit': limit})}")
        if code != 200 or not told["hits"]:
            raise RuntimeError(f"{kind} was answered {code}: {told}")
        self.searches[kind].add(ended - began)
        found = [hit["relevance"] for hit in told["hits"]]
        self.relevance[kind] += found
        return found

    def crowd(self):
        """Many hooks at once, and more searches at once than there are connections to the database, by the load generator."""
        kind, words = self.SEARCHES[1]
        hooks = self.load(HOOKS, "POST", "--count", self.CROWD, "--concurrency", self.AT_ONCE, "POST /hooks/post_tool_use some output")
        self.ends[labels(hook_type="post_tool_use", status="success")] += hooks["sent"]
        self.took["post_tool_use"].add_load(hooks)
        self.least["post_tool_use"] += [0.05] * hooks["sent"]
        found = self.search(kind, words, 3)
        searches = self.load(
            SEARCH, "GET", "--for", self.SECONDS, "--concurrency", 3 * self.readers, f"GET /memory/search?q={urllib.parse.quote_plus(words)}&type={kind}&limit=3")
        self.searches[kind].add_load(searches)
        self.relevance[kind] += found * searches["sent"]

    def load(self, route, method, *arguments):
        told = examples.load(self.api, *arguments)["requests"]
        if len(told) != 1 or told[0]["statuses"] != {"200": told[0]["sent"]}:
            raise RuntimeError(f"load was answered {told}")
        self.note(route, method, 200, told[0]["sent"])
        return told[0]

    def leave(self):
        """Asks for a hook that takes half a second, and goes away before."""
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.api).netloc, timeout=30)
        began = time.time()
        connection.request("POST", "/hooks/pre_compact", b"")
        time.sleep(0.2)
        connection.close()
        wait_until("a hook whose client has gone has ended", lambda: self.number("hook_invocations_total", hook_type="pre_compact", status="cancelled") == 1, 10, 0.02)
        self.took["pre_compact"].add(time.time() - began)
        self.least["pre_compact"].append(0)
        self.ends[labels(hook_type="pre_compact", status="cancelled")] += 1
        self.note(HOOKS, "POST", 500)

    def drive(self):
        self.crowd()
        self.leave()
        for cycle in range(self.CYCLES):
            began = time.monotonic()
            for hook, body, status, error, least, times in self.INVOCATIONS:
                for _ in range(times):
                    self.hook(hook, body, status, error, least)
            self.send(HOOKS, "POST", "/hooks/nobody", b"")
            for kind, words in self.SEARCHES:
                self.search(kind, words, 1 + cycle % 5)
            for wrong in ("type=other&q=x", "q=x&limit=abc", "q=x&limit=101"):
                if (code := self.send(SEARCH, "GET", f"/memory/search?{wrong}")[0]) != 400:
                    raise RuntimeError(f"{wrong} was answered {code}")
            if cycle == 1:
                self.write("later.md", ["This comes too late."])
            time.sleep(max(0, began + 1 - time.monotonic()))
        self.ended = time.time()
        self.expect()

    def expect(self):
        page, _ = web.page(self.url, web.TEXT)
        expected, took, least = self.expected, self.took, self.least

        def by_hook(make):
            return {labels(hook_type=hook): make(hook) for hook in took}

        def share(hook, *others):
            """The part of a hook's runs that failed, those left out that ended in another way."""
            failed, all_of_it = (
                sum(self.ends[labels(hook_type=hook, status=status)] for status in statuses)
                for statuses in (("error", "timeout"), ("success", "error", "timeout", *others)))
            return failed / all_of_it

        def execution(hook, part):
            return to_buckets(page, "hook_execution_seconds", rank(least[hook], part), took[hook].rank(part), part)

        def mean(values):
            return sum(values) / len(values)

        expected["invocations"], expected["errors by type"] = counts(self.ends), counts(self.errors)
        recent = 60 / examples.RATE_WINDOW * sum(1 for moment in self.moments if moment > self.ended - examples.RATE_WINDOW)
        expected["invocations per minute"] = {(): (0.65 * recent, 1.35 * recent)}
        expected["error rate"] = by_hook(lambda hook: exactly(share(hook, "cancelled")))
        for part in (50, 90, 99):
            expected[f"p{part} of execution"] = by_hook(lambda hook, part=part: execution(hook, part / 100))
        expected["mean of execution"] = by_hook(lambda hook: (mean(least[hook]), took[hook].mean()))
        expected["quantiles without a server's help"] = {
            labels(hook_type=hook, quantile=str(part)): (0.98 * rank(least[hook], part - 0.05), 1.02 * took[hook].rank(part))
            for hook in took for part in (0.5, 0.9, 0.99)}
        expected["last execution"] = by_hook(lambda hook: (self.last[hook][0] - 0.05, self.last[hook][1] + 0.05))
        # One hook is over it for sure; a stall of the machine may make it more.
        expected["hooks over the threshold"] = {labels(hook_type=hook): execution(hook, 0.99) for hook in took if took[hook].rank(0.99) > self.HOOK_MAX}
        expected["hooks with too many errors"] = {labels(hook_type=hook): exactly(share(hook)) for hook in took if share(hook) > 0.05}

        def by_type(make):
            return {labels(search_type=kind): make(kind) for kind, _ in self.SEARCHES}

        def search(kind, part):
            return to_buckets(page, "memory_search_duration_seconds", 0, self.searches[kind].rank(part), part)

        expected["searches"] = by_type(lambda kind: exactly(len(self.searches[kind])))
        expected["p50 of searches"] = by_type(lambda kind: search(kind, 0.5))
        expected["searches over the threshold"] = by_type(lambda kind: search(kind, 0.99))

        def median(kind):
            scores = sorted(self.relevance[kind])
            middle = (len(scores) + 1) // 2 - 1
            return to_buckets(page, "memory_search_relevance_score", scores[middle], scores[min(middle + 1, len(scores) - 1)], 0.5)
        expected["p50 of relevance"] = by_type(median)
        expected["mean of relevance"] = by_type(lambda kind: exactly(mean(self.relevance[kind])))
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            size = database.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
        expected["store size"], expected["store entries"] = {(): exactly(size)}, {(): exactly(self.PARAGRAPHS)}
        expected["outdated documents"] = {(): exactly(1)}
        expected["embeddings"] = {labels(model="hashing-256"): exactly(self.PARAGRAPHS + sum(len(self.searches[kind]) for kind in ("semantic", "hybrid")))}
        # An embedding is made within a search; the first ones, for the store, may be the slowest.
        expected["embedding time"] = {labels(model="hashing-256"): (1e-6, 2 * max(self.searches[kind].rank(0.99) for kind in ("semantic", "hybrid")))}
        expected["services"] = {labels(service=name): exactly(up) for name, up in {"api": 1, "metrics": 1, "nobody": 0}.items()}
        # More asked at once than may, and one connection more writes.
        expected["database connections"] = {labels(db_client_connection_state=state): (1, self.readers + 1) for state in ("used", "idle")}
        expected["API requests"] = counts(self.sent)
        # What came before the first scrape that saw a route is not in its rate, which moves ranks a little.
        hooks, searches = list(took.values()), list(self.searches.values())
        every = [seconds for hook in least for seconds in least[hook]]
        expected["p95 by endpoint"] = {
            labels(http_route=route): to_buckets(page, "http_server_request_duration_seconds", low, max(times.rank(0.99) for times in group), 0.95)
            for route, low, group in ((HOOKS, rank(every, 0.8), hooks), (SEARCH, 0, searches))}
        expected["memory"], _ = self.of_the_system()

    def further_checks(self):
        return {
            "a hook by itself ends as the hook does, and says why": self.ends_of_runs(),
            "what a hook by itself leaves for a textfile collector is of its last run": self.left_by_runs(),
            "a hook by itself ends with the program that runs it": self.stopped_run(), **super().further_checks()}

    def run_hook(self, hook, given="", *options):
        return subprocess.run(
            [self.command[0], "run", hook, "--config", self.file, *options], input=given, capture_output=True, text=True, timeout=60, check=False)

    def ends_of_runs(self):
        for hook, given, status, said, options in [
                ("session_start", "", 0, "context", ()), ("pre_tool_use", "rm -rf /", 2, "remove everything", ()), ("post_tool_use", "abc", 0, "3", ()),
                ("pre_compact", "", 124, "", ()), ("stop", "", 125, "", ()), ("user_prompt_submit", "", 125, "no-such-program", ()),
                ("post_tool_use", "x" * 2 ** 20, 0, str(2 ** 20), ()), ("post_tool_use", "x" * (2 ** 20 + 1), 125, str(2 ** 20), ()),
                ("nobody", "", 64, "post_tool_use, pre_compact", ()), ("stop", "", 64, "--port", ("--port", "1")),
                ("session_start", "", 125, "nowhere.json", ("--config", "nowhere.json"))]:
            told = self.run_hook(hook, given, *options)
            if told.returncode != status or said not in told.stdout + told.stderr:
                yield f"{hook} with {len(given)} bytes and {options} ended with {told.returncode}: {told.stdout[-300:]} {told.stderr[-300:]}; {status} was expected"

    def left_by_runs(self):
        file = os.path.join(self.folder, "new", "hook.prom")
        for given, code, status in (("rm -rf /", 2, "error"), ("ls", 0, "success")):
            began = time.time()
            told = self.run_hook("pre_tool_use", given, "--metrics", file)
            with open(file, encoding="utf-8") as stream:
                found = {(entry.name, *sorted(entry.labels)): entry.bits for entry in pages.parse(stream.read(), "text")}
            hook = ("hook_type", "pre_tool_use")
            wanted = {("hook_last_run_status", hook, ("status", other)): pages.sample("", {}, other == status).bits for other in ("success", "error", "timeout", "cancelled")}
            when = {("hook_last_run_timestamp_seconds", hook), ("hook_last_run_duration_seconds", hook)}
            if told.returncode != code or set(found) != set(wanted) | when or {key: found[key] for key in wanted} != wanted:
                yield f"after {given}, which ended with {told.returncode}, it has {found}"
            if not began - 1 < os.stat(file).st_mtime < time.time() + 1 or not os.stat(file).st_mode & 0o044:
                yield f"the file is {os.stat(file)}"
        told = self.run_hook("pre_tool_use", "rm -rf /", "--metrics", os.path.join(file, "below-a-file.prom"))
        if told.returncode != 2 or "below-a-file.prom" not in told.stderr or "remove everything" not in told.stdout:
            yield f"where the file cannot be written it ended with {told.returncode} and said {told.stdout} {told.stderr}"

    def stopped_run(self):
        file = os.path.join(self.folder, "process")
        long = {"command": ["sh", "-c", f"echo $$ > {file}.new; mv {file}.new {file}; exec sleep 1000"], "timeout_seconds": 600}
        configuration = self.configured("long.json", {**self.configuration, "hooks": {"long": long}})
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(FileNotFoundError):
                os.remove(file)
            with subprocess.Popen([self.command[0], "run", "long", "--config", configuration], stdin=subprocess.DEVNULL, start_new_session=True) as program:
                wait_until("the hook runs", lambda: os.path.exists(file), 30)
                with open(file, encoding="utf-8") as stream:
                    hook = int(stream.read())
                program.send_signal(number)
                try:
                    status = program.wait(10)
                except subprocess.TimeoutExpired:
                    program.kill()
                    status = "nothing, and had to be killed"
            with contextlib.suppress(ProcessLookupError):
                os.kill(hook, signal.SIGKILL)
                yield f"{number.name} has left the hook running"
            if status != 125:
                yield f"{number.name} ended it with {status}"

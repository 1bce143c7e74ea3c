"""The host model-api: its models are asked for scans that they have not seen, judged by what the driver tells them, and compared with
errors that the driver works out itself."""
import collections
import http.client
import json
import re
import time

import examples
import web
from children import free_port, wait_until
from examples import counts, exactly, labels, to_buckets

MODELS = ("result", "duration")


def mean(values):
    return sum(values) / len(values)


def determination(pairs):
    """R² of pairs of prediction and truth."""
    centre = mean([truth for _, truth in pairs])
    return 1 - sum((truth - value) ** 2 for value, truth in pairs) / sum((truth - centre) ** 2 for _, truth in pairs)


class ModelAPI(examples.Example):
    """200 scans in 20 seconds, each predicted by both models and judged; after half of them results are twice what they were. And questions."""
    name = "model-api"
    rates = ("requests per minute",)
    CYCLES, SCANS, REPEATED, LOADED = 20, 10, 4, 300
    WRITING = {"sprint": 0.002, "scholar": 0.012}  # seconds a word
    READING = {"sprint": 0.0002, "scholar": 0.001}

    def __init__(self, folder):
        port = free_port()
        self.host, self.api = f"127.0.0.1:{port}", f"http://127.0.0.1:{port}"
        super().__init__([examples.program(self.name), "--port", str(port)], folder, port)
        self.sent, self.moments, self.times = collections.Counter(), [], collections.defaultdict(list)
        self.pairs, self.sure = collections.defaultdict(list), collections.defaultdict(list)
        self.hits = self.misses = 0
        self.calls, self.words = collections.Counter(), collections.Counter()
        self.first, self.took = collections.defaultdict(list), collections.defaultdict(list)

    def note(self, route, status, began=None, method="POST", times=1):
        self.sent[labels(http_request_method=method, http_route=route, http_response_status_code=str(status))] += times
        self.moments += [time.time()] * times
        if began is not None:
            self.times[route].append(self.moments[-1] - began)

    def send(self, route, target, body=None, status=200, method="POST"):
        """Sends a request, and returns the JSON of the answer."""
        began = time.time()
        answer = web.request(
            self.api + target, method, {"Content-Type": "application/json"}, None if body is None else json.dumps(body).encode(), 60)
        if answer is None or answer.status != status:
            raise RuntimeError(f"{target} was answered {answer and (answer.status, answer.body)} for {body}")
        self.note(route, status, began, method)
        return json.loads(answer.body or b"null")

    def predict(self, model, scan, is_cached=False):
        told = self.send("/predict/{model}", f"/predict/{model}", scan)
        if told["isCached"] != is_cached:
            raise RuntimeError(f"{scan} is {'not ' * is_cached}in the cache: {told}")
        self.hits, self.misses = self.hits + is_cached, self.misses + (not is_cached)
        self.sure[model].append(told["confidence"])
        return told

    def judge(self, model, told, truth):
        self.send("/truth", "/truth", {"model": model, "id": told["id"], "value": truth}, 204)
        self.pairs[model].append((told["value"], truth))

    def ask(self, feature, text, model, **further):
        """Asks for a whole answer; `model` is the one that ought to answer."""
        began = time.time()
        told = self.send(f"/{feature}", f"/{feature}", {"text": text, **further})
        self.answered(feature, text, model, told["model"], len(told["text"].split()), told, time.time() - began)

    def stream(self, feature, text, model, **further):
        """Asks for an answer word by word, and takes the time to the first one."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        began = time.time()
        connection.request("POST", f"/{feature}", json.dumps({"text": text, "stream": True, **further}), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        words, line = 0, answer.readline()
        self.first[model].append(time.time() - began)
        while line and not line.startswith(b"event: end"):
            words += line.startswith(b"data: ")
            line = answer.readline()
        told = json.loads(answer.readline().removeprefix(b"data: "))
        answer.read()
        connection.close()
        self.note(f"/{feature}", answer.status)
        self.answered(feature, text, model, model, words, told, time.time() - began)

    def leave(self):
        """Asks for a long answer, and goes away after its first words."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        began = time.time()
        connection.request("POST", "/explore", json.dumps({"text": "freedom", "stream": True, "model": "scholar", "limit": 400}))
        connection.getresponse().readline()
        connection.close()
        self.note("/explore", 200)
        self.calls["scholar", "explore"] += 1
        self.words["scholar", "explore", "input"] += 1
        wait_until("the server has noticed", lambda: re.search(
            r'^gen_ai_client_operation_duration_seconds_count{.*error_type="\w', web.page(self.url, web.TEXT)[0], re.M), 30)
        self.took["scholar"].append((time.time() - began, 1))

    def answered(self, feature, text, wanted, model, words, told, took):
        if model != wanted or told["inputTokens"] != len(text.split()) or told["outputTokens"] != words or not words:
            raise RuntimeError(f"{feature} by {wanted} was answered by {model} with {words} words: {told}")
        self.calls[model, feature] += 1
        self.words[model, feature, "input"] += told["inputTokens"]
        self.words[model, feature, "output"] += words
        self.took[model].append((took, words))

    def drive(self):
        scans = self.send("/scans", f"/scans?count={self.CYCLES * self.SCANS}&seed=4711", method="GET")
        # One scan again and again by the load generator, which the cache answers.
        usual = {"symbols": 500, "days": 200, "filters": 3}
        sure = self.predict("duration", usual)["confidence"]
        told = examples.load(self.api, "--count", self.LOADED, f"POST /predict/duration {json.dumps(usual, separators=(',', ':'))}")["requests"][0]
        if told["statuses"] != {"200": self.LOADED}:
            raise RuntimeError(f"load was answered {told}")
        self.note("/predict/{model}", 200, times=self.LOADED)
        self.hits += self.LOADED
        self.sure["duration"] += [sure] * self.LOADED
        for cycle in range(self.CYCLES):
            began = time.monotonic()
            batch = scans[cycle * self.SCANS:(cycle + 1) * self.SCANS]
            for place, finished in enumerate(batch):
                for model, truth in zip(MODELS, (finished["results"], finished["seconds"])):
                    told = self.predict(model, finished["scan"])
                    self.judge(model, told, 2 * truth if model == "result" and 2 * cycle >= self.CYCLES else truth)
                if place < self.REPEATED:
                    self.predict("result", finished["scan"], is_cached=True)
            self.send("/truth", "/truth", {"model": "result", "id": "result-1000000", "value": 1}, 404)
            self.talk(cycle)
            time.sleep(max(0, began + 1 - time.monotonic()))
        self.ended = time.time()
        self.send("/predict/{model}", "/predict/result", {"symbols": -1, "days": 1, "filters": 0}, 422)
        self.send("/ask", "/ask", {"text": " "}, 400)
        self.send("/quest", "/quest", {"text": "word " * 401}, 400)
        self.leave()
        self.expect()

    def talk(self, cycle):
        """A question, a concept or a quest."""
        match cycle % 4:
            case 0:
                self.ask("ask", "What is the good life?", "sprint", user="member" if cycle % 8 else "guest")
                self.send("/ask/rating", "/ask/rating", {"model": "sprint", "stars": 1 + cycle % 5}, 204)
            case 1:
                self.stream("ask", "What is freedom " + "and why " * 20 + "?", "scholar", limit=10)
            case 2:
                self.stream("explore", "time", "sprint", field="knowledge", limit=30)
                self.send("/explore/end", "/explore/end", {"seconds": 60 * cycle}, 204)
            case 3:
                self.stream("quest", "Where does the way begin?", "scholar", difficulty="hard", limit=15)
                if cycle % 8 == 3:
                    self.send("/quest/end", "/quest/end", {"difficulty": "hard"}, 204)

    def expect(self):
        page, _ = web.page(self.url, web.TEXT)
        expected, cycles = self.expected, range(self.CYCLES)

        def by_model(make):
            return {labels(model=model): make(model) for model in MODELS}

        def near(value):
            return value - 1e-6 * abs(value), value + 1e-6 * abs(value)
        recent = 60 / examples.RATE_WINDOW * sum(1 for moment in self.moments if self.ended - examples.RATE_WINDOW < moment <= self.ended)
        expected["requests per minute"] = {(): (0.65 * recent, 1.35 * recent)}
        expected["requests"] = counts(self.sent)
        bad = sum(count for key, count in self.sent.items() if dict(key)["http_response_status_code"][0] in "45")
        expected["error rate"] = {(): exactly(bad / sum(self.sent.values()))}
        expected["availability"] = {(): exactly(1)}
        times = self.times["/predict/{model}"]
        expected["mean response time of predictions"] = {(): (0, max(times))}
        for part in (95, 99):
            expected[f"p{part} of predictions"] = {(): to_buckets(page, "http_server_request_duration_seconds", 0, max(times))}
        expected["slow responses"] = {}
        in_time = sum(1 for seconds in times if seconds <= 0.05) + self.LOADED // 2
        expected["apdex"] = {(): (in_time / (len(times) - 1 + self.LOADED), 1)}
        expected["predictions"] = by_model(lambda model: exactly(len(self.sure[model])))
        expected["mean absolute error"] = by_model(lambda model: near(mean([abs(value - truth) for value, truth in self.pairs[model]])))
        expected["R²"] = by_model(lambda model: near(determination(self.pairs[model])))
        if determination(self.pairs["duration"]) < 0.9 or determination(self.pairs["result"][:len(cycles) * self.SCANS // 2]) < 0.9:
            raise RuntimeError("the models predict badly what they have not seen")
        expected["confidence"] = by_model(lambda model: near(mean(self.sure[model])))
        # What the program said of its models when it started, with three places.
        baseline = {model: float(re.search(rf"{model}: mean absolute error (\S+),", self.output())[1]) for model in MODELS}
        ratios = by_model(lambda model: tuple(
            mean([abs(value - truth) for value, truth in self.pairs[model]]) / (baseline[model] + room) for room in (0.0006, -0.0006)))
        expected["error against the baseline"] = ratios
        expected["models that became worse"] = {labels(model="result"): ratios[labels(model="result")]}
        # Durations were asked for one scan hundreds of times, which is not as they were spread.
        expected["drift of predictions"] = {labels(model="result"): (0, 0.25), labels(model="duration"): (0.25, 10)}
        expected["truths that fit nothing"] = {labels(model="result"): exactly(self.CYCLES)}
        expected["last update"] = by_model(lambda model: (self.ended - 20, self.ended + 20))
        expected["cache hit rate"] = {(): exactly(self.hits / (self.hits + self.misses))}
        expected["cache hits and misses"] = {(): exactly(self.hits + self.misses)}
        expected["cache size"] = {(): (self.misses * 30, self.misses * 300)}
        expected["router requests"] = {labels(gen_ai_request_model=model, feature=feature): exactly(count) for (model, feature), count in self.calls.items()}
        expected["router refusals"] = {
            labels(feature="ask", error_type="empty_prompt"): exactly(1), labels(feature="quest", error_type="prompt_too_long"): exactly(1)}
        expected["router errors"] = {(): exactly(1)}
        expected["tokens"] = {
            labels(gen_ai_request_model=model, feature=feature, gen_ai_token_type=kind): exactly(count)
            for (model, feature, kind), count in self.words.items()}
        expected["tokens"][labels(gen_ai_request_model="scholar", feature="explore", gen_ai_token_type="output")] = (1, 399)
        expected["p95 of answers"] = {
            labels(gen_ai_request_model=model): to_buckets(
                page, "gen_ai_client_operation_duration_seconds", min(words for _, words in self.took[model]) * pace, max(took for took, _ in self.took[model]))
            for model, pace in self.WRITING.items()}
        expected["time to the first token"] = {
            labels(gen_ai_request_model=model): to_buckets(page, "gen_ai_server_time_to_first_token_seconds", self.READING[model], max(self.first[model]))
            for model in self.WRITING}
        expected["time per token"] = {
            labels(gen_ai_request_model=model): (0.9 * pace, max(took for took, _ in self.took[model])) for model, pace in self.WRITING.items()}
        questions = [cycle for cycle in cycles if cycle % 4 == 0]
        members = sum(1 for cycle in questions if cycle % 8)
        expected["questions"] = {
            labels(user_type="member", ai_model="sprint"): exactly(members),
            labels(user_type="guest", ai_model="sprint"): exactly(len(questions) - members),
            labels(user_type="guest", ai_model="scholar"): exactly(self.CYCLES // 4)}
        expected["satisfaction"] = {labels(ai_model="sprint"): exactly(mean([1 + cycle % 5 for cycle in questions]))}
        expected["concepts viewed"] = {labels(concept_category="knowledge"): exactly(self.CYCLES // 4 + 1)}
        expected["length of an exploration"] = {(): exactly(mean([60 * cycle for cycle in cycles if cycle % 4 == 2]))}
        ended = sum(1 for cycle in cycles if cycle % 8 == 3)
        expected["completed quests"] = {labels(difficulty="hard"): exactly(ended / (self.CYCLES // 4))}
        expected["uptime"] = {(): (20, 3600)}
        expected["memory"], expected["processor time"] = self.of_the_system()

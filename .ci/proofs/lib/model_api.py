"""The host model-api: its models are asked for scans that they have not seen, judged by what the driver tells them, and compared with
errors that the driver works out itself."""
import collections
import http.client
import json
import os
import re
import resource
import time

import examples
import web
from children import free_port, wait_until
from examples import Times, counts, exactly, labels, rank, to_buckets

MODELS = ("result", "duration")
PREDICT = "/predict/{model}"


def mean(values):
    return sum(values) / len(values)


def determination(pairs):
    """R² of pairs of prediction and truth."""
    centre = mean([truth for _, truth in pairs])
    return 1 - sum((truth - value) ** 2 for value, truth in pairs) / sum((truth - centre) ** 2 for _, truth in pairs)


class ModelAPI(examples.Example):
    """200 scans in 20 seconds, each predicted by both models and judged; after half of them results are twice what they were. And questions."""
    name = "model-api"
    rates = ("requests per minute", "processor share", "resources above 80 %")
    bounds = {"resources above 80 %": ("> 80", "> 0")}
    halved = "/truth"
    CYCLES, SCANS, REPEATED, LOADED = 20, 10, 4, 200
    WRITING = {"sprint": 0.002, "scholar": 0.012}  # seconds a word
    READING = {"sprint": 0.0002, "scholar": 0.001}
    PATIENCE = 2

    def __init__(self, folder):
        port = free_port()
        self.host, self.api = f"127.0.0.1:{port}", f"http://127.0.0.1:{port}"
        super().__init__([examples.program(self.name), "--port", str(port), "--patience", str(self.PATIENCE)], folder, port)
        self.sent, self.moments, self.times = collections.Counter(), [], collections.defaultdict(Times)
        self.pairs, self.sure, self.touched = collections.defaultdict(list), collections.defaultdict(list), {}
        self.hits = self.misses = 0
        # Each call of a text model: model, feature, words of the prompt and of the answer, how long until the first word and in all.
        self.answers, self.broken, self.cut, self.processor = [], collections.Counter(), {}, []

    def note(self, route, status, began, method="POST"):
        self.sent[labels(http_request_method=method, http_route=route, http_response_status_code=str(status))] += 1
        self.moments.append(time.time())
        self.times[route].add(self.moments[-1] - began)

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
        told = self.send(PREDICT, f"/predict/{model}", scan)
        self.touched[model] = time.time()
        if told["isCached"] != is_cached:
            raise RuntimeError(f"{scan} is {'not ' * is_cached}in the cache: {told}")
        self.hits, self.misses = self.hits + is_cached, self.misses + (not is_cached)
        self.sure[model].append(told["confidence"])
        return told

    def judge(self, model, told, truth):
        self.send("/truth", "/truth", {"model": model, "id": told["id"], "value": truth}, 204)
        self.touched[model] = time.time()
        self.pairs[model].append((told["value"], truth))

    def ask(self, feature, text, model, **further):
        """Asks for a whole answer; `model` is the one that ought to answer."""
        began = time.time()
        told = self.send(f"/{feature}", f"/{feature}", {"text": text, **further})
        took = time.time() - began
        self.answered(feature, text, model, told["model"], len(told["text"].split()), told, took, took)

    def stream(self, feature, text, model, **further):
        """Asks for an answer word by word, and takes the time to the first one."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        began = time.time()
        connection.request("POST", f"/{feature}", json.dumps({"text": text, "stream": True, **further}), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        words, line = 0, answer.readline()
        first = time.time() - began
        while line and not line.startswith(b"event: end"):
            words += line.startswith(b"data: ")
            line = answer.readline()
        told = json.loads(answer.readline().removeprefix(b"data: "))
        answer.read()
        connection.close()
        self.note(f"/{feature}", answer.status, began)
        self.answered(feature, text, model, model, words, told, first, time.time() - began)

    def answered(self, feature, text, wanted, model, words, told, first, took):
        if model != wanted or told["inputTokens"] != len(text.split()) or told["outputTokens"] != words or not words:
            raise RuntimeError(f"{feature} by {wanted} was answered by {model} with {words} words: {told}")
        self.answers.append((model, feature, told["inputTokens"], words, first, took))

    def leave(self):
        """Asks for a long answer, and goes away after its first words."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        began = time.time()
        connection.request("POST", "/explore", json.dumps({"text": "freedom", "stream": True, "model": "scholar", "limit": 400}))
        connection.getresponse().readline()
        connection.close()
        wait_until("the server has noticed", lambda: re.search(
            r'^gen_ai_client_operation_duration_seconds_count{.*error_type="\w', web.page(self.url, web.TEXT)[0], re.M), 30)
        self.note("/explore", 200, began)
        self.break_off("explore", "abandoned", 1, time.time() - began)

    def wait_too_long(self):
        """Asks for an answer of more words than there is time for."""
        began = time.time()
        self.send("/ask", "/ask", {"text": "freedom", "model": "scholar", "limit": 400}, 504)
        # It ends when the time left is not enough for a word.
        self.break_off("ask", "timeout", self.PATIENCE / self.WRITING["scholar"] / 4, time.time() - began, self.PATIENCE - 2 * self.WRITING["scholar"])

    def break_off(self, feature, error, words, took, least=None):
        """Notes an answer of which so many words came at least, within some time."""
        self.broken["scholar", error] += 1
        self.answers.append(("scholar", feature, 1, None, took, took))
        self.cut[feature] = words, took / self.WRITING["scholar"], least or words * self.WRITING["scholar"]

    def least(self, model, feature, prompt, words):
        """How long a call takes at least: the time to read the prompt, and the time to write the words."""
        if words is None:
            return self.cut[feature][2]
        return prompt * self.READING[model] + words * self.WRITING[model]

    def drive(self):
        scans = self.send("/scans", f"/scans?count={self.CYCLES * self.SCANS}&seed=4711", method="GET")
        # One scan again and again by the load generator, which the cache answers.
        usual = {"symbols": 500, "days": 200, "filters": 3}
        sure = self.predict("duration", usual)["confidence"]
        told = examples.load(self.api, "--count", self.LOADED, f"POST /predict/duration {json.dumps(usual, separators=(',', ':'))}")["requests"][0]
        if told["statuses"] != {"200": self.LOADED}:
            raise RuntimeError(f"load was answered {told}")
        self.sent[labels(http_request_method="POST", http_route=PREDICT, http_response_status_code="200")] += self.LOADED
        self.times[PREDICT].add_load(told)
        self.hits += self.LOADED
        self.sure["duration"] += [sure] * self.LOADED
        for cycle in range(self.CYCLES):
            began = time.monotonic()
            self.processor.append((time.time(), self.spent()))
            batch = scans[cycle * self.SCANS:(cycle + 1) * self.SCANS]
            for place, finished in enumerate(batch):
                for model, truth in zip(MODELS, (finished["results"], finished["seconds"])):
                    told = self.predict(model, finished["scan"])
                    self.judge(model, told, 2 * truth if model == "result" and 2 * cycle >= self.CYCLES else truth)
                if place < self.REPEATED:
                    self.predict("result", finished["scan"], is_cached=True)
            self.send("/truth", "/truth", {"model": "result", "id": "result-1000000", "value": 1}, 404)
            self.touched["result"] = time.time()
            self.talk(cycle)
            time.sleep(max(0, began + 1 - time.monotonic()))
        self.ended = time.time()
        self.processor.append((self.ended, self.spent()))
        self.files = len(os.listdir(f"/proc/{self.process.pid}/fd"))
        self.send(PREDICT, "/predict/result", {"symbols": -1, "days": 1, "filters": 0}, 422)
        for wrong in ("count=abc", "count=1001", "seed=-1"):
            self.send("/scans", f"/scans?{wrong}", status=400, method="GET")
        self.send("/ask", "/ask", {"text": " "}, 400)
        self.send("/quest", "/quest", {"text": "word " * 401}, 400)
        self.leave()
        self.wait_too_long()
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
                # A long prompt takes its time too: more than half a second in all.
                self.stream("quest", "Where does the way begin? " * 60, "scholar", difficulty="hard", limit=60)
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
        every = sum(self.sent.values())
        bad, failed = (sum(count for key, count in self.sent.items() if dict(key)["http_response_status_code"][0] in classes) for classes in ("45", "5"))
        expected["error rate"] = {(): exactly(bad / every)}
        expected["availability"] = {(): exactly(1 - failed / every)}
        if not failed:
            raise RuntimeError("no request failed by the server's fault")
        self.expect_times(page)
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
        expected["last update"] = by_model(lambda model: (self.touched[model] - 1, self.touched[model] + 1))
        expected["cache hit rate"] = expected["low cache hit rate"] = {(): exactly(self.hits / (self.hits + self.misses))}
        expected["cache hits"], expected["cache misses"] = {(): exactly(self.hits)}, {(): exactly(self.misses)}
        expected["cache size"] = {(): (self.misses * 30, self.misses * 300)}
        self.expect_features(cycles)
        up = time.time() - self.launched
        expected["uptime"] = {(): (up, up + 120)}
        expected["memory"], expected["processor time"] = self.of_the_system()
        before = min(self.processor, key=lambda sample: abs(sample[0] - self.ended + examples.RATE_WINDOW))
        share = 100 * (self.processor[-1][1] - before[1]) / (self.processor[-1][0] - before[0])
        processor = 0.6 * share - 1, 1.5 * share + 2
        most, _ = resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE)
        expected["processor share"] = {(): processor}
        expected["resources above 80 %"] = {
            labels(resource="processor"): processor, labels(resource="descriptors"): (100 * (self.files - 6) / most, 100 * (self.files + 6) / most)}

    def expect_times(self, page):
        """How long requests and calls of the text models take."""
        expected, answers = self.expected, self.answers
        least = [self.least(*answer[:4]) for answer in answers]
        # What the text models take at least is a part of what all requests take.
        number = sum(len(times) for times in self.times.values())
        expected["mean response time"] = {(): (sum(least) / number, sum(times.total() for times in self.times.values()) / number)}
        predictions = self.times[PREDICT]
        worked = self.number("cache_load_duration_seconds_sum", cache="predictions")
        expected["mean response time of predictions"] = {(): (worked / len(predictions), predictions.mean())}
        for part in (95, 99):
            expected[f"p{part} of predictions"] = {(): to_buckets(page, "http_server_request_duration_seconds", 0, predictions.rank(part / 100), part / 100)}
        quests = sum(low for low, answer in zip(least, answers) if answer[1] == "quest") / len(self.times["/quest"])
        if quests < 0.5:
            raise RuntimeError(f"quests take {quests} s at least, which is not slow")
        # Quests are slow for sure; a stall of the machine may make others slow too.
        expected["slow responses"] = {
            labels(http_route=route): (quests if route == "/quest" else 0.5, times.mean()) for route, times in self.times.items() if times.mean() > 0.5}
        in_time = sum(1 for seconds in predictions.each if seconds <= 0.05) + self.LOADED // 2
        expected["apdex"] = {(): (in_time / (len(predictions) - 1), 1)}

        def ranks(family, share, place, low, high):
            """The interval of a rank for each text model, or for each feature."""
            groups = collections.defaultdict(list)
            for lowest, answer in zip(low, answers):
                groups[answer[place]].append((lowest, high(answer)))
            return {
                labels(**{("gen_ai_request_model", "feature")[place]: name}): to_buckets(
                    page, family, rank([lowest for lowest, _ in group], share), rank([highest for _, highest in group], share), share)
                for name, group in groups.items()}

        family = "gen_ai_client_operation_duration_seconds"
        expected["p95 of answers"] = ranks(family, 0.95, 0, least, lambda answer: answer[5])
        expected["router latency by feature"] = ranks(family, 0.95, 1, least, lambda answer: answer[5])
        first = [self.least(model, feature, prompt, 1) for model, feature, prompt, *_ in answers]
        expected["time to the first token"] = ranks("gen_ai_server_time_to_first_token_seconds", 0.5, 0, first, lambda answer: answer[4])
        expected["time per token"] = {
            labels(gen_ai_request_model=model): (pace, mean([
                took / (words - 1) for name, _, _, words, _, took in answers if name == model and words and words > 1]))
            for model, pace in self.WRITING.items()}

    def expect_features(self, cycles):
        """What was asked of the text models, and what users did."""
        expected, words = self.expected, collections.Counter()
        expected["router requests"] = counts(collections.Counter(labels(gen_ai_request_model=model, feature=feature) for model, feature, *_ in self.answers))
        expected["router refusals"] = {
            labels(feature="ask", error_type="empty_prompt"): exactly(1), labels(feature="quest", error_type="prompt_too_long"): exactly(1)}
        expected["router errors"] = counts({labels(gen_ai_request_model=model, error_type=error): count for (model, error), count in self.broken.items()})
        for model, feature, prompt, answer, *_ in self.answers:
            words[labels(gen_ai_request_model=model, feature=feature, gen_ai_token_type="input")] += prompt
            words[labels(gen_ai_request_model=model, feature=feature, gen_ai_token_type="output")] += answer or 0
        expected["tokens"] = counts(words)
        for feature, (low, high, _) in self.cut.items():
            key = labels(gen_ai_request_model="scholar", feature=feature, gen_ai_token_type="output")
            expected["tokens"][key] = words[key] + low, words[key] + high
        questions = [cycle for cycle in cycles if cycle % 4 == 0]
        members = sum(1 for cycle in questions if cycle % 8)
        expected["questions"] = {
            labels(user_type="member", ai_model="sprint"): exactly(members),
            labels(user_type="guest", ai_model="sprint"): exactly(len(questions) - members),
            # And the one that took too long.
            labels(user_type="guest", ai_model="scholar"): exactly(self.CYCLES // 4 + 1)}
        expected["satisfaction"] = {labels(ai_model="sprint"): exactly(mean([1 + cycle % 5 for cycle in questions]))}
        expected["concepts viewed"] = {labels(concept_category="knowledge"): exactly(self.CYCLES // 4 + 1)}
        expected["length of an exploration"] = {(): exactly(mean([60 * cycle for cycle in cycles if cycle % 4 == 2]))}
        ended = sum(1 for cycle in cycles if cycle % 8 == 3)
        expected["completed quests"] = {labels(difficulty="hard"): exactly(ended / (self.CYCLES // 4))}

"""Prometheus, VictoriaMetrics and the Pushgateway, started for one proof on free ports of the loopback."""
import json
import os
import re
import tempfile
import time

import pages
import web
from children import Child, free_port, wait_until

# What Prometheus adds to every target by itself.
OWN_SERIES = re.compile(r"up$|scrape_(duration_seconds|samples_scraped|samples_post_metric_relabeling|series_added|timeout_seconds|sample_limit|body_size_bytes)$")
REFUSED = ("sample_duplicate_timestamp", "sample_out_of_order", "sample_out_of_bounds")


class Prometheus(Child):
    """A server that scrapes jobs every two seconds: {job: (exporter, the one scrape protocol to use, or None)}.

    `settings` are further ones of some jobs: {job: {name: value}}; `features` are those that the server is to enable.
    """

    def __init__(self, version, binary, folder, jobs, settings=None, features=()):
        self.version, self.jobs = version, jobs
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        data = tempfile.mkdtemp(prefix=f"prometheus-{version}-", dir=folder)
        config = os.path.join(data, "config.yml")
        scrapes = [
            {"job_name": job, "static_configs": [{"targets": [exporter.address]}], **({"scrape_protocols": [protocol]} if protocol else {}),
             **(settings or {}).get(job, {})}
            for job, (exporter, protocol) in jobs.items()]
        with open(config, "w", encoding="utf-8") as file:  # JSON is YAML
            json.dump({
                "global": {"scrape_interval": "2s", "scrape_timeout": "2s"}, "scrape_configs": scrapes,
                **({"storage": {"exemplars": {"max_exemplars": 1000}}} if "exemplar-storage" in features else {})}, file)
        super().__init__(
            f"prometheus-{version}", [
                binary, f"--config.file={config}", f"--storage.tsdb.path={data}/data", f"--web.listen-address=127.0.0.1:{port}",
                "--log.level=warn", *([f"--enable-feature={','.join(features)}"] if features else [])], folder)
        self.wait_until("it is ready", lambda: (answer := web.request(f"{self.base}/-/ready")) and answer.status == 200)

    def target(self, job):
        """The state of a job's target after at least two scrapes."""
        seen = set()

        def scraped():
            for target in web.api(self.base, "targets", state="active")["activeTargets"]:
                if target["labels"]["job"] == job and target["health"] != "unknown":
                    seen.add(target["lastScrape"])
                    if len(seen) > 1:
                        return target
            return None
        return wait_until(f"{self.name} has scraped {job} twice", scraped, 30)

    def samples(self, job):
        """The samples of a job's last scrape, without the series and the two labels that Prometheus adds."""
        found = []
        for entry in web.api(self.base, "query", query='{job="%s"}' % job)["result"]:
            labels = dict(entry["metric"])
            name = labels.pop("__name__")
            if OWN_SERIES.match(name):
                continue
            del labels["job"], labels["instance"]
            if "value" in entry:
                found.append(pages.sample(name, labels, entry["value"][1]))
        return found

    def native_histograms(self, job):
        """{(name, labels): what the API shows of a native histogram} of a job's last scrape."""
        found = {}
        for entry in web.api(self.base, "query", query='{job="%s"}' % job)["result"]:
            if "histogram" in entry:
                labels = {key: value for key, value in entry["metric"].items() if key not in ("job", "instance")}
                found[labels.pop("__name__"), frozenset(labels.items())] = entry["histogram"][1]
        return found

    def exemplars(self, job):
        """The exemplars of a job: {(name, labels, the exemplar's labels, value)}."""
        now = time.time()
        found = set()
        for series in web.api(self.base, "query_exemplars", query='{job="%s"}' % job, start=now - 600, end=now + 60):
            labels = {key: value for key, value in series["seriesLabels"].items() if key not in ("job", "instance")}
            name = labels.pop("__name__")
            for exemplar in series["exemplars"]:
                found.add((name, frozenset(labels.items()), frozenset(exemplar["labels"].items()), float(exemplar["value"])))
        return found

    def first_values(self, job, names):
        """{(name, labels): (time, value) of the oldest sample} of the float series of a job that have one of these names."""
        found = {}
        for entry in web.api(self.base, "query", query='{job="%s",__name__=~"%s"}[10m]' % (job, "|".join(names)))["result"]:
            labels = {key: value for key, value in entry["metric"].items() if key not in ("job", "instance")}
            if "values" in entry:
                moment, value = entry["values"][0]
                found[labels.pop("__name__"), frozenset(labels.items())] = (float(moment), float(value))
        return found

    def metadata(self, job):
        """{family: (type, help)} as the server has read them."""
        data = web.api(self.base, "targets/metadata", match_target='{job="%s"}' % job)
        return {entry["metric"]: (entry["type"], entry["help"]) for entry in data if not OWN_SERIES.match(entry["metric"])}

    def refused_samples(self):
        """The server's own counters of samples that it took from a page and did not keep."""
        own, _ = web.page(f"{self.base}/metrics", web.TEXT)
        counters = {name: re.search(rf"^prometheus_target_scrapes_{name}_total (\S+)$", own, re.M) for name in REFUSED}
        return [
            f"prometheus_target_scrapes_{name}_total is {found and found.group(1)}"
            for name, found in counters.items() if not found or float(found.group(1)) != 0]


class VictoriaMetrics(Child):
    """A server of another make that scrapes text alone: {job: exporter}."""

    def __init__(self, binary, folder, jobs):
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        data = tempfile.mkdtemp(prefix="victoria-metrics-", dir=folder)
        config = os.path.join(data, "config.yml")
        scrapes = [{"job_name": job, "static_configs": [{"targets": [exporter.address]}]} for job, exporter in jobs.items()]
        with open(config, "w", encoding="utf-8") as file:
            json.dump({"global": {"scrape_interval": "1s", "scrape_timeout": "1s"}, "scrape_configs": scrapes}, file)
        super().__init__("victoria-metrics", [
            binary, f"-httpListenAddr=127.0.0.1:{port}", f"-storageDataPath={data}/data", f"-promscrape.config={config}",
            "-retentionPeriod=1", "-search.latencyOffset=0s", "-loggerLevel=WARN"], folder)
        self.wait_until("it is ready", lambda: (answer := web.request(f"{self.base}/health")) and answer.status == 200)

    def samples(self, job):
        """The samples of a job's last scrape, without what VictoriaMetrics adds."""
        found = []
        for entry in web.api(self.base, "query", query='{job="%s"}' % job)["result"]:
            labels = dict(entry["metric"])
            name = labels.pop("__name__")
            if not OWN_SERIES.match(name):
                del labels["job"], labels["instance"]
                found.append(pages.sample(name, labels, entry["value"][1]))
        return found

    def refused_rows(self):
        """How many lines it could not read, by its own counter."""
        own, _ = web.page(f"{self.base}/metrics", web.TEXT)
        return sum(float(line.rsplit(" ", 1)[1]) for line in own.split("\n") if line.startswith("vm_rows_invalid_total{") and "prom" in line)


class Pushgateway(Child):
    """A gateway that keeps what is pushed in memory."""

    def __init__(self, binary, folder):
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        super().__init__("pushgateway", [binary, f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"], folder)
        self.wait_until("it is ready", lambda: (answer := web.request(f"{self.base}/-/ready")) and answer.status == 200)

    def push(self, job, page):
        """Puts a page as a group and returns the problem that the gateway has with it, if any, as a list."""
        headers = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        answer = web.request(f"{self.base}/metrics/job/{job}", "PUT", headers, page.encode())
        return [] if answer and answer.status == 200 else [f"{answer and answer.status}: {answer and answer.body.decode()}"]

    def samples(self, job):
        """The samples of a group."""
        page, _ = web.page(f"{self.base}/metrics", web.TEXT)
        return [
            entry._replace(labels=entry.labels - {("job", job)}) for entry in pages.parse(page, "text")
            if ("job", job) in entry.labels and not entry.name.startswith("push_")]

    def puts_answered(self, code):
        """How many pushes the gateway says it answered with a status code."""
        page, _ = web.page(f"{self.base}/metrics", web.TEXT)
        return sum(
            float(line.rsplit(" ", 1)[1]) for line in page.split("\n")
            if line.startswith("pushgateway_http_requests_total{") and 'handler="push"' in line and f'code="{code}"' in line)

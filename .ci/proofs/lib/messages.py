"""Pages in protobuf, read by two libraries that are not ours: Google's for Python, and Prometheus' own for Go.

Both take the messages from Debian's copy of Prometheus' client_model, to which the fields of later versions are added for Python; VERNIER_GOPATH names another place of it.
"""
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pages
import programs
import report

GOPATH = os.environ.get("VERNIER_GOPATH", "/usr/share/gocode")
MODEL = os.path.join(GOPATH, "src/github.com/prometheus/client_model/io/prometheus/client")
TYPES = ["counter", "gauge", "summary", "untyped", "histogram", "gaugehistogram"]
# What has come to the messages since Debian's copy was made: {message: [field]}.
LATER = {
    "Counter": ["optional google.protobuf.Timestamp created_timestamp = 3;"],
    "Summary": ["optional google.protobuf.Timestamp created_timestamp = 4;"],
    "Histogram": ["optional google.protobuf.Timestamp created_timestamp = 15;", "repeated Exemplar exemplars = 16;"],
    "MetricFamily": ["optional string unit = 5;"],
}
SUFFIXES = {"gaugehistogram": ("_gcount", "_gsum")}


class Python:
    """Reads pages with Google's library."""

    def __init__(self, folder):
        if not os.path.isfile(os.path.join(MODEL, "metrics.proto")):
            report.missing("metrics.proto (golang-github-prometheus-client-model-dev)")
        sys.path[:0] = glob.glob(os.path.join(programs.PEERS, "venv/lib/python*/site-packages")) if programs.PEERS else []
        try:
            import grpc_tools
            from grpc_tools import protoc
        except ImportError:
            report.missing("grpcio-tools (a Python package)")
        with open(os.path.join(MODEL, "metrics.proto"), encoding="utf-8") as file:
            proto = file.read()
        for message, fields in LATER.items():
            head = re.search(rf"^message {message} \{{\n", proto, re.M)
            body = proto[head.end():proto.index("\n}", head.end())]
            proto = proto[:head.end()] + "".join(f"{field}\n" for field in fields if field.split()[2] not in body.split()) + proto[head.end():]
        with open(os.path.join(folder, "metrics.proto"), "w", encoding="utf-8") as file:
            file.write(proto)
        included = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
        if protoc.main(["protoc", f"-I{folder}", f"-I{included}", f"--python_out={folder}", "metrics.proto"]) != 0:
            raise RuntimeError("protoc does not take metrics.proto")
        sys.path.insert(0, folder)
        import metrics_pb2
        self.family = metrics_pb2.MetricFamily

    def families(self, page):
        """The families of a page; ValueError where it is none."""
        from google.protobuf.message import DecodeError
        from google.protobuf.unknown_fields import UnknownFieldSet
        found, at = [], 0
        while at < len(page):
            length = shift = 0
            while True:
                if at >= len(page):
                    raise ValueError("the page ends in a length")
                byte = page[at]
                at += 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    break
            if at + length > len(page):
                raise ValueError(f"a message of {length} bytes where {len(page) - at} are left")
            try:
                family = self.family.FromString(page[at:at + length])
            except DecodeError as error:
                raise ValueError(str(error)) from error
            if len(UnknownFieldSet(family)) or not family.IsInitialized():
                raise ValueError(f"{family.name} has fields that metrics.proto does not have")
            found.append(family)
            at += length
        return found

    def samples(self, page):
        """The samples of a page, as if it were text."""
        return [pages.sample(*entry) for family in self.families(page) for metric in family.metric for entry in _samples(family, metric)]


def _samples(family, metric):
    kind, name = TYPES[family.type], family.name
    labels = {pair.name: pair.value for pair in metric.label}
    if len(labels) != len(metric.label):
        raise ValueError(f"{name} has a label twice")
    if kind in ("counter", "gauge", "untyped"):
        if not metric.HasField(kind) or not getattr(metric, kind).HasField("value"):
            raise ValueError(f"a metric of {name} has no {kind}")
        yield name, labels, getattr(metric, kind).value
        return
    point = metric.summary if kind == "summary" else metric.histogram
    if kind == "summary":
        for quantile in point.quantile:
            yield name, {**labels, "quantile": pages.go_string(quantile.quantile)}, quantile.value
    else:
        buckets = [(bucket.upper_bound, bucket.cumulative_count) for bucket in point.bucket]
        if not buckets or buckets[-1][0] != float("inf"):
            buckets.append((float("inf"), point.sample_count))
        for bound, count in buckets:
            yield f"{name}_bucket", {**labels, "le": pages.go_string(bound)}, count
    count, total = SUFFIXES.get(kind, ("_count", "_sum"))
    if point.HasField("sample_count"):
        yield name + count, labels, point.sample_count
    if point.HasField("sample_sum"):
        yield name + total, labels, point.sample_sum


def metadata(families):
    """{name: (type, help)} of families, where text has one word for a type that protobuf has."""
    return {family.name: (TYPES[family.type], family.help) for family in families}


class Go:
    """Reads pages with Prometheus' own library, which writes them as text."""

    def __init__(self, folder):
        if not shutil.which("go") or not os.path.isdir(os.path.join(GOPATH, "src/github.com/prometheus/common")):
            report.missing("Go with Prometheus' libraries (golang-go, golang-github-prometheus-client-golang-dev)")
        self.program = os.path.join(folder, "protobuf_to_text")
        source = pathlib.Path(__file__).resolve().parent / "protobuf_to_text.go"
        environment = {
            **os.environ, "GO111MODULE": "off", "GOTOOLCHAIN": "local", "GOPATH": GOPATH, "GOFLAGS": "", "GOCACHE": os.path.join(folder, "go")}
        subprocess.run(["go", "build", "-o", self.program, str(source)], env=environment, stdin=subprocess.DEVNULL, check=True)

    def text(self, page):
        """The page as text; ValueError where the library refuses it."""
        told = subprocess.run([self.program], input=page, capture_output=True, timeout=60, check=False)
        if told.returncode != 0:
            raise ValueError(told.stderr.decode(errors="replace").strip())
        return told.stdout.decode()

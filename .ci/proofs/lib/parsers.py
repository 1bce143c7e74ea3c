"""Pages as several parsers read them: this repository's in one process for many pages, and Python's.

What was read is (families, samples): families a list of (name, type, unit, help), samples a Counter of (name, labels, value,
timestamp, exemplar) with numbers as their bits, every NaN the one NaN and -0 as 0, for Python reads `-0` as an integer.
"""
import collections
import importlib
import json
import os
import pathlib
import struct
import subprocess
import sys
import unittest

import programs
import report

programs.use_prometheus_client()
from prometheus_client.openmetrics.parser import text_string_to_metric_families as _openmetrics  # noqa: E402
from prometheus_client.parser import text_string_to_metric_families as _text  # noqa: E402

Page = collections.namedtuple("Page", "name format text")
SYNTAX = {"openmetrics": "openmetrics", "openmetrics-utf8": "openmetrics", "text": "text", "text-utf8": "text", "utf8text": "text"}


def verdicts(pages):
    """What the library's parser says of each page."""
    def encoded(page):
        return page.text if isinstance(page.text, bytes) else page.text.encode()
    data = b"".join(f"{page.format} {len(encoded(page))}\n".encode() + encoded(page) for page in pages)
    told = subprocess.run(programs.proof_parser(), input=data, stdout=subprocess.PIPE, timeout=300, check=True)
    found = [json.loads(line) for line in told.stdout.decode().split("\n")[:-1]]
    if len(found) != len(pages):
        raise RuntimeError(f"proof-parser gave {len(found)} verdicts on {len(pages)} pages")
    return found


def bits(value):
    value = float(value)
    if value != value:
        return "NaN"
    return struct.pack(">d", value if value else 0.0).hex()


def number(text):
    return float("nan") if text == "NaN" else struct.unpack(">d", bytes.fromhex(text))[0]


def _rank(text):
    """A bound or rank by its value: it may be written in several ways, and Python's text parser takes what is no number."""
    try:
        return bits(text)
    except ValueError:
        return text


def _labels(pairs):
    return frozenset(pairs.items())


def python_reading(page):
    """What Python's parser reads, or the exception that it ends with, of whatever kind."""
    syntax = SYNTAX[page.format]
    try:
        found = list((_openmetrics if syntax == "openmetrics" else _text)(page.text))
    except Exception as error:  # it has no error type of its own, and some pages run into its bugs
        return error
    families, samples = [], collections.Counter()
    for family in found:
        families.append((family.name, family.type, family.unit, family.documentation))
        rank = {"summary": "quantile", "histogram": "le", "gaugehistogram": "le"}.get(family.type)
        for sample in family.samples:
            if syntax == "text" and family.type == "histogram" and sample.name == f"{family.name}_count":
                continue  # as in library_reading
            labels = {key: _rank(value) if key == rank else value for key, value in sample.labels.items()}
            exemplar = sample.exemplar and (
                _labels(sample.exemplar.labels), bits(sample.exemplar.value), _optional(sample.exemplar.timestamp))
            samples[sample.name, _labels(labels), bits(sample.value), _optional(sample.timestamp), exemplar] += 1
    return families, samples


def _optional(value):
    return None if value is None else bits(float(value))


def library_reading(families, format):
    """What the library read, in the terms of Python's parser: a family's samples with their suffixes.

    The count of a histogram is that of its last bucket, which the library wants to be equal. In OpenMetrics it goes with the sum; in
    text it may be there or not, which is left out of the comparison.
    """
    is_text = SYNTAX[format] == "text"
    heads, samples = [], collections.Counter()
    for family in families:
        name, kind = family["name"], family["type"]
        heads.append((name, kind, family["unit"], family["help"]))
        for metric in family["metrics"]:
            for suffix, extra, value, exemplar in _samples(family, metric, is_text):
                labels = {**dict(metric["labels"]), **extra}
                known = exemplar and (_labels(dict(exemplar["labels"])), _same(exemplar["value"]), _same(exemplar["timestamp"]))
                samples[name + suffix, _labels(labels), _same(value), _same(metric["timestamp"]), known] += 1
    return heads, samples


def _same(text):
    return None if text is None else bits(number(text))


def _samples(family, metric, is_text):
    """(suffix, labels that the type writes, value, exemplar) of each sample of a metric."""
    kind, point = family["type"], metric["point"]
    if metric["created"] is not None:
        yield "_created", {}, metric["created"], None
    if kind == "counter":
        yield "_total", {}, point["value"], metric["exemplar"]
    elif kind in ("gauge", "unknown", "info"):
        yield "_info" if kind == "info" else "", {}, point["value"], None
    elif kind == "stateset":
        for state, is_on in point["states"]:
            yield "", {family["name"]: state}, bits(is_on), None
    elif kind == "summary":
        for rank, value in point["quantiles"]:
            yield "", {"quantile": _same(rank)}, value, None
        if point["count"] is not None:
            yield "_count", {}, bits(int(point["count"])), None
        if point["sum"] is not None:
            yield "_sum", {}, point["sum"], None
    else:
        for bound, count, exemplar in point["buckets"]:
            yield "_bucket", {"le": _same(bound)}, bits(int(count)), exemplar
        letter = "g" if kind == "gaugehistogram" else ""
        if point["sum"] is not None:
            if not is_text:
                yield f"_{letter}count", {}, bits(int(point["buckets"][-1][1])), None
            yield f"_{letter}sum", {}, point["sum"], None


def recorded_cases(folder):
    """The pages of Python's own tests of its parsers: [(Page, whether Python reads it)].

    The tests run with parsers that write down what they are given.
    """
    if not (folder / "tests" / "openmetrics" / "test_parser.py").exists():
        report.missing("the folder python-parser-tests with the tests of prometheus_client")
    sys.path.insert(0, str(folder))
    cases = []
    for module_name, format in (("tests.test_parser", "text"), ("tests.openmetrics.test_parser", "openmetrics")):
        module = importlib.import_module(module_name)
        real = module.text_string_to_metric_families

        def record(text, real=real, format=format):
            page = Page(f"{format} case {len(cases) + 1}", format, text)
            try:
                families = list(real(text))
            except Exception:
                cases.append((page, False))
                raise
            cases.append((page, True))
            return iter(families)
        module.text_string_to_metric_families = record
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            unittest.TextTestRunner(stream=nowhere).run(unittest.defaultTestLoader.loadTestsFromModule(module))
    return cases


def vectors(folder):
    """The cases of a folder with a folder a case: [(Page, whether it should parse)]."""
    cases = []
    for case in sorted(pathlib.Path(folder).iterdir()):
        if not (case / "test.json").exists():
            continue
        told = json.loads((case / "test.json").read_text(encoding="utf-8"))
        cases.append((Page(case.name, "openmetrics", (case / told["file"]).read_bytes().decode()), told["shouldParse"]))
    return cases

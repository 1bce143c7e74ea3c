"""Pages of metrics as sets of samples that can be compared exactly.

A sample is (name, labels, value): labels a frozenset of pairs without empty values, as an empty label is an absent one; the value
by its bits, so that -0 is not 0 and every NaN is the one NaN.
"""
import collections
import re
import struct

import programs

programs.use_prometheus_client()
from prometheus_client.openmetrics.parser import text_string_to_metric_families as _openmetrics  # noqa: E402
from prometheus_client.parser import text_string_to_metric_families as _text  # noqa: E402
from prometheus_client.utils import floatToGoString as go_string  # noqa: E402

Sample = collections.namedtuple("Sample", "name labels bits")
BOUNDS = ("le", "quantile")
OWN_PREFIX = "vernier_"  # what a registry tells of itself, some of which moves


def sample(name, labels, value):
    value = float(value)
    bits = "NaN" if value != value else struct.pack(">d", value).hex()
    return Sample(name, frozenset((key, text) for key, text in labels.items() if text != ""), bits)


def _number(bits):
    if "e" in bits and "." in bits:
        return bits
    return "NaN" if bits == "NaN" else repr(struct.unpack(">d", bytes.fromhex(bits))[0])


def shown(name, labels, bits=None):
    text = name + "{" + ",".join(f"{key}={value!r}" for key, value in sorted(labels)) + "}"
    text = text if len(text) < 160 else text[:100] + f" … ({len(text)} characters) … " + text[-40:]
    return text if bits is None else f"{text} {_number(bits)}"


def expected_samples(truth):
    """The samples of a file that proof-host wrote."""
    return [sample(entry["name"], entry["labels"], entry["value"]) for entry in truth]


def parse(text, format):
    """The samples that prometheus_client reads from a page: format "openmetrics" (strict) or "text"."""
    parser = _openmetrics if format == "openmetrics" else _text
    return [sample(found.name, found.labels, found.value) for family in parser(text) for found in family.samples]


def sample_lines(text):
    """How many lines of a page are samples. Lines end with LF alone: a CR inside a label is a part of it."""
    return sum(1 for line in text.split("\n") if line and not line.startswith("#"))


def compare(expected, found):
    """How two lists of samples differ, as sentences; bit by bit, each as often as it is there."""
    left, right = collections.Counter(expected), collections.Counter(found)
    if left == right:
        return []
    missing, extra = left - right, right - left
    by_series = {(entry.name, entry.labels): entry for entry in extra}
    problems = []
    for entry in missing:
        other = by_series.get((entry.name, entry.labels))
        if other in extra:
            problems.append(f"{shown(*entry)} was expected, and is {_number(other.bits)}")
            del extra[other]
        else:
            problems.append(f"{shown(*entry)} is missing")
    return problems + [f"{shown(*entry)} is there unexpectedly{f', {count} times' if count > 1 else ''}" for entry, count in extra.items()]


def without_bits(samples):
    """The series of samples, their values left out of the comparison."""
    return [Sample(entry.name, entry.labels, "NaN") for entry in samples]


def without(prefixes, samples):
    """The samples whose names begin with none of some prefixes."""
    return [entry for entry in samples if not entry.name.startswith(prefixes)]


def rounded(samples):
    """The samples with 11 digits of their values, for a server that keeps no more."""
    return [
        entry._replace(bits=entry.bits if entry.bits == "NaN" else f"{struct.unpack('>d', bytes.fromhex(entry.bits))[0]:.10e}")
        for entry in samples]


def as_stored(samples):
    """The samples with their labels named as Prometheus stores them, next to the `job` and `instance` that it adds."""
    def renamed(labels):
        labels = dict(labels)
        for added in ("job", "instance"):
            if added in labels:
                value, name = labels.pop(added), f"exported_{added}"
                while name in labels:
                    name = f"exported_{name}"
                labels[name] = value
        return frozenset(labels.items())
    return [entry._replace(labels=renamed(entry.labels)) for entry in samples]


def without_negative_zero(samples):
    """The samples with 0 for -0: Go's writer of text pages, which the Pushgateway answers with, drops the sign."""
    return [entry._replace(bits=entry.bits.replace("80" + "0" * 14, "0" * 16)) for entry in samples]


def with_canonical_bounds(samples):
    """The samples with `le` and `quantile` written as OpenMetrics does, for peers that write `1` where it has `1.0`."""
    return [
        entry._replace(labels=frozenset((key, go_string(float(value)) if key in BOUNDS else value) for key, value in entry.labels))
        for entry in samples]


def uncanonical_bounds(samples):
    """OpenMetrics 1.0.0, section "Considerations: Canonical Numbers", holds for both formats here."""
    for entry in samples:
        for key, value in entry.labels:
            if key in BOUNDS and value != go_string(float(value)):
                yield f'{shown(entry.name, entry.labels)}: {key}="{value}" should be {go_string(float(value))}'


def families(text, format):
    """What a page says of its families: {name: (type, help)}, read from its # lines alone."""
    types, helps = {}, {}
    escapes = {"\\\\": "\\", "\\n": "\n", **({'\\"': '"'} if format == "openmetrics" else {})}
    for line in text.split("\n"):
        words = line.split(" ", 3)
        if words[:2] == ["#", "TYPE"]:
            types[words[2]] = words[3]
        elif words[:2] == ["#", "HELP"]:
            helps[words[2]] = re.sub(r"\\.", lambda found: escapes.get(found[0], found[0]), words[3] if words[3:] else "")
    return {name: (type, helps.get(name, "")) for name, type in types.items()}


def in_text_terms(openmetrics_families):
    """What the families of an OpenMetrics page are called, and are, in text 0.0.4."""
    suffix = {"counter": "_total", "info": "_info"}
    as_type = {"info": "gauge", "stateset": "gauge", "unknown": "untyped"}
    return {
        name + suffix.get(type, ""): (as_type.get(type, type), help) for name, (type, help) in openmetrics_families.items()}

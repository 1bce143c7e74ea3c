"""Registries whose pages every library shows."""
import math

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

METHODS = ["GET", "POST", "PUT", "DELETE"]
PATHS = ["/", "/users", "/orders", "/items/{id}"]
OUTCOMES = ["ok", "refused", "failed", "cancelled"]
OBSERVATIONS = [0.3, 0.004, 7.0, 0.06, 0.02, 2.0, 0.2, 11.0, 0.008, 0.7, 0.04, 4.0, 0.09, 0.6, 0.003, 1.5]
BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]  # its own default has other bounds
LABELS = ["method", "path", "status"]


def values(series):
    return METHODS[series % 4], f"/path/{series}", str(200 + series % 5)


def counter_page():
    """A hundred families of a hundred counters."""
    registry = CollectorRegistry()
    for number in range(100):
        family = Counter(f"requests_{number}", "Requests served.", LABELS, registry=registry)
        for series in range(100):
            family.labels(*values(series)).inc(1 + number * 1_000 + series)
    return registry


def histogram_page():
    """Ten families of a hundred histograms."""
    registry = CollectorRegistry()
    for number in range(10):
        family = Histogram(f"duration_{number}_seconds", "Time to answer.", LABELS, buckets=BOUNDS, registry=registry)
        for series in range(100):
            histogram = family.labels(*values(series))
            for value in OBSERVATIONS:
                histogram.observe(value)
    return registry


def million_page():
    """One family of a million counters."""
    registry = CollectorRegistry()
    family = Counter("streamed", "Many series.", ["client"], registry=registry)
    for number in range(1_000_000):
        family.labels(f"client-{number}").inc(number)
    return registry


def mixed_page():
    """One of everything that all libraries have."""
    registry = CollectorRegistry()
    jobs = Counter("jobs", 'Jobs, "quoted" \\ and\nbroken.', ["kind", "outcome"], registry=registry)
    done = Counter("done", "No labels.", registry=registry)
    busy = Counter("busy_seconds", "A floating counter.", registry=registry)
    level = Gauge("level", "Numbers.", ["of"], registry=registry)
    duration = Histogram("duration_seconds", "A histogram.", ["path"], buckets=BOUNDS, registry=registry)

    for index, kind in enumerate(["plain", 'quote "', "back \\ slash", "line\nbreak", "größe 🦀", ""]):
        for outcome in OUTCOMES:
            jobs.labels(kind, outcome).inc(index + len(outcome))
    for _ in range(1_000_000):
        done.inc()
    for _ in range(7):
        busy.inc(0.1)
    numbers = {
        "zero": 0, "negative": -1.5, "tenth": 0.1, "small": 1e-7, "whole": 123456789, "huge": 1e21,
        "greatest": 1.7976931348623157e308, "infinite": math.inf, "below": -math.inf, "none": math.nan}
    for name, value in numbers.items():
        level.labels(name).set(value)
    level.labels("sum").set(2)
    level.labels("sum").inc(-0.75)
    for path in PATHS:
        for value in OBSERVATIONS:
            duration.labels(path).observe(value)
    for value in (0.005, 10, 1e9):
        duration.labels("bounds").observe(value)
    return registry


PAGES = {"mixed": mixed_page, "counters": counter_page, "histograms": histogram_page, "million": million_page}

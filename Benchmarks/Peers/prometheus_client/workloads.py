"""What the timed operations work on: for each a loop that does it so many times."""
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

import pages

METHODS, PATHS, OUTCOMES = pages.METHODS, pages.PATHS, pages.OUTCOMES


def counter_increment():
    increment = counter().inc

    def loop(count):
        for _ in range(count):
            increment()
    return loop


def counter_increment_by_a_float():
    increment = counter().inc

    def loop(count):
        for _ in range(count):
            increment(0.5)
    return loop


def finite_labels():
    """Where all values are known, what is cheapest is to ask for the series once and keep them in lists."""
    family = counter("method", "outcome")
    series = [[family.labels(method, outcome) for outcome in OUTCOMES] for method in METHODS]
    pairs = [(index // 4, index % 4) for index in range(16)]

    def loop(count):
        for turn in range(count):
            method, outcome = pairs[turn & 15]
            series[method][outcome].inc()
    return loop


def open_labels():
    labels = counter("method", "path").labels
    pairs = [(method, path) for method in METHODS for path in PATHS]

    def loop(count):
        for turn in range(count):
            method, path = pairs[turn & 15]
            labels(method, path).inc()
    return loop


def histogram_observe():
    observe = Histogram("updates_seconds", "Updates.", buckets=pages.BOUNDS, registry=CollectorRegistry()).observe
    values = pages.OBSERVATIONS

    def loop(count):
        for turn in range(count):
            observe(values[turn & 15])
    return loop


def gauge_set():
    change = Gauge("updates", "Updates.", registry=CollectorRegistry()).set

    def loop(count):
        for turn in range(count):
            change(turn)
    return loop


def gauge_add():
    change = Gauge("updates", "Updates.", registry=CollectorRegistry()).inc

    def loop(count):
        for _ in range(count):
            change(0.5)
    return loop


def page_of(registry):
    def loop(count):
        for _ in range(count):
            generate_latest(registry)
    return loop


def counter(*labels):
    return Counter("updates", "Updates.", labels, registry=CollectorRegistry())


# An operation's loop, and how many series one turn covers.
WORKLOADS = {
    "counter increment": (counter_increment, 1),
    "counter increment by a float": (counter_increment_by_a_float, 1),
    "finite labels": (finite_labels, 1),
    "open labels": (open_labels, 1),
    "histogram observe": (histogram_observe, 1),
    "gauge set": (gauge_set, 1),
    "gauge add": (gauge_add, 1),
    "text of 10,000 counters": (lambda: page_of(pages.counter_page()), 10_000),
    "text of 1,000 histograms": (lambda: page_of(pages.histogram_page()), 1_000),
}

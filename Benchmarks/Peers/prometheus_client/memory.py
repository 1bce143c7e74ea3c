"""Resident memory of series, and the time to make one."""
import gc
import time

from prometheus_client import CollectorRegistry, Histogram

import pages
import workloads


LABELS = ["client", "method", "path"]
KEPT = []  # what one family gave back could hide what the next one takes


def counter_series_bytes(count):
    """One counter with some labels, of a hundred thousand."""
    family = workloads.counter(*LABELS[:count])
    KEPT.append(family)
    return bytes_each(100_000, lambda number: family.labels(*values(number, count)).inc())


def histogram_series_bytes(count):
    """One histogram with some labels, of fifty thousand."""
    family = Histogram("updates_seconds", "Updates.", LABELS[:count], buckets=pages.BOUNDS, registry=CollectorRegistry())
    KEPT.append(family)
    return bytes_each(50_000, lambda number: family.labels(*values(number, count)).observe(0.02))


def values(number, count):
    return (f"client-{number}", pages.METHODS[number & 3], pages.PATHS[number >> 2 & 3])[:count]


def bytes_each(series, make):
    make(0)
    resident()  # it takes memory of its own the first time
    before = resident()
    for number in range(1, series + 1):
        make(number)
    return (resident() - before) / series


def resident():
    """The memory that the process has from the system."""
    gc.collect()
    with open("/proc/self/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Rss:"))


def making_series(series):
    """Nanoseconds for a series among the first and among the last tenth of them."""
    labels = workloads.counter("client").labels
    tenth = series // 10
    times = []
    for number in range(10):
        texts = [f"client-{number * tenth + index}" for index in range(tenth)]
        start = time.perf_counter_ns()
        for text in texts:
            labels(text).inc()
        times.append((time.perf_counter_ns() - start) / tenth)
    return times[0], times[-1]

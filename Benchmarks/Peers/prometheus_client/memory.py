"""Resident memory of series, and the time to make one."""
import gc
import time

from prometheus_client import CollectorRegistry, Histogram

import pages
import workloads


def counter_series_bytes():
    """One counter with three labels, of a hundred thousand."""
    labels = workloads.counter("method", "path", "client").labels
    return bytes_each(100_000, lambda number: labels(*values(number)).inc())


def histogram_series_bytes():
    """One histogram with three labels, of fifty thousand."""
    labels = Histogram(
        "updates_seconds", "Updates.", ["method", "path", "client"], buckets=pages.BOUNDS, registry=CollectorRegistry()).labels
    return bytes_each(50_000, lambda number: labels(*values(number)).observe(0.02))


def values(number):
    return pages.METHODS[number & 3], pages.PATHS[number >> 2 & 3], f"client-{number >> 4}"


def bytes_each(series, make):
    make(0)
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

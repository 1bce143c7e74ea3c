"""The workloads of ../README.md with Prometheus' client library for Python."""
import sys
import threading
import time

import prometheus_client

import memory
import pages
from workloads import WORKLOADS

MEASUREMENT_SECONDS = 0.06


class Timer:
    """The loops that were asked for, and how often each fits into a measurement."""

    def __init__(self):
        self.loops = {}

    def nanoseconds(self, operation, variant):
        """How long one operation takes on each of the threads that a variant names; all of them do the same."""
        threads = 2 if variant == "2 threads" else 1
        if (operation, variant) not in self.loops:
            prepare, units = WORKLOADS[operation]
            loop, count = prepare(), 1
            while (took := self.time(loop, count, threads)) < MEASUREMENT_SECONDS / 8:
                count *= 2
            self.loops[operation, variant] = loop, int(count * MEASUREMENT_SECONDS / took) + 1, units
        loop, count, units = self.loops[operation, variant]
        return self.time(loop, count, threads) * 1e9 / (count * units)

    @staticmethod
    def time(loop, count, threads):
        """Runs a loop on some threads at once: from the first start to the last end."""
        if threads == 1:
            start = time.perf_counter()
            loop(count)
            return time.perf_counter() - start
        times = []
        barrier = threading.Barrier(threads)

        def run():
            barrier.wait()
            start = time.perf_counter()
            loop(count)
            times.append((start, time.perf_counter()))
        running = [threading.Thread(target=run) for _ in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        return max(end for _, end in times) - min(start for start, _ in times)


def row(operation, variant, value, unit):
    print(operation, variant, f"{value:.6g}", unit, sep="\t")


def answer_requests():
    """Each line of input names an operation and a variant; its rows and an empty line answer."""
    timer = Timer()
    for request in sys.stdin:
        operation, _, variant = request.rstrip("\n").partition("\t")
        if operation == "memory of a counter series":
            for labels in (2, 3):
                row(operation, f"{labels} labels", memory.counter_series_bytes(labels), "bytes")
        elif operation == "memory of a histogram series":
            for labels in (2, 3):
                row(operation, f"{labels} labels", memory.histogram_series_bytes(labels), "bytes")
        elif operation == "making a series":  # fewer than the others make, for time's sake
            first, last = memory.making_series(200_000)
            row(operation, "first tenth of 200,000", first, "ns")
            row(operation, "last tenth of 200,000", last, "ns")
        elif operation in WORKLOADS:
            row(operation, variant, timer.nanoseconds(operation, variant), "ns")
        print(flush=True)


def serve(page):
    """Shows a page on a free port of the loopback interface until the input ends."""
    server, _ = prometheus_client.start_http_server(0, "127.0.0.1", pages.PAGES[page]())
    print("port", server.server_port, sep="\t", flush=True)
    sys.stdin.read()


def main():
    prometheus_client.disable_created_metrics()  # lines that the others do not write
    match sys.argv[1:]:
        case []:
            answer_requests()
        case ["--exposition", page] if page in pages.PAGES:
            sys.stdout.buffer.write(prometheus_client.generate_latest(pages.PAGES[page]()))
        case ["--serve", page] if page in pages.PAGES:
            serve(page)
        case _:
            sys.exit("usage: prometheus_client [--exposition PAGE | --serve PAGE]")


main()

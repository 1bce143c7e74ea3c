"""The tables that README.md and Docs/PERFORMANCE.md show of what `compare`, `thread-model` and `.ci/middleware-cost` measured.

A table stands between the lines `<!-- NAME: made by .ci/performance -->` and `<!-- end of NAME -->`.
"""
import re

RESULTS = "Benchmarks/Results/compare.tsv"
THREADS = "Benchmarks/Results/threads.tsv"
MIDDLEWARE = "Benchmarks/Results/middleware.tsv"
SOURCES = (RESULTS, THREADS, MIDDLEWARE)
DOCUMENTS = ("README.md", "Docs/PERFORMANCE.md")
COLUMNS = ["library", "operation", "variant", "value", "unit"]

OWN, MACHINE, PROMISE = "vernier", "machine", "swift-metrics (no backend)"
TITLES = {OWN: "Vernier", MACHINE: "machine"}

BARE, GO = "x bare", "x client_golang"
# What is wanted of Vernier: (operation, variant) -> (unit, most), or least where the number is better when it is greater.
TARGETS = {
    **{(operation, f"{threads} thread{'s' * (threads > 1)}"): (BARE, most)
       for operation, pair in {
           "counter increment": (1.2, 1.4), "counter increment by a float": (2.5, 2.8), "finite labels": (1.5, 1.8), "open labels": (4, 4.5),
           "histogram observe": (4, 4.5), "gauge set": (0.6, 1.2), "gauge add": (2.5, 4)}.items()
       for threads, most in zip((1, 2), pair)},
    ("text of 10,000 counters", ""): ("ns", 30),
    ("text of 1,000 histograms", ""): ("ns", 450),
    ("memory of a counter series", "2 labels"): ("bytes", 110),
    ("memory of a histogram series", "2 labels"): ("bytes", 200),
    ("making a series", "first tenth of 1,000,000"): ("ns", 300),
    ("making a series", "last tenth of 1,000,000"): ("ns", 300),
    ("a million counters over HTTP", "processor time"): ("ms", 60),
    ("a million counters over HTTP", "memory beyond what it had"): ("MB", 1),
    ("/metrics of 10,000 series under wrk", "wrk -t1 -c4"): (GO, 10),
    ("clean debug build of the core", "2 processors"): ("s", 25),
    ("size that Vernier and its exporter add", "static, stripped"): ("MB", 1.5),
}
GREATER_IS_BETTER = {GO, "requests/s"}
CLOSE = 0.1  # as good as the best: what differs by less says nothing
SHORT = [  # what README.md shows
    ("counter increment", "1 thread"), ("counter increment", "2 threads"), ("finite labels", "1 thread"), ("open labels", "1 thread"),
    ("histogram observe", "1 thread"), ("histogram observe", "2 threads"), ("text of 10,000 counters", ""), ("memory of a counter series", "2 labels"),
    ("a million counters over HTTP", "processor time"), ("/metrics of 10,000 series under wrk", "wrk -t1 -c4")]


class Results:
    """The rows of a run."""

    def __init__(self, text):
        lines = [line.split("\t") for line in text.rstrip("\n").split("\n")]
        if lines[0] != COLUMNS or any(len(line) != len(COLUMNS) for line in lines):
            raise ValueError(f"{RESULTS} does not have the columns {', '.join(COLUMNS)}")
        self.facts, self.versions, self.missing, self.values, self.keys, self.libraries = {}, {}, {}, {}, [], []
        for library, operation, variant, value, unit in lines[1:]:
            if library == "run":
                self.facts[operation] = f"{value} {unit}".strip()
            if operation == "version":
                (self.missing if value == "missing" else self.versions)[library] = unit if value == "missing" else value
            elif library != "run" and value != "missing" and not variant.endswith(("least", "most")):
                self.values[operation, variant, library, unit] = value
                if (operation, variant) not in self.keys:
                    self.keys.append((operation, variant))
                if library not in self.libraries:
                    self.libraries.append(library)
        self.libraries += sorted(self.missing.keys() - set(self.libraries))

    def get(self, key, library, unit):
        return self.values.get((*key, library, unit))

    def units(self, key):
        """In what an operation was measured, ratios apart."""
        return next((unit for entry in self.values if entry[:2] == key and not (unit := entry[3]).startswith("x ")), None)


def table(lines):
    """Markdown of a table whose first line is its head; numbers stand right."""
    head, *body = lines
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *body])


def ratio_unit(key, unit):
    """What a table shows in brackets; nothing where a ratio would say nothing."""
    return {"requests/s": GO, "ns": BARE if "thread" in key[1] else None}.get(unit)


def cell(results, key, library, best):
    """What a library took: in the operation's unit, and the ratio where there is one."""
    if library in results.missing:
        return "missing"
    unit = results.units(key)
    value = results.get(key, library, unit)
    if value is None:
        return ""
    ratio = results.get(key, library, ratio_unit(key, unit))
    text = f"{value} ({ratio})" if ratio else value
    return f"**{text}**" if library in best else text


def best(results, key):
    """Who did best or nearly so, of the libraries that keep what they are told."""
    unit = results.units(key)
    values = {
        library: float(value) for library in results.libraries
        if library not in (MACHINE, PROMISE) and (value := results.get(key, library, unit)) is not None}
    if not values:
        return set()
    if unit in GREATER_IS_BETTER:
        good = max(values.values()) * (1 - CLOSE)
        return {library for library, value in values.items() if value >= good and len(values) > 1}
    good = min(values.values()) * (1 + CLOSE)
    return {library for library, value in values.items() if value <= good and len(values) > 1}


def target(results, key):
    """What is wanted, and whether it was reached."""
    if key not in TARGETS:
        return ""
    unit, bound = TARGETS[key]
    value = results.get(key, OWN, unit)
    greater = unit in GREATER_IS_BETTER
    text = f"{'≥' if greater else '≤'} {bound:g}" + {BARE: " x bare", GO: " x client_golang"}.get(unit, "")
    if value is None:
        return text
    is_met = float(value) >= bound if greater else float(value) <= bound
    return f"{text}, {'met' if is_met else 'missed'}"


def comparison(results, keys, libraries, with_targets=True):
    lines = [["", "unit", *(["target"] if with_targets else []), *(TITLES.get(library, library) for library in libraries)]]
    for key in keys:
        winners = best(results, key)
        name = ", ".join(part for part in key if part)
        unit = results.units(key)
        ratio = ratio_unit(key, unit)
        lines.append(
            [name, f"{unit} ({ratio})" if ratio else unit, *([target(results, key)] if with_targets else []),
             *(cell(results, key, library, winners) for library in libraries)])
    return table(lines)


def thread_tables(text):
    """One table for each way in which values for many threads were obtained: a line an operation, a column a number of threads."""
    lines = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    if any(len(line) != 6 for line in lines):
        raise ValueError(f"{THREADS} does not have six columns in each line")
    tables = {}
    for origin in ("measured", "simulated", "extrapolated"):
        values = {}
        for source, operation, variant, threads, value, unit in lines:
            if source == origin:
                values.setdefault((operation, variant, unit), {})[int(threads)] = value
        if not values:
            raise ValueError(f"{THREADS} has nothing {origin}: thread-model did not come to its end")
        counts = sorted({count for row in values.values() for count in row})
        head = ["", "unit", *(f"{count} thread{'s' * (count > 1)}" for count in counts)]
        body = [[", ".join(filter(None, key[:2])), key[2], *(row.get(count, "") for count in counts)] for key, row in values.items()]
        tables[f"threads_{origin}"] = table([head, *body])
    return tables


def middleware_table(text):
    lines = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    if len(lines) < 2 or any(len(line) != len(lines[0]) for line in lines):
        raise ValueError(f"{MIDDLEWARE} is not what .ci/middleware-cost --tsv prints")
    return table(lines)


def blocks(text, threads, middleware):
    """The content of all markers, of the texts of SOURCES."""
    results = Results(text)
    if absent := sorted({", ".join(filter(None, key)) for key in {*TARGETS, *SHORT} - set(results.keys)}):
        raise ValueError(f"{RESULTS} is not that of a whole run: it has no {'; no '.join(absent)}")
    facts = [["", ""], *([name, value] for name, value in results.facts.items())]
    facts += [[library, version] for library, version in results.versions.items()]
    facts += [[library, f"missing: {reason}"] for library, reason in results.missing.items()]
    with_threads = [key for key in results.keys if "thread" in key[1]]
    others = [key for key in results.keys if key not in with_threads]
    machine = [key for key in with_threads if key[0].startswith("bare atomic add")]
    updates = [key for key in with_threads if key not in machine]
    without = [library for library in results.libraries if not library.startswith("swift-metrics")]
    kept = [library for library in without if library != MACHINE]
    return thread_tables(threads) | {
        "middleware": middleware_table(middleware),
        "run": table(facts).replace("---:", "---"),
        "limits": comparison(results, machine, [MACHINE], with_targets=False),
        "updates": comparison(results, updates, [library for library in results.libraries if library != MACHINE]),
        "pages": comparison(results, others, without),
        "short": comparison(results, SHORT, kept, with_targets=False),
    }


def filled(document, made):
    """A document with the current content between its markers.

    Raises ValueError for a marker that is not known or not ended.
    """
    for name in re.findall(r"^<!-- (\w+): made by ", document, re.M):
        if name not in made:
            raise ValueError(f"the marker {name} is none of {', '.join(made)}")
        start = f"<!-- {name}: made by .ci/performance -->\n"
        found = re.search(re.escape(start) + rf".*?^<!-- end of {name} -->$", document, re.M | re.S)
        if not found:
            raise ValueError(f"the marker {name} is not begun as {start.strip()} and ended as <!-- end of {name} -->")
        document = document[:found.start()] + f"{start}{made[name]}\n<!-- end of {name} -->" + document[found.end():]
    return document

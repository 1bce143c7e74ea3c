"""The programs of this repository that proofs look at, and the outside programs that do the looking.

VERNIER_PROOF_HOST, VERNIER_PROOF_PARSER, VERNIER_QUICKSTART and the like name other commands to use in place of the repository's own.
VERNIER_PEERS is the folder into which `.ci/run peers` puts what does not belong into the system.
"""
import glob
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

import report
import web
from children import Child, free_port

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEERS = os.environ.get("VERNIER_PEERS", "")


def use_prometheus_client():
    """Makes prometheus_client importable, first from the peers' folder."""
    sys.path[:0] = glob.glob(os.path.join(PEERS, "venv/lib/python*/site-packages")) if PEERS else []
    try:
        import prometheus_client.openmetrics.parser  # noqa: F401
    except ImportError:
        report.missing("prometheus_client (a Python package)")


def both_versions(program):
    """A program of Prometheus in the system's version and in the newer one: [(its version, its path)]."""
    found = []
    for path in (shutil.which(program), os.path.join(PEERS or "/nonexistent", "newer/usr/bin", program)):
        if not path or not os.access(path, os.X_OK):
            report.missing(program if not found else f"a newer {program}")
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
        found.append(((told.stdout + told.stderr).split("version ")[1].split()[0].rstrip(","), path))
    return found


def one(program):
    return shutil.which(program) or report.missing(program)


def _command(variable, product):
    given = os.environ.get(variable)
    if given:
        return shlex.split(given)
    report.progress(f"building {product}")
    build = ["swift", "build", "-c", "release", "--package-path", str(ROOT), "--product", product]
    subprocess.run(build, stdin=subprocess.DEVNULL, check=True, stdout=sys.stderr)
    shown = subprocess.run(build + ["--show-bin-path"], stdin=subprocess.DEVNULL, check=True, capture_output=True, text=True)
    return [os.path.join(shown.stdout.strip(), product)]


def adapter_program(name, folder="VERNIER_ADAPTERS_BIN"):
    """A program that needs traits, or one of Examples/, in the folder of what `.ci/adapters build` has built."""
    path = os.path.join(os.environ.get(folder) or "/nonexistent", name)
    if not os.access(path, os.X_OK):
        report.missing(f"{name}, which `python3 .ci/adapters build` builds, in the folder of {folder}")
    return path


def proof_parser(*flags):
    """The command that reads pages with the library's parser."""
    return _command("VERNIER_PROOF_PARSER", "proof-parser") + list(flags)


class Exporter(Child):
    """A running program with a /metrics page."""

    def __init__(self, name, command, folder):
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        self.url = f"http://{self.address}/metrics"
        super().__init__(name, command + ["--port", str(port)], folder)
        self.wait_until("it serves its page", lambda: web.request(self.url))

    def page(self, accept):
        return web.page(self.url, accept)


def proof_host(folder, *flags):
    """Starts proof-host and waits for its page; `.expected` is what its registry holds."""
    return _expecting("proof-host", _command("VERNIER_PROOF_HOST", "proof-host"), folder, flags)


def proof_formats(folder, *flags):
    """Starts proof-formats and waits for its page; `.expected` are the families that its registry holds."""
    return _expecting("proof-formats", _command("VERNIER_PROOF_FORMATS", "proof-formats"), folder, flags)


def _expecting(program, command, folder, flags):
    name = "-".join([program, *(flag.strip("-") for flag in flags)])
    expected = os.path.join(folder, f"{name}.json")
    host = Exporter(name, command + ["--expect", expected, *flags], folder)

    def whole_file():
        try:
            with open(expected, encoding="utf-8") as file:
                return json.load(file, parse_int=float)
        except (OSError, ValueError):
            return None
    host.expected = host.wait_until(f"its truth is in {expected}", whole_file)
    return host


def lint_pages():
    """The command that lints pages as the test kit does."""
    return _command("VERNIER_LINT_PAGES", "lint-pages")


def quickstart(folder, seconds=120):
    """Starts quickstart, which ends by itself after `seconds` at the latest."""
    return Exporter("quickstart", _command("VERNIER_QUICKSTART", "quickstart") + ["--for", str(seconds)], folder)

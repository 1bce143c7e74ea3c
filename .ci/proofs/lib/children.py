"""Programs that a proof starts: each in a process group of its own, its output in a file, ended when the proof ends, however it ends."""
import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

# The end of a proof by a signal unwinds like any other, so that no child outlives it.
for _number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(_number, lambda number, _frame: sys.exit(128 + number))


@contextlib.contextmanager
def work_folder():
    """A temporary folder that goes when the proof ends."""
    with tempfile.TemporaryDirectory(prefix="vernier-proof-") as folder:
        yield folder


_reserved = []


def free_port():
    """A port of the loopback that stays reserved until the proof ends.

    It is bound and not listened on: whoever names it can listen there, as servers allow its reuse, and who asks the system for any port,
    such as a proof that runs beside this one, is given another.
    """
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    _reserved.append(probe)
    return probe.getsockname()[1]


def wait_until(what, condition, seconds, every=0.1):
    """Waits for a condition to give something true and returns it; gives up with a message after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(every)


class Child:
    """One running program."""

    def __init__(self, name, command, folder, environment=None):
        self.name, self.log = name, os.path.join(folder, f"{name}.log")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        atexit.register(self._kill)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def output(self):
        with open(self.log, "rb") as log:
            return log.read().decode(errors="replace")

    def wait_until(self, what, condition, seconds=30):
        """Waits for a condition, and fails at once when the program has ended instead."""
        def attempt():
            value = condition()
            if not value and self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode} before {what}: {self.output()[-2000:]}")
            return value
        try:
            return wait_until(what, attempt, seconds)
        except TimeoutError as error:
            raise TimeoutError(f"{self.name}: {error}; its output: {self.output()[-2000:]}") from None

    def stop(self, seconds=10):
        """Asks the program to end and returns its exit status; kills its group when it does not within `seconds`."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                pass
        self._kill()
        return self.process.wait()

    def _kill(self):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.poll()

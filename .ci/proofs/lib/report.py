"""What a proof says: one line a check, problems below it, and an exit status that tells all of it."""
import os
import sys
import time

SKIPPED = 77
_start = time.monotonic()
_failed, _passed = [], 0


def progress(text):
    print(f"[{time.monotonic() - _start:5.1f} s] {text}", flush=True)


def check(title, problems):
    """States a check and the problems it found; none is good. Returns whether it held."""
    global _passed
    problems = [str(problem) for problem in problems]
    if not problems:
        _passed += 1
        progress(f"ok      {title}")
        return True
    _failed.append(title)
    progress(f"FAILED  {title}")
    for problem in problems[:8]:
        print(f"            {problem if len(problem) < 600 else problem[:300] + ' … ' + problem[-200:]}")
    if len(problems) > 8:
        print(f"            and {len(problems) - 8} more", flush=True)
    return False


def missing(what):
    """Ends a proof that cannot be made for lack of an outside program: a failure in CI, a skip elsewhere."""
    in_ci = os.environ.get("CI") == "true"
    print(f"{'FAILED' if in_ci else 'skipped'}: {what} is missing; `CI=true bash .ci/run peers` shows how it is installed", flush=True)
    sys.exit(1 if in_ci else SKIPPED)


def finish():
    print(f"{_passed} checks held, {len(_failed)} failed", flush=True)
    sys.exit(1 if _failed or not _passed else 0)

"""Runs the scripts as processes of their own without loading the libraries anew for each.

A process that has loaded every module and table of the product waits for requests and forks a child
for each of them. The child is what a script is to a person: a folder, an environment, arguments,
what it prints, an exit code; only the second that Python takes to load pandas and DuckDB, and the
tables of words and places, is saved. That a script also starts from nothing is what
``test_every_script_starts_by_itself`` is for.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"


class ScriptServer:
    """Starts the waiting process when first asked; it ends with the process of the tests."""

    def __init__(self, **environment: str) -> None:
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def run(
        self,
        folder: Path,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        timeout: float = 120,
        umask: int = 0o022,
        typed: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """Run a script of the project in a folder and return its code and what it printed.

        ``environment`` is added to that of the tests, ``TESTS_NOW`` is the moment that its clock
        begins at (``TESTS_STEP``: ``clock.begin``), ``arguments`` begin with the script's file
        name, ``typed`` is all of its standard input. Raises TimeoutExpired after ``timeout``
        seconds, when the script has been killed.
        """
        with tempfile.TemporaryDirectory() as printed, self._lock:
            out, err = Path(printed) / "out", Path(printed) / "err"
            (keys := Path(printed) / "in").write_text(typed, "utf-8")
            request = {
                "arguments": [str(SCRIPTS / arguments[0]), *map(str, arguments[1:])],
                "folder": str(folder),
                "environment": {**os.environ, **environment},
                "out": str(out),
                "err": str(err),
                "in": str(keys),
                "timeout": timeout,
                "umask": umask,
            }
            code = self._asked(request)
            if code is None:
                raise subprocess.TimeoutExpired(request["arguments"], timeout)
            return subprocess.CompletedProcess(
                request["arguments"], code, out.read_text("utf-8"), err.read_text("utf-8")
            )

    def _asked(self, request: Mapping[str, object]) -> int | None:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(SCRIPTS), **self._environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process that runs the scripts has ended"
        return json.loads(answer)


LATE = ("duckdb", "holidays.countries.finland", "pyrage.ssh")
"""Libraries that the product loads only where they are used."""

SERVER = ScriptServer()


def serve() -> None:
    """Load the product, then answer each line of standard input by a script's exit code."""
    _load()
    # Each child would go through all of this, and copy it to write down that it did.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(request)
        print(json.dumps(_code(child, request["timeout"])), flush=True)


def _load() -> None:
    from importlib import import_module

    from environment import ensure

    ensure()
    for name in LATE:
        import_module(name)
    for path in sorted((SCRIPTS / "register").rglob("*.py")):
        if path.name != "__main__.py":
            parts = path.relative_to(SCRIPTS).with_suffix("").parts
            import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    _read_tables()


def _read_tables() -> None:
    """Have read what every run reads: catalogues, tables of words and places, by a first cleanup."""
    from datetime import UTC, datetime

    from register.book.schema import LANGUAGES
    from register.cleanup.cleanup import CleanupOptions, cleanup
    from register.words.catalogue import catalogue
    from register.words.sentences import Sentences
    from tests.making import book

    for language in LANGUAGES:
        catalogue(language)
    people = [{"first": first, "last": "Malli", "email": "a@b.example"} for first in ("A", "B")]
    organisations = [{"name": "Kylä ry"}, {"name": "Kylän yhdistys"}]
    some = book(organisations=organisations, people=people, inbox=[{"name": "C", "org": "D ry"}])
    cleanup(some, datetime.now(UTC), CleanupOptions(()), Sentences("fi"))


def _code(child: int, timeout: float) -> int | None:
    """Return a child's exit code, as subprocess tells it; None where it had to be killed."""
    ends = time.monotonic() + timeout
    pidfd = os.pidfd_open(child)
    try:
        if not select.select([pidfd], [], [], ends - time.monotonic())[0]:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None
    finally:
        os.close(pidfd)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _become(request: Mapping[str, object]) -> None:
    """Be the script, to the end of the process."""
    os.chdir(str(request["folder"]))
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    tempfile.tempdir = None  # that of the environment
    for number, name in ((1, "out"), (2, "err")):
        descriptor = os.open(str(request[name]), os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(descriptor, number)
    os.dup2(os.open(str(request["in"]), os.O_RDONLY), 0)
    os.umask(int(str(request["umask"])))
    sys.argv = list(request["arguments"])
    sys.path[0] = str(SCRIPTS)
    if moment := os.environ.pop("TESTS_NOW", ""):
        from tests import clock

        clock.begin(moment, float(os.environ.pop("TESTS_STEP", "0")))
    if faults := os.environ.pop("TESTS_DISK", ""):
        from tests.crash import disk_calls

        disk_calls.begin(faults)
    code: object = 0
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as stop:
        code = stop.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    serve()

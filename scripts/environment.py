"""Runs a script in the project's own ``.venv``, which is made from requirements.txt on first use.

Standard library only: it is the one module that runs on a machine with nothing but Python.
"""

from __future__ import annotations

import gc
import hashlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
REQUIREMENTS = PROJECT / "requirements.txt"
OLDEST = (3, 11)
_PATIENCE = 15 * 60

_GARBAGE = (100_000, 50, 100)
"""After how many new objects Python looks for cycles among them (it looks after 700 by itself).

Loading the libraries makes a million that stay: looking through them time and again would be a
fifth of a short run, and a third of a large list's."""


def ensure() -> None:
    """Return if this is the project's environment; otherwise make it and run the script there."""
    if sys.version_info < OLDEST:
        _stop(
            f"Verkosto needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is "
            f"{sys.version_info[0]}.{sys.version_info[1]}.",
            "Install a newer Python from python.org and run the command with it.",
        )
    installed = not REQUIREMENTS.is_file()  # by pipx or uv, which have seen to the libraries
    if installed or (Path(sys.prefix).resolve() == VENV.resolve() and _is_current()):
        gc.set_threshold(*_GARBAGE)
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        # Until the command runs, and says so itself, Ctrl-C ends the script without a word.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        return
    if not _is_current():
        try:
            with _alone():
                if not _is_current():
                    _make()
        except KeyboardInterrupt:
            _stop("Verkosto: stopped.", "Run the same command again: it begins anew.")
    _run_there()


def python() -> Path:
    """Return the interpreter of the project's environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _stamp() -> Path:
    return VENV / ".requirements"


def _wanted() -> str:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return version + " " + hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def _is_current() -> bool:
    """Whether .venv holds just what requirements.txt asks for (whichever Python made it)."""
    try:
        made = _stamp().read_text(encoding="ascii").partition(" ")[2]
    except OSError:
        return False
    return made == _wanted().partition(" ")[2] and python().exists()


def _make() -> None:
    if VENV.is_symlink():
        _stop(
            f"{VENV} is a link; what it leads to would be emptied.",
            "Remove the link, then run the same command again.",
        )
    # Not at the top: each run would load them, and only the first one needs them.
    import subprocess
    import venv

    _say("Verkosto: making its own Python environment (.venv); this is done once, in a minute.")
    try:
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
    except (subprocess.CalledProcessError, OSError, ImportError, SystemExit) as fault:
        _stop(
            f"Python could not make the environment in {VENV} ({fault}).",
            "On Debian and Ubuntu: sudo apt install python3-venv. Elsewhere: install Python from "
            "python.org, which has venv and pip. Then run the same command again.",
        )
    _say("Verkosto: installing the libraries of requirements.txt …")
    command = [str(python()), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["-qq", "--require-virtualenv", "-r", str(REQUIREMENTS)]
    done = subprocess.run(command, check=False)
    if done.returncode != 0:
        _stop(
            "The libraries could not be installed; pip says why above.",
            "Check that this computer reaches the internet, then run the same command again.",
        )
    _stamp().write_text(_wanted(), encoding="ascii")
    _say("Verkosto: ready.")


def _run_there() -> None:
    command = [str(python()), *sys.argv]
    if os.name == "nt":
        import subprocess

        raise SystemExit(subprocess.run(command, check=False).returncode)
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606


@contextmanager
def _alone() -> Iterator[None]:
    """Two scripts that start at once make the environment once."""
    lock = PROJECT / ".venv.lock"
    started = time.monotonic()
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if time.monotonic() - started > _PATIENCE or _is_old(lock):
                lock.rmdir()
            time.sleep(0.5)
        except OSError as fault:
            _stop(
                f"The folder {PROJECT} cannot be written to ({fault.strerror}).",
                "Copy the project to a folder of your own and run it there.",
            )
    try:
        yield
    finally:
        lock.rmdir()


def _is_old(lock: Path) -> bool:
    try:
        return time.time() - lock.stat().st_mtime > _PATIENCE
    except OSError:
        return False


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _stop(what: str, remedy: str) -> None:
    _say(f"{what}\n{remedy}")
    raise SystemExit(2)

"""Reads messages in a separate process, so that one message cannot hold up or crash the others.

Anyone who can write to us chooses a message's bytes. The limits of :mod:`register.replies.mail`
stop what is known to take long. For anything else the process has limits of time and memory, and is
replaced if it exceeds one. If the process ends, its message is read again in a new one. The message
is set aside only if two processes ended by their own doing (processor time, memory, a crash). If
they were ended from outside, it is left for the next run. Other messages are read in any case.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from register.book.errors import TemporaryFailure
from register.letters.answering import ANSWER_WORDS
from register.replies.classify import OwnIdentity, classify
from register.replies.sent_text import SentText
from register.replies.verdict import Verdict
from register.values.email import mailbox_key

_SECONDS = 30.0
"""How long one message may take, in wall-clock seconds; they go on while the computer sleeps."""

OF_PROCESSOR = 4.0
"""How much processor time one message may take, in seconds, however busy the computer is."""

_STARTING = 60.0
"""How long the process may take to start, in seconds."""

TOO_LARGE = 77
"""Exit code of the process if a message needs more memory than it may have."""

OWN_DOING = 2
"""A message is set aside after this many processes ended by their own doing."""

FROM_OUTSIDE = 3
"""A message is left for the next run after this many processes were ended from outside."""

_ENDING = 5.0
_CRASHES = frozenset(
    -getattr(signal, name, 0)
    for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGSYS", "SIGTRAP")
)
_MEMORY = 300_000_000
_ROOT = Path(__file__).parents[2]


class Classifier:
    """Classifies messages in a child process; must be closed.

    ``seconds`` is the time that each message may take. ``templates`` are the template folders of
    letters that may have been sent, each a mapping from file name to text. ``names`` are the
    senders' names in letters, ``server`` is our mail server's authserv-id (RFC 8601), ``askers``
    are the addresses that may make requests.
    """

    def __init__(
        self,
        seconds: float = _SECONDS,
        *,
        templates: Sequence[Mapping[str, str]] = (),
        names: Sequence[str] = (),
        server: str = "",
        askers: Sequence[str] = (),
    ) -> None:
        """Store the settings; no process is started before the first message."""
        self._seconds = seconds
        ours = {
            "templates": [dict(one) for one in templates],
            "names": names,
            "server": server,
            "askers": [mailbox_key(one) for one in askers],
        }
        self._ours = json.dumps(ours).encode() + b"\n"
        self._child: subprocess.Popen[bytes] | None = None
        self._lines: SimpleQueue[bytes] = SimpleQueue()

    @property
    def process(self) -> int:
        """The process id; 0 if no process is running."""
        return self._child.pid if self._child else 0

    def verdict(self, data: bytes, received: datetime) -> Verdict:
        """Return the verdict on a message; ``hostile`` or ``unread`` if it could not be read.

        Raises TemporaryFailure if no process can be started: the message was then not looked at.
        """
        own = outside = 0
        while True:
            said, fault = self._asked(data, received)
            if said:
                found = json.loads(said)
                found["said_at"] = datetime.fromisoformat(found["said_at"])
                for several in ("tokens", "also"):
                    found[several] = tuple(found[several])
                for pairs in ("files", "days", "wishes"):
                    found[pairs] = tuple(map(tuple, found[pairs]))
                return Verdict(**found)
            own, outside = own + bool(fault), outside + (not fault)
            if own == OWN_DOING:
                return Verdict("hostile", said_at=received, status=fault, automatic=True)
            if outside == FROM_OUTSIDE:
                return Verdict("unread", said_at=received, status="ended", automatic=True)

    def _asked(self, data: bytes, received: datetime) -> tuple[bytes, str]:
        """Return the process's JSON answer and '', or b'' and a fault if the process ended.

        The fault is '' if the process was ended from outside.
        """
        child = self._child or self._start()
        head = json.dumps({"size": len(data), "received": received.isoformat()}).encode()
        Thread(target=_hand_over, args=(child, head + b"\n" + data), daemon=True).start()
        try:
            if said := self._lines.get(timeout=self._seconds):
                return said, ""
            # The output ends a moment before the process does: wait for its exit code.
            with suppress(subprocess.TimeoutExpired):
                child.wait(_ENDING)
            fault = _own_doing(child.poll())
        except Empty:
            fault = "" if hasattr(signal, "setitimer") else "too-slow"
        self.close()
        return b"", fault

    def close(self) -> None:
        """Kill the process, whatever it is doing."""
        child, self._child = self._child, None
        if child:
            child.kill()
            child.wait()
            with suppress(OSError):
                assert child.stdin  # noqa: S101
                child.stdin.close()

    def __enter__(self) -> Classifier:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        lines: SimpleQueue[bytes] = SimpleQueue()
        ready = b""
        with suppress(OSError, Empty):
            self._child = subprocess.Popen(
                [sys.executable, "-m", __spec__.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            )
            Thread(target=_hand_over, args=(self._child, self._ours), daemon=True).start()
            Thread(target=_pass_on, args=(self._child, lines), daemon=True).start()
            ready = lines.get(timeout=_STARTING)
        if not self._child or not ready:
            self.close()
            raise TemporaryFailure(
                "The messages cannot be read: no process can be started for it.",
                remedy="Look whether the computer has memory left, then give the same command"
                " again.",
            )
        self._lines = lines
        return self._child


def answer_words() -> Mapping[str, str]:
    """Return the words that subjects of answer links begin with, and the answer each stands for.

    The words of all languages are case-folded; ``unsubscribe`` stands for itself.
    """
    found = {
        " ".join(word.casefold().split()): key
        for language in ANSWER_WORDS.values()
        for key, word in language.items()
    }
    return {**found, "unsubscribe": "unsubscribe"}


def own_identity(
    templates: Iterable[Mapping[str, str]] = (),
    names: Iterable[str] = (),
    server: str = "",
    askers: Iterable[str] = (),
) -> OwnIdentity:
    """Return what identifies our own mail: answer words, our letters, mail server and askers."""
    return OwnIdentity(answer_words(), SentText(templates, names), server, frozenset(askers))


def _own_doing(code: int | None) -> str:
    """Return why a process ended by its own doing; '' if it was ended from outside.

    Its own doing are exit codes, the alarm for processor time, and the signals of crashes. Any
    other signal was sent by a person, or by a system that has run out of memory.
    """
    if code == -getattr(signal, "SIGPROF", 0):
        return "too-slow"
    if code == TOO_LARGE:
        return "too-large"
    return "crashed" if code is None or code >= 0 or code in _CRASHES else ""


def _hand_over(child: subprocess.Popen[bytes], data: bytes) -> None:
    """Write a message to a process, which may end before it has read all of it."""
    with suppress(OSError, ValueError):
        assert child.stdin  # noqa: S101
        child.stdin.write(data)
        child.stdin.flush()


def _pass_on(child: subprocess.Popen[bytes], lines: SimpleQueue[bytes]) -> None:
    """Put the lines that a process writes into the queue, and b'' when it ends."""
    with suppress(OSError, ValueError):
        assert child.stdout  # noqa: S101
        with child.stdout:
            for line in child.stdout:
                lines.put(line)
    lines.put(b"")


def _serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Classify messages from ``asked``: for each, a JSON line about it, then its bytes.

    The first line of the input holds the arguments of :func:`own_identity`. Each answer is a JSON
    line. An empty line comes first, to say that the process is ready.
    """
    ours = own_identity(**json.loads(asked.readline() or b"{}"))
    answers.write(b"\n")
    answers.flush()
    while line := asked.readline():
        about = json.loads(line)
        received = datetime.fromisoformat(about["received"])
        _bound_time(OF_PROCESSOR)
        try:
            found = asdict(classify(asked.read(about["size"]), received, ours))
        except MemoryError:
            os._exit(TOO_LARGE)
        _bound_time(0)
        found["said_at"] = (found["said_at"] or received).astimezone(UTC).isoformat()
        answers.write(json.dumps(found).encode() + b"\n")
        answers.flush()


def _bound_time(seconds: float) -> None:
    """End this process after so many seconds of processor time, if the system can; 0: no limit."""
    with suppress(AttributeError, OSError):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _bound_memory() -> None:
    """Limit the memory that this process may take in addition, if the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        has = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = has * resource.getpagesize() + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    _bound_memory()
    _serve(sys.stdin.buffer, sys.stdout.buffer)

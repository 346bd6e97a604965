"""What can go wrong on purpose: one base class, a sentence, a next step, an exit code.

Sentences are msgids of the catalogues in ``locale/``: plain English with ``{name}`` placeholders.
The command line translates them; nothing else prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class VerkostoError(Exception):
    """Something that a person can put right: what, where, and the next thing to do.

    ``message`` and ``remedy`` are msgids, ``values`` fill their placeholders, and ``faults`` holds
    further ``(msgid, values)`` pairs where several things are wrong at once.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        faults: Iterable[tuple[str, Mapping[str, object]]] = (),
        **values: object,
    ) -> None:
        self.message = message
        self.remedy = remedy
        self.faults = tuple(faults)
        self.values = values
        super().__init__(message.format_map(_Shown(values)))


class UsageError(VerkostoError):
    """The call, a file named in it, or its content is not what the verb needs (exit 2)."""


class ConfigError(VerkostoError):
    """The configuration has faults; all of them are named (exit 2)."""


class SignInRefused(ConfigError):
    """A server does not accept a user name and password."""


class BookUnreadable(VerkostoError):
    """There is no such book, or it is not a workbook that can be read safely (exit 2)."""


class SchemaDrift(VerkostoError):
    """A tab or a required column is missing or doubled (exit 4)."""

    exit_code = 4


class BookChanged(VerkostoError):
    """The book is not the one that the plan was made for (exit 4)."""

    exit_code = 4


class BookLocked(VerkostoError):
    """Another run, LibreOffice or Excel has the book open (exit 5)."""

    exit_code = 5


class SafetyStop(VerkostoError):
    """Too many changes, too many rows gone, or a meeting that nobody has released (exit 6)."""

    exit_code = 6


class TemporaryFailure(VerkostoError):
    """Not now; the same call may work later (exit 75)."""

    exit_code = 75


class UnforeseenError(VerkostoError):
    """The program is at fault (exit 1)."""

    exit_code = 1


class SilentRuns(VerkostoError):
    """No run has ended well for more days than the configuration bears (exit 1)."""

    exit_code = 1


class LeaseTaken(TemporaryFailure):
    """Another computer is at work on the register; nothing else of the run is done (exit 75)."""


class _Shown(dict[str, object]):
    """Placeholders without a value stay visible instead of hiding the error behind another."""

    def __missing__(self, key: str) -> _Unfilled:
        return _Unfilled(key)


class _Unfilled(str):
    """A placeholder as it is written: ``{count}``, ``{tab:review}``."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return "{" + self + (f":{spec}" if spec else "") + "}"

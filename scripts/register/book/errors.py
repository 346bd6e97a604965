"""Errors that the program foresees: each has a sentence, a remedy and an exit code.

Sentences are msgids of the catalogues in ``locale/``: plain English with ``{name}`` placeholders.
Only the command line translates and prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class VerkostoError(Exception):
    """A problem that a person can solve: what, where, and what to do next.

    ``message`` and ``remedy`` are msgids, ``values`` fill their placeholders. If several things are
    wrong at once, ``faults`` holds the others as ``(msgid, values)``.
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
    """The call, or a file named in it, is not what the command needs (exit 2)."""


class ConfigError(VerkostoError):
    """The configuration has faults; the error names all of them (exit 2)."""


class SignInRefused(ConfigError):
    """A server rejects the user name and password (exit 2)."""


class BookUnreadable(VerkostoError):
    """The book does not exist, or is not a workbook that can be read safely (exit 2)."""


class SchemaDrift(VerkostoError):
    """A tab or a required column is missing, or is there twice (exit 4)."""

    exit_code = 4


class BookChanged(VerkostoError):
    """The book has changed since the plan was made, or is another one (exit 4)."""

    exit_code = 4


class BookLocked(VerkostoError):
    """Another run, LibreOffice or Excel has the book open (exit 5)."""

    exit_code = 5


class SafetyStop(VerkostoError):
    """Too many changes, too many missing rows, or a meeting that was not released (exit 6)."""

    exit_code = 6


class TemporaryFailure(VerkostoError):
    """The call failed for now; the same call may work later (exit 75)."""

    exit_code = 75


class UnforeseenError(VerkostoError):
    """A fault of the program itself (exit 1)."""

    exit_code = 1


class SilentRuns(VerkostoError):
    """No run has ended well for more days than the configuration allows (exit 1)."""

    exit_code = 1


class LeaseTaken(TemporaryFailure):
    """Another computer is working on the register; this run stops at once (exit 75)."""


class _Shown(dict[str, object]):
    """The values of placeholders; one without a value stays visible instead of failing."""

    def __missing__(self, key: str) -> _Unfilled:
        return _Unfilled(key)


class _Unfilled(str):
    """A placeholder as written: ``{count}``, ``{tab:review}``."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return "{" + self + (f":{spec}" if spec else "") + "}"

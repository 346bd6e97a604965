"""What a report shows besides an outcome: where its rows can be opened, what earlier runs found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

_Link = Callable[[str, int], str]
"""Gives the address of a tab's row (its key, the row's number), or ''."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run of the trend: when it was, and how many findings it left, by severity."""

    at: datetime
    error: int
    warning: int
    info: int

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The counts by severity, the worst first."""
        return (("error", self.error), ("warning", self.warning), ("info", self.info))

    @property
    def total(self) -> int:
        """How many findings there were."""
        return self.error + self.warning + self.info


def no_link(tab: str, row: int) -> str:
    """No row can be opened: a register that is no file and has no address."""
    return ""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """``link`` opens a row, ``past`` are the last runs, the oldest first."""

    link: _Link = no_link
    past: tuple[PastRun, ...] = ()

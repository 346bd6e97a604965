"""What a command shows: one thing in several forms, each rendered only where it is asked for."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

_Form = Literal["text", "md", "html", "json"]
"""How ``--format`` prints a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the forms that it has.

    ``name`` is the stem of its files. ``forms`` render what ``--format`` prints; those of
    ``saved`` are also files of ``--report-dir``, where ``files`` (by file name) go besides.
    """

    name: str
    forms: Mapping[str, Callable[[], str]]
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    saved: tuple[_Form, ...] = ("html", "md", "json")


_Link = Callable[[str, int], str]
"""Gives the address of a tab's row (its key, the row's number), or ''."""


def plain_page(text: Callable[[], str], value: Callable[[], object]) -> Page:
    """Return a page that is printed as text or as the JSON of a value, and never saved."""
    return Page("", {"text": text, "json": lambda: json_text(value())}, saved=())


def json_text(value: object) -> str:
    """Return a value as JSON is printed: a set as a list, what JSON has no form for as text."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


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


def _plain(value: object) -> object:
    return list(value) if isinstance(value, frozenset) else str(value)

"""Pages: what a command shows, in several forms that are rendered only when needed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

_Form = Literal["text", "md", "html", "json"]
"""The values of ``--format``."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its forms.

    ``name`` is the stem of its file names. ``forms`` render what ``--format`` prints; those in
    ``saved`` are also written to ``--report-dir``, together with ``files`` (by file name).
    """

    name: str
    forms: Mapping[str, Callable[[], str]]
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    saved: tuple[_Form, ...] = ("html", "md", "json")


_Link = Callable[[str, int], str]
"""Returns the address of a row (key of the tab, number of the row), or ''."""


def plain_page(text: Callable[[], str], value: Callable[[], object]) -> Page:
    """Return a page that is printed as text or JSON, and never saved."""
    return Page("", {"text": text, "json": lambda: json_text(value())}, saved=())


def json_text(value: object) -> str:
    """Return a value as JSON; a frozenset becomes a list, other types without a form text."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


@dataclass(frozen=True, slots=True)
class PastRun:
    """A past run: its time, and the number of findings by severity that it left."""

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
        """The number of findings."""
        return self.error + self.warning + self.info


@dataclass(frozen=True, slots=True)
class ReportContext:
    """``link`` gives a row's address or ''; ``past`` are the last runs, the oldest first."""

    link: _Link = lambda tab, row: ""
    past: tuple[PastRun, ...] = ()


def _plain(value: object) -> object:
    return list(value) if isinstance(value, frozenset) else str(value)

"""What a command shows: one thing in several forms, each rendered only where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

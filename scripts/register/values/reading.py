"""What a cell says, and how people are told when it says nothing certain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Problems = Mapping[str, tuple[Literal["error", "warning", "info"], str]]
"""For each code of a problem: its severity and its sentence (a msgid)."""

LONGEST_VALUE_READ = 2_000
"""A longer cell is not looked into; what a cell holds must not decide how long it takes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: its canonical form, or why it has none."""

    value: str = ""
    problem: str = ""
    suggestion: str = ""
    detail: str = ""

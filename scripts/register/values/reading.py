"""What a cell says, or by which code of ``rules/codes.toml`` it says nothing certain."""

from dataclasses import dataclass

LONGEST_VALUE_READ = 2_000
"""A longer cell is not looked into; what a cell holds must not decide how long it takes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: its canonical form, or why it has none."""

    value: str = ""
    problem: str = ""
    suggestion: str = ""
    detail: str = ""

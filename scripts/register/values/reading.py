"""The result of reading a cell: a value, or a problem by its code of ``rules/codes.toml``."""

from dataclasses import dataclass

LONGEST_VALUE_READ = 2_000
"""Longer cells are not read, so that the length of a cell cannot make a run slow."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The canonical form of a cell, or the ``problem`` why it has none; a blank cell has neither.

    ``suggestion`` is a value for a person to confirm, ``detail`` a further value for the sentence.
    """

    value: str = ""
    problem: str = ""
    suggestion: str = ""
    detail: str = ""

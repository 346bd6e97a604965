"""The titles of generated tabs, and which of their rows stay when they are rebuilt."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from register.ports.store import GeneratedTab

_LONGEST_TITLE = 31
"""Excel's limit in characters."""

HEAD = 3
"""The row that has the headers."""


@dataclass(frozen=True, slots=True)
class TabStep:
    """A range of old rows to replace with a range of new rows; indexes from 0, ends exclusive."""

    start: int
    end: int
    new_start: int
    new_end: int


def free_titles(tabs: Sequence[GeneratedTab], others: Iterable[str]) -> dict[str, GeneratedTab]:
    """Return the tabs by titles that none of the ``others`` has, compared without case."""
    taken = {title.casefold() for title in others}
    found: dict[str, GeneratedTab] = {}
    for tab in tabs:
        title = _free(tab.title, taken)
        taken.add(title.casefold())
        found[title] = tab
    return found


def row_steps(before: Sequence[Sequence[str]], tab: GeneratedTab) -> list[TabStep]:
    """Return which rows to remove and insert so that the old list can take the new rows.

    All other rows are about the same things in the same order, and are overwritten. If some rows
    were replaced by the same number of others, they count as renamed and are overwritten in place.
    """
    old = [_about(row, tab.keys) for row in before[HEAD:]]
    new = [_about(row, tab.keys) for row in tab.rows[HEAD:]]
    found: list[TabStep] = []
    for what, i, end, j, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal" and end - i != new_end - j:
            found.append(TabStep(i + HEAD, end + HEAD, j + HEAD, new_end + HEAD))
    return found


def kept_notes(heading: str, lost: Sequence[tuple[str, str]]) -> str:
    """Return the heading's note, extended by ``(row, text)`` notes of rows that are gone."""
    lines = [f"{about}: {text}" for about, text in lost]
    return "\n".join(line for line in (heading, *lines) if line)


def _about(row: Sequence[str], keys: Sequence[int]) -> tuple[str, ...]:
    named = tuple(row[key] if key < len(row) else "" for key in keys)
    return named if any(named) else tuple(row)


def _free(wanted: str, taken: Collection[str]) -> str:
    title, number = wanted[:_LONGEST_TITLE], 2
    while title.casefold() in taken:
        ending = f" ({number})"
        title, number = wanted[: _LONGEST_TITLE - len(ending)] + ending, number + 1
    return title

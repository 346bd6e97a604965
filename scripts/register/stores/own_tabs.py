"""What the tool's own tabs are called, so that no tab of people's is taken for one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from register.ports import GeneratedTab

_LONGEST_TITLE = 31
"""Excel's limit (characters)."""

HEAD = 3
"""The row that has the headers."""


def free_titles(tabs: Sequence[GeneratedTab], others: Iterable[str]) -> dict[str, GeneratedTab]:
    """Return the tabs by titles that none of the ``others`` has, whatever its case."""
    taken = {title.casefold() for title in others}
    found: dict[str, GeneratedTab] = {}
    for tab in tabs:
        title = _free(tab.title, taken)
        taken.add(title.casefold())
        found[title] = tab
    return found


def _free(wanted: str, taken: Collection[str]) -> str:
    title, number = wanted[:_LONGEST_TITLE], 2
    while title.casefold() in taken:
        ending = f" ({number})"
        title, number = wanted[: _LONGEST_TITLE - len(ending)] + ending, number + 1
    return title

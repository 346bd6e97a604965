"""A1 notation: https://developers.google.com/workspace/sheets/api/guides/concepts#cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.sheets_server.errors import invalid

_CELL = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d{0,8})")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")


@dataclass(frozen=True)
class Area:
    """An area of a tab: indexes from 0, the ends not included, None where it is open."""

    sheet: str
    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None


def letters(index: int) -> str:
    """Return a column's letters: 0 is A."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(text: str) -> int:
    """Return a column's index: A is 0."""
    index = 0
    for letter in text.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def quoted(title: str) -> str:
    """Return a tab's title as Google writes it in a range."""
    if _PLAIN.fullmatch(title) and not _LOOKS_LIKE_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def shown(area: Area) -> str:
    """Return an area as Google writes it; a single cell without a colon."""
    assert area.bottom is not None and area.right is not None
    first = f"{letters(area.left)}{area.top + 1}"
    last = f"{letters(area.right - 1)}{area.bottom}"
    cells = first if first == last else f"{first}:{last}"
    return f"{quoted(area.sheet)}!{cells}"


def parse(text: str, titles: list[str], names: Mapping[str, Area]) -> Area:
    """Return the area that a text names; ``titles`` are the tabs', ``names`` the named ranges."""
    title, cells = _split(text, titles)
    if title is None:
        if cells in titles:
            return Area(cells)
        bare = cells[1:-1].replace("''", "'") if _is_quoted(cells) else cells
        if bare in titles:
            return Area(bare)
        folded = {name.casefold(): area for name, area in names.items()}
        if cells.casefold() in folded:
            return folded[cells.casefold()]
        title = titles[0]
    elif title not in titles:
        raise invalid(f"Unable to parse range: {text}")
    else:
        named = {name.casefold(): area for name, area in names.items()}.get(cells.casefold())
        if named is not None and named.sheet == title:
            return named
    return _cells(title, cells, text)


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] == "'"


def _split(text: str, titles: list[str]) -> tuple[str | None, str]:
    if text.startswith("'"):
        end = 1
        while True:
            end = text.find("'", end)
            if end < 0:
                raise invalid(f"Unable to parse range: {text}")
            if text[end : end + 2] == "''":
                end += 2
                continue
            break
        if text[end + 1 : end + 2] == "!":
            return text[1:end].replace("''", "'"), text[end + 2 :]
        return None, text
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def _cells(title: str, cells: str, text: str) -> Area:
    first, mark, last = cells.partition(":")
    top, left = _corner(first, text)
    if not mark:
        if top is None or left is None:
            raise invalid(f"Unable to parse range: {text}")
        return Area(title, top, top + 1, left, left + 1)
    bottom, right = _corner(last, text)
    if top is None and left is None:
        raise invalid(f"Unable to parse range: {text}")
    if bottom is None and right is None:
        raise invalid(f"Unable to parse range: {text}")
    if left is None and right is None and (top is None or bottom is None):
        raise invalid(f"Unable to parse range: {text}")
    if top is not None and bottom is not None and bottom < top:
        top, bottom = bottom, top
    if left is not None and right is not None and right < left:
        left, right = right, left
    if top is None and bottom is not None:
        top, bottom = bottom, None
    return Area(
        title,
        top or 0,
        None if bottom is None else bottom + 1,
        left or 0,
        None if right is None else right + 1,
    )


def _corner(text: str, whole: str) -> tuple[int | None, int | None]:
    found = _CELL.fullmatch(text)
    if not found or not text:
        raise invalid(f"Unable to parse range: {whole}")
    row = int(found[2]) - 1 if found[2] else None
    if row is not None and row < 0:
        raise invalid(f"Unable to parse range: {whole}")
    return row, number(found[1]) if found[1] else None

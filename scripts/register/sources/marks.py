"""The marks of a sheet: colours, struck-through text, comments, links, hidden rows and columns."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field

CellPlace = tuple[int, int]
"""The row and column of a cell, counted from 1."""

MergedCells = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: row and column of its first and of its last cell, counted from 0."""

_HUES = (
    *((0.04, "red"), (0.11, "orange"), (0.19, "yellow"), (0.45, "green"), (0.53, "turquoise")),
    *((0.70, "blue"), (0.82, "purple"), (0.94, "pink"), (1.01, "red")),
)


@dataclass(slots=True)
class SheetMarks:
    """The marks of one sheet, by cell, and its hidden rows and columns, by number from 1.

    ``fills`` and ``inks`` are the colours of cells and of their letters, as English words.
    ``struck`` holds the struck-through part of a cell's text, None for all of it. ``links`` are
    link targets.
    """

    fills: dict[CellPlace, str] = field(default_factory=dict)
    inks: dict[CellPlace, str] = field(default_factory=dict)
    struck: dict[CellPlace, str | None] = field(default_factory=dict)
    comments: dict[CellPlace, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    links: dict[CellPlace, str] = field(default_factory=dict)

    def moved(self, places: Mapping[CellPlace, CellPlace]) -> SheetMarks:
        """Return the marks at the new places of their cells.

        A comment on a cell that has no new place gets its row's number as a negative one, and so
        counts as beside the rows.
        Links and hidden rows and columns are left out: they belong to the sheet as it was.
        """
        return SheetMarks(
            {places[at]: mark for at, mark in self.fills.items() if at in places},
            {places[at]: mark for at, mark in self.inks.items() if at in places},
            {places[at]: mark for at, mark in self.struck.items() if at in places},
            {places.get(at, (-abs(at[0]), at[1])): mark for at, mark in self.comments.items()},
        )

    def joined(self, other: SheetMarks) -> SheetMarks:
        """Return the marks of both sheets."""
        return SheetMarks(
            self.fills | other.fills,
            self.inks | other.inks,
            self.struck | other.struck,
            self.comments | other.comments,
        )


@dataclass(frozen=True, slots=True)
class CellLook:
    """How cells of one style look: the colours of cell and letters, each '' for the usual one."""

    fill: str = ""
    ink: str = ""
    struck: bool = False


def colour_name(rgb: str) -> str:
    """Return the English word for a colour of six hexadecimal digits, '' for white or no colour."""
    try:
        red, green, blue = (int(rgb[-6:][n : n + 2], 16) / 255 for n in (0, 2, 4))
    except ValueError:
        return ""
    hue, light, _ = colorsys.rgb_to_hls(red, green, blue)
    spread = max(red, green, blue) - min(red, green, blue)
    if light > 0.97:
        return ""
    if spread < 0.07:
        return "black" if light < 0.25 else "grey"
    name = next(word for most, word in _HUES if hue < most)
    if name in ("orange", "red") and light < 0.35 and 0.02 < hue < 0.12:
        return "brown"
    return "pink" if name == "red" and light > 0.72 else name


def tint_color(rgb: str, tint: float) -> str:
    """Return a theme colour made lighter (``tint`` up to 1) or darker (down to -1), '' for none."""
    try:
        parts = [int(rgb[-6:][n : n + 2], 16) / 255 for n in (0, 2, 4)]
    except ValueError:
        return ""
    hue, light, strength = colorsys.rgb_to_hls(*parts)
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, strength))


def cell_look(fill: str, ink: str, *, struck: bool) -> CellLook | None:
    """Return the look of a cell style, None if it means nothing.

    Black, grey and blue letters mean nothing: they are those of themes and links.
    """
    letters = colour_name(ink) if ink else ""
    letters = "" if letters in ("black", "grey", "blue") else letters
    look = CellLook(colour_name(fill) if fill else "", letters, struck)
    return look if look != CellLook() else None


def record_look(marks: SheetMarks, place: CellPlace, look: CellLook | None) -> None:
    """Record the look of a cell in the marks."""
    if look is None:
        return
    for found, word in ((marks.fills, look.fill), (marks.inks, look.ink)):
        if word:
            found[place] = word
    if look.struck:
        marks.struck[place] = None

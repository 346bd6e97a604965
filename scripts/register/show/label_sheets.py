"""Address labels as a PDF for common A4 label sheets.

The font is Roboto, embedded: Latin with all diacritics, Cyrillic and Greek.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal

import font_roboto
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from register.lists.labels import AddressLabels
from register.show.directory_cells import clean_cell
from register.words.sentences import Sentences

SheetName = Literal["3x7", "2x4"]

_FONT = "Roboto"
_SIZES: Mapping[SheetName, float] = {"3x7": 10.5, "2x4": 14.0}
_SMALLEST = 6.0
_STEP = 0.5
_LEADING = 1.25
_POINT = 25.4 / 72
_PADDING = 4.0
_LONGEST = 200
_ADDRESS = 2
"""The number of last lines that are always kept: street, and postal code with town."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels on A4: the number of labels across and down, and the size of each in mm.

    ``left`` and ``top`` are the margins of the sheet, ``gap`` is the space between columns.
    """

    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    gap: float = 2.5


LABEL_SHEETS: Mapping[SheetName, LabelSheet] = {
    "3x7": LabelSheet(3, 7, 63.5, 38.1, 7.2, 15.1),
    "2x4": LabelSheet(2, 4, 99.1, 67.7, 4.65, 13.1),
}
"""The common sizes: 21 and 8 labels on a sheet."""


def labels_pdf(
    found: AddressLabels, name: SheetName, title: str, day: date, say: Sentences
) -> bytes:
    """Return the sheets as PDF; the same labels on the same day give the same bytes.

    Long lines are broken, and a label with many lines gets smaller letters. If a name does not fit
    even then, its end is cut, so that it does not run into another address. Characters that the
    font lacks become question marks (:func:`unprintable_names`).
    """
    sheet = LABEL_SHEETS[name]
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_title(title)
    pdf.set_lang(say.language)
    pdf.set_creation_date(datetime(day.year, day.month, day.day, tzinfo=UTC))
    pdf.add_font(_FONT, fname=font_roboto.Roboto)
    pdf.set_font(_FONT, size=_SIZES[name])
    on_a_page = sheet.across * sheet.down
    for number, label in enumerate(found.labels):
        place = number % on_a_page
        if place == 0:
            pdf.add_page()
        row, column = divmod(place, sheet.across)
        left = sheet.left + column * (sheet.width + sheet.gap)
        top = sheet.top + row * sheet.height
        lines = [_marked(line).replace("�", "?") for line in label.lines]
        _write(pdf, lines, sheet, left, top, _SIZES[name])
    if not found.labels:
        pdf.add_page()
    return bytes(pdf.output())


def unprintable_names(found: AddressLabels) -> list[str]:
    """Return the names on labels with characters that the font lacks."""
    return [one.lines[0] for one in found.labels if "�" in "".join(map(_marked, one.lines))]


def _marked(line: str) -> str:
    """Return a clean line, with characters that the font lacks replaced by "�"."""
    clean = clean_cell(line)[:_LONGEST]
    return "".join(char if ord(char) in _letters() else "�" for char in clean)


@cache
def _letters() -> frozenset[int]:
    with TTFont(font_roboto.Roboto) as font:
        return frozenset(font.getBestCmap())


def _write(
    pdf: FPDF, lines: Sequence[str], sheet: LabelSheet, left: float, top: float, size: float
) -> None:
    """Write the lines of a label as large as they fit, vertically centred."""
    width, height = sheet.width - 2 * _PADDING, sheet.height - 2 * _PADDING
    broken = _broken(pdf, lines, width, size)
    while len(broken) * _line(size) > height and size > _SMALLEST:
        size -= _STEP
        broken = _broken(pdf, lines, width, size)
    room = int(height // _line(size))
    if len(broken) > room:
        broken = [*broken[: room - _ADDRESS], *broken[-_ADDRESS:]]
    y = top + max(_PADDING, (sheet.height - len(broken) * _line(size)) / 2)
    for line in broken:
        pdf.set_xy(left + _PADDING, y)
        pdf.cell(w=width, h=_line(size), text=line)
        y += _line(size)


def _broken(pdf: FPDF, lines: Sequence[str], width: float, size: float) -> list[str]:
    """Return the lines of a label, broken at its width."""
    pdf.set_font_size(size)
    found: list[str] = []
    for line in lines:
        made = pdf.multi_cell(
            w=width, h=_line(size), text=line, dry_run=True, output=MethodReturnValue.LINES
        )
        found += made if isinstance(made, list) else [line]
    return found


def _line(size: float) -> float:
    return size * _POINT * _LEADING

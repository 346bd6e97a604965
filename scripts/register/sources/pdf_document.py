"""A PDF as the rows of one sheet: its ruled tables, its columns and its lines of text."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from ctypes import c_float
from typing import TYPE_CHECKING, Any

from register.intake.text_line import has_contact_details
from register.sources.document_text import DocumentText, RunText
from register.sources.formats import refusal
from register.sources.limits import clean_text, too_large
from register.sources.pdf_page import (
    DrawnLine,
    PageLine,
    PlacedLetter,
    RuledTable,
    column_starts,
    is_paragraph_break,
    lines_of,
    ruled_tables,
)
from register.unpacking import TooLarge

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PAGES = 300
_MOST_LETTERS = 500_000
_MOST_UNPACKED = 16 * 1024 * 1024
_DENSE = 60
"""Text packs to about a tenth; only streams that unpack to more than so many times their size
are counted."""

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_LONGEST = 4 * 1024 * 1024
_MOST_POINTS = 400_000
"""The most points of drawn lines; a map or a plan has more."""

_HYPHENS = ("\x02", "\ufffe")
"""PDFium's characters for a hyphen at the end of a line."""

_NUMBER = re.compile(r"(?:(?:sivu|sida|page)\s*)?\d+(?:\s*(?:/|\(|of|av)\s*\d+\)?)?", re.IGNORECASE)
_SLANT = 1.0
_EDGE = 2
"""So many lines at the top and at the bottom of a page may repeat on each page."""

_REACHING = 2


def read_pdf(data: bytes, name: str) -> DocumentText:
    """Read a PDF's bytes; raises UsageError if it is protected, broken, too large or only pictures.

    A page set in columns of cards is read column by column. Headers and footers that repeat on the
    pages are read once.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        _check_unpacked(data)
        with closing(PdfDocument(data)) as pdf:
            pages = list(_pages(pdf))
    except TooLarge as fault:
        raise too_large(name) from fault
    except PdfiumError as fault:
        kind = "protected" if "password" in str(fault).casefold() else "broken"
        raise refusal(kind, name) from fault
    if not any(tables or lines for tables, lines in pages):
        raise refusal("scan", name)
    return _laid_out(pages)


def _check_unpacked(data: bytes) -> None:
    """Raise TooLarge if dense streams unpack to too much: PDFium would unpack all of it."""
    total = 0
    for found in _STREAM.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            size = len(unpacking.decompress(data[found.end() :][:_LONGEST], _MOST_UNPACKED + 1))
        except zlib.error:
            continue
        end = data.find(b"endstream", found.end())
        if size > _DENSE * max(1, end - found.end()):
            total += size
        if total > _MOST_UNPACKED:
            raise TooLarge


def _pages(pdf: PdfDocument) -> Iterator[tuple[list[RuledTable], list[PageLine]]]:
    """Yield the ruled tables and the remaining lines of each page."""
    if len(pdf) > _MOST_PAGES:
        raise TooLarge
    letters = points = 0
    for page in pdf:
        on_page = list(_letters(page, _MOST_LETTERS - letters))
        letters += len(on_page)
        rules, count = _rules(page, _MOST_POINTS - points)
        points += count
        tables, left = ruled_tables(on_page, rules)
        yield tables, lines_of(left)
        page.close()


def _letters(page: Any, most: int) -> Iterator[PlacedLetter]:  # noqa: ANN401
    import pypdfium2.raw as raw

    text = page.get_textpage()
    count = text.count_chars()
    if count > most:
        raise TooLarge
    for at in range(count):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        char = "-" if char in _HYPHENS else char
        if clean_text(char) or (char == " " and not raw.FPDFText_IsGenerated(text, at)):
            yield PlacedLetter(char, *text.get_charbox(at, loose=True))


def _rules(page: Any, most: int) -> tuple[list[DrawnLine], int]:  # noqa: ANN401
    """Return the horizontal and vertical lines of a page, and the number of points read."""
    import pypdfium2.raw as raw

    rules: list[DrawnLine] = []
    count = 0
    x, y = c_float(), c_float()
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        matrix = path.get_matrix()
        first = last = None
        for at in range(raw.FPDFPath_CountSegments(path)):
            count += 1
            if count > most:
                return [], count
            segment = raw.FPDFPath_GetPathSegment(path, at)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            here = matrix.on_point(x.value, y.value)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                first = here
            elif last:
                rules += _rule(last, here)
            if raw.FPDFPathSegment_GetClose(segment) and first:
                rules += _rule(here, first)
            last = here
    return rules, count


def _rule(start: tuple[float, float], end: tuple[float, float]) -> list[DrawnLine]:
    (x, y), (to_x, to_y) = start, end
    if abs(x - to_x) < _SLANT < abs(y - to_y):
        return [DrawnLine(True, x, min(y, to_y), max(y, to_y))]
    if abs(y - to_y) < _SLANT < abs(x - to_x):
        return [DrawnLine(False, y, min(x, to_x), max(x, to_x))]
    return []


def _laid_out(pages: Sequence[tuple[list[RuledTable], list[PageLine]]]) -> DocumentText:
    """Return the pages as one document, without page numbers and repeated headers or footers."""
    found = DocumentText(sum(len(tables) for tables, _ in pages))
    edges = Counter(
        text for _, lines in pages for text in {*map(_plain, (*lines[:_EDGE], *lines[-_EDGE:]))}
    )
    seen: set[str] = set()
    for tables, lines in pages:
        kept, again = [], []
        for line in lines:
            text = _plain(line)
            if edges[text] > 1 and text in seen:
                again.append(line)
            elif not _NUMBER.fullmatch(line.text):
                kept.append(line)
            seen.add(text)
        for block in _blocks(kept, sorted(tables, key=lambda table: -table.at)):
            if isinstance(block, RuledTable):
                found.add_table(block.rows, {})
                continue
            for cells in _rows(block, column_starts([*again, *block])):
                found.add_paragraph(RunText(["\t".join(cells)]))
    found.end_block()
    return found


def _blocks(
    lines: Sequence[PageLine], tables: Sequence[RuledTable]
) -> Iterator[RuledTable | list[PageLine]]:
    """Yield a page's tables and the lines above, between and below them, from the top."""
    left = list(lines)
    for table in tables:
        above = [line for line in left if line.at > table.at]
        left = left[len(above) :]
        if above:
            yield above
        yield table
    if left:
        yield left


def _rows(lines: Sequence[PageLine], starts: Sequence[float]) -> Iterator[list[str]]:
    """Yield the lines as rows of cells, or column after column if each column holds cards."""
    cut = [_in_columns(line, starts) for line in lines]
    several = [cells for cells in cut if sum(map(bool, cells)) > 1]
    reaching, beside = (
        [sum(has_contact_details(cells[n]) for cells in rows) for n in range(len(starts))]
        for rows in (cut, several)
    )
    if len(starts) > 1 and min(reaching) >= _REACHING and min(beside):
        for column in range(len(starts)):
            for at, cells in enumerate(cut):
                if at and is_paragraph_break(lines[at - 1], lines[at]):
                    yield []
                yield [cells[column]]
            yield []
        return
    for at, cells in enumerate(_with_rests(cut)):
        if at and is_paragraph_break(lines[at - 1], lines[at]) and len(starts) < _REACHING:
            yield []
        if any(cells):
            yield cells if sum(map(bool, cells)) > 1 else [lines[at].text]


def _with_rests(rows: Sequence[list[str]]) -> list[list[str]]:
    """Join cells that go on in the next line; the line that only goes on becomes blank.

    Such a line has a blank first cell, and only cells that continue others. If the first rows
    already have such lines, cells stand at the bottom of their rows, and a line belongs to the row
    below.
    """
    several = [at for at, cells in enumerate(rows) if sum(map(bool, cells)) > 1]
    upwards = not (
        len(several) > 1 and any(not rows[at][0] for at in range(several[0] + 1, several[1]))
    )
    found = [list(cells) for cells in rows]
    order = range(len(rows)) if upwards else range(len(rows) - 1, -1, -1)
    row: list[str] = []
    for at in order:
        told = [n for n, cell in enumerate(rows[at]) if cell]
        goes_on = row and told and told[0] > 0 and all(n < len(row) and row[n] for n in told)
        if goes_on and not any(has_contact_details(rows[at][n]) for n in told):
            for n in told:
                both = (row[n], rows[at][n]) if upwards else (rows[at][n], row[n])
                row[n] = " ".join(both)
            found[at] = []
        else:
            row = found[at] if len(told) > 1 else []
    return found


def _in_columns(line: PageLine, starts: Sequence[float]) -> list[str]:
    cells = [""] * max(1, len(starts))
    for segment in line.segments:
        at = max(0, sum(start <= segment.left + line.height / 2 for start in starts) - 1)
        cells[at] = f"{cells[at]} {segment.text}".strip()
    return cells


def _plain(line: PageLine) -> str:
    return re.sub(r"\d+", "", line.text).strip()

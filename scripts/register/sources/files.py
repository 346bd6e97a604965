"""Somebody's list, in whatever file it came, as a Sheet of texts."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from register.book.errors import UsageError
from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.book.schema import Language
from register.disk import read_bounded
from register.intake.drawn import undraw
from register.intake.header_row import header_row, joined_headers
from register.intake.mailboxes import mailbox_rows
from register.intake.sheet import ListSheet
from register.sources.card_text import HEADERS, read_card_text
from register.sources.cards import read_vcards
from register.sources.decoding import decode_text
from register.sources.delimited import BLANKS, read_delimited
from register.sources.formats import kind_of_bytes, kind_of_text, refuse
from register.sources.free_text import HEADERS as HEADERS_OF_TEXT
from register.sources.free_text import MOST_FREE_LINES, read_free_text
from register.sources.html_tables import page_in_message, read_tables
from register.sources.ldif import read_ldif
from register.sources.limits import (
    LONGEST_LIST_CELL,
    MOST_LIST_BYTES,
    check_size,
    clean_text,
    too_large,
)
from register.sources.marked_rows import with_marks
from register.sources.spreadsheet import (
    SpreadsheetList,
    chosen_list,
    first_few,
    read_spreadsheet,
)
from register.values.encoding import unread
from register.values.mojibake import mend_mojibake
from register.words.sentences import Sentences

STANDARD_INPUT = Path("-")
_SEPARATOR_NAMES = {"\t": "tab", BLANKS: "blanks"}
_UNREAD = "Row {number} has letters that cannot be read; it was left out."
_TOO_LONG = (
    "Row {number} has a cell of more than {most} characters; it was left out. Is a quotation mark "
    "missing there?"
)
_VALUELESS = (
    "{count} rows have formulas without a stored value and were left out: {cells}. Open the list "
    "in LibreOffice or Excel, save it, and import it again."
)
_SAMPLES, _SAMPLE = 3, 40


def read_file(path: Path, tab: str = "", language: Language = "fi") -> ListSheet:
    """Read a list from a file, or from standard input (``-``); what kind it is, its content says.

    ``tab`` is the one of a workbook to read, by default the fullest. ``language`` is that of the
    columns that are told of its cells' looks. Raises UsageError where the file is missing, empty,
    too large, or no list, or has no such tab.
    """
    if path == STANDARD_INPUT:
        say = Sentences(language)
        return read_list(_pasted(), say("pasted list"), tab, language)
    return read_list(_bytes(path), path.name, tab, language)


def read_form(path: Path, language: Language = "fi") -> list[tuple[str, ...]]:
    """Read the rows that a web form has written, its headers first; none before the first answer.

    Raises UsageError where the file is missing, too large, or no list.
    """
    if len(_bytes(path).strip().splitlines()) < 2:
        return []
    sheet = read_file(path, language=language)
    return [sheet.headers, *sheet.rows]


def read_card(path: Path) -> ListSheet:
    """Read the text of one business card, or a vCard.

    Raises UsageError where the file is missing, too large, or nothing on it can be understood.
    """
    data = _bytes(path)
    kind = kind_of_bytes(data)
    refuse(kind, data, path.name)
    text, encoding = decode_text(data, path.name)
    if kind or kind_of_text(text) == "vcard":
        return read_list(data, path.name)
    lines = list(enumerate(text.splitlines(), start=1))
    aside = tuple((_UNREAD, {"number": number}) for number, line in lines if unread(line))
    row, understood = read_card_text(
        mend_mojibake("\n".join(line for _, line in lines if not unread(line)))[0]
    )
    if not understood:
        raise UsageError(
            "Nothing on the card in {file} is a name, an organisation, a number or an address.",
            remedy="Take the picture again, or write the contact into {tab:inbox} by hand.",
            file=path.name,
        )
    return ListSheet(
        path.name,
        HEADERS,
        (row,),
        1,
        {"kind": "card", "encoding": encoding},
        set_aside=aside,
        left_out=len(aside),
    )


def _pasted() -> bytes:
    """Return what comes in by standard input (UsageError where it is too much)."""
    data = sys.stdin.buffer.read(MOST_LIST_BYTES + 1)
    if len(data) > MOST_LIST_BYTES:
        raise too_large("-")
    return data


def _bytes(path: Path) -> bytes:
    """Return a file's bytes (UsageError where it is missing, too large, or cannot be read)."""
    try:
        if path.is_file() and path.stat().st_size > MOST_LIST_BYTES:
            raise too_large(path.name)
        data = read_bounded(path, MOST_LIST_BYTES)
    except FileNotFoundError as fault:
        raise UsageError(
            "There is no file {file}.", remedy="Check its name and folder.", file=str(path)
        ) from fault
    except OSError as fault:
        raise UsageError(
            "The file {file} cannot be read ({fault}).",
            remedy="Check that it is a file and that you may read it.",
            file=str(path),
            fault=fault.strerror or "",
        ) from fault
    return data


def read_list(data: bytes, name: str, tab: str = "", language: Language = "fi") -> ListSheet:
    """Read a list from a file's bytes; see :func:`read_file`."""
    say = Sentences(language)
    if not data.strip():
        raise _empty(name)
    kind = kind_of_bytes(data)
    refuse(kind, data, name)
    if kind:
        found = read_spreadsheet(data, name, kind, tab)
        what = {"kind": kind, "tab": found.title}
        return _sheet(found, name, what, say)
    text, encoding = decode_text(data, name)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise _empty(name)
    kind = kind_of_text(text)
    what = {"kind": kind or "csv", "encoding": encoding}
    if kind in ("html", "mhtml"):
        tables = read_tables(page_in_message(data) if kind == "mhtml" else text, name)
        if not tables:
            refuse("page", data, name)
        page = chosen_list(tables, tab, name)
        return _sheet(page, name, {**what, "kind": "html"}, say)
    refuse(kind, data, name)
    if kind in ("vcard", "ldif"):
        rows, aside = read_vcards(text, name) if kind == "vcard" else read_ldif(text, name)
        if not any(map(any, rows[1:])) and not aside:
            raise _empty(name)
        check_size(rows, name)
        mended_cells = _mend(rows)
        header, body = tuple(rows[0]), tuple(tuple(row) for row in rows[1:])
        left_out = sum("number" in values for _, values in aside)
        return ListSheet(name, header, body, 1, what, mended_cells, tuple(aside), left_out)
    if mailboxes := mailbox_rows(text):
        headers = ["Nimi", "Sähköposti"]
        return _sheet(SpreadsheetList([headers, *mailboxes]), name, {**what, "kind": "text"}, say)
    if letter := _letter(text, name, what):
        return letter
    rows, separator = read_delimited(text, name)
    shown = _SEPARATOR_NAMES.get(separator, f"“{separator}”")
    return _sheet(SpreadsheetList(rows), name, {**what, "separator": shown}, say)


def _letter(text: str, name: str, what: dict[str, str]) -> ListSheet | None:
    """Read a letter or a pasted page, whose lines are no rows; None where they are."""
    lines = [[line] for line in text.splitlines()]
    if len(lines) > MOST_FREE_LINES:
        return None
    aside = _set_aside(lines)
    mended = _mend(lines)
    found = read_free_text([clean_text(line[0]) if line else "" for line in lines])
    if found is None:
        return None
    return ListSheet(
        name,
        HEADERS_OF_TEXT,
        tuple(_wide(row, len(HEADERS_OF_TEXT)) for row in found.rows),
        1,
        {**what, "kind": "text"},
        (*mended, *found.notes),
        tuple(aside),
        len(aside),
    )


def read_rows(rows: Sequence[Sequence[str]], name: str, language: Language = "fi") -> ListSheet:
    """Read a list from the rows of a tab; see :func:`read_file`."""
    texts = [[clean_text(cell) for cell in row] for row in rows]
    return _sheet(SpreadsheetList(texts, name), name, {"kind": "tab"}, Sentences(language))


def _sheet(found: SpreadsheetList, name: str, what: dict[str, str], say: Sentences) -> ListSheet:
    """Find the header, make all rows equally wide, leave out blank rows at the end.

    Rows below the header with cells without a value are set aside: what they say of a person, a
    refusal among it, is not known.
    """
    rows = found.rows
    aside = _set_aside(rows)
    notes = [*found.notes, *_mend(rows)]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise _empty(name)
    check_size(rows, name)
    at = top = header_row(rows)
    headers: list[str] = []
    if at is not None:
        headers, top, at = joined_headers(rows, at)
    above = [cell for row in rows[:top] for cell in row if cell] if top else []
    if at is None:
        notes.append(("The list has no headers; its columns are called A, B, C …", {}))
    left_out = len(aside)
    if unknown := _set_aside_valueless(rows, 0 if at is None else at + 1, found.valueless):
        aside.append((_VALUELESS, {"count": len(unknown), "cells": first_few(unknown)}))
    body = rows if at is None else rows[at + 1 :]
    if aside and not any(map(any, body)):
        (msgid, values), *others = aside
        remedy = "Check that it is the right file."
        raise UsageError(msgid, remedy=remedy, faults=others, **values)
    first = 1 if at is None else at + 2
    drawn = undraw(headers, body, first, above[-1] if above else "")
    headers, body = drawn.headers, drawn.rows
    if drawn.is_titled:
        above.pop()
    if above:
        notes.append(("Above the headers, left out: {cells}.", {"cells": above}))
    notes += drawn.notes
    marked = with_marks(headers, body, first, found.marks, rows[:top], say)
    headers, body = marked.headers, marked.rows
    notes += marked.notes
    if not any(map(any, body)):
        raise UsageError(
            "{file} has headers and no rows.", remedy="Check that it is the right file.", file=name
        )
    width = max((_width(row) for row in (headers, *body)), default=0)
    return ListSheet(
        name=name,
        headers=_wide(headers, width),
        rows=tuple(_wide(row, width) for row in body),
        first_row_number=first,
        what=what,
        notes=tuple(notes),
        set_aside=tuple(aside),
        left_out=left_out + len(unknown),
    )


def _set_aside(rows: list[list[str]]) -> list[Phrase]:
    """Empty the rows that cannot be taken in whole; return what is said of each."""
    aside: list[Phrase] = []
    for at, row in enumerate(rows):
        if any(map(unread, row)):
            aside.append((_UNREAD, {"number": at + 1}))
        elif any(len(cell) > LONGEST_LIST_CELL for cell in row):
            aside.append((_TOO_LONG, {"number": at + 1, "most": LONGEST_LIST_CELL}))
        else:
            continue
        rows[at] = []
    return aside


def _set_aside_valueless(
    rows: list[list[str]], first: int, valueless: Mapping[int, Sequence[str]]
) -> list[str]:
    """Empty the rows from ``first`` on that have such cells; return row by row what they are."""
    found: list[str] = []
    for number, cells in sorted(valueless.items()):
        if number > first:
            rows[number - 1 : number] = [[]] if number <= len(rows) else []
            found.append(" + ".join(first_few(cells)))
    return found


def _mend(rows: list[list[str]]) -> tuple[Phrase, ...]:
    """Mend what was decoded wrongly before it came here, where that is certain; say so."""
    samples: list[str] = []
    count = 0
    for row in rows:
        for at, cell in enumerate(row):
            if cell.isascii() and "=C3=" not in cell and "&" not in cell:
                continue
            text, certain = mend_mojibake(cell)
            if certain and text != cell:
                row[at] = text
                count += 1
                if len(samples) < _SAMPLES:
                    samples.append(mask_identity_codes(f"{cell[:_SAMPLE]} → {text[:_SAMPLE]}"))
    if not count:
        return ()
    return (
        ("{count} cells had been decoded wrongly and were mended: {samples}.",
         {"count": count, "samples": samples}),
    )  # fmt: skip


def _width(row: Sequence[str]) -> int:
    """Return how many cells a row has up to its last filled one."""
    return max((n for n, cell in enumerate(row, start=1) if cell), default=0)


def _wide(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))


def _empty(name: str) -> UsageError:
    return UsageError("{file} is empty.", remedy="Check that it is the right file.", file=name)

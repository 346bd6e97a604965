"""Somebody's list, in whatever file it came: CSV, .xlsx or vCard, as a Sheet of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from register.disk import read_bounded
from register.errors import UsageError
from register.fields.encoding import unread
from register.fields.henkilotunnus import mask
from register.fields.mojibake import mended
from register.intake.header_row import header_row
from register.intake.sheet import Note, Sheet
from register.sources.card_text import HEADERS, card_text
from register.sources.cards import cards
from register.sources.decoding import decoded
from register.sources.delimited import delimited
from register.sources.limits import LONGEST_CELL, MOST_BYTES, check_size, too_large
from register.sources.spreadsheet import spreadsheet

_VCARD = re.compile(r"\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_SEPARATOR_NAMES = {"\t": "tab"}
_UNREAD = "Row {number} has letters that cannot be read; it was left out."
_TOO_LONG = (
    "Row {number} has a cell of more than {most} characters; it was left out. Is a quotation mark "
    "missing there?"
)
_SAMPLES, _SAMPLE = 3, 40


def read_file(path: Path) -> Sheet:
    """Read a list from a file; what kind it is, its content says.

    Raises UsageError where the file is missing, empty, too large, or no list.
    """
    return read_list(_bytes(path), path.name)


def read_card(path: Path) -> Sheet:
    """Read the text of one business card, or a vCard.

    Raises UsageError where the file is missing, too large, or nothing on it can be understood.
    """
    data = _bytes(path)
    text, encoding = decoded(data, path.name)
    if _VCARD.match(text):
        return read_list(data, path.name)
    lines = list(enumerate(text.splitlines(), start=1))
    aside = tuple((_UNREAD, {"number": number}) for number, line in lines if unread(line))
    row, understood = card_text(mended("\n".join(line for _, line in lines if not unread(line)))[0])
    if not understood:
        raise UsageError(
            "Nothing on the card in {file} is a name, an organisation, a number or an address.",
            remedy="Take the picture again, or write the contact into Saapuneet by hand.",
            file=path.name,
        )
    return Sheet(
        path.name, HEADERS, (row,), 1, {"kind": "card", "encoding": encoding}, set_aside=aside
    )


def _bytes(path: Path) -> bytes:
    """Return a file's bytes (UsageError where it is missing, too large, or cannot be read)."""
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise too_large(path.name)
        data = read_bounded(path, MOST_BYTES)
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


def read_list(data: bytes, name: str) -> Sheet:
    """Read a list from a file's bytes; see :func:`read_file`."""
    if not data.strip():
        raise _empty(name)
    if data.startswith(b"PK"):
        rows, title, others = spreadsheet(data, name)
        notes: list[Note] = []
        if others:
            notes.append(
                ("Only the tab “{tab}” was read; left out: {others}.",
                 {"tab": title, "others": others})
            )  # fmt: skip
        return _sheet(name, rows, {"kind": "xlsx", "tab": title}, notes)
    text, encoding = decoded(data, name)
    if _VCARD.match(text):
        rows, aside = cards(text, name)
        if not any(map(any, rows[1:])) and not aside:
            raise _empty(name)
        check_size(rows, name)
        what = {"kind": "vcard", "encoding": encoding}
        mended_cells = _mend(rows)
        header, body = tuple(rows[0]), tuple(tuple(row) for row in rows[1:])
        return Sheet(name, header, body, 1, what, mended_cells, tuple(aside))
    rows, separator = delimited(text, name)
    shown = _SEPARATOR_NAMES.get(separator, f"“{separator}”")
    return _sheet(name, rows, {"kind": "csv", "encoding": encoding, "separator": shown}, [])


def _sheet(name: str, rows: list[list[str]], what: dict[str, str], notes: list[Note]) -> Sheet:
    """Find the header, make all rows equally wide, leave out blank rows at the end."""
    aside = _set_aside(rows)
    notes = [*notes, *_mend(rows)]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise _empty(name)
    check_size(rows, name)
    at = header_row(rows)
    above = [cell for row in rows[:at] for cell in row if cell] if at else []
    if above:
        notes.append(("Above the headers, left out: {cells}.", {"cells": above}))
    if at is None:
        notes.append(("The list has no headers; its columns are called A, B, C …", {}))
    headers, body = (rows[at], rows[at + 1 :]) if at is not None else ([], rows)
    if aside and not any(map(any, body)):
        msgid, values = aside[0]
        number, most = values["number"], LONGEST_CELL
        remedy = "Check that it is the right file."
        raise UsageError(msgid, remedy=remedy, faults=aside[1:], number=number, most=most)
    if not any(map(any, body)):
        raise UsageError(
            "{file} has headers and no rows.", remedy="Check that it is the right file.", file=name
        )
    first = 1 if at is None else at + 2
    width = max((_width(row) for row in (headers, *body)), default=0)
    return Sheet(
        name=name,
        headers=_wide(headers, width),
        rows=tuple(_wide(row, width) for row in body),
        first_row_number=first,
        what=what,
        notes=tuple(notes),
        set_aside=tuple(aside),
    )


def _set_aside(rows: list[list[str]]) -> list[Note]:
    """Empty the rows that cannot be taken in whole; return what is said of each."""
    aside: list[Note] = []
    for at, row in enumerate(rows):
        if any(map(unread, row)):
            aside.append((_UNREAD, {"number": at + 1}))
        elif any(len(cell) > LONGEST_CELL for cell in row):
            aside.append((_TOO_LONG, {"number": at + 1, "most": LONGEST_CELL}))
        else:
            continue
        rows[at] = []
    return aside


def _mend(rows: list[list[str]]) -> tuple[Note, ...]:
    """Mend what was decoded wrongly before it came here, where that is certain; say so."""
    samples: list[str] = []
    count = 0
    for row in rows:
        for at, cell in enumerate(row):
            if cell.isascii() and "=C3=" not in cell and "&" not in cell:
                continue
            text, certain = mended(cell)
            if certain and text != cell:
                row[at] = text
                count += 1
                if len(samples) < _SAMPLES:
                    samples.append(mask(f"{cell[:_SAMPLE]} → {text[:_SAMPLE]}"))
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

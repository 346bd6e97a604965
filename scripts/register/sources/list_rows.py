"""Turn the rows of a table into a ListSheet: its headers are found, its marks become columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.intake.cell_looks import share_of_organisation_names
from register.intake.coded_cells import write_out_codes
from register.intake.dittos import fill_dittos
from register.intake.drawn import blank_drawn_rows
from register.intake.footnotes import join_footnotes
from register.intake.header_names import EITHER, header_meaning
from register.intake.header_row import header_row, joined_headers
from register.intake.marked_posts import join_marked_posts
from register.intake.number_owners import pair_numbers_with_owners
from register.intake.offices import read_holder
from register.intake.program_accounts import blank_program_accounts
from register.intake.refused_sections import join_refused_sections
from register.intake.sheet import ListSheet
from register.intake.split_numbers import join_split_numbers
from register.intake.text_line import has_contact_details, organisation_in
from register.sources.forms import forms_as_list
from register.sources.key_values import widened
from register.sources.limits import LONGEST_LIST_CELL, check_size
from register.sources.links import without_page_links
from register.sources.marked_rows import MarkedRows, append_column, with_marks
from register.sources.marks import SheetMarks
from register.sources.school_headers import guardians_as_contacts
from register.sources.several_tables import as_one_table, first_header
from register.sources.spreadsheet import SpreadsheetList
from register.sources.survey_headers import plain_headers
from register.sources.text_beside_table import read_text_beside_table
from register.values.encoding import has_undecoded_bytes
from register.values.mojibake import mend_mojibake
from register.words.display import first_few
from register.words.sentences import Sentences

_NAMES = ("name", "first", "last", EITHER)
_FEW = 0.2

UNREAD = "Row {number} has letters that cannot be read; it was left out."
_TOO_LONG = (
    "Row {number} has a cell of more than {most} characters; it was left out. Is a quotation mark "
    "missing there?"
)
_VALUELESS = (
    "{count} rows have formulas without a stored value and were left out: {cells}. Open the list "
    "in LibreOffice or Excel, save it, and import it again."
)


def titled_organisation(
    headers: Sequence[str], rows: Sequence[Sequence[str]], above: Sequence[str]
) -> str:
    """Return the one organisation in the lines above a list of its people, else ''.

    '' if the lines name none or several, or if the list has no column of posts, or has
    organisations of its own.
    """
    meanings = [header_meaning(header)[0] for header in headers]
    if "org" in meanings or "role" not in meanings or any(map(_is_post, headers)):
        return ""
    for n, meaning in enumerate(meanings):
        cells = [row[n] for row in rows if n < len(row) and row[n]]
        if meaning in _NAMES and share_of_organisation_names(cells) > _FEW:
            return ""
    orgs = {fold_header(org): org for org in map(organisation_in, above) if org}
    named = not set(_NAMES).isdisjoint(meanings)
    return next(iter(orgs.values())) if named and len(orgs) == 1 else ""


def _is_post(header: str) -> bool:
    held = read_holder(header)
    return bool(held and held.role and header_meaning(header)[0] != "role")


_SAMPLES, _SAMPLE = 3, 40


@dataclass(slots=True)
class _Table:
    """A table taken apart: its headers, the rows below them and the texts around them.

    ``first`` is the number of the first row in the file. ``above`` are the texts above the headers,
    ``over`` the rows above them.
    """

    headers: list[str]
    body: list[list[str]]
    first: int
    marks: SheetMarks
    above: list[str] = field(default_factory=list)
    over: list[list[str]] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)


def list_sheet(
    found: SpreadsheetList, name: str, what: Mapping[str, str], say: Sentences
) -> ListSheet:
    """Find the headers, make all rows equally wide, and drop blank rows at the end.

    Rows below the header with formulas without a stored value are set aside: they might hold a
    refusal of letters. Raises UsageError if there are no rows, or too many.
    """
    rows = [[without_page_links(cell) for cell in row] for row in widened(found.rows)]
    aside = empty_unusable_rows(rows)
    notes = [*found.notes, *mend_rows(rows)]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise empty_list(name)
    check_size(rows, name)
    left_out = len(aside)
    first = first_header(rows)
    if unknown := _set_aside_valueless(rows, 0 if first is None else first + 1, found.valueless):
        aside.append((_VALUELESS, {"count": len(unknown), "cells": first_few(unknown)}))
        left_out += len(unknown)
    table = _told_apart(rows, found)
    if aside and not any(map(any, table.body)):
        (msgid, values), *others = aside
        remedy = "Check that it is the right file."
        raise UsageError(msgid, remedy=remedy, faults=others, **values)
    notes += table.notes
    headers, body = _undrawn(table, found.beside, notes, say)
    if not any(map(any, body)):
        raise UsageError(
            "{file} has headers and no rows.", remedy="Check that it is the right file.", file=name
        )
    width = max((_width(row) for row in (headers, *body)), default=0)
    return ListSheet(
        name=name,
        headers=pad_row(headers, width),
        rows=tuple(pad_row(row, width) for row in body),
        first_row_number=table.first,
        what=what,
        notes=tuple(notes),
        set_aside=tuple(aside),
        left_out=left_out,
        further=found.further,
    )


def _told_apart(rows: list[list[str]], found: SpreadsheetList) -> _Table:
    """Return a table with its headers found, or the forms of a sheet as a table."""
    if forms := forms_as_list(rows):
        marks = found.marks.moved(forms.moved)
        table = _Table(forms.headers, forms.rows, 1, marks, forms.beside)
        table.notes = [("The list holds forms: each became a row, each label a column.", {})]
        return table
    one = as_one_table(rows)
    marks, rows = (found.marks.moved(one.moved) if one.moved else found.marks), one.rows
    at = header_row(rows) if one.top is None else one.top
    if at is None:
        table = _Table([], rows, 1, marks)
        table.notes = [("The list has no headers; its columns are called A, B, C …", {})]
        return table
    headers, top, at = joined_headers(rows, at)
    above = [cell for row in rows[:top] for cell in row if cell]
    return _Table(headers, rows[at + 1 :], at + 2, marks, above, rows[:top], one.notes)


def _undrawn(
    table: _Table, beside: Sequence[str], notes: list[Phrase], say: Sentences
) -> tuple[list[str], list[list[str]]]:
    """Return the headers and rows without drawn rows, with columns made of marks and titles."""
    above = table.above
    below = join_footnotes(table.headers, table.body)
    titles = [cell for number, row in enumerate(table.over, start=1)
              for column, cell in enumerate(row, start=1)
              if cell and (number, column) not in table.marks.fills]  # fmt: skip
    painted = {number for number, _ in table.marks.fills}
    notes += join_refused_sections(table.headers, table.body, table.first, titles, painted)
    drawn = blank_drawn_rows(table.headers, table.body, table.first, above[-1] if above else "")
    if drawn.is_titled:
        above = above[:-1]
    headers, rows = guardians_as_contacts(plain_headers(drawn.headers, drawn.rows)), drawn.rows
    notes += blank_program_accounts(headers, rows)
    if dittos := fill_dittos(headers, rows):
        notes.append(
            ("{count} cells say “same as above”: they were filled from above.", {"count": dittos})
        )
    for mend in (join_split_numbers, pair_numbers_with_owners, write_out_codes, join_marked_posts):
        mend(headers, rows)
    if org := titled_organisation(headers, rows, above):
        above = [cell for cell in above if organisation_in(cell) != org]
        notes.append(("The title names {org}: all rows are taken for its people.", {"org": org}))
    notes += drawn.notes
    marked = with_marks(headers, rows, table.first, table.marks, table.over, say)
    notes += marked.notes
    if org:
        append_column(marked, "Yhdistys", {at: org for at, row in enumerate(rows) if any(row)})
    left_above = _take_in([*above, *drawn.beside], marked, notes)
    if below:
        notes.append(("Footnotes of columns, left out: {lines}.", {"lines": below}))
    left = [line for line in _take_in(beside, marked, notes) if has_contact_details(line)]
    if left_above:
        notes.append(("Above the headers, left out: {cells}.", {"cells": left_above}))
    if left:
        notes.append(("Beside the tables, left out: {cells}.", {"cells": left}))
    return marked.headers, marked.rows


def _take_in(lines: Sequence[str], to: MarkedRows, notes: list[Phrase]) -> list[str]:
    """Add a row for each person in the lines around a table; return the lines that are left."""
    told = read_text_beside_table(to.headers, to.rows, lines)
    to.headers = told.headers
    to.rows += told.rows
    if told.rows:
        notes.append(
            ("{count} people are named in the text beside the table: they became rows.",
             {"count": len(told.rows)})
        )  # fmt: skip
    return told.left


def empty_unusable_rows(rows: list[list[str]]) -> list[Phrase]:
    """Empty the rows that cannot be read whole; return a sentence about each."""
    aside: list[Phrase] = []
    for at, row in enumerate(rows):
        if any(map(has_undecoded_bytes, row)):
            aside.append((UNREAD, {"number": at + 1}))
        elif any(len(cell) > LONGEST_LIST_CELL for cell in row):
            aside.append((_TOO_LONG, {"number": at + 1, "most": LONGEST_LIST_CELL}))
        else:
            continue
        rows[at] = []
    return aside


def _set_aside_valueless(
    rows: list[list[str]], first: int, valueless: Mapping[int, Sequence[str]]
) -> list[str]:
    """Empty the rows after row ``first`` that have valueless formulas; return these by row."""
    found: list[str] = []
    for number, cells in sorted(valueless.items()):
        if number > first:
            rows[number - 1 : number] = [[]] if number <= len(rows) else []
            found.append(" + ".join(first_few(cells)))
    return found


def mend_rows(rows: list[list[str]]) -> tuple[Phrase, ...]:
    """Repair cells that were decoded wrongly before, where that is certain; return a note or ()."""
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
    """Return the number of cells of a row up to its last filled one."""
    return max((n for n, cell in enumerate(row, start=1) if cell), default=0)


def pad_row(row: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a row cut or padded to a number of cells."""
    return (*row[:width], *[""] * (width - len(row)))


def empty_list(name: str) -> UsageError:
    """Return the error for a file with nothing in it."""
    return UsageError("{file} is empty.", remedy="Check that it is the right file.", file=name)

"""Read a list from a file of any kind, as a ListSheet of texts."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from register.book.errors import UsageError
from register.book.phrase import Phrase
from register.book.schema import Language
from register.disk import read_limited
from register.intake.free_text import read_free_text
from register.intake.group_line import members_of_line
from register.intake.mailboxes import mailboxes_in
from register.intake.refused_sections import refuses_below
from register.intake.sheet import ListSheet
from register.intake.text_rows import TEXT_HEADERS as HEADERS_OF_TEXT
from register.sources.card_text import CARD_HEADERS, read_card_text
from register.sources.cards import read_vcards
from register.sources.decoding import decode_text
from register.sources.delimited import BLANKS, read_delimited
from register.sources.formats import kind_of_bytes, kind_of_text, only_list, refuse_format
from register.sources.forms import labelled_rows
from register.sources.free_lines import MOST_FREE_LINES, is_free_text
from register.sources.html_tables import attached_files, page_in_message, read_tables, sender_of
from register.sources.json_records import read_records
from register.sources.ldif import read_ldif
from register.sources.limits import (
    MOST_LIST_BYTES,
    check_size,
    clean_text,
    too_large,
)
from register.sources.list_rows import (
    UNREAD,
    empty_list,
    empty_unusable_rows,
    list_sheet,
    mend_rows,
    pad_row,
)
from register.sources.pdf_document import read_pdf
from register.sources.rich_text import rich_text
from register.sources.spreadsheet import (
    ONLY_ONE_TAB,
    SpreadsheetList,
    chosen_list,
    read_spreadsheet,
)
from register.sources.word_document import read_document
from register.values.encoding import has_undecoded_bytes
from register.values.mojibake import mend_mojibake
from register.words.sentences import Sentences

STANDARD_INPUT = Path("-")
_DECORATION = (".png", ".jpg", ".jpeg", ".gif", ".p7s", ".asc", ".ics", ".htm", ".html")
"""Files that mail programs attach by themselves."""

_NO_LISTS = "Left out, being no lists of contacts, or former ones: {tabs}."
_SEPARATOR_NAMES = {"\t": "tab", BLANKS: "blanks"}


def read_file(path: Path, tab: str = "", language: Language = "fi") -> ListSheet:
    """Read a list from a file, or from standard input ("-"); its content decides what kind it is.

    ``tab`` names the tab of a workbook, '' for the fullest. ``language`` is that of the columns
    that are made of colours and comments. Raises UsageError if the file is missing, empty, too
    large or not a list, or has no such tab.
    """
    if path == STANDARD_INPUT:
        say = Sentences(language)
        return read_list(_pasted(), say("pasted list"), tab, language)
    return read_list(_bytes(path), path.name, tab, language)


def read_lists(path: Path, tab: str = "", language: Language = "fi") -> list[ListSheet]:
    """Read a list from a file, and the other tabs of a workbook that are lists of their own.

    See :func:`read_file`; a given ``tab`` is read alone.
    """
    if path == STANDARD_INPUT:
        return [read_file(path, tab, language)]
    return lists_of(_bytes(path), path.name, tab, language)


def lists_of(data: bytes, name: str, tab: str = "", language: Language = "fi") -> list[ListSheet]:
    """Read the lists in a file's bytes; see :func:`read_lists`."""
    first = read_list(data, name, tab, language)
    if not first.further:
        return [first]
    others = []
    for title in first.further:
        one = read_list(data, name, title, language)
        one = replace(one, name=f"{name} ({title})", notes=_without_tabs(one.notes, ()))
        others.append(one.with_column("Kielto", title) if refuses_below(title) else one)
    told: Phrase = ("Further tabs are lists of their own, and were read too: {tabs}.",
                    {"tabs": list(first.further)})  # fmt: skip
    notes = (told, *_without_tabs(first.notes, first.further))
    return [replace(first, notes=notes), *others]


def _without_tabs(notes: Sequence[Phrase], read: Sequence[str]) -> tuple[Phrase, ...]:
    """Return the notes without tabs of ``read`` among those left out, without any if it is ()."""
    kept: list[Phrase] = []
    for msgid, values in notes:
        if msgid == ONLY_ONE_TAB:
            others = values["others"]
            left = [one for one in others if one not in read] if isinstance(others, list) else []
            kept += [(_NO_LISTS, {"tabs": left})] if read and left else []
        else:
            kept.append((msgid, values))
    return tuple(kept)


def read_form(path: Path, language: Language = "fi") -> list[tuple[str, ...]]:
    """Return the rows that a web form has written, headers first; [] before the first answer.

    Raises UsageError if the file is missing, too large or not a list.
    """
    if len(_bytes(path).strip().splitlines()) < 2:
        return []
    sheet = read_file(path, language=language)
    return [sheet.headers, *sheet.rows]


def read_card(path: Path) -> ListSheet:
    """Read the text of one business card, or a vCard.

    Raises UsageError if the file is missing or too large, or if nothing on it is understood.
    """
    data = _bytes(path)
    kind = kind_of_bytes(data)
    refuse_format(kind, data, path.name)
    text, encoding = decode_text(data, path.name)
    if kind or kind_of_text(text) == "vcard":
        return read_list(data, path.name)
    lines = list(enumerate(text.splitlines(), start=1))
    aside = tuple(
        (UNREAD, {"number": number}) for number, line in lines if has_undecoded_bytes(line)
    )
    row, understood = read_card_text(
        mend_mojibake("\n".join(line for _, line in lines if not has_undecoded_bytes(line)))[0]
    )
    if not understood:
        raise UsageError(
            "Nothing on the card in {file} is a name, an organisation, a number or an address.",
            remedy="Take the picture again, or write the contact into {tab:inbox} by hand.",
            file=path.name,
        )
    return ListSheet(
        path.name,
        CARD_HEADERS,
        (row,),
        1,
        {"kind": "card", "encoding": encoding},
        set_aside=aside,
        left_out=len(aside),
    )


def _pasted() -> bytes:
    """Return the bytes of standard input; raises UsageError if there are too many."""
    data = sys.stdin.buffer.read(MOST_LIST_BYTES + 1)
    if len(data) > MOST_LIST_BYTES:
        raise too_large("-")
    return data


def _bytes(path: Path) -> bytes:
    """Return a file's bytes; raises UsageError if it is missing, too large or unreadable."""
    try:
        if path.is_file() and path.stat().st_size > MOST_LIST_BYTES:
            raise too_large(path.name)
        data = read_limited(path, MOST_LIST_BYTES)
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
        raise empty_list(name)
    kind = kind_of_bytes(data)
    if kind == "archive" and (packed := only_list(data)):
        inside, content = packed
        sheet = read_list(content, inside, tab, language)
        note: Phrase = ("The list is the file {file} in the archive.", {"file": inside})
        return replace(sheet, name=name, notes=(note, *sheet.notes))
    refuse_format(kind, data, name)
    if kind in ("docx", "odt", "pdf"):
        return _document(data, name, kind, say)
    if kind and kind != "rtf":
        found = read_spreadsheet(data, name, kind, tab)
        what = {"kind": kind, "tab": found.title}
        return list_sheet(found, name, what, say)
    text, encoding = (rich_text(data), "") if kind else decode_text(data, name)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise empty_list(name)
    kind = kind_of_text(text)
    what = {"kind": kind or "csv", **({"encoding": encoding} if encoding else {"kind": "rtf"})}
    if kind == "mhtml" and (carried := _carried(data, name, tab, language)):
        return carried
    if kind in ("html", "mhtml"):
        markup, mail = page_in_message(data) if kind == "mhtml" else (text, "")
        page = read_tables(markup, name)
        if not page.tables:
            what["kind"] = "html"
            text = "\n".join(page.lines) or mail
            sender = sender_of(data) if kind == "mhtml" else ""
            if sender and sender.partition(" <")[0].casefold() in text.casefold():
                text = f"From: {sender}\n\n{text}"
            if told := _told(text, name, what, say):
                return told
            refuse_format("page", data, name)
        chosen = chosen_list(page.tables, tab, name)
        chosen = replace(chosen, beside=page.lines)
        return list_sheet(chosen, name, {**what, "kind": "html"}, say)
    if kind == "json" and (records := read_records(text, name)):
        return list_sheet(SpreadsheetList(records), name, what, say)
    refuse_format(kind, data, name)
    if kind in ("vcard", "ldif"):
        rows, aside = read_vcards(text, name) if kind == "vcard" else read_ldif(text, name)
        if not any(map(any, rows[1:])) and not aside:
            raise empty_list(name)
        check_size(rows, name)
        mended_cells = mend_rows(rows)
        header, body = tuple(rows[0]), tuple(tuple(row) for row in rows[1:])
        left_out = sum("number" in values for _, values in aside)
        return ListSheet(name, header, body, 1, what, mended_cells, tuple(aside), left_out)
    if told := _told(text, name, what, say):
        return told
    rows, separator = read_delimited(text, name)
    shown = _SEPARATOR_NAMES.get(separator, f"“{separator}”")
    return list_sheet(SpreadsheetList(rows), name, {**what, "separator": shown}, say)


def _document(data: bytes, name: str, kind: str, say: Sentences) -> ListSheet:
    """Read a text document or a PDF: as free text if it has no tables, else as one sheet."""
    found = read_pdf(data, name) if kind == "pdf" else read_document(data, name, kind)
    what = {"kind": kind}
    lines, struck = found.lines()
    notes = list[Phrase]()
    if kind == "pdf" and not found.tables:
        notes.append(
            ("A PDF only shows where words stand: its rows and columns were taken from that. Look "
             "them over.", {})
        )  # fmt: skip
    text = "" if found.tables else "\n".join(lines)
    told = _told(text, name, what, say) if text else None
    if not told and text and all(len(row) < 2 for row in found.rows):
        rows, _ = read_delimited(text, name)
        told = list_sheet(SpreadsheetList(rows), name, what, say)
    if told:
        if struck:
            notes.append(("Struck through, left out: {cells}.", {"cells": struck}))
        return replace(told, notes=(*told.notes, *notes))
    sheet = SpreadsheetList(found.rows, "", tuple(notes), {}, found.marks, found.beside)
    return list_sheet(sheet, name, what, say)


def _carried(data: bytes, name: str, tab: str, language: Language) -> ListSheet | None:
    """Return the first list attached to a mail, None if no attachment can be read.

    Raises UsageError if no attachment can be read and the mail has no page of its own.
    """
    faults: list[UsageError] = []
    files = [one for one in attached_files(data) if not one[0].casefold().endswith(_DECORATION)]
    for at, (file, content) in enumerate(files):
        try:
            sheet = read_list(content, file, tab, language)
        except UsageError as fault:
            faults.append(fault)
            continue
        others = [other for other, _ in (*files[:at], *files[at + 1 :])]
        notes: list[Phrase] = [
            ("The list is the file {file} that the mail carries.", {"file": file})
        ]
        if others:
            notes.append(("The mail carries other files, which were left out: {files}.",
                          {"files": others}))  # fmt: skip
        return replace(sheet, name=name, notes=(*notes, *sheet.notes))
    if faults and not page_in_message(data)[0]:
        raise faults[0]
    return None


def _told(text: str, name: str, what: dict[str, str], say: Sentences) -> ListSheet | None:
    """Read a text that is not a table: mailboxes, forms or a letter; None if it is a table."""
    rows = labelled_rows(text)
    if mailboxes := mailboxes_in(text):
        rows = [*mailboxes.beside, ["Nimi", "Sähköposti"], *mailboxes.entries]
    if members := members_of_line(text):
        rows = [["Nimi", "Puhelin"], *members]
    if rows:
        return list_sheet(SpreadsheetList(rows), name, {**what, "kind": "text"}, say)
    return _letter(text, name, what)


def _letter(text: str, name: str, what: dict[str, str]) -> ListSheet | None:
    """Read a letter or a pasted page; None if the lines are those of a table."""
    lines = [[line] for line in text.splitlines()]
    if len(lines) > MOST_FREE_LINES:
        return None
    aside = empty_unusable_rows(lines)
    mended = mend_rows(lines)
    plain = [clean_text(line[0]) if line else "" for line in lines]
    if not is_free_text([line[0] if line else "" for line in lines]):
        return None
    found = read_free_text(plain)
    return ListSheet(
        name,
        HEADERS_OF_TEXT,
        tuple(pad_row(row, len(HEADERS_OF_TEXT)) for row in found.rows),
        1,
        {**what, "kind": "text"},
        (*mended, *found.notes),
        tuple(aside),
        len(aside),
    )


def read_rows(rows: Sequence[Sequence[str]], name: str, language: Language = "fi") -> ListSheet:
    """Read a list from the rows of a tab; see :func:`read_file`."""
    texts = [[clean_text(cell) for cell in row] for row in rows]
    return list_sheet(SpreadsheetList(texts, name), name, {"kind": "tab"}, Sentences(language))

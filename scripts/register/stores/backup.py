"""A register as the bytes of a workbook: the file itself, or a copy of a Google Sheet."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from register.book.cells import cell_text
from register.book.headers import EXTRA
from register.book.table import Book
from register.stores.workbook import Workbook

if TYPE_CHECKING:
    from register.stores.google import GoogleSheet


def backup_of(store: Workbook | GoogleSheet) -> bytes:
    """Return a store's register as a workbook; b'' if there is nothing to back up yet.

    For a Google Sheet it holds what the run read last: values and ids as text, no formatting.
    """
    if isinstance(store, Workbook):
        return store.path.read_bytes() if store.path.is_file() else b""
    book = store.book_seen
    return b"" if book is None else workbook_of(book)


def workbook_of(book: Book) -> bytes:
    """Return a plain workbook with the rows of a book, which can be read as a register again."""
    # Loaded here, since only the backup of a Google Sheet needs it.
    import xlsxwriter

    buffer = BytesIO()
    how = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, how) as made:
        for table in book.tables.values():
            sheet = made.add_worksheet(table.tab.titles[book.language])
            known = table.tab.by_key
            for place, key in enumerate(table.columns):
                column = known.get(key)
                header = column.headers[book.language] if column else key.removeprefix(EXTRA)
                sheet.write_string(0, place, header)
                for number, cells in enumerate(table.cells.values(), start=1):
                    if text := cells[place]:
                        sheet.write_string(number, place, cell_text(column, text, book.language))
    return buffer.getvalue()

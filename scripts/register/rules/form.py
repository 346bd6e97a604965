"""A value whose meaning is certain is written in its canonical form.

Spaces, NFC, the domain of an address in lower case, phones as E.164, postal codes and Y-tunnus
with their zeros, dates as dates, a dropdown's own spelling. Nothing here changes what a cell means,
so the default configuration makes these changes without asking.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.readings import FORMS, read_cells
from register.rules.rule import RuleInfo, Setting

CODES = tuple(
    RuleInfo(code, "info", "“{cell}” is written “{suggestion}”.")
    for code in sorted(set(FORMS.values()))
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the cells whose canonical form is another text than theirs."""
    for tab, row_id, column, cell, reading in read_cells(book):
        if not reading.problem and reading.value and reading.value != cell:
            code = FORMS[column.type]
            yield Finding(tab, row_id, column.key, code, "info", cell, reading.value)

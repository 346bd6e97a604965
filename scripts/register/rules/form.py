"""A value whose meaning is certain is written in its canonical form.

Spaces, NFC, the domain of an address in lower case, phones as E.164, postal codes and Y-tunnus
with their zeros, dates as dates, a dropdown's own spelling. Nothing here changes what a cell means,
so the default configuration makes these changes without asking.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.readings import unlike_readings
from register.rules.rule import RuleContext
from register.values.registry import form_codes

_FORM_CODES = form_codes()


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells whose canonical form differs from their text."""
    for tab, row_id, column, cell, reading in unlike_readings(book):
        if not reading.problem:
            code = _FORM_CODES[column.type]
            yield Finding(tab, row_id, column.key, code, cell, reading.value)

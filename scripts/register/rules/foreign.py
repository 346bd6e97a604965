"""Free text holds no bank account, no card number, no password and no date of birth.

Nothing here needs them, and whoever may read the sheet would (GDPR art. 5(1)(c), data minimisation;
IBAN: ISO 13616, cards: ISO/IEC 7812-1). ``[limits] foreign_words`` replaces the words.
"""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from register.book.finding import Finding
from register.book.headers import EXTRA
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import RuleContext, stems_pattern

_COLUMNS = {
    "organisations": ("notes",),
    "people": ("notes", "met_at", "role", "body"),
    "networks": ("notes", "join"),
    "cooperation": ("agreed", "next", "matter"),
    "meetings": ("place", "attending"),
    "invitations": ("notes",),
    "inbox": ("text",),
}
_LONGEST = 5_000
_HIDDEN = "***"
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_CARD = re.compile(r"(?<![\d+])\d{4}([ \-]?)\d{4}\1\d{4}\1\d{4}(?!\d)")


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the free texts with data that a contact register must not hold."""
    words = stems_pattern(setting.foreign_words, r"\w*")
    for key, columns in _COLUMNS.items():
        table = book.table(key)
        own = [name for name in table.columns if name.startswith(EXTRA)]
        for column in (*columns, *own):
            for row_id, cell in live_cells(table, column):
                if len(cell) > 5 and (found := _foreign(cell[:_LONGEST], words)):
                    place = (key, row_id, column)
                    secret = found[-1].isdigit()
                    yield Finding(
                        *(*place, "foreign-data"),
                        cell=cell.replace(found, _HIDDEN) if secret else cell,
                        detail=f"{found[:2]}{_HIDDEN}" if secret else found,
                    )


def _foreign(text: str, words: re.Pattern[str] | None) -> str:
    if words and (found := words.search(text)):
        return found.group()
    for found in _IBAN.finditer(text):
        if iban.is_valid(found.group(), check_country=False):
            return found.group()
    for found in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", found.group())) and found.group()[0] in "3456":
            return found.group()
    return ""

"""A personal identity code is never kept (Finnish Data Protection Act 1050/2018 § 29).

Every cell of every tab that people write is searched. A code whose check character is right is an
error; one whose check character is wrong may be a slip of the pen, which is a warning unless it can
be called. A phone column holds such shapes by chance (some 0.6 % of ``040123-4567``), so there even
a right one is a warning.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.headers import EXTRA
from register.book.personal_identity_code import find_identity_codes, mask_spans
from register.book.table import Book
from register.rules.rule import DATA_TABS, RuleContext
from register.values import phone as phone_field


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells with a personal identity code; it is masked in the finding."""
    for key in DATA_TABS:
        table = book.table(key)
        columns = [
            name
            for name in table.columns
            if name.startswith(EXTRA) or not table.tab.column(name).tool
        ]
        for column in columns:
            phone = not column.startswith(EXTRA) and table.tab.column(column).type == "phone"
            texts = {cell for _, cell in table.column(column)}
            spans = {cell: found for cell in texts if (found := find_identity_codes(cell))}
            for row_id, cell in table.column(column) if spans else ():
                if not (found := spans.get(cell, [])):
                    continue
                certain = any(span.certain for span in found)
                a_phone = all(_is_phone(cell[span.start : span.end]) for span in found)
                if a_phone and not certain:
                    continue
                certain = certain and not phone
                code = "personal-identity-code" if certain else "personal-identity-code-possible"
                shown = mask_spans(cell, found)
                yield Finding(key, row_id, column, code, shown, shown)


def _is_phone(text: str) -> bool:
    """Whether a text that looks like a code is a valid phone number: ``040123-4567``."""
    return text[0] == "0" and bool(phone_field.read(text).value)

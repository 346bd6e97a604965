"""An address stands in the column of addresses and a phone number in that of phones."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.fields import email, phone
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
    RuleInfo(
        "column-shift",
        "warning",
        "“{cell}” is in the wrong column. Does it belong to “{detail}”?",
    ),
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield phones among the addresses and addresses among the phones; the move is proposed.

    A move is only proposed where it overwrites nothing: the other cell is blank, or it holds what
    belongs here.
    """
    for key in ("organisations", "people"):
        headers = book.table(key).tab.column
        for row_id, row in live_rows(book.table(key)):
            address, number = row.get("email", ""), row.get("phone", "")
            into_phone = phone.read(address).value if address else ""
            into_email = email.read(number).value if number else ""
            if into_phone and (into_email or not number):
                yield Finding(
                    *(key, row_id, "email", "column-shift", "warning", address, into_email),
                    detail=headers("phone").headers[book.language],
                    others=(("phone", into_phone), *((("email", ""),) if not into_email else ())),
                )
            elif into_email and not address:
                yield Finding(
                    *(key, row_id, "phone", "column-shift", "warning", number),
                    detail=headers("email").headers[book.language],
                    others=(("email", into_email), ("phone", "")),
                )

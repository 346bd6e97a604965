"""Whoever is to be invited has an address to write to."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.tenure import ended
from register.rules.rule import RuleInfo, Setting, is_blank, live_rows

CODES = (
    RuleInfo(
        "invited-without-address",
        "warning",
        "{row} is to be invited, but there is no e-mail address.",
        why="Whoever is marked to be invited gets no invitation.",
        remedy="Write the address, or set that the person is not invited.",
        example="Kutsutaan: kyllä, Sähköposti: (tyhjä)",
    ),
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the people who are invited, present and without an address."""
    today = setting.today
    for row_id, row in live_rows(book.table("people")):
        if row.get("invite") == "yes" and is_blank(row.get("email", "")) and not ended(row, today):
            yield Finding("people", row_id, "email", "invited-without-address", "warning")

"""An organisation can be reached: an address, a phone, a website, or a person who is present."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.ids import reference_id
from register.book.table import Book
from register.people.tenure import ended
from register.rules.rule import ENDED, RuleInfo, Setting, live_rows

CODES = (
    RuleInfo(
        "organisation-unreachable",
        "info",
        "There is no way to reach {row}: no contact person, address, phone or website.",
        why="An organisation that nobody can reach is in the register in vain.",
        remedy="Add an address, a phone, a website or a contact person.",
        example="Sähköposti, Puhelin, Kotisivu: (tyhjä)",
    ),
)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the organisations that nobody could be reached at."""
    today = setting.today
    reachable = {
        reference_id(row.get("org", ""))
        for _, row in live_rows(book.table("people"))
        if not ended(row, today) and (row.get("email") or row.get("phone"))
    }
    for row_id, row in live_rows(book.table("organisations")):
        if row.get("stage") in ENDED:
            continue
        own = row.get("email") or row.get("phone") or row.get("url")
        if not own and row_id not in reachable:
            yield Finding("organisations", row_id, "email", "organisation-unreachable", "info")

"""A party is kept for holders of an elected office only (GDPR art. 9: political opinions)."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Person
from register.rules.rule import RuleContext, RuleInfo

CODES = (
    RuleInfo(
        "party-of-private-person",
        "error",
        "A party may be kept only of an elected representative. Please empty the cell.",
        why="A party is a political opinion: it may be kept of those only who were elected for it.",
        remedy="Empty the cell, or set the group to “elected representative” if it is so.",
        example="Ryhmä: viranhaltija, Puolue: SDP",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people with a party who are marked as something else than elected."""
    for one in Person.live(book):
        if one.party and one.group != "elected":
            yield Finding("people", one.id, "party", "party-of-private-person", "error", one.party)

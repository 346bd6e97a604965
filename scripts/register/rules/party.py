"""A party is kept for holders of an elected office only (GDPR art. 9: political opinions)."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Person
from register.rules.rule import RuleContext


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people with a party whose group is not "elected"."""
    for one in Person.live(book):
        if one.party and one.group != "elected":
            yield Finding("people", one.id, "party", "party-of-private-person", one.party)

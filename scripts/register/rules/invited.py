"""Whoever is to be invited has an address to write to."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Person
from register.rules.rule import RuleContext, is_blank


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people who are to be invited, have not left, and have no address."""
    for one in Person.live(book):
        if one.invite == "yes" and is_blank(one.email) and not one.ended(setting.today):
            yield Finding("people", one.id, "email", "invited-without-address")

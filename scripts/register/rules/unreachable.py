"""An organisation can be reached: an address, a phone, a website, or a person who is present."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Organisation, Person
from register.rules.rule import ENDED, RuleContext


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the organisations without contact details, of their own or of a person."""
    today = setting.today
    reachable = {
        person.org_id
        for person in Person.live(book)
        if not person.ended(today) and (person.email or person.phone)
    }
    for row in Organisation.live(book):
        own = row.email or row.phone or row.url
        if row.stage not in ENDED and not own and row.id not in reachable:
            yield Finding("organisations", row.id, "email", "organisation-unreachable")

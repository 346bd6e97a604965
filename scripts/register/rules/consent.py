"""A consent has its date, and every person a legal basis (GDPR art. 6 and 7(1))."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Person
from register.rules.rule import RuleContext, RuleInfo, is_blank

CODES = (
    RuleInfo(
        "consent-without-date",
        "warning",
        "The basis is a consent; please write down when it was given.",
        why="A consent that has no date cannot be shown to have been given (GDPR art. 7(1)).",
        remedy="Write the day of the consent in its column, or choose another legal basis.",
        example="Peruste: suostumus, Suostumus pvm: (tyhjä)",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people whose basis is a consent without a date."""
    for one in Person.live(book):
        if one.basis == "consent" and is_blank(one.consent_on):
            yield Finding("people", one.id, "consent_on", "consent-without-date", "warning")

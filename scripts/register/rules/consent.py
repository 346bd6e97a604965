"""A consent has its date and words, and every person a legal basis (GDPR art. 6 and 7(1))."""

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
    RuleInfo(
        "consent-without-words",
        "warning",
        "The basis is a consent; please write down its words: which box, of which list or form.",
        why="A consent whose words nobody knows cannot be shown to have been given "
        "(GDPR art. 7(1)); until they are known, letters name legitimate interest.",
        remedy="Write the words of the consent in their column, or choose another legal basis.",
        example="Peruste: suostumus, Suostumuksen sanat: (tyhjä)",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people whose basis is a consent without a date or without words."""
    worded = book.table("people").has("consent_words")
    for one in Person.live(book):
        if one.basis == "consent" and is_blank(one.consent_on):
            yield Finding("people", one.id, "consent_on", "consent-without-date", "warning")
        if one.basis == "consent" and worded and is_blank(one.consent_words):
            yield Finding("people", one.id, "consent_words", "consent-without-words", "warning")

"""A consent has its date and words, and every person a legal basis (GDPR art. 6 and 7(1))."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Person
from register.rules.rule import RuleContext, is_blank


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people whose basis is a consent without a date or without words."""
    worded = book.table("people").has("consent_words")
    for one in Person.live(book):
        if one.basis == "consent" and is_blank(one.consent_on):
            yield Finding("people", one.id, "consent_on", "consent-without-date")
        if one.basis == "consent" and worded and is_blank(one.consent_words):
            yield Finding("people", one.id, "consent_words", "consent-without-words")

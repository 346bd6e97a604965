"""Output under cron, which is mailed: ids in place of people, whatever a sentence contains.

Every text is filtered on its way out. People are recognised by the register that the run has read;
an address that is not in it is replaced as well. Reports that a run is told to save are not
filtered.
"""

import re
import sys
from collections.abc import Iterator
from functools import reduce
from io import TextIOBase
from typing import TextIO

from register.book.outcome import Outcome
from register.book.table import Book
from register.intake.card import card_of
from register.people.records import Person
from register.privacy.patterns import digits, name_part
from register.privacy.subject import Subject
from register.privacy.traces import without_person
from register.values.email import MAILBOX_IN_TEXT

_SAME = 3
"""Number of letters at the start of a name that all its grammatical cases share."""

_books: list[Book] = []


class DiscreetOutput(TextIOBase):
    """A text stream that names nobody; otherwise it behaves like the stream behind it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream behind it."""
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """How the stream behind it handles characters that it cannot encode."""
        return self._stream.errors

    def write(self, text: str) -> int:
        """Write a text with its people replaced by ids."""
        if not isinstance(text, str):
            raise TypeError(text)
        self._stream.write(without_people(text, _books))
        return len(text)

    def flush(self) -> None:
        """Flush the stream behind it."""
        self._stream.flush()

    def fileno(self) -> int:
        """Return the file descriptor of the stream behind it."""
        return self._stream.fileno()


def redact_output() -> None:
    """Replace people by ids from now on in everything that this process prints."""
    sys.stdout, sys.stderr = DiscreetOutput(sys.stdout), DiscreetOutput(sys.stderr)


def learn_people(book: Book) -> None:
    """Remember the people of the register read last, and of the one before it."""
    if isinstance(sys.stdout, DiscreetOutput):
        _books[:] = [*_books[-1:], book]


def learn_newcomers(outcome: Outcome) -> None:
    """Remember the people that a run adds: the register that it read does not have them yet."""
    rows = [
        one for one in outcome.plan.changes if one.kind == "add" and one.tab in ("people", "inbox")
    ]
    if rows:
        learn_people(Book.empty(outcome.book.language).with_changes(rows))


def without_people(text: str, books: list[Book]) -> str:
    """Return a text with names, addresses and phone numbers replaced by the ids of people."""
    for book in books:
        text = reduce(_without, [*_told(book, text)], text)
    return MAILBOX_IN_TEXT.sub("…@…", text)


def _without(text: str, one: Subject) -> str:
    """Return a text without a person and without any word that is part of the person's name.

    Another person's name may lose a word by this: in cron's mail a missing word is better than a
    name. A word in lower case is taken as an ordinary word (“ole”, “olen”), unless the register
    writes the name so.
    """

    def mark(found: re.Match[str]) -> str:
        return found[0] if found[0].islower() and found[0] not in written else one.mark

    text = without_person(text, one)
    written = {part for name in one.names for part in name if len(part) > 1}
    for word in written:
        text = re.sub(rf"(?<!\w){name_part(word)}(?!\w)", mark, text, flags=re.IGNORECASE)
    return text


def _told(book: Book, text: str) -> Iterator[Subject]:
    """Yield the people of a register whom a text may mention."""
    said, numbers = text.casefold(), digits(text)
    for one in Person.all(book).values():
        addresses = one.every("email")
        phones = tuple(number for key in ("phone", "phone2") for number in one.every(key))
        if one.id in text or _may_name(said, numbers, one.first, one.last, addresses, phones):
            yield _subject(one.id, one.first, one.last, addresses, phones)
    for row_id, row in book.table("inbox").rows():
        card = card_of(row_id, row, book)
        addresses, phones = (card.get("email"),), (card.get("phone"), card.get("phone2"))
        if row_id in text or _may_name(said, numbers, card.first, card.last, addresses, phones):
            yield _subject(row_id, card.first, card.last, addresses, phones)


def _may_name(
    said: str,
    numbers: str,
    first: str,
    last: str,
    addresses: tuple[str, ...],
    phones: tuple[str, ...],
) -> bool:
    roots = [name.casefold()[:_SAME] for name in (first, last) if name]
    return (
        (len(roots) > 1 and all(root in said for root in roots))
        or any(one and one.casefold() in said for one in addresses)
        or any(one[4:] and one[4:] in numbers for one in phones)
    )


def _subject(
    row_id: str, first: str, last: str, addresses: tuple[str, ...], phones: tuple[str, ...]
) -> Subject:
    return Subject(
        (row_id,),
        (),
        frozenset({(first, last)} if first and last else ()),
        frozenset(filter(None, addresses)),
        frozenset(one for one in phones if len(digits(one)) > 4),
    )

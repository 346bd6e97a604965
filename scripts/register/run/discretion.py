"""What cron prints, and mails: ids in the place of people, whatever a sentence would say.

Each text passes here on its way out. People are known by the register that the run has read; an
address that is nobody's there is left out as well. Reports that a run is asked to save are whole.
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

_ADDRESS = re.compile(r"[^\s<>\"'“”„,;:()]+@[\w.\-]+\.\w+")
_SAME = 3
"""So many letters at the beginning of a name are in all of its cases."""

_books: list[Book] = []


class DiscreetOutput(TextIOBase):
    """A stream of text that names nobody; all else is as the stream behind it does it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream behind it."""
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """What that stream does with signs that it cannot write."""
        return self._stream.errors

    def write(self, text: str) -> int:
        """Write a text without people."""
        if not isinstance(text, str):
            raise TypeError(text)
        self._stream.write(without_people(text, _books))
        return len(text)

    def flush(self) -> None:
        """Flush the stream behind it."""
        self._stream.flush()

    def fileno(self) -> int:
        """Return the file of the stream behind it."""
        return self._stream.fileno()


def be_discreet() -> None:
    """Name nobody from now on in what this process prints."""
    sys.stdout, sys.stderr = DiscreetOutput(sys.stdout), DiscreetOutput(sys.stderr)


def learn_people(book: Book) -> None:
    """Keep whom the register that was read last, and the one before it, tell of."""
    if isinstance(sys.stdout, DiscreetOutput):
        _books[:] = [*_books[-1:], book]


def learn_newcomers(outcome: Outcome) -> None:
    """Keep whom a run brings in: the register that it has read does not know them yet."""
    rows = [
        one for one in outcome.plan.changes if one.kind == "add" and one.tab in ("people", "inbox")
    ]
    if rows:
        learn_people(Book.empty(outcome.book.language).with_changes(rows))


def without_people(text: str, books: list[Book]) -> str:
    """Return a text with the ids of people in the place of names, addresses and phones."""
    for book in books:
        text = reduce(_without, [*_told(book, text)], text)
    return _ADDRESS.sub("…@…", text)


def _without(text: str, one: Subject) -> str:
    """Return a text without a person, and without any word that is a part of their name.

    Another's name may lose a word by it: what cron mails is better short of one than has it. A word
    in small letters is one of a sentence (“ole”, “olen”), unless the register writes the name so.
    """

    def mark(found: re.Match[str]) -> str:
        return found[0] if found[0].islower() and found[0] not in written else one.mark

    text = without_person(text, one)
    written = {part for name in one.names for part in name if len(part) > 1}
    for word in written:
        text = re.sub(rf"(?<!\w){name_part(word)}(?!\w)", mark, text, flags=re.IGNORECASE)
    return text


def _told(book: Book, text: str) -> Iterator[Subject]:
    """Yield everybody of a register of whom a text may say something."""
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

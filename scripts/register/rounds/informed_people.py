"""Who has been told of the register by a letter, and whose next letter tells them.

GDPR art. 14 wants whoever is in a register to know it: with the first letter, and within a month at
the latest. A letter that came back has told nobody; one that may have gone counts as one that has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from register.book.table import Book
from register.letters.people import Recipient
from register.people.same_human import Humans
from register.people.suppression import Bans
from register.ports.ledger import NoticeEntry


class InformedPeople:
    """Who has been told of the register, under whichever of their rows."""

    def __init__(self, book: Book, notices: Iterable[NoticeEntry]) -> None:
        """Take from the ledger who has been told; a mailbox that letters came back from is none."""
        self._humans, bans = book.once(Humans), book.once(Bans)
        self._people = {
            self._humans.oldest(one.person) for one in notices if not bans.bounced(one.address)
        }

    def knows(self, person: str) -> bool:
        """Whether a person has been told."""
        return self._humans.oldest(person) in self._people


def mark_uninformed(
    book: Book, readers: Sequence[Recipient], notices: Iterable[NoticeEntry]
) -> list[Recipient]:
    """Return the readers of letters, those marked of whom somebody has not been told."""
    told = InformedPeople(book, notices)
    return [replace(one, untold=not all(map(told.knows, one.people))) for one in readers]

"""Who has been informed of the register by a letter, and whose next letter must do so.

GDPR art. 14 requires that everyone in a register is informed: with the first letter, and within a
month at the latest. A letter that bounced has informed nobody; a letter that may have gone counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from register.book.table import Book
from register.letters.people import Recipient
from register.people.same_human import Humans
from register.people.suppression import Bans
from register.ports.ledger import NoticeEntry


class InformedPeople:
    """The people who have been informed of the register, under any of their rows."""

    def __init__(self, book: Book, notices: Iterable[NoticeEntry]) -> None:
        """Read from the ledger who has been informed; notices that bounced do not count."""
        self._humans, bans = book.once(Humans), book.once(Bans)
        self._people = {
            self._humans.oldest(one.person) for one in notices if not bans.bounced(one.address)
        }

    def knows(self, person: str) -> bool:
        """Return True if a person has been informed."""
        return self._humans.oldest(person) in self._people


def mark_uninformed(
    book: Book, readers: Sequence[Recipient], notices: Iterable[NoticeEntry]
) -> list[Recipient]:
    """Return the readers, marked ``untold`` where anybody who shares the mailbox is uninformed."""
    told = InformedPeople(book, notices)
    return [replace(one, untold=not all(map(told.knows, one.people))) for one in readers]

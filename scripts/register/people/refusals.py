"""Who has refused letters, by ``inbox``, where no person has looked at it yet.

A list, a form or a hand wrote into ``consent`` something else than yes. Until the review tab's
question is answered nobody is written to at that address; the answer makes a ban of it, or lets it
be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from register.book.ids import fingerprint
from register.book.table import Book, Table
from register.people.records import Person
from register.people.suppression import Bans
from register.values.email import mailbox_key

_LOOKED_AT = frozenset(("ignore", "different"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal that waits for an answer: the address, the row of ``inbox``, the person or ''."""

    address: str
    source: str
    person: str

    @property
    def case(self) -> str:
        """The id of the question about it."""
        return fingerprint("refusal", self.source, mailbox_key(self.address))


def open_refusals(book: Book) -> dict[str, Refusal]:
    """Return the refusals that nobody has answered, by mailbox; what is banned needs no answer.

    A later row of ``inbox`` with ``consent`` for the same mailbox takes a refusal back.
    """
    refused: dict[str, tuple[str, Refusal]] = {}
    agreed: dict[str, str] = {}
    for row_id, row in book.table("inbox").rows():
        consent, at = row.get("consent", "").strip(), row.get("at", "")
        if not consent or row_id.startswith("#"):
            continue
        for address, person in _addresses(book, row):
            mailbox = mailbox_key(address)
            if consent == "yes":
                agreed[mailbox] = max(at, agreed.get(mailbox, ""))
            elif mailbox and at >= refused.get(mailbox, ("",))[0]:
                refused[mailbox] = (at, Refusal(address, row_id, person))
    bans, review = book.once(Bans), book.table("review")
    return {
        mailbox: one
        for mailbox, (at, one) in refused.items()
        if agreed.get(mailbox, "") <= at
        and not bans.stops(one.address, "invitation")
        and not _looked_at(review, one.case)
    }


def _looked_at(review: Table, case: str) -> bool:
    """Whether a person has answered, in the list's words or in words that a run has understood."""
    decision = review.cell(case, "decision")
    return decision in _LOOKED_AT or bool(decision and review.cell(case, "done"))


def _addresses(book: Book, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the addresses that a row speaks of, its own and that of who it turned out to be."""
    people = Person.all(book)
    ids = (word.rpartition(" ")[2] for word in row.get("result", "").split(", "))
    person = Person.current_id(book, next((one for one in ids if one in people), ""))
    own = people[person].email if person in people else ""
    for address in dict.fromkeys((row.get("email", ""), own)):
        if address:
            yield address, person

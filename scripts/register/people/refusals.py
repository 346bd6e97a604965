"""Refusals: who may not be written to, by ``bans`` and by unanswered ``consent`` in ``inbox``.

What a human has refused at one of their addresses holds for all of them. If a list, a form or a
person wrote anything except yes into ``consent``, nobody writes to that address until the question
in ``review`` is answered; the answer turns it into a ban or drops it. One question may cover many
rows, named in ``left``. What a person tells in words (:mod:`register.people.told_refusals`) counts
as much.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from register.book.headers import fold_header
from register.book.ids import fingerprint, linked_row
from register.book.schema import schema
from register.book.table import Book
from register.people.records import Person
from register.people.same_human import Humans
from register.people.suppression import TO_THE_COMING, Bans
from register.people.told_refusals import ToldRefusal, told_refusals
from register.values import choice
from register.values.email import mailbox_key

_TYPED = "9"
"""Sorts after every time: a person who types a refusal knows of the earlier consent."""

_CARDS = re.compile(r"S-\w{5}(?: S-\w{5})*")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An unanswered refusal: the address, the id of the row that tells it, the person's id or ''.

    ``told`` is what says so in words, None for ``consent`` of an ``inbox`` row.
    """

    address: str
    source: str
    person: str
    told: ToldRefusal | None = None

    @classmethod
    def told_by(cls, told: ToldRefusal) -> Self:
        """Return the refusal that words tell."""
        return cls(told.address, told.row_id, told.person, told)

    @property
    def case(self) -> str:
        """The id of the question about it alone, or about all of its organisation."""
        about = self.told.org if self.told else ""
        return fingerprint("refusal", self.source, about or mailbox_key(self.address))


class Refusals:
    """The refusals of a book: decides whether a letter may go to a person."""

    def __init__(self, book: Book) -> None:
        self._humans, self._bans = book.once(Humans), book.once(Bans)
        self._open = book.once(open_refusals).keys() | _of_namesakes(book) | _not_asked_yet(book)
        self._readers: dict[str, set[str]] = {}
        for person in Person.all(book).values():
            if person.mailbox:
                readers = self._readers.setdefault(person.mailbox, set())
                readers.add(self._humans.oldest(person.id))

    def stops(
        self,
        address: str,
        kind: str,
        person: str = "",
        *,
        coming: bool = False,
        topics: Collection[str] = (),
    ) -> str:
        """Return why no letter of this kind may go to an address, '' if nothing stops it.

        ``person`` is the id of the recipient's row; without it, the recipient is the only human
        with the address. ``topics`` are those of the letter, folded. The reasons are those of
        :meth:`register.people.suppression.Bans.stops`, and ``refused`` for an unanswered refusal. A
        change, a cancellation or a receipt to a recipient who is ``coming`` is stopped only by a
        ban on everything, ``ban-erased`` or ``ban-key``.
        """
        readers = self._readers.get(mailbox_key(address), ())
        reader = person or (next(iter(readers)) if len(readers) == 1 else "")
        theirs = self._humans.mailboxes(reader)
        needed = coming and kind in TO_THE_COMING
        passing = kind if needed or kind not in TO_THE_COMING else "invitation"
        if stopped := self._bans.stops_human(address, theirs, passing, topics):
            return stopped
        refused = not self._open.isdisjoint({mailbox_key(address), *theirs})
        return "refused" if refused and not needed else ""

    def unwanted_topics(self, address: str, person: str) -> list[str]:
        """Return the topics that a recipient of other letters does not want letters about."""
        topics = self._bans.topics((address, *self._humans.mailboxes(person)))
        stopped = [(kind, self.stops(address, kind, person)) for kind in ("invitation", "letter")]
        return [
            topic
            for topic in topics
            if any(
                not why and self.stops(address, kind, person, topics=(fold_header(topic),))
                for kind, why in stopped
            )
        ]


def open_refusals(book: Book) -> dict[str, Refusal]:
    """Return the unanswered refusals by mailbox, except those of banned mailboxes.

    A later row of ``inbox`` with ``consent`` yes for the same mailbox withdraws a refusal, except
    one that a person typed: it has no time, and nobody is written to before it is answered.
    """
    refused: dict[str, tuple[str, Refusal]] = {}
    agreed: dict[str, str] = {}
    for row_id, row in book.table("inbox").rows():
        consent, at = _consent(row.get("consent", "")), row.get("at", "")
        at = at or (_TYPED if consent == "no" else "")
        if not consent or row_id.startswith("#"):
            continue
        for address, person in _addresses(book, row):
            mailbox = mailbox_key(address)
            if consent == "yes":
                agreed[mailbox] = max(at, agreed.get(mailbox, ""))
            elif mailbox and at >= refused.get(mailbox, ("",))[0]:
                refused[mailbox] = (at, Refusal(address, row_id, person))
    bans, looked_at = book.once(Bans), _looked_at(book)
    found = {
        mailbox: one
        for mailbox, (at, one) in refused.items()
        if agreed.get(mailbox, "") <= at and looked_at.isdisjoint((one.case, one.source))
    }
    for told in book.once(told_refusals):
        one = Refusal.told_by(told)
        if told.sure and not told.row_id.startswith("#") and one.case not in looked_at:
            found.setdefault(mailbox_key(told.address), one)
    return {
        mailbox: one for mailbox, one in found.items() if not bans.stops(one.address, "invitation")
    }


@cache
def _consent(cell: str) -> str:
    """Return "yes", "no" or (of a blank cell) '': whatever is not plainly a yes is a no."""
    options = [(key, [*labels.values()]) for key, labels in schema().enum("yes_no").labels.items()]
    return cell.strip() and (choice.read(cell, options).value or "no")


def _not_asked_yet(book: Book) -> set[str]:
    """Return the mailboxes of all whom words may mean, as long as it is not known whom they do.

    To ignore the question whom a row tells of settles it.
    """
    settled = {
        linked_row(row)
        for _, row in book.table("review").rows()
        if row.get("decision") == "ignore" and row.get("kind") == "intake"
    }
    return {
        mailbox_key(told.address)
        for told in book.once(told_refusals)
        if told.row_id.startswith("#") or (not told.sure and told.row_id not in settled)
    }


def _of_namesakes(book: Book) -> set[str]:
    """Return the mailboxes of all whom a refusal by name alone may mean, until that is known."""
    names = {
        fold_header(row.get("name", ""))
        for _, row in book.table("inbox").rows()
        if _consent(row.get("consent", "")) == "no" and not any(_addresses(book, row))
    }
    return {
        one.mailbox
        for one in (Person.live(book) if names - {""} else ())
        if one.mailbox and fold_header(f"{one.first} {one.last}") in names
    }


def rows_named(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of ``inbox`` rows named by a question about several refusals, else ()."""
    named = row.get("left", "") if row.get("kind") == "intake" else ""
    return tuple(named.split()) if _CARDS.fullmatch(named) else ()


def _looked_at(book: Book) -> set[str]:
    """Return the ids of the questions, and of the ``inbox`` rows they name, that were answered.

    A decision in free words counts once a run has understood it and closed the question.
    """
    found: set[str] = set()
    for case_id, row in book.table("review").rows():
        said = row.get("decision", "")
        if said == "ignore" or (said and row.get("done")):
            found |= {case_id, *rows_named(row)}
    return found


def _addresses(book: Book, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (address, person id or '') for a row's own address and that of its person."""
    people = Person.all(book)
    ids = (word.rpartition(" ")[2] for word in row.get("result", "").split(", "))
    person = Person.current_id(book, next((one for one in ids if one in people), ""))
    own = people[person].email if person in people else ""
    for address in dict.fromkeys((row.get("email", ""), own)):
        if address:
            yield address, person

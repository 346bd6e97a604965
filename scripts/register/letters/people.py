"""The people of the register as readers: may we write to them, how, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from register.book.ids import reference_id
from register.book.schema import LANGUAGES, Language
from register.book.table import Book
from register.fields import email
from register.fields.mojibake import is_garbled
from register.letters.target import Row
from register.letters.untrusted import unfit_for_a_name
from register.people.names import unseen
from register.people.refusals import open_refusals
from register.people.same_human import Humans
from register.people.tenure import ended
from register.suppression import TO_THE_COMING, Bans


@dataclass(frozen=True, slots=True)
class Recipient:
    """One letter: to which mailbox, in which language, whom it greets, why it goes.

    ``people`` are the rows of all who are to be invited and share the mailbox, ``person`` first;
    ``names`` are theirs, a human's once, where they have any (a vacant post has none).
    ``organisation`` is an id or ''.
    """

    person: str
    organisation: str
    people: tuple[str, ...]
    address: str
    mailbox: str
    language: Language
    names: tuple[str, ...]
    reason: str

    @property
    def shared(self) -> bool:
        """Whether several people read this mailbox."""
        return len(self.people) > 1 and len(self.names) != 1


class People:
    """The readers of one book."""

    def __init__(self, book: Book) -> None:
        self.book, self.bans, self.refusals = book, Bans(book), open_refusals(book)
        self.humans = Humans(book)
        self._people = dict(book.table("people").rows())
        self._organisations = dict(book.table("organisations").rows())

    def unwritable(
        self, person: Row, organisation: Row | None, kind: str, *, coming: bool = False
    ) -> str:
        """Return why no letter of this kind may go to a person, or ''.

        A change or a cancellation passes a ban on invitations only to who is ``coming``.
        """
        if not person.get("email"):
            return "no-address"
        if not email.read(person["email"]).value:
            return "bad-address"
        names = (person.get("first", ""), person.get("last", ""), (organisation or {}).get("name"))
        if any(unfit_for_a_name(name or "") for name in names):
            return "unsafe-name"
        if unseen(self.book, "people", person):
            return "strange-name"
        if organisation and unseen(self.book, "organisations", organisation):
            return "strange-name"
        if any(is_garbled(name or "") for name in names):
            return "garbled-name"
        passes = coming or kind not in TO_THE_COMING
        theirs = self.humans.mailboxes(person.get("id", ""))
        stopped = self.bans.stops_human(person["email"], theirs, kind if passes else "invitation")
        refused = any(one in self.refusals for one in {email.mailbox_key(person["email"]), *theirs})
        needed = coming and kind in TO_THE_COMING
        return stopped or ("refused" if refused and not needed else "")

    def organisation(self, person: Row) -> Row | None:
        """Return a person's organisation; where that was merged, the one it was merged into."""
        table = self._organisations
        row_id, seen = reference_id(person.get("org", "")), set[str]()
        while row_id in table and row_id not in seen:
            seen.add(row_id)
            row = table[row_id]
            if row.get("status") != "merged":
                return row
            row_id = reference_id(row.get("merged_into", ""))
        return table[next(iter(seen))] if seen else None

    def recipient(self, mailbox: str, people: list[str], because: str) -> Recipient:
        """Return the reader of a mailbox: the first of these people, who all share it."""
        person = self._people[people[0]]
        return Recipient(
            person=people[0],
            organisation=(self.organisation(person) or {}).get("id", ""),
            people=tuple(people),
            address=email.read(person["email"]).value,
            mailbox=mailbox,
            language=self.language(person),
            names=self._names(people),
            reason=because,
        )

    def _names(self, people: list[str]) -> tuple[str, ...]:
        """Return the names of the humans among these rows, each once; a vacant post has none."""
        humans = {self.humans.oldest(one): one for one in reversed(people)}
        named = [one for one in people if humans[self.humans.oldest(one)] == one]
        return tuple(n for one in named if (n := self.book.row_name("people", one)) != one)

    def language(self, person: Row) -> Language:
        """Return a person's language, else their organisation's, else the register's."""
        organisation = self.organisation(person) or {}
        for cell in (person.get("language", ""), organisation.get("language", "")):
            for language in LANGUAGES:
                if cell.partition("+")[0] == language:
                    return language
        return self.book.language


def absent(person_id: str, person: Row, today: date, meeting: date | None = None) -> str:
    """Return why a person is not there to be written to, or ''.

    Who leaves on the day of a ``meeting`` to come, or before it, is not invited to it.
    """
    if person_id.startswith("#"):
        return "no-id"
    if person.get("status") in ("merged", "archived"):
        return person["status"]
    if ended(person, today):
        return "ended"
    if meeting and ended(person, meeting):
        return "ends-before"
    return "" if person.get("invite") == "yes" else "not-to-invite"

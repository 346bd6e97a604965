"""Who runs: a row of the requests tab says which computer is at work, so that no other one is.

On one computer the lock in the state folder does that; two computers share only the book. The row
is written before the first cell and before the first letter of a run, and not at all by a run that
has nothing to do. A computer that was cut off is waited for until the moment that its row names.
What a run has read before another one wrote is no ground to send letters on: the row tells that.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from register.autopilot.requests import LEASE_ID, Request, typed_request
from register.book.cells import iso_minute
from register.book.change import Change, added_row
from register.book.errors import LeaseTaken
from register.book.ids import new_id
from register.book.outcome import run_id
from register.book.plan import Plan
from register.book.table import Book
from register.ports.store import Store
from register.words.sentences import Sentences

_REASON = "lease"
_LASTS = timedelta(minutes=60)


@dataclass(slots=True)
class Lease:
    """A computer's right to write into a book and to send letters about it.

    ``settles`` is how long after writing it is looked whether another computer has written too, in
    seconds: longer than a write takes; 0 for a store that lets only one write.
    """

    store: Store
    computer: str
    now: datetime
    settles: float = 0
    _held: bool = field(default=False, init=False)

    def hold(self, seen: Book | None = None) -> None:
        """Take the lease, once; raises AtWork where another computer has it.

        Also where another has had it since the book was ``seen`` so. A register without the tab has
        no lease, and is written without it.
        """
        if self._held:
            return
        book = self.store.read()
        if not _is_kept(book):
            return
        row = Request.at(book, LEASE_ID)
        if row.state == "doing" and row.about != self.computer and not _is_over(book, self.now):
            raise _at_work(row.about)
        if seen and _is_kept(seen) and Request.at(seen, LEASE_ID) != row:
            raise _at_work(row.about)
        until = iso_minute((self.now + _LASTS).replace(microsecond=0))
        say = Sentences(book.language)
        cells = {"state": "doing", "answer": say("A run is at work."), "at": until}
        if not self._write(book, cells):
            raise _at_work("")
        if self.settles:
            time.sleep(self.settles)
            there = Request.at(self.store.read(), LEASE_ID)
            if there.about != self.computer:
                raise _at_work(there.about)
        self._held = True

    def is_left(self, seen: Book) -> bool:
        """Whether a run of this computer's that was cut off says there that it is at work."""
        holder = lease_holder(seen, self.now)
        return not self._held and holder is not None and holder.computer == self.computer

    def end(self) -> None:
        """Say that the run is over, where it had begun."""
        if self._held:
            book = self.store.read()
            say = Sentences(book.language)
            said = say("The last run that had something to do: {run}", run=run_id(self.now))
            at = iso_minute(self.now.replace(microsecond=0))
            self._write(book, {"state": "done", "answer": said, "at": at})

    def _write(self, book: Book, cells: dict[str, str]) -> bool:
        """Write the whole row or nothing; whether it was written. It needs no line in the log.

        What somebody has typed over it goes into a row of its own.
        """
        table = book.table("requests")
        is_new = LEASE_ID not in table
        asked = typed_request(book)
        wanted = {
            **dict.fromkeys(asked, ""),
            "what": "run",
            "about": self.computer,
            **cells,
            **({"id": LEASE_ID} if is_new else {}),
        }
        changes = [
            Change(
                *("requests", LEASE_ID, key, before, value, _REASON),
                kind="add" if is_new else "set",
                group=_REASON,
            )
            for key, value in wanted.items()
            if table.has(key) and (before := table.cell(LEASE_ID, key)) != value
        ]
        if asked:
            own = {**asked, "about": "" if asked["about"] == self.computer else asked["about"]}
            own["id"] = new_id("P", ("typed over", *own.values()), book.taken())
            changes += added_row("requests", own, _REASON, _REASON)
        return not self.store.write(Plan.of(changes), lambda made, there: ()).conflicts


@dataclass(frozen=True, slots=True)
class LeaseHolder:
    """Who is at work, by its row; ``is_over`` where it is waited for no longer."""

    computer: str
    until: str
    is_over: bool


def lease_holder(book: Book, now: datetime) -> LeaseHolder | None:
    """Return which computer says that it is at work; None where none does."""
    if not _is_kept(book) or (row := Request.at(book, LEASE_ID)).state != "doing":
        return None
    until = book.table("requests").cell(LEASE_ID, "at")
    return LeaseHolder(row.about, until, _is_over(book, now))


def _is_over(book: Book, now: datetime) -> bool:
    try:
        said = book.table("requests").cell(LEASE_ID, "at")
        until = datetime.fromisoformat(said).replace(tzinfo=now.tzinfo)
    except ValueError:
        return True
    return not now < until <= now + _LASTS + timedelta(minutes=5)


def _is_kept(book: Book) -> bool:
    table = book.tables.get("requests")
    return table is not None and all(map(table.has, ("about", "state", "answer", "at")))


def _at_work(computer: str) -> LeaseTaken:
    return LeaseTaken(
        "Another computer is at work on this register ({computer}). Nothing was done.",
        remedy="The next run goes on when it is done.",
        computer=computer or "–",
    )

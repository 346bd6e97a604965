"""The lease: a row of the tab requests says which computer is working, so that no other one does.

On one computer the lock in the state folder is enough; two computers share only the book. The row
is written before the first cell and the first letter of a run, but not by a run that has nothing to
do. The lease of an interrupted computer is respected until the time in its row. The row also shows
whether another run has written since the book was read; then no letters may be sent on the grounds
of what was read.
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

    ``settle_seconds`` is how long after writing to check whether another computer has written,
    too. It must be longer than a write takes, and is 0 for a store that allows only one write at a
    time.
    """

    store: Store
    computer: str
    now: datetime
    settle_seconds: float = 0
    _held: bool = field(default=False, init=False)

    def hold(self, seen: Book | None = None) -> None:
        """Take the lease, if not yet taken; raises LeaseTaken if another computer has it.

        LeaseTaken is also raised if another computer has had it since the book was read as
        ``seen``. A register without the tab has no lease, and is written without one.
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
        if self.settle_seconds:
            time.sleep(self.settle_seconds)
            there = Request.at(self.store.read(), LEASE_ID)
            if there.about != self.computer:
                raise _at_work(there.about)
        self._held = True

    def is_left(self, seen: Book) -> bool:
        """Return True if the row says that an interrupted run of this computer is still working."""
        holder = lease_holder(seen, self.now)
        return not self._held and holder is not None and holder.computer == self.computer

    def end(self) -> None:
        """Write into the row that the run is over, if the lease was taken."""
        if self._held:
            book = self.store.read()
            say = Sentences(book.language)
            said = say("The last run that had something to do: {run}", run=run_id(self.now))
            at = iso_minute(self.now.replace(microsecond=0))
            self._write(book, {"state": "done", "answer": said, "at": at})

    def _write(self, book: Book, cells: dict[str, str]) -> bool:
        """Write the whole row or nothing; return True if it was written. It is not logged.

        Requests that people have typed over the row are moved to a row of their own.
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
    """The working computer, by the row; ``is_over`` if it is no longer waited for."""

    computer: str
    until: str
    is_over: bool


def lease_holder(book: Book, now: datetime) -> LeaseHolder | None:
    """Return the computer that says that it is working, None if there is none."""
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

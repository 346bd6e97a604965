"""The register during a run over its meetings: read, answered, sent and reported from here."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from register.book.change import Change
from register.book.errors import VerkostoError
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.letters.campaign import ledger_name
from register.people.mailings import ReleasedRow
from register.people.meetings import Meeting
from register.people.records import Record
from register.ports.ledger import Ledger, Promise, Release
from register.rounds.engine import send_round
from register.rounds.mail_room import MailRoom
from register.rounds.parcel import ReleaseSettings
from register.rounds.round import Round
from register.words.sentences import Sentences

MEETING_REASON = "meeting-state"
"""The reason given for changes of a meeting's state and remark."""


class MeetingDesk:
    """The current register during a run, and what is still to be written and reported.

    ``left`` are changes that the caller has to write, ``failed`` is the number of letters that did
    not go, ``stopped`` is the error that keeps letters from going in this run.
    """

    def __init__(self, book: Book, room: MailRoom, settings: ReleaseSettings) -> None:
        """Begin with the register as it was read."""
        self.book, self.room, self.settings = book, room, settings
        self.say = Sentences(book.language)
        self.left, self.notes, self.failed = list[Change](), list[Phrase](), 0
        self.stopped: VerkostoError | None = None

    @property
    def live(self) -> bool:
        """Whether letters may be sent and the ledger may be written."""
        return self.room.apply and self.room.ledger is not None

    def answer(
        self, row: Record, remark: Phrase | VerkostoError | None = None, **cells: str
    ) -> None:
        """Write cells and the remark of a row: why it cannot go on, or '' without ``remark``."""
        self.write(self.answered(row, remark, **cells))

    def answered(
        self, row: Record, remark: Phrase | VerkostoError | None = None, **cells: str
    ) -> list[Change]:
        """Return the changes that write the given cells and the remark of a row."""
        match remark:
            case VerkostoError():
                said = self.say.error_in_row(remark)
            case (msgid, values):
                said = self.say(msgid, **values)
            case _:
                said = ""
        return row_changes(self.book, row, {**cells, "remark": said})

    def write(self, changes: Iterable[Change]) -> None:
        """Write changes to the register at once if that is allowed, else keep them in ``left``."""
        made = list(changes)
        plan = Plan.of(made, self.book.witnesses(made))
        if not plan.changes:
            return
        if self.room.apply and self.room.refresh:
            self.book = self.room.refresh(plan)
        else:
            self.left += plan.changes
            self.book = self.book.with_changes(plan.changes)

    def label(self, state: str) -> str:
        """Return the register's label of a meeting's state."""
        return self.say.label("meeting_state", state)

    def return_to_preview(self, row: ReleasedRow, what: Iterable[str]) -> None:
        """Set a row's state back to preview, and say what has changed since the last one."""
        msgid = "Since the preview this has changed: {what}. A new preview comes by mail."
        said = [self.say(one) for one in what]
        self.answer(row, (msgid, {"what": said}), state="preview")

    def send(self, this: Round, confirm: Callable[[Release], Release]) -> VerkostoError | None:
        """Send a round that was agreed to; return the error that ended it early, or None."""
        room = replace(self.room, confirm=confirm, limit=0)
        outcome = send_round(self.book, room, this)
        self.book = outcome.book
        self.write(outcome.plan.changes)
        self.notes += outcome.notes
        self.failed += outcome.failed
        self.stopped = self.stopped or outcome.stopped
        return outcome.stopped

    def promise(self, row: Meeting, promises: Iterable[Promise]) -> None:
        """Record the later letters that a meeting's release allows."""
        if self.live and self.room.ledger:
            self.room.ledger.promise(self.room.listed(row.id), promises)

    def promises(self, row: ReleasedRow) -> list[Promise]:
        """Return the later letters that a row's release allows."""
        ledger = self.room.ledger
        return list(ledger.promises(self.room.listed(row.id))) if ledger else []

    def is_promised(self, row: ReleasedRow, wanted: Iterable[Promise]) -> bool:
        """Return True if a row's release allows all these later letters as they are now."""
        kept = {replace(one, number=0) for one in self.promises(row)}
        return kept.issuperset(wanted)


def is_managed_elsewhere(row: ReleasedRow, ledger: Ledger | None) -> bool:
    """Return True if another computer manages a row's letters: that one made the preview."""
    if not row.preview or row.state in ("gather", "preview"):
        return False
    names = (ledger_name(row.id, rehearsal=one) for one in (False, True))
    return not any(ledger.previews(name) for name in names) if ledger else True


def row_changes(book: Book, row: Record, cells: dict[str, str]) -> list[Change]:
    """Return the changes of a row's cells; missing columns and equal values are left out."""
    table, group = book.table(row.tab), f"{row.tab} {row.id}"
    return [
        Change(row.tab, row.id, key, before, value, MEETING_REASON, group=group)
        for key, value in cells.items()
        if table.has(key) and (before := table.cell(row.id, key)) != value
    ]

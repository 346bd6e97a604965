"""One round of letters, of whatever kind: planned, agreed to, dispatched, projected.

All letters are written before the first goes. What differs between kinds is a row of
:mod:`register.letters.kinds`; who gets a letter is each verb's own.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from register.book.change import Change
from register.book.errors import SafetyStop, VerkostoError
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.letters.attachments import Attachment
from register.letters.campaign import INVITATION, Mailing
from register.letters.digest import LettersDigest, letters_digest
from register.letters.draft import RenderedLetter, render_letters
from register.letters.entry import calendar_event, calendar_part
from register.letters.kinds import STANDALONE_KINDS
from register.letters.message import Letter, compose_letter
from register.letters.own_words import attachment_names
from register.letters.reasons import count_reasons
from register.people.meetings import Invitation
from register.ports.ledger import Release
from register.rounds.dispatch import MOST_NAMED, dispatch_letters
from register.rounds.guards import guard_size
from register.rounds.informed_people import mark_uninformed
from register.rounds.mail_room import MailRoom
from register.rounds.projection import (
    blocked_changes,
    changes_from_ledger,
    foreseen_changes,
    local_moment,
    sending_changes,
)
from register.rounds.round import Round


def send_round(book: Book, room: MailRoom, this: Round) -> Outcome:
    """Write all letters of a round, have a person agree, send them, bring the register up to date.

    Where the kind is about a meeting, the outcome's plan must be applied by the caller; without
    ``apply`` it says what would come of it. Letters that answer a message need no agreement, and
    are neither counted nor limited. Raises UsageError where a letter cannot be written, SafetyStop
    where there are too many or others than a person agreed to, BookLocked where another run is
    sending.
    """
    if not this.kind.automatic:
        if room.limit:
            this = replace(this, readers=this.readers[: room.limit])
        guard_size(len(this.readers), room.limits)
    drafts = render_round(book, room, this)
    letters = [letter for _, letter in drafts]
    wanted = Release(len(letters), round_digest(drafts, room, this).short)
    notes, failed = [*this.notes, *letter_notes(drafts)], 0
    stopped: VerkostoError | None = None
    register = _Projection(book, room, this)
    if letters and not this.kind.automatic:
        room.show(this)
    if not room.apply or room.ledger is None:
        notes.append(
            ("{count} letters would go ({release}).", {"count": wanted.count, "release": wanted})
        )
        register.foresee()
    elif letters or this.mailing.kind not in STANDALONE_KINDS:
        if letters and not this.kind.automatic:
            ask_agreement(room, this.mailing, letters, wanted)
        if letters and this.kind.projected:
            _announce(room, this)
            register.mark_sending(letters)
        done = dispatch_letters(
            letters,
            room.post,
            room.ledger,
            room.listed(this.mailing.campaign),
            room.limits,
            room.now,
            register.follow if register.live else None,
        )
        notes += done.told(rehearsal=room.rehearsal)
        failed, stopped = done.failed, done.stopped
    if not this.kind.automatic:
        unknown = [
            one.person for one in room.entries(this.mailing.campaign) if one.state == "unknown"
        ]
        failed += len(unknown)
        if unknown:
            notes.append(_tell_unknown(unknown, this))
    return Outcome(
        f"invite {this.kind.verb}",
        register.book,
        plan=register.plan(),
        failed=failed,
        notes=(*notes, *count_reasons(this.held)),
        stopped=stopped,
    )


def render_round(book: Book, room: MailRoom, this: Round) -> list[tuple[RenderedLetter, Letter]]:
    """Return everybody's letter of a round; raises UsageError where any cannot be written."""
    readers = this.readers
    if this.kind.informs:
        readers = mark_uninformed(book, readers, room.ledger.notices() if room.ledger else ())
    made = render_letters(
        *(book, this.about, readers, room.templates, room.sender, this.mailing), this.letter
    )
    first = room.invitation_ids(this.about.id) if this.about else {}
    return [
        (one, compose_round_letter(one, room, this, first.get(one.recipient.mailbox, "")))
        for one in made
    ]


def round_digest(
    drafts: Iterable[tuple[RenderedLetter, Letter]],
    room: MailRoom,
    this: Round,
    due: Iterable[str] = (),
) -> LettersDigest:
    """Return the digest of a round's letters, and of what else is ``due`` with them."""
    event = calendar_event(this.about).facts() if this.about else {}
    files = [one.part for one in attachments(room, this)]
    return letters_digest((draft for draft, _ in drafts), this.mailing, event, files, due)


def attachments(room: MailRoom, this: Round) -> Sequence[Attachment]:
    """Return the files that go with each letter of a round."""
    if this.row and this.kind.attaches:
        return room.attach(attachment_names(getattr(this.row, this.kind.attaches)))
    return ()


def compose_round_letter(
    one: RenderedLetter, room: MailRoom, this: Round, invitation: str = ""
) -> Letter:
    """Return a letter of a round, with its calendar part where it is to have one.

    ``invitation`` is the Message-ID of the invitation that its reader has had.
    """
    part = None
    if this.about and this.told:
        part = calendar_part(one, this.about, room.sender, this.mailing, this.told.sequence)
    follows = invitation if this.mailing.kind != INVITATION else ""
    return compose_letter(one, room.sender, this.mailing, part, attachments(room, this), follows)


def letter_notes(made: Sequence[tuple[RenderedLetter, Letter]]) -> Iterator[Phrase]:
    """Yield what is worth knowing of a round's letters: what readers lack, what is attached."""
    yield from count_reasons(code for one, _ in made for code in one.remarks)
    if made and (files := made[0][1].files):
        yield (
            "{files} go with each letter; all letters together have {size} MB.",
            {"files": files, "size": math.ceil(sum(one.size for _, one in made) / 1024**2)},
        )


def ask_agreement(
    room: MailRoom, mailing: Mailing, letters: Sequence[Letter], wanted: Release
) -> None:
    """Have a person agree to these letters; what was agreed to and is left over is agreed to."""
    assert room.ledger is not None  # noqa: S101, asked by the caller
    listed = room.listed(mailing.campaign)
    if not room.rehearsal:
        given = room.confirm(wanted)
        known = {one.address for one in room.ledger.letters(listed)}
        left_over = given in room.ledger.released(listed) and all(
            one.mailbox in known for one in letters
        )
        if given != wanted and not left_over:
            raise SafetyStop(
                "You agreed to {given}; now {wanted} letters would go. Nothing was sent.",
                remedy="Look at them (python3 scripts/invite.py preview), then agree to {wanted}.",
                given=given,
                wanted=wanted,
            )
    room.ledger.plan(listed, [(one.mailbox, one.person, one.message_id) for one in letters])
    room.ledger.release(listed, wanted)


def _announce(room: MailRoom, this: Round) -> None:
    """Keep what readers' calendars are about to say, where that is news."""
    if room.ledger is None or this.about is None or this.told is None or not this.kind.method:
        return
    last = room.announcement(this.about.id)
    if (
        last is None
        or last.sequence < this.told.sequence
        or dict(last.facts) != dict(this.told.facts)
    ):
        room.ledger.announce(room.listed(this.about.id), this.told)


def _tell_unknown(people: Sequence[str], this: Round) -> Phrase:
    """Return what is said, every time, of letters that only a person can settle."""
    return (
        "{count} letters may have gone or not, and will not be sent again ({people})."
        " Ask them, or look into the sent mail; then: python3 scripts/invite.py resolve {meeting}",
        {
            "count": len(people),
            "people": people[:MOST_NAMED],
            "meeting": this.about.id if this.about else this.mailing.kind,
        },
    )


class _Projection:
    """What a round changes in the register, before, while and after its letters go.

    ``book`` is the register as it is then. A kind that is not projected changes nothing.
    """

    def __init__(self, book: Book, room: MailRoom, this: Round) -> None:
        self.book, self._room, self._this = book, room, this
        self._about = this.about.id if this.about and this.kind.projected else ""
        self._foreseen: list[Change] = []

    @property
    def live(self) -> bool:
        """Whether the register is brought up to date while letters go."""
        return bool(self._about and self._room.refresh and not self._room.rehearsal)

    def foresee(self) -> None:
        """Plan what sending would change."""
        if self._about and self._this.about:
            people = {one.person for one in self._this.readers}
            self._foreseen = foreseen_changes(
                self.book,
                self._this.about,
                self._this.mailing.kind,
                people,
                self._room.now,
                rehearsal=self._room.rehearsal,
            )

    def mark_sending(self, letters: Sequence[Letter]) -> None:
        """Say which invitations are about to go, so that another computer sees it."""
        if self.live and self._room.ledger and self._this.mailing.kind == "invitation":
            people, now = {one.person for one in letters}, local_moment(self._room.now)
            changes = sending_changes(self.book, self._about, people, now)
            going = [Invitation.at(self.book, change.row_id).mailbox for change in changes]
            said_at = now if self.book.table("invitations").has("sent_at") else ""
            self._room.hold()
            self._room.ledger.begin(self._this.mailing.campaign, going, said_at)
            self._write(changes)

    def follow(self) -> None:
        """Bring the register up to the ledger; what has not gone yet is still being sent."""
        changes = self._from_ledger()
        back = {change.row_id for change in changes if change.after == "waiting"}
        self._write([change for change in changes if change.row_id not in back])

    def plan(self) -> Plan:
        """Return what is left to be written when all is done."""
        if not self._about:
            return Plan()
        blocked = blocked_changes(self.book, self._this.blocked)
        changes = [*self._foreseen, *blocked, *self._from_ledger()]
        return Plan.of(dict.fromkeys(changes), self.book.witnesses(changes))

    def _from_ledger(self) -> list[Change]:
        room = self._room
        return [
            *changes_from_ledger(
                self.book,
                self._about,
                room.ledger,
                room.now.tzinfo,
                rehearsal=room.rehearsal,
                sending=True,
            )
        ]

    def _write(self, changes: Sequence[Change]) -> None:
        if changes and self._room.refresh:
            self.book = self._room.refresh(Plan.of(changes, self.book.witnesses(changes)))

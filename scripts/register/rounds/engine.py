"""One round of letters of any kind: written, agreed to, dispatched, entered in the register.

All letters are written before the first is sent. The differences between kinds are in
:mod:`register.letters.kinds`; each command chooses its own recipients.
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
    """Write all letters of a round, have a person agree, send them, and update the register.

    Where the kind is about a meeting, the caller must apply the outcome's plan; without ``apply``
    the plan shows the effect of sending. Automatic letters (answers to a message) need no
    agreement, and neither ``limit`` nor the limit of a campaign applies to them. Raises UsageError
    where a letter cannot be written, SafetyStop where there are too many letters or they differ
    from those that a person agreed to, BookLocked where another run is sending.
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
        notes += done.sentences(rehearsal=room.rehearsal)
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
    """Return all letters of a round; raise UsageError where any cannot be written."""
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
    """Return the digest of a round's letters and of the later letters that are ``due``."""
    event = calendar_event(this.about).facts() if this.about else {}
    files = [one.part for one in attachments(room, this)]
    return letters_digest((draft for draft, _ in drafts), this.mailing, event, files, due)


def attachments(room: MailRoom, this: Round) -> Sequence[Attachment]:
    """Return the attachments of each letter of a round."""
    if this.row and this.kind.attaches:
        return room.attach(attachment_names(getattr(this.row, this.kind.attaches)))
    return ()


def compose_round_letter(
    one: RenderedLetter, room: MailRoom, this: Round, invitation: str = ""
) -> Letter:
    """Return a letter of a round, with its calendar part if the kind has one.

    ``invitation`` is the Message-ID of the invitation that the reader has had, or ''.
    """
    part = None
    if this.about and this.told:
        part = calendar_part(one, this.about, room.sender, this.mailing, this.told.sequence)
    follows = invitation if this.mailing.kind != INVITATION else ""
    return compose_letter(one, room.sender, this.mailing, part, attachments(room, this), follows)


def letter_notes(made: Sequence[tuple[RenderedLetter, Letter]]) -> Iterator[Phrase]:
    """Yield notes about a round's letters: readers' missing values, attachments and total size."""
    yield from count_reasons(code for one, _ in made for code in one.remarks)
    if made and (files := made[0][1].files):
        yield (
            "{files} go with each letter; all letters together have {size} MB.",
            {"files": files, "size": math.ceil(sum(one.size for _, one in made) / 1024**2)},
        )


def ask_agreement(
    room: MailRoom, mailing: Mailing, letters: Sequence[Letter], wanted: Release
) -> None:
    """Have a person agree to these letters, and record it; raise SafetyStop on any other answer.

    For letters left over from an interrupted round, the agreement to that round counts.
    """
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
    """Record in the ledger what readers' calendars are about to show, if it has changed."""
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
    """Return the note, repeated in every run, about letters that only a person can settle."""
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
    """The changes that a round makes in the register: before, while and after letters are sent.

    ``book`` is the current register. A kind that is not projected changes nothing.
    """

    def __init__(self, book: Book, room: MailRoom, this: Round) -> None:
        self.book, self._room, self._this = book, room, this
        self._about = this.about.id if this.about and this.kind.projected else ""
        self._foreseen: list[Change] = []

    @property
    def live(self) -> bool:
        """Whether the register is updated while letters are being sent."""
        return bool(self._about and self._room.refresh and not self._room.rehearsal)

    def foresee(self) -> None:
        """Plan the changes that sending would make."""
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
        """Mark the invitations that are about to go, so that other computers see it."""
        if self.live and self._room.ledger and self._this.mailing.kind == "invitation":
            people, now = {one.person for one in letters}, local_moment(self._room.now)
            changes = sending_changes(self.book, self._about, people, now)
            going = [Invitation.at(self.book, change.row_id).mailbox for change in changes]
            said_at = now if self.book.table("invitations").has("sent_at") else ""
            self._room.hold()
            self._room.ledger.begin(self._this.mailing.campaign, going, said_at)
            self._write(changes)

    def follow(self) -> None:
        """Update the register from the ledger; letters not yet sent stay marked as sending."""
        changes = self._from_ledger()
        back = {change.row_id for change in changes if change.after == "waiting"}
        self._write([change for change in changes if change.row_id not in back])

    def plan(self) -> Plan:
        """Return the plan of the changes that remain at the end."""
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

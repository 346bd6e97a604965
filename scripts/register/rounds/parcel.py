"""Parcels: the letters that a row has to send now, those that follow later, and the code."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b

from register.book.phrase import Phrase
from register.book.schema import schema
from register.book.table import Book
from register.letters.campaign import LETTER, POLL_CANCELLATION, Mailing, first_campaign
from register.letters.coming_meetings import ComingMeetings
from register.letters.correspondents import standalone_readers
from register.letters.digest import LettersDigest, release_code
from register.letters.draft import RenderedLetter
from register.letters.entry import calendar_event
from register.letters.letter_words import with_file
from register.letters.mailing_list import chosen_people, find_list
from register.letters.meeting import read_meeting
from register.letters.message import Letter
from register.letters.templates import Templates
from register.letters.topics import topics_of
from register.people.mailings import LetterRow, ReleasedRow
from register.people.meetings import Meeting
from register.ports.ledger import PreviewEntry, Promise, Release
from register.rounds.engine import attachments, render_round, round_digest
from register.rounds.follow import follow_round
from register.rounds.invitations import invitation_round
from register.rounds.mail_room import MailRoom
from register.rounds.poll import is_poll_question, poll_round
from register.rounds.round import Round
from register.rounds.schedule import OfficeHours, due_days, is_too_late

_NOT_SHOWN = frozenset(
    (
        "state",
        "release",
        "send_at",
        "remind_days",
        "thanks",
        "attending",
        "capacity",
        "audience",
        "mailing",
    )
)
"""Columns that people write and no letter shows."""

_WITH_PROMISES = ("invitation", "change", "thanks", "poll")
"""Kinds of letters whose release allows later letters too.

Thanks are among them: their release covers people whose attendance is entered later.
"""

_TOLD_BLANK = frozenset(
    (
        *("name", "kind", "date", "start", "end", "place", "url", "area", "template", "rsvp_by"),
        *("host", "introduction_fi", "introduction_sv", "introduction_en", "programme"),
        *("attachments", "details", "minutes", "sign_up"),
    )
)
"""Columns of meetings that count in a digest even when blank: existing digests include them.

A column that was added to the schema later counts only when filled in, so that a register that gets
the column needs no new release.
"""

_TELLS = {"moved": "change", "cancelled": "cancellation", "held": "thanks"}
"""The kind of letter about a meeting, by the state that asks for it."""

_NOTES = {
    "event": "the meeting's name, time, place or link",
    "recipients": "who gets it",
    "due": "when letters go, or the words of the later ones",
    "words": "the words of the letters",
}
"""The wording for each part of a digest that has changed."""

LATER = _NOTES["due"]
"""The wording where only later letters have changed."""


def letter_round(book: Book, row: LetterRow, room: MailRoom) -> Round:
    """Return the round of a letter to those of its mailing who have not had it.

    Raises UsageError where its mailing is unknown or empty, or is everybody without saying so, or
    where its file is missing.
    """
    today = room.now.date()
    people = chosen_people(book, find_list(book, row.mailing), today)
    name = first_campaign(row.id)
    done = room.already_sent(name)
    readers, held = standalone_readers(
        book, people, "letter", today, done, topics=topics_of(book, row)
    )
    coming = ComingMeetings(book, today)
    mailing = Mailing(
        name, room.now, room.tokens, each=lambda person: {"coming": coming.of(person)}
    )
    written = with_file(row, room.drafts, book.language)
    return Round(mailing, readers, held=tuple(held.values()), letter=written)


@dataclass(frozen=True, slots=True)
class ReleaseSettings:
    """The settings for releasing letters from the sheet, from the configuration.

    ``addresses`` receive the previews with their codes. ``page`` is the template of the preview
    page. Practical details go ``details_days`` before a meeting (0: never). ``reminders`` is the
    maximum number of reminders to a person.
    """

    addresses: tuple[str, ...] = ()
    page: str = ""
    hours: OfficeHours = field(default_factory=OfficeHours)
    details_days: int = 2
    reminders: int = 1


@dataclass(frozen=True, slots=True)
class Parcel:
    """The letters of a round as they would go now, the later letters, and what releases them.

    ``release`` is what the engine is told that a person agreed to, once that person has typed the
    ``code``. ``source`` is the digest of the cells, templates and files that the letters are made
    from, regardless of recipients.
    """

    this: Round
    drafts: list[tuple[RenderedLetter, Letter]]
    promises: tuple[Promise, ...]
    digest: LettersDigest
    release: Release
    code: str
    source: str

    @property
    def count(self) -> int:
        """The number of letters."""
        return len(self.drafts)

    @property
    def kind(self) -> str:
        """The kind of the letters."""
        return self.this.mailing.kind

    @property
    def parts(self) -> dict[str, str]:
        """The digests of all parts, by name."""
        return {**asdict(self.digest), "source": self.source}

    def changed_since(self, parts: Mapping[str, str]) -> list[str]:
        """Return what has changed since a preview with these digests, as msgids."""
        mine = self.parts
        found = [key for key in ("event", "recipients", "due") if mine[key] != parts.get(key)]
        return [_NOTES[key] for key in found or ("words",)]


def parcel_of(book: Book, row: ReleasedRow, room: MailRoom, settings: ReleaseSettings) -> Parcel:
    """Return what a row has to send now.

    A letter goes to its mailing. For a meeting: after a change or a cancellation, a letter to those
    invited (or, if nobody was invited, the cancellation to those asked in the poll); once it is
    held, thanks to those who attended; otherwise the poll if the day is open, else the invitation,
    to those waiting. Raises UsageError or SafetyStop where there is no such letter or it cannot be
    written.
    """
    if isinstance(row, LetterRow):
        this = letter_round(book, row, room)
    elif row.state == "cancelled" and room.asked(row.id) and not room.invited(row.id):
        this = follow_round(book, row.id, POLL_CANCELLATION, room)
    elif row.state in _TELLS:
        this = follow_round(book, row.id, _TELLS[row.state], room)
    elif has_meeting_changed(book, row.id, room):
        this = follow_round(book, row.id, "change", room)
    elif is_poll_question(row, room):
        this = poll_round(book, row.id, room)
    else:
        this = invitation_round(book, row.id, room)
    return pack_parcel(book, row, this, room, settings)


def pack_parcel(
    book: Book, row: ReleasedRow, this: Round, room: MailRoom, settings: ReleaseSettings
) -> Parcel:
    """Return a round's letters as they would go now, with the later letters of the same release."""
    drafts = render_round(book, room, this)
    promised: list[Promise] = []
    if this.mailing.kind in _WITH_PROMISES and isinstance(row, Meeting):
        promised = promises_to_ask_for(book, row, room, settings)
    due = [f"send {row.send_at}", *(f"{one.kind} {one.day} {one.digest}" for one in promised)]
    digest = round_digest(drafts, room, this, due)
    return Parcel(
        this,
        drafts,
        tuple(promised),
        digest,
        Release(len(drafts), round_digest(drafts, room, this).short),
        release_code(room.tokens, room.listed(row.id), len(drafts), digest),
        _digest(
            [
                *_source(book, this.letter or row, this.mailing.kind, room.templates),
                *(blake2b(one.part).hexdigest() for one in attachments(room, this)),
            ]
        ),
    )


def is_previewed(parcel: Parcel, row: Meeting, room: MailRoom) -> bool:
    """Return True if exactly these letters have been previewed."""
    earlier = room.ledger.previews(room.listed(row.id)) if room.ledger else ()
    return any((one.release, one.parts) == (parcel.release, parcel.parts) for one in earlier)


def record_release(parcel: Parcel, row: Meeting, room: MailRoom) -> None:
    """Record that a person has seen and released these letters and their later ones."""
    if room.ledger and not is_previewed(parcel, row, room):
        listed = room.listed(row.id)
        number = max((one.number for one in room.ledger.previews(listed)), default=0) + 1
        bits = (parcel.kind, parcel.release, parcel.code, parcel.parts)
        room.ledger.keep_preview(listed, PreviewEntry(number, *bits, told=True))
    if parcel.kind in _WITH_PROMISES:
        keep_promises(parcel, row.id, room)


def keep_promises(parcel: Parcel, row_id: str, room: MailRoom) -> None:
    """Record the later letters that a parcel's release allows; a round begun keeps its number."""
    if room.ledger:
        listed = room.listed(row_id)
        begun = {one.kind: one.number for one in room.ledger.promises(listed)}
        promised = (replace(one, number=begun.get(one.kind, 0)) for one in parcel.promises)
        room.ledger.promise(listed, promised)


def has_meeting_changed(book: Book, meeting_id: str, room: MailRoom) -> bool:
    """Return True if a meeting differs from what its invited people were told last."""
    told = room.announcement(meeting_id)
    if told is None or not room.invited(meeting_id):
        return False
    return dict(told.facts) != calendar_event(read_meeting(book, meeting_id)).facts()


def promises_to_ask_for(
    book: Book, row: Meeting, room: MailRoom, settings: ReleaseSettings
) -> list[Promise]:
    """Return the later letters that a release made now would allow.

    One whose day has passed is included if it was promised before, has not gone, and is not too
    late. Once a meeting is held, only the thanks are included.
    """
    ledger = room.ledger
    promised = ledger.promises(room.listed(row.id)) if ledger else ()
    days = {(one.kind, one.day) for one in promised if not room.rounds(row.id, one.kind)}
    today, about = room.now.date().isoformat(), read_meeting(book, row.id, polling=True)
    return [
        one
        for one in promises_of(book, row.id, room, settings)
        if (one.kind == "thanks" or row.state != "held")
        and (one.day >= today or (one.kind, one.day) in days or row.state == "held")
        and not is_too_late(one.kind, about, room.now)
    ]


def promises_of(
    book: Book, meeting_id: str, room: MailRoom, settings: ReleaseSettings
) -> list[Promise]:
    """Return the later letters that a meeting's row asks for, sorted by day."""
    about = read_meeting(book, meeting_id, polling=True)
    days = due_days(about, settings.details_days)
    return [
        Promise(kind, day.isoformat(), _digest(_source(book, about.row, kind, room.templates)))
        for kind, day in sorted(days.items(), key=lambda one: one[1])
    ]


def _source(book: Book, row: ReleasedRow, kind: str, templates: Templates) -> Iterator[str]:
    """Yield the sources of a kind of letter: the row's cells, and the templates that it uses."""
    table = book.table(row.tab)
    yield kind
    for column in schema().tab(row.tab).columns:
        if not column.tool and column.key not in _NOT_SHOWN and table.has(column.key):
            said = getattr(row, column.key) if kind == LETTER else table.cell(row.id, column.key)
            if said or kind == LETTER or column.key in _TOLD_BLANK:
                yield f"{column.key} {said}"
    for name, text in sorted(templates.items()):
        if name.startswith(f"{kind}.") or not name.endswith(".md.j2"):
            yield f"{name} {text}"


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def promise_phrase(one: Promise) -> Phrase:
    """Return a preview's sentence about a later letter."""
    match one.kind:
        case "reminder":
            said = "a reminder on {day} to those who have not answered"
        case "poll-reminder":
            said = "a reminder on {day} to those who have not said which day suits"
        case "details":
            said = "practical details on {day} to those who come"
        case _:
            said = (
                "thanks from {day} on to those who were there, once the meeting is marked as held"
            )
    return said, {"day": one.day}

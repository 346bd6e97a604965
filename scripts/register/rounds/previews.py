"""Previews for those who may release letters: one letter of each language, and a page with all.

They go to the configured addresses only. Like all letters they are claimed in the ledger before
they are sent; each preview has campaigns of its own.
"""

from dataclasses import replace
from datetime import date, datetime

from register.book.table import Book
from register.book.tokens import Tokens
from register.letters.campaign import INVITATION, POLL, first_campaign, is_letter
from register.letters.draft import RenderedLetter
from register.letters.mail_to_us import compose_mail_to_us
from register.letters.message import Letter
from register.letters.preview import PreviewHeading, preview_page
from register.people.mailings import ReleasedRow
from register.rounds.dispatch import DispatchResult, dispatch_letters
from register.rounds.engine import compose_round_letter, render_round
from register.rounds.mail_room import MailRoom
from register.rounds.parcel import Parcel, ReleaseSettings, promise_phrase
from register.rounds.schedule import read_send_time
from register.values import email
from register.words.sentences import Sentences

_KIND = "preview"


def send_preview(
    book: Book,
    row: ReleasedRow,
    parcel: Parcel,
    number: int,
    room: MailRoom,
    settings: ReleaseSettings,
) -> DispatchResult:
    """Send the preview of this number; parts that have gone already are not sent again."""
    assert room.ledger is not None  # noqa: S101, asked by the caller
    campaign, all_done = f"{row.id}/{_KIND}/{number}", DispatchResult()
    batches = {campaign: _summaries(book, row, parcel, campaign, room, settings)}
    for language, letters in _samples(book, row, parcel, number, room, settings).items():
        batches[f"{campaign}-{language}"] = letters
    for name, letters in batches.items():
        done = dispatch_letters(
            letters, room.post, room.ledger, room.listed(name), room.limits, room.now
        )
        all_done.failed += done.failed
        all_done.sent += done.sent
        all_done.notes += done.notes
        if done.stopped:
            all_done.stopped = done.stopped
            break
    return all_done


def _summaries(
    book: Book,
    row: ReleasedRow,
    parcel: Parcel,
    campaign: str,
    room: MailRoom,
    settings: ReleaseSettings,
) -> list[Letter]:
    say = Sentences(book.language)
    heading = PreviewHeading(row.name, parcel.code, tuple(parcel.this.held))
    page = preview_page(settings.page, book, heading, parcel.drafts)
    named = campaign.replace("/", ".")
    subject = say("[{code}] Preview: {meeting}", code=parcel.code, meeting=row.name)
    text = preview_text(row, parcel, say, room.now)
    return [
        compose_mail_to_us(
            room.sender,
            address,
            (subject, text),
            {f"{row.id}.html": page.encode()},
            f"<{named}.{_token(room, campaign, address)}@{room.sender.domain}>",
            room.now,
        )
        for address in settings.addresses
    ]


def preview_text(row: ReleasedRow, parcel: Parcel, say: Sentences, now: datetime) -> str:
    """Return the text of the preview's mail: how many letters, when, and how to release them."""
    kind = say.named("verb", f"invite {parcel.this.kind.verb}")
    lines = [
        f"{row.name} · {row.id} ({kind})",
        say("{count} letters wait for your word.", count=parcel.count),
        say("Release code: {code}", code=parcel.code),
        "",
        _how_to_release(row, parcel, say),
    ]
    if row.send_at:
        moment = read_send_time(row.send_at, now.tzinfo)
        lines.append(say("They then go {moment}.", moment=moment_text(moment)))
    if parcel.promises:
        lines += ["", say("The same code releases:")]
        for one in parcel.promises:
            msgid, values = promise_phrase(one)
            said = say(msgid, **{**values, "day": date.fromisoformat(one.day)})
            lines.append(f"- {said}")
    lines += ["", say("Attached are all letters as one page; one of each language comes apart.")]
    return "\n".join(lines) + "\n"


def _how_to_release(row: ReleasedRow, parcel: Parcel, say: Sentences) -> str:
    state = say.label("meeting_state", "released")
    if is_letter(row.id):
        return say(
            "If it may go, type the code into {column:letters.release} in the row of the letter in"
            " {tab:letters} and set {column:letters.state} to “{state}”.",
            state=state,
        )
    if parcel.kind in (INVITATION, POLL):
        return say(
            "If they may go, type the code into {column:meetings.release} in the row of the meeting"
            " in {tab:meetings} and set {column:meetings.state} to “{state}”.",
            state=state,
        )
    return say(
        "If they may go, type the code into {column:meetings.release} in the row of the meeting"
        " in {tab:meetings}."
    )


def _samples(
    book: Book,
    row: ReleasedRow,
    parcel: Parcel,
    number: int,
    room: MailRoom,
    settings: ReleaseSettings,
) -> dict[str, list[Letter]]:
    """Return the sample letters by language: for each address, the first letter of the language.

    Their tokens are made with another key, so that an answer to a sample counts for nobody.
    """
    first: dict[str, RenderedLetter] = {}
    for draft, _ in parcel.drafts:
        first.setdefault(draft.recipient.language, draft)
    if not first:
        return {}
    prefix = first_campaign(row.id) if is_letter(row.id) else f"{row.id}/{parcel.kind}"
    mailing = replace(
        parcel.this.mailing,
        campaign=f"{prefix}/{_KIND}-{number}",
        tokens=Tokens(room.tokens.key + _KIND.encode()),
    )
    this = replace(parcel.this, mailing=mailing, readers=[one.recipient for one in first.values()])
    found: dict[str, list[Letter]] = {}
    for draft, _ in render_round(book, room, this):
        for address in settings.addresses:
            mailbox = email.mailbox_key(address)
            reader = replace(draft.recipient, address=address, mailbox=mailbox)
            marked = replace(draft, recipient=reader, subject=f"[{parcel.code}] {draft.subject}")
            letter = compose_round_letter(marked, room, this)
            found.setdefault(draft.recipient.language, []).append(letter)
    return found


def _token(room: MailRoom, campaign: str, address: str) -> str:
    return room.tokens.of(f"{campaign}/message", email.mailbox_key(address))


def moment_text(moment: datetime) -> str:
    """Return a time as people write it in Finland: 29.11.2026 9.05."""
    return f"{moment.day}.{moment.month}.{moment.year} {moment.hour}.{moment:%M}"

"""``invite.py``: the letters of a meeting, and those that are about no meeting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from register.book.errors import UsageError
from register.book.outcome import Outcome
from register.book.table import Book
from register.letters.audience import audience
from register.letters.kinds import LETTER_KINDS, STANDALONE_KINDS
from register.letters.meeting import find_meeting
from register.letters.poll import poll_table
from register.letters.preview import PAGE, PreviewHeading, preview_page
from register.letters.reasons import short_reasons
from register.letters.tally import tally_text
from register.lists.participants import participant_list
from register.people.meetings import Meeting
from register.ports.ledger import Release
from register.post.sent_folder import message_ids
from register.rounds.digest import send_digest
from register.rounds.follow import send_follow
from register.rounds.follow_up import send_follow_up
from register.rounds.freshness import send_freshness
from register.rounds.invitations import send_invitations
from register.rounds.mail_room import MailRoom
from register.rounds.notices import send_notices
from register.rounds.parcel import (
    Parcel,
    is_previewed,
    pack_parcel,
    promise_phrase,
    record_release,
)
from register.rounds.plan import plan_invitations
from register.rounds.projection import ROW_STATES
from register.rounds.resolve import resolve_unknown
from register.rounds.round import Round
from register.rounds.status import invitation_status
from register.rounds.trial import PREVIEW_FILE, preview_invitations, try_letters
from register.run.command_line import finish
from register.run.exclusive import exclusive_session
from register.run.handed_lists import check_receiver, note_receiver
from register.run.meetings import release_settings
from register.run.options import Options
from register.run.printing import show_table
from register.run.session import Session, open_session, sentences_for
from register.show.participants import participants_page, participants_workbook, poll_headers

_PREVIEW = Path("preview")
"""The folder of the preview without ``--report-dir``, in the current folder."""


def plan_meeting(options: Options, meeting: str) -> None:
    """Add a row of ``invitations`` for each invited person; a person may veto it there."""
    with open_session(options) as session:
        outcome = session.run(
            "invite plan",
            lambda book: plan_invitations(book, find_meeting(book, meeting), session.now),
        )
    finish(outcome, options)


def show_audience(options: Options, meeting: str) -> NoReturn:
    """Print all people of the register with the reason why they are invited or not; exit with 0."""
    with open_session(replace(options, apply=False)) as session:
        book, today = session.look(), session.now.date()
    found = audience(book, find_meeting(book, meeting), today, polling=True)
    say = sentences_for(options, book.language)
    words = short_reasons(say)
    rows = [
        ("+", one.person, say.row(book, "people", one.person), words[one.reason])
        for one in found.invited
    ] + [
        ("-", out.person, say.row(book, "people", out.person), f"{words[out.reason]} {out.other}")
        for out in found.left_out
    ]
    headers = [say.header("invitations", key) for key in ("id", "person")]
    show_table(["", *headers, ""], rows, options, say, value=found.as_record())


def preview_meeting(options: Options, meeting: str) -> None:
    """Write a page with all letters as they would be sent."""
    _refuse_saved_plan(options, "preview")
    with open_session(options) as session, session.mail.room() as room:
        book = session.look()
        found = find_meeting(book, meeting)
        outcome = preview_invitations(book, found, room, page=session.page(PAGE))
        path = session.keep(
            (options.report_dir or _PREVIEW) / PREVIEW_FILE, outcome.files[PREVIEW_FILE]
        )
    finish(replace(outcome, files={"The letters to look at": path}), options)


def send_to_oneself(options: Options, meeting: str, to: str) -> None:
    """Send one letter of each language to an address of your own."""
    _refuse_saved_plan(options, "test")
    with open_session(options) as session, session.mail.room() as room:
        book = session.look()
        outcome = try_letters(book, find_meeting(book, meeting), room, to)
        outcome = _with_outbox(session, room, outcome)
    finish(outcome, options)


def send_meeting(options: Options, meeting: str, confirm: str, *, take_over: bool) -> None:
    """Send the waiting invitations."""
    sending = partial(send_invitations, take_over=take_over)
    _send(options, "send", meeting, confirm, take_over, sending)


def send_after_invitation(
    options: Options, kind: str, meeting: str, confirm: str, *, take_over: bool
) -> None:
    """Send a letter that follows an invitation.

    ``kind`` is a key of :data:`letters.kinds.LETTER_KINDS`.
    """

    def sending(book: Book, found: str, room: MailRoom) -> Outcome:
        return send_follow(book, found, kind, room, reminders=reminders)

    with open_session(options) as session:
        reminders = session.config.letters.reminders
    _send(options, LETTER_KINDS[kind].verb, meeting, confirm, take_over, sending)


def _send(
    options: Options,
    verb: str,
    meeting: str,
    confirm: str,
    take_over: bool,
    sending: Callable[[Book, str, MailRoom], Outcome],
) -> None:
    _refuse_saved_plan(options, verb)
    with (
        open_session(options) as opened,
        exclusive_session(opened) as session,
        session.mail.room(confirm=confirm, take_over=take_over) as room,
    ):
        book = session.read()
        row = Meeting.at(book, find_meeting(book, meeting))
        shown: list[Parcel] = []

        def agree(wanted: Release) -> Release:
            given = room.confirm(wanted)
            if given == wanted:
                record_release(shown[-1], row, room)
            return given

        looking = replace(
            room,
            confirm=agree,
            show=lambda this: shown.append(_show_letters(session, room, book, row, this)),
        )
        outcome = sending(book, row.id, looking)
        outcome = session.carry_out(outcome.book, outcome)
        outcome = _with_outbox(session, room, outcome)
    finish(outcome, options)


def _show_letters(
    session: Session, room: MailRoom, book: Book, row: Meeting, this: Round
) -> Parcel:
    """Write a preview page of the letters that would go now, unless these have been previewed."""
    parcel = pack_parcel(book, row, this, room, release_settings(session))
    if room.rehearsal or is_previewed(parcel, row, room):
        return parcel
    heading = PreviewHeading(row.name, parcel.code, tuple(this.held))
    page = preview_page(session.page(PAGE), book, heading, parcel.drafts)
    path = session.keep((session.options.report_dir or _PREVIEW) / PREVIEW_FILE, page)
    say = session.say
    click.echo(f"{say('The letters to look at')}: {path}", err=True)
    for one in parcel.promises:
        msgid, values = promise_phrase(one)
        said = say(msgid, **{**values, "day": date.fromisoformat(one.day)})
        click.echo(say("The same word releases {letters}.", letters=said), err=True)
    return parcel


def send_digests(options: Options, confirm: str) -> None:
    """Send each of our owners a letter about the next steps that wait for them."""
    _send_standalone(
        options,
        "digest",
        confirm,
        lambda session, book, room: send_digest(book, room, session.store.link),
    )


def ask_freshness(options: Options, confirm: str) -> None:
    """Ask people whose details are old whether they still hold."""
    _send_standalone(
        options,
        "freshness",
        confirm,
        lambda session, book, room: send_freshness(book, room, session.setting),
    )


def send_register_notices(options: Options, confirm: str) -> None:
    """Send the register notice to people whom no letter has informed of the register."""
    _send_standalone(options, "notice", confirm, lambda _, book, room: send_notices(book, room))


def send_event_follow_up(options: Options, event: str, confirm: str) -> None:
    """Send follow-up letters to the people met at an event."""
    _send_standalone(
        options, "follow-up", confirm, lambda _, book, room: send_follow_up(book, event, room)
    )


def _send_standalone(
    options: Options, verb: str, confirm: str, sending: Callable[[Session, Book, MailRoom], Outcome]
) -> None:
    _refuse_saved_plan(options, verb)
    with (
        open_session(options) as opened,
        exclusive_session(opened) as session,
        session.mail.room(confirm=confirm) as room,
    ):
        outcome = _with_outbox(session, room, sending(session, session.read(), room))
    finish(outcome, options)


def _with_outbox(session: Session, room: MailRoom, outcome: Outcome) -> Outcome:
    """Return the outcome with the folder to which a rehearsal's letters went."""
    if session.options.apply and room.rehearsal:
        return replace(outcome, files={"The outbox": str(session.mail.outbox)})
    return outcome


def settle_unknown(
    options: Options,
    meeting: str,
    *,
    sent: tuple[str, ...],
    not_sent: tuple[str, ...],
    sent_mail: Path | None,
    sent_folder: bool,
) -> None:
    """Settle letters that may have gone; print the letters about which nothing is known."""
    _refuse_saved_plan(options, "resolve")
    with open_session(options) as session, session.mail.room() as room:
        book = session.read()
        outcome = resolve_unknown(
            book,
            _about(book, meeting),
            room,
            sent=sent,
            unsent=not_sent,
            found=message_ids(sent_mail) if sent_mail else (),
            look=session.mail.in_sent_folder if sent_folder else None,
        )
        outcome = session.carry_out(book, outcome)
    finish(outcome, options)


def show_status(options: Options, meeting: str) -> None:
    """Show how far each letter of a meeting got, and the answers, including those to a poll."""
    _refuse_saved_plan(options, "status")
    with open_session(options) as session:
        book = session.look()
        with session.mail.ledger() as ledger:
            found = invitation_status(book, about := _about(book, meeting), ledger)
        answers = "" if about in STANDALONE_KINDS else tally_text(book, about)
        poll = poll_table(book, about)
    say = sentences_for(options, book.language)
    columns = ("id", "person", "email", "send_state", "rsvp")
    said, days = dict(poll.people), poll.days if poll.people else ()
    yes_no = {True: say.label("yes_no", "yes"), False: say.label("yes_no", "no"), None: ""}
    rows = [
        (
            letter["person"],
            say.row(book, "people", letter["person"]),
            letter["address"],
            say.label("send_state", ROW_STATES.get(letter["state"], letter["state"])),
            say.label("rsvp", letter["rsvp"]) if letter["rsvp"] else "",
            *(yes_no[one] for one in said.get(letter["person"], (None,) * len(days))),
        )
        for letter in found["letters"]
    ]
    headers = [*(say.header("invitations", key) for key in columns), *poll_headers(days, say)]
    above = "" if options.quiet else answers
    show_table(headers, rows, options, say, value=found, above=above)


def list_participants(options: Options, meeting: str, receiver: str = "") -> None:
    """Write the list of participants, as a page with name tags and as a workbook."""
    _refuse_saved_plan(options, "participants")
    check_receiver(options, receiver)
    with open_session(options) as session:
        book = session.look()
        found = participant_list(book, find_meeting(book, meeting))
        say = sentences_for(options, book.language)
        folder = options.report_dir or _PREVIEW
        shown = participants_page(found, say)
        note_receiver(session, book, receiver, "participants", shown)
        page = session.keep(folder / "participants.html", shown)
        table = session.keep_bytes(folder / "participants.xlsx", participants_workbook(found, say))
    outcome = Outcome(
        "invite participants",
        book,
        files={"The list to print": page, "The list as a workbook": table},
        notes=(("{count} are on the list.", {"count": len(found.people)}),),
    )
    finish(outcome, options)


def _about(book: Book, named: str) -> str:
    """Return the id of a meeting, or the given kind of letters that are about no meeting."""
    return named if named in STANDALONE_KINDS else find_meeting(book, named)


def _refuse_saved_plan(options: Options, verb: str) -> None:
    """Raise UsageError for a saved plan: cells can be written later as shown, letters cannot."""
    if options.plan or options.plan_out:
        raise UsageError(
            "invite.py {verb} takes no saved plan: only cells can be planned, letters cannot.",
            remedy="Leave out --plan and --plan-out; without --apply it shows what it would do.",
            verb=verb,
        )

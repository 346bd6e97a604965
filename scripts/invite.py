"""Invite people to a meeting: plan who, look at the letters, send them, see how far they got."""

from __future__ import annotations

from environment import ensure

ensure()

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from register.book.errors import UsageError
from register.book.outcome import Outcome
from register.book.table import Book
from register.letters.audience import audience
from register.letters.meeting import find_meeting
from register.letters.preview import PAGE
from register.letters.reasons import SHORT
from register.letters.tally import tally_text
from register.lists.participants import participant_list as list_participants
from register.post.sent_mail import message_ids
from register.rounds.digest import send_digest
from register.rounds.engine import MailRoom
from register.rounds.follow import VERBS, send_follow
from register.rounds.follow_up import send_follow_up
from register.rounds.freshness import send_freshness
from register.rounds.invitations import send_invitations
from register.rounds.plan import plan_invitations
from register.rounds.preview import PREVIEW_FILE, preview_invitations
from register.rounds.resolve import resolve_unknown
from register.rounds.standalone import STANDALONE_KINDS
from register.rounds.status import IN_KUTSUT, invitation_status
from register.rounds.trial import try_letters
from register.run.command_line import finish, run_command
from register.run.options import Options, shared_options
from register.run.printing import show_table
from register.run.session import open_session
from register.show.participants import participants_page, participants_workbook
from register.words.sentences import Sentences

PREVIEW = Path("preview")
"""The folder of the current one that the preview goes to unless ``--report-dir`` names another."""


@click.group(help=__doc__)
def command() -> None:
    """Invite people to a meeting."""


def _verb(called: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its meeting and the shared flags."""
    meeting = click.argument("meeting", metavar="MEETING")
    return command.command(called.__name__)(meeting(shared_options(called)))


def _sending(called: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb that sends what it needs besides: a person's word, and another computer's end."""
    confirm = click.option(
        "--confirm", default="", metavar="COUNT:HASH", help="Agree to just these letters."
    )
    take_over = click.option(
        "--take-over", is_flag=True, help="The computer that began to send never will again."
    )
    return _verb(confirm(take_over(called)))


def _send(
    options: Options,
    verb: str,
    meeting: str,
    confirm: str,
    take_over: bool,
    sending: Callable[[Book, str, MailRoom], Outcome],
) -> None:
    _no_plan(options, verb)
    with (
        open_session(options) as desk,
        desk.mail.room(confirm=confirm, take_over=take_over) as room,
    ):
        book = desk.read()
        outcome = sending(book, find_meeting(book, meeting), room)
        outcome = desk.carry_out(outcome.book, outcome)
        if options.apply and room.rehearsal:
            outcome = replace(outcome, files={"The outbox": str(desk.mail.outbox)})
    finish(outcome, options)


def _follow(options: Options, kind: str, meeting: str, confirm: str, take_over: bool) -> None:
    with open_session(options) as desk:
        reminders = desk.config.letters.reminders

    def sending(book: Book, found: str, room: MailRoom) -> Outcome:
        return send_follow(book, found, kind, room, reminders=reminders)

    _send(options, VERBS[kind], meeting, confirm, take_over, sending)


@_verb
@click.option("--who", is_flag=True, help="List everybody: who is invited, who is not, and why.")
def plan(options: Options, *, meeting: str, who: bool) -> None:
    """Add a row of Kutsut for each one who is invited; a person may veto them there."""
    if who:
        _show_audience(options, meeting)
    with open_session(options) as desk:
        outcome = desk.carry_out_saved("invite plan")
        if outcome is None:
            book = desk.read()
            outcome = plan_invitations(book, find_meeting(book, meeting), desk.now)
            outcome = desk.carry_out(book, outcome)
    finish(outcome, options)


@_verb
def preview(options: Options, *, meeting: str) -> None:
    """Write a page with every letter as it would be sent. Nothing is sent or changed."""
    _no_plan(options, "preview")
    with open_session(options) as desk, desk.mail.room() as room:
        book = desk.store.read()
        found = find_meeting(book, meeting)
        outcome = preview_invitations(book, found, room, page=desk.page(PAGE))
        path = desk.keep(
            (options.report_dir or PREVIEW) / PREVIEW_FILE, outcome.files[PREVIEW_FILE]
        )
    finish(replace(outcome, files={"The letters to look at": path}), options)


@_verb
@click.option("--to", required=True, help="Your own address.")
def test(options: Options, *, meeting: str, to: str) -> None:
    """Send one letter of each language to yourself, before anybody is written to."""
    _no_plan(options, "test")
    with open_session(options) as desk, desk.mail.room() as room:
        book = desk.store.read()
        outcome = try_letters(book, find_meeting(book, meeting), room, to)
        if options.apply and room.rehearsal:
            outcome = replace(outcome, files={"The outbox": str(desk.mail.outbox)})
    finish(outcome, options)


@_sending
def send(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Send the invitations that wait in Kutsut, once a person has released the meeting."""

    def sending(book: Book, found: str, room: MailRoom) -> Outcome:
        return send_invitations(book, found, room, take_over=take_over)

    _send(options, "send", meeting, confirm, take_over, sending)


@_sending
def remind(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Remind those who were invited and have not answered."""
    _follow(options, "reminder", meeting, confirm, take_over)


@_sending
def change(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Tell those who were invited that the meeting's time, place or link has changed."""
    _follow(options, "change", meeting, confirm, take_over)


@_sending
def cancel(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Tell those who were invited that a person has called the meeting off."""
    _follow(options, "cancellation", meeting, confirm, take_over)


@_sending
def thanks(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Thank those who were there, when the meeting has been held."""
    _follow(options, "thanks", meeting, confirm, take_over)


@command.command()
@click.option("--confirm", default="", metavar="COUNT:HASH", help="Agree to just these letters.")
@shared_options
def digest(options: Options, *, confirm: str) -> None:
    """Send each of our own people, once a week, the next steps that wait for them."""
    _no_plan(options, "digest")
    with open_session(options) as desk, desk.mail.room(confirm=confirm) as room:
        outcome = send_digest(desk.read(), room)
        if options.apply and room.rehearsal:
            outcome = replace(outcome, files={"The outbox": str(desk.mail.outbox)})
    finish(outcome, options)


@command.command()
@click.option("--confirm", default="", metavar="COUNT:HASH", help="Agree to just these letters.")
@shared_options
def freshness(options: Options, *, confirm: str) -> None:
    """Ask, once a year, those whose details have grown old whether they still hold."""
    _no_plan(options, "freshness")
    with open_session(options) as desk, desk.mail.room(confirm=confirm) as room:
        outcome = send_freshness(desk.read(), room, desk.setting)
        if options.apply and room.rehearsal:
            outcome = replace(outcome, files={"The outbox": str(desk.mail.outbox)})
    finish(outcome, options)


@command.command("follow-up")
@click.argument("event")
@click.option("--confirm", default="", metavar="COUNT:HASH", help="Agree to just these letters.")
@shared_options
def follow_up(options: Options, *, event: str, confirm: str) -> None:
    """Write to those you met at EVENT; contacts.py follow-up shows the letters first."""
    _no_plan(options, "follow-up")
    with open_session(options) as desk, desk.mail.room(confirm=confirm) as room:
        outcome = send_follow_up(desk.read(), event, room)
        if options.apply and room.rehearsal:
            outcome = replace(outcome, files={"The outbox": str(desk.mail.outbox)})
    finish(outcome, options)


@_verb
@click.option("--sent", multiple=True, metavar="ID", help="A person whose letter has gone.")
@click.option("--not-sent", multiple=True, metavar="ID", help="One whose letter has not gone.")
@click.option(
    "--sent-mail",
    type=click.Path(path_type=Path, exists=True),
    help="A copy of the sent mail to look into: an mbox file, a Maildir, or a folder of .eml.",
)
@click.option("--sent-folder", is_flag=True, help="Look into the Sent folder of the mail account.")
def resolve(
    options: Options,
    *,
    meeting: str,
    sent: tuple[str, ...],
    not_sent: tuple[str, ...],
    sent_mail: Path | None,
    sent_folder: bool,
) -> None:
    """Settle the letters that may have gone or not; without options, name them."""
    _no_plan(options, "resolve")
    with open_session(options) as desk, desk.mail.room() as room:
        book = desk.read()
        outcome = resolve_unknown(
            book,
            _about(book, meeting),
            room,
            sent=sent,
            unsent=not_sent,
            found=message_ids(sent_mail) if sent_mail else (),
            look=desk.mail.in_sent_folder if sent_folder else None,
        )
        outcome = desk.carry_out(book, outcome)
    finish(outcome, options)


@_verb
def status(options: Options, *, meeting: str) -> None:
    """Show how far each letter of a meeting got, and who has answered."""
    _no_plan(options, "status")
    with open_session(options) as desk:
        book = desk.store.read()
        with desk.mail.ledger() as ledger:
            found = invitation_status(book, about := _about(book, meeting), ledger)
        answers = "" if about in STANDALONE_KINDS else tally_text(book, about)
    if options.format == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    say = Sentences(options.lang or book.language)
    columns = ("id", "person", "email", "send_state", "rsvp")
    rows = [
        (
            letter["person"],
            say.row(book, "people", letter["person"]),
            letter["address"],
            say.label("send_state", IN_KUTSUT.get(letter["state"], letter["state"])),
            say.label("rsvp", letter["rsvp"]) if letter["rsvp"] else "",
        )
        for letter in found["letters"]
    ]
    if answers and not options.quiet:
        click.echo(answers)
    show_table([say.header("invitations", key) for key in columns], rows, options, say)


@_verb
def participants(options: Options, *, meeting: str) -> None:
    """Write the list of those who come, as a page with name tags and as a workbook."""
    _no_plan(options, "participants")
    with open_session(options) as desk:
        book = desk.store.read()
        found = list_participants(book, find_meeting(book, meeting))
        say = Sentences(options.lang or book.language)
        folder = options.report_dir or PREVIEW
        page = desk.keep(folder / "participants.html", participants_page(found, say))
        table = desk.keep_bytes(folder / "participants.xlsx", participants_workbook(found, say))
    outcome = Outcome(
        "invite participants",
        book,
        files={"The list to print": page, "The list as a workbook": table},
        notes=(("{count} are on the list.", {"count": len(found.people)}),),
    )
    finish(outcome, options)


def _about(book: Book, named: str) -> str:
    """Return the id of a meeting, or the kind of letters that are about none."""
    return named if named in STANDALONE_KINDS else find_meeting(book, named)


def _show_audience(options: Options, meeting: str) -> NoReturn:
    """Print everybody of the register with the reason why they are invited or not."""
    with open_session(replace(options, apply=False)) as desk:
        book, today = desk.store.read(), desk.now.date()
    found = audience(book, find_meeting(book, meeting), today)
    if options.format == "json":
        click.echo(json.dumps(found.as_record(), ensure_ascii=False, indent=1))
        raise SystemExit(0)
    say = Sentences(options.lang or book.language)
    words = SHORT[say.language]
    rows = [
        ("+", one.person, say.row(book, "people", one.person), words[one.reason])
        for one in found.invited
    ] + [
        ("-", out.person, say.row(book, "people", out.person), f"{words[out.reason]} {out.other}")
        for out in found.left_out
    ]
    headers = [say.header("invitations", key) for key in ("id", "person")]
    show_table(["", *headers, ""], rows, options, say)


def _no_plan(options: Options, verb: str) -> None:
    """Refuse a saved plan: cells can be written later exactly as shown, letters cannot."""
    if options.plan or options.plan_out:
        raise UsageError(
            "invite.py {verb} takes no saved plan: only cells can be planned, letters cannot.",
            remedy="Leave out --plan and --plan-out; without --apply it shows what it would do.",
            verb=verb,
        )


if __name__ == "__main__":
    run_command(command)

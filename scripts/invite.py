"""Invite people to a meeting: plan who, look at the letters, send them, see how far they got."""

from __future__ import annotations

from environment import ensure

ensure()

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from register.cli import Options, finish, main, shared_options, show_table
from register.errors import UsageError
from register.flows.invite_plan import plan_invitations
from register.flows.invite_preview import FILE, preview_invitations
from register.flows.invite_send import send_invitations
from register.flows.invite_status import IN_KUTSUT, invitation_status
from register.letters.meeting import meeting_named
from register.letters.preview import PAGE
from register.report.sentences import Sentences
from register.wiring import opened

PREVIEW = Path("preview")
"""The folder of the current one that the preview goes to unless ``--report-dir`` names another."""


@click.group(help=__doc__)
def command() -> None:
    """Invite people to a meeting."""


def _verb(called: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its meeting and the shared flags."""
    meeting = click.argument("meeting", metavar="MEETING")
    return command.command(called.__name__)(meeting(shared_options(called)))


@_verb
def plan(options: Options, *, meeting: str) -> None:
    """Add a row of Kutsut for each one who is invited; a person may veto them there."""
    with opened(options) as desk:
        outcome = desk.carry_out_saved("invite plan")
        if outcome is None:
            book = desk.read()
            outcome = plan_invitations(book, meeting_named(book, meeting), desk.now)
            outcome = desk.carry_out(book, outcome)
    finish(outcome, options)


@_verb
def preview(options: Options, *, meeting: str) -> None:
    """Write a page with every letter as it would be sent. Nothing is sent or changed."""
    _no_plan(options, "preview")
    with opened(options) as desk:
        book = desk.store.read()
        outcome = preview_invitations(
            book,
            meeting_named(book, meeting),
            desk.now,
            templates=desk.templates,
            sender=desk.sender,
            page=desk.page(PAGE),
        )
        path = desk.keep((options.report_dir or PREVIEW) / FILE, outcome.files[FILE])
    finish(replace(outcome, files={"The letters to look at": path}), options)


@_verb
def send(options: Options, *, meeting: str) -> None:
    """Send the invitations that wait in Kutsut, once a person has released the meeting."""
    _no_plan(options, "send")
    with opened(options) as desk:
        book = desk.read()
        with desk.ledger() as ledger:
            outcome = send_invitations(
                book,
                meeting_named(book, meeting),
                desk.now,
                post=desk.post,
                ledger=ledger,
                templates=desk.templates,
                sender=desk.sender,
                apply=options.apply,
                limit=options.limit or 0,
            )
            outcome = desk.carry_out(book, outcome)
        if options.apply and desk.post.rehearsal:
            outcome = replace(outcome, files={"The outbox": str(desk.outbox)})
    finish(outcome, options)


@_verb
def status(options: Options, *, meeting: str) -> None:
    """Show how far each letter of a meeting got, and who has answered."""
    _no_plan(options, "status")
    with opened(options) as desk:
        book = desk.store.read()
        with desk.ledger() as ledger:
            found = invitation_status(book, meeting_named(book, meeting), ledger)
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
    show_table([say.header("invitations", key) for key in columns], rows, options, say)


def _no_plan(options: Options, verb: str) -> None:
    """Refuse a saved plan: cells can be written later exactly as shown, letters cannot."""
    if options.plan or options.plan_out:
        raise UsageError(
            "invite.py {verb} takes no saved plan: only cells can be planned, letters cannot.",
            remedy="Leave out --plan and --plan-out; without --apply it shows what it would do.",
            verb=verb,
        )


if __name__ == "__main__":
    main(command)

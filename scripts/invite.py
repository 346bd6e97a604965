"""Invite people to a meeting: plan who, look at the letters, send them, see how far they got."""

from environment import ensure

ensure()

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from register.run.command_line import run_command
from register.run.options import Options, receiver_option, shared_options

_CONFIRM = click.option(
    "--confirm", default="", metavar="COUNT:HASH", help="Agree to just these letters."
)
_TAKE_OVER = click.option(
    "--take-over", is_flag=True, help="The computer that began to send never will again."
)


@click.group(help=__doc__)
def command() -> None:
    """Invite people to a meeting."""


def _of_meeting(called: Callable[..., Any]) -> Callable[..., Any]:
    """Make a command with a meeting and the shared flags."""
    meeting = click.argument("meeting", metavar="MEETING")
    return command.command(called.__name__)(meeting(shared_options(called)))


def _sending(called: Callable[..., Any]) -> Callable[..., Any]:
    """Make a command that sends: it also takes a person's word, and another computer's end."""
    return _of_meeting(_CONFIRM(_TAKE_OVER(called)))


@_of_meeting
@click.option("--who", is_flag=True, help="List everybody: who is invited, who is not, and why.")
def plan(options: Options, *, meeting: str, who: bool) -> None:
    """List each one who is invited as a row of the register; a person may veto them there."""
    from register.run.invite import plan_meeting, show_audience

    (show_audience if who else plan_meeting)(options, meeting)


@_of_meeting
def preview(options: Options, *, meeting: str) -> None:
    """Write a page with every letter as it would be sent. Nothing is sent or changed."""
    from register.run.invite import preview_meeting

    preview_meeting(options, meeting)


@_of_meeting
@click.option("--to", required=True, help="Your own address.")
def test(options: Options, *, meeting: str, to: str) -> None:
    """Send one letter of each language to yourself, before anybody is written to."""
    from register.run.invite import send_to_oneself

    send_to_oneself(options, meeting, to)


@_sending
def send(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Send the invitations that wait, once a person has released the meeting."""
    from register.run.invite import send_meeting

    send_meeting(options, meeting, confirm, take_over=take_over)


@_sending
def remind(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Remind those who were invited and have not answered."""
    from register.run.invite import send_after_invitation

    send_after_invitation(options, "reminder", meeting, confirm, take_over=take_over)


@_sending
def change(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Tell those who were invited that the meeting's time, place or link has changed."""
    from register.run.invite import send_after_invitation

    send_after_invitation(options, "change", meeting, confirm, take_over=take_over)


@_sending
def cancel(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Tell those who were invited that a person has called the meeting off."""
    from register.run.invite import send_after_invitation

    send_after_invitation(options, "cancellation", meeting, confirm, take_over=take_over)


@_sending
def details(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Send those who come the practical details of the meeting."""
    from register.run.invite import send_after_invitation

    send_after_invitation(options, "details", meeting, confirm, take_over=take_over)


@_sending
def thanks(options: Options, *, meeting: str, confirm: str, take_over: bool) -> None:
    """Thank those who were there, when the meeting has been held."""
    from register.run.invite import send_after_invitation

    send_after_invitation(options, "thanks", meeting, confirm, take_over=take_over)


@command.command()
@shared_options
def advance(options: Options) -> None:
    """Do for every meeting what its row asks for, and send what is released and due."""
    from register.run.meetings import advance_all

    advance_all(options)


@command.command()
@_CONFIRM
@shared_options
def digest(options: Options, *, confirm: str) -> None:
    """Send each of our own people, once a week, the next steps that wait for them."""
    from register.run.invite import send_digests

    send_digests(options, confirm)


@command.command()
@_CONFIRM
@shared_options
def freshness(options: Options, *, confirm: str) -> None:
    """Ask, once a year, those whose details have grown old whether they still hold."""
    from register.run.invite import ask_freshness

    ask_freshness(options, confirm)


@command.command()
@_CONFIRM
@shared_options
def notice(options: Options, *, confirm: str) -> None:
    """Tell those of the register, once, whom no other letter has told of it."""
    from register.run.invite import send_register_notices

    send_register_notices(options, confirm)


@command.command("follow-up")
@click.argument("event")
@_CONFIRM
@shared_options
def follow_up(options: Options, *, event: str, confirm: str) -> None:
    """Write to those you met at EVENT; contacts.py follow-up shows the letters first."""
    from register.run.invite import send_event_follow_up

    send_event_follow_up(options, event, confirm)


@_of_meeting
@click.option("--sent", multiple=True, metavar="ID", help="A person whose letter has gone.")
@click.option("--not-sent", multiple=True, metavar="ID", help="One whose letter has not gone.")
@click.option(
    "--sent-mail",
    type=click.Path(path_type=Path),
    help="A copy of the sent mail to look into: an mbox file, a Maildir, or a folder of .eml.",
)
@click.option("--sent-folder", is_flag=True, help="Look into the Sent folder of the mail account.")
def resolve(options: Options, *, meeting: str, **known: Any) -> None:
    """Settle the letters that may have gone or not; without options, name them."""
    from register.run.invite import settle_unknown

    settle_unknown(options, meeting, **known)


@_of_meeting
def status(options: Options, *, meeting: str) -> None:
    """Show how far each letter of a meeting got, and who has answered."""
    from register.run.invite import show_status

    show_status(options, meeting)


@_of_meeting
@receiver_option
def participants(options: Options, *, meeting: str, receiver: str) -> None:
    """Write the list of those who come, as a page with name tags and as a workbook."""
    from register.run.invite import list_participants

    list_participants(options, meeting, receiver)


if __name__ == "__main__":
    run_command(command)

"""Read the answers that have come: who is coming, what bounced, who wants no more mail."""

from __future__ import annotations

from environment import ensure

ensure()

from pathlib import Path

import click

from register.book.errors import UsageError
from register.run.answers import read_mailbox
from register.run.command_line import finish, run_command
from register.run.options import Options, shared_options
from register.run.session import open_session


@click.command(help=__doc__)
@click.option(
    "--mailbox",
    type=click.Path(path_type=Path),
    help="A Maildir, an mbox file or a folder of .eml files, instead of the configured mailbox.",
)
@shared_options
def command(options: Options, *, mailbox: Path | None) -> None:
    """Read the answers."""
    if options.plan or options.plan_out:
        raise UsageError(
            "replies.py takes no saved plan: what it does goes with the messages of the mailbox.",
            remedy="Leave out --plan and --plan-out; without --apply it shows what it would do.",
        )
    with open_session(options) as desk:
        outcome = read_mailbox(desk, mailbox)
    finish(outcome, options)


if __name__ == "__main__":
    run_command(command)

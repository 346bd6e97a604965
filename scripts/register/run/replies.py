"""``replies.py``: the answers that have come are read."""

from __future__ import annotations

from pathlib import Path

from register.book.errors import UsageError
from register.run.answers import read_mailbox
from register.run.command_line import finish
from register.run.options import Options
from register.run.session import open_session


def run_replies(options: Options, mailbox: Path | None) -> None:
    """Read the configured mailbox, or the one that is named."""
    if options.plan or options.plan_out:
        raise UsageError(
            "replies.py takes no saved plan: what it does goes with the messages of the mailbox.",
            remedy="Leave out --plan and --plan-out; without --apply it shows what it would do.",
        )
    with open_session(options) as session:
        outcome = read_mailbox(session, mailbox)
    finish(outcome, options)

"""Read the answers that have come: who is coming, what bounced, who wants no more mail."""

from environment import ensure

ensure()

from pathlib import Path

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


@click.command(help=__doc__)
@click.option(
    "--mailbox",
    type=click.Path(path_type=Path),
    help="A Maildir, an mbox file or a folder of .eml files, instead of the configured mailbox.",
)
@shared_options
def command(options: Options, *, mailbox: Path | None) -> None:
    """Read the answers."""
    from register.run.answers import run_replies

    run_replies(options, mailbox)


if __name__ == "__main__":
    run_command(command)

"""Clean the register: ids, safe fixes, intake, duplicates, people's decisions, questions."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


@click.command(help=__doc__)
@click.option("--invite", is_flag=True, help="Those who are taken in may be invited at once.")
@click.argument("words", nargs=-1, metavar="[explain ID ID]")
@shared_options
def command(options: Options, *, invite: bool, words: tuple[str, ...]) -> None:
    """Clean the register, or explain why two rows are thought to be one."""
    from register.run.cleanup import run_cleanup

    run_cleanup(options, words, invite=invite)


if __name__ == "__main__":
    run_command(command)

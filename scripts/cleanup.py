"""Clean the register: ids, safe fixes, intake, duplicates, people's decisions, questions."""

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


@click.command(help=__doc__)
@click.option("--invite", is_flag=True, help="Those who are taken in may be invited at once.")
@click.option("--forget", is_flag=True, help="With model: forget what answers have taught.")
@click.argument("words", nargs=-1, metavar="[explain ID ID | model]")
@shared_options
def command(options: Options, *, invite: bool, forget: bool, words: tuple[str, ...]) -> None:
    """Clean the register, explain why two rows may be one, or show what answers have taught."""
    from register.run.cleanup import run_cleanup

    run_cleanup(options, words, invite=invite, forget=forget)


if __name__ == "__main__":
    run_command(command)

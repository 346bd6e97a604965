"""Make the register's workbook, or add to an existing one what it lacks."""

from environment import ensure

ensure()

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


@click.command(help=__doc__)
@click.option(
    "--set-locale", is_flag=True, help="Give a Google Sheet in use Finnish dates and time, too."
)
@click.option(
    "--protect-release",
    is_flag=True,
    help="In a Google Sheet: only those under [letters] release may change what releases letters.",
)
@click.option(
    "--wizard",
    is_flag=True,
    help="Set everything up in this folder by eight questions, each answer tried at once.",
)
@shared_options
def command(options: Options, *, set_locale: bool, protect_release: bool, wizard: bool) -> None:
    """Make or upgrade the workbook."""
    from register.run.create import run_create

    if wizard:
        from register.run.wizard import run_wizard

        run_wizard(options)
    else:
        run_create(options, set_locale=set_locale, protect_release=protect_release)


if __name__ == "__main__":
    run_command(command)

"""Make the register's workbook, or add to an existing one what it lacks."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.cli import Options, main, shared_options, show_layout
from register.flows.create import create
from register.wiring import opened


@click.command(help=__doc__)
@click.option(
    "--set-locale", is_flag=True, help="Give a Google Sheet in use Finnish dates and time, too."
)
@shared_options
def command(options: Options, *, set_locale: bool) -> None:
    """Make or upgrade the workbook."""
    with opened(options) as desk:
        layout = create(desk.store, desk.language, apply=options.apply, settings=set_locale)
    show_layout(layout, desk.store.name, options, desk.say)


if __name__ == "__main__":
    main(command)

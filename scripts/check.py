"""Check every cell of the register against the rules. Nothing is ever written to it."""

from __future__ import annotations

from environment import ensure

ensure()

import click

from register.cli import Options, finish, main, shared_options
from register.flows.check import check
from register.wiring import opened


@click.command(help=__doc__)
@shared_options
def command(options: Options) -> None:
    """Check the register."""
    with opened(options) as desk:
        outcome = check(desk.store.read(), desk.setting)
    finish(outcome, options)


if __name__ == "__main__":
    main(command)

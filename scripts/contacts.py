"""Bring contacts in: lists of any shape into the tab of incoming contacts."""

from __future__ import annotations

from environment import ensure

ensure()

from pathlib import Path

import click

from register.cli import Options, finish, main, shared_options
from register.flows.contacts_import import import_contacts
from register.intake.columns import guess
from register.sources.files import read_file
from register.wiring import opened


@click.group(help=__doc__)
def command() -> None:
    """Bring contacts in."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "orders",
    multiple=True,
    metavar="HEADER=COLUMN",
    help='Where a column goes: "Puh=phone"; "Puh=-" leaves it to the message.',
)
@shared_options
def import_(options: Options, *, file: Path, orders: tuple[str, ...]) -> None:
    """Bring in a list: CSV, .xlsx or vCard."""
    with opened(options) as desk:
        outcome = desk.carry_out_saved("import")
        if outcome is None:
            sheet = read_file(file.expanduser())
            book = desk.read()
            inbox = book.table("inbox")
            targets = [column.key for column in inbox.tab.columns if inbox.has(column.key)]
            columns = guess(sheet, orders, targets)
            outcome = import_contacts(book, sheet, columns, desk.now, limit=options.limit)
            outcome = desk.carry_out(book, outcome)
    finish(outcome, options)


if __name__ == "__main__":
    main(command)

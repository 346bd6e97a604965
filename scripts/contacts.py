"""Bring contacts in: lists of any shape into the tab of incoming contacts."""

from __future__ import annotations

from environment import ensure

ensure()

from dataclasses import replace
from pathlib import Path

import click

from register.cli import Options, finish, main, shared_options, show_matches
from register.flows.contacts_import import import_contacts
from register.flows.contacts_match import match_list
from register.intake.columns import guess
from register.sources.files import read_file
from register.wiring import opened, speaks


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


@command.command("match")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--against", metavar="BOOK", help="Compare with this register, not with itself.")
@shared_options
def match_(options: Options, *, file: Path, against: str | None) -> None:
    """Find who is in a list twice, or with --against in the register. Nothing is imported."""
    sheet = read_file(file.expanduser())
    book = None
    if against is not None:
        with opened(replace(options, book=against, apply=False)) as desk:
            book = desk.store.read()
    show_matches(match_list(sheet, book), options, speaks(options))


if __name__ == "__main__":
    main(command)

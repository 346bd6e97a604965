"""Bring contacts in: lists of any shape into the tab of incoming contacts."""

from environment import ensure

ensure()

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from register.run.command_line import run_command
from register.run.options import Options, shared_options


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
    help='Where a column goes: "Puh=phone"; "Puh=-" leaves it out, "Puh=text" to the message.',
)
@click.option(
    "--kind",
    type=click.Choice(("organisations", "people", "both")),
    default=None,
    help="What a column of names holds, where it is not plain; both: each row by its words.",
)
@click.option("--sheet", "tab", default="", metavar="TAB", help="The tab of a workbook to read.")
@click.option("--source", default="", help="Where the list is from, as letters name it.")
@click.option("--met-at", default="", metavar="EVENT", help="Where you met them all.")
@click.option("--agreed", is_flag=True, help="They have agreed to get letters from you.")
@click.option("--card", is_flag=True, help="The file is the text of one business card.")
@shared_options
def import_(options: Options, **flags: Any) -> None:
    """Bring in a list: a workbook, CSV, vCard, LDIF, a table; - is what you paste."""
    from register.run.contacts import import_list

    import_list(options, **flags)


def _downloaded(text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--file", type=click.Path(path_type=Path), help=text)


@command.command("import-prh")
@click.argument("municipality")
@click.option(
    "--form",
    type=click.Choice(("associations", "cooperatives", "companies")),
    default="associations",
    help="What to bring in; of associations only those that trade are there.",
)
@_downloaded("Read a JSON that you downloaded, instead of asking PRH.")
@shared_options
def import_prh(options: Options, **flags: Any) -> None:
    """Bring in those of MUNICIPALITY that PRH's Trade Register has: few associations are there."""
    from register.run.contacts import import_trade_register

    import_trade_register(options, **flags)


@command.command("import-ptv")
@click.argument("municipality")
@click.option(
    "--only",
    type=click.Choice(("associations", "public")),
    default=None,
    help="Only associations and foundations, or only public bodies.",
)
@_downloaded("Read a JSON that you downloaded, instead of asking Suomi.fi.")
@shared_options
def import_ptv(options: Options, **flags: Any) -> None:
    """Bring in the organisations of MUNICIPALITY from Suomi.fi's register (PTV, Lähellä.fi)."""
    from register.run.contacts import import_service_register

    import_service_register(options, **flags)


@command.command("import-grants")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "orders",
    multiple=True,
    metavar="HEADER=COLUMN",
    help='Which column is which: "Seura=recipient"; also granted, decision, year, granter, '
    "purpose, region, business_id, assoc_no, municipality, url.",
)
@click.option("--sheet", "tab", default="", metavar="TAB", help="The tab of a workbook to read.")
@click.option(
    "--year",
    type=click.IntRange(1990, 2100),
    help="The year of the grants, where the list does not tell it; a list of another is refused.",
)
@click.option("--granter", default="", help="Who gave them, where the list does not tell it.")
@click.option("--source", default="", help="Where the list is from, as letters name it.")
@click.option(
    "--kind",
    type=click.Choice(("organisations",)),
    default=None,
    help="All recipients are organisations, though their names do not say so.",
)
@shared_options
def import_grants(options: Options, *, kind: str | None, **flags: Any) -> None:
    """Bring in the organisations of a list of grants, as a sign that they are alive."""
    from register.run.contacts import import_grant_list

    import_grant_list(options, all_organisations=kind is not None, **flags)


@command.command("import-councillors")
@click.argument("area")
@_downloaded("Read a candidate file (.csv.zip or .csv) that you downloaded.")
@shared_options
def import_councillors(options: Options, *, area: str, file: Path | None) -> None:
    """Bring in those elected to the council of AREA: a municipality, or a wellbeing county."""
    from register.run.contacts import import_council

    import_council(options, area, file)


@command.command("refresh-places")
@click.option("--year", type=click.IntRange(2026, 2100), help="The year; else the next one.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file that you downloaded, in place of asking; give as many as there are.",
)
@click.option(
    "--into", type=click.Path(path_type=Path), help="Write into this folder, to look at it."
)
@shared_options
def refresh_places(options: Options, **flags: Any) -> None:
    """Fetch the year's municipalities (Statistics Finland) and postal codes (Posti); compare."""
    from register.run.contacts import refresh_place_tables

    refresh_place_tables(options, **flags)


@command.command()
@click.option("--name", default="", help="Yours; else the configuration's [letters] from_name.")
@click.option("--title", default="", help="Your task.")
@click.option("--phone", default="", help="Your number.")
@click.option("--url", default="", help="Your website.")
@shared_options
def card(options: Options, **flags: Any) -> None:
    """Make your own card: vCard, QR code as SVG and PNG, a sheet to print, into --report-dir."""
    from register.run.contacts import make_card

    make_card(options, **flags)


@command.command("follow-up")
@click.argument("event")
@shared_options
def follow_up(options: Options, *, event: str) -> None:
    """List whom you met at EVENT and write the letters to look at; nothing is sent."""
    from register.run.contacts import show_follow_up

    show_follow_up(options, event)


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--against", metavar="BOOK", help="Compare with this register, not with itself.")
@shared_options
def match(options: Options, *, files: tuple[Path, ...], against: str | None) -> None:
    """Find who is in lists twice, or with --against in the register. Nothing is imported."""
    from register.run.match_list import show_list_matches

    show_list_matches(options, files, against)


if __name__ == "__main__":
    run_command(command)

"""Bring contacts in: lists of any shape into the tab of incoming contacts."""

from __future__ import annotations

from environment import ensure

ensure()

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

# Each command loads what it takes: matching a list is not to wait for letters and registers.
from register.cli import (
    Options,
    finish,
    main,
    shared_options,
    show_differences,
    show_matches,
    show_table,
)

if TYPE_CHECKING:
    from register.book.outcome import Outcome
    from register.book.table import Book
    from register.lists.selection import Selection
    from register.wiring import Desk

CARD = Path("card")
"""The folder of the current one that one's own card goes to without ``--report-dir``."""

PREVIEW = Path("preview")
"""The folder of the current one that letters to look at go to without ``--report-dir``."""


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
@click.option("--met-at", default="", metavar="EVENT", help="Where you met them all.")
@click.option("--agreed", is_flag=True, help="They have agreed to get letters from you.")
@click.option("--card", is_flag=True, help="The file is the text of one business card.")
@shared_options
def import_(
    options: Options, *, file: Path, orders: tuple[str, ...], met_at: str, agreed: bool, card: bool
) -> None:
    """Bring in a list: CSV, .xlsx or vCard; or the text of one business card."""
    from register.flows.contacts_import import import_contacts
    from register.intake.columns import guess
    from register.sources.files import read_card, read_file
    from register.wiring import opened

    with opened(options) as desk:
        outcome = desk.carry_out_saved("import")
        if outcome is None:
            path = file.expanduser()
            sheet = read_card(path) if card else read_file(path)
            if met_at:
                sheet = sheet.with_column("Met at", met_at)
            book = desk.read()
            inbox = book.table("inbox")
            targets = [column.key for column in inbox.tab.columns if inbox.has(column.key)]
            columns = guess(sheet, orders, targets)
            outcome = import_contacts(
                book, sheet, columns, desk.now, limit=options.limit, agreed=agreed
            )
            outcome = desk.carry_out(book, outcome)
    finish(outcome, options)


def _downloaded(text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--file", type=click.Path(path_type=Path), help=text)


@command.command("import-prh")
@click.argument("municipality")
@_downloaded("Read a JSON that you downloaded, instead of asking PRH.")
@shared_options
def import_prh(options: Options, *, municipality: str, file: Path | None) -> None:
    """Bring in the associations of MUNICIPALITY that PRH has: new ones, and what has changed."""
    from register.flows.registers import bring_in
    from register.report.sentences import Sentences
    from register.wiring.registers import associations

    def read(desk: Desk, book: Book) -> Outcome:
        answer = associations(desk, _municipality(desk, book, municipality), file)
        return bring_in(book, answer, desk.now, Sentences(book.language), limit=options.limit)

    _bring_in(options, read)


@command.command("import-ptv")
@click.argument("municipality")
@_downloaded("Read a JSON that you downloaded, instead of asking Suomi.fi.")
@shared_options
def import_ptv(options: Options, *, municipality: str, file: Path | None) -> None:
    """Bring in the public bodies of MUNICIPALITY that Suomi.fi's service register (PTV) has."""
    from register.flows.registers import bring_in
    from register.report.sentences import Sentences
    from register.wiring.registers import public_bodies

    def read(desk: Desk, book: Book) -> Outcome:
        code = _municipality(desk, book, municipality)
        answer = public_bodies(desk, code, book.language, file)
        return bring_in(book, answer, desk.now, Sentences(book.language), limit=options.limit)

    _bring_in(options, read)


@command.command("import-councillors")
@click.argument("area")
@_downloaded("Read a candidate file (.csv.zip or .csv) that you downloaded.")
@shared_options
def import_councillors(options: Options, *, area: str, file: Path | None) -> None:
    """Bring in those elected to the council of AREA: a municipality, or a wellbeing county."""
    from register.flows.councillors import bring_in_council, council_named
    from register.report.sentences import Sentences
    from register.wiring.registers import council

    def read(desk: Desk, book: Book) -> Outcome:
        kind, code, chosen = council_named(book, area, desk.language)
        _say(desk, chosen)
        found = council(desk, kind, code, file)
        say = Sentences(book.language)
        return bring_in_council(book, found, desk.now, say, limit=options.limit)

    _bring_in(options, read)


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
def refresh_places(
    options: Options, *, year: int | None, files: tuple[Path, ...], into: Path | None
) -> None:
    """Fetch the year's municipalities (Statistics Finland) and postal codes (Posti); compare."""
    from register.config import load
    from register.places.renewal import differences, renewed
    from register.wiring import reference, speaks
    from register.wiring.way import config_file

    folder = into.expanduser() if into else reference.HOME
    old = reference.tables_in(folder)
    registers = load(config_file(options)).registers
    published = (
        reference.downloaded(files)
        if files
        else reference.fetched(registers, year or reference.year_of(folder) + 1)
    )
    news = reference.news_of(published, old)
    new = renewed(old, news)
    found = list(differences(old, new))
    kept: list[Path] = []
    if options.apply and (found or into):
        kept = reference.written(folder, old, new, news.year, published.posted)
    show_differences(found, kept, options, speaks(options))


def _bring_in(options: Options, read: Callable[[Desk, Book], Outcome]) -> None:
    """Carry out what a register's answer asks for, or the plan that was saved of it."""
    from register.wiring import opened

    with opened(options) as desk:
        outcome = desk.carry_out_saved("import")
        if outcome is None:
            book = desk.read()
            outcome = desk.carry_out(book, read(desk, book))
    finish(outcome, options)


def _municipality(desk: Desk, book: Book, name: str) -> str:
    """Return the code of a municipality; where its name is a former one, say so."""
    from register.flows.pioneer import one_municipality
    from register.lists.selection import Wanted, selection

    chosen = selection(book, Wanted(municipalities=(name,)), desk.language)
    _say(desk, chosen)
    return one_municipality(chosen)


def _say(desk: Desk, chosen: Selection) -> None:
    for msgid, values in chosen.notes:
        click.echo(desk.say(msgid, **values), err=True)


@command.command()
@click.option("--name", default="", help="Yours; else the configuration's [letters] from_name.")
@click.option("--title", default="", help="Your task.")
@click.option("--phone", default="", help="Your number.")
@click.option("--url", default="", help="Your website.")
@shared_options
def card(options: Options, *, name: str, title: str, phone: str, url: str) -> None:
    """Make your own card: vCard, QR code as SVG and PNG, a sheet to print, into --report-dir."""
    from register.config import LettersSection
    from register.fields.phone import read as read_phone
    from register.report.own_card import OwnCard, as_png, as_sheet, as_svg, as_vcard
    from register.report.sentences import Sentences
    from register.wiring import opened

    with opened(options) as desk:
        ours, say = desk.config.letters, Sentences(options.lang or desk.language)
        example = LettersSection()
        mine = OwnCard(
            name=name or ours.from_name,
            title=title,
            organisation=ours.organisation if ours.organisation != example.organisation else "",
            email=ours.from_address if ours.from_address != example.from_address else "",
            phone=read_phone(phone).value or phone,
            url=url,
        )
        folder = options.report_dir or CARD
        for file, content in (
            ("card.vcf", as_vcard(mine).encode()),
            ("card.svg", as_svg(mine)),
            ("card.png", as_png(mine)),
            ("cards.html", as_sheet(mine, say).encode()),
        ):
            desk.keep_bytes(folder / file, content)
            if not (options.quiet or options.cron):
                click.echo(f"→ {folder / file}")


@command.command("follow-up")
@click.argument("event")
@shared_options
def follow_up_(options: Options, *, event: str) -> None:
    """List whom you met at EVENT and write the letters to look at; nothing is sent."""
    from register.cooperation.events import current
    from register.flows import apart
    from register.flows.invite_follow_up import follow_up
    from register.letters.audience import fingerprint
    from register.letters.preview import PAGE, Shown, preview_page
    from register.letters.reasons import SHORT
    from register.report.sentences import Sentences
    from register.wiring import opened

    with opened(replace(options, apply=False)) as desk, desk.mail.room() as room:
        book = desk.store.read()
        found = follow_up(book, event, room)
        letters = apart.written(book, room, found.mailing, found.readers)
        reasons = tuple(found.held.values())
        shown = Shown(found.met.event, fingerprint(found.readers), reasons)
        page = preview_page(desk.page(PAGE), book, shown, letters)
        path = desk.keep((options.report_dir or PREVIEW) / "follow-up.html", page)
        say = Sentences(options.lang or book.language)
    if not (options.quiet or options.format == "json"):
        click.echo(f"→ {path}", err=True)
    words, people = SHORT[say.language], book.table("people")
    lines = [
        (
            person,
            say.row(book, "people", person),
            say.row(book, "organisations", current(book, "organisations", org))
            if (org := people.cell(person, "org"))
            else "",
            people.cell(person, "email"),
            words[found.held[person]] if person in found.held else "→",
        )
        for person in found.met.people
    ]
    columns = ("id", "person", "org", "email", "send")
    show_table([say.header("invitations", key) for key in columns], lines, options, say)


@command.command("match")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--against", metavar="BOOK", help="Compare with this register, not with itself.")
@shared_options
def match_(options: Options, *, file: Path, against: str | None) -> None:
    """Find who is in a list twice, or with --against in the register. Nothing is imported."""
    from register.flows.contacts_match import match_list
    from register.sources.files import read_file
    from register.wiring import speaks

    sheet = read_file(file.expanduser())
    for msgid, values in sheet.set_aside:
        click.echo(speaks(options)(msgid, **values), err=True)
    book = None
    if against is not None:
        from register.wiring import opened

        with opened(replace(options, book=against, apply=False)) as desk:
            book = desk.store.read()
    show_matches(match_list(sheet, book), options)


if __name__ == "__main__":
    main(command)

"""``contacts.py``: lists, cards and open registers come in; our own card goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from register.book.outcome import Outcome
from register.book.schema import schema
from register.book.table import Book
from register.configuration import LettersSection, load
from register.cooperation.events import current
from register.imports.contact_list import import_contacts
from register.imports.councillors import bring_in_council, council_named
from register.imports.pioneer import one_municipality
from register.imports.registers import bring_in
from register.intake.columns import guess
from register.letters.audience import fingerprint
from register.letters.preview import PAGE, Shown, preview_page
from register.letters.reasons import SHORT
from register.lists.selection import Selection, Wanted, selection
from register.rounds import standalone
from register.rounds.follow_up import FollowUp, follow_up
from register.run import reference_tables
from register.run.command_line import finish
from register.run.files import write_bytes
from register.run.location import config_file
from register.run.options import Options
from register.run.printing import show_differences, show_table
from register.run.registers import associations, council, public_bodies
from register.run.session import Desk, opened, speaks
from register.show.own_card import OwnCard, as_png, as_sheet, as_svg, as_vcard
from register.sources.files import read_card, read_file
from register.values.phone import read as read_phone
from register.values.places.renewal import differences, renewed
from register.words.sentences import Sentences

CARD = Path("card")
"""The folder of the current one that one's own card goes to without ``--report-dir``."""

PREVIEW = Path("preview")
"""The folder of the current one that letters to look at go to without ``--report-dir``."""


def import_list(
    options: Options,
    file: Path,
    orders: tuple[str, ...],
    *,
    met_at: str,
    agreed: bool,
    card: bool,
) -> None:
    """Bring in a list, or the text of one business card; ``orders`` say where columns go."""

    def made(desk: Desk, book: Book) -> Outcome:
        path = file.expanduser()
        sheet = read_card(path) if card else read_file(path)
        if met_at:
            sheet = sheet.with_column("Met at", met_at)
        if agreed:
            yes = schema().enum("yes_no").label("yes", book.language)
            sheet = sheet.with_column("Consent", yes)
        inbox = book.table("inbox")
        targets = [column.key for column in inbox.tab.columns if inbox.has(column.key)]
        columns = guess(sheet, orders, targets)
        return import_contacts(book, sheet, columns, desk.now, limit=options.limit)

    _bring_in(options, made)


def import_associations(options: Options, municipality: str, file: Path | None) -> None:
    """Bring in the associations that PRH has in a municipality."""

    def made(desk: Desk, book: Book) -> Outcome:
        answer = associations(desk, _municipality(desk, book, municipality), file)
        return bring_in(book, answer, desk.now, Sentences(book.language), limit=options.limit)

    _bring_in(options, made)


def import_public_bodies(options: Options, municipality: str, file: Path | None) -> None:
    """Bring in the public bodies that Suomi.fi's service register has in a municipality."""

    def made(desk: Desk, book: Book) -> Outcome:
        code = _municipality(desk, book, municipality)
        answer = public_bodies(desk, code, book.language, file)
        return bring_in(book, answer, desk.now, Sentences(book.language), limit=options.limit)

    _bring_in(options, made)


def import_council(options: Options, area: str, file: Path | None) -> None:
    """Bring in those elected to a council."""

    def made(desk: Desk, book: Book) -> Outcome:
        kind, code, chosen = council_named(book, area, desk.language)
        _print_notes(desk, chosen)
        found = council(desk, kind, code, file)
        say = Sentences(book.language)
        return bring_in_council(book, found, desk.now, say, limit=options.limit)

    _bring_in(options, made)


def refresh_place_tables(
    options: Options, year: int | None, files: tuple[Path, ...], into: Path | None
) -> None:
    """Compare the program's places with a year's published ones; with ``--apply`` write them."""
    folder = into.expanduser() if into else reference_tables.HOME
    old = reference_tables.tables_in(folder)
    registers = load(config_file(options)).registers
    published = (
        reference_tables.downloaded(files)
        if files
        else reference_tables.fetched(registers, year or reference_tables.year_of(folder) + 1)
    )
    news = reference_tables.news_of(published, old)
    new = renewed(old, news)
    found = list(differences(old, new))
    kept: list[Path] = []
    if options.apply and (found or into):
        kept = reference_tables.written(folder, old, new, news.year, published.posted)
    show_differences(found, kept, options, speaks(options))


def make_card(options: Options, *, name: str, title: str, phone: str, url: str) -> None:
    """Make our own card as a vCard, a QR code and a sheet to print."""
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
        write_bytes(folder / file, content)
        if not (options.quiet or options.cron):
            click.echo(f"→ {folder / file}")


def show_follow_up(options: Options, event: str) -> None:
    """List whom we met at an event, and write the letters to look at; nothing is sent."""
    with opened(replace(options, apply=False)) as desk, desk.mail.room() as room:
        book = desk.store.read()
        found = follow_up(book, event, room)
        letters = standalone.written(book, room, found.mailing, found.readers)
        reasons = tuple(found.held.values())
        shown = Shown(found.met.event, fingerprint(found.readers), reasons)
        page = preview_page(desk.page(PAGE), book, shown, letters)
        path = desk.keep((options.report_dir or PREVIEW) / "follow-up.html", page)
        say = Sentences(options.lang or book.language)
    if not (options.quiet or options.format == "json"):
        click.echo(f"→ {path}", err=True)
    columns = ("id", "person", "org", "email", "send")
    headers = [say.header("invitations", key) for key in columns]
    show_table(headers, _people_met(book, found, say), options, say)


def _people_met(book: Book, found: FollowUp, say: Sentences) -> list[tuple[str, ...]]:
    words, people = SHORT[say.language], book.table("people")
    return [
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


def _bring_in(options: Options, made: Callable[[Desk, Book], Outcome]) -> None:
    """Carry out what comes in, or the plan that was saved of it."""
    with opened(options) as desk:
        outcome = desk.carry_out_saved("import")
        if outcome is None:
            book = desk.read()
            outcome = desk.carry_out(book, made(desk, book))
    finish(outcome, options)


def _municipality(desk: Desk, book: Book, name: str) -> str:
    """Return the code of a municipality; where its name is a former one, say so."""
    chosen = selection(book, Wanted(municipalities=(name,)), desk.language)
    _print_notes(desk, chosen)
    return one_municipality(chosen)


def _print_notes(desk: Desk, chosen: Selection) -> None:
    for msgid, values in chosen.notes:
        click.echo(desk.say(msgid, **values), err=True)

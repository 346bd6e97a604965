"""``contacts.py``: imports lists, cards and open registers; makes our own card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from register.book.headers import fold_header
from register.book.outcome import Outcome
from register.book.table import Book
from register.configuration.load import load_configuration
from register.configuration.sections import LettersSection
from register.imports.contact_list import (
    default_source,
    import_contacts,
    joined_imports,
    of_tab,
    unclear_names,
)
from register.imports.councillors import bring_in_council, find_council
from register.imports.grants import GrantOrders, grants_sheet
from register.imports.pioneer import only_municipality
from register.imports.registers import plan_register_rows
from register.intake.columns import guess_columns
from register.intake.list_memory import known_list, remembered_import
from register.intake.sheet import ListSheet
from register.letters.audience import audience_hash
from register.letters.preview import PAGE, PreviewHeading, preview_page
from register.letters.reasons import short_reasons
from register.lists.selection import SelectionCriteria, select_part
from register.people.records import Organisation
from register.rounds.engine import render_round
from register.rounds.follow_up import FollowUp, plan_follow_up
from register.run import reference_tables
from register.run.command_line import finish
from register.run.files import write_bytes
from register.run.location import config_file
from register.run.options import Options
from register.run.printing import show_differences, show_notes, show_table
from register.run.registers import ask_council, ask_service_register, ask_trade_register
from register.run.session import Session, open_session, sentences_for
from register.show.own_card import OwnCard, card_sheet, own_vcard, qr_png, qr_svg
from register.sources.files import read_card, read_file, read_lists
from register.sources.prh import CompanyForm
from register.sources.ptv_organisations import SECTORS, Sector
from register.state.list_memories import list_memories, remember_list
from register.values.association_no import look_up_link
from register.values.phone import read as read_phone
from register.values.places.renewal import renew_tables, table_differences
from register.words.sentences import Sentences

_WHAT_NEXT = (
    "The new rows wait in {tab:inbox}; this puts them in their places: "
    "python3 scripts/cleanup.py --apply"
)

_CARD = Path("card")
"""The folder for our own card without ``--report-dir``, in the current folder."""

_PREVIEW = Path("preview")
"""The folder for letters to preview without ``--report-dir``, in the current folder."""

_TRADE_REGISTER = (
    "PRH's open data is the Trade Register: most associations are not in it, and one that is not "
    "may well be alive. Look it up by hand in the Register of Associations: {url}"
)


def import_list(
    options: Options,
    file: Path,
    orders: tuple[str, ...],
    *,
    kind: str | None = None,
    tab: str = "",
    source: str = "",
    met_at: str,
    agreed: bool,
    card: bool,
) -> None:
    """Import a list, or the text of one business card; ``orders`` map columns to column keys."""
    remembered: list[Callable[[], None]] = []
    flags = _ImportFlags(options, orders, kind or "", source, met_at, options.limit, agreed=agreed)

    def made(session: Session, book: Book) -> Outcome:
        path = file.expanduser()
        if card:
            return _import_sheet(session, book, read_card(path), replace(flags, is_card=True))[0]
        found: list[Outcome] = []
        now, limit = book, options.limit
        sheets = read_lists(path, tab, book.language)
        for sheet in sheets:
            mine = replace(
                flags,
                orders=_orders_for(sheet, sheets, orders),
                limit=limit,
                is_further=sheet is not sheets[0],
            )
            outcome, remember = _import_sheet(session, now, sheet, mine)
            found.append(of_tab(outcome, sheet.what["tab"]) if len(sheets) > 1 else outcome)
            remembered.extend([remember] if options.apply else [])
            now = now.with_changes(outcome.plan.changes)
            if limit is not None:
                limit -= len({change.row_id for change in outcome.plan.changes})
        return joined_imports(found)

    _bring_in(options, made, remembered)


@dataclass(frozen=True, slots=True)
class _ImportFlags:
    """What an importer says of a list; ``is_further`` is a tab beside the one that is read."""

    options: Options
    orders: tuple[str, ...]
    kind: str
    source: str
    met_at: str
    limit: int | None
    agreed: bool
    is_card: bool = False
    is_further: bool = False


def _orders_for(
    sheet: ListSheet, sheets: Sequence[ListSheet], orders: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the orders for a sheet's columns; the first sheet gets those of no sheet's, too."""

    def has(one: ListSheet, order: str) -> bool:
        return fold_header(order.rpartition("=")[0]) in map(fold_header, one.headers)

    return tuple(
        order
        for order in orders
        if has(sheet, order) or (sheet is sheets[0] and not any(has(one, order) for one in sheets))
    )


def _import_sheet(
    session: Session, book: Book, sheet: ListSheet, flags: _ImportFlags
) -> tuple[Outcome, Callable[[], None]]:
    """Return the outcome of importing a sheet, and what remembers how its columns were read."""
    if flags.met_at:
        sheet = sheet.with_column("Met at", flags.met_at)
    inbox = book.table("inbox")
    targets = [column.key for column in inbox.tab.columns if inbox.has(column.key)]
    known = None if flags.is_card else known_list(list_memories(session.state), sheet)
    orders = flags.orders
    last = known.orders(sheet, orders) if known else []
    sort = flags.kind or (known.kind if known else "")
    columns = guess_columns(sheet, (*last, *orders), targets, "" if flags.is_further else sort)
    if columns.unclear and sort:
        columns = guess_columns(sheet, (*last, *orders), targets, sort)
    if known:
        columns = known.mark(columns, orders)
        sheet = replace(sheet, notes=(*known.notes(sheet), *sheet.notes))
    if columns.unclear and not flags.is_card:
        raise unclear_names(columns.unclear)
    for msgid, values in sheet.set_aside:
        click.echo(sentences_for(flags.options)(msgid, **values), err=True)
    named = flags.source or default_source(sheet, session.now)
    if flags.source and flags.is_further:
        named = f"{flags.source} ({sheet.what['tab']})"
    same = known.sources if known else ()
    outcome, _ = import_contacts(
        *(book, sheet, columns, session.now, named, flags.limit), agreed=flags.agreed, same=same
    )
    new = remembered_import(sheet, columns, sort, named, known)
    state = session.state
    return outcome, lambda: remember_list(state, list_memories(state), new, known)


def import_grant_list(
    options: Options,
    file: Path,
    *,
    orders: tuple[str, ...],
    year: int | None,
    granter: str,
    all_organisations: bool,
    tab: str,
    source: str,
) -> None:
    """Import the organisations of a list of grants: an organisation that got one is alive."""
    told = GrantOrders(orders, year, granter, all_organisations=all_organisations)

    def made(session: Session, book: Book) -> Outcome:
        given = read_file(file.expanduser(), tab, book.language)
        sheet = grants_sheet(given, told, book.language, session.now.date())
        columns = guess_columns(sheet, kind="organisations")
        named = source or default_source(sheet, session.now)
        return import_contacts(book, sheet, columns, session.now, named, options.limit)[0]

    _bring_in(options, made)


def import_trade_register(
    options: Options, municipality: str, file: Path | None, form: CompanyForm
) -> None:
    """Import the organisations of a municipality and a company form from PRH's Trade Register."""

    def made(session: Session, book: Book) -> Outcome:
        code = _municipality(session, book, municipality)
        answer = ask_trade_register(session, code, file, form)
        say = Sentences(book.language)
        outcome = plan_register_rows(book, answer, session.now, say, limit=options.limit)
        if form != "associations":
            return outcome
        note = (_TRADE_REGISTER, {"url": look_up_link("", book.language)})
        return replace(outcome, notes=(*outcome.notes, note))

    _bring_in(options, made)


def import_service_register(
    options: Options, municipality: str, file: Path | None, only: Sector | None
) -> None:
    """Import the organisations of a municipality from Suomi.fi's service register."""

    def made(session: Session, book: Book) -> Outcome:
        code = _municipality(session, book, municipality)
        sectors = (only,) if only else SECTORS
        answer = ask_service_register(session, code, book.language, file, sectors)
        return plan_register_rows(
            book, answer, session.now, Sentences(book.language), limit=options.limit
        )

    _bring_in(options, made)


def import_council(options: Options, area: str, file: Path | None) -> None:
    """Import the people elected to a council."""

    def made(session: Session, book: Book) -> Outcome:
        kind, code, chosen = find_council(book, area, session.language)
        show_notes(chosen.notes, session.say)
        found = ask_council(session, kind, code, file)
        say = Sentences(book.language)
        return bring_in_council(book, found, session.now, say, limit=options.limit)

    _bring_in(options, made)


def refresh_place_tables(
    options: Options, year: int | None, files: tuple[Path, ...], into: Path | None
) -> None:
    """Compare the program's places with a year's published ones; with ``--apply`` write them."""
    folder = into.expanduser() if into else reference_tables.HOME
    old = reference_tables.read_place_tables(folder)
    registers = load_configuration(config_file(options)).registers
    published = (
        reference_tables.read_downloaded(files)
        if files
        else reference_tables.fetch_tables(
            registers, year or reference_tables.tables_year(folder) + 1
        )
    )
    news = reference_tables.tables_of_published(published, old)
    new = renew_tables(old, news)
    found = list(table_differences(old, new))
    kept: list[Path] = []
    if options.apply and (found or into):
        kept = reference_tables.write_place_tables(folder, old, new, news.year, published.posted)
    show_differences(found, kept, options, sentences_for(options))


def make_card(options: Options, *, name: str, title: str, phone: str, url: str) -> None:
    """Write our own card as a vCard, a QR code and a sheet to print."""
    with open_session(options) as session:
        ours, say = session.config.letters, sentences_for(options, session.language)
    example = LettersSection()
    mine = OwnCard(
        name=name or ours.from_name,
        title=title,
        organisation=ours.organisation if ours.organisation != example.organisation else "",
        email=ours.from_address if ours.from_address != example.from_address else "",
        phone=read_phone(phone).value or phone,
        url=url,
    )
    folder = options.report_dir or _CARD
    for file, content in (
        ("card.vcf", own_vcard(mine).encode()),
        ("card.svg", qr_svg(mine)),
        ("card.png", qr_png(mine)),
        ("cards.html", card_sheet(mine, say).encode()),
    ):
        write_bytes(folder / file, content)
        if not (options.quiet or options.cron):
            click.echo(f"→ {folder / file}")


def show_follow_up(options: Options, event: str) -> None:
    """List the people met at an event, and write a preview of their letters; nothing is sent."""
    with open_session(replace(options, apply=False)) as session, session.mail.room() as room:
        book = session.look()
        found = plan_follow_up(book, event, room)
        letters = render_round(book, room, found.round)
        reasons = tuple(found.held.values())
        shown = PreviewHeading(found.met.event, audience_hash(tuple(found.round.readers)), reasons)
        page = preview_page(session.page(PAGE), book, shown, letters)
        path = session.keep((options.report_dir or _PREVIEW) / "follow-up.html", page)
        say = sentences_for(options, book.language)
    if not (options.quiet or options.format == "json"):
        click.echo(f"→ {path}", err=True)
    columns = ("id", "person", "org", "email", "send")
    headers = [say.header("invitations", key) for key in columns]
    show_table(headers, _people_met(book, found, say), options, say)


def _people_met(book: Book, found: FollowUp, say: Sentences) -> list[tuple[str, ...]]:
    words, people = short_reasons(say), book.table("people")
    return [
        (
            person,
            say.row(book, "people", person),
            say.row(book, "organisations", Organisation.current_id(book, org))
            if (org := people.cell(person, "org"))
            else "",
            people.cell(person, "email"),
            words[found.held[person]] if person in found.held else "→",
        )
        for person in found.met.people
    ]


def _bring_in(
    options: Options,
    made: Callable[[Session, Book], Outcome],
    afterwards: Sequence[Callable[[], None]] = (),
) -> None:
    """Carry out an import, or its saved plan; then run the steps in ``afterwards``."""
    with open_session(options) as session:
        outcome = session.run("import", lambda book: made(session, book))
        for step in afterwards:
            step()
    if outcome.run and outcome.plan.changes:
        outcome = replace(outcome, notes=(*outcome.notes, (_WHAT_NEXT, {})))
    finish(outcome, options)


def _municipality(session: Session, book: Book, name: str) -> str:
    """Return the code of a municipality; if the name is a former one, say so."""
    chosen = select_part(book, SelectionCriteria(municipalities=(name,)), session.language)
    show_notes(chosen.notes, session.say)
    return only_municipality(chosen)

"""``contacts.py import``: the rows of a list become rows of ``inbox``, without losing a cell."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from register.book import personal_identity_code as henkilotunnus
from register.book.cells import iso_minute
from register.book.change import Change
from register.book.errors import UsageError
from register.book.ids import new_id
from register.book.outcome import Outcome, run_id
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.schema import Language, schema
from register.book.table import Book, Table
from register.imports.column_uses import column_uses
from register.imports.succession import ListRow, Succession, find_succession
from register.intake.card import card_of, card_traits
from register.intake.card_cells import CONSENT_WORDS
from register.intake.column_map import ColumnLink, ColumnMap as Columns
from register.intake.refusals import consent_day
from register.intake.row_cards import RowCards
from register.intake.sheet import ListSheet
from register.people.erased_people import ErasedPeople, person_traits
from register.values import organisation_name

_TAB = "inbox"
_REASON = "import"
_APART = ("at", "source", CONSENT_WORDS)
_LONGEST = 32_000
"""A spreadsheet's cell holds 32,767 characters; a row with a longer message is not taken in."""

_FEW, _MANY = 3, 20
_NAMES = ("name", "first", "last")


@dataclass(frozen=True, slots=True)
class _Import:
    """One import: the book's ``inbox``, the list and its columns, the time, source and file."""

    table: Table
    sheet: ListSheet
    columns: Columns
    at: str
    source: str
    file: str
    agreed: bool = False

    @property
    def defaults(self) -> dict[str, str]:
        """The time and the source of rows whose own cells for them are blank or missing.

        If the list has such a column, rows are compared by it too. Then its default does not depend
        on the day of the import, or a second import would add the row again.
        """
        return {
            "at": "" if self.columns.filling("at") else self.at,
            "source": self.file if self.columns.filling("source") else self.source,
        }

    @property
    def reader(self) -> RowCards:
        """The reader of the list's rows."""
        return RowCards(self.columns, self.defaults, self.agreed)

    @property
    def compared(self) -> tuple[str, ...]:
        """The columns by which rows are compared: their content, not their time and origin.

        Time, source and consent words are compared only if the list has a column for them.
        """
        return tuple(
            column.key
            for column in self.table.tab.columns
            if not column.tool and (column.key not in _APART or self.columns.filling(column.key))
        )


def import_contacts(
    book: Book,
    sheet: ListSheet,
    columns: Columns,
    now: datetime,
    source: str = "",
    limit: int | None = None,
    *,
    agreed: bool = False,
    same: Collection[str] | None = None,
) -> tuple[Outcome, dict[int, str]]:
    """Return the plan that adds a list's rows to ``inbox``, and the row ids by row number.

    Cells without a column go into the message with their headers. Rows that ``inbox`` has already
    are left out and counted; their id is ''. Rows left out for another reason have no id.
    ``source`` is for rows without one of their own; by default the file's name and the date.
    ``agreed`` is the importer's word that the people want letters, unless a row says otherwise. At
    most ``limit`` rows are added; the next import of the list goes on from there. ``same`` are the
    sources of earlier lists with the same headers: who is missing now is asked about
    (:mod:`register.imports.succession`); None means no comparison. Raises UsageError if the book
    has no column for messages or ids, or lost the key by which erased people are known.
    """
    table = _inbox(book)
    name = henkilotunnus.mask_identity_codes(sheet.name)
    at = iso_minute(now.replace(microsecond=0))
    run = _Import(table, sheet, columns, at, source or default_source(sheet, now), name, agreed)
    erased = _erased_rows(book, run)
    changes, places, too_long, cards = _changes(book, run, erased)
    known = sum(not row_id for row_id in places.values())
    succession = Succession()
    if same is not None and limit is None and not too_long and not sheet.left_out:
        succession = find_succession(book, cards, run.source, now.date(), same)
    if limit is not None:
        first = [*dict.fromkeys(change.row_id for change in changes)][:limit]
        changes = [change for change in changes if change.row_id in first]
        places = {number: one for number, one in places.items() if not one or one in first}
    notes = [
        *_how(run),
        *_how_many(changes),
        *sheet.notes,
        *sheet.set_aside,
        *_refusals(run, places, book),
        *_erased_told(erased),
        *succession.notes(),
    ]
    told = "{count} rows are in the register already; they were left out."
    notes += [(told, {"count": known})] if known else []
    msgid = "Row {number} is too long for a cell; it was left out. Shorten it."
    notes += [(msgid, {"number": number}) for number in too_long]
    outcome = Outcome(
        "import",
        book,
        run=run_id(now),
        plan=Plan.of([*changes, *succession.changes]),
        failed=len(too_long) + sheet.left_out,
        notes=tuple(notes),
        columns=tuple(column_uses(sheet, columns, table.tab, book.language)),
    )
    return outcome, places


def joined_imports(found: Sequence[Outcome]) -> Outcome:
    """Return one outcome for several sheets of a file, each imported after the one before."""
    first = found[0]
    return replace(
        first,
        plan=Plan.of([change for one in found for change in one.plan.changes]),
        failed=sum(one.failed for one in found),
        notes=tuple(note for one in found for note in one.notes),
        columns=tuple(use for one in found for use in one.columns),
    )


def of_tab(outcome: Outcome, tab: str) -> Outcome:
    """Return the outcome with the tab's title before the header of each column."""
    uses = (replace(use, header=f"{tab}: {use.header}") for use in outcome.columns)
    return replace(outcome, columns=tuple(uses))


def _inbox(book: Book) -> Table:
    """Return the tab for incoming rows; raises UsageError if it lacks a column that rows need."""
    table = book.table(_TAB)
    if not table.has("text") or not table.has("id"):
        raise UsageError(
            "The tab for incoming contacts has no column for messages or ids, so rows would lose "
            "something.",
            remedy="Add what is missing: python3 scripts/create.py --book {book} --apply",
            book=book.name,
        )
    return table


def default_source(sheet: ListSheet, now: datetime) -> str:
    """Return the source of a list if none is given: its file name and the day."""
    return f"{henkilotunnus.mask_identity_codes(sheet.name)} {now.day}.{now.month}.{now.year}"


def unclear_names(link: ColumnLink) -> UsageError:
    """Return the error for a column of names that may be organisations' or people's."""
    return UsageError(
        "It is not clear whether “{header}” names organisations or people: {samples}.",
        remedy="Say it: --kind organisations, --kind people, or --kind both (each row by its "
        "words).",
        header=link.label,
        samples=list(link.samples),
    )


def _changes(
    book: Book, run: _Import, erased: Collection[int]
) -> tuple[list[Change], dict[int, str], list[int], list[ListRow]]:
    """Return the added cells, the ids by row number, the rows too long, and all cards.

    An id is '' if the row is known.
    """
    compared = run.compared
    left: dict[tuple[str, ...], list[str]] = {}
    for row_id, there in run.table.rows():
        left.setdefault(tuple(there.get(k, "") for k in compared), []).append(row_id)
    occurrences: Counter[tuple[str, ...]] = Counter()
    taken = book.taken()
    changes: list[Change] = []
    places: dict[int, str] = {}
    too_long: list[int] = []
    listed: list[ListRow] = []
    for number, row in run.sheet.numbered():
        if number in erased:
            continue
        cards = [_held(run.table, book.language, cells) for cells in run.reader.cards(row)]
        if any(len(cell) > _LONGEST for cells in cards for cell in cells.values()):
            too_long.append(number)
            continue
        for cells in cards:
            content = tuple(cells.get(key, "") for key in compared)
            occurrences[content] += 1
            if left.get(content):
                listed.append(ListRow(left[content].pop(0), True, cells))
                places.setdefault(number, "")
                continue
            row_id = new_id("S", (*content, str(occurrences[content])), taken)
            taken.add(row_id)
            listed.append(ListRow(row_id, False, cells))
            places[number] = places.get(number) or row_id
            for key, value in {"id": row_id, **cells}.items():
                if value and run.table.has(key):
                    changes.append(Change(_TAB, row_id, key, "", value, _REASON, kind="add"))
    return changes, places, too_long, listed


def _erased_rows(book: Book, run: _Import) -> dict[int, str]:
    """Return the rows of erased people: row number to the id of their row in ``bans``.

    Raises UsageError if the key by which erased people are recognised is lost.
    """
    erased = book.once(ErasedPeople)
    if erased.unreadable:
        raise UsageError(
            "The key that erased people are known by is not here, so a list might bring them back.",
            remedy="Put the file key (and key.earlier) of the register's state folder back from a "
            "backup. Without it, take the rows with a hash out of {bans}; whoever they were may "
            "then come back.",
            bans=schema().tab("bans").titles[book.language],
        )
    found = {}
    for number, row in run.sheet.numbered():
        for cells in run.reader.cards(row):
            card = card_of("", {**cells}, book)
            if banned := erased.row(person_traits(card_traits(card))):
                found[number] = banned
    return found


def _erased_told(erased: Mapping[int, str]) -> Iterator[Phrase]:
    """Yield a note on the rows that are left out because their people were erased."""
    if erased:
        yield (
            "{count} rows are of people who have asked to be erased (rows {numbers}; "
            "{tab:bans} {bans}): they are not taken in.",
            {
                "count": len(erased),
                "numbers": [str(number) for number in list(erased)[:_MANY]],
                "bans": sorted(set(erased.values())),
            },
        )


def _how_many(changes: list[Change]) -> Iterator[Phrase]:
    """Yield notes on how many people and organisations the new rows name."""
    rows: dict[str, dict[str, str]] = {}
    for change in changes:
        rows.setdefault(change.row_id, {})[change.column] = change.after
    people = sum(any(map(row.get, _NAMES)) for row in rows.values())
    orgs = {organisation_name.organisation_key(row.get("org", "")) for row in rows.values()} - {""}
    blank = sum(not any(map(row.get, (*_NAMES, "org"))) for row in rows.values())
    if rows:
        yield (
            "People in the new rows: {people}; organisations: {organisations}.",
            {"people": people, "organisations": len(orgs)},
        )
    if blank:
        yield ("{count} of them name nobody; what they say is in the message.", {"count": blank})


def _held(table: Table, language: Language, cells: dict[str, str]) -> dict[str, str]:
    """Move cells whose column the book's tab lacks into the message."""
    homeless = [key for key, cell in cells.items() if cell and not table.has(key)]
    headers = {key: table.tab.column(key).headers[language] for key in homeless}
    words = cells.get(CONSENT_WORDS, "") if headers.pop(CONSENT_WORDS, "") else ""
    said = [*(f"{headers[key]}: {cells[key]}" for key in headers), words * bool(consent_day(words))]
    text = "\n".join(filter(None, (cells.get("text", ""), "; ".join(filter(None, said)))))
    return {key: cells[key] for key in cells if key not in homeless} | {"text": text}


def _refusals(run: _Import, places: dict[int, str], book: Book) -> Iterator[Phrase]:
    """Yield a note on the added rows that refuse letters."""
    found = {
        number: words
        for number, row in run.sheet.numbered()
        if places.get(number) and (words := run.reader.refusal(row))
    }
    if found:
        yield (
            "{count} rows refuse letters ({what}): they are not invited, and {review} asks whether"
            " to put them into {bans}. Rows: {numbers}",
            {
                "count": len(found),
                "what": list(dict.fromkeys(found.values()))[:_FEW],
                "review": schema().tab("review").titles[book.language],
                "bans": schema().tab("bans").titles[book.language],
                "numbers": [*map(str, list(found)[:_MANY]), *(["…"] if len(found) > _MANY else [])],
            },
        )


def _how(run: _Import) -> Iterator[Phrase]:
    """Yield notes on what was read, and on columns and cells that are not kept."""
    what = run.sheet.what
    values = {
        "file": run.sheet.name,
        "count": sum(1 for _ in run.sheet.numbered()),
        "how": [
            f"{what[key]}" for key in ("kind", "encoding", "separator", "tab") if what.get(key)
        ],
    }
    yield ("{file}: {count} rows ({how}).", values)
    technical = [
        link.label
        for link in run.columns.links
        if link.how == "technical" and run.sheet.column(link.index)
    ]
    if technical:
        yield (
            "{count} columns are marks of the program that the list is from; they were left out: "
            "{headers}.",
            {"count": len(technical), "headers": technical},
        )
    if diets := run.reader.diets(row for _, row in run.sheet.numbered()):
        yield (
            "{count} cells say what somebody may not eat; a register does not keep that.",
            {"count": diets},
        )

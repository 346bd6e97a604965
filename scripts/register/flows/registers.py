"""``contacts.py import-prh``: what an open register has and ours has not, and what has changed.

New organisations become rows of Saapuneet, with their source and date; nothing is written into an
organisation's row. Where the open register says something else than ours, Tarkista asks; the
question stays until a person answers it or the row says the same, since a cleanup cannot see the
open register.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from register import places
from register.book.cells import iso
from register.book.ids import fingerprint, new_id, reference_id
from register.book.outcome import Outcome
from register.book.plan import Change, Plan
from register.book.table import Book
from register.fields import business_id, organisation_name
from register.fields.henkilotunnus import mask
from register.flows.apply import run_id
from register.flows.cases import Case, shown_cells
from register.flows.review import CARRIED_OUT
from register.intake.registered import Answer, Registered
from register.letters.reach import home_code
from register.report.sentences import Sentences

KIND = "source"
"""The kind of these rows of Tarkista."""

GONE = frozenset(("merged", "removed"))
_ASKED = ("name", "business_id", "municipality", "postcode")
_SENTENCES = {
    "name": "{register}: {name} is now called {value}. Shall the new name be written here?",
    "business_id": "{register}: is this the organisation with the Y-tunnus {value}?",
    "municipality": "{register}: the home of {name} is now {value}.",
    "postcode": "{register}: {name} has a new address; its postal code is now {value}.",
}
_ENDED = "{register}: {name} ended on {day}. Is it still active, or shall the row be retired?"


@dataclass(frozen=True, slots=True)
class _Known:
    """The register's organisations by Y-tunnus and by name."""

    rows: dict[str, dict[str, str]]
    numbers: dict[str, str]
    names: dict[str, list[str]]

    def row_of(self, one: Registered) -> str:
        """Return the id of the row that an organisation is; '' where there is none for certain.

        By its Y-tunnus; else by a present or former name, in the same municipality, where the row
        has no Y-tunnus of its own.
        """
        if row_id := self.numbers.get(one.business_id):
            return row_id
        for name in (one.name, *one.former):
            same = [
                row_id
                for row_id in self.names.get(organisation_name.key(name), [])
                if not self.rows[row_id].get("business_id")
                and home_code(self.rows[row_id].get("municipality", "")) in ("", one.municipality)
            ]
            if name and len(same) == 1:
                return same[0]
        return ""


def bring_in(
    book: Book, answer: Answer, now: datetime, say: Sentences, limit: int | None = None
) -> Outcome:
    """Return the plan: proposals for Saapuneet, questions for Tarkista; the same twice gives none.

    ``say`` speaks the book's language. At most ``limit`` new organisations are added. Those that
    have ended are never added; a row that waits, or has waited, in Saapuneet is not added again.
    """
    known = _known(book)
    waiting = _waiting(book)
    taken = book.taken()
    changes: list[Change] = []
    new = same = ended = 0
    for one in answer.found:
        row_id = known.row_of(one)
        if row_id:
            same += 1
            changes += _questions(book, row_id, known.rows[row_id], one, answer.source, say)
        elif one.ended:
            ended += 1
        elif one.business_id in waiting:
            same += 1
        elif limit is None or new < limit:
            new += 1
            added = _proposal(one, answer.source, now, say.language, taken)
            taken.add(added[0].row_id)
            changes += added
    notes: list[tuple[str, dict[str, object]]] = [
        (
            "{register}: {count} organisations; {new} new ones, {known} known ones.",
            {
                "register": answer.source,
                "count": len(answer.found),
                "new": new,
                "known": same,
            },
        )
    ]
    if ended:
        notes.append(("{count} have ended; they were left out.", {"count": ended}))
    if answer.unread:
        notes.append(("{count} rows could not be read.", {"count": answer.unread}))
    return Outcome(
        "import",
        book,
        run=run_id(now),
        plan=Plan.of(changes),
        failed=answer.unread,
        notes=tuple(notes),
    )


def register_cases(book: Book) -> list[Case]:
    """Return the questions that open registers have raised and that are not settled.

    A question is settled where the cell says what was proposed, where its row is gone, or where a
    person agreed and there is nothing to write.
    """
    cases = []
    organisations = book.table("organisations")
    for case_id, row in book.table("review").rows():
        row_id = reference_id(row.get("link", ""))
        if row.get("kind") != KIND or row.get("done") or row_id not in organisations:
            continue
        if organisations.cell(row_id, "status") in GONE:
            continue
        value = row.get("suggestion", "")
        column = next((c for c in _ASKED if value and case_id == _case(row_id, c, value)), "")
        before = organisations.cell(row_id, column) if column else ""
        if (column and before == value) or (not column and row.get("decision") in CARRIED_OUT):
            continue
        answer = (Change("organisations", row_id, column, before, value, KIND),) if column else ()
        shown = {key: row.get(key, "") for key in _SHOWN}
        cases.append(
            Case(case_id, (("organisations", row_id),), "info", shown_cells(shown), answer)
        )
    return cases


_SHOWN = ("kind", "severity", "link", "message", "left", "right", "suggestion")


def _known(book: Book) -> _Known:
    known = _Known({}, {}, {})
    for row_id, row in book.table("organisations").rows():
        if row.get("status") in GONE or not row_id:
            continue
        known.rows[row_id] = row
        if number := business_id.read(row.get("business_id", "")).value:
            known.numbers.setdefault(number, row_id)
        names = {organisation_name.key(row.get(key, "")) for key in ("name", "short")} - {""}
        for name in names:
            known.names.setdefault(name, []).append(row_id)
    return known


def _waiting(book: Book) -> frozenset[str]:
    cells = (cell for _, cell in book.table("inbox").column("business_id"))
    return frozenset(business_id.read(cell).value for cell in cells if cell)


def _proposal(
    one: Registered, source: str, now: datetime, language: str, taken: set[str] | frozenset[str]
) -> list[Change]:
    row_id = new_id("S", (source, one.business_id), taken)
    cells = {
        "id": row_id,
        "at": iso(now.replace(microsecond=0)),
        "org": mask(one.name),
        "business_id": one.business_id,
        "municipality": places.municipality(one.municipality).name(language),
        "postcode": one.postcodes[0] if one.postcodes else "",
        "source": f"{source} {now.day}.{now.month}.{now.year}",
        "text": mask(one.url),
    }
    return [
        Change("inbox", row_id, key, "", value, "import", kind="add")
        for key, value in cells.items()
        if value
    ]


def _questions(
    book: Book, row_id: str, row: dict[str, str], one: Registered, source: str, say: Sentences
) -> Iterator[Change]:
    """Yield a row of Tarkista for each thing that the open register says otherwise."""
    name = row.get("name", "")
    if one.ended:
        day = say.value("organisations", "verified_on", one.ended)
        message = say(_ENDED, register=source, name=name, day=day)
        yield from _question(book, row_id, "ended", one.ended, message, name, say, shown="")
        return
    place = places.municipality(one.municipality).name(book.language)
    differs = {
        "name": organisation_name.key(one.name) != organisation_name.key(name) and one.name,
        "business_id": not row.get("business_id") and one.business_id,
        "municipality": home_code(row.get("municipality", "")) != one.municipality and place,
        "postcode": row.get("postcode")
        and one.postcodes
        and row["postcode"] not in one.postcodes
        and one.postcodes[0],
    }
    for column, value in differs.items():
        if value:
            message = say(_SENTENCES[column], register=source, name=name, value=value)
            left = row.get(column, "")
            yield from _question(book, row_id, column, value, message, left, say, shown=value)


def _question(
    book: Book,
    row_id: str,
    about: str,
    value: str,
    message: str,
    left: str,
    say: Sentences,
    *,
    shown: str,
) -> Iterator[Change]:
    case_id = _case(row_id, about, value)
    if case_id in book.table("review"):
        return
    cells = {
        "id": case_id,
        "kind": KIND,
        "severity": "info" if about != "ended" else "warning",
        "link": f"{say.title('organisations')}: {book.reference('organisations', row_id)}",
        "message": message,
        "left": left,
        "right": value if shown else "",
        "suggestion": shown,
    }
    for key, cell in (("id", case_id), *shown_cells({k: v for k, v in cells.items() if k != "id"})):
        if cell:
            yield Change("review", case_id, key, "", cell, KIND, kind="add")


def _case(row_id: str, column: str, value: str) -> str:
    return fingerprint(KIND, row_id, column, value)

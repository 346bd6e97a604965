"""``contacts.py import-prh`` and ``import-ptv``: add missing organisations, ask about changes.

New organisations become rows of ``inbox``, with source and date. In an organisation's own row, only
a later sign of life is written. Where the open register differs from ours, ``review`` asks. Its
values for our blank cells become a row of ``inbox`` that counts as known: a cleanup asks about all
such at once (:mod:`register.review.completions`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from register.book.cells import iso_minute
from register.book.change import Change, added_row
from register.book.ids import new_id
from register.book.outcome import Outcome, run_id
from register.book.personal_identity_code import mask_identity_codes
from register.book.plan import Plan
from register.book.schema import schema
from register.book.table import Book
from register.intake.completions import completions, row_completions
from register.intake.registered import RegisterAnswer, RegisteredOrganisation
from register.match.one_name import named_as_one
from register.match.organisation_names import parse_name
from register.review.register_questions import value_question
from register.values import business_id, organisation_name, places
from register.values.areas import area_names, home_code
from register.values.organisation_kinds import topics_as_written
from register.values.sign_of_life import later_sign, sign_of_life
from register.words.sentences import Sentences

REGISTER_REASON = "open-register"
_SENTENCES = {
    "name": "{register}: {name} is now called {value}. Shall the new name be written here?",
    "number": "{register}: the Y-tunnus of {name} is that of {value}. If the name has changed, "
    "shall the new one be written here? If not, the Y-tunnus is wrong.",
    "municipality": "{register}: the home of {name} is now {value}. Shall it be written here?",
    "postcode": "{register}: {name} has a new address; its postal code is now {value}. Shall it be "
    "written here?",
}
_LACKING = (
    "{count} that are known lack something that {register} has: the next cleanup asks in "
    "{tab:review} whether to fill it in."
)
_ENDED = "{register}: {name} ended on {day}. Is it still active, or shall the row be archived?"


@dataclass(frozen=True, slots=True)
class KnownRegisterRows:
    """Organisations by Y-tunnus and by name: those of the register, or those of ``inbox``."""

    rows: dict[str, dict[str, str]]
    numbers: dict[str, str]
    names: dict[str, list[str]]

    def row_of(self, one: RegisteredOrganisation) -> str:
        """Return the id of the row that is surely the given organisation, '' for none.

        It is recognised by its Y-tunnus; else by one of its names in the same municipality, unless
        both have a Y-tunnus. Other similar rows are asked about when ``inbox`` is taken in.
        """
        if row_id := self.numbers.get(one.business_id):
            return row_id
        for name in (one.name, *one.other_names, *one.former):
            same = [
                row_id
                for row_id in self.names.get(organisation_name.organisation_key(name), [])
                if not (one.business_id and self.rows[row_id].get("business_id"))
                and (
                    not one.municipality
                    or home_code(self.rows[row_id].get("municipality", ""))
                    in ("", one.municipality)
                )
            ]
            if name and len(same) == 1:
                return same[0]
        return ""


def known_organisations(book: Book) -> KnownRegisterRows:
    """Return the register's organisations, archived ones included, merged ones not."""
    return _indexed(
        (row_id, row, ("name", "short"))
        for row_id, row in book.table("organisations").rows()
        if row_id and row.get("status") != "merged"
    )


def waiting_organisations(book: Book) -> KnownRegisterRows:
    """Return the organisations of ``inbox``, whether they wait or have been taken in."""
    return _indexed((row_id, row, ("org",)) for row_id, row in book.table("inbox").rows())


def plan_register_rows(
    book: Book, answer: RegisterAnswer, now: datetime, say: Sentences, limit: int | None = None
) -> Outcome:
    """Return the plan with rows for ``inbox`` and questions for ``review``; a second run adds none.

    ``say`` speaks the book's language. At most ``limit`` new organisations are added. Ended ones
    are never added, nor are those that ``inbox`` has or has had.
    """
    known, waiting = known_organisations(book), waiting_organisations(book)
    taken, offers = book.taken(), {offer.what for offer in completions(book)}
    changes: list[Change] = []
    new = same = ended = lacking = 0
    for one in answer.found:
        row_id = known.row_of(one)
        if row_id:
            same += 1
            changes += _questions(book, row_id, known.rows[row_id], one, answer.source, say)
            changes += _signs(book, row_id, one, answer.source, say)
            if cells := _completing(book, row_id, one, answer, now, say, offers):
                lacking += 1
                changes += _proposal(cells, one, answer.source, taken)
        elif one.ended:
            ended += 1
        elif waiting.row_of(one):
            same += 1
        elif limit is None or new < limit:
            new += 1
            changes += _proposal(_cells(book, one, answer, now, say), one, answer.source, taken)
    counts = {"count": len(answer.found), "new": new, "known": same}
    notes: list[tuple[str, dict[str, object]]] = [
        (
            "{register}: {count} organisations; new: {new}, known: {known}.",
            {"register": answer.source, **counts},
        )
    ]
    if lacking:
        notes.append((_LACKING, {"count": lacking, "register": answer.source}))
    if ended:
        notes.append(("{count} have ended; they were left out.", {"count": ended}))
    if answer.elsewhere:
        elsewhere = "{count} are and act in other municipalities; they were left out."
        notes.append((elsewhere, {"count": answer.elsewhere}))
    if answer.unread:
        notes.append(("{count} rows could not be read.", {"count": answer.unread}))
    plan, failed = Plan.of(changes), answer.unread
    return Outcome("import", book, run=run_id(now), plan=plan, failed=failed, notes=tuple(notes))


def dated_source(source: str, now: datetime) -> str:
    """Return the source of a row: the register and the day."""
    return f"{source} {now.day}.{now.month}.{now.year}"


def _indexed(rows: Iterator[tuple[str, dict[str, str], tuple[str, ...]]]) -> KnownRegisterRows:
    known = KnownRegisterRows({}, {}, {})
    for row_id, row, named in rows:
        known.rows[row_id] = row
        if number := business_id.read(row.get("business_id", "")).value:
            known.numbers.setdefault(number, row_id)
        for name in {organisation_name.organisation_key(row.get(key, "")) for key in named} - {""}:
            known.names.setdefault(name, []).append(row_id)
    return known


def _proposal(
    cells: dict[str, str], one: RegisteredOrganisation, source: str, taken: set[str]
) -> list[Change]:
    """Return the changes that add a row of ``inbox``, and add its id to ``taken``."""
    row_id = new_id("S", (source, one.business_id or one.name), taken)
    taken.add(row_id)
    return added_row("inbox", {"id": row_id, **cells}, REGISTER_REASON)


def _completing(
    book: Book,
    row_id: str,
    one: RegisteredOrganisation,
    answer: RegisterAnswer,
    now: datetime,
    say: Sentences,
    offers: Collection[tuple[str, str, str]],
) -> dict[str, str]:
    """Return a row of ``inbox`` to fill blank cells of a known organisation, {} for none.

    ``offers`` are those that ``inbox`` makes already. If the names differ, there is none: as long
    as the name or the Y-tunnus may be wrong, the other cells may be another organisation's.
    """
    row = book.table("organisations").row(row_id)
    if one.ended or not _is_named(row, one):
        return {}
    cells = _cells(book, one, answer, now, say)
    if one.url and one.url in row.get("notes", ""):
        cells.pop("url", None)
    found = {
        offer.column
        for offer in row_completions(book, "", cells, row_id)
        if offer.what not in offers
    }
    if not found:
        return {}
    kept = {"at", "org", "business_id", "source"} | found
    known = schema().enum("intake_result").label("known", book.language)
    return {key: cell for key, cell in cells.items() if key in kept} | {
        "result": f"{known} {row_id}"
    }


def _cells(
    book: Book, one: RegisteredOrganisation, answer: RegisterAnswer, now: datetime, say: Sentences
) -> dict[str, str]:
    """Return an organisation of an open register as a row of ``inbox``, without an id."""
    table = book.table("inbox")
    source = f"{answer.source} ({answer.terms})" if answer.terms else answer.source
    listed = [cell for _, cell in book.table("choices").column("topics") if cell]
    cells = {
        "at": iso_minute(now.replace(microsecond=0)),
        "org": mask_identity_codes(one.name),
        "type": one.type,
        "business_id": one.business_id,
        "email": one.email,
        "phone": one.phone,
        "url": one.url,
        "municipality": _place(one.municipality, book),
        "postcode": one.postcodes[0] if one.postcodes else "",
        "area": area_names(one.area, one.municipality, book.language),
        "sign": _sign(one, answer.source, say),
        "language": one.language,
        "topics": ", ".join(topics_as_written(one.topics, listed)),
        "source": dated_source(source, now),
    }
    homeless = (
        f"{say.header('inbox', key)}: {cell}"
        for key, cell in cells.items()
        if cell and not table.has(key)
    )
    others = ", ".join((*one.other_names, *one.former))
    services = ", ".join(one.services)
    told = (
        *homeless,
        say("Other and former names: {names}", names=others) if others else "",
        say("Services: {names}", names=services) if services else "",
    )
    cells["text"] = mask_identity_codes("\n".join(filter(None, told)))
    return {key: value for key, value in cells.items() if table.has(key)}


def _signs(
    book: Book, row_id: str, one: RegisteredOrganisation, source: str, say: Sentences
) -> Iterator[Change]:
    """Yield the change that writes a later sign of life into an organisation's row."""
    table, sign = book.table("organisations"), _sign(one, source, say)
    if table.has("sign") and table.cell(row_id, "status") != "archived":
        before = table.cell(row_id, "sign")
        if later_sign(before, sign) != before:
            yield Change("organisations", row_id, "sign", before, sign, REGISTER_REASON)


def _sign(one: RegisteredOrganisation, source: str, say: Sentences) -> str:
    """Return the sign of life in the open register's entry, '' for none."""
    try:
        changed = date.fromisoformat(one.changed)
    except ValueError:
        return ""
    if one.ended:
        return ""
    return sign_of_life(changed, say("changed in {register}", register=source))


def _questions(
    book: Book,
    row_id: str,
    row: dict[str, str],
    one: RegisteredOrganisation,
    source: str,
    say: Sentences,
) -> Iterator[Change]:
    """Yield the row of ``review`` for each cell in which the open register differs."""
    if row.get("status") == "archived":
        return
    name, table = row.get("name", ""), book.table("organisations")
    if one.ended:
        day = say.value("organisations", "verified_on", one.ended)
        message = say(_ENDED, register=source, name=name, day=day)
        yield from value_question(book, ("organisations", row_id, "ended"), one.ended, message, say)
        return
    called = {
        organisation_name.organisation_key(present) for present in (one.name, *one.other_names)
    }
    differs = {
        "name": organisation_name.organisation_key(name) not in called and one.name,
        "municipality": row.get("municipality")
        and home_code(row["municipality"]) != one.municipality
        and _place(one.municipality, book),
        "postcode": row.get("postcode")
        and one.postcodes
        and row["postcode"] not in one.postcodes
        and one.postcodes[0],
    }
    unlike = bool(differs["name"]) and not _is_named(row, one)
    for column, value in differs.items():
        # As long as the name or the number may be wrong, the rest may be another organisation's.
        if value and table.has(column) and (column == "name" or not unlike):
            told = say.value("organisations", column, value)
            sentence = _SENTENCES["number" if unlike else column]
            message = say(sentence, register=source, name=name, value=told)
            yield from value_question(book, ("organisations", row_id, column), value, message, say)


def _is_named(row: dict[str, str], one: RegisteredOrganisation) -> bool:
    """Whether a row has one of the organisation's names, former names included."""
    key = organisation_name.organisation_key(row.get("name", ""))
    mine = parse_name(row.get("name", ""), row.get("short", ""))
    return any(
        organisation_name.organisation_key(name) == key or named_as_one(mine, parse_name(name))
        for name in (one.name, *one.other_names, *one.former)
    )


def _place(code: str, book: Book) -> str:
    return places.municipality(code).name(book.language) if code else ""

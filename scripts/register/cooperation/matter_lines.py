"""Rows of ``inbox`` that are notes about a matter, with the rows that they refer to."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from register.book.change import Change, added_row
from register.book.headers import fold_header
from register.book.ids import named_ids, new_id
from register.book.schema import schema
from register.book.table import Book
from register.cooperation.line import NotedLine, NotedMatter, read_noted_lines
from register.cooperation.recognise import KnownNames
from register.cooperation.told_line import read_told_lines
from register.intake.card import is_lost_row
from register.intake.cell_parts import contacts_in_cell
from register.intake.typed_rows import (
    cards_in_text,
    rows_of_further_people,
    waiting_rows,
)
from register.people.departure_notes import leaves_or_is_away, leaving_word
from register.people.named_in_text import all_people_named
from register.people.owners import Owner
from register.people.records import Person
from register.people.refusal_words import refuses_plainly
from register.values.date import nearest_day
from register.values.noted_days import due_day
from register.values.places import resolve_place
from register.words.sentences import Sentences

_CONTACT_CELLS = ("name", "first", "last", "email", "phone", "business_id", "assoc_no")
"""Columns that make a row a contact, whatever its text says."""

_APART = re.compile(
    r"\s*[,;&+()]\s*|\s+[-–—]\s+|\s+(?:ja|sekä|och|samt|and)\s+|\s+(?:kanssa)$|:(?:n|s|in)\s+"
)
_REACHES = re.compile(r"@|\d[\d ()-]{4,}\d")
_WORDS_OF_A_NAME = 2
_FEW = 3
_SOON = timedelta(days=60)
"""How far ahead a day without a year is to come, and not of the year before."""

_LATELY = timedelta(days=14)
"""How long after a person came in the row that brought them is read for promises."""


@dataclass(frozen=True, slots=True)
class LineEntry:
    """One line, and the rows that its names may refer to.

    ``orgs`` and ``people`` hold, for each name, the ids that it may refer to; ``strangers`` are the
    names that are not in the register.
    """

    line: NotedLine
    orgs: tuple[tuple[str, ...], ...]
    people: tuple[tuple[str, ...], ...]
    strangers: tuple[str, ...] = ()

    @property
    def unclear(self) -> tuple[str, ...]:
        """The ids that a person must choose from, of all names that may refer to several rows."""
        return tuple(
            row_id for found in (*self.orgs, *self.people) if len(found) > 1 for row_id in found
        )


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A row of ``inbox`` that holds lines of notes."""

    row_id: str
    text: str
    entries: tuple[LineEntry, ...]

    @property
    def is_clear(self) -> bool:
        """Whether each line has an organisation or a person, and no name that may mean several."""
        return all((entry.orgs or entry.people) and not entry.unclear for entry in self.entries)


def matter_lines(book: Book, today: date) -> Iterator[MatterLine]:
    """Yield the rows of ``inbox`` without a result that are notes about a matter.

    A line without a day counts only if the register knows a name in it: any message may have a
    colon. The row that brought in a new person may tell what was promised to them, or by them.
    """
    known, taken = KnownNames(book), book.taken()
    for row_id, row in book.table("inbox").rows():
        if _brought_somebody_new(book, row, today):
            said = contacts_in_cell(row.get("text", "")).rest
            promised = (_meant(known, line, "") for line in _told_lines(book, said, today))
            if ahead := tuple(one for one in promised if any(m.is_open for m in one.line.matters)):
                yield MatterLine(row_id, row["text"], ahead)
            continue
        done = bool(row.get("result")) and not is_lost_row(row["result"], taken)
        if done or row_id.startswith("#") or any(row.get(k) for k in _CONTACT_CELLS):
            continue
        text, org = row.get("text", ""), row.get("org", "")
        lines = [
            _if_to_come(line, text, today)
            for line in read_noted_lines(text, today)
            if not (_is_of_reach(line) or _is_of_leave(line))
        ]
        entries = tuple(_meant(known, line, org) for line in lines)
        if not any(entry.orgs or entry.people for entry in entries):
            told = _told_lines(book, text, today)
            entries = tuple(_meant(known, line, org) for line in told) or entries
        if entries and all(
            entry.line.dated or ((entry.orgs or entry.people) and not row.get("org"))
            for entry in entries
        ):
            yield MatterLine(row_id, row["text"], entries)


def _brought_somebody_new(book: Book, row: Mapping[str, str], today: date) -> bool:
    """Whether a typed row became a new person lately, and no matter yet."""
    named = named_ids(row.get("result", ""))
    since = (today - _LATELY).isoformat()
    people = (Person.at(book, one) for one in named)
    new = any(one.added_on >= since and one.is_live for one in people if one.id)
    return new and not row.get("at") and not any(one.startswith("Y-") for one in named)


def _told_lines(book: Book, text: str, today: date) -> tuple[NotedLine, ...]:
    """Return the lines read from a one-line message about known people, or ()."""
    if _REACHES.search(text) or "\n" in text.strip() or leaving_word(text) or refuses_plainly(text):
        return ()
    return read_told_lines(text, all_people_named(book, text), today)


def _if_to_come(line: NotedLine, text: str, today: date) -> NotedLine:
    """Return a line whose day without a year is soon as one noted today, due on that day."""
    on = date.fromisoformat(line.date) if line.date else today
    ahead = nearest_day(f"{on.day}.{on.month}.", today, ahead=True)
    has_year = re.search(rf"\b(?:{on:%Y}|\.{on:%y})\b", text)
    if has_year or not ahead or not timedelta() < date.fromisoformat(ahead) - today <= _SOON:
        return line
    matters = (
        replace(
            one,
            next=one.next or one.matter,
            due=(due_day(one.next, today) or date.fromisoformat(ahead)).isoformat(),
        )
        for one in line.matters
    )
    return replace(line, date=today.isoformat(), matters=tuple(matters))


def _is_of_reach(line: NotedLine) -> bool:
    """Whether a line only gives a new address or number: that is a contact, not a matter."""
    (matter, *more) = line.matters
    said = ", ".join(filter(None, (matter.matter, matter.agreed, matter.next)))
    found = contacts_in_cell(said)
    reached = bool(found.emails or found.phones)
    return reached and not (line.dated or more) and len(found.rest.split()) <= _FEW


def _is_of_leave(line: NotedLine) -> bool:
    """Whether a line only says that somebody leaves or is away: "Maija Malli: eläkkeelle"."""
    (matter, *more) = line.matters
    return leaves_or_is_away(matter.matter) and not (line.dated or more or matter.agreed)


def contact_rows_of_lines(
    book: Book, today: date, passed_over: Collection[str] = ()
) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Yield (row id, changes) of each ``inbox`` row whose lines give contact details.

    The changes add the rows of ``inbox`` for those people; the line itself stays a matter.
    """
    for row_id, row in waiting_rows(book, passed_over):
        lines = [] if any(map(row.get, _CONTACT_CELLS)) else read_noted_lines(row["text"], today)
        parties = [one for line in lines for one in line.parties if _REACHES.search(one)]
        if cards := [card for one in parties for card in cards_in_text(one)]:
            yield row_id, tuple(rows_of_further_people(book, row_id, row, cards))


def cooperation_rows(book: Book, told: MatterLine, owner: str, today: date) -> tuple[Change, ...]:
    """Return the changes that enter clear lines into ``cooperation`` and mark the ``inbox`` row.

    Each matter is a row of the first party that the line names, with the next step. Every other
    party gets a row that is done, so that the matter is in their history, too.
    """
    taken, group = book.taken(), f"line {told.row_id}"
    changes, made = list[Change](), list[str]()
    for number, entry in enumerate(told.entries):
        for place, matter in enumerate(entry.line.matters):
            for side, (org, person) in enumerate(_pairs(book, entry)):
                seed = (told.row_id, told.text, *map(str, (number, place, side)))
                row_id = new_id("Y", seed[: 2 if not (number or place or side) else 5], taken)
                taken.add(row_id)
                made.append(row_id)
                cells = _cells(book, told, entry, matter, first=not side)
                cells |= {
                    "id": row_id,
                    "org": book.reference("organisations", org) if org else "",
                    "person": book.reference("people", person) if person else "",
                    "owner": owner or Person.at(book, person).owner or sole_owner(book, today),
                }
                changes += added_row("cooperation", cells, "line", group)
    word = schema().enum("intake_result").label("new", book.language)
    cell = ("inbox", told.row_id, "result")
    before = book.table("inbox").cell(*cell[1:])
    whom = before if any(map(book.table("people").__contains__, named_ids(before))) else ""
    result = ", ".join(filter(None, (whom, f"{word} {', '.join(made)}")))
    changes.append(Change(*cell, before, result, "line", group=group))
    return tuple(changes)


def _cells(
    book: Book, told: MatterLine, entry: LineEntry, matter: NotedMatter, *, first: bool
) -> dict[str, str]:
    said = [matter.agreed]
    if first and entry.strangers:
        said.insert(0, ", ".join(entry.strangers))
    ahead = first and matter.is_open
    return {
        "date": entry.line.date,
        "kind": matter.kind,
        "matter": matter.matter,
        "topic": topic_of(book, matter.matter),
        "agreed": ": ".join(part for part in said if part),
        "next": matter.next if first else "",
        "due": matter.due if first else "",
        "state": "open" if ahead else "done",
        "source": f"{schema().tab('inbox').titles[book.language]} {told.row_id}",
    }


def entries_in_words(changes: Iterable[Change], say: Sentences) -> str:
    """Return in words what changes write into rows of ``cooperation``."""
    rows: dict[str, list[str]] = {}
    for change in changes:
        if change.tab == "cooperation" and change.column != "id":
            value = say.value("cooperation", change.column, change.after) or "–"
            header = say.header("cooperation", change.column)
            rows.setdefault(change.row_id, []).append(f"{header}: {value}")
    return " | ".join("; ".join(row) for row in rows.values())


def _pairs(book: Book, entry: LineEntry) -> list[tuple[str, str]]:
    """Return (organisation id, person id), one of them possibly '', of each row of a line.

    These are all people named, and the organisations of which nobody is named.
    """
    orgs = [found[0] for found in entry.orgs] or [""]
    who = [found[0] for found in entry.people]
    homes = {person: Person.at(book, person).org_id for person in who}
    pairs = [(home if (home := homes[person]) in orgs else orgs[0], person) for person in who]
    met = {org for org, _ in pairs}
    pairs += [(org, "") for org in orgs if org not in met]
    return list(dict.fromkeys(sorted(pairs, key=lambda pair: orgs.index(pair[0]))))


def _meant(known: KnownNames, line: NotedLine, org_cell: str) -> LineEntry:
    """Return the rows that the names before the colon may refer to.

    An organisation is looked for by the whole text between slashes, then by its parts, a person by
    the parts only. A person's organisation need not be named. In a line with a day, a first name
    alone may mean anybody who has it.
    """
    orgs = [known.organisations(org_cell)] if org_cell else list[tuple[str, ...]]()
    names = list[str]()
    for party in line.parties:
        whole = known.organisations(party)
        for part in [] if whole else _APART.split(party):
            if not part or _REACHES.search(part):
                continue
            found = () if known.people(part) else known.organisations(part)
            orgs += [found] if found else []
            names += [] if found else [part]
        orgs += [whole] if whole else []
    sure = tuple(found[0] for found in orgs if len(found) == 1)
    who, strangers = list[tuple[str, ...]](), list[str]()
    for name in names:
        found = known.people(name, sure) or known.people(_last_words(name), sure)
        found = found or (known.called(name) if line.dated and not sure else ())
        who += [found] if found else []
        strangers += [] if found or resolve_place(name).municipality else [name]
    homes = [home for found in who if len(found) == 1 and (home := known.home(found[0]))]
    orgs = [tuple(sorted({*homes} & {*found})) or found for found in orgs if found]
    orgs = orgs or [(home,) for home in homes]
    return LineEntry(line, tuple(dict.fromkeys(orgs)), tuple(who), tuple(strangers))


def _last_words(name: str) -> str:
    """Return the last two words of a longer name, as of "kansanedustaja Maija Malli", or ''."""
    words = name.split()
    return " ".join(words[-_WORDS_OF_A_NAME:]) if len(words) > _WORDS_OF_A_NAME else ""


def topic_of(book: Book, matter: str) -> str:
    """Return the register's topic that occurs in the words of a matter, or ''."""
    said = fold_header(matter)
    topics = [cell for _, cell in book.table("choices").column("topics") if cell]
    return next((topic for topic in topics if fold_header(topic) in said), "")


def sole_owner(book: Book, today: date) -> str:
    """Return the only owner that the register has, '' if it has none or several."""
    owners, _ = Owner.named(book, today)
    return owners[0] if len(owners) == 1 else ""

"""A reference names one living row: by its id, or by a name that only one row has.

What is shown is ``Nimi · O-7K3MQ``; the id decides. A name that a person types is completed when
it is one row's name, proposed when it is nearly so or a merged row's, and asked about when it is
nobody's, several rows' or several names.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.book.finding import Finding
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.schema import Column
from register.book.table import Book
from register.people.named_in_text import people_called
from register.people.records import NOT_LIVE, live_cells, living_row
from register.rules.rule import CHECKED_TABS, RuleContext, is_blank
from register.values import organisation_name
from register.values.reading import Reading

_MOST_GUESSES = 300
"""The most unknown names compared with all names in a run; the rest count as nobody's."""

_SHORTEST_WORD = 4
_MOST_NAMED = 5
"""The most rows that are named to choose from."""
_LONGEST = 2_000
_ASKED = ("reference-nobody", "reference-several", "reference-together")

_BETWEEN = re.compile(r"\s*[,;/&+\n]\s*|\s+(?:ja|sekä|och|samt|and)\s+")
"""What stands between several names in one cell."""


@dataclass
class _Names:
    """The names of a tab's rows, and the guesses made; a reference by id needs neither."""

    book: Book
    tab: str
    guesses: dict[str, str] = field(default_factory=dict)

    @cached_property
    def living(self) -> dict[str, list[str]]:
        """The ids of the rows in use, by name."""
        return rows_by_name(self.book, self.tab)

    @cached_property
    def gone(self) -> dict[str, list[str]]:
        """The ids of the merged rows, by name."""
        return rows_by_name(self.book, self.tab, gone=True)

    @cached_property
    def by_word(self) -> dict[str, set[str]]:
        """The ids of the rows in use, by each word of their names."""
        found: dict[str, set[str]] = {}
        for name, rows in self.living.items():
            for word in name.split():
                found.setdefault(word, set()).update(rows)
        return found


_Answer = tuple[str, str, str]
"""``(code, the cell as it should be, detail)``; the code is '' if nothing is wrong."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the references that are not in their shown form, or name no row in use."""
    names: dict[str, _Names] = {}
    answers: dict[tuple[str, str, bool], _Answer] = {}
    for key in CHECKED_TABS:
        table = book.table(key)
        columns = [c for c in table.tab.columns if c.type in ("ref", "refs") and table.has(c.key)]
        for column in columns:
            for row_id, cell in live_cells(table, column.key):
                if is_blank(cell) or (row_id, column.key) in table.formulas:
                    continue
                if column.to not in names:
                    names[column.to] = _Names(book, column.to)
                asked = (column.to, cell, column.several)
                if asked not in answers:
                    answers[asked] = _resolved(book, names[column.to], cell, column.several)
                code, wanted, detail = answers[asked]
                if code:
                    yield Finding(
                        *(key, row_id, column.key, code, cell),
                        suggestion=wanted,
                        detail=detail,
                    )


def read_reference(book: Book, column: Column, cell: str) -> Reading:
    """Return the reading of a typed reference: an id, or a name that only one row has."""
    names = _Names(book, column.to)
    code, wanted, detail = _resolved(book, names, cell.strip(), column.several)
    if code in ("", "reference-form", "reference-merged") and (wanted or not code):
        return Reading(wanted or cell.strip())
    return Reading(problem=code, suggestion=wanted, detail=detail)


def rows_by_name(book: Book, tab: str, *, gone: bool = False) -> dict[str, list[str]]:
    """Return the ids of the rows in use (or merged, if ``gone``) by each folded name."""
    names: dict[str, list[str]] = {}
    table = book.table(tab)
    for row_id, row in table.rows():
        status = row.get("status")
        if status != "merged" if gone else status in NOT_LIVE:
            continue
        shown = " ".join(row.get(key, "") for key in table.tab.name)[:_LONGEST]
        called = {fold_header(shown), fold_header(row.get("short", "")[:_LONGEST])}
        if tab == "organisations":
            called.add(organisation_name.organisation_key(shown))
        if tab == "people":
            called.add(fold_header(f"{row.get('last', '')} {row.get('first', '')}"[:_LONGEST]))
        for name in called - {""}:
            names.setdefault(name, []).append(row_id)
    return names


def _resolved(book: Book, names: _Names, cell: str, several: bool) -> _Answer:
    if len(cell) > _LONGEST:
        return "reference-nobody", "", ""
    parts = [part for part in cell.split(", ") if part.strip()] if several else [cell]
    wanted: list[str] = []
    code = detail = ""
    for part in parts:
        problem, answer, more = _one(book, names, part)
        wanted.append(answer or part)
        worse = problem in _ASKED and code not in _ASKED
        if problem and (not code or code == "reference-form" or worse):
            code, detail = problem, more
    lost = code == "reference-merged" and ", ".join(wanted) == cell
    if lost or code in _ASKED:
        return code, "", detail
    return code, ", ".join(wanted) if code else "", detail


def _one(book: Book, names: _Names, part: str) -> _Answer:
    tab, table = names.tab, book.table(names.tab)
    row_id = reference_id(part)
    if row_id:
        if row_id not in table:
            return "reference-nobody", "", ""
        if table.cell(row_id, "status") == "merged":
            survivor = living_row(book, tab, row_id)
            return "reference-merged", book.reference(tab, survivor) if survivor else "", ""
        shown = book.reference(tab, row_id)
        if shown == part:
            return "", shown, ""
        together = _together(book, names, part)
        return together if together[0] == "reference-together" else ("reference-form", shown, "")
    found = _called(names.living, tab, part)
    if len(found) == 1:
        return "reference-form", book.reference(tab, found[0]), ""
    if found:
        some = "; ".join(book.reference(tab, row_id) for row_id in sorted(found)[:_MOST_NAMED])
        return "reference-several", "", some
    survivors = {living_row(book, tab, row_id) for row_id in _called(names.gone, tab, part)} - {""}
    if len(survivors) == 1:
        return "reference-merged", book.reference(tab, survivors.pop()), ""
    if near := _near(names, part):
        return "reference-typo", book.reference(tab, near), ""
    named = [book.reference(tab, row_id) for row_id in _with_words(names, part)]
    if len(named) == 1:
        return "reference-typo", named[0], ""
    if 1 < len(named) <= _MOST_NAMED:
        return "reference-several", "", "; ".join(named)
    return _together(book, names, part)


def _together(book: Book, names: _Names, cell: str) -> _Answer:
    """Return the answer about a cell that may hold several names: "Maija Malli ja Pekka Koe".

    Names that are not in the register are among them as they are, if a whole name is there too.
    """
    parts = list(filter(None, _BETWEEN.split(cell)))
    if not 1 < len(parts) <= _MOST_NAMED:
        return "reference-nobody", "", ""
    answers = [_one(book, names, part) for part in parts]
    whole = [shown for code, shown, _ in answers if shown and code != "reference-typo"]
    meant = [shown or part for part, (_, shown, _) in zip(parts, answers, strict=True)]
    if len(set(meant)) == 1:
        return "reference-typo", meant[0], ""
    people = names.tab == "people" and (whole or all(shown for _, shown, _ in answers))
    if people or len(whole) == len(parts):
        return "reference-together", "", "; ".join(dict.fromkeys(meant))
    return "reference-nobody", "", ""


def _called(names: Mapping[str, list[str]], tab: str, part: str) -> list[str]:
    found = names.get(fold_header(part), [])
    if not found and tab == "organisations":
        found = names.get(organisation_name.organisation_key(part), [])
    return found


def _near(names: _Names, part: str) -> str:
    """Return the only row whose name is one or two typing errors away, or ''."""
    name = fold_header(part)
    if not 6 <= len(name) <= 120 or (
        name not in names.guesses and len(names.guesses) >= _MOST_GUESSES
    ):
        return ""
    if name not in names.guesses:
        allowed = 1 if len(name) < 10 else 2
        near = process.extract(
            name, list(names.living), scorer=OSA.distance, score_cutoff=allowed, limit=3
        )
        best = {
            row
            for match, distance, _ in near
            if distance == near[0][1]
            for row in names.living[match]
        }
        names.guesses[name] = best.pop() if len(best) == 1 else ""
    return names.guesses[name]


def _with_words(names: _Names, part: str) -> list[str]:
    """Return the rows whose name has all the words: "Vire"; "Vesa", "Leenan" or "Pirkko H."."""
    words, people = fold_header(part).split(), names.tab == "people"
    if not words or not (people or (names.tab == "organisations" and _is_telling(words))):
        return []
    found = set[str].intersection(*(names.by_word.get(word, set()) for word in words))
    if people and not found and all(len(word.strip(".")) == 1 for word in words[1:]):
        found = {one.id for one in people_called(names.book, part)}
    return sorted(found)


def _is_telling(words: list[str]) -> bool:
    return max(map(len, words)) >= _SHORTEST_WORD

"""Several organisations of one person side by side: "Organisaatio 2", "Rooli 2".

Each further organisation becomes a row of its own for that person.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from register.intake.column_map import ColumnMap
from register.intake.header_names import EITHER, header_meaning
from register.intake.offices import read_holder
from register.intake.refusals import consent_kind, refuses_letters

_OF_AN_ORGANISATION = ("org", "role", "municipality", "url", "type")
_NAMES = ("name", "first", "last", EITHER)
_OF_THE_PERSON = (*_NAMES, "email", "phone", "language", "consent", "at", "source", "met_at")

_BETWEEN = re.compile(r"\s*[;\n]\s*|,\s+|\s+(?:ja|sekä|och|samt|and|&)\s+")
_FORM = re.compile(r"\b(?:ry|rf)$", re.IGNORECASE)


def further_organisations(headers: Sequence[str]) -> tuple[Mapping[int, int], ...]:
    """Return a mapping for each further organisation: its column to the first one's column.

    () if the list does not number organisations, or numbers people as well.
    """
    numbered: dict[str, dict[int, str]] = defaultdict(dict)
    own: dict[str, int] = {}
    for index, header in enumerate(headers):
        found = read_holder(header)
        bare = found.field if found and found.number and not found.role else ""
        meaning = header_meaning(bare or header)[0]
        if bare and found:
            numbered[found.number][index] = meaning
        elif meaning not in own:
            own[meaning] = index
    people = any(set(_NAMES) & {*told.values()} for told in numbered.values())
    orgs = [told for _, told in sorted(numbered.items()) if "org" in told.values()]
    if people or not orgs or own.keys().isdisjoint(_NAMES):
        return ()
    first = own if "org" in own else {meaning: index for index, meaning in orgs.pop(0).items()}
    return tuple(
        {index: first[meaning] for index, meaning in told.items()
         if meaning in _OF_AN_ORGANISATION and meaning in first}
        for told in orgs
    )  # fmt: skip


def rows_by_organisation(row: Sequence[str], columns: ColumnMap) -> Iterator[Sequence[str]]:
    """Yield a row for each organisation of the row's person; the first keeps all other cells.

    They stand in columns of their own, or in one cell: "Kaisla ry, Tuulia ry".
    """
    further = {index for places in columns.further_organisations for index in places}
    own = ["" if index in further else cell for index, cell in enumerate(row)]
    at = next(
        (link.index for link in columns.links if link.target == "org" and not link.holder), -1
    )
    first, *others = associations_in_cell(own[at]) if at >= 0 else ("",)
    yield [first if others and index == at else cell for index, cell in enumerate(own)]
    for other in others:
        cells = _of_person(row, columns)
        cells[at] = other
        yield cells
    for places in columns.further_organisations:
        if not any(row[index] for index in places):
            continue
        cells = _of_person(row, columns)
        for index, place in places.items():
            cells[place] = row[index]
        yield cells


def associations_in_cell(cell: str) -> list[str]:
    """Return the associations of a cell with several, each with its legal form, else the cell.

    An association's names in two languages have two forms, "ry" and "rf".
    """
    parts = [part.strip() for part in _BETWEEN.split(cell) if part.strip()]
    forms = {found[0].casefold() if (found := _FORM.search(part)) else "" for part in parts}
    return parts if len(parts) > 1 and len(forms) == 1 and "" not in forms else [cell]


def _of_person(row: Sequence[str], columns: ColumnMap) -> list[str]:
    """Return a row with the cells of its person alone, and with what the person refuses."""
    cells = [""] * len(row)
    for link in columns.links:
        refused = consent_kind(link.header) != "other" or refuses_letters(
            link.header, row[link.index], at_length=True
        )
        if (link.target in _OF_THE_PERSON or refused) and not link.holder:
            cells[link.index] = row[link.index]
    return cells

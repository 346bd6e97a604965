"""Several organisations of one person side by side: "Organisaatio 2", "Rooli 2".

Each further organisation becomes a row of its own for that person.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from register.intake.column_map import ColumnMap
from register.intake.header_names import EITHER, header_meaning
from register.intake.offices import read_holder

_OF_AN_ORGANISATION = ("org", "role", "municipality", "url", "type")
_NAMES = ("name", "first", "last", EITHER)
_OF_THE_PERSON = (*_NAMES, "email", "phone", "language", "consent", "at", "source", "met_at")


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
    """Yield a row for each organisation of the row's person; the first keeps all other cells."""
    further = {index for places in columns.further_organisations for index in places}
    yield ["" if index in further else cell for index, cell in enumerate(row)]
    for places in columns.further_organisations:
        if not any(row[index] for index in places):
            continue
        cells = [""] * len(row)
        for link in columns.links:
            if link.target in _OF_THE_PERSON and not link.holder:
                cells[link.index] = row[link.index]
        for index, first in places.items():
            cells[first] = row[index]
        yield cells

"""The directory and its figures as a document, as CSV and as JSON values."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.lists.directory import (
    Directory,
    ListedContact,
    ListedOrganisation,
    Locality,
    region_counts,
)
from register.show.directory_cells import (
    LIST_COLUMNS,
    PEOPLE,
    clean_cell,
    list_cell,
    list_headers,
    person_cell,
    place_name,
    region_name,
)
from register.show.document import Document, PageEntry, PagePart, PageSection, PageTable
from register.show.tables import csv_bytes
from register.values import places
from register.words.sentences import Sentences

_WAYS = ("role", "phone", "email")
_ORGANISATION = tuple(("organisations", key) for key in ("type", "area", "phone", "email", "url"))

FIGURES = ("organisations", "contacts", "active", "covered", "without")
"""The columns of the table of figures, by their names in
:func:`register.lists.directory.region_counts`."""


def directory_document(
    directory: Directory, say: Sentences, title: str, *, listed: bool = True
) -> Document:
    """Return the figures of each region and notes; if ``listed``, also the lists."""
    table = PageTable(tuple(figure_headers(say)), tuple(_figures(directory, say)))
    notes = tuple(directory_notes(directory, say))
    return Document(
        title,
        say("As the register was on {day}.", day=directory.day),
        (
            PageSection("figures", say("The regions"), "", (PagePart(table=table, lines=notes),)),
            *(_sections(directory, say) if listed else ()),
        ),
    )


def _figures(directory: Directory, say: Sentences) -> Iterator[tuple[str, ...]]:
    figures = region_counts(directory)
    for code, row in figures.iterrows():
        if row["organisations"] or row["active"]:
            cells = (say.number(int(row[key])) for key in FIGURES)
            yield region_name(str(code), say), *cells
    totals = figures.sum()
    summed = ("" if key == "active" else say.number(int(totals[key])) for key in FIGURES)
    yield say("In all"), *summed


def figure_headers(say: Sentences) -> list[str]:
    """Return the headers of the table of figures; the first one is the region."""
    return [
        say.header("organisations", "region"),
        say.title("organisations"),
        say("with a contact"),
        say("active from elsewhere"),
        say("municipalities covered"),
        say("municipalities without"),
    ]


def directory_notes(directory: Directory, say: Sentences) -> Iterator[str]:
    """Yield the sentences below the figures."""
    if not any(one.home or one.active for one in directory.regions):
        yield nobody_sentence(directory, say)
    elif empty := [one for one in directory.regions if not (one.home or one.active)]:
        names = ", ".join(region_name(one.code, say) for one in empty)
        yield say("Regions without anybody: {regions}", regions=names)
    if directory.nationwide:
        count = len(directory.nationwide)
        yield say("{count} organisations are active in the whole country.", count=count)
    if directory.unplaced:
        count = len(directory.unplaced)
        yield say("{count} organisations have no municipality that is known.", count=count)
    if directory.apart:
        count = len(directory.apart)
        yield say("{count} people belong to no organisation of these lists.", count=count)


def nobody_sentence(directory: Directory, say: Sentences) -> str:
    """Return the sentence for a directory in which no region has an organisation."""
    if directory.whole and not directory.organisations:
        return say("There is no organisation in the register yet.")
    return say(
        "Nobody of the register fits this list. Be the pioneer: python3 scripts/regions.py "
        "pioneer MUNICIPALITY."
    )


def empty_regions(
    directory: Directory, say: Sentences
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield name, uncovered municipalities, and whether these are all, of each region with any."""
    for one in directory.regions:
        if one.without:
            names = tuple(place_name(code, say) for code in one.without)
            yield region_name(one.code, say), names, len(names) == len(one.localities)


def directory_values(directory: Directory) -> dict[str, Any]:
    """Return the directory as JSON values: keys of the schema, codes of places, cells of the Book.

    ``regions`` have their figures, ``without`` as codes, and ``localities`` with organisations at
    ``home`` and ``active``. Organisations are referred to by ``row``, their index in
    ``organisations``, because some have no id yet. ``apart`` are people without an organisation.
    """
    row = {id(one): number for number, one in enumerate(directory.organisations)}
    figures = region_counts(directory).drop(columns="without").to_dict("index")

    def rows(some: tuple[ListedOrganisation, ...]) -> list[int]:
        return [row[id(one)] for one in some]

    def locality(spot: Locality) -> dict[str, Any]:
        name = places.municipality(spot.code).name_fi
        here = {"home": rows(spot.home), "active": rows(spot.active)}
        return {"code": spot.code, "name": name, **here}

    return {
        "date": directory.day.isoformat(),
        "public": directory.public,
        "organisations": [_record(one, row[id(one)]) for one in directory.organisations],
        "regions": [
            {
                "code": one.code,
                "name": places.region(one.code).name_fi,
                **{str(key): int(value) for key, value in figures[one.code].items()},
                "without": list(one.without),
                "localities": [locality(spot) for spot in one.localities],
            }
            for one in directory.regions
        ],
        "nationwide": rows(directory.nationwide),
        "unplaced": rows(directory.unplaced),
        "apart": [_person(who) | {"municipality": who.municipality} for who in directory.apart],
    }


def _record(one: ListedOrganisation, row: int) -> dict[str, Any]:
    keys = ("id", "name", "short", "type", "area", "topics", "email", "phone", "url", "sign")
    return {
        "row": row,
        **{key: mask_identity_codes(getattr(one, key)) for key in keys},
        "municipality": one.municipality,
        "region": one.region,
        "contacts": [_person(who) for who in one.contacts],
    }


def _person(who: ListedContact) -> dict[str, str]:
    return {
        key: mask_identity_codes(getattr(who, key))
        for key in ("id", "name", "role", "email", "phone", "phone2")
    }


def organisations_csv(directory: Directory, say: Sentences) -> bytes:
    """Return a CSV row for each organisation and contact, in the form that a Finnish Excel reads.

    The form is UTF-8 with a byte order mark, ``;`` between cells, and no formulas.
    """
    rows = (
        [list_cell(one, contact, key, say) for key in LIST_COLUMNS]
        for one in directory.organisations
        for contact in one.contacts or (None,)
    )
    return csv_bytes(list_headers(LIST_COLUMNS, say), rows)


def people_csv(directory: Directory, say: Sentences) -> bytes:
    """Return a CSV row for each person with their organisation, in the same form.

    People without an organisation come last, with their own municipality.
    """
    rows = (
        [list_cell(one, contact, key, say) for key in PEOPLE]
        for one in directory.organisations
        for contact in one.contacts
    )
    own = ("region", "municipality", "topics")
    alone = (
        [person_cell(who, key, say) if tab == "people" or key in own else "" for tab, key in PEOPLE]
        for who in directory.apart
    )
    return csv_bytes(list_headers(PEOPLE, say), chain(rows, alone))


def _sections(directory: Directory, say: Sentences) -> Iterator[PageSection]:
    for region in directory.regions:
        if not (region.home or region.active):
            continue
        parts = [
            PagePart(place_name(spot.code, say), entries=_entries(spot.home, say))
            for spot in region.localities
            if spot.home
        ]
        if region.active:
            away = _entries(region.active, say)
            parts.append(PagePart(say("Active here from elsewhere"), entries=away))
        yield PageSection(f"r{region.code}", region_name(region.code, say), "", tuple(parts))
    apart = (
        ("nationwide", say("Active in the whole country"), _entries(directory.nationwide, say)),
        ("unplaced", say("No municipality that is known"), _entries(directory.unplaced, say)),
        (
            *("apart", say("People without an organisation")),
            tuple(_person_entry(who, say) for who in directory.apart),
        ),
    )
    for key, title, entries in apart:
        if entries:
            yield PageSection(key, title, "", (PagePart(entries=entries),))


def _entries(some: tuple[ListedOrganisation, ...], say: Sentences) -> tuple[PageEntry, ...]:
    return tuple(
        PageEntry(
            "",
            clean_cell(one.name) or one.id,
            " · ".join(text for key in _ORGANISATION if (text := list_cell(one, None, key, say))),
            tuple(" · ".join(filter(None, _contact(who, _WAYS, say))) for who in one.contacts),
        )
        for one in some
    )


def _person_entry(who: ListedContact, say: Sentences) -> PageEntry:
    name, *told = _contact(who, ("municipality", *_WAYS), say)
    return PageEntry("", name, " · ".join(filter(None, told)))


def _contact(who: ListedContact, keys: tuple[str, ...], say: Sentences) -> Iterator[str]:
    yield clean_cell(who.name) or who.id
    yield from (person_cell(who, key, say) for key in keys)

"""The regional lists and their figures as text, Markdown and JSON, and the lists as CSV."""

from __future__ import annotations

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
from register.show.tables import csv_bytes, markdown_table
from register.values import places
from register.words.display import escape_markdown
from register.words.sentences import Sentences

_WAYS = ("role", "phone", "email")
_ORGANISATION = tuple(("organisations", key) for key in ("type", "area", "phone", "email", "url"))

_Line = tuple[str, str, str]
"""What it is ('##', '###', '-', '  -' as in Markdown), a name, and what is told of it."""

FIGURES = ("organisations", "contacts", "active", "covered", "without")
"""The columns of the table, as :func:`register.lists.directory.region_counts` calls them."""


def figures_text(directory: Directory, say: Sentences) -> str:
    """Return the figures of each region as a table, then what stands apart."""
    lines = [figure_headers(say), *_figures(directory, say)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    printed: list[str] = []
    for first, *rest in lines:
        cells = (text.rjust(width) for text, width in zip(rest, widths[1:], strict=True))
        printed.append("  ".join((first.ljust(widths[0]), *cells)))
    return "\n".join((*printed, *(f"  {note}" for note in directory_notes(directory, say))))


def figures_markdown(directory: Directory, say: Sentences) -> str:
    """Return the same as a Markdown table."""
    heads, rows = figure_headers(say), _figures(directory, say)
    table = "\n".join(markdown_table(heads, rows, figures=len(FIGURES)))
    told = "\n".join(f"- {note}" for note in directory_notes(directory, say))
    return f"{table}\n\n{told}".rstrip()


def _figures(directory: Directory, say: Sentences) -> Iterator[list[str]]:
    figures = region_counts(directory)
    for code, row in figures.iterrows():
        if row["organisations"] or row["active"]:
            cells = (say.number(int(row[key])) for key in FIGURES)
            yield [region_name(str(code), say), *cells]
    totals = figures.sum()
    summed = ("" if key == "active" else say.number(int(totals[key])) for key in FIGURES)
    yield [say("In all"), *summed]


def figure_headers(say: Sentences) -> list[str]:
    """Return the headers of the table of figures, the region's first."""
    return [
        say.header("organisations", "region"),
        say.title("organisations"),
        say("with a contact"),
        say("active from elsewhere"),
        say("municipalities covered"),
        say("municipalities without"),
    ]


def directory_notes(directory: Directory, say: Sentences) -> Iterator[str]:
    """Yield what there is to say besides the figures."""
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
    """Return what is said where no region of the lists has anybody."""
    if directory.whole and not directory.organisations:
        return say("There is no organisation in the register yet.")
    return say(
        "Nobody of the register fits this list. Be the pioneer: regions.py pioneer MUNICIPALITY."
    )


def empty_regions(
    directory: Directory, say: Sentences
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield the regions with municipalities without anybody: name, those, whether it is all."""
    for one in directory.regions:
        if one.without:
            names = tuple(place_name(code, say) for code in one.without)
            yield region_name(one.code, say), names, len(names) == len(one.localities)


def directory_values(directory: Directory) -> dict[str, Any]:
    """Return the lists as JSON's values: keys of the schema, codes of places, cells of the Book.

    ``regions`` have their figures, ``without`` as codes, and ``localities`` with who is at
    ``home`` and who is ``active``. Organisations are told by ``row``, their place in
    ``organisations``, for some have no id yet. ``apart`` are the people who have none.
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
    keys = ("id", "name", "short", "type", "area", "topics", "email", "phone", "url")
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
    """Return a row for each organisation and contact, as Excel in Finland reads it.

    UTF-8 with a byte order mark, ``;`` between cells. What a spreadsheet would run is made text.
    """
    rows = (
        [list_cell(one, contact, key, say) for key in LIST_COLUMNS]
        for one in directory.organisations
        for contact in one.contacts or (None,)
    )
    return csv_bytes(list_headers(LIST_COLUMNS, say), rows)


def people_csv(directory: Directory, say: Sentences) -> bytes:
    """Return a row for each person with their organisation, in the same form.

    Those without one come last, under their own municipality.
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


def lists_markdown(directory: Directory, say: Sentences, title: str) -> str:
    """Return the figures and the lists as Markdown."""
    lines = [
        f"# {escape_markdown(title)}\n",
        f"{say('As the register was on {day}.', day=directory.day)}",
    ]
    lines += ["", figures_markdown(directory, say)]
    before = ""
    for mark, name, told in _list_lines(directory, say):
        if mark.startswith("#") or before.startswith("#"):
            lines.append("")
        shown = f"**{escape_markdown(name)}**" if mark == "-" else escape_markdown(name)
        lines.append(f"{mark} {shown}{f' · {escape_markdown(told)}' if told else ''}")
        before = mark
    return "\n".join(lines).rstrip() + "\n"


def lists_text(directory: Directory, say: Sentences) -> str:
    """Return the lists as a person reads them on a terminal."""
    indents = {"##": "\n", "###": "\n  ", "-": "    ", "  -": "      "}
    lines = (
        f"{indents[mark]}{name}{f' · {told}' if told else ''}"
        for mark, name, told in _list_lines(directory, say)
    )
    return "\n".join(lines).lstrip("\n")


def _list_lines(directory: Directory, say: Sentences) -> Iterator[_Line]:
    for region in directory.regions:
        if not (region.home or region.active):
            continue
        yield "##", region_name(region.code, say), ""
        for spot in region.localities:
            if spot.home:
                yield "###", place_name(spot.code, say), ""
                yield from _group(spot.home, say)
        if region.active:
            yield "###", say("Active here from elsewhere"), ""
            yield from _group(region.active, say)
    if directory.nationwide:
        yield "##", say("Active in the whole country"), ""
        yield from _group(directory.nationwide, say)
    if directory.unplaced:
        yield "##", say("No municipality that is known"), ""
        yield from _group(directory.unplaced, say)
    if directory.apart:
        yield "##", say("People without an organisation"), ""
        for who in directory.apart:
            yield "-", *_contact_line(who, ("municipality", *_WAYS), say)


def _group(some: tuple[ListedOrganisation, ...], say: Sentences) -> Iterator[_Line]:
    for one in some:
        about = [text for key in _ORGANISATION if (text := list_cell(one, None, key, say))]
        yield "-", clean_cell(one.name) or one.id, " · ".join(about)
        for who in one.contacts:
            yield "  -", *_contact_line(who, _WAYS, say)


def _contact_line(who: ListedContact, keys: tuple[str, ...], say: Sentences) -> tuple[str, str]:
    told = [text for key in keys if (text := person_cell(who, key, say))]
    return clean_cell(who.name) or who.id, " · ".join(told)

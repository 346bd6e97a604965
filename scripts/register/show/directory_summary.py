"""The figures of the regional lists as text, the lists as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.lists.directory import (
    Directory,
    ListedContact,
    ListedOrganisation,
    Locality,
    region_counts,
)
from register.show.directory_cells import place_name, region_name
from register.values import places
from register.words.sentences import Sentences

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
    heads = figure_headers(say)
    rows = [heads, ["---", *["--:"] * len(FIGURES)], *_figures(directory, say)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
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

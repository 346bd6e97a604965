"""Coverage as a document, as CSV, as JSON values, and as a page with a map of the regions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.lists.coverage import MOST_OF_A_KIND, POINTS, Coverage, CoverageArea, CoverageSpot
from register.show import coverage_matrix
from register.show.directory_cells import clean_cell, place_name, region_name
from register.show.document import Document, PagePart, PageSection, PageTable
from register.show.pages import page_environment
from register.show.tables import csv_bytes
from register.values import places
from register.words.sentences import Sentences

_GAPS: Mapping[str, str] = {
    "no-organisation": "no organisation",
    "no-network": "no network: be the pioneer",
    "no-trusted-decision-maker": "no decision-maker who trusts us",
    "nothing-together": "nothing done together in 12 months",
    "organisation-without-contact": "organisations without a contact",
    "contact-without-address": "contacts without an address",
}
"""Names of the gaps (msgids)."""

_TOTALS: Mapping[str, str] = {
    "no-organisation": "municipalities without an organisation",
    "no-network": "municipalities without a network: be the pioneer",
    "no-trusted-decision-maker": "municipalities without a decision-maker who trusts us",
    "nothing-together": "municipalities where nothing was done together in 12 months",
    "organisation-without-contact": "organisations without a contact",
    "contact-without-address": "contacts without an address",
}
"""Texts beside the total of each gap (msgids)."""

_FIGURE_NAMES: Mapping[str, str] = {
    "home": "organisations",
    "active": "active from elsewhere",
    "contacts": "contacts",
    "confirmed": "confirmed in 12 months",
    "networks": "networks",
    "decision_makers": "decision-makers",
    "trusted": "who trust us",
    "together": "done together in 12 months",
}
"""Names of a municipality's figures (msgids)."""

_SHADES = 4
"""The number of shades on the map, by the share of municipalities that are covered."""

_RANKED = 12
"""How many municipalities the text and the page list as the first to look at."""

_LISTED = 2_000
"""How many incomplete rows the page lists; JSON has all of them."""


def coverage_document(found: Coverage, say: Sentences, title: str, *, whole: bool) -> Document:
    """Return the gaps in figures, the ranking, and the matrix.

    If not ``whole``, it has only the first municipalities and what they lack.
    """
    totals = PagePart(lines=tuple(f"{count} {text}" for text, count in _totals(found, say)))
    rows, heads = [tuple(_cells(spot, say)) for spot in found.ranked], _heads(say)
    more = len(rows) - _RANKED
    if not whole:
        heads, *rows = [(*row[:3], row[-1]) for row in (heads, *rows[:_RANKED])]
    first = [PagePart(table=PageTable(tuple(heads), tuple(rows)))]
    if more > 0 and not whole:
        left = say("… and {count} more: -v prints all, --report-dir writes all.", count=more)
        first.append(PagePart(lines=(left,)))
    sections = [
        PageSection("gaps", say("What is missing"), "", (totals,)),
        PageSection("ranked", say("First to look at"), "", tuple(first)),
    ]
    if whole and found.matrix.topics:
        sections.append(coverage_matrix.matrix_section(found, say))
    sections.append(PageSection("rule", say("How they are ranked"), ranking_rule(say), ()))
    return Document(title, say("As the register was on {day}.", day=found.day), tuple(sections))


def coverage_csv(found: Coverage, say: Sentences) -> bytes:
    """Return a CSV row for each municipality: points, figures, and gaps."""
    rows = (_cells(spot, say) for area in found.areas for spot in area.spots)
    return csv_bytes(_heads(say), rows)


def _cells(spot: CoverageSpot, say: Sentences) -> list[str]:
    place = places.municipality(spot.code)
    cells = [place.name(say.language), region_name(place.region, say), str(spot.points)]
    cells += [str(getattr(spot, key)) for key in _FIGURE_NAMES]
    return [*cells, ", ".join(say(_GAPS[gap]) for gap in spot.gaps)]


def _heads(say: Sentences) -> Sequence[str]:
    heads = [say.header("people", "municipality"), say.header("organisations", "region")]
    heads += [say("Points"), *(say(text) for text in _FIGURE_NAMES.values())]
    return [*heads, say("What is missing")]


def coverage_values(found: Coverage) -> dict[str, Any]:
    """Return the coverage as JSON values: codes of places and gaps, figures, ids."""
    return {
        "date": found.day.isoformat(),
        "gaps": {gap: found.count(gap) for gap in _GAPS},
        "points": dict(POINTS),
        "most": MOST_OF_A_KIND,
        "regions": [
            {
                "code": area.code,
                "name": places.region(area.code).name_fi,
                "organisations": area.home,
                "covered": area.covered,
                "municipalities": [_record(spot) for spot in area.spots],
            }
            for area in found.areas
        ],
        "ranked": [spot.code for spot in found.ranked],
        "missing": [
            {
                "kind": m.kind,
                "municipality": m.municipality,
                "id": m.row_id,
                "name": mask_identity_codes(m.name),
            }
            for m in found.missing
        ],
        "matrix": coverage_matrix.matrix_records(found.matrix),
    }


def coverage_page(found: Coverage, say: Sentences, title: str) -> str:
    """Return the page: map, ranking, and each region with its municipalities."""
    page = page_environment(say.language).get_template("gaps.html.j2")
    return page.render(
        title=title,
        day=found.day,
        rule=ranking_rule(say),
        totals=_totals(found, say),
        ranked=[_line(spot, say) for spot in found.ranked[:_RANKED]],
        rest=max(0, len(found.ranked) - _RANKED),
        figures=[(key, say(text)) for key, text in _FIGURE_NAMES.items()],
        areas=[_tile(area, say) for area in found.areas],
        whole=len(found.areas) == len(places.regions()),
        matrix=coverage_matrix.matrix_table(found.matrix, say),
        missing=[
            (say(_GAPS[m.kind]), place_name(m.municipality, say), m.row_id, clean_cell(m.name))
            for m in found.missing[:_LISTED]
        ],
        missing_left_out=max(0, len(found.missing) - _LISTED),
    )


def ranking_rule(say: Sentences) -> str:
    """Return the sentence that explains the ranking."""
    return say(
        "Points: no organisation {organisation}, no network {network}, no decision-maker who "
        "trusts us {trusted}, nothing done together in 12 months {together}; one for each "
        "organisation without a contact and each contact without an address, at most {most} of "
        "each. Most points first; among equals, where help is nearest. What covers the whole "
        "country fills no gap.",
        organisation=POINTS["no-organisation"],
        network=POINTS["no-network"],
        trusted=POINTS["no-trusted-decision-maker"],
        together=POINTS["nothing-together"],
        most=MOST_OF_A_KIND,
    )


def _totals(found: Coverage, say: Sentences) -> list[tuple[str, int]]:
    """Return the text and the total of each gap: of municipalities, or of incomplete rows."""
    rows = Counter(one.kind for one in found.missing)
    return [
        (say(text), rows[gap] if gap not in POINTS else found.count(gap))
        for gap, text in _TOTALS.items()
    ]


def _tile(area: CoverageArea, say: Sentences) -> dict[str, Any]:
    """Return a region for the map; ``shade`` is 0 if nothing is covered, the highest if all is."""
    share = area.covered / len(area.spots) if area.spots else 0
    return {
        "code": area.code,
        "name": region_name(area.code, say),
        "home": area.home,
        "covered": area.covered,
        "municipalities": len(area.spots),
        "shade": 0 if not area.covered else min(_SHADES, 1 + int(share * _SHADES)),
        "spots": [_line(spot, say) for spot in area.spots],
    }


def _line(spot: CoverageSpot, say: Sentences) -> dict[str, Any]:
    place = places.municipality(spot.code)
    return {
        "code": spot.code,
        "name": place.name(say.language),
        "region": region_name(place.region, say),
        "points": spot.points,
        "figures": [getattr(spot, key) for key in _FIGURE_NAMES],
        "gaps": [(gap, say(_GAPS[gap]), _how_many(spot, gap)) for gap in spot.gaps],
    }


def _how_many(spot: CoverageSpot, gap: str) -> int:
    if gap == "organisation-without-contact":
        return spot.without_contact
    return spot.without_address if gap == "contact-without-address" else 0


def _record(spot: CoverageSpot) -> dict[str, Any]:
    figures = {key: getattr(spot, key) for key in _FIGURE_NAMES}
    some = {"without_contact": spot.without_contact, "without_address": spot.without_address}
    name = places.municipality(spot.code).name_fi
    gaps = {"gaps": list(spot.gaps), "points": spot.points}
    return {"code": spot.code, "name": name, **figures, **some, **gaps}

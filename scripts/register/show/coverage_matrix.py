"""The coverage matrix as a table for a chosen place, as CSV and as JSON values."""

from collections.abc import Iterator, Mapping
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.lists.coverage import Coverage
from register.lists.coverage_matrix import COUNTRY, CoverageMatrix
from register.show.directory_cells import clean_cell, place_name, region_name
from register.show.document import PageSection, table_section
from register.show.tables import csv_bytes
from register.values import places
from register.words.sentences import Sentences

_FIGURE_NAMES: Mapping[str, str] = {
    "organisations": "organisations",
    "contacts": "contacts",
    "confirmed": "confirmed in 12 months",
    "networks": "networks",
    "decision_makers": "decision-makers",
}
"""Names of a cell's figures (msgids)."""

_SHADES = 3
"""The number of shades of a cell: for 1, for 2 to 4, and for 5 organisations or more."""


def matrix_csv(found: Coverage, say: Sentences) -> bytes:
    """Return a CSV row for each place (also regions), topic and type with an organisation."""
    heads = [
        say.header("organisations", "region"),
        say.header("organisations", "municipality"),
        say.header("cooperation", "topic"),
        say.header("organisations", "type"),
    ]
    heads += [say(text) for text in _FIGURE_NAMES.values()]
    cells = found.matrix.cells
    rows = (
        [
            *_where(place, say),
            clean_cell(topic) or say("no topic named"),
            say.value("organisations", "type", sort) or say("no type named"),
            *map(str, figures),
        ]
        for place, topic, sort, *figures in cells.itertuples(index=False, name=None)
        if place != COUNTRY
    )
    return csv_bytes(heads, rows)


def matrix_section(found: Coverage, say: Sentences) -> PageSection:
    """Return the table of the whole area."""
    shown = matrix_table(found.matrix, say)
    heads = [say.header("cooperation", "topic"), *shown["types"], *shown["beside"]]
    rows = [
        (name, *(str(count) if count else "" for count, _ in counts), *map(str, beside))
        for name, counts, beside in shown["rows"]
    ]
    return table_section("topics", say("Who does what"), "", heads, rows)


def matrix_records(matrix: CoverageMatrix) -> list[dict[str, Any]]:
    """Return JSON values; ``place`` is '' (the country), ``r01`` (a region) or ``049``."""
    columns = [str(column) for column in matrix.cells.columns]
    return [
        dict(
            zip(
                columns,
                (place, mask_identity_codes(topic), mask_identity_codes(sort), *map(int, figures)),
                strict=True,
            )
        )
        for place, topic, sort, *figures in matrix.cells.itertuples(index=False, name=None)
    ]


def matrix_table(matrix: CoverageMatrix, say: Sentences) -> dict[str, Any]:
    """Return the table of the whole area, and the data by which the page shows another place.

    ``rows`` are ``(topic, ((organisations, shade), …), (confirmed contacts, networks,
    decision-makers))``. ``data`` has two mappings by place: ``cells`` with ``[topic, type,
    organisations, confirmed]`` and ``beside`` with ``[topic, networks, decision-makers]``; topics
    and types are indexes.
    """
    topics = {topic: number for number, topic in enumerate(matrix.topics)}
    types = {sort: number for number, sort in enumerate(matrix.types)}
    cells: dict[str, list[list[int]]] = {}
    columns = ["place", "topic", "type", "organisations", "confirmed"]
    for place, topic, sort, count, confirmed in matrix.cells[columns].itertuples(
        index=False, name=None
    ):
        cells.setdefault(place, []).append([topics[topic], types[sort], count, confirmed])
    beside: dict[str, list[list[int]]] = {}
    for (place, topic), counts in matrix.beside.items():
        beside.setdefault(place, []).append([topics[topic], *counts])
    names = [clean_cell(topic) or say("no topic named") for topic in matrix.topics]
    return {
        "types": [say.value("organisations", "type", s) or say("no type named") for s in types],
        "beside": [say("contacts confirmed in 12 months"), say("networks"), say("decision-makers")],
        "rows": list(_rows(names, cells.get(COUNTRY, []), beside.get(COUNTRY, []), len(types))),
        "data": {"cells": cells, "beside": beside},
    }


def matrix_shade(count: int) -> int:
    """Return the shade of a cell: 0 for none, :data:`_SHADES` for five organisations or more."""
    return 0 if not count else 1 if count == 1 else 2 if count < 5 else _SHADES


def _rows(
    names: list[str], cells: list[list[int]], beside: list[list[int]], types: int
) -> Iterator[tuple[str, list[tuple[int, int]], tuple[int, int, int]]]:
    for number, name in enumerate(names):
        counts = [0] * types
        confirmed = 0
        for topic, sort, count, living in cells:
            if topic == number:
                counts[sort] += count
                confirmed += living
        near = next(((n, d) for topic, n, d in beside if topic == number), (0, 0))
        yield name, [(count, matrix_shade(count)) for count in counts], (confirmed, *near)


def _where(place: str, say: Sentences) -> tuple[str, str]:
    if place.startswith("r"):
        return region_name(place.removeprefix("r"), say), ""
    return region_name(places.municipality(place).region, say), place_name(place, say)

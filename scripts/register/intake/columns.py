"""Map each column of a list to a column of ``inbox``, and say how we know or why none fits."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.intake.blank_cells import says_nothing
from register.intake.cell_looks import (
    are_answers,
    are_technical,
    is_value,
    looks_like,
    share_fitting_column,
    share_of_name_shapes,
)
from register.intake.column_map import ColumnLink, ColumnMap, How
from register.intake.further_organisations import further_organisations
from register.intake.header_names import (
    EITHER,
    NONE,
    PRIVATE,
    SECRET,
    TECHNICAL,
    columns_of_earlier_years,
    field_hint,
    header_letters,
    header_meaning,
    is_secondary,
)
from register.intake.held_columns import NAME_FIELDS, REACH_FIELDS, HeldColumn
from register.intake.holders import columns_of_holders
from register.intake.name_columns import decide_names, pair_first_names, set_name_order
from register.intake.parties import party_named
from register.intake.private_columns import is_of_organisation, make_homes_private
from register.intake.sheet import ListSheet
from register.people.departure_notes import struck_headers
from register.unpacking import column_letters

_RANK: dict[How, int] = {"asked": 0, "header": 1, "similar": 2, "cells": 3}
_JOINED = ("phone",)
_LEFT = ("", "-")
_ENOUGH, _ANSWERED = 8, 0.9
_RARE = 4
"""A column with so many times fewer fitting cells than another loses to it, whatever its header."""

_UNMISTAKABLE = ("email", "phone", "business_id")
"""Cells that are plainly of these columns outweigh a header that is only spelt nearly right."""

_UNLIKE = {"postcode": 0.6}
_SAMPLES, _LONGEST_SAMPLE, _NEAR = 3, 40, 20


def guess_columns(
    sheet: ListSheet,
    orders: Sequence[str] = (),
    targets: Collection[str] | None = None,
    kind: str = "",
) -> ColumnMap:
    """Map a list's columns by ``orders`` ("Puh=phone"), else by their headers, else by their cells.

    Each target is filled by the column that fits best; only ``phone`` takes several. ``targets``
    are the columns of the book's ``inbox``, None for all. ``kind`` says what "Nimi" names:
    ``organisations``, ``people``, ``both`` (decided row by row) or '' (to be guessed). Raises
    UsageError with all faults of the orders.
    """
    open_targets = frozenset(_targets() if targets is None else targets) & _targets()
    asked = _asked(sheet, orders, open_targets)
    earlier = columns_of_earlier_years(sheet.headers)
    now = ["" if index in earlier else header for index, header in enumerate(sheet.headers)]
    of_person = tuple(seat for seat in further_organisations(now) if asked.keys().isdisjoint(seat))
    further = {index for seat in of_person for index in seat}
    now = ["" if index in further else header for index, header in enumerate(now)]
    held = columns_of_holders(replace(sheet, headers=tuple(now)))
    links = [
        _first_guess(sheet, index, asked, held.get(index), earlier)
        for index in range(len(sheet.headers))
    ]
    links, unclear = decide_names(
        sheet, pair_first_names(sheet, _named_by_shape(sheet, links)), kind
    )
    links = [
        replace(link, target="", how="unknown")
        if link.target and link.target not in (*open_targets, EITHER)
        else link
        for link in make_homes_private(links)
    ]
    links = [
        replace(link, target="", how="unknown") if link.index in further else link for link in links
    ]
    links, organisation = _of_organisation(links)
    return ColumnMap(
        tuple(set_name_order(sheet, _once(sheet, links))), of_person, unclear, organisation
    )


def _of_organisation(links: list[ColumnLink]) -> tuple[list[ColumnLink], str]:
    """Give columns such as "Seuran puhelin" to the organisation where the row names a person.

    Return the columns, and the organisation's name as a holder, '' if there are no such columns.
    """
    own = {link.target: link.label for link in links if not link.holder}
    theirs = {
        link.index for link in links
        if not link.holder and link.how != "asked" and link.target in REACH_FIELDS
        and is_of_organisation(link.header)
    }  # fmt: skip
    holder = own.get("org", "")
    if not (theirs and holder and any(key in own for key in NAME_FIELDS)):
        return links, ""
    return [
        replace(link, holder=holder) if link.index in theirs else link for link in links
    ], holder


def _named_by_shape(sheet: ListSheet, links: list[ColumnLink]) -> list[ColumnLink]:
    """Map the first column of possible names, if no column names the row's person or organisation.

    In a list with officers' columns it names the organisation, whatever its header.
    """
    targets = {link.target for link in links if not link.holder}
    officers = any(link.role for link in links)
    if targets & {"name", "first", "last", "org", EITHER}:
        return links
    if not officers and not targets & {"email", "phone"}:
        return links
    at = next(
        (link.index for link in links if link.how == "unknown" and not link.holder
         and (officers or share_of_name_shapes(sheet.column(link.index)) >= 0.8)
         and _tell_apart(sheet.column(link.index))),
        None,
    )  # fmt: skip
    return [
        replace(link, target="org" if officers else EITHER, how="cells")
        if link.index == at
        else link
        for link in links
    ]


def _tell_apart(cells: Sequence[str]) -> bool:
    """Whether all cells are words, and at least two in three of them differ."""
    words = [cell for cell in cells
             if any(map(str.isalpha, cell)) and cell[0] != "@" and not is_value(cell)]  # fmt: skip
    return len(words) == len(cells) > 0 and 3 * len(set(words)) >= 2 * len(words)


def _first_guess(
    sheet: ListSheet,
    index: int,
    asked: dict[int, str],
    held: HeldColumn | None,
    earlier: Collection[int],
) -> ColumnLink:
    """Return what one column fills: as asked for, else by its header, else by its cells."""
    header, cells = sheet.headers[index], sheet.column(index)
    found, certainty = header_meaning(header)
    distinct = dict.fromkeys(mask_identity_codes(cell) for cell in cells[:50])
    samples = tuple(map(_sample, list(distinct)[:_SAMPLES]))
    link = ColumnLink(index, mask_identity_codes(header), "", "unknown", samples)
    if found == SECRET:
        return replace(link, how="secret", samples=())
    if index in asked:
        return replace(link, target=asked[index], how="asked" if asked[index] else "left")
    if found == PRIVATE:
        return replace(link, how="private", samples=())
    if found == TECHNICAL or are_technical(cells):
        return replace(link, how="technical")
    if fold_header(header) in struck_headers():
        return link  # struck-out text becomes words, and never fills a column
    if held:
        link = replace(link, holder=held.holder, role=held.role)
        found, certainty = held.field, "header"
    if found == NONE or index in earlier or are_answers(found, cells):
        return replace(link, how="none")
    if found == "group" and _is_none(found, cells):
        found = "party" if all(map(party_named, cells)) else EITHER if _names_none(sheet) else found
    if found == EITHER:
        return replace(link, target=EITHER, how=certainty)
    if not held and (not found or certainty == "similar"):
        likely = looks_like(cells) or _answered(header, cells)
        if likely in _UNMISTAKABLE or not found:
            return replace(link, target=likely, how="cells") if likely else link
    if len(cells) >= _ENOUGH and share_fitting_column(found, cells) < _UNLIKE.get(found, 0.2):
        return replace(link, how="unlike")
    return replace(link, target=found, how=certainty if found else "unknown")


def _answered(header: str, cells: list[str]) -> str:
    """Return the column that a form's question asks for, judged by its answers; '' for none.

    "Missä kunnassa toimitte?" fills ``municipality``, or ``area`` if the answers list several
    towns.
    """
    hinted = field_hint(header)
    if not hinted or not cells:
        return ""
    if share_fitting_column(hinted, cells) >= _ANSWERED:
        return hinted
    towns = [town for cell in cells for town in re.split(r"\s*[;,]\s*", cell) if town]
    several = hinted == "municipality" and share_fitting_column(hinted, towns) >= _ANSWERED
    return "area" if several else ""


def _sample(cell: str) -> str:
    """Return a cell as an example to show, cut with "…" where it is long."""
    plain = " ".join(cell.split())
    return plain if len(plain) <= _LONGEST_SAMPLE else f"{plain[: _LONGEST_SAMPLE - 1]}…"


def _is_none(target: str, cells: list[str]) -> bool:
    return bool(cells) and not share_fitting_column(target, cells)


def _names_none(sheet: ListSheet) -> bool:
    """Whether no header names organisations or last names; then "Ryhmä" may name the former."""
    return not any(header_meaning(header)[0] in ("org", "last", EITHER) for header in sheet.headers)


def _once(sheet: ListSheet, links: Iterable[ColumnLink]) -> list[ColumnLink]:
    """Give each target to the column that fits best; the others become spare columns for it.

    ``phone`` keeps all of its columns.
    """
    fitting = {link.index: _fitting(sheet, link) for link in links if link.target}
    fullest: dict[tuple[str, str], int] = {}
    for link in links:
        if link.target:
            key = (link.holder, link.target)
            fullest[key] = max(fullest.get(key, 0), fitting[link.index])
    ranked = sorted(
        (link for link in links if link.target),
        key=lambda link: (
            link.how != "asked",
            _RARE * fitting[link.index] < fullest[link.holder, link.target],
            _RANK[link.how],
            is_secondary(link.header),
            -(5 * fitting[link.index] // (fullest[link.holder, link.target] or 1)),
            link.index,
        ),
    )
    winners: dict[tuple[str, str], int] = {}
    for link in ranked:
        winners.setdefault((link.holder, link.target), link.index)
    return [
        replace(link, target="", how="taken", spare=link.target)
        if link.target
        and link.target not in _JOINED
        and winners[link.holder, link.target] != link.index
        else link
        for link in links
    ]


def _fitting(sheet: ListSheet, link: ColumnLink) -> int:
    """Return about how many cells of a column are fit for the column's target."""
    cells = [cell for cell in sheet.column(link.index) if not says_nothing(cell)]
    return round(share_fitting_column(link.target, cells) * len(cells))


def _asked(sheet: ListSheet, orders: Sequence[str], targets: frozenset[str]) -> dict[int, str]:
    """Return the targets that ``orders`` ask for, by column index.

    Raises UsageError with all faults of the orders.
    """
    asked: dict[int, str] = {}
    faults: list[tuple[str, dict[str, object]]] = []
    for order in orders:
        header, equals, wanted = order.rpartition("=")
        if not equals or not header.strip():
            faults.append(("“{order}” is not HEADER=COLUMN.", {"order": order}))
            continue
        columns = _named(sheet, header)
        target = _target(wanted)
        if not columns:
            near = _near(sheet, header)
            faults.append(
                (
                    "The list has no column “{header}”. It has: {near}.",
                    {"header": header, "near": near},
                )
            )
        if target is None or (target and target not in targets):
            known = ", ".join(sorted(targets))
            faults.append(
                ("There is no column “{column}” to fill. There are: {known}.",
                 {"column": wanted, "known": known})
            )  # fmt: skip
            continue
        for index in columns:
            asked[index] = target
    for target in sorted({t for t in asked.values() if t and t not in _JOINED}):
        if sum(one == target for one in asked.values()) > 1:
            faults.append(("Several columns are to fill “{column}”.", {"column": target}))
    if faults:
        raise UsageError(
            "--map cannot be followed.",
            remedy='Write it like this: --map "Puh=phone", or "Puh=-" to leave it out.',
            faults=faults,
        )
    return asked


def _named(sheet: ListSheet, header: str) -> list[int]:
    """Return the indexes of the columns with this header, or else of the column with this letter.

    The letter is for a column without a header, or with one that occurs twice.
    """
    for same in (fold_header, header_letters):
        found = [i for i, h in enumerate(sheet.headers) if same(h) and same(h) == same(header)]
        if found:
            return found
    wanted = header.strip().upper()
    return [i for i in range(len(sheet.headers)) if column_letters(i + 1) == wanted]


def _near(sheet: ListSheet, header: str) -> list[str]:
    names = [name for name in dict.fromkeys(sheet.headers) if name]
    folded_names = {name: header_letters(name) for name in names}
    near = process.extract(
        header_letters(header),
        folded_names,
        scorer=OSA.normalized_similarity,
        score_cutoff=0.5,
        limit=3,
    )
    return [mask_identity_codes(name) for _, _, name in near] or [
        mask_identity_codes(name) for name in names[:_NEAR]
    ]


def _target(wanted: str) -> str | None:
    """Return the column key that an order names, '' for "leave out", None for an unknown one."""
    if wanted.strip() in _LEFT:
        return ""
    for column in schema().tab("inbox").columns:
        names = (column.key, *column.headers.values(), *column.aliases)
        if fold_header(wanted) in map(fold_header, names):
            return column.key
    return None


def _targets() -> frozenset[str]:
    return frozenset(column.key for column in schema().tab("inbox").columns if not column.tool)

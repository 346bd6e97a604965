"""Decide what a column called "Nimi" names: organisations, people, or both row by row."""

from collections.abc import Sequence
from dataclasses import replace

from register.intake.cell_looks import (
    share_of_organisation_names,
    share_of_person_names,
)
from register.intake.cell_parts import owner_of_address, people_in_cell, person_in_cell
from register.intake.column_map import ColumnLink
from register.intake.header_names import EITHER, is_last_name_first
from register.intake.sheet import ListSheet
from register.values.person_name import first_names, stands_last_first
from register.values.places import resolve_place

_OF_ORGANISATIONS = frozenset(("type", "business_id", "assoc_no", "url", "short"))
"""Columns of a list of organisations that a list of people lacks."""

_MOSTLY = 0.6
_TARGETS = {"organisations": "org", "people": "name", "both": EITHER}


def decide_names(
    sheet: ListSheet, links: Sequence[ColumnLink], kind: str = ""
) -> tuple[list[ColumnLink], ColumnLink | None]:
    """Decide what "Nimi" names, by its cells and by the columns beside it.

    The names of other things beside an organisation's, such as "Palvelun nimi", are only words.
    Return the columns, and the column that stays unclear (None for none); it is mapped as people's
    names.
    """
    taken = {link.target for link in links if not link.holder}
    posts = any(link.role for link in links)
    person = bool(taken & {"name", "first", "last"})
    decided: list[ColumnLink] = []
    unclear: ColumnLink | None = None
    for link in links:
        if link.target == EITHER:
            target = _TARGETS.get(kind) or _target(sheet, link, links, taken, person or posts)
            if posts and not kind and target == "name" and "org" not in taken:
                of_person = share_of_person_names(sheet.column(link.index))
                target = "name" if of_person > 0.5 else "org"
            if not target and link.how == "similar" and "org" in taken:
                decided.append(replace(link, target="", how="unknown"))
                continue
            if not target:
                unclear, target = link, "name"
            taken.add(target)
            link = replace(link, target=target)
        decided.append(link)
    return decided, unclear


def pair_first_names(sheet: ListSheet, links: list[ColumnLink]) -> list[ColumnLink]:
    """Map a column of first names beside a column of last names alone, whatever its header."""
    told = {link.target for link in links if not link.holder and link.how != "cells"}
    if "last" not in told or told & {"first", "name", EITHER}:
        return links
    at = next((link.index for link in links if link.how in ("cells", "unknown") and not link.holder
               and link.target in ("", "name") and _are_first_names(sheet.column(link.index))),
              None)  # fmt: skip
    return [
        replace(link, target="first", how="cells") if link.index == at else link for link in links
    ]


def _are_first_names(cells: Sequence[str]) -> bool:
    known = [
        all(one.name.casefold() in first_names() for one in people_in_cell(cell)) for cell in cells
    ]
    return 2 * sum(known) > len(known)


def set_name_order(sheet: ListSheet, links: Sequence[ColumnLink]) -> list[ColumnLink]:
    """Set in which order each column writes names: by its header, else by the known first names.

    Where "Etunimi" holds last names and "Sukunimi" first names, the two columns change places.
    """
    names = [link for link in links if link.target in ("name", EITHER)]
    told = [stands_last_first(cell) for link in names for cell in sheet.column(link.index)]
    reversed_ones, known = told.count(True), len(told) - told.count(None)
    last_first = known > 0 and reversed_ones >= 0.8 * known
    ordered = [
        replace(link, last_first=last_first or is_last_name_first(link.header))
        if link in names
        else link
        for link in links
    ]
    pairs = {(link.holder, link.target): link for link in links if link.target in ("first", "last")}
    swapped = {
        link.index: target
        for (holder, target), other in pairs.items()
        if (link := pairs.get((holder, "last" if target == "first" else "first")))
        and "asked" not in (link.how, other.how)
        and _are_swapped(sheet, pairs[holder, "first"], pairs[holder, "last"])
    }
    return [
        replace(link, target=swapped[link.index], how="cells") if link.index in swapped else link
        for link in ordered
    ]


def _are_swapped(sheet: ListSheet, first: ColumnLink, last: ColumnLink) -> bool:
    """Whether the columns of first and last names hold each other's names."""
    known = [
        [sum(part.casefold() in first_names() for part in cell.split()) for cell in cells]
        for cells in (sheet.column(first.index), sheet.column(last.index))
    ]
    shares = [sum(map(bool, one)) / max(1, len(one)) for one in known]
    return sum(map(bool, known[1])) > 1 and shares[1] >= 0.5 and shares[0] <= 0.1


def _target(
    sheet: ListSheet,
    link: ColumnLink,
    links: Sequence[ColumnLink],
    taken: set[str],
    peopled: bool,
) -> str:
    """Return what a column of names fills: ``org``, ``name`` or EITHER; '' if nothing tells."""
    cells = sheet.column(link.index)
    of_org, of_person = share_of_organisation_names(cells), share_of_person_names(cells)
    if min(of_org, of_person) >= 0.2 and "org" not in taken and not peopled:
        return EITHER
    if of_org >= 0.3 and of_org > of_person:
        return "org"
    if (
        link.how == "similar"
        and "org" in taken
        and of_person < _MOSTLY
        and 2 * sum(map(bool, map(person_in_cell, cells))) <= len(cells)
    ):
        return ""
    called = {one.target for one in links if not one.holder}
    if "name" in called and not {"org", "first", "last"} & taken:
        return "org"
    if of_person >= 0.2 or "org" in taken:
        return "name"
    if peopled:
        return "org"
    if taken & _OF_ORGANISATIONS:
        return "org"
    if _named_by_place(cells):
        return "org"
    return "name" if not cells or "role" in taken or _addressed(sheet, link, links) else ""


def _named_by_place(cells: Sequence[str]) -> bool:
    """Whether several names begin with a place in the genitive: "Haminan Haukat".

    One of them must be a municipality of today; "Elimäen" is none any more.
    """
    first = [cell.split()[0] for cell in cells if " " in cell]
    genitive = [word for word in first if word[-1] == "n" and not word.endswith("nen")]
    placed = any(resolve_place(word).how == "form" for word in genitive)
    return placed and len(genitive) > 1 and len(genitive) >= _MOSTLY * len(cells)


def _addressed(sheet: ListSheet, link: ColumnLink, links: Sequence[ColumnLink]) -> bool:
    """Whether at least a third of the e-mail addresses are made of the column's names."""
    index = next((one.index for one in links if one.target == "email" and not one.holder), None)
    if index is None:
        return False
    both = [(row[link.index], row[index]) for row in sheet.rows if row[link.index] and row[index]]
    return (
        3 * sum(owner_of_address(address, [name]) == 0 for name, address in both) >= len(both) > 0
    )

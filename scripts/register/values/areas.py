"""Areas as sets of municipalities, so that two areas are compared by their intersection.

A cell names areas, separated by ``", "``: municipalities, regions, wellbeing services counties, the
whole country, or areas of the register's own (``choices``: Alueet, Alueen kunnat).
"""

from collections.abc import Iterable, Mapping
from functools import cache

from register.book.headers import fold_header
from register.book.schema import Language
from register.book.table import Book
from register.values import places

_WHOLE_REGION = frozenset(map(fold_header, ("koko maakunta", "hela landskapet", "whole region")))
"""Texts of an organisation's ``area`` that mean the region of its home municipality."""

_WHOLE_COUNTRY: Mapping[Language, str] = {
    "fi": "koko Suomi",
    "sv": "hela Finland",
    "en": "the whole country",
}


class Areas:
    """Reads the area cells of one book; codes are Statistics Finland's municipality codes."""

    def __init__(self, book: Book) -> None:
        """Read the register's own areas."""
        own: dict[str, set[str]] = {}
        for _, row in book.table("choices").rows():
            if name := fold_header(row.get("areas", "")):
                codes = own.setdefault(name, set())
                for part in split_areas(row.get("area_municipalities", "")):
                    codes.update(_known(part) or ())
        self._own: Mapping[str, frozenset[str]] = {k: frozenset(v) for k, v in own.items()}

    def codes(self, cell: str, home: str = "") -> tuple[frozenset[str], tuple[str, ...]]:
        """Return the municipalities of an area cell, and its unknown parts.

        ``home`` is the code of a municipality: "the whole region" means its region.
        """
        codes: set[str] = set()
        unknown: list[str] = []
        for part in split_areas(cell):
            if fold_header(part) in _WHOLE_REGION and home:
                found: Iterable[str] | None = _region(places.municipality(home).region)
            else:
                found = self._own.get(fold_header(part)) or _known(part)
            if found:
                codes.update(found)
            else:
                unknown.append(part)
        return frozenset(codes), tuple(unknown)


def home_code(cell: str) -> str:
    """Return the code of the municipality that a cell names, '' if it is not exactly one."""
    found = places.resolve_place(cell).municipality
    return found.code if found else ""


def split_areas(cell: str) -> list[str]:
    """Return the values of a cell with several, separated by commas."""
    return [part.strip() for part in cell.split(",") if part.strip()]


@cache
def all_codes() -> frozenset[str]:
    """Return the codes of all municipalities."""
    return frozenset(m.code for m in places.municipalities())


def area_names(codes: frozenset[str], home: str, language: Language) -> str:
    """Return an area cell that means these municipalities, with whole regions by their names.

    An organisation that works only in its home municipality needs no area: ''.
    """
    if codes == all_codes():
        return _WHOLE_COUNTRY[language]
    regions = [one for one in places.regions() if _region(one.code) <= codes]
    covered = {home}.union(*(_region(one.code) for one in regions))
    names = [one.name(language) for one in regions]
    names += [places.municipality(code).name(language) for code in sorted(codes - covered)]
    return ", ".join(names)


@cache
def _known(text: str) -> frozenset[str] | None:
    area = places.area_named(text)
    if area is None:
        return None
    match area.kind:
        case "municipality":
            return frozenset((area.code,))
        case "region":
            return _region(area.code)
        case "county":
            return frozenset(m.code for m in places.municipalities() if m.county == area.code)
        case "nationwide":
            return all_codes()


@cache
def _region(code: str) -> frozenset[str]:
    return frozenset(m.code for m in places.municipalities() if m.region == code)

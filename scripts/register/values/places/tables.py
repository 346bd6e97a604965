"""Tables of Finland's municipalities, regions, wellbeing services counties and postal codes.

Sources and licences: README.md beside the tables. Codes are Statistics Finland's, with leading
zeros; the code of a region is not its number in ISO 3166-2. The English name of a municipality is
that of its majority language ("Espoo", but "Mariehamn" and "Pedersöre"); regions and wellbeing
services counties have English names (Statistics Finland; the counties' own use).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from register.book.package_data import package_table

SWEDISH_FIRST = frozenset(("sv", "sv-fi"))
"""The language statuses of municipalities with a Swedish-speaking majority."""

_ENGLISH = package_table("register.values.places", "english")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; ``county`` is '' for Helsinki and in Åland, which have none.

    A new one may lack its case forms in the table: then they are equal to its name.
    """

    code: str
    name_fi: str
    name_sv: str
    region: str
    county: str
    language_status: str
    genitive_fi: str
    in_fi: str
    to_fi: str
    from_fi: str

    def name(self, language: str) -> str:
        """Return the name in ``sv`` or ``en``; in any other language the Finnish one."""
        swedish = language == "en" and self.language_status in SWEDISH_FIRST
        return self.name_sv if language == "sv" or swedish else self.name_fi


@dataclass(frozen=True, slots=True)
class Region:
    """One of the 19 regions."""

    code: str
    name_fi: str
    name_sv: str
    genitive_fi: str
    in_fi: str

    def name(self, language: str) -> str:
        """Return the name in ``sv`` or ``en``; in any other language the Finnish one."""
        if language == "en":
            return str(_ENGLISH["regions"].get(self.code, self.name_fi))
        return self.name_sv if language == "sv" else self.name_fi


@dataclass(frozen=True, slots=True)
class County:
    """One of the 21 wellbeing services counties."""

    code: str
    name_fi: str
    name_sv: str

    def name(self, language: str) -> str:
        """Return the name in ``sv`` or ``en``; in any other language the Finnish one."""
        if language == "en":
            english = _ENGLISH["counties"].get(self.code)
            return f"{english} wellbeing services county" if english else self.name_fi
        return self.name_sv if language == "sv" else self.name_fi


@dataclass(frozen=True, slots=True)
class PostalCode:
    """A postal code; only the kind ``normal`` says where an address is, not po_box or corporate."""

    code: str
    place_fi: str
    place_sv: str
    municipality: str
    kind: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Merger:
    """A former municipality; ``also`` holds the codes of further heirs if it was divided."""

    old_name: str
    old_name_sv: str
    old_code: str
    new_code: str
    date: str
    change: str
    also: tuple[str, ...]


def municipalities() -> tuple[Municipality, ...]:
    """Return the 308 municipalities, sorted by code."""
    return tuple(_municipalities().values())


def municipality(code: str) -> Municipality:
    """Return the municipality with this code; raises KeyError if there is none."""
    return _municipalities()[code]


def regions() -> tuple[Region, ...]:
    """Return the 19 regions, sorted by code."""
    return tuple(_regions().values())


def region(code: str) -> Region:
    """Return the region with this code; raises KeyError if there is none."""
    return _regions()[code]


def counties() -> tuple[County, ...]:
    """Return the 21 wellbeing services counties, sorted by code."""
    return tuple(_counties().values())


def county_of_code(code: str) -> County:
    """Return the wellbeing services county with this code; raises KeyError if there is none."""
    return _counties()[code]


def postal_codes() -> tuple[PostalCode, ...]:
    """Return all postal codes that were in use on the date of the table."""
    return tuple(_postal_codes().values())


def postal_code(code: str) -> PostalCode | None:
    """Return a postal code, None if unknown: Posti adds and ends codes daily."""
    return _postal_codes().get(code)


@cache
def mergers() -> tuple[Merger, ...]:
    """Return the former municipalities, the latest first."""
    return tuple(
        Merger(
            old_name=row["old_name"],
            old_name_sv=row["old_name_sv"],
            old_code=row["old_code"],
            new_code=row["new_code"],
            date=row["date"],
            change=row["change"],
            also=tuple(row["also_codes"].replace("|", " ").replace(";", " ").split()),
        )
        for row in _rows("municipality_mergers")
    )


@cache
def _municipalities() -> Mapping[str, Municipality]:
    forms = {row["code"]: row for row in _rows("municipality_forms")}
    return {
        row["code"]: Municipality(
            code=row["code"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            region=row["region_code"],
            county=row["wellbeing_county_code"] if row["wellbeing_county_code"] < "90" else "",
            language_status=row["language_status"],
            genitive_fi=forms[row["code"]]["genitive_fi"] or row["name_fi"],
            in_fi=forms[row["code"]]["in_fi"] or row["name_fi"],
            to_fi=forms[row["code"]]["to_fi"] or row["name_fi"],
            from_fi=forms[row["code"]]["from_fi"] or row["name_fi"],
        )
        for row in _rows("municipalities")
    }


@cache
def _regions() -> Mapping[str, Region]:
    return {row["code"]: Region(**row) for row in _rows("regions")}


@cache
def _counties() -> Mapping[str, County]:
    found = {
        row["wellbeing_county_code"]: County(
            row["wellbeing_county_code"], row["wellbeing_county_fi"], row["wellbeing_county_sv"]
        )
        for row in _rows("municipalities")
        if row["wellbeing_county_code"] < "90"
    }
    return dict(sorted(found.items()))


@cache
def _postal_codes() -> Mapping[str, PostalCode]:
    return {
        row["postal_code"]: PostalCode(
            code=row["postal_code"],
            place_fi=row["place_fi"],
            place_sv=row["place_sv"],
            municipality=row["municipality_code"],
            kind=row["type"],
            alternative=row["alt_municipality_code"],
        )
        for row in _rows("postal_codes")
    }


def _rows(name: str) -> list[dict[str, str]]:
    text = files("register.values.places").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

"""What places are called in English.

A municipality goes by its majority's name ("Espoo", but "Mariehamn" and "Pedersöre"), a region and
a wellbeing services county by its English one (Statistics Finland; the counties' own use).
"""

from __future__ import annotations

from collections.abc import Mapping

SWEDISH_FIRST = frozenset(("sv", "sv-fi"))
"""The language statuses of municipalities where most people speak Swedish."""

REGIONS: Mapping[str, str] = {
    "02": "Southwest Finland",
    "09": "South Karelia",
    "10": "South Savo",
    "11": "North Savo",
    "12": "North Karelia",
    "13": "Central Finland",
    "14": "South Ostrobothnia",
    "15": "Ostrobothnia",
    "16": "Central Ostrobothnia",
    "17": "North Ostrobothnia",
    "19": "Lapland",
    "21": "Åland",
}
"""The regions whose English name is another than the Finnish one, by code."""

_COUNTIES: Mapping[str, str] = {
    "01": "East Uusimaa",
    "02": "Central Uusimaa",
    "03": "Western Uusimaa",
    "04": "Vantaa and Kerava",
    "05": "Southwest Finland",
    "06": "Satakunta",
    "07": "Kanta-Häme",
    "08": "Pirkanmaa",
    "09": "Päijät-Häme",
    "10": "Kymenlaakso",
    "11": "South Karelia",
    "12": "South Savo",
    "13": "North Savo",
    "14": "North Karelia",
    "15": "Central Finland",
    "16": "South Ostrobothnia",
    "17": "Ostrobothnia",
    "18": "Central Ostrobothnia",
    "19": "North Ostrobothnia",
    "20": "Kainuu",
    "21": "Lapland",
}


def county_in_english(code: str, name_fi: str) -> str:
    """Return a county's English name, the Finnish one where it is not known."""
    return f"{_COUNTIES[code]} wellbeing services county" if code in _COUNTIES else name_fi

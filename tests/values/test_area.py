import pytest

from register.values.area import read
from register.values.reading import Reading

CASES = [
    ("Espoo; Helsinki", "Espoo, Helsinki", "", ""),
    ("Espoo,,Helsinki,", "Espoo, Helsinki", "", ""),
    ("Espoo\nHelsinki", "Espoo, Helsinki", "", ""),
    ("Helsinki ja Espoo", "Helsinki, Espoo", "", ""),
    ("Esbo och Grankulla", "Esbo, Grankulla", "", ""),
    ("Espoo, Espoo", "Espoo", "", ""),
    ("Tapiola", "", "area-unknown", ""),
    ("Espoo, Tapiola", "", "area-unknown", ""),
    ("Espoo ja Tapiola", "", "area-unknown", ""),
    ("Esppo", "", "area-typo", "Espoo"),
    ("Vantaa, Esppo", "", "area-typo", "Vantaa, Espoo"),
    ("Esppo, Vnataa", "", "area-unknown", ""),
    ("Espoo," * 2000, "", "area-unknown", ""),
    ("", "", "", ""),
    (" , ", "", "", ""),
]
LEFT_ALONE = [
    "Espoo",
    "Espoo, Helsinki",
    "Esbo",
    "Uusimaa",
    "Nyland",
    "Uudenmaan maakunta",
    "koko Uusimaa",
    "Lappi",
    "Koko Suomi",
    "hela landet",
    "valtakunnallinen",
    "Länsi-Uudenmaan hyvinvointialue",
    "Vantaan ja Keravan hyvinvointialue",
    "Egentliga Finland",
    "Pohjois-Karjala",
    "Ahvenanmaa",
    "Åland",
    "Nummi-Pusula",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


def test_the_free_areas_of_the_register_count():
    assert read("tapiola ja Espoo", own=("Tapiola",)) == Reading("tapiola, Espoo")
    assert read("Leppävaara", own=("Tapiola",)) == Reading(
        problem="area-unknown", detail="Leppävaara"
    )

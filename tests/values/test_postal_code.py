import pytest

from register.values.postal_code import read
from register.values.reading import Reading

CASES = [
    ("2100", "02100", "", ""),
    ("100", "00100", "", ""),
    ("2100.0", "02100", "", ""),
    ("FI-02100", "02100", "", ""),
    ("FIN 02100", "02100", "", ""),
    ("AX-22100", "22100", "", ""),
    ("02 100", "02100", "", ""),
    ("02100 ESPOO", "02100", "", ""),
    ("02100, Esbo", "02100", "", ""),
    ("09430 Lohja", "09430", "", ""),
    ("02100 Tampere", "", "postal-code-impossible", ""),
    ("02101 99", "", "postal-code-impossible", ""),
    ("00009", "", "postal-code-unknown", ""),
    ("SE-11122", "", "postal-code-impossible", ""),
    ("021000", "", "postal-code-impossible", ""),
    ("12", "", "postal-code-impossible", ""),
    ("Espoo", "", "postal-code-impossible", ""),
    ("\u0660\u0662\u0661\u0660\u0660", "", "postal-code-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "02100",
    "00100",
    "00101",
    "22100",
    "33100",
    "90100",
    "96100",
    "20100",
    "65100",
    "10600",
    "68600",
    "99999",
    "00002",
    "15110",
    "40100",
    "53100",
    "70100",
    "80100",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


@pytest.mark.parametrize(
    ("cell", "municipality", "elsewhere"),
    [
        *[("33100", "Espoo", "Tampere"), ("02100", "Helsinki", "Espoo")],
        *[("02100", "Helsingfors", "Espoo"), ("33100", "Espoon kaupunki", "Tampere")],
        *[("02100", "Espoo", ""), ("02100", "Esbo", ""), ("2100", "Espoossa", "")],
        *[("00101", "Espoo", ""), ("02100", "", ""), ("02100", "Lappi", "")],
        *[("09120", "Karjalohja", ""), ("02100", "ei tietoa", "")],
    ],
)
def test_it_lies_in_the_municipality_of_the_row(cell, municipality, elsewhere):
    reading = read(cell, municipality=municipality)
    assert (reading.problem == "postal-code-elsewhere") == bool(elsewhere)
    assert reading.detail == elsewhere

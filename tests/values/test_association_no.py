import pytest

from register.values.association_no import read
from register.values.reading import Reading

CASES = [
    ("123.456", "123456", "", ""),
    ("123 456", "123456", "", ""),
    ("012345", "12345", "", ""),
    ("123456.0", "123456", "", ""),
    ("Rek.nro 123.456", "123456", "", ""),
    ("rekisterinumero: 12345", "12345", "", ""),
    ("reg.nr 12345", "12345", "", ""),
    ("Rn:o 12345", "12345", "", ""),
    ("1234567", "", "association-no-impossible", ""),
    ("0112038-9", "", "association-no-impossible", ""),
    ("12,345", "", "association-no-impossible", ""),
    ("0", "", "association-no-impossible", ""),
    ("ei rekisteröity", "", "association-no-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "1",
    "7",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "999999",
    "100000",
    "54321",
    "200145",
    "1994",
    "2026",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)

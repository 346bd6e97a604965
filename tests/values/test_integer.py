import pytest

from register.values.integer import read
from register.values.reading import Reading

CASES = [
    ("40.0", "40", "", ""),
    ("40,00", "40", "", ""),
    ("1 200", "1200", "", ""),
    ("1\u00a0200", "1200", "", ""),
    ("0040", "40", "", ""),
    (" 7 ", "7", "", ""),
    ("1.000", "", "integer-impossible", ""),
    ("1,000", "", "integer-impossible", ""),
    ("-4", "", "integer-impossible", ""),
    ("4.5", "", "integer-impossible", ""),
    ("1e3", "", "integer-impossible", ""),
    ("n. 40", "", "integer-impossible", "40"),
    ("30 henkeä", "", "integer-impossible", "30"),
    ("\u0664\u0660", "", "integer-impossible", ""),
    ("1000000000", "", "integer-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "0",
    "1",
    "7",
    "12",
    "40",
    "100",
    "999",
    "1200",
    "10000",
    "65535",
    "123456",
    "999999999",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)

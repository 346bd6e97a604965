import pytest

from register.values.business_id import read
from register.values.reading import Reading

CASES = [
    ("112038-9", "0112038-9", "", ""),
    ("214255-5", "0214255-5", "", ""),
    ("01120389", "0112038-9", "", ""),
    ("1120389", "0112038-9", "", ""),
    ("1120389.0", "0112038-9", "", ""),
    ("FI01120389", "0112038-9", "", ""),
    ("FI-0112038-9", "0112038-9", "", ""),
    ("Y-tunnus: 0112038-9", "0112038-9", "", ""),
    ("FO-nummer 0112038-9", "0112038-9", "", ""),
    ("0112038\u20119 ", "0112038-9", "", ""),
    ("0112038 – 9", "0112038-9", "", ""),
    ("0112038-8", "", "business-id-impossible", ""),
    ("1234567-8", "", "business-id-impossible", ""),
    ("0000000-0", "", "business-id-impossible", ""),
    ("112038_9", "", "business-id-impossible", ""),
    ("040123-4567", "", "business-id-impossible", ""),
    ("SE556000000001", "", "business-id-impossible", ""),
    ("haussa", "", "business-id-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "0112038-9",
    "2142555-0",
    "0214255-5",
    "0116300-4",
    "1927400-1",
    "0201256-6",
    "0215254-2",
    "0208916-8",
    "0313471-7",
    "0142213-3",
    "0128631-1",
    "1565583-5",
    "0109862-8",
    "0114162-2",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)

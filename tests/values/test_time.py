import pytest

from register.values.reading import Reading
from register.values.time import read

CASES = [
    ("17.30", "17:30", "", ""),
    ("klo 17.30", "17:30", "", ""),
    ("klo. 17.30", "17:30", "", ""),
    ("kl. 17.30", "17:30", "", ""),
    ("Kello 17", "17:00", "", ""),
    ("9", "09:00", "", ""),
    ("7:05", "07:05", "", ""),
    ("17,30", "17:30", "", ""),
    ("17:30:00", "17:30", "", ""),
    ("1899-12-30 17:30:00", "17:30", "", ""),
    ("5:30 PM", "17:30", "", ""),
    ("12 am", "00:00", "", ""),
    ("0.7291666667", "17:30", "", ""),
    ("0,75", "18:00", "", ""),
    ("0.25", "00:25", "", ""),
    ("24.00", "", "time-impossible", ""),
    ("17.60", "", "time-impossible", ""),
    ("9.5", "", "time-impossible", ""),
    ("17:30:15", "", "time-impossible", ""),
    ("17–19", "", "time-range", ""),
    ("n. 16", "", "time-impossible", "16:00"),
    ("noin klo 17.30", "", "time-impossible", "17:30"),
    ("klo 18 alkaen", "", "time-impossible", "18:00"),
    ("noin illalla", "", "time-impossible", ""),
    ("1730", "", "time-impossible", "17:30"),
    ("13:00 pm", "", "time-impossible", ""),
    ("illalla", "", "time-impossible", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "17:30",
    "00:00",
    "23:59",
    "09:00",
    "12:00",
    "07:05",
    "13:00",
    "16:45",
    "18:15",
    "08:30",
    "20:00",
    "10:10",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)

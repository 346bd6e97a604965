import pytest

from register.values.language import read
from register.values.reading import Reading

CASES = [
    ("FI", "fi", "", ""),
    ("Suomi", "fi", "", ""),
    ("suomeksi", "fi", "", ""),
    ("finska", "fi", "", ""),
    ("fi-FI", "fi", "", ""),
    ("Svenska", "sv", "", ""),
    ("ruotsi", "sv", "", ""),
    ("sv_FI", "sv", "", ""),
    ("englanti", "en", "", ""),
    ("engl.", "en", "", ""),
    ("sv+fi", "fi+sv", "", ""),
    ("suomi ja ruotsi", "fi+sv", "", ""),
    ("suomi/ruotsi", "fi+sv", "", ""),
    ("finska och svenska", "fi+sv", "", ""),
    ("fi, sv, en", "", "language-unknown", ""),
    ("viro", "", "language-unknown", ""),
    ("suomi, viro", "", "language-unknown", ""),
    ("ruotsi (äidinkieli)", "", "language-unknown", ""),
    ("ru", "", "language-unknown", ""),
    ("-", "", "language-unknown", ""),
    ("", "", "", ""),
    (" ", "", "", ""),
]
LEFT_ALONE = [
    "fi",
    "sv",
    "en",
    "fi+sv",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)

import pytest

from register.values.reading import Reading
from register.values.text import has_mixed_scripts, read, read_line, tidy

CASES = [
    ("  a \t b ", "a b", "", ""),
    ("a\u00a0b", "a b", "", ""),
    ("Cafe\u0301", "Café", "", ""),
    ("e\u200b\u0301", "é", "", ""),
    ("\ufeffMatti\u00ad", "Matti", "", ""),
    ("yksi \r\n  kaksi\n", "yksi\nkaksi", "", ""),
    ("a\u202eb", "", "text-hidden", "ab"),
    ("a\u2028b", "", "text-hidden", "a b"),
    ("a\x00b", "", "text-hidden", "ab"),
    ("a\ud800b", "", "text-hidden", "ab"),
    ("\x00", "", "text-hidden", ""),
    ("Esp\u043eo", "", "text-mixed-scripts", ""),
    ("Esp\u043eo\u202e", "", "text-mixed-scripts", ""),
    ("x" * 2001, "", "text-too-long", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "Soittaa itse.",
    "Åsa Öhman",
    "yksi\nkaksi",
    "yksi\n\nkaksi",
    "Россия",
    "Ελλάδα",
    "עברית",
    "日本",
    "5 µm",
    "\N{SLIGHTLY SMILING FACE}",
    "\N{WOMAN}\u200d\N{WOMAN}",
    "Москва Moscow",
    "=1+1",
    "<b>",
    "a@b.example",
    "x" * 2000,
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


def test_a_name_has_one_line():
    assert read_line("Espoon\r\nApu") == Reading("Espoon Apu")
    assert tidy(tidy("e\u200b\u0301")) == tidy("e\u200b\u0301") == "é"
    assert has_mixed_scripts("P\u0430ypal") and not has_mixed_scripts("Päijät Häme")

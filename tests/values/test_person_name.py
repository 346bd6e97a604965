import pytest

from register.values.person_name import is_swapped, person_key, read, split_name
from register.values.reading import Reading

CASES = [
    (" Matti ", "Matti", "", ""),
    ("von  Wright", "von Wright", "", ""),
    ("Ma\u200btti", "Matti", "", ""),
    ("Ase\u0301n", "Asén", "", ""),
    ("Matti\nJuhani", "Matti Juhani", "", ""),
    ("Matti\u202e", "", "text-hidden", "Matti"),
    ("M\u0430tti", "", "text-mixed-scripts", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "Matti",
    "MATTI",
    "matti",
    "von Wright",
    "af Heurlin",
    "Mäki-Virtanen",
    "Anna-Liisa",
    "O'Brien",
    "McDonald",
    "Иван",
    "Ng",
    "Åsa",
    "J.",
    "Nguyễn",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


SPLIT = [
    ("Virtanen Matti", ("Matti", "Virtanen", "", "")),
    ("Virtanen, Matti", ("Matti", "Virtanen", "", "")),
    ("Virtanen Matti Juhani", ("Matti Juhani", "Virtanen", "", "")),
    ("Nyby Håkan", ("Håkan", "Nyby", "", "")),
    ("Lehto Teuvo", ("Teuvo", "Lehto", "", "")),
    ("Öhman Ulla-Maj", ("Ulla-Maj", "Öhman", "", "")),
    ("Kask Jaan", ("Jaan", "Kask", "", "")),
    ("Virtanen M.", ("M.", "Virtanen", "", "")),
    ("Mäki-Virtanen Anna-Liisa", ("Anna-Liisa", "Mäki-Virtanen", "", "")),
    ("von Wright Maria", ("Maria", "von Wright", "", "")),
    ("de la Chapelle Tove", ("Tove", "de la Chapelle", "", "")),
    ("TkT Matti Virtanen", ("Matti", "Virtanen", "", "TkT")),
    ("Dr. Anna af Heurlin", ("Anna", "af Heurlin", "", "Dr.")),
    ("vs. Matti Virtanen", ("Matti", "Virtanen", "", "vs.")),
    ("tf. Anna Holm", ("Anna", "Holm", "", "tf.")),
    ("V.A. Koskenniemi", ("V.A.", "Koskenniemi", "", "")),
    ("Sibelius, Jean, FT", ("Jean", "Sibelius", "", "FT")),
    ("Maija Laine (ent. Virtanen)", ("Maija", "Laine", "Virtanen", "")),
    ("Maija Laine o.s. Virtanen", ("Maija", "Laine", "Virtanen", "")),
    ("Laine Maija, e. Virtanen", ("Maija", "Laine", "Virtanen", "")),
    ("Matti Virtanen (pj)", ("Matti", "Virtanen", "", "pj")),
    ("Anna Laine, toiminnanjohtaja", ("Anna", "Laine", "", "toiminnanjohtaja")),
    ("Virtanen", ("", "Virtanen", "", "")),
    ("Matti", ("Matti", "", "", "")),
    ("", ("", "", "", "")),
]
IN_ORDER = [
    *("Matti Virtanen", "matti virtanen", "MATTI VIRTANEN", "Matti Juhani Virtanen"),
    *("Maria von Wright", "Kim af Ursin", "Tove de la Chapelle", "Anna-Liisa Mäki-Virtanen"),
    *("Kari E Laine", "Leo F. Koski", "Ville Matti", "Xhemal Tuntematon", "Tri Dinh"),
]


@pytest.mark.parametrize(("full", "parts"), SPLIT)
def test_a_name_is_taken_apart(full, parts):
    assert split_name(full) == parts


@pytest.mark.parametrize("full", IN_ORDER[:-1])
def test_a_name_in_order_stays_so(full):
    first, last, former, title = split_name(full)
    assert (f"{first} {last}", former, title) == (full, "", "")


@pytest.mark.parametrize(
    ("first", "last", "swapped"),
    [
        *[("Virtanen", "Matti", True), ("von Wright", "Anna-Maria", True)],
        *[("Matti", "Virtanen", False), ("Ville", "Matti", False), ("Xhemal", "Ng", False)],
        *[("", "Matti", False), ("Virtanen", "", False)],
    ],
)
def test_names_in_each_others_column(first, last, swapped):
    assert is_swapped(first, last) is swapped


def test_what_two_spellings_share():
    assert person_key("Anna-Liisa") == person_key("anna liisa") == person_key("ANNA  LIISA")
    assert person_key("Asén") == person_key("Ase\u0301n") != person_key("Asen")

"""Public texts name nobody who has not agreed, however a name is bent, and reach nobody."""

import pytest

from register.show.name_removal import NameRemover
from tests.making import book

MAIJA, PEKKA, OPEN = "H-XV6BG", "H-NFBG1", "H-NR9VT"
BOOK = book(
    people=[
        {"id": MAIJA, "first": "Maija-Liisa", "last": "von Malli", "role": "sihteeri", "former_name": "Salo"},
        {"id": PEKKA, "first": "Pekka", "last": "Virtanen", "role": ""},
        {"id": OPEN, "first": "Outi", "last": "Avoin", "role": "pj"},
    ]
)  # fmt: skip
UNNAMED = NameRemover(BOOK, {MAIJA, PEKKA})
HIDDEN = [
    ("Pekka Virtasen koulutus", "– koulutus"),
    ("koulutus Pekan Virtasen kanssa", "koulutus – kanssa"),
    ("Virtanen Pekka: tila", "–: tila"),
    ("PEKKA VIRTANEN", "–"),
    ("Pekka, Virtanen tulee", "– tulee"),
    ("Maija-Liisa Salolle kiitos", "sihteeri kiitos"),
    ("soita 040 123 4567 heti", "soita – heti"),
    ("kirjoita maija@example.org", "kirjoita –"),
    ("kirjoita maija(at)example.org", "kirjoita –"),
]
LEFT = [
    *("Salon kirjasto", "Virtasten suku kokoontuu", "Pekka tulee", "Outi Avoin puhuu", ""),
    *("ti 14.4.2026 klo 17.30", "200 kassia, 1 500 euroa", "Malliston esittely Espoossa"),
]


@pytest.mark.parametrize(("text", "wanted"), HIDDEN)
def test_names_and_addresses_go(text, wanted):
    assert UNNAMED.text(text) == wanted


@pytest.mark.parametrize("text", LEFT)
def test_other_words_stay(text):
    assert UNNAMED.text(text) == text


def test_of_whom_it_is_about_one_name_alone_goes():
    assert UNNAMED.text("Pekan läksiäiset", of=[PEKKA]) == "– läksiäiset"
    assert UNNAMED.text("pekoni ja Outi", of=[PEKKA, OPEN]) == "pekoni ja Outi"


def test_where_nobody_is_hidden_only_ways_to_reach_people_go():
    assert NameRemover(BOOK, ()).text("Pekka Virtanen 040 1234567") == "Pekka Virtanen –"

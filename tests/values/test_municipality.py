import pytest

from register.values.municipality import read
from register.values.reading import Reading

CASES = [
    ("ESPOO", "Espoo", "", ""),
    ("Esbo", "Espoo", "", ""),
    ("Espoon kaupunki", "Espoo", "", ""),
    ("Esbo stad", "Espoo", "", ""),
    ("Mariehamns stad", "Maarianhamina", "", ""),
    ("Espoossa", "Espoo", "", ""),
    ("Tampereella", "Tampere", "", ""),
    ("i Esbo", "Espoo", "", ""),
    ("Espoo - Esbo", "Espoo", "", ""),
    ("Espoo/Esbo", "Espoo", "", ""),
    ("Pedersöre", "Pedersören kunta", "", ""),
    ("Siuntion kunta", "Siuntio", "", ""),
    ("Nummi-Pusula", "", "municipality-former", "Lohja"),
    ("Ekenäs", "", "municipality-former", "Raasepori"),
    ("Helsingin mlk", "", "municipality-former", "Vantaa"),
    ("Porvoon maalaiskunta", "", "municipality-former", "Porvoo"),
    ("Pertunmaa", "", "municipality-former", "Mäntyharju"),
    ("Längelmäki", "", "municipality-split", ""),
    ("Kuopion mlk", "", "municipality-split", ""),
    ("Lappi", "", "municipality-ambiguous", ""),
    ("Esppo", "", "municipality-typo", "Espoo"),
    ("Tampree", "", "municipality-typo", "Tampere"),
    ("Tapiola", "", "municipality-unknown", ""),
    ("Uusimaa", "", "municipality-unknown", ""),
    ("Espoo, Helsinki", "", "municipality-unknown", ""),
    ("Tukholma", "", "municipality-unknown", ""),
    ("", "", "", ""),
]
LEFT_ALONE = [
    "Espoo",
    "Helsinki",
    "Tampere",
    "Turku",
    "Porvoo",
    "Lohja",
    "Akaa",
    "Heinola",
    "Ikaalinen",
    "Parainen",
    "Pirkkala",
    "Vöyri",
    "Raasepori",
    "Kauniainen",
    "Ii",
    "Siikalatva",
    "Maarianhamina",
    "Uusikaarlepyy",
    "Mustasaari",
    "Kotka",
    "Salo",
    "Muhos",
    "Rovaniemi",
    "Enontekiö",
    "Pedersören kunta",
    "Koski Tl",
]


@pytest.mark.parametrize(("cell", "value", "problem", "suggestion"), CASES)
def test_what_is_read(cell, value, problem, suggestion):
    reading = read(cell)
    assert (reading.value, reading.problem, reading.suggestion) == (value, problem, suggestion)


@pytest.mark.parametrize("cell", LEFT_ALONE)
def test_what_is_left_alone(cell):
    assert read(cell) == Reading(cell)


def test_in_a_swedish_register():
    assert read("Espoo", language="sv") == Reading("Esbo")
    assert read("Ekenäs", language="sv").suggestion == "Raseborg"
    assert read("Längelmäki", language="sv").detail == "Jämsä, Orivesi"


def test_the_year_of_a_merger_is_told():
    assert read("Nummi-Pusula").detail == "2013"

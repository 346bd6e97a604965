"""Lists of grants of many shapes, read as organisations that live; private people never."""

from datetime import date

import pytest

from register.book.errors import UsageError
from register.imports.grants import GrantOrders, grants_sheet
from register.intake.sheet import ListSheet
from register.sources.files import read_rows

TODAY = date(2026, 11, 29)
NAME, NUMBER, TOWN, SIGN, TEXT = 0, 1, 3, 6, 7


def read(headers, *rows, name="lista.csv", **orders):
    cells = tuple(tuple(row.split("|")) for row in rows)
    sheet = ListSheet(name, tuple(headers.split("|")), cells)
    return grants_sheet(sheet, GrantOrders(**orders), "fi", TODAY).rows


@pytest.mark.parametrize(
    ("headers", "row", "name"),
    [
        ("Mottagare|FO-nummer|Beviljat belopp|År", "Exempel rf|1572860-0|100|2025", "a.csv"),
        ("Grantee|Business ID|Amount awarded|Award date", "Exempel rf|1572860-0|1|1.5.2025", "a"),
        ("Järjestö (hakija)|Y-tunnus|Myönnetty avustus 2024|Myönnetty avustus 2025",
         "Exempel rf|1572860-0|0|100", "a.csv"),
        ("Hakija/yhdistys|Y-tunnus|Päätös", "Exempel rf|1572860-0|Hyväksytty", "tuet_2025.xlsx"),
        ("Nimi|Haettu|Myönnetty", "Exempel rf (1572860-0)|500|100,00 €", "avustukset 2025.csv"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_words_in_three_languages(headers, row, name):
    (one,) = read(headers, row, name=name)
    assert (one[NAME], one[NUMBER], one[SIGN]) == ("Exempel rf", "1572860-0", "2025 avustus")


@pytest.mark.parametrize(
    "recipient",
    [
        *("Matti Virtanen", "Virtanen Matti", "Yksityishenkilö", "yksityishenkilö 3", "Tmi X"),
        *("Privatperson", "Luonnollinen henkilö", "Maija Meri ja työryhmä", "Kajo", ""),
    ],
)
def test_who_is_not_plainly_an_organisation_stays_out(recipient):
    rows = read("Saaja|Myönnetty|Vuosi", f"{recipient}|5|2025", "Esimerkin kerho|5|2025")
    assert [one[NAME] for one in rows] == ["Esimerkin kerho"]


def test_a_traders_number_makes_no_organisation_of_a_person_and_a_person_may_say_so_of_all():
    rows = "Matti Virtanen (1572860-0)|5|2025", "Kajo|5|2025", "Kajastus (0201256-6)|5|2025"
    assert [one[NAME] for one in read("Saaja|Myönnetty|Vuosi", *rows)] == ["Kajastus"]
    every = read("Saaja|Myönnetty|Vuosi", *rows, all_organisations=True)
    assert [one[NAME] for one in every] == ["Kajo", "Kajastus"]


def test_rows_of_one_organisation_are_one_by_number_else_by_name():
    rows = read(
        "Saaja|Y-tunnus|Kotipaikka|Myönnetty|Vuosi",
        "Apu ry|1572860-0|Esbo|5|2024",
        "Apu r.y.|||7|2025",
        "Apu ry, Tapiola|1572860-0||3|2023",
        "Toinen ry|||1|2025",
        "TOINEN RY|||2|2025",
    )
    assert [(one[NAME], one[NUMBER], one[TOWN]) for one in rows] == [
        ("Apu r.y.", "1572860-0", "Espoo"),
        ("Toinen ry", "", ""),
    ]
    assert rows[0][TEXT] == "2025 avustus\n2024 avustus\n2023 avustus"


@pytest.mark.parametrize("got", ["0", "0,00 €", "", "-", "hylätty", "Ei myönnetä", "avslag"])
def test_who_got_nothing_is_left_out(got):
    assert read("Saaja|Myönnetty|Vuosi", f"Apu ry|{got}|2025") == ()


def test_a_hundred_grants_of_one_do_not_fill_a_cell_and_hide_no_identity_code():
    rows = [f"Apu ry|5|2025|hanke {n} 010190-9017" for n in range(100)]
    (one,) = read("Saaja|Myönnetty|Vuosi|Hanke", *rows)
    assert one[TEXT].endswith("(+88)") and "9017" not in one[TEXT]


@pytest.mark.parametrize("headers", ["A|B|C", "Nimi|Sähköposti|Puhelin", "Myönnetty|Vuosi|X"])
def test_other_lists_are_refused(headers):
    with pytest.raises(UsageError):
        read(headers, "Apu ry|5|2025")


def test_the_column_and_the_tab_of_a_year_are_read_and_what_was_taken_back_is_nothing():
    headers = "Hakija|Myönnetty 2024|Myönnetty 2025"
    rows = ("Vanha ry|5|0", "Uusi ry|0|5", "Palautus ry|-500|−500 €")
    assert [row[NAME] for row in read(headers, *rows)] == ["Uusi ry"]
    assert [row[NAME] for row in read(headers, *rows, year=2024)] == ["Vanha ry"]
    tab = ListSheet(
        "stea.xlsx", ("Saaja", "Myönnetty"), (("A ry", "5"),), what={"tab": "Vuosi 2023"}
    )
    assert grants_sheet(tab, GrantOrders(), "fi", TODAY).rows[0][SIGN] == "2023 avustus"


def test_a_title_that_a_header_could_be_is_no_header():
    """A title of one cell ("Päivitetty 12.2.2025") is not the header of a list of six columns."""
    rows = [
        ["STEA – Myönnetyt avustukset 2025"],
        ["Päivitetty 12.2.2025"],
        [],
        ["Avustuksen saaja", "Y-tunnus", "Avustuslaji", "Haettu €", "Myönnetty €", "Kotipaikka"],
        ["Espoon Apu ry", "1572860-0", "Ak", "150000", "120000", "Espoo"],
        ["Toinen Apu ry", "0201256-6", "Ak", "150000", "120000", "Espoo"],
    ]
    assert read_rows(rows, "stea").headers[0] == "Avustuksen saaja"

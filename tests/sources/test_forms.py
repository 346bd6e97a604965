"""Forms become rows: labels down the first column, or before colons."""

import pytest

from register.sources.files import read_list
from register.sources.forms import forms_as_list


def read(text):
    return read_list(text.encode(), "forms.csv")


def test_a_form_keeps_the_row_that_it_began_in():
    sheet = read("Yhdistys:;Kaisla ry\nPuhelin:;1\n;\nYhdistys:;Tuulia ry\nSähköposti:;a@b.example")
    assert sheet.headers == ("Yhdistys", "Sähköposti", "Puhelin")
    assert dict(sheet.numbered()) == {
        1: ("Kaisla ry", "", "1"),
        4: ("Tuulia ry", "a@b.example", ""),
    }


def test_forms_beside_each_other_are_a_row_each():
    rows = [
        ["Yhdistys", "Kaisla ry", "Tuulia ry"],
        ["Kunta", "Akaa", "Nokia"],
        ["Puhelin", "", "1"],
    ]
    turned = forms_as_list(rows)
    assert turned.rows == [["Kaisla ry", "Akaa", ""], ["Tuulia ry", "Nokia", "1"]]
    assert turned.moved[3, 3] == (2, 3)


def test_a_number_belongs_to_the_post_above_it():
    sheet = read(
        "Yhdistys:;Kaisla ry\nPuheenjohtaja:;\nNimi:;Eila Kaski\nPuhelin:;1\n"
        "Sihteeri:;\nNimi:;Ivo Tamm\nPuhelin:;2\n"
    )
    assert sheet.headers == (
        *("Yhdistys", "Puheenjohtaja Nimi", "Puheenjohtaja Puhelin"),
        *("Sihteeri Nimi", "Sihteeri Puhelin"),
    )
    assert sheet.rows[0] == ("Kaisla ry", "Eila Kaski", "1", "Ivo Tamm", "2")


def test_a_value_goes_on_below_and_what_stands_outside_is_said():
    sheet = read("Jäsenlomake;\n;\nNimi;Eila Kaski\nOsoite;Katu 1\n;33100 Tampere\nPuhelin;1\n")
    assert sheet.rows[2] == ("Eila Kaski", "Katu 1\n33100 Tampere", "1")
    assert "Jäsenlomake" in str(sheet.notes)


def test_a_number_behind_a_shortened_label_is_a_value():
    text = "Yhdistys: Kaisla ry\nYhteyshenkilö: Eila Kaski\nPuh. 040 111 2222\n---\nYhdistys: Tuulia ry\n"
    sheet = read_list(text.encode(), "mail.txt")
    assert sheet.headers == ("Yhdistys", "Yhteyshenkilö", "Puh")
    assert sheet.rows[0] == ("Kaisla ry", "Eila Kaski", "040 111 2222")


def test_names_above_the_forms_need_no_label():
    turned = forms_as_list([["", "Kaisla ry", "Tuulia ry"], ["Puheenjohtaja", "Eila Kaski", ""],
                   ["Puhelin", "1", "2"], ["Sähköposti", "", "a@b.example"]])  # fmt: skip
    assert turned.headers[0] == "Nimi" and [row[0] for row in turned.rows] == [
        "Kaisla ry",
        "Tuulia ry",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Tyyppi", "Nimi"], ["Yhdistys", "Kaisla ry"], ["Kunta", "Akaa"], ["Säätiö", "Tuulia"]],
        [["Puheenjohtaja", "Eila Kaski"], ["Sihteeri", "Ivo Tamm"], ["Kassör", "Reza Amiri"]],
        [["Yhdistys", "Puhelin"], ["Sähköposti", "Nimi"], ["Kaisla ry", "1"]],
    ],
)
def test_a_table_is_no_form(rows):
    assert forms_as_list(rows) is None

"""Cells that say "same as above"."""

import pytest

from register.intake.dittos import fill_dittos


@pytest.mark.parametrize(
    "ditto", ['"', "„", "-”-", "d:o", "ks. yllä", "sama kuin edellä", "see above"]
)
def test_it_is_filled_from_above_and_counted(ditto):
    rows = [["Eila Kaski", "Kaisla ry"], ["Matti Aho", ditto], ["", ""], ["Veera Oja", ditto]]
    assert fill_dittos(["Nimi", "Yhdistys"], rows) == 2
    assert [row[1] for row in rows] == ["Kaisla ry", "Kaisla ry", "", "Kaisla ry"]


def test_nothing_above_an_address_of_somebody_else_and_sama_behind_a_name_stay():
    headers = ["Nimi", "Yhdistys", "Sähköposti", "Sihteeri"]
    rows = [
        ["Eila Kaski", '"', "eila@example.org", "Ella Ahti"],
        ["Matti Aho", "Kaisla ry", "ks. yllä", "sama"],
    ]
    before = [list(row) for row in rows]
    assert fill_dittos(headers, rows) == 0
    assert rows == before

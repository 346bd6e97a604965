"""The names of a phone's contacts: organisations, with or without a person beside them."""

import pytest

from register.intake.contact_names import separate_organisation


@pytest.mark.parametrize(
    ("first", "last", "parted"),
    [
        ("Kaislan Kyläyhdistys", "", {"org": "Kaislan Kyläyhdistys"}),
        ("Kaislan Sydän", "ry", {"org": "Kaislan Sydän ry"}),
        (
            *("Kaislan Omaishoitajat", "Pj Eila"),
            {"org": "Kaislan Omaishoitajat", "role": "puheenjohtaja", "first": "Eila"},
        ),
        ("Kaislan Martat", "Aila Rae", {"org": "Kaislan Martat", "name": "Aila Rae"}),
        ("Aila", "Rae (Kaislan Martat)", {"org": "Kaislan Martat", "name": "Aila Rae"}),
        ("Jouni", "Kuoro", {"first": "Jouni", "last": "Kuoro"}),
        ("Anna Maria", "Kuoro", {"first": "Anna Maria", "last": "Kuoro"}),
        ("Aila", "Rae", {"first": "Aila", "last": "Rae"}),
    ],
)
def test_an_organisation_is_no_person(first, last, parted):
    cells = {key: cell for key, cell in {"first": first, "last": last}.items() if cell}
    separate_organisation(cells)
    assert cells == parted


def test_another_organisation_in_its_own_column_stays():
    cells = {"first": "Kaislan Martat", "org": "Tuulian piiri ry"}
    separate_organisation(cells)
    assert cells["first"] == "Kaislan Martat" and cells["org"] == "Tuulian piiri ry"

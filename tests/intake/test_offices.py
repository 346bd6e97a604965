"""Whose column a header names, and what a cell names beside a person."""

import pytest

from register.intake.cell_parts import contacts_in_cell, split_organisation_and_person
from register.intake.lined_people import people_on_lines
from register.intake.offices import read_holder

HEADERS = [
    ("Pj", "puheenjohtaja", ""),
    ("Pj s-posti", "puheenjohtaja", "s-posti"),
    ("Hallituksen pj puh", "puheenjohtaja", "puh"),
    ("Seuran sihteerin sähköposti", "sihteeri", "sähköposti"),
    ("Nuoriso-osaston johtaja", "nuoriso-osaston johtaja", ""),
    ("Naisjaoston puheenjohtajan puhelin", "naisjaoston puheenjohtaja", "puhelin"),
    ("Naisjaoston pj:n puh.", "naisjaoston puheenjohtaja", "puh"),
    ("Pj/siht. gsm", "puheenjohtaja, sihteeri", "gsm"),
    ("Sekr./kassör", "sekreterare, kassör", ""),
    ("Puhelin pj", "puheenjohtaja", "Puhelin"),
    ("Styrelsens ordförande, e-post", "ordförande", "e-post"),
    ("Leader", "leader", ""),
    ("Johtaja", "johtaja", ""),
]


@pytest.mark.parametrize(("header", "role", "field"), HEADERS)
def test_whose_column_a_header_names(header, role, field):
    found = read_holder(header)
    assert found and (found.role, found.field) == (role, field)


@pytest.mark.parametrize("header", ["", "Puhelin", "Kotipaikka", "Johtajat ja muut", "Vuosi 2025"])
def test_a_header_of_nobody(header):
    found = read_holder(header)
    assert found is None or not found.role


@pytest.mark.parametrize(
    ("cell", "both"),
    [
        ("Kaisla ry / Eila Kaski", ("Kaisla ry", "Eila Kaski")),
        ("Eila Kaski (Kaisla ry)", ("Kaisla ry", "Eila Kaski")),
        ("Kaislan kerho, pj Eila Kaski", ("Kaislan kerho", "pj Eila Kaski")),
        ("Kaisla ry / Vassnäs rf", None),
        ("Martat, Kaislalahti", None),
        ("Eila Kaski / Matti Tamm", None),
        ("Kaisla ry", None),
    ],
)
def test_an_organisation_and_a_person_of_one_cell(cell, both):
    assert split_organisation_and_person(cell) == both


@pytest.mark.parametrize("text", ["A-" * 16_000, " " * 32_000 + "x", "(1" * 16_000, "a\n" * 16_000])
def test_a_cell_as_long_as_a_cell_can_be_reaches_nobody(text):
    assert contacts_in_cell(text).emails == contacts_in_cell(text).phones == ()
    assert people_on_lines(text) == []


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("p.040-5551001", ("040-5551001",)),
        ("gsm040 5551001", ("040 5551001",)),
        ("09 310 1691 gsm 040 111 2226", ("09 310 1691", "040 111 2226")),
        ("(ark. 9–15) 040 555 1001", ("040 555 1001",)),
        ("klo 9-15 p. 040 555 1001", ("040 555 1001",)),
        ("x040 5551001", ()),
    ],
)
def test_a_number_is_taken_whole_or_not_at_all(cell, phones):
    assert contacts_in_cell(cell).phones == phones

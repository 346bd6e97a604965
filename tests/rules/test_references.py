import pytest

from register.rules import RuleContext, references
from tests.making import book
from tests.rules.expecting import TODAY

A, B = "O-MYRB1", "O-C30J9"
ORGANISATIONS = [
    {"id": A, "name": "Espoon Apu ry", "short": "EA"},
    {"id": B, "name": "Apu, toinen"},
]


def check(cell, organisations=ORGANISATIONS):
    found = references.check(
        book(organisations=organisations, people=[{"org": cell}]), RuleContext(TODAY)
    )
    return [(f.code, f.suggestion) for f in found]


def test_a_typed_name_is_completed():
    shown = f"Espoon Apu ry · {A}"
    for cell in ("espoon apu ry", "Espoon Apu", "EA", A, f"Vanha nimi · {A}"):
        assert check(cell) == [("reference-form", shown)], cell


def test_the_shown_form_is_left_alone():
    assert check(f"Espoon Apu ry · {A}") == []
    assert check(f"Apu toinen · {B}") == []


def test_nobody_and_several_are_asked_about():
    assert check("Vantaan Apu ry") == [("reference-nobody", "")]
    assert check("Espoon Apu ry · O-00TKZ") == [("reference-nobody", "")]
    twins = [{"id": A, "name": "Apu ry"}, {"id": B, "name": "Apu ry"}]
    assert check("Apu ry", twins) == [("reference-several", "")]


def test_a_merged_row_leads_to_its_survivor():
    merged = [
        {"id": A, "name": "Vanha ry", "status": "merged", "merged_into": f"Uusi ry · {B}"},
        {"id": B, "name": "Uusi ry"},
    ]
    assert check(f"Vanha ry · {A}", merged) == [("reference-merged", f"Uusi ry · {B}")]


def test_a_loop_of_merged_rows_has_no_survivor():
    merged = [
        {"id": A, "name": "x", "status": "merged", "merged_into": B},
        {"id": B, "name": "y", "status": "merged", "merged_into": A},
    ]
    assert check(f"x · {A}", merged) == [("reference-merged", "")]


def test_several_references_in_one_cell():
    networks = [{"id": "V-1", "name": "VALIKKO"}, {"id": "V-2", "name": "EJY"}]
    start = book(networks=networks, organisations=[{"networks": "valikko, ejy"}])
    (finding,) = references.check(start, RuleContext(TODAY))
    ids = list(start.table("networks").numbers)
    assert finding.suggestion == f"VALIKKO · {ids[0]}, EJY · {ids[1]}"


def test_a_part_of_one_name_alone_is_proposed():
    named = [{"id": A, "name": "Nuorisokeskus Vire ry"}, {"id": B, "name": "Kaislan kerho"}]
    assert check("Vire", named) == [("reference-typo", f"Nuorisokeskus Vire ry · {A}")]
    twins = [{"id": A, "name": "Vire ry Akaa"}, {"id": B, "name": "Nuorten Vire ry"}]
    assert check("Vire", twins) == [("reference-several", "")]
    assert check("ry", named) == [("reference-nobody", "")]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Vesa", ("reference-several", "", "Vesa Tuominen · H-C30J9; Vesa Jokela · H-MYRB1")),
        ("Vesa T.", ("reference-typo", "Vesa Tuominen · H-C30J9", "")),
        ("Eevan", ("reference-typo", "Eeva Kanto · H-0QXJF", "")),
        ("Kanto", ("reference-typo", "Eeva Kanto · H-0QXJF", "")),
        ("Eeva Kannel", ("reference-nobody", "", "")),
        ("Liisa", ("reference-nobody", "", "")),
    ],
)
def test_a_first_name_alone_is_asked_about_with_whom_it_may_mean(cell, wanted):
    people = [
        {"id": "H-MYRB1", "first": "Vesa", "last": "Jokela"},
        {"id": "H-C30J9", "first": "Vesa", "last": "Tuominen"},
        {"id": "H-0QXJF", "first": "Eeva", "last": "Kanto"},
    ]
    start = book(people=people, cooperation=[{"person": cell}])
    found = references.check(start, RuleContext(TODAY))
    assert [(f.code, f.suggestion, f.detail) for f in found] == [wanted]


PAIR = [
    {"id": "H-0QXJF", "first": "Maija", "last": "Malli"},
    {"id": "H-C30J9", "first": "Pekka", "last": "Koe"},
]
BOTH = "Maija Malli · H-0QXJF; Pekka Koe · H-C30J9"


@pytest.mark.parametrize(
    ("cell", "code", "detail"),
    [
        ("Maija Malli ja Pekka Koe", "reference-together", BOTH),
        ("maija malli, pekka koe", "reference-together", BOTH),
        ("Maija & Pekka", "reference-together", BOTH),
        ("Maija Malli / Pekka Koe · H-C30J9", "reference-together", BOTH),
        ("Maija Malli och Ulla Ny", "reference-together", "Maija Malli · H-0QXJF; Ulla Ny"),
        ("Malli, Maija", "reference-typo", ""),
        ("Maija Mali", "reference-typo", ""),
        ("Maija Malli (entinen Koe) · H-0QXJF", "reference-form", ""),
        ("Maija ja pari muuta", "reference-nobody", ""),
        ("kaikki ja kaikkea", "reference-nobody", ""),
    ],
)
def test_several_names_in_a_cell_for_one_are_told_apart(cell, code, detail):
    start = book(people=PAIR, cooperation=[{"person": cell}])
    (finding,) = references.check(start, RuleContext(TODAY))
    assert (finding.code, finding.detail) == (code, detail)


def test_an_organisation_with_a_conjunction_in_its_name_is_one():
    named = [{"id": A, "name": "Kylä, koti ja kulttuuri ry"}, {"id": B, "name": "Kulttuuri ry"}]
    assert check("Kylä, koti ja kulttuuri", named)[0][0] == "reference-form"
    assert check("Taide ja Kulttuuri ry", named) == [("reference-nobody", "")]
    assert check("Kylä, koti ja kulttuuri ry / Kulttuuri ry", named) == [("reference-nobody", "")]

import pytest

from register.match.pairs import organisation_pairs, people_pairs
from tests.making import book
from tests.match.contacts import Town

KEYS = ("first", "last", "email", "phone", "municipality")

A, B = "O-MYRB1", "O-C30J9"
H, K = "H-0JCDN", "H-WR637"


def organisations(one, two):
    return [
        (pair.certainty, pair.evidence)
        for pair in organisation_pairs(book(organisations=[{"id": A, **one}, {"id": B, **two}]))
    ]


def people(one, two):
    return [
        (pair.certainty, pair.evidence)
        for pair in people_pairs(book(people=[{"id": H, **one}, {"id": K, **two}]))
    ]


def test_the_same_number_and_alike_names_are_certain():
    one = {"name": "Espoon Apu ry", "business_id": "0112038-9", "municipality": "Espoo"}
    assert organisations(one, {**one, "name": "Espoon apu r.y."})[0][0] == "certain"
    assert organisations(one, {**one, "municipality": "Vantaa"})[0][0] == "certain"


def test_the_same_number_and_quite_other_names_are_asked_about():
    one = {"name": "Espoon Apu ry", "business_id": "0112038-9"}
    assert organisations(one, {**one, "name": "Kirjakauppa Nide Oy"})[0][0] == "likely"


@pytest.mark.parametrize(
    ("one", "two", "evidence"),
    [
        ("Espoon Apu ry", "Espoon Apu", "name"),
        ("Espoon Lähimmäisapu ry", "Espoon Lähimäisapu ry", "name_alike"),
        ("Vapaaehtoisten Yhdistys ry", "Yhdistys Vapaaehtoisten ry", "name_alike"),
    ],
)
def test_alike_names_in_one_place_are_likely(one, two, evidence):
    pairs = organisations(
        {"name": one, "municipality": "Espoo"}, {"name": two, "municipality": "Espoo"}
    )
    assert [certainty for certainty, _ in pairs] in (["likely"], []) or pairs
    if evidence != "name_alike" or pairs:
        assert evidence in pairs[0][1]


def test_a_short_name_is_evidence():
    one = {"name": "Esimerkkijärjestöjen yhteistyö ry", "short": "EJY", "municipality": "Espoo"}
    assert organisations(one, {"name": "EJY ry", "municipality": "Espoo"})[0][1][0] == "short"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"name": "Apu ry", "business_id": "0112038-9"}, {"name": "Apu ry", "business_id": "1572860-0"}),
        ({"name": "Apu ry", "municipality": "Espoo"}, {"name": "Apu ry", "municipality": "Vantaa"}),
        ({"name": "Liiton Pirkanmaan piiri ry"}, {"name": "Liiton Pohjanmaan piiri ry"}),
        ({"name": "Lasten Tuki Tampere ry"}, {"name": "Lasten Tuki Turku ry"}),
        ({"name": "Martat ry"}, {"name": "Nuoret ry"}),
        ({"name": "x", "status": "merged"}, {"name": "x"}),
        ({"name": ""}, {"name": ""}),
    ],
)  # fmt: skip
def test_organisations_that_are_never_a_pair(one, two):
    assert organisations(one, two) == []


MATTI = {"first": "Matti", "last": "Virtanen", "org": f"x · {A}", "email": "matti@example.org"}


def test_the_same_name_mailbox_and_organisation_are_certain():
    assert people(MATTI, {**MATTI, "email": "Matti@EXAMPLE.org"})[0][0] == "certain"
    assert people(MATTI, {**MATTI, "first": "Virtanen", "last": "Matti"})[0][0] == "certain"


def test_the_same_name_and_own_mailbox_are_certain_in_another_organisation():
    assert people(MATTI, {**MATTI, "org": f"y · {B}"})[0][0] == "certain"


@pytest.mark.parametrize(
    "other",
    [
        {"email": "m.virtanen@example.org"},
        {"email": "", "phone": ""},
        {"last": "Virtane"},
        {"first": "M", "email": "matti@example.org"},
    ],
)
def test_nearly_the_same_person_is_asked_about(other):
    assert [certainty for certainty, _ in people(MATTI, {**MATTI, **other})] == ["likely"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (MATTI, {**MATTI, "first": "Maija"}),
        ({**MATTI, "email": "info@example.org"}, {**MATTI, "first": "Anna", "last": "Aalto",
                                                  "email": "info@example.org"}),
        ({**MATTI, "phone": "+358401234567"}, {**MATTI, "first": "Pekka", "email": "",
                                               "phone": "+358401234567"}),
        ({"org": f"x · {A}"}, {"org": f"x · {A}"}),
        (MATTI, {**MATTI, "status": "archived"}),
    ],
)  # fmt: skip
def test_people_that_are_never_a_pair(one, two):
    assert people(one, two) == []


def test_a_block_that_everybody_is_in_does_not_explode():
    rows = [{**row, "email": "info@example.org"} for row in Town(3, 2000).rows]
    assert len(people_pairs(book(people=[{k: row[k] for k in KEYS} for row in rows]))) < 3000

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
        ("Espoon Apu ry", "Espoon Apu", "title_exact_here"),
        ("Espoon Apu ry", "Espoon Apu, rekisteröity yhdistys", "title_exact_here"),
        ("Espoon Lähimmäisapu ry", "Espoon Lähimäisapu ry", "title_slip"),
        ("Vapaaehtoisten Yhdistys ry", "Yhdistys Vapaaehtoisten ry", "title_words"),
        ("Espoon Martat ry", "Martat, Espoo", "title_words"),
        ("Espoon kotiseutuyhdistys ry", "Esbo hembygdsförening rf", "title_language"),
        ("SPR Espoon osasto", "Finlands Röda Kors Esbo avdelning", "title_language"),
        ("Espoon kaupunki / Esbo stad", "Esbo stad", "title_alias"),
        ("MLL Tapiolan yhdistys", "Mannerheimin Lastensuojeluliitto Tapiola", "title_words"),
        ("Esimerkkijärjestöjen yhteistyö ja tuki ry (EJYT)", "EJYT ry", "title_acronym"),
        ("Espoon järjestöjen yhteisö ry", "EJY ry", "title_acronym"),
    ],
)
def test_alike_names_in_one_place_are_likely(one, two, evidence):
    ((certainty, told),) = organisations(
        {"name": one, "municipality": "Espoo"}, {"name": two, "municipality": "Espoo"}
    )
    assert certainty == "likely" and told[0] == evidence


def test_a_short_name_is_evidence():
    one = {"name": "Esimerkkijärjestöjen yhteistyö ry", "short": "EJY", "municipality": "Espoo"}
    assert (
        organisations(one, {"name": "EJY ry", "municipality": "Espoo"})[0][1][0] == "title_acronym"
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"name": "Apu ry", "business_id": "0112038-9"}, {"name": "Apu ry", "business_id": "1572860-0"}),
        ({"name": "Apu ry", "municipality": "Espoo"}, {"name": "Apu ry", "municipality": "Vantaa"}),
        ({"name": "Liiton Pirkanmaan piiri ry"}, {"name": "Liiton Pohjanmaan piiri ry"}),
        ({"name": "Lasten Tuki Tampere ry"}, {"name": "Lasten Tuki Turku ry"}),
        ({"name": "Martat ry"}, {"name": "Nuoret ry"}),
        ({"name": "MLL Tapiola ry", "municipality": "Espoo"}, {"name": "MLL Tapanila ry", "municipality": "Espoo"}),
        ({"name": "Itä-Helsingin VPK ry"}, {"name": "Länsi-Helsingin VPK ry"}),
        ({"name": "Osasto 12 ry"}, {"name": "Osasto 13 ry"}),
        ({"name": "Espoon Apu ry"}, {"name": "Espoon Apu säätiö sr"}),
        ({"name": "Espoon seurakunta"}, {"name": "Espoon kaupunki"}),
        ({"name": "Nummi-Pusulan Martat ry"}, {"name": "Lohjan Martat ry"}),
        ({"name": "Espoon Näkövammaiset ry"}, {"name": "Espoon Kuulovammaiset ry"}),
        ({"name": "SPR Espoon osasto", "business_id": "0112038-9"}, {"name": "SPR Vantaan osasto", "business_id": "0112038-9"}),
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

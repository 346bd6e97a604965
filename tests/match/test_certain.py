"""Certain means certain: nothing that its maker tells apart is one without a question."""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from register.book.ids import new_id
from register.intake.intake import take_in
from register.match.certain import certain_organisations
from register.match.certain_people import certain_people, tied_people
from register.match.judging import judge_people
from register.match.one_name import named_as_one
from register.match.organisation_judging import judge_organisations
from register.match.organisation_names import parse_name
from tests.making import book
from tests.match.adversaries import organisations, people, register

SEEDS = st.integers(0, 10**6)


def wrong(judged, rows, who):
    return [
        (rows[one.left], rows[one.right])
        for one in judged
        if one.decision == "certain" and who[one.left] != who[one.right]
    ]


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_units_and_twins_of_names_under_one_number_are_never_merged(seed):
    rows, who = register(seed, organisations)
    assert wrong(judge_organisations(rows), rows, who) == []
    made = book(organisations=rows)
    assert [
        pair
        for pair in certain_organisations(made)
        if who[_number(pair.left)] != who[_number(pair.right)]
    ] == []


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_families_successors_and_vacant_posts_are_never_merged(seed):
    rows, who = register(seed, people)
    assert wrong(judge_people(rows), rows, who) == []
    made = book(people=rows)
    assert certain_people(made) == [] and tied_people(made) == []


def _number(row_id):
    return int(row_id.removeprefix("#")) - 2


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_intake_makes_no_two_organisations_one(seed):
    rows, _ = register(seed, organisations, 12)
    cards = [
        {**row, "id": new_id("S", (str(n),), ()), "org": row["name"], "name": ""}
        for n, row in enumerate(rows)
    ]
    changes = take_in(book(inbox=cards), date(2026, 11, 29))
    results = [change.after for change in changes if change.column == "result"]
    assert len(results) == len(rows)
    added = {change.row_id for change in changes if change.tab == "organisations"}
    assert len(added) == len({(row["name"], row["municipality"]) for row in rows})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Espoon Eläkeläiset ry", "Espoon Eläkkeensaajat ry"),
        ("Kuopion Pallo ry", "Kuopion Palo ry"),
        ("Mikkelin Kuuloyhdistys ry", "Mikkelin Kuuroyhdistys ry"),
        ("Oulun Veteraanit ry", "Oulun Sotaveteraanit ry"),
        ("Kerho A ry", "Kerho B ry"),
        ("Oulun kaupunki (nuorisopalvelut)", "Oulun kaupunki (liikuntapalvelut)"),
        ("Oulun kaupunki", "Oulun kaupunki - nuorisopalvelut"),
        ("Espoon Aurinko ry", "Espoon Aurinko Oy"),
        ("Espoon Invalidit ry", "Espoon Liikuntavammaiset ry"),
        ("Suomen Tanssi ry", "Suomen Tanssit ry"),
        ("Espoon kaupunki - Esbo Arbis", "Espoon kaupunki"),
        ("Espoon kaupunki - Esbo Arbis", "Espoon kaupunki - Esbo stadsbibliotek"),
        ("Luckan Esbo - Kulttuurikeskus Luckan", "Luckan Esbo"),
        ("Espoon kaupunki - Esbo stad (nuorisopalvelut)", "Espoon kaupunki"),
        ("Espoon kaupunki (NUPA)", "Espoon kaupunki (LIPA)"),
        ("Vapaakirkko (Espoo)", "Vapaakirkko (Turku)"),
        ("Espoon eläkeläiset ry", "Esbo pensionärer rf"),
        ("Vammalan Martat ry", "Sastamalan Martat ry"),
        ("Espoon Martat ry", "Esbo Marthaförening rf"),
        ("Nord Oy", "Nord Holding Ab"),
    ],
)
def test_one_number_does_not_make_like_names_one(one, two):
    number = {"business_id": "0171450-7", "municipality": "Espoo"}
    assert not named_as_one(parse_name(one), parse_name(two))
    rows = [{"name": one, **number}, {"name": two, **number}]
    assert [(pair.left, pair.right, pair.decision) for pair in judge_organisations(rows)] in (
        [(0, 1, "likely")],
    )
    assert certain_organisations(book(organisations=rows)) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Espoon kaupunki - Esbo stad", "Espoon kaupunki"),
        ("Espoon kaupunki - Esbo stad", "Esbo stad"),
        ("Espoon kaupunki - Esbo Arbis", "Esbo Arbis / Espoon kaupunki"),
        ("Opetusalan Ammattijärjestö (OAJ)", "Opetusalan Ammattijärjestö ry"),
        ("Espoon Martat (Espoo)", "Espoon Martat ry"),
        ("Espoon näkövammaiset ry", "Esbo synskadade rf"),
    ],
)
def test_one_number_and_halves_that_say_the_same_are_certain(one, two):
    assert named_as_one(parse_name(one), parse_name(two))


def test_what_is_trusted_besides_numbers_tells_a_unit_from_its_owner():
    here = {"municipality": "Espoo", "url": "https://espoo.example"}
    rows = [{"name": one, **here} for one in ("Espoon kaupunki", "Espoon kaupunki - Esbo Arbis")]
    assert certain_organisations(book(organisations=rows), ("site", "place")) == []


def test_units_of_one_name_number_and_town_with_another_street_and_phone_are_a_question():
    one = {"name": "Päiväkoti Touhu", "business_id": "0171450-7", "municipality": "Espoo",
           "address": "Koivukuja 2", "phone": "+358401112222"}  # fmt: skip
    rows = [one, {**one, "address": "Mäntytie 12 B", "phone": "+358403334444"}]
    assert certain_organisations(book(organisations=rows)) == []
    assert [pair.decision for pair in judge_organisations(rows)] == ["likely"]
    moved = [one, {**one, "address": "Mäntytie 12 B"}]
    assert len(certain_organisations(book(organisations=moved))) == 1
    assert [pair.decision for pair in judge_organisations(moved)] == ["certain"]


def test_branches_of_one_name_and_number_in_two_towns_are_a_question():
    one = {"name": "Pelastusarmeija", "business_id": "0171450-7", "municipality": "Turku"}
    rows = [one, {**one, "municipality": "Oulu"}, {**one, "municipality": ""}]
    assert certain_organisations(book(organisations=rows)) == []
    assert {pair.decision for pair in judge_organisations(rows)} == {"likely"}


MAIJA = {"first": "Maija", "last": "Virtanen", "email": "virtaset@koti.example", "org": "Apu ry",
         "municipality": "Espoo", "phone": "+358501112222"}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "more"),
    [
        ({}, {"phone": "+358403334444"}, []),
        ({}, {}, [{"first": "Mauri", "phone": ""}]),
        ({"last": "Virtanen sr"}, {"last": "Virtanen jr"}, []),
        ({}, {"last": "Virtanen (nuor.)"}, []),
        ({"first": "M. K."}, {"first": "M. K."}, []),
        ({"first": "MJ"}, {"first": "MJ"}, []),
        ({"first": "Ak"}, {"first": "Ak"}, []),
        ({"first": "JPK"}, {"first": "JPK"}, []),
        ({"first": "Vice", "last": "Ordförande"}, {"first": "Vice", "last": "Ordförande"}, []),
        ({"first": "Toiminnan", "last": "Johtaja"}, {"first": "Toiminnan", "last": "Johtaja"}, []),
        (
            {"first": "Executive", "last": "Director"},
            {"first": "Executive", "last": "Director"},
            [],
        ),
        ({"first": "Vakanssi", "last": "Avoin"}, {"first": "Vakanssi", "last": "Avoin"}, []),
        ({"first": "No", "last": "Name"}, {"first": "No", "last": "Name"}, []),
        ({"first": "Uusi", "last": "Henkilö"}, {"first": "Uusi", "last": "Henkilö"}, []),
        (
            {"first": "Ari", "last": "Lehto", "email": "maria.lehto@apu.example"},
            {
                "first": "Ari",
                "last": "Lehto",
                "email": "maria.lehto@apu.example",
                "phone": "+358403334444",
            },
            [],
        ),
        ({"last": ""}, {"last": ""}, []),
        ({"first": "Heikki", "last": "Antti"}, {"first": "Antti", "last": "Heikki"}, []),
        ({"email": "espoo.pj@apu.example"}, {"email": "espoo.pj@apu.example"}, []),
        ({"phone": ""}, {"phone": "+358403334444"}, [{"phone": "+358405556666"}]),
    ],
)
def test_a_name_and_a_mailbox_that_something_contradicts_are_a_question(one, two, more):
    rows = [{**MAIJA, **cells} for cells in (one, two, *more)]
    assert {pair.decision for pair in judge_people(rows)} <= {"likely"}
    assert certain_people(book(people=rows)) == []


@pytest.mark.parametrize(
    ("first", "local"),
    [
        *[("Maija", "maija.virtanen"), ("Maija", "virtanen_maija"), ("Maija", "virtanenmaija")],
        *[("Maija", "maijav2"), ("Ari", "ari.virtanen"), ("Ari", "arivirtanen"), ("Bo", "bo.k")],
    ],
)
def test_a_mailbox_called_by_the_first_name_survives_another_phone(first, local):
    one = {**MAIJA, "first": first, "email": f"{local}@koti.example"}
    rows = [one, {**one, "phone": "+358403334444"}]
    assert [pair.decision for pair in judge_people(rows)] == ["certain"]
    assert len(certain_people(book(people=rows))) == 1


def results(*rows):
    """Take in a list of people of one association; return how many rows they become."""
    cards = [
        {"org": "Apu ry", **row, "id": new_id("S", (str(number),), ())}
        for number, row in enumerate(rows)
    ]
    changes = take_in(book(inbox=cards), date(2026, 11, 29))
    return len({change.row_id for change in changes if change.tab == "people"})


@pytest.mark.parametrize(
    ("one", "two", "people"),
    [
        ({"first": "M."}, {"first": "M.", "phone": "+358403334444"}, 2),
        ({}, {"phone": "+358403334444"}, 2),
        ({"email": ""}, {"email": "", "phone": "+358403334444"}, 2),
        ({"first": "Heikki", "last": "Antti"}, {"first": "Antti", "last": "Heikki"}, 2),
        ({"email": "maija.v@koti.example"}, {"email": "maija.v@koti.example", "phone": "+358403334444"}, 1),
        ({}, {}, 1),
        ({}, {"phone": ""}, 1),
        ({"first": "M.", "role": "sihteeri"}, {"first": "M.", "role": "puheenjohtaja"}, 2),
        ({"first": "M.", "role": "sihteeri"}, {"first": "M.", "role": "sihteeri"}, 1),
        ({"role": "sihteeri"}, {"role": "puheenjohtaja"}, 1),
        ({"first": "Haile", "last": "Bekele"}, {"first": "Bekele", "last": "Haile"}, 2),
        ({"first": "Maija", "last": "Laine"}, {"first": "Laine", "last": "Maija"}, 1),
        ({"email": "antti.virta@koti.example"}, {"email": "antti.virta@koti.example", "org": ""}, 2),
    ],
)  # fmt: skip
def test_a_list_that_tells_two_of_one_name_apart_stays_two(one, two, people):
    assert results({**MAIJA, **one}, {**MAIJA, **two}) == people

"""Lists of shapes that nobody tuned the matching to: names only, sites of one body, shared contacts."""

import pytest

from register.match.organisation_judging import judge_organisations
from register.match.organisation_names import parse_name
from tests.match.associations import Directory
from tests.match.evaluation import figures

KILTA = {"email": "info@kilta.example", "url": "www.kilta.example", "phone": "+358442222222"}


def decisions(*rows):
    return [(one.left, one.right, one.decision) for one in judge_organisations(rows)]


@pytest.mark.parametrize("others", [0, 1_000])
def test_equal_names_are_proposed_in_a_list_of_names_alone_of_any_size(others):
    pairs = [("A-klinikkasäätiö sr", "A-klinikkasäätiö"), ("Kopiosto ry", "Kopiosto"),
             ("Opetusalan Ammattijärjestö OAJ ry", "Opetusalan ammattijärjestö OAJ"),
             ("Suomen Yrittäjät ry", "suomen yrittäjät")]  # fmt: skip
    names = [name for pair in pairs for name in pair]
    names += [row["name"] for row in Directory(5, others, twice=0).rows]
    found = {(left, right) for left, right, _ in decisions(*({"name": name} for name in names))}
    assert {(0, 1), (2, 3), (4, 5), (6, 7)} <= found


def test_a_list_of_names_alone_is_matched_as_rightly():
    directory = Directory(21, 1_500)
    rows = [{"name": row["name"]} for row in directory.rows]
    reached = figures(rows, directory.who, judge_organisations)
    assert reached.f1 >= 0.93 and reached.certain == 0


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Rantapuiston Palvelusäätiö - Hoivakoti Aurinko", "Rantapuiston Palvelusäätiö - Katulähetys"),
        ("Kivipellon setlementti / Kansalaisopisto", "Kivipellon setlementti / Kriminaalityö"),
        ("Salvation Army - Temple Preschool", "Salvation Army - Red Shield Center"),
    ],
)  # fmt: skip
def test_sites_of_one_body_are_two(one, two):
    rows = [
        {"name": one, "phone": "+35891111111", "municipality": "Helsinki"},
        {"name": two, "phone": "+35892222222", "municipality": "Helsinki"},
    ]
    assert decisions(*rows) == []


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("Espoon kaupunki / Esbo stad", 2),
        ("Suomen Pakolaisapu / Finnish Refugee Council", 2),
        ("Espoon Martat ry – Esbo Martharna rf", 2),
        ("Palvelusäätiö - Hoivakoti Aurinko", 1),
        ("Setlementti / Kansalaisopisto", 1),
    ],
)
def test_halves_are_names_of_one_where_they_are_in_two_languages(name, halves):
    assert len(parse_name(name).parallel) == halves


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"business_id": "0171450-7"}, {"business_id": "0171450-7"}),
        ({"phone": "+358442222222", "email": "a@kilta.example"},
         {"phone": "+358442222222", "email": "a@kilta.example"}),
        ({"url": "www.kilta.example", "phone": "+358442222222"},
         {"url": "https://kilta.example/", "phone": "+358442222222"}),
        (KILTA, KILTA),
    ],
)  # fmt: skip
def test_one_number_or_two_contacts_are_always_a_question(one, two):
    names = ("Hauhon Martat ry", "Hämeenlinnan Kissatalo ry")
    rows = [{"name": name, **cells} for name, cells in zip(names, (one, two), strict=True)]
    assert decisions(*rows) == [(0, 1, "likely")]


@pytest.mark.parametrize(
    "cells",
    [{"email": "a@kilta.example"}, {"phone": "+358442222222"}, {"business_id": "0171450-8"}],
)
def test_one_contact_or_a_number_that_cannot_be_is_no_question(cells):
    names = ("Hauhon Martat ry", "Kuopion Kissatalo ry")
    assert decisions(*({"name": name, **cells} for name in names)) == []

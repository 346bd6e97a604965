"""Lists of shapes that nobody tuned the matching to: names only, sites of one body, shared contacts."""

import pytest

from register.match.evidence import evidence_in_words
from register.match.judging import judge_people
from register.match.organisation_judging import judge_organisations
from register.match.organisation_names import parse_name
from register.match.pair import Pair
from register.match.pairs import organisation_pairs
from register.values.email import one_mailbox_key
from register.words.sentences import Sentences
from tests.making import book
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
    ("one", "two"),
    [
        ("Kuopion Palloseura ry", "KuPS"),
        ("Helsingin Jalkapalloklubi", "HJK ry"),
        ("Espoon Kiekkoseura", "EKS ry"),
        ("Lions Club Tapiola ry", "LC Tapiola"),
        ("Lions Club Espoo/Meri ry", "LC Espoo/Meri"),
        ("Espoon tuomiokirkkoseurakunta", "Espoon tuomiokirkkosrk"),
        ("Kuopion evankelis-luterilainen seurakunta", "Kuopion ev.lut. seurakunta"),
        ("Julkisten ja hyvinvointialojen liitto JHL ry, osasto 123", "JHL 123"),
        ("Tapiolan koulun vanhempainyhdistys ry", "Tapiolan koulun vanh.yhd. ry"),
        ("Kauniaisten Nuorisoseura", "Grankulla ungdomsförening rf"),
    ],
)
def test_short_names_of_clubs_parishes_and_chapters_are_asked_about_beside_one_phone(one, two):
    rows = [{"name": name, "phone": "+358442222222"} for name in (one, two)]
    others = [{"name": f"Täyte {n} Seura{n * 13}"} for n in range(100)]
    assert decisions(*rows, *others) == [(0, 1, "likely")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Kuopion Palloseura ry", "KPT"),
        ("Lions Club Tapiola ry", "LC Leppävaara"),
        ("Espoon tuomiokirkkoseurakunta", "Leppävaaran srk"),
        ("Julkisten ja hyvinvointialojen liitto JHL ry, osasto 123", "JHL 132"),
    ],
)
def test_short_names_of_others_are_not(one, two):
    rows = [{"name": name, "phone": "+358442222222"} for name in (one, two)]
    assert decisions(*rows) == []


@pytest.mark.parametrize(
    "cells",
    [{"email": "a@kilta.example"}, {"phone": "+358442222222"}, {"business_id": "0171450-8"}],
)
def test_one_contact_or_a_number_that_cannot_be_is_no_question(cells):
    names = ("Hauhon Martat ry", "Kuopion Kissatalo ry")
    assert decisions(*({"name": name, **cells} for name in names)) == []


def test_a_list_is_linked_to_another_by_how_many_of_it_are_there():
    """Of a short list most may be in a long one, whose own rows are hardly ever there twice."""
    rows = [{"name": row["name"]} for row in Directory(9, 1_200, twice=0).rows]
    listed = [{"name": row["name"].upper().removesuffix(" RY")} for row in rows[::4]]
    every = [*listed, *rows]
    found = judge_organisations(every, len(every), len(listed))
    assert all(one.left < len(listed) <= one.right for one in found)
    right = {(n, len(listed) + 4 * n) for n in range(len(listed))}
    true = right & {(one.left, one.right) for one in found}
    assert len(true) >= 0.9 * len(right) and len(true) >= 0.9 * len(found)


ANTTI = {"first": "Antti", "last": "Virtanen", "email": "antti.virtanen@example.org"}


def people(*rows):
    return [(one.left, one.right) for one in judge_people(rows)]


def test_a_row_with_a_mailbox_alone_is_proposed_as_who_has_it():
    assert people(ANTTI, {"email": "Antti.Virtanen@Example.org"}) == [(0, 1)]


@pytest.mark.parametrize(
    "rows",
    [
        [{**ANTTI, "first": "Ei", "last": "tiedossa"}, ANTTI],
        [ANTTI, {**ANTTI, "first": "Maija"}, {"email": ANTTI["email"]}],
        [{**ANTTI, "email": "info@example.org"}, {"email": "info@example.org"}],
    ],
)
def test_a_mailbox_of_nobody_or_of_several_says_nothing(rows):
    assert people(*rows) == []


def test_a_couples_initials_are_told_apart_by_their_phones():
    one = {"last": "Virtanen", "email": "virtaset@koti.example", "phone": "+358501112222",
           "org": "Espoon Martat ry", "municipality": "Espoo"}  # fmt: skip
    two = {**one, "phone": "+358403334444", "org": "Espoon Kalamiehet ry"}
    rows = [{**one, "first": "M."}, {**two, "first": "M."}, {**one, "first": "Maija"}]
    assert people(*rows, {**two, "first": "Mauri"}) == [(0, 2), (1, 3)]


GARBLED = {**ANTTI, "phone": "+358501112222", "org": "Apu ry", "email": "a.virtanen@example.org"}


@pytest.mark.parametrize(("first", "asked"), [("Atnit", True), ("Maija", False), ("Natia", False)])
def test_a_garbled_name_is_known_by_everything_else_and_a_spouse_is_not(first, asked):
    rows = [GARBLED, {**GARBLED, "first": first, "last": "Vritaenn" if asked else "Virtanen"}]
    assert people(*rows) == ([(0, 1)] if asked else [])


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("a.virtanen@gmail.com", "AVirtanen@googlemail.com", True),
        ("avirtanen+seura@gmail.com", "avirtanen@gmail.com", True),
        ("a.virtanen@example.org", "avirtanen@example.org", False),
        ("a+b@example.org", "a@example.org", False),
    ],
)
def test_a_mailbox_is_one_however_its_provider_lets_it_be_written(one, two, same):
    assert (one_mailbox_key(one) == one_mailbox_key(two)) is same


def test_a_senior_and_a_junior_are_never_asked_about():
    assert people({**ANTTI, "last": "Virtanen sr"}, {**ANTTI, "last": "Virtanen jr"}) == []


def test_streets_are_compared_by_their_words_and_another_one_counts_against():
    def likely(one, two):
        rows = [
            {"name": "Kultainen Lohikäärme", "municipality": "Espoo", "street": street}
            for street in (one, two)
        ]
        (pair,) = judge_organisations(rows)
        return {reason.comparison: reason for reason in pair.reasons}["street"]

    assert likely("12 Main St", "12 main street").level == "same"
    assert likely("Main Street 12 B 3", "12 main street").level == "same"
    other = likely("Koivukuja 2", "Koivukatu 2")
    assert other.level == "different" and other.weight < -1


def test_a_name_within_another_at_one_address_is_proposed():
    one = {"name": "Golden Dragon", "street": "12 Main St", "municipality": "los angeles"}
    two = {**one, "name": "Golden Dragon Restaurant", "street": "12 main street"}
    assert decisions(one, two) == [(0, 1, "likely")]


def test_one_number_with_another_name_is_asked_as_just_that():
    rows = [{"id": "O-MYRB1", "name": "Espoon Sydänyhdistys ry", "business_id": "0171450-7"},
            {"id": "O-4XKFG", "name": "Espoon Syöpäyhdistys ry", "business_id": "0171450-7"}]  # fmt: skip
    (pair,) = organisation_pairs(book(organisations=rows))
    assert evidence_in_words(pair, Sentences("fi")) == (
        "sama Y-tunnus tai rekisterinumero",
        "eri nimet",
    )


def test_what_only_a_chain_holds_together_says_so():
    chained = Pair("organisations", "O-4XKFG", "O-MYRB1", "likely", ())
    assert evidence_in_words(chained, Sentences("fi")) == (
        "kolmas rivi, joka on molempien kaltainen",
        "",
    )


@pytest.mark.parametrize(
    ("one", "two", "asked"),
    [
        ({"municipality": "New York"}, {"municipality": "New York City"}, True),
        ({"municipality": "Los Angeles", "street": "903 N. La Cienega Blvd."},
         {"municipality": "W. Hollywood", "street": "903 n. la cienega"}, True),
        ({"municipality": "Los Angeles", "street": "903 N. La Cienega Blvd."},
         {"municipality": "W. Hollywood", "street": "8795 Sunset Blvd."}, False),
        ({"municipality": "Espoo"}, {"municipality": "Vantaa"}, False),
    ],
)  # fmt: skip
def test_one_name_in_two_towns_is_asked_about_where_the_address_is_one(one, two, asked):
    rows = [{"name": "Gotham Bar & Grill", **cells} for cells in (one, two)]
    assert bool(decisions(*rows)) == asked


@pytest.mark.parametrize(
    ("one", "two", "asked"),
    [
        (("James", "Walker"), ("Jim", "Walker"), True),
        (("Wm", "Hill"), ("William", "Hill"), True),
        (("James", "Walker"), ("Joan", "Walker"), False),
    ],
)
def test_short_forms_of_english_names_are_read(one, two, asked):
    home = {"org": "Harbor Foods", "municipality": "Chicago", "phone": "+13125550100"}
    rows = [{"first": first, "last": last, **home} for first, last in (one, two)]
    assert people(*rows) == ([(0, 1)] if asked else [])


def test_a_name_that_many_bear_says_little_in_the_list_that_shows_it():
    def likely(namesakes):
        rows = [{"first": "Amina", "last": "Yusuf", "municipality": "Turku", "phone": f"+35840{n:07}"}
                for n in range(1_000_000, 1_000_000 + namesakes)]  # fmt: skip
        rows += [
            {"first": f"Nimi{n}", "last": f"Suku{n}", "municipality": "Turku"} for n in range(200)
        ]
        return {(one.left, one.right): one.probability for one in judge_people(rows)}.get((0, 1), 0)

    assert likely(2) > likely(30)


def test_a_place_in_brackets_is_where_a_body_is():
    assert parse_name("Sastamalan seurakunta (Vammala)").places == parse_name("Vammala").places
    rows = [{"name": f"Vapaakirkko ({town})"} for town in ("Espoo", "Turku")]
    assert decisions(*rows) == []

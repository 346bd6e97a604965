"""Organisations judged: figures on a register it was not trained on, and what lists throw at it."""

import pytest

from register.match.name_comparison import has_other_word, names_differ
from register.match.one_name import named_as_one
from register.match.organisation_judging import judge_organisations
from register.match.organisation_names import parse_name
from register.match.sites import site_of
from tests.match.associations import Directory
from tests.match.evaluation import figures


def decisions(*rows):
    return [(one.left, one.right, one.decision) for one in judge_organisations(rows)]


def test_a_register_it_was_not_trained_on():
    directory = Directory(21, 1_000)
    reached = figures(directory.rows, directory.who, judge_organisations)
    assert reached.f1 >= 0.95 and reached.certain_precision == 1.0
    assert reached.recall >= 0.93 and reached.proposals_true >= 0.9


def test_the_order_of_the_rows_makes_no_difference():
    rows = Directory(22, 200).rows
    there = {(one.left, one.right, one.decision) for one in judge_organisations(rows)}
    last = len(rows) - 1
    back = {
        (*sorted((last - one.left, last - one.right)), one.decision)
        for one in judge_organisations(rows[::-1])
    }
    assert there and there == back


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"name": ""}, {"name": ""}],
        [{}, {}],
        [{"name": "a"}, {"name": "b"}],
        [{"name": "🙂"}, {"name": "🎉"}],
        [{"name": "=1+1"}, {"name": "+A1"}],
        [{"name": "x" * 5_000}, {"name": "y" * 5_000}],
        [{"name": "Московское общество"}, {"name": "Киевское общество", "municipality": "Espoo"}],
        [{"name": "ry"}, {"name": "rf"}],
        [{"name": "(((((" * 50}, {"name": "/ / - - |" * 50}],
        [{"name": "Apu'; drop table x; --"}, {"name": "Tuki | ry"}],
        [{"business_id": "0112038-9"}, {"business_id": "1572860-0"}],
        [{"name": "Apu ry", "business_id": "1234567-8"}, {"name": "Tuki ry", "business_id": "1234567-8"}],
    ],
)  # fmt: skip
def test_bad_input_is_nobody(rows):
    assert decisions(*rows) == []


@pytest.mark.parametrize(
    ("one", "two", "decision"),
    [
        ({"name": "Московское общество"}, {"name": "МОСКОВСКОЕ ОБЩЕСТВО ry"}, "likely"),
        ({"name": "x" * 300}, {"name": "x" * 300}, "likely"),
        ({"name": "", "business_id": "0112038-9"}, {"name": "Apu ry", "business_id": "0112038-9"}, "likely"),
        ({"name": "Apu ry", "business_id": "112038-9"}, {"name": "Apu", "business_id": "01120389"}, "certain"),
        ({"name": "Apu ry", "assoc_no": "Rek.nro 208.743"}, {"name": "Apu", "assoc_no": "208743"}, "certain"),
    ],
)  # fmt: skip
def test_odd_but_the_same(one, two, decision):
    assert decisions(one, two) == [(0, 1, decision)]


@pytest.mark.parametrize("copies", [2, 5, 12])
def test_equal_names_are_proposed_however_often_and_with_nothing_beside_them(copies):
    """A list of names only, in which others stand too."""
    spellings = ("Suomen Kuntaliitto ry", "SUOMEN KUNTALIITTO", "Suomen kuntaliitto r.y.")
    rows = [{"name": spellings[n % 3]} for n in range(copies)]
    rows += [{"name": f"Seura {n}x{7 * n} ry"} for n in range(200)]
    assert len(judge_organisations(rows)) == copies * (copies - 1) // 2


def test_a_chains_name_in_many_towns_says_little_of_a_row_without_one():
    towns = ("Espoo", "Vantaa", "Turku", "Oulu", "Lohja", "Salo")
    rows = [{"name": "Martat ry", "municipality": town} for town in towns]
    assert judge_organisations([*rows, {"name": "Martat"}]) == ()


def test_all_rows_alike_and_one_shared_domain_end_in_time():
    rows = [{"name": "Espoon Apu ry", "municipality": "Espoo"}] * 1_500
    assert judge_organisations(rows)
    shared = [{**row, "municipality": "Helsinki", "email": "info@seura.example"} for row in Directory(3, 1_500).rows]  # fmt: skip
    assert len(judge_organisations(shared)) < 3_000


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Suomen Liiton Pirkanmaan piiri ry", "Suomen Liiton Pohjanmaan piiri ry"),
        ("Etelä-Savon Martat ry", "Pohjois-Savon Martat ry"),
        ("Espoon kaupunki", "Espoon seurakunta"),
        ("4H-kerho 1", "4H-kerho 2"),
        ("Itä-Suomen Tuki", "Länsi-Suomen Tuki"),
        ("Haagan Martat ry", "Oulunkylän Martat ry"),
    ],
)
def test_names_that_tell_two_apart(one, two):
    assert names_differ(parse_name(one), parse_name(two)) and not named_as_one(
        parse_name(one), parse_name(two)
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Espoon näkövammaiset ry", "Esbo synskadade rf"),
        ("Espoon kaupunki / Esbo stad", "Esbo stad"),
        ("Elinvoimayhdistys (EVY)", "EVY ry"),
        ("MLL:n Tapiolan yhdistys ry", "Mannerheimin Lastensuojeluliiton Tapiolan yhdistys"),
        ("Tampereen Nuorten Miesten Kristillinen Yhdistys ry", "Tampereen NMKY ry"),
    ],
)
def test_names_of_one(one, two):
    assert named_as_one(parse_name(one), parse_name(two))


@pytest.mark.parametrize(
    ("url", "address", "site"),
    [
        ("https://www.apu.example/yhteys?x=1", "", "apu.example"),
        ("APU.example:8080", "", "apu.example"),
        ("https://facebook.com/espoonapu", "", "facebook.com/espoonapu"),
        ("https://facebook.com", "info@apu.example", "apu.example"),
        ("", "espoonapu@gmail.com", ""),
        ("ei ole", "", ""),
        ("javascript:alert(1)", "", ""),
    ],
)
def test_the_site_of_an_organisation(url, address, site):
    assert site_of(url, address) == site


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Etelä-Savon Keuhkoyhdistys ry", "Etleä-Savon Keuhkoyhdistys ry"),
        ("Keski-Pohjanmaan Martat ry", "Keski-Pohjnamaan Martat ry"),
        ("Jyväskylän Latu ry", "JyväskylänLatu ry"),
        ("Kivijärven 4H-yhdistys ry", "Kivijäven 4H-yhditys ry"),
        ("Raision Sydänyhdistys ry", "Raision Sydänyhd. ry"),
    ],
)
def test_slips_in_a_place_or_in_a_space_leave_a_name_one(one, two):
    assert not names_differ(parse_name(one), parse_name(two)) and not has_other_word(
        parse_name(one), parse_name(two), {}
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Euran Martat ry", "Auran Martat ry"),
        ("Vaasan Latu ry", "Vaalan Latu ry"),
        ("Itä-Suomen piiri ry", "Etelä-Suomen piiri ry"),
        ("MLL Kallion yhdistys ry", "MLL Kalliolan yhdistys ry"),
        ("MLL Tapiolan yhdistys ry", "MLL Tapanilan yhdistys ry"),
        ("Martat ry 1", "Martat ry 2"),
    ],
)
def test_what_is_another_place_is_no_slip(one, two):
    assert names_differ(parse_name(one), parse_name(two)) or has_other_word(
        parse_name(one), parse_name(two), {}
    )


def test_two_written_out_that_begin_with_the_same_letters_are_two():
    rows = [
        {
            "name": "Karijoen Maahanmuuttajien Neuvonta ry",
            "short": "KMN",
            "municipality": "Karijoki",
        },
        {"name": "Karijoen Martat naiset ry", "municipality": "Karijoki"},
    ]
    assert judge_organisations(rows) == ()
    rows[1]["name"] = "KMN ry"
    assert [(one.left, one.right) for one in judge_organisations(rows)] == [(0, 1)]

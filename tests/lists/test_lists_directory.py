"""Who is listed where: homes, areas of activity, gaps, and the people who are there today."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given, strategies as st

from register.book.table import Book
from register.lists.directory import Directory, directory, region_counts
from register.values import places
from register.words.display import finnish_sort_key
from tests.making import Rows, book

TODAY = date(2026, 11, 23)


def lists(organisations: Rows = (), people: Rows = (), *, public: bool = False) -> Directory:
    return directory(book(organisations=organisations, people=people), TODAY, public=public)


def org(number: int, **cells: str) -> dict[str, str]:
    ids = ("O-5Z6HK", "O-FGVWW", "O-JNCGP", "O-WVS92")
    return {"id": ids[number], "name": f"Yhdistys {number} ry", "municipality": "Espoo", **cells}


def region(found: Directory, code: str):
    return next(one for one in found.regions if one.code == code)


def locality(found: Directory, code: str):
    return next(spot for one in found.regions for spot in one.localities if spot.code == code)


def names(some) -> list[str]:
    return [one.name for one in some]


def test_an_organisation_is_at_home_in_its_municipality_under_any_of_its_names():
    found = lists([org(0, municipality="Esbo"), org(1, municipality="Espoossa")])
    assert names(locality(found, "049").home) == ["Yhdistys 0 ry", "Yhdistys 1 ry"]
    assert names(region(found, "01").home) == ["Yhdistys 0 ry", "Yhdistys 1 ry"]


def test_every_municipality_without_anybody_is_told():
    found = lists([org(0)])
    assert len(region(found, "01").without) == 25
    assert int(region_counts(found)["without"].sum()) == 307
    assert int(region_counts(lists())["without"].sum()) == 308


def test_an_area_of_activity_fills_gaps_there_and_counts_once_in_a_region():
    found = lists([org(0, municipality="Tampere", area="Vantaa, Porvoo")])
    assert names(region(found, "01").active) == ["Yhdistys 0 ry"]
    assert names(locality(found, "092").active) == ["Yhdistys 0 ry"]
    assert locality(found, "049").active == ()
    visited = {one.code for one in region(found, "01").localities if one.active and not one.home}
    assert visited == {"092", "638"}
    assert region_counts(found).loc["01", "covered"] == 2


def test_its_own_region_is_no_elsewhere():
    found = lists([org(0, area="koko maakunta")])
    assert region(found, "01").active == ()
    assert region(found, "01").without == ()
    assert locality(found, "049").active == ()


def test_a_nationwide_one_is_apart_and_fills_no_gap():
    found = lists([org(0, area="koko maa")])
    assert names(found.nationwide) == ["Yhdistys 0 ry"]
    assert names(locality(found, "049").home) == ["Yhdistys 0 ry"]
    assert int(region_counts(found)["without"].sum()) == 307


def test_one_whose_home_nobody_knows_is_not_lost():
    found = lists([org(0, municipality="Espoo tai Vantaa"), org(1, municipality="", area="Hanko")])
    assert names(found.unplaced) == ["Yhdistys 0 ry"]
    assert names(region(found, "01").active) == ["Yhdistys 1 ry"]


def test_merged_and_archived_rows_are_left_out():
    found = lists([org(0, status="merged"), org(1, status="archived"), org(2, status="error")])
    assert names(found.organisations) == ["Yhdistys 2 ry"]


def test_contacts_are_those_who_are_there_today():
    people = [
        {"id": "H-1HB3B", "first": "Liisa", "last": "Ääri", "org": "X · O-5Z6HK"},
        {
            "id": "H-1PBSM",
            "first": "Åke",
            "last": "Zidan",
            "org": "X · O-5Z6HK",
            "end": "2027-01-01",
        },
        {"first": "Ei", "last": "Enää", "org": "X · O-5Z6HK", "end": "2026-01-01"},
        {"first": "Ei", "last": "Luettavissa", "org": "X · O-5Z6HK", "end": "keväällä"},
        {"first": "Ei", "last": "Rivi", "org": "X · O-5Z6HK", "status": "merged"},
    ]
    (one,) = lists([org(0)], people).organisations
    assert [who.name for who in one.contacts] == ["Åke Zidan", "Liisa Ääri"]


def test_a_person_follows_a_merger_and_a_plain_name_and_is_counted_where_nothing_fits():
    people = [
        {"first": "A", "org": "Vanha · O-FGVWW"},
        {"first": "B", "org": "yhdistys 0 ry"},
        {"first": "C", "org": "Joku muu ry"},
        {"first": "D"},
    ]
    gone = org(1, status="merged", merged_into="Yhdistys 0 ry · O-5Z6HK")
    found = lists([org(0), gone], people)
    assert sorted(who.name for who in found.organisations[0].contacts) == ["A", "B"]
    assert [who.name for who in found.apart] == ["C", "D"]


def test_mergers_in_a_circle_end():
    circle = [
        org(0, status="merged", merged_into="O-FGVWW"),
        org(1, status="merged", merged_into="O-5Z6HK"),
    ]
    assert lists(circle, [{"first": "A", "org": "O-5Z6HK"}]).apart


def test_public_lists_name_only_those_who_agreed_and_hide_what_is_the_others_own():
    people = [
        {"first": "Kyllä", "org": "O-5Z6HK", "publish": "yes", "email": "kylla@example.org"},
        {"first": "Ei", "org": "O-5Z6HK", "publish": "no", "phone": "+358401234567"},
        {"first": "Tyhjä", "org": "O-FGVWW", "email": "Tyhja@example.org"},
    ]
    rows = [
        org(0, email="kylla@example.org", phone="+358401234567"),
        org(1, email="tyhja@EXAMPLE.org", phone="+358401111111"),
    ]
    first, second = lists(rows, people, public=True).organisations
    assert [who.name for who in first.contacts] == ["Kyllä"]
    assert (first.email, first.phone) == ("kylla@example.org", "")
    assert (second.contacts, second.email, second.phone) == ((), "", "+358401111111")
    whole = lists(rows, people).organisations
    assert [one.email for one in whole] == ["kylla@example.org", "tyhja@EXAMPLE.org"]


def test_the_second_phone_of_somebody_who_has_not_agreed_is_hidden_as_well():
    people = [{"first": "Ei", "org": "O-5Z6HK", "publish": "no", "phone2": "+358401234567"}]
    (found,) = lists([org(0, phone="+358401234567")], people, public=True).organisations
    assert found.phone == ""


def test_a_book_without_the_tabs_columns_has_empty_lists():
    empty = directory(Book({}, "fi"), TODAY)
    assert (empty.organisations, len(empty.regions)) == ((), 19)


def test_the_finnish_alphabet():
    assert sorted(["Öland", "Zeta", "Äänekoski", "Åbo", "Éva", "eeva"], key=finnish_sort_key) == [
        *("eeva", "Éva", "Zeta", "Åbo", "Äänekoski", "Öland"),
    ]


@given(st.integers(0, 2**32), st.data())
def test_row_order_is_irrelevant_and_nobody_is_lost_or_doubled(seed, data):
    towns = st.sampled_from(["Espoo", "Hanko", "Tampere", "", "Epsoo kaup"])
    areas = st.sampled_from(["", "Uusimaa", "koko maa", "Hanko, Espoo", "kuu", "koko maakunta"])
    rows = [org(n, municipality=data.draw(towns), area=data.draw(areas)) for n in range(4)]
    people = [{"id": f"H-{n}", "last": "A", "org": org(n % 4)["id"]} for n in range(6)]
    mixed_rows, mixed_people = list(rows), list(people)
    random.Random(seed).shuffle(mixed_rows)
    random.Random(seed + 1).shuffle(mixed_people)
    for row, number in zip(people, range(6), strict=True):
        row["last"] = f"A{number}"
    found = lists(rows, people)
    assert lists(mixed_rows, mixed_people) == found
    homes = [one.id for part in found.regions for one in part.home]
    assert len(homes) == len(set(homes))
    told = {*homes, *(o.id for part in found.regions for o in part.active)}
    told |= {one.id for one in (*found.nationwide, *found.unplaced)}
    assert told == {row["id"] for row in rows}
    assert all(
        places.municipality(s.code).region == p.code for p in found.regions for s in p.localities
    )

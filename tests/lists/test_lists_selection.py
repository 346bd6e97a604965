"""What a person types for an area: short forms, Swedish, several meanings, nothing known."""

from datetime import date

import pytest

from register.book.errors import UsageError
from register.lists.directory import directory
from register.lists.selection import SelectionCriteria, apply_selection, select_part
from register.values import places
from tests.making import book


@pytest.mark.parametrize("flag", ["counties", "areas"])
@pytest.mark.parametrize(
    "name",
    ["Länsi-Uusimaa", "länsi-uudenmaan", "Västra Nyland", "Länsi-Uudenmaan hyvinvointialue"],
)
def test_a_county_is_known_in_short(flag, name):
    chosen = select_part(book(), SelectionCriteria(**{flag: (name,)}), "fi")
    assert chosen.place == "Länsi-Uudenmaan hyvinvointialue"
    assert len(chosen.codes) == 10 and "049" in chosen.codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Varsinais-Suomi", "05"),
        ("Satakunta", "06"),
        ("Pohjanmaa", "17"),
        ("Lappi", "21"),
        ("Vantaa ja Kerava", "04"),
        ("Södra Savolax", "12"),
    ],
)
def test_the_short_form_is_the_countys(name, code):
    chosen = select_part(book(), SelectionCriteria(counties=(name,)), "sv")
    assert chosen.codes == {m.code for m in places.municipalities() if m.county == code}


def test_an_area_that_is_a_region_stays_the_region():
    assert len(select_part(book(), SelectionCriteria(areas=("Uusimaa",))).codes) == 26


def test_what_several_counties_are_called_is_asked_about():
    with pytest.raises(UsageError) as stopped:
        select_part(book(), SelectionCriteria(counties=("Uusimaa",)), "fi")
    assert [name.split("-")[0] for name in stopped.value.values["near"]] == [
        "Itä",
        "Keski",
        "Länsi",
    ]


@pytest.mark.parametrize("flag", ["municipalities", "regions", "counties", "areas"])
@pytest.mark.parametrize("name", ["zzzz", "", "=1+1"])
def test_what_nobody_knows_stops(flag, name):
    with pytest.raises(UsageError):
        select_part(book(), SelectionCriteria(**{flag: (name,)}), "fi")


def test_a_mailings_list_has_no_places_where_nobody_of_it_is():
    orgs = [
        {"id": "O-MYRB1", "name": "Espoon Apu ry", "municipality": "Espoo", "area": "Kauniainen"},
        {"id": "O-C30J9", "name": "Oulun Apu ry", "municipality": "Oulu"},
    ]
    people = [
        {"id": "H-XV6BG", "first": "Maija", "last": "Malli", "org": "Espoon Apu ry · O-MYRB1",
         "invite": "yes"},
        {"id": "H-NFBG1", "first": "Pekka", "last": "Testi", "org": "Oulun Apu ry · O-C30J9",
         "invite": "yes"},
    ]  # fmt: skip
    mailing = {"id": "G-7K3MQ", "name": "Kirje", "area": "Uusimaa"}
    start, today = book(organisations=orgs, people=people, mailings=[mailing]), date(2026, 11, 30)
    chosen = select_part(start, SelectionCriteria(mailings=("Kirje",)), today=today)
    lists = apply_selection(directory(start, today), chosen, "fi")
    assert [[spot.code for spot in one.localities] for one in lists.regions] == [["049", "235"]]
    topic = select_part(start, SelectionCriteria(regions=("Uusimaa", "Lappi")), today=today)
    assert len(apply_selection(directory(start, today), topic, "fi").regions) == 2

"""What a person types for an area: short forms, Swedish, several meanings, nothing known."""

import pytest

from register.book.errors import UsageError
from register.lists.selection import SelectionCriteria, select_part
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

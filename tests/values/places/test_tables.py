from collections import Counter

import pytest

from register.values.places import (
    counties,
    county_of_code,
    mergers,
    municipalities,
    municipality,
    postal_code,
    postal_codes,
    region,
    regions,
)


def test_how_many_places_there_are():
    assert (len(municipalities()), len(regions()), len(counties())) == (308, 19, 21)
    assert (len(mergers()), len(postal_codes())) == (280, 3779)


def test_codes_are_unique_and_keep_their_zeros():
    for places, length in ((municipalities(), 3), (regions(), 2), (counties(), 2)):
        codes = [one.code for one in places]
        assert codes == sorted(set(codes))
        assert all(len(code) == length and code.isdigit() for code in codes)
    assert all(len(one.code) == 5 and one.code.isdigit() for one in postal_codes())


def test_languages_of_the_municipalities():
    found = Counter(one.language_status for one in municipalities())
    assert found["fi"] == 259
    assert found["sv"] == 16
    assert found["fi-sv"] + found["sv-fi"] == 33


def test_helsinki_and_aland_have_no_county():
    without = [one for one in municipalities() if not one.county]
    assert {one.region for one in without} == {"01", "21"}
    assert [one.name_fi for one in without if one.region == "01"] == ["Helsinki"]
    assert len(without) == 17


def test_everything_belongs_to_something_that_exists():
    assert {one.region for one in municipalities()} == {one.code for one in regions()}
    assert {one.county for one in municipalities()} - {""} == {one.code for one in counties()}
    for one in postal_codes():
        assert municipality(one.municipality).code == one.municipality
        assert not one.alternative or municipality(one.alternative)
    for one in mergers():
        for code in (one.new_code, *one.also):
            assert municipality(code).code == code


def test_every_municipality_has_its_case_forms():
    for one in municipalities():
        forms = (one.genitive_fi, one.in_fi, one.to_fi, one.from_fi)
        assert all(form and form == form.strip() for form in forms)
        assert len(set(forms)) == 4, one.name_fi


def test_mergers_are_the_latest_first():
    dates = [one.date for one in mergers()]
    assert dates == sorted(dates, reverse=True)
    assert (mergers()[0].old_name, municipality(mergers()[0].new_code).name_fi) == (
        *("Pertunmaa", "Mäntyharju"),
    )


@pytest.mark.parametrize(
    ("code", "town", "home"),
    [("02100", "ESPOO", "049"), ("33100", "TAMPERE", "837"), ("22100", "MARIEHAMN", "478")],
)
def test_a_postal_code(code, town, home):
    found = postal_code(code)
    assert (found.place_fi, found.municipality, found.kind) == (town, home, "normal")


def test_regions_by_their_code():
    assert region("02").name_fi == "Varsinais-Suomi"
    assert region("01").name("sv") == "Nyland"
    assert county_of_code("03").name("fi") == "Länsi-Uudenmaan hyvinvointialue"


@pytest.mark.parametrize("code", ["", "000", "49", "0491", "FI"])
def test_what_is_no_code(code):
    assert postal_code(code) is None
    for of in (municipality, region, county_of_code):
        with pytest.raises(KeyError):
            of(code)

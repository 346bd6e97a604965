"""The tables of a new year: what is published is taken, what is not is kept, all holds together."""

import pytest

from register.book.errors import UsageError
from register.run.reference_tables import (
    HOME,
    read_place_tables,
    tables_of_published,
    tables_readme,
)
from register.sources.statistics_finland import PublishedPlaces
from register.values.places.renewal import renew_tables, table_differences
from tests.reference_files import Year, pcf

OLD = read_place_tables(HOME)
KASKINEN, NARPIO, ESPOO, LOHJA = "231", "545", "049", "444"


def published(year, without=(), **more):
    read = PublishedPlaces()
    for name, data in year.files(**more).items():
        if name not in without:
            read.read(data, name)
    return read


def new_of(year, **more):
    return renew_tables(OLD, tables_of_published(published(year, **more), OLD))


def told(new):
    return [(one.sign, one.kind, one.code, one.new) for one in table_differences(OLD, new)]


@pytest.mark.parametrize("as_addresses", [False, True])
def test_what_has_not_changed_differs_in_nothing(as_addresses):
    new = new_of(Year(OLD), as_addresses=as_addresses)
    assert told(new) == [] and new == OLD


def test_an_ended_municipality_goes_to_who_has_its_postal_codes():
    year = Year(OLD)
    year.ends(KASKINEN, NARPIO)
    new = new_of(year)
    gone, *codes = told(new)
    assert gone == ("-", "municipality", KASKINEN, "Närpiö")
    assert codes and {(sign, kind, heir) for sign, kind, _, heir in codes} == {
        ("~", "municipality_code", NARPIO)
    }
    first = new["municipality_mergers"][0]
    assert (first["old_name"], first["new_code"], first["date"]) == (
        *("Kaskinen", NARPIO, "2027-01-01"),
    )
    assert len(new["municipalities"]) == len(new["municipality_forms"]) == 307


def test_those_that_had_become_part_of_it_go_on_to_its_heir():
    year = Year(OLD)
    year.ends("710", ESPOO)  # Raasepori, the heir of Tammisaari, Karjaa, Pohja, Tenhola …
    new = new_of(year)
    codes = {row["code"] for row in new["municipalities"]}
    for row in new["municipality_mergers"]:
        assert row["new_code"] in codes
        assert set(row["also_codes"].split()) <= codes
    assert "710" not in {row["new_code"] for row in new["municipality_mergers"]}


def test_a_new_municipality_a_new_name_and_a_new_county_are_told():
    year = Year(OLD)
    year.ends(KASKINEN, "999")
    year.fi["999"], year.sv["999"] = "Uusikunta", "Nykommun"
    year.region["999"], year.county["999"] = year.region[NARPIO], year.county[NARPIO]
    year.fi[ESPOO] = "Isoespoo"
    year.county[LOHJA] = "02"
    new = new_of(year)
    found = told(new)
    assert ("+", "municipality", "999", "") in found
    assert ("-", "municipality", KASKINEN, "Uusikunta") in found
    assert ("~", "name_fi", ESPOO, "Isoespoo") in found
    assert ("~", "wellbeing_county_fi", LOHJA, "Keski-Uudenmaan hyvinvointialue") in found
    assert {one[2] for one in found if one[1] == "forms"} == {"999", ESPOO}
    row = next(row for row in new["municipalities"] if row["code"] == "999")
    kept = next(row for row in OLD["municipalities"] if row["code"] == KASKINEN)
    assert row["language_status"] == kept["language_status"]
    assert {row["change"] for row in new["municipality_mergers"][:2]} == {"merger", "rename"}


def test_a_name_with_the_other_languages_beside_it_is_no_new_name():
    year = Year(OLD)
    year.fi["478"] = "Maarianhamina - Mariehamn"
    assert told(new_of(year)) == []


def test_postal_codes_come_go_and_move_and_keep_their_alternative():
    year = Year(OLD)
    gone = next(row for row in year.postal if row["type"] == "po_box")
    year.postal.remove(gone)
    year.postal.append({**gone, "postal_code": "99998", "place_fi": "UUSI"})
    kept = next(row for row in year.postal if row["alt_municipality_code"])
    new = new_of(year)
    found = told(new)
    assert ("+", "postal_code", "99998", "") in found and len(found) == 2
    same = [row for row in new["postal_codes"] if row["postal_code"] == kept["postal_code"]]
    assert same == [kept]


def test_postal_codes_alone_leave_the_municipalities_alone():
    read = PublishedPlaces()
    read.read(pcf(OLD["postal_codes"][:-1]), "PCF.dat")
    new = renew_tables(OLD, tables_of_published(read, OLD))
    assert new["municipalities"] == OLD["municipalities"]
    assert len(new["postal_codes"]) == len(OLD["postal_codes"]) - 1


def without(*names):
    year = Year(OLD)
    year.ends(KASKINEN, NARPIO)
    return published(year, without=names)


def half_of_the_towns():
    year = Year(OLD)
    for code in list(year.fi)[:60]:
        del year.fi[code]
    return published(year)


def half_of_posti():
    read = PublishedPlaces()
    read.read(pcf(OLD["postal_codes"][:2000]), "PCF.dat")
    return read


def a_new_region():
    year = Year(OLD)
    year.region[ESPOO] = "77"
    return published(year)


def strange_town():
    read = PublishedPlaces()
    read.read(pcf([*OLD["postal_codes"], {**OLD["postal_codes"][0], "postal_code": "99998", "municipality_code": "998"}]), "x")  # fmt: skip
    return read


@pytest.mark.parametrize(
    "read",
    [
        lambda: without("PCF_20270102.dat"),
        lambda: without("kunta-sv.json"),
        lambda: without("maakunta-maps.json"),
        *(half_of_the_towns, half_of_posti, a_new_region, strange_town),
    ],
)
def test_what_would_not_hold_together_is_refused(read):
    with pytest.raises(UsageError) as error:
        renew_tables(OLD, tables_of_published(read(), OLD))
    assert error.value.remedy


def test_files_of_two_years_are_refused():
    read = published(Year(OLD))
    for name, data in Year(OLD, year=2026).files().items():
        read.read(data, name)
    with pytest.raises(UsageError):
        tables_of_published(read, OLD)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"<html>", b"[]", b"{}", b"[1]", b"[null]", b'["https://data.stat.fi/x"]'),
        b'[{"localId": "kunta_1_20270101/049", "code": "050", "classificationItemNames": []}]',
        b'[{"localId": "kunta_1_20270101/049", "code": "049", "classificationItemNames": [{}]}]',
        Year(OLD).files()["kunta-fi.json"][:-5],
        Year(OLD).files()["kunta-fi.json"].decode().encode("utf-16"),
        Year(OLD).files()["PCF_20270102.dat"][:-100],
        Year(OLD).files()["PCF_20270102.dat"].decode("latin-1").encode("utf-8"),
        b"PONOT" + b"x" * 215 + b"\n",
        b"PONOT\n",
    ],
    ids=lambda data: f"{data[:16]!r}-{len(data)}",
)
def test_a_file_that_is_neither_or_not_whole_is_refused(data):
    with pytest.raises(UsageError):
        PublishedPlaces().read(data, "x")


def test_the_attribution_lines_are_kept_with_the_new_year_and_day():
    text = (HOME / "README.md").read_text(encoding="utf-8")
    year = Year(OLD)
    year.ends(KASKINEN, NARPIO)
    new = tables_readme(text, new_of(year), "2027", "2027-01-02")
    assert "Lähde: Tilastokeskus, kuntaluokitukset 2027 ja Paavo 2026 (CC BY 4.0)." in new
    assert "PCF of 2027-01-02" in new and "service description and terms of use, 2015-01-01" in new
    assert "| municipalities.csv | 307 | 1.1.2027 |" in new
    assert "| municipality_mergers.csv | 281 | to 1.1.2027 |" in new
    assert "| postal_codes.csv | 3,779 | 2027-01-02 |" in new
    assert tables_readme(text, OLD, "2026", "2026-05-26") == text

"""PTV v11: public bodies are read, each once; associations, parts of a body and people are not."""

import pytest

from register.book.errors import UsageError
from register.sources import ptv
from register.sources.open_register import OpenRegister
from register.sources.paging import all_rows
from tests.register_server import RegisterServer, body, guid
from tests.register_server import ptv as served

TOWN = body(1, "Esimerkkilän kaupunki", business_id="0112038-9")


def names(*rows, language="fi"):
    return [one.name for one in ptv.bodies(rows, language).found]


def test_what_is_kept_of_a_body():
    (one,) = ptv.bodies([TOWN], "fi").found
    assert (one.name, one.business_id, one.municipality, one.postcodes, one.type) == (
        "Esimerkkilän kaupunki",
        "0112038-9",
        "049",
        ("02100",),
        "municipality",
    )
    assert (one.email, one.phone, one.url) == (
        "kirjaamo@example.org",
        "+358400000001",
        "https://www.example.org",
    )
    assert not any(word in repr(one) for word in ("Maija", "katu", "Kuvaus"))


@pytest.mark.parametrize(("language", "name"), [("fi", "Suomi"), ("sv", "Svenska"), ("en", "Eng")])
def test_it_is_named_in_the_registers_language(language, name):
    told = {"fi": "Suomi", "sv": "Svenska", "en": "Eng"}
    listed = [{"value": v, "language": k, "type": "Name"} for k, v in told.items()]
    (one,) = ptv.bodies([body(1, "x", organizationNames=listed)], language).found
    assert one.name == name and set(one.other_names) == set(told.values()) - {name}


@pytest.mark.parametrize("kind", ["Organization", "Company", "SotePrivate", "Uusi laji", None])
def test_associations_companies_and_the_unknown_are_left_alone(kind):
    assert names(body(1, "Esimerkki", kind=kind)) == []


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("Esimerkkivirasto", "State", "state"),
        ("Esimerkin hyvinvointialue", "SotePublic", "county"),
        ("Esimerkin koulutuskuntayhtymä", "RegionalOrganization", ""),
    ],
)
def test_the_type_is_told_by_ptv_or_by_the_name(name, kind, wanted):
    (one,) = ptv.bodies([body(1, name, kind=kind)], "fi").found
    assert one.type == wanted


def test_parts_of_a_body_are_no_bodies_whatever_their_order():
    parts = [
        body(2, "Opetustoimi", business_id="0112038-9", parentOrganizationId=guid(1)),
        body(3, "Kirjasto", parentOrganizationId=guid(1)),
    ]
    assert names(*parts, TOWN) == names(TOWN, *parts) == ["Esimerkkilän kaupunki"]
    own = body(4, "Liikelaitos", business_id="1572860-0", parentOrganizationId=guid(1))
    assert names(TOWN, own) == ["Esimerkkilän kaupunki", "Liikelaitos"]


def test_one_that_is_published_no_more_has_ended():
    (one,) = ptv.bodies([body(1, "Entinen virasto", publishingStatus="Deleted")], "fi").found
    assert one.ended == "2026-03-01"


def test_its_home_is_its_own_municipality_else_that_of_its_address():
    here, there = body(1, "A", code="091"), body(2, "B", code=None)
    nowhere = body(3, "C", code=None, addresses=[])
    found = ptv.bodies([here, there, nowhere, body(4, "D", code="999")], "fi").found
    assert [(one.municipality, one.postcodes) for one in found] == [
        ("091", ()),
        ("049", ("02100",)),
        ("", ()),
        ("049", ("02100",)),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        *(None, 7, [], {}),
        body(1, None),
        body(1, "x" * 5000),
        body(1, "N", emails="no"),
        body(1, "N", addresses=[None]),
        body(1, "N", municipality="049"),
        body(1, "N", phoneNumbers=[7]),
        body(1, "N", organizationNames=[None]),
    ],
)
def test_a_broken_row_is_counted_and_stops_nothing(broken):
    answer = ptv.bodies([broken, TOWN], "fi")
    assert [one.name for one in answer.found] == ["Esimerkkilän kaupunki"] and answer.unread == 1


@pytest.mark.parametrize(
    "value", ["Maija Malli <m@example.org>", "ei ole", "a@example.org\r\nB: c"]
)
def test_what_is_no_address_is_no_address(value):
    row = body(1, "N", emails=[{"value": value, "language": "fi"}])
    assert all(one.email in ("", "m@example.org") for one in ptv.bodies([row], "fi").found)


@pytest.mark.parametrize(
    "document",
    [None, "x", {}, {"itemList": {}}, {"itemList": [], "pageCount": "1"}, {"pageCount": -1}],
)
def test_another_form_of_reply_is_refused(document):
    with pytest.raises(UsageError):
        ptv.ptv_page(document)


@pytest.mark.parametrize("row", [None, {}, {"id": 3}, {"id": "../x"}, {"id": guid(1) + ",x"}])
def test_what_is_no_id_is_never_asked_for(row):
    with pytest.raises(UsageError):
        ptv.guids([row])


def test_all_pages_are_read(tmp_path):
    rows = [body(number, f"Virasto {number}") for number in range(5)]
    with RegisterServer(served(rows, size=2)) as server:
        register = OpenRegister("PTV", server.url, tmp_path)
        found = all_rows(register, "/Organization/area/Municipality/code/049", {}, ptv.ptv_page)
        assert ptv.guids(found) == tuple(guid(number) for number in range(5))
        assert [query["page"] for _, query, _ in server.asked] == ["1", "2", "3"]

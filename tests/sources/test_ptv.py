"""PTV v11: organisations are read, each once; companies, parts of a body and people are not."""

from itertools import permutations

import pytest

from register.book.errors import UsageError
from register.book.starters import starter_rows
from register.sources import ptv
from register.sources.open_register import OpenRegister
from register.sources.paging import all_rows
from register.sources.ptv_organisations import organisations
from register.sources.ptv_services import offered_services, service_topics, topic_table
from register.values import places
from register.values.areas import all_codes
from tests.register_server import RegisterServer, area, body, guid, offers, ptv as served, service

TOWN = body(1, "Esimerkkilän kaupunki", business_id="0112038-9")

ALAND = frozenset(one.code for one in places.municipalities() if one.region == "21")
STARTERS = starter_rows("fi")["choices"]


def civic(*rows, topics=None):
    return organisations(rows, "049", "fi", topics, ("associations",)).found


def names(*rows, language="fi"):
    return [one.name for one in organisations(rows, "049", language, sectors=("public",)).found]


def test_what_is_kept_of_a_body():
    (one,) = organisations([TOWN], "049", "fi").found
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
    (one,) = organisations([body(1, "x", organizationNames=listed)], "049", language).found
    assert one.name == name and set(one.other_names) == set(told.values()) - {name}


@pytest.mark.parametrize("kind", ["Company", "SotePrivate", "Uusi laji", None])
def test_companies_and_the_unknown_are_left_alone(kind):
    assert not organisations([body(1, "Esimerkki", kind=kind)], "049", "fi").found


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("Esimerkki", "Organization", "association"),
        ("Esimerkki ry", "Company", "association"),
        ("Exempel r.f.", "SotePrivate", "association"),
        ("Esimerkkisäätiö sr", "SotePrivate", "foundation"),
        ("Esimerkin seurakunta", "Organization", "parish"),
    ],
)
def test_an_association_is_told_by_ptv_or_by_its_name(name, kind, wanted):
    (one,) = civic(body(1, name, kind=kind))
    assert (one.type, one.is_public) == (wanted, False)
    assert names(body(1, name, kind=kind)) == []


ENTRIES = [
    body(
        1,
        "Esimerkin Tuki ry, Tapiola",
        "Organization",
        business_id="1572860-0",
        parentOrganizationId=guid(2),
        areaType="LimitedType",
        areas=[area("Municipality", "Kauniainen", "235")],
        services=offers(10),
    ),
    body(
        2,
        "Esimerkin Tuki ry",
        "Organization",
        business_id="1572860-0",
        emails=[],
        areaType="LimitedType",
        areaMunicipalities=[{"code": "049"}],
        services=offers(11),
    ),
    body(3, "Lakannut", "Organization", business_id="1572860-0", publishingStatus="Deleted"),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_entries_with_one_number_are_one_with_all_that_they_say(order):
    topics = {guid(10): ("kulttuuri",), guid(11): ("liikunta",)}
    (one,) = civic(*(ENTRIES[n] for n in order), topics=topics)
    assert one.name == "Esimerkin Tuki ry" and not one.ended
    assert one.other_names == ("Esimerkin Tuki ry, Tapiola",)
    assert one.area == {"049", "235"} and set(one.topics) == {"kulttuuri", "liikunta"}
    assert one.email == "kirjaamo@example.org"


def test_local_branches_with_a_legal_form_are_organisations_of_their_own():
    branch = body(2, "Esimerkin Espoon yhdistys ry", "Organization", parentOrganizationId=guid(1))
    office = body(3, "Toimisto", "Organization", parentOrganizationId=guid(1))
    assert [one.name for one in civic(branch, office)] == ["Esimerkin Espoon yhdistys ry"]


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({"areaType": "Nationwide"}, all_codes()),
        ({"areaType": "LimitedType", "areas": [area("Region", "Ahvenanmaa")]}, ALAND),
        ({"areas": [area("Municipality", "", "049", "999"), area("Region", "Atlantis")]}, {"049"}),
        ({}, frozenset()),
    ],
)
def test_where_it_acts(told, codes):
    (one,) = organisations(
        [body(1, "A ry", "Organization", **told)], min(codes, default="049"), "fi"
    ).found
    assert one.area == codes


@pytest.mark.parametrize(
    ("spoken", "wanted"), [("fi", "fi"), ("sv", "sv"), ("fi sv en", "fi+sv"), ("en", "en")]
)
def test_its_languages_are_those_of_its_names(spoken, wanted):
    told = [{"value": "A", "language": one, "type": "Name"} for one in spoken.split()]
    (one,) = civic(body(1, "x", "Organization", organizationNames=told))
    assert one.language == wanted


def test_services_tell_topics_by_their_classes_and_groups():
    found = service_topics(
        [
            service(1, ["Liikunta ja urheilu"]),
            service(
                2, ["Sosiaalialan vertais-, vapaaehtois- ja kokemustoiminta"], ["KR1", "KR1.2"]
            ),
            service(3, ["Päihde- ja mielenterveyspalvelut"], ["KR1.6"]),
            service(4, ["Verotus"], ["KR2"]),
            {"id": guid(5), "serviceClasses": "no"},
            None,
            {"id": "../x"},
        ]
    )
    assert found == {
        guid(1): ("liikunta",),
        guid(2): ("lapset ja perheet", "vapaaehtoistoiminta"),
        guid(3): ("mielenterveys ja päihteet", "vammaiset ja pitkäaikaissairaat"),
        guid(4): (),
        guid(5): (),
    }
    assert {row.topic for row in topic_table()} <= {row["topics"] for row in STARTERS}


@pytest.mark.parametrize("broken", [None, 7, "x", [None], [{"service": 7}], [{"service": {}}]])
def test_broken_services_tell_nothing_and_stop_nothing(broken):
    assert offered_services(body(1, "A ry", "Organization", services=broken)) == ()


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("Esimerkkivirasto", "State", "state"),
        ("Esimerkin hyvinvointialue", "SotePublic", "county"),
        ("Esimerkin koulutuskuntayhtymä", "RegionalOrganization", ""),
    ],
)
def test_the_type_is_told_by_ptv_or_by_the_name(name, kind, wanted):
    (one,) = organisations([body(1, name, kind=kind)], "049", "fi").found
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
    (one,) = organisations(
        [body(1, "Entinen virasto", publishingStatus="Deleted")], "049", "fi"
    ).found
    assert one.ended == "2026-03-01"


def test_its_home_is_its_own_municipality_else_that_of_its_address():
    here, there = body(1, "A", code="091"), body(2, "B", code=None)
    nowhere = body(3, "C", code=None, addresses=[])
    found = organisations([here, there, nowhere, body(4, "D", code="999")], "049", "fi").found
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
    answer = organisations([broken, TOWN], "049", "fi")
    assert [one.name for one in answer.found] == ["Esimerkkilän kaupunki"] and answer.unread == 1


@pytest.mark.parametrize(
    "value", ["Maija Malli <m@example.org>", "ei ole", "a@example.org\r\nB: c"]
)
def test_what_is_no_address_is_no_address(value):
    row = body(1, "N", emails=[{"value": value, "language": "fi"}])
    assert all(
        one.email in ("", "m@example.org") for one in organisations([row], "049", "fi").found
    )


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
        ptv.organisation_guids([row])


def test_all_pages_are_read(tmp_path):
    rows = [body(number, f"Virasto {number}") for number in range(5)]
    with RegisterServer(served(rows, size=2)) as server:
        register = OpenRegister("PTV", server.url, tmp_path)
        found = all_rows(register, "/Organization/area/Municipality/code/049", {}, ptv.ptv_page)
        assert ptv.organisation_guids(found) == tuple(guid(number) for number in range(5))
        assert [query["page"] for _, query, _ in server.asked] == ["1", "2", "3"]

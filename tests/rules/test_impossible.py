import pytest

from register.rules import RuleContext, impossible
from tests.making import book
from tests.rules.expecting import TODAY

CASES = [
    ("organisations", {"municipality": "Nummi-Pusula"}, "municipality-former", "Lohja"),
    ("organisations", {"municipality": "Längelmäki"}, "municipality-split", ""),
    ("organisations", {"municipality": "Esppo"}, "municipality-typo", "Espoo"),
    ("organisations", {"business_id": "1234567-8"}, "business-id-impossible", ""),
    ("people", {"email": "maija(at)example.org"}, "email-marks", "maija@example.org"),
    ("people", {"email": "maija@example.con"}, "email-typo", "maija@example.com"),
    ("people", {"phone": "040 123 4567 tai 09 310 1691"}, "phone-several", "+358401234567"),
    ("people", {"end": "12.3."}, "date-no-year", ""),
    ("meetings", {"capacity": "monta"}, "integer-impossible", ""),
]
LEFT_ALONE = [
    ("organisations", {"municipality": "Esbo"}),
    ("organisations", {"postcode": "02100", "municipality": "Espoo"}),
    ("organisations", {"postcode": "00101", "municipality": "Espoo"}),
    ("people", {"email": "info@example.org"}),
    ("people", {"phone": "09 310 1691"}),
    ("people", {"end": "12.3.2026"}),
    ("meetings", {"capacity": "40"}),
]


def codes(tab, row):
    found = impossible.check(book(**{tab: [row]}), RuleContext(TODAY))
    return [(f.code, f.suggestion) for f in found]


@pytest.mark.parametrize(("tab", "row", "code", "suggestion"), CASES)
def test_what_a_person_must_tell(tab, row, code, suggestion):
    assert codes(tab, row) == [(code, suggestion)]


@pytest.mark.parametrize(("tab", "row"), LEFT_ALONE)
def test_what_is_left_alone(tab, row):
    assert codes(tab, row) == []


def test_a_postal_code_lies_in_its_municipality():
    assert codes("organisations", {"postcode": "33100", "municipality": "Espoo"}) == [
        ("postal-code-elsewhere", "")
    ]


@pytest.mark.parametrize(
    ("tab", "cell", "known"),
    [
        ("meetings", "yhdistys, Kylien verkosto, Kuukausikirje, siirtomaapuutarha", True),
        ("meetings", "Kuukausikirje · G-C30J9, Kylien verkosto · V-C30J9", True),
        ("mailings", "Kylien verkosto, siirtomaapuutarha", True),
        ("mailings", "Kuukausikirje", False),
        ("meetings", "Toinen verkosto aivan", False),
    ],
)
def test_an_audience_names_networks_mailings_and_our_own_types(tab, cell, known):
    """What may be invited by is on no list that a dropdown shows, and is no fault."""
    rows = {
        "networks": [{"id": "V-C30J9", "name": "Kylien verkosto"}],
        "mailings": [{"id": "G-C30J9", "name": "Kuukausikirje"}],
        "choices": [{"types": "siirtomaapuutarha"}],
    }
    rows[tab] = [*rows.get(tab, ()), {"id": "G-MYRB1", "name": "Yksi", "audience": cell}]
    found = impossible.check(book(**rows), RuleContext(TODAY))
    assert [one.code for one in found if one.column == "audience"] == (
        [] if known else ["choice-unknown"]
    )

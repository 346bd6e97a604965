from datetime import timedelta

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
    ("cooperation", {"date": "eilen"}, "date-meant", "2026-11-22"),
    ("cooperation", {"date": "igår"}, "date-meant", "2026-11-22"),
    ("cooperation", {"date": "toissapäivänä"}, "date-meant", "2026-11-21"),
    ("cooperation", {"date": "ensi viikolla"}, "date-impossible", ""),
    ("cooperation", {"due": "ensi viikolla"}, "date-meant", "2026-12-04"),
    ("cooperation", {"due": "nästa vecka"}, "date-meant", "2026-12-04"),
    ("cooperation", {"due": "15:12"}, "date-meant", "2026-12-15"),
    ("cooperation", {"date": "last Friday"}, "date-meant", "2026-11-20"),
    ("cooperation", {"date": "i fredags"}, "date-meant", "2026-11-20"),
    ("cooperation", {"due": "torstaiksi"}, "date-meant", "2026-11-26"),
    ("cooperation", {"due": "in May"}, "date-meant", "2027-05-31"),
    ("cooperation", {"due": "kysytään myöhemmin keneltä"}, "date-impossible", ""),
    ("meetings", {"date": "ensi ma"}, "date-meant", "2026-11-30"),
    ("meetings", {"date": "next Friday"}, "date-meant", "2026-12-04"),
    ("meetings", {"date": "to 20.1."}, "date-meant", "2027-01-20"),
    ("meetings", {"date": "20.11."}, "date-meant", "2026-11-20"),
    ("meetings", {"date": "10.2.20227"}, "date-meant", "2027-02-10"),
    ("meetings", {"date": "10.2.207"}, "date-meant", "2027-02-10"),
    ("meetings", {"date": "10.2.2207"}, "date-meant", "2027-02-10"),
    ("meetings", {"date": "30.2.20227"}, "date-impossible", ""),
    ("meetings", {"date": "keväällä"}, "date-impossible", ""),
    ("meetings", {"date": "32.11."}, "date-no-year", ""),
    ("cooperation", {"state": "hoidettu"}, "choice-typo", "done"),
    ("cooperation", {"state": "avoin"}, "choice-typo", "open"),
    ("meetings", {"state": "peruutettu"}, "choice-typo", "cancelled"),
    ("meetings", {"state": "lähetä"}, "choice-unknown", ""),
    ("invitations", {"rsvp": "tulee"}, "choice-typo", "coming"),
    ("invitations", {"rsvp": "Ei"}, "choice-typo", "not_coming"),
    ("invitations", {"rsvp": "kanske inte"}, "choice-unknown", ""),
    ("invitations", {"rsvp": "Tulossa 2 hlö"}, "choice-typo", "coming"),
    ("invitations", {"rsvp": "tulossa 21.1."}, "choice-unknown", ""),
    ("invitations", {"attended": "x"}, "choice-typo", "yes"),
    ("invitations", {"attended": "ei tullut"}, "choice-typo", "no"),
    ("invitations", {"party_size": "kaksi"}, "integer-impossible", ""),
    ("people", {"invite": "x"}, "choice-unknown", ""),
    ("meetings", {"start": "klo 17-19"}, "time-range", "17:00"),
    ("meetings", {"start": "17-19", "end": "19:00"}, "time-range", ""),
    ("meetings", {"end": "n. 16"}, "time-impossible", "16:00"),
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


def test_a_day_in_words_goes_on_meaning_what_it_was_when_it_was_first_asked_about():
    row = {"id": "Y-C30J9", "date": "eilen"}
    (first,) = impossible.check(book(cooperation=[row]), RuleContext(TODAY))
    asked = {"id": first.case_id, "suggestion": "22.11.2026"}
    later = book(cooperation=[row], review=[asked])
    (again,) = impossible.check(later, RuleContext(TODAY + timedelta(days=5)))
    assert again.suggestion == first.suggestion == "2026-11-22"


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [("Leena", "Leena Aho"), ("pertti", "Pertti Oksa"), ("Oksa", ""), ("Le", ""), ("Liisa", "")],
)
def test_one_of_us_is_proposed_by_the_name_that_only_they_have(cell, suggestion):
    ours = [{"owners": name} for name in ("Leena Aho", "Pertti Oksa", "Maija Oksa", "Anna")]
    found = impossible.check(book(cooperation=[{"owner": cell}], choices=ours), RuleContext(TODAY))
    assert [one.suggestion for one in found if one.column == "owner"] == [suggestion]


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


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Tulossa 2 hlö", ("coming", "2")),
        ("tulee +1", ("coming", "2")),
        ("kommer (3 personer)", ("coming", "3")),
        ("2 people coming", ("coming", "2")),
        ("ehkä 4", ("maybe", "4")),
    ],
)
def test_an_answer_with_a_number_of_people(cell, meant):
    (found,) = impossible.check(book(invitations=[{"rsvp": cell}]), RuleContext(TODAY))
    assert (found.suggestion, found.others) == (meant[0], (("party_size", meant[1]),))
    told = book(invitations=[{"rsvp": cell, "party_size": "5"}])
    assert [one.others for one in impossible.check(told, RuleContext(TODAY))] == [()]

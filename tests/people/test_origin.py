"""What a letter says of a source, and the legal ground that can be shown."""

import pytest

from register.people.origin import origin_to_show, shown_basis
from register.people.records import Person
from tests.making import book


def person(**cells):
    (one,) = Person.all(book(people=[{"id": "H-00000", **cells}])).values()
    return one


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Espoon messut 12.3.2026", "Espoon messut 12.3.2026"),
        ("https://www.espoo.fi/yhdistykset?sivu=2", "espoo.fi"),
        ("http://user:secret@espoo.fi/", ""),
        ("www.espoo.fi", "espoo.fi"),
        ("messut, https://kylat.espoo.fi:8080/", "messut, kylat.espoo.fi"),
        ("list.csv 1.1.2026", "list.csv 1.1.2026"),
        ("maija@espoo.fi", ""),
        ("soita https://paha.example nyt", ""),
        ("https://\u0435spoo.fi/", ""),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("messut\u202e", ""),
        ("", ""),
    ],
)
def test_what_a_letter_shows_of_a_source(source, shown):
    assert origin_to_show(person(source=source)) == shown


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"basis": "consent"}, "legitimate_interest"),
        ({"basis": "consent", "consent_on": "2026-01-01"}, "legitimate_interest"),
        ({"basis": "consent", "consent_words": "Saa kutsua: x"}, "legitimate_interest"),
        (
            {"basis": "consent", "consent_on": "2026-01-01", "consent_words": "Saa kutsua: x"},
            "consent",
        ),
        ({"basis": "public_duty"}, "public_duty"),
        ({"basis": ""}, ""),
    ],
)
def test_a_consent_has_a_date_and_words_or_is_none(cells, shown):
    assert shown_basis(person(**cells)) == shown

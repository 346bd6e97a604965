"""A consent has its date and words, and every person a legal basis (GDPR art. 6 and 7(1))."""

import pytest

from register.rules import consent
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        (
            {"people": [{"basis": "consent"}]},
            [("consent_on", "consent-without-date"), ("consent_words", "consent-without-words")],
        ),
        (
            {"people": [{"basis": "consent", "consent_on": "2026-01-01", "consent_words": " "}]},
            [("consent_words", "consent-without-words")],
        ),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(consent, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {
            "people": [
                {"basis": "consent", "consent_on": "2026-01-01", "consent_words": "Saa kutsua: x"}
            ]
        },
        {"people": [{"basis": "public_duty"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(consent, book(**tabs)) == []

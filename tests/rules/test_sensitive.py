"""Free text says nothing of a person's health, beliefs, crimes or like matters (GDPR art. 9, 10)."""

import pytest

from register.rules import RuleContext, sensitive
from tests.making import book
from tests.rules.expecting import TODAY, codes

A = "H-00000"


def person(**cells):
    return {"id": A, "first": "Maija", "last": "Malli", **cells}


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [person(notes="jäi sairauslomalle")]}, [("notes", "sensitive-text")]),
        ({"inbox": [{"text": "Är sjukskriven"}]}, [("text", "sensitive-text")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(sensitive, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [person(notes="Mielenterveysyhdistyksen sihteeri")]},
        {"organisations": [{"name": "Sairaanhoitajat ry", "notes": "sairaus"}]},
        {"people": [person(notes="epäsairas")]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(sensitive, book(**tabs)) == []


def test_the_words_are_the_configurations():
    start = book(people=[person(notes="puhui kissoista")])
    setting = RuleContext(TODAY, sensitive_words=("kissa", "kissoi"))
    assert [finding.detail for finding in sensitive.check(start, setting)] == ["kissoista"]
    assert list(sensitive.check(start, RuleContext(TODAY, sensitive_words=()))) == []

"""``check.py --explain``: every rule in words."""

import json

import pytest

from register.book.errors import UsageError
from register.rules import SAFE, catalogue, nearest, rule_named
from register.show.explain import as_rules_json, explained, listed
from register.words.sentences import Sentences
from tests.rules.planted import cases

SAY = Sentences("en")


@pytest.mark.parametrize("info", catalogue().values(), ids=lambda info: info.code)
def test_a_rule_says_why_and_what_to_do(info):
    text = explained(info, SAY)
    assert all(part in text for part in (info.code, info.why, info.remedy, info.example))
    assert info.why[-1] == "." and info.remedy[-1] == "."
    assert "{" not in text


def test_the_example_of_a_single_cell_is_a_planted_fault():
    known = {}
    for case in cases():
        known.setdefault(case.code, set()).update(case.cells.values())
    for code in (*SAFE, "email-typo", "phone-mangled", "municipality-former", "choice-typo"):
        cell = catalogue()[code].example.partition(" → ")[0]
        if code != "reference-form":
            assert cell in known[code], code


def test_what_is_made_without_asking_proposes_something():
    assert all(catalogue()[code].applicable for code in SAFE)


def test_all_rules_are_listed_and_json_holds_them():
    assert len(listed(SAY).splitlines()) == len(catalogue())
    (rule,) = json.loads(as_rules_json(["email-typo"], SAY))
    assert (rule["code"], rule["severity"], rule["proposes"]) == ("email-typo", "warning", True)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("email-tpyo", "email-typo"), ("phone_form", "phone-form"), ("hetu", None), ("", None)],
)
def test_an_unknown_code_names_the_nearest(typed, first):
    near = nearest(typed)
    assert set(near) <= set(catalogue()) and len(near) <= 3
    assert first is None or near[0] == first
    with pytest.raises(UsageError, match="no rule") as error:
        rule_named(typed)
    assert error.value.exit_code == 2

"""``check.py --explain``: every rule in words."""

import pytest

from register.book.errors import UsageError
from register.rules import SAFE, nearest_codes, rule_catalogue, rule_named
from register.show.explain import explain_rule, list_rules, rule_values
from register.words.sentences import Sentences
from tests.rules.planted import cases

SAY = Sentences("en")


@pytest.mark.parametrize("info", rule_catalogue().values(), ids=lambda info: info.code)
def test_a_rule_says_why_and_what_to_do(info):
    text = explain_rule(info, SAY)
    assert all(part in text for part in (info.code, SAY(info.why), SAY(info.remedy), info.example))
    assert info.why[-1] == "." and info.remedy[-1] == "."
    assert "{" not in text


def test_the_example_of_a_single_cell_is_a_planted_fault():
    known = {}
    for case in cases():
        known.setdefault(case.code, set()).update(case.cells.values())
    for code in (*SAFE, "email-typo", "phone-mangled", "municipality-former", "choice-typo"):
        cell = rule_catalogue()[code].example.partition(" → ")[0]
        if code != "reference-form":
            assert cell in known[code], code


def test_what_is_made_without_asking_proposes_something():
    assert all(rule_catalogue()[code].applicable for code in SAFE)


def test_all_rules_are_listed_and_json_holds_them():
    assert len(list_rules(SAY).splitlines()) == len(rule_catalogue())
    rule = rule_values(rule_catalogue()["email-typo"], SAY)
    assert (rule["code"], rule["severity"], rule["proposes"]) == ("email-typo", "warning", True)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("email-tpyo", "email-typo"), ("phone_form", "phone-form"), ("hetu", None), ("", None)],
)
def test_an_unknown_code_names_the_nearest(typed, first):
    near = nearest_codes(typed)
    assert set(near) <= set(rule_catalogue()) and len(near) <= 3
    assert first is None or near[0] == first
    with pytest.raises(UsageError, match="no rule") as error:
        rule_named(typed)
    assert error.value.exit_code == 2

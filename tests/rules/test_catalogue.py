from string import Formatter

import pytest

from register.rules import RULES, SAFE, RuleContext, findings, rule_catalogue
from register.rules.rule import rule_codes
from tests.making import book
from tests.rules.expecting import TODAY

PLACEHOLDERS = {"cell", "suggestion", "detail", "row", "column"}


def test_every_code_belongs_to_one_rule():
    codes = [info.code for rule in RULES for info in rule_codes(rule.__name__)]
    assert len(codes) == len(set(codes)) == len(rule_catalogue())


@pytest.mark.parametrize("info", rule_catalogue().values(), ids=lambda info: info.code)
def test_a_sentence_is_a_sentence(info):
    names = {name for _, name, _, _ in Formatter().parse(info.sentence) if name}
    assert names <= PLACEHOLDERS
    assert info.sentence[-1] in ".?" and info.code == info.code.lower()


def test_what_is_applied_without_asking_is_form_or_leaves_no_doubt():
    certain = {
        *("municipality-former", "email-marks", "phone-second", "url-no-scheme"),
        "date-year-missing",
    }
    assert set(SAFE) >= certain
    assert all(
        rule_catalogue()[code].severity == "info" and code.endswith("-form")
        for code in set(SAFE) - certain
    )
    assert all(rule_catalogue()[code].applicable for code in SAFE)


def test_an_empty_register_has_nothing_to_say():
    assert findings(book(), RuleContext(TODAY)) == ()


def test_every_rule_says_in_its_docstring_what_it_is():
    for rule in RULES:
        assert rule.__doc__ and rule.__doc__.splitlines()[0].endswith((".", ","))

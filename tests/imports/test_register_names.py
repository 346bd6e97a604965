"""An open register beside ours: a number alone does not say which organisation a row is."""

from datetime import datetime

import pytest

from register.imports.registers import bring_in
from register.intake.registered import RegisterAnswer, Registered
from register.words.sentences import Sentences
from tests.making import book


@pytest.mark.parametrize(
    ("former", "asked"),
    [((), ["Kuopion Kissatalo ry"]), (("Espoon Apu",), ["Kuopion Kissatalo ry", "info@kissat.fi"])],
)
def test_of_a_number_with_another_name_only_the_name_is_asked(former, asked):
    """The row may have the wrong number: another's address is not offered to it."""
    ours = {"name": "Espoon Apu ry", "business_id": "0112038-9", "municipality": "Espoo"}
    theirs = Registered(
        "Kuopion Kissatalo ry", "0112038-9", "049", former=former, email="info@kissat.fi"
    )
    answer = RegisterAnswer("PRH", (theirs,))
    outcome = bring_in(book(organisations=[ours]), answer, datetime(2026, 11, 29), Sentences("fi"))
    told = [change.after for change in outcome.plan.changes if change.column == "suggestion"]
    assert sorted(told) == asked

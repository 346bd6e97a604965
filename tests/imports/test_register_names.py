"""An open register beside ours: a number alone does not say which organisation a row is."""

from datetime import datetime

import pytest

from register.imports.registers import plan_register_rows
from register.intake.registered import RegisterAnswer, RegisteredOrganisation
from register.words.sentences import Sentences
from tests.making import book


@pytest.mark.parametrize(
    ("former", "offered"),
    [((), []), (("Espoon Apu",), ["info@kissat.fi"])],
)
def test_of_a_number_with_another_name_only_the_name_is_asked(former, offered):
    """The row may have the wrong number: another's address is not offered to it."""
    ours = {"id": "O-MYRB1", "name": "Espoon Apu ry", "business_id": "0112038-9", "email": ""}
    theirs = RegisteredOrganisation(
        "Kuopion Kissatalo ry", "0112038-9", "049", former=former, email="info@kissat.fi"
    )
    answer = RegisterAnswer("PRH", (theirs,))
    outcome = plan_register_rows(
        book(organisations=[ours]), answer, datetime(2026, 11, 29), Sentences("fi")
    )
    changes = outcome.plan.changes
    told = [change.after for change in changes if change.column == "suggestion"]
    assert told == ["Kuopion Kissatalo ry"]
    told = [one.after for one in changes if (one.tab, one.column) == ("inbox", "email")]
    assert told == offered

"""The limit of rows that one run may change stops runs, and not what people have decided."""

import pytest

from register.book.change import Change
from register.book.errors import SafetyStop
from register.book.ids import new_id
from register.book.plan import Plan
from register.run.guards import guard_changes
from tests.making import book

IDS = [new_id("O", (str(n),), ()) for n in range(80)]
CASE = "R-0000000000000"
THERE = book(organisations=[{"id": one, "name": one} for one in IDS], review=[{"id": CASE}])


def plan(group, *closing):
    changes = [
        Change("organisations", one, "type", "", "association", "x", group=group) for one in IDS
    ]
    return Plan.of([*changes, *closing], {})


def closes(group, done="2026-11-29T05:00"):
    return Change("review", CASE, "done", "", done, "closed", group=group)


def test_what_lands_with_an_answered_question_does_not_count():
    guard_changes(THERE, plan("case R-1", closes("case R-1")), "30%")


@pytest.mark.parametrize(
    ("group", "closing"),
    [("", ()), ("case R-1", ()), ("", (closes(""),)), ("case R-1", (closes("case R-2"),))],
)
def test_all_else_counts(group, closing):
    with pytest.raises(SafetyStop, match="80"):
        try:
            guard_changes(THERE, plan(group, *closing), "30%")
        except SafetyStop as stop:
            raise SafetyStop(str(stop.values["count"])) from stop

import pytest
from hypothesis import given, strategies as st

from register.book.change import Change
from register.book.errors import UsageError
from register.book.plan import Plan
from tests.making import book

ORG = "O-MYRB1"
CELLS = st.sampled_from(["name", "short", "email", "phone", "notes"])
TEXT = st.text(max_size=6)


@st.composite
def plans(draw):
    """A book with one organisation, and a plan that changes it and adds another."""
    row = {"id": ORG, "name": "a", draw(CELLS): draw(TEXT)}
    start = book(organisations=[row])
    changes = [
        Change("organisations", ORG, key, row.get(key, ""), draw(TEXT), "rule")
        for key in draw(st.sets(CELLS))
    ]
    fresh = {"id": "O-C30J9", "name": "b", **{key: draw(TEXT) for key in draw(st.sets(CELLS))}}
    if draw(st.booleans()):
        changes += [
            Change("organisations", "O-C30J9", key, "", value, "intake", "add")
            for key, value in fresh.items()
        ]
    return start, Plan.of(changes)


@given(plans())
def test_undo_restores_every_live_cell(case):
    start, plan = case
    fits, conflicts = start.verify(plan)
    assert not conflicts
    back = start.with_changes(fits).with_changes(start.with_changes(fits).verify(plan.inverse())[0])
    live = {
        row_id: row
        for row_id, row in back.table("organisations").records().items()
        if row.get("status") != "archived"
    }
    assert live == start.table("organisations").records()


@given(plans())
def test_a_plan_comes_back_from_json(case):
    _, plan = case
    assert Plan.from_json(plan.to_json()) == plan


@given(plans())
def test_the_inverse_of_the_inverse_does_the_same(case):
    start, plan = case
    there = start.with_changes(plan.changes)
    again = there.with_changes(plan.inverse().changes).with_changes(
        plan.inverse().inverse().changes
    )
    assert again.table("organisations") == there.table("organisations")


@given(plans(), st.randoms())
def test_the_order_of_changes_does_not_matter(case, random):
    _, plan = case
    shuffled = list(plan.changes)
    random.shuffle(shuffled)
    assert Plan.of(shuffled) == plan


def test_a_chain_on_one_cell_becomes_one_change():
    first = Change("people", "H-1", "phone", "a", "b", "spaces")
    second = Change("people", "H-1", "phone", "b", "c", "phone-form")
    (only,) = Plan.of([first, second]).changes
    assert (only.before, only.after, only.reason) == ("a", "c", "spaces + phone-form")


def test_there_and_back_is_no_change():
    first = Change("people", "H-1", "phone", "a", "b", "x")
    assert Plan.of([first, Change("people", "H-1", "phone", "b", "a", "y")]).changes == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2}', '{"version":1,"changes":[{}]}'])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(UsageError, match="not a plan"):
        Plan.from_json(text)


def test_rows_are_counted_and_not_their_cells():
    plan = Plan.of(
        [Change("people", "H-1", key, "", "x", "r", "add") for key in ("id", "first")]
        + [Change("people", "H-2", key, "a", "b", "r") for key in ("first", "last")]
    )
    assert plan.counts() == {
        "add": 1, "set": 2, "merge": 0, "retire": 0, "note": 0, "format": 0,
    }  # fmt: skip


def test_a_cell_of_a_merge_stays_part_of_it_whatever_else_changes_it():
    cell = ("people", "H-0JCDN", "phone")
    merged = Change(*cell, "", "040 123 4567", "name", "merge", "merge H-WR637 → H-0JCDN")
    tidied = Change(*cell, "040 123 4567", "+358401234567", "phone-form")
    emptied = Change(*cell, "?", "", "phone-form")
    for one, two in ((merged, tidied), (emptied, merged)):
        (change,) = Plan.of([one, two]).changes
        assert (change.kind, change.reason) == ("merge", merged.reason)
        assert change.group == merged.group


def test_a_note_and_the_dropdown_of_one_cell_are_two_changes():
    cell = ("review", "R-1", "decision")
    both = [Change(*cell, "", "accept", "r", "format"), Change(*cell, "", "why", "r", "note")]
    assert {change.kind: change.after for change in Plan.of(both).changes} == {
        "format": "accept",
        "note": "why",
    }

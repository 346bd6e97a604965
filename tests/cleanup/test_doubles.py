"""Doubles from end to end: merged, regretted after people have edited since, told apart for good."""

import pytest

from register.book.change import Change
from register.cleanup.cleanup import CleanupOptions
from register.cleanup.undo import undo
from register.rules import SAFE
from tests.cleanup.test_cleanup import clean
from tests.making import book

A, B, C = "O-MYRB1", "O-C30J9", "O-0JCDN"
H, K = "H-0JCDN", "H-WR637"
NUMBER = "0112038-9"
ONE = {"id": A, "name": "Espoon Apu ry", "business_id": NUMBER, "municipality": "Espoo",
       "phone": "+358401111111", "email": "info@apu.example", "topics": "nuoret"}  # fmt: skip
TWO = {"id": B, "name": "Espoon apu r.y.", "business_id": NUMBER, "url": "https://apu.example",
       "topics": "vanhat"}  # fmt: skip


def living(there, tab="organisations"):
    return {row_id: row for row_id, row in there.table(tab).rows() if row["status"] != "merged"}


def open_pairs(there):
    return {
        row_id: row
        for row_id, row in there.table("review").rows()
        if row["kind"] == "duplicate" and not row["done"]
    }


def logged(start):
    """Clean, and write Loki's lines as a store does."""
    from register.book.log import log_rows

    there, outcome = clean(start)
    lines = log_rows(outcome.plan.changes, outcome.run, "2026-11-24T12:00", start)
    rows = [{key: value for key, value in line.items() if value} for line in lines]
    told = there.with_changes(
        [
            Change("log", line["id"], key, "", value, "log", kind="add")
            for line in rows
            for key, value in line.items()
        ]
    )
    return told, outcome.run


def test_undo_after_people_have_edited_keeps_their_edits_and_says_so():
    people = [{"id": H, "first": "Maija", "last": "Aalto", "org": f"Espoon apu r.y. · {B}"}]
    start = book(organisations=[ONE, TWO], people=people)
    there, run = logged(start)
    assert set(living(there)) == {A} and there.table("people").cell(H, "org").endswith(A)
    edited = there.with_changes(
        [Change("organisations", A, "topics", "nuoret, vanhat", "musiikki", "hand")]
    )
    plan = undo(edited, run, "20261124-130000.0001")
    fits, conflicts = edited.verify(plan)
    assert {(one.change.row_id, one.change.column, one.found) for one in conflicts} == {
        (A, "topics", "musiikki")
    }
    back = edited.with_changes(fits)
    assert set(living(back)) == {A, B} and back.table("people").cell(H, "org").endswith(B)
    assert back.table("organisations").cell(A, "topics") == "musiikki"
    assert back.table("organisations").cell(A, "url") == ""
    assert set(living(clean(back)[0])) == {A, B}


def test_undo_restores_every_cell_and_reference():
    people = [{"id": H, "first": "Maija", "last": "Aalto", "org": f"Espoon apu r.y. · {B}"}]
    networks = [{"id": "V-MYRB1", "name": "Verkko", "org": f"Espoon apu r.y. · {B}"}]
    start, _ = clean(
        book(organisations=[ONE, {**TWO, "business_id": ""}], people=people, networks=networks)
    )
    numbered = start.with_changes([Change("organisations", B, "business_id", "", NUMBER, "hand")])
    there, run = logged(numbered)
    assert set(living(there)) == {A}
    fits, conflicts = there.verify(undo(there, run, "20261124-130000.0001"))
    back = there.with_changes(fits)
    assert not conflicts
    for tab in ("organisations", "people", "networks"):
        mine, theirs = (dict(one.table(tab).rows()) for one in (back, numbered))
        for rows in (mine, theirs):
            for row in rows.values():
                row.pop("status", None)
        assert mine == theirs


def test_eri_holds_for_a_row_that_the_other_is_merged_into():
    """B is told apart from A; when B becomes C, nobody is asked whether C is A."""
    likely = {"name": "Espoon Lähimmäisapu ry", "municipality": "Espoo"}
    other = {"name": "Espoon Lähimäisapu ry", "municipality": "Espoo"}
    start = book(organisations=[{"id": A, **likely}, {"id": B, **other}])
    there, _ = clean(start)
    (case,) = open_pairs(there)
    there, _ = clean(
        there.with_changes([Change("review", case, "decision", "", "different", "hand")])
    )
    assert open_pairs(there) == {}
    third = [
        Change("organisations", C, key, "", value, "hand", kind="add")
        for key, value in {
            "id": C,
            **other,
            "business_id": NUMBER,
            "phone": "+358401234567",
        }.items()
    ]
    there = there.with_changes(
        [*third, Change("organisations", B, "business_id", "", NUMBER, "hand")]
    )
    there, _ = clean(there)
    assert set(living(there)) == {A, C} and open_pairs(there) == {}


@pytest.mark.parametrize(
    ("way", "tab", "one", "two"),
    [
        ("phone", "people", {"phone": "+358401234567"}, {"phone": "+358401234567"}),
        ("organisation", "people", {"org": f"Apu ry · {A}"}, {"org": f"Apu ry · {A}"}),
        ("site", "organisations", {"url": "https://www.apu.example"}, {"email": "info@apu.example"}),
        ("place", "organisations", {"municipality": "Espoo"}, {"municipality": "Espoo"}),
    ],
)  # fmt: skip
def test_the_configuration_widens_what_is_certain(way, tab, one, two):
    names = {"first": "Maija", "last": "Aalto"} if tab == "people" else {"name": "Lähimmäisapu ry"}
    ids = (H, K) if tab == "people" else (B, C)
    rows = {tab: [{"id": ids[0], **names, **one}, {"id": ids[1], **names, **two}]}
    if tab == "people":
        rows["organisations"] = [{"id": A, "name": "Apu ry"}]
    asked, _ = clean(book(**rows))
    assert len(living(asked, tab)) == 2 and len(open_pairs(asked)) == 1
    merged, _ = clean(book(**rows), CleanupOptions(SAFE, certain=("number", "mailbox", way)))
    assert len(living(merged, tab)) == 1 and open_pairs(merged) == {}


@pytest.mark.parametrize(
    ("way", "one", "two"),
    [
        ("organisation", {"phone": "+358401111111"}, {"phone": "+358402222222"}),
        ("phone", {"phone": "+358401111111", "first": "Maija"}, {"phone": "+358401111111", "first": "Pekka"}),
    ],
)  # fmt: skip
def test_what_says_otherwise_is_not_merged(way, one, two):
    names = {"first": "Maija", "last": "Aalto", "org": f"Apu ry · {A}"}
    rows = [{"id": H, **names, **one}, {"id": K, **names, **two}]
    start = book(people=rows, organisations=[{"id": A, "name": "Apu ry"}])
    merged, _ = clean(start, CleanupOptions(SAFE, certain=("number", "mailbox", way)))
    assert len(living(merged, "people")) == 2


def test_a_large_group_is_asked_about_as_often_as_it_takes():
    rows = [{"name": "Lähimmäisapu ry", "municipality": "Espoo"} for _ in range(9)]
    there, _ = clean(book(organisations=rows))
    assert len(open_pairs(there)) == 8
    case = min(open_pairs(there))
    told = there.with_changes([Change("review", case, "decision", "", "different", "hand")])
    again, _ = clean(told)
    assert case not in open_pairs(again) and len(open_pairs(again)) == 8


@pytest.mark.parametrize("count", [2, 3, 4])
def test_of_a_group_as_few_pairs_are_asked_about_as_hold_it_together(count):
    rows = [{"name": "Lähimmäisapu ry", "municipality": "Espoo"} for _ in range(count)]
    assert len(open_pairs(clean(book(organisations=rows))[0])) == count - 1


def undone(there, target):
    fits, conflicts = there.verify(undo(there, target, "20261124-130000.0001"))
    return there.with_changes(fits), conflicts


THREE = [
    {**ONE, "verified_on": "2026-01-01"},
    {**TWO, "phone": "+358402222222", "verified_on": "2026-02-02"},
    {"id": C, "name": "Espoon Apu", "business_id": NUMBER, "topics": "perheet",
     "phone": "+358403333333", "verified_on": "2026-03-03"},
]  # fmt: skip


@pytest.mark.parametrize("target", [A, B, C])
def test_a_merge_is_taken_back_whole_whichever_of_its_rows_is_named(target):
    people = [{"id": H, "first": "Maija", "last": "Aalto", "org": f"Espoon apu r.y. · {B}"}]
    start, _ = clean(
        book(organisations=[{**row, "business_id": ""} for row in THREE], people=people)
    )
    numbered = start.with_changes(
        [Change("organisations", row, "business_id", "", NUMBER, "hand") for row in (A, B, C)]
    )
    there, _ = logged(numbered)
    (survivor,) = living(there)
    assert set(there.table("organisations").cell(survivor, "topics").split(", ")) == {
        *("nuoret", "vanhat", "perheet")
    }
    back, conflicts = undone(there, target)
    assert not conflicts and set(living(back)) == {A, B, C}
    for row_id, row in numbered.table("organisations").rows():
        assert {**dict(back.table("organisations").row(row_id)), "status": ""} == {
            **row,
            "status": "",
        }
    assert back.table("people").cell(H, "org").endswith(B)


def test_a_merged_row_that_somebody_has_deleted_comes_back_from_loki():
    two = {**TWO, "+Oma": "x", "type": "association"}
    start = book(organisations=[{**ONE, "+Oma": ""}, two])
    there, run = logged(start)
    assert set(living(there)) == {A}
    cells = [
        Change("organisations", B, key, cell, "", "hand")
        for key, cell in there.table("organisations").row(B).items()
        if cell
    ]
    without = there.with_changes(cells)
    assert B not in without.table("organisations")
    back, conflicts = undone(without, run)
    assert not conflicts and set(living(back)) == {A, B}
    assert {k: v for k, v in back.table("organisations").row(B).items() if k in two} == {
        **two,
        "name": "Espoon apu ry",
    }


def test_a_merge_that_was_regretted_is_not_made_again_by_its_old_answer():
    pair = [{"id": row, "name": "Lähimmäisapu ry", "municipality": "Espoo"} for row in (A, B)]
    there, _ = clean(book(organisations=pair))
    (case,) = open_pairs(there)
    merged, _ = logged(there.with_changes([Change("review", case, "decision", "", "same", "hand")]))
    assert len(living(merged)) == 1
    back, _ = undone(merged, A if A not in living(merged) else B)
    for _ in range(2):
        back, outcome = clean(back)
        assert len(living(back)) == 2
    assert not [c for c in outcome.plan.changes if c.kind not in ("note", "format")]

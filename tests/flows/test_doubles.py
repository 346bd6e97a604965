"""Doubles from end to end: merged, regretted after people have edited since, told apart for good."""

import pytest

from register.book.plan import Change
from register.flows.cleanup import Orders
from register.flows.undo import undo
from register.rules import SAFE
from tests.flows.test_cleanup import clean
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
    told = there.applied(
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
    edited = there.applied(
        [Change("organisations", A, "topics", "nuoret, vanhat", "musiikki", "hand")]
    )
    plan = undo(edited, run, "20261124-130000.0001")
    fits, conflicts = edited.verified(plan)
    assert {(one.change.row_id, one.change.column, one.found) for one in conflicts} == {
        (A, "topics", "musiikki")
    }
    back = edited.applied(fits)
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
    numbered = start.applied([Change("organisations", B, "business_id", "", NUMBER, "hand")])
    there, run = logged(numbered)
    assert set(living(there)) == {A}
    fits, conflicts = there.verified(undo(there, run, "20261124-130000.0001"))
    back = there.applied(fits)
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
    there, _ = clean(there.applied([Change("review", case, "decision", "", "different", "hand")]))
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
    there = there.applied([*third, Change("organisations", B, "business_id", "", NUMBER, "hand")])
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
    merged, _ = clean(book(**rows), Orders(SAFE, certain=("number", "mailbox", way)))
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
    merged, _ = clean(start, Orders(SAFE, certain=("number", "mailbox", way)))
    assert len(living(merged, "people")) == 2


def test_a_large_group_is_asked_about_as_often_as_it_takes():
    rows = [{"name": "Lähimmäisapu ry", "municipality": "Espoo"} for _ in range(9)]
    there, _ = clean(book(organisations=rows))
    assert len(open_pairs(there)) == 8
    case = min(open_pairs(there))
    told = there.applied([Change("review", case, "decision", "", "different", "hand")])
    again, _ = clean(told)
    assert case not in open_pairs(again) and len(open_pairs(again)) == 8


@pytest.mark.parametrize("count", [2, 3, 4])
def test_of_a_small_group_every_pair_is_asked_about(count):
    rows = [{"name": "Lähimmäisapu ry", "municipality": "Espoo"} for _ in range(count)]
    assert len(open_pairs(clean(book(organisations=rows))[0])) == count * (count - 1) // 2

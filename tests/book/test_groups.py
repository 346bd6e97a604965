import json

from hypothesis import given, strategies as st

from register.book.change import Change
from register.book.groups import (
    dependent_changes,
    indivisible_lists,
    legacy_reason,
    parse_legacy_reason,
)
from register.book.log import log_entries
from register.book.plan import Plan
from register.cleanup.undo import undo
from tests.making import book

ORG, OTHER, PERSON, CARD = "O-MYRB1", "O-C30J9", "H-0JCDN", "S-6ZS7M"


def added(tab, row_id, group="", **cells):
    return [
        Change(tab, row_id, key, "", value, "intake", "add", group)
        for key, value in {"id": row_id, **cells}.items()
    ]


def test_all_of_an_added_row_is_a_group_and_groups_that_share_a_row_are_one():
    plan = Plan.of(
        [
            *added("organisations", ORG, name="Seura ry"),
            Change("people", PERSON, "role", "", "pj", "r", "set", "b"),
            Change("people", PERSON, "phone", "", "1", "r", "set", "a"),
            Change("organisations", OTHER, "name", "x", "y", "r", "set", "b"),
            Change("people", PERSON, "email", "", "e", "r"),
        ]
    )
    groups = {change.cell: change.group for change in plan.changes}
    assert {groups["organisations", ORG, key] for key in ("id", "name")} == {f"add {ORG}"}
    assert groups["people", PERSON, "role"] == groups["people", PERSON, "phone"] == "a"
    assert groups["organisations", OTHER, "name"] == "a"
    assert groups["people", PERSON, "email"] == ""


def test_what_names_a_row_that_does_not_come_does_not_come_either():
    plan = Plan.of(
        [
            *added("organisations", ORG, name="Seura ry"),
            *added("people", PERSON, "intake", first="Maija", org=f"Seura ry · {ORG}"),
            Change("inbox", CARD, "result", "", f"uusi {PERSON}", "intake", "set", "intake"),
            Change("inbox", CARD, "text", "", "hei", "r"),
        ]
    )
    now = book(inbox=[{"id": CARD, "name": "Maija Malli"}])
    assert len(now.verify(plan)[0]) == len(plan.changes)
    taken = book(organisations=[{"id": ORG, "name": "x"}], inbox=[{"id": CARD, "name": "M"}])
    fits, conflicts = taken.verify(plan)
    assert [change.column for change in fits] == ["text"]
    assert len(conflicts) == len(plan.changes) - 1


def test_a_row_comes_without_what_names_it():
    plan = Plan.of(
        [
            *added("organisations", ORG, name="Seura ry"),
            *added("people", PERSON, "intake", first="Maija", org=f"Seura ry · {ORG}"),
            Change("inbox", CARD, "result", "", f"uusi {PERSON}", "intake", "set", "intake"),
        ]
    )
    fits, _ = book(inbox=[{"id": CARD, "result": "kysytään"}]).verify(plan)
    assert {change.row_id for change in fits} == {ORG}


GROUPS = st.sampled_from(["", "", "a", "b", "c"])
ROWS = st.sampled_from(["H-MFXCS", "H-0JCDN", "H-WR637"])
CHANGES = st.lists(
    st.builds(
        lambda row, group, kind, names: Change(
            "people",
            row,
            "id" if kind == "add" else "notes",
            "",
            row if kind == "add" else names,
            "r",
            kind,
            group,
        ),
        ROWS,
        GROUPS,
        st.sampled_from(["add", "set"]),
        ROWS,
    ),
    max_size=12,
)


@given(CHANGES)
def test_lists_that_are_written_one_by_one_never_split_a_group_nor_name_what_is_not_there(changes):
    plan = Plan.of(changes).changes
    lists = indivisible_lists(plan)
    assert sorted(change for one in lists for change in one) == sorted(plan)
    there = set()
    to_come = {change.row_id for change in plan if change.kind == "add"}
    for one in lists:
        there |= {change.row_id for change in one if change.kind == "add"}
        named = {change.after for change in one} & to_come
        assert named <= there
    for name in {change.group for change in plan} - {""}:
        assert sum(any(change.group == name for change in one) for one in lists) == 1


@given(CHANGES, st.integers(0, 11))
def test_what_is_torn_leaves_whole_groups_behind(changes, number):
    plan = Plan.of(changes).changes
    failed = plan[number : number + 1]
    left_out = dependent_changes(plan, failed)
    kept = [change for change in plan if change not in left_out]
    assert set(failed) <= left_out
    gone = {change.row_id for change in left_out if change.kind == "add"}
    assert not {change.group for change in kept} & ({change.group for change in left_out} - {""})
    assert not gone & {change.after for change in kept}


@given(
    st.sampled_from(["merge H-WR637 → H-0JCDN", "case R-1", ""]),
    st.lists(st.sampled_from(["name", "mailbox"]), min_size=1),
)
def test_a_group_is_kept_in_a_reason_where_there_is_no_column_for_it(group, evidence):
    reason = " + ".join(evidence)
    assert parse_legacy_reason(legacy_reason(reason, group)) == (reason, group)


MERGED = "merge H-WR637 → H-0JCDN: name, mailbox"
MERGED_TOO = "merge H-MFXCS → H-0JCDN: decided"
SAVED_BEFORE = [
    ("H-0JCDN", "role", "", "sihteeri", MERGED, "merge"),
    ("H-0JCDN", "phone", "", "+358401234567", MERGED, "merge"),
    ("H-MFXCS", "status", "", "merged", MERGED_TOO, "merge"),
    ("H-MFXCS", "merged_into", "", "Maija Malli · H-0JCDN", MERGED_TOO, "merge"),
    ("H-MFXCS", "hidden", "", "1", MERGED_TOO, "format"),
    ("H-WR637", "status", "", "merged", MERGED, "merge"),
    ("H-WR637", "merged_into", "", "Maija Malli · H-0JCDN", MERGED, "merge"),
    ("H-WR637", "hidden", "", "1", MERGED, "format"),
]
"""A plan as the version before groups saved it, without the tab and the names of its fields."""

LOKI_BEFORE = [
    ("H-0JCDN", "Tehtävä", "", "sihteeri", MERGED, "L-7S0CE"),
    ("H-0JCDN", "Puhelin", "", "+358401234567", MERGED, "L-YNH7R"),
    (
        "H-MFXCS", "⇄", '{"id": "H-MFXCS", "first": "M.", "last": "Malli", "role": "pj"}',
        '{"status": "yhdistetty", "merged_into": "Maija Malli · H-0JCDN"}', MERGED_TOO, "L-ZTKNE",
    ),
    (
        "H-WR637", "⇄",
        '{"id": "H-WR637", "first": "Maija", "last": "Malli", "role": "sihteeri", "phone": "+358401234567"}',
        '{"status": "yhdistetty", "merged_into": "Maija Malli · H-0JCDN"}', MERGED, "L-DMJ96",
    ),
]  # fmt: skip
"""The lines of Loki that it wrote of the same plan."""

PEOPLE = [
    {"id": "H-0JCDN", "first": "Maija", "last": "Malli", "email": "maija@yhdistys.example"},
    {
        "id": "H-WR637",
        "first": "Maija",
        "last": "Malli",
        "phone": "+358401234567",
        "role": "sihteeri",
    },
    {"id": "H-MFXCS", "first": "M.", "last": "Malli", "role": "pj"},
]


def saved_before():
    fields = ("row_id", "column", "before", "after", "reason", "kind")
    changes = [{"tab": "people", **dict(zip(fields, row, strict=True))} for row in SAVED_BEFORE]
    return Plan.from_json(json.dumps({"version": 1, "changes": changes, "witnesses": []}))


def test_a_plan_of_the_version_before_merges_whole_or_not_at_all():
    plan = saved_before()
    assert len(book(people=PEOPLE).verify(plan)[0]) == len(SAVED_BEFORE)
    edited = [{**PEOPLE[0], "phone": "09 123"}, *PEOPLE[1:]]
    fits, conflicts = book(people=edited).verify(plan)
    assert {change.row_id for change in fits} == {"H-MFXCS"}
    assert len(conflicts) == sum(row[4] == MERGED for row in SAVED_BEFORE)


def loki_before():
    keys = ("row", "col", "old", "new", "why", "id")
    same = {"tab": "Yhteyshenkilöt", "run": "20261101-080000.0001", "at": "2026-11-01T08:00"}
    return [{**same, **dict(zip(keys, row, strict=True))} for row in LOKI_BEFORE]


def test_a_merge_of_the_version_before_is_undone_whole():
    start = book(people=PEOPLE)
    merged = start.with_changes(saved_before().changes)
    there = type(start)({**merged.tables, "log": book(log=loki_before()).table("log")}, "fi")
    assert {entry.changes[0].reason for entry in log_entries(there)} == {
        "name + mailbox",
        "decided",
    }
    for row_id in ("H-0JCDN", "H-WR637", "H-MFXCS"):
        back = there.with_changes(undo(there, row_id, "20261102-080000.0001").changes)
        assert back.table("people").records() == start.table("people").records()
        assert all(line["undone"] for _, line in back.table("log").rows())

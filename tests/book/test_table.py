from hypothesis import given, strategies as st

from register.book.change import Change
from register.book.plan import Plan
from register.book.row_ids import row_digest
from register.book.schema import schema
from register.book.table import Table
from tests.making import book, table

A, B = "O-MYRB1", "O-C30J9"


def test_blank_rows_are_left_out_and_numbers_kept():
    tab = schema().tab("organisations")
    found = Table.of(tab, ["id", "name"], [(2, ["", ""]), (5, [A, "x"]), (9, ["", "y"])])
    assert found.numbers == {A: 5, "#9": 9}


def test_of_two_rows_with_one_id_the_upper_keeps_it():
    found = table("organisations", [{"id": A, "name": "x"}, {"id": A, "name": "y"}])
    assert found.cell(A, "name") == "x" and found.cell("#3", "name") == "y"


def test_of_two_rows_with_one_id_the_known_one_keeps_it():
    tab = schema().tab("organisations")
    known = row_digest(tab, {"id": A, "name": "y"})
    rows = [(2, [A, "x"]), (3, [A, "y"])]
    found = Table.of(tab, ["id", "name"], rows, knows=lambda _tab, _id: known)
    assert found.cell(A, "name") == "y" and found.cell("#2", "name") == "x"


def test_a_mistyped_id_is_no_id():
    found = table("organisations", [{"id": "O-MYRB2", "name": "x"}])
    assert list(found.numbers) == ["#2"]


def change(row, column, before, after, kind="set", group=""):
    return Change("organisations", row, column, before, after, "r", kind, group)


def test_a_cell_that_was_edited_meanwhile_is_left_out():
    now = book(organisations=[{"id": A, "name": "edited", "short": "s"}])
    plan = Plan.of([change(A, "name", "old", "new"), change(A, "short", "s", "t")])
    fits, conflicts = now.verify(plan)
    assert [c.column for c in fits] == ["short"]
    assert [(c.change.column, c.found) for c in conflicts] == [("name", "edited")]


def test_a_formula_is_never_written():
    plain = table("organisations", [{"id": A, "name": ""}], formulas=[(2, "name")])
    now = book()
    now = type(now)({**now.tables, "organisations": plain}, "fi")
    fits, conflicts = now.verify(Plan.of([change(A, "name", "", "x")]))
    assert not fits and conflicts[0].found == "formula"


def test_a_merge_is_made_whole_or_not_at_all():
    now = book(organisations=[{"id": A, "name": "x"}, {"id": B, "name": "edited"}])
    plan = Plan.of(
        [change(A, "short", "", "s", "merge", "m"), change(B, "name", "y", "", "merge", "m")]
    )
    fits, conflicts = now.verify(plan)
    assert not fits and len(conflicts) == 2


def test_an_added_row_is_added_whole_or_not_at_all():
    now = book(organisations=[{"id": A, "name": "x"}])
    plan = Plan.of([change(A, "name", "", "z", "add"), change(A, "short", "", "s", "add")])
    fits, conflicts = now.verify(plan)
    assert not fits and len(conflicts) == 2


@given(st.integers(0, 3))
def test_a_row_without_id_is_found_where_it_has_moved(rows_above):
    before = book(organisations=[{"name": "uusi"}])
    plan = Plan.of(
        [change("#2", "id", "", B), change(B, "short", "", "u")],
        {("organisations", "#2"): before.table("organisations").witness("#2")},
    )
    above = [{"id": "", "name": f"toinen {n}"} for n in range(rows_above)]
    now = book(organisations=[*above, {"name": "uusi"}])
    fits, conflicts = now.verify(plan)
    assert not conflicts
    after = now.with_changes(fits).table("organisations")
    assert after.row(B)["name"] == "uusi" and after.row(B)["short"] == "u"
    assert after.numbers[B] == 2 + rows_above


def test_a_row_without_id_that_was_edited_is_a_conflict_with_all_that_hangs_on_it():
    before = book(organisations=[{"name": "uusi"}])
    plan = Plan.of(
        [change("#2", "id", "", B), change(B, "short", "", "u")],
        {("organisations", "#2"): before.table("organisations").witness("#2")},
    )
    fits, conflicts = book(organisations=[{"name": "muutettu"}]).verify(plan)
    assert not fits and len(conflicts) == 2


def test_a_row_is_called_by_its_name():
    now = book(
        organisations=[{"id": A, "name": "EJY ry"}],
        people=[{"id": "H-1234K", "first": "Maija", "last": "Malli"}],
    )
    assert now.reference("organisations", A) == f"EJY ry · {A}"
    assert now.row_name("people", next(iter(now.table("people").numbers))) == "Maija Malli"
    assert now.row_name("people", "H-none") == "H-none"


def test_rows_compare_by_content_and_not_by_order():
    rows = [{"id": A, "name": "x"}, {"id": B, "name": "y"}]
    assert table("organisations", rows) == table("organisations", rows[::-1])
    assert table("organisations", rows) != table("organisations", rows[:1])

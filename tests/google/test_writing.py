"""Writing while people edit: nothing of theirs is lost, nothing is written twice or crossed."""

from datetime import datetime

import pytest

from register.book.ids import new_id
from register.book.log import log_rows
from register.book.plan import Change, Plan
from register.errors import TemporaryFailure, UsageError, VerkostoError
from register.stores import google_writing
from register.stores.google_http import LostReply
from tests.google_desk import GoogleDesk
from tests.sheets_server import Fault, SheetsServer, page, refused

NOW = datetime(2026, 3, 2, 9, 30)
TAB = "Organisaatiot"


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


IDS = [new_id("O", (str(number),), ()) for number in range(80)]


def added(number, name):
    row_id = IDS[number]
    return [
        Change("organisations", row_id, "id", "", row_id, "test", "add"),
        Change("organisations", row_id, "name", "", name, "test", "add"),
    ]


def is_write(request):
    return request.path.endswith(":batchUpdate")


@pytest.fixture
def desk(tmp_path):
    with SheetsServer() as server:
        desk = GoogleDesk(server, tmp_path)
        changes = [c for n in range(5) for c in added(n, f"Seura {n} ry")]
        desk.store.write(Plan.of(changes), lines)
        desk.store.read()
        yield desk


def names(desk):
    table = desk.another_store().read().table("organisations")
    return {row_id: row["name"] for row_id, row in table.rows()}


def shorts(desk):
    table = desk.another_store().read().table("organisations")
    return {row_id: row["short"] for row_id, row in table.rows() if row["short"]}


def short(number, value):
    return Change("organisations", IDS[number], "short", "", value, "test")


BEFORE = {IDS[n]: f"Seura {n} ry" for n in range(5)}

MOVES = {
    "sorted": lambda p: p.sort(TAB, "B", down=True),
    "inserted": lambda p: p.insert_rows(TAB, 2, 3),
    "deleted": lambda p: p.delete_rows(TAB, 2),
    "moved": lambda p: p.move_rows(TAB, 2, 1, 5),
}


@pytest.mark.parametrize("move", MOVES)
def test_rows_that_moved_before_the_last_look_are_found_by_their_ids(desk, move):
    MOVES[move](desk.person)
    written = desk.store.write(Plan.of([short(3, "S3"), short(4, "S4")]), lines)
    assert not written.conflicts
    assert shorts(desk) == {IDS[3]: "S3", IDS[4]: "S4"}


@pytest.mark.parametrize("move", MOVES)
def test_what_landed_in_a_row_that_moved_is_put_back(desk, move):
    before = names(desk)
    desk.server.before(is_write, lambda: MOVES[move](desk.person))
    written = desk.store.write(Plan.of([short(2, "S2"), short(4, "S4")]), lines)
    after = names(desk)
    assert after == {row: name for row, name in before.items() if row in after}
    assert set(shorts(desk).items()) <= {(IDS[2], "S2"), (IDS[4], "S4")}
    missed = {conflict.change.row_id for conflict in written.conflicts}
    assert missed == {IDS[2], IDS[4]} - shorts(desk).keys()
    logged = {
        row["row"]
        for _, row in desk.another_store().read().table("log").rows()
        if row["new"][:1] == "S"
    }
    assert logged == set(shorts(desk))
    again = [short(n, f"S{n}") for n in (2, 4) if IDS[n] in missed]
    assert not desk.another_store().write(Plan.of(again), lines).conflicts
    assert shorts(desk) == {IDS[2]: "S2", IDS[4]: "S4"}


@pytest.mark.parametrize("move", MOVES)
def test_an_id_given_to_a_row_that_moved_is_taken_back(desk, move):
    for row, name in ((7, "Uusi seura ry"), (8, "Toinen seura ry")):
        desk.person.type(*desk.cell("organisations", row, "name"), name)
    seen = desk.store.read().table("organisations")
    changes = [
        Change("organisations", "#7", "id", "", IDS[71], "test"),
        Change("organisations", "#8", "id", "", IDS[72], "test"),
    ]
    witnesses = {("organisations", row): seen.witness(row) for row in ("#7", "#8")}
    desk.server.before(is_write, lambda: MOVES[move](desk.person))
    desk.store.write(Plan.of(changes, witnesses), lines)
    wanted = {IDS[71]: "Uusi seura ry", IDS[72]: "Toinen seura ry", **BEFORE}
    for row_id, name in names(desk).items():
        assert row_id.startswith("#") or wanted[row_id] == name
    assert len(names(desk)) == (7 if move != "deleted" else 6)


def test_a_cell_edited_at_the_last_moment_is_overwritten_by_nobody_twice(desk):
    where = _at(desk, IDS[1], "short")
    desk.server.before(0, lambda: desk.person.type(*where, "omani"))
    written = desk.store.write(Plan.of([short(1, "S1")]), lines)
    assert [conflict.found for conflict in written.conflicts] == ["omani"]
    assert shorts(desk) == {IDS[1]: "omani"}


def test_a_formula_is_never_overwritten(desk):
    tab, cell = _at(desk, IDS[1], "short")
    value = {"userEnteredValue": {"formulaValue": '=""'}}
    area = desk.person._area(tab, cell)
    request = {"range": area, "rows": [{"values": [value]}], "fields": "userEnteredValue"}
    desk.person.do({"updateCells": request})
    written = desk.store.write(Plan.of([short(1, "S1")]), lines)
    assert [conflict.found for conflict in written.conflicts] == ["formula"]


def test_notes_colours_and_dropdowns_of_people_stay(desk):
    tab, cell = _at(desk, IDS[1], "short")
    desk.person.note(tab, cell, "kysy Maijalta")
    desk.store.write(Plan.of([short(1, "S1")]), lines)
    sheet = desk.sheet.titled(tab)
    area = desk.sheet.area(f"{tab}!{cell}")
    held = sheet.cell(area.top, area.left)
    assert held["note"] == "kysy Maijalta"
    assert held["userEnteredValue"] == {"stringValue": "S1"}


def test_a_lost_reply_is_looked_up_and_nothing_is_appended_twice(desk):
    desk.server.fault(is_write, Fault(lost=True))
    written = desk.store.write(Plan.of(added(7, "Uusi seura ry")), lines)
    assert len(written.changes) == 2
    assert list(names(desk).values()).count("Uusi seura ry") == 1
    assert len(desk.another_store().read().table("log")) == 6


def test_half_a_reply_is_no_reply(desk):
    desk.server.fault(is_write, Fault(cut=True))
    desk.store.write(Plan.of(added(7, "Uusi seura ry")), lines)
    assert list(names(desk).values()).count("Uusi seura ry") == 1


@pytest.mark.parametrize(
    "fault", [refused(500), refused(503), page(502), refused(429, Retry_After="3")]
)
def test_a_write_that_was_refused_is_tried_again(desk, fault):
    desk.server.fault(is_write, fault, times=2)
    desk.store.write(Plan.of([*added(7, "Uusi seura ry"), short(1, "S1")]), lines)
    assert list(names(desk).values()).count("Uusi seura ry") == 1
    assert shorts(desk) == {IDS[1]: "S1"}


@pytest.mark.parametrize("fault", [refused(500), refused(429), page(503)])
def test_a_google_that_stays_away_ends_the_run_with_nothing_written(desk, fault):
    before = names(desk)
    desk.server.fault(is_write, fault, times=99)
    with pytest.raises(TemporaryFailure) as away:
        desk.store.write(Plan.of([*added(7, "Uusi seura ry"), short(1, "S1")]), lines)
    assert away.value.exit_code == 75
    assert not isinstance(away.value, LostReply)
    assert sum(desk.waits) <= 600
    assert len([r for r in desk.server.requests if is_write(r.request)]) <= 3 + 5
    assert names(desk) == before


def test_a_connection_that_broke_before_is_not_tried_blindly(desk):
    desk.server.fault(is_write, Fault(dropped=True))
    with pytest.raises(LostReply):
        desk.store.write(Plan.of(added(7, "Uusi seura ry")), lines)
    assert "Uusi seura ry" not in names(desk).values()
    desk.another_store().write(Plan.of(added(7, "Uusi seura ry")), lines)
    assert list(names(desk).values()).count("Uusi seura ry") == 1


def test_a_protected_range_is_said_and_nothing_is_written(desk):
    tab, cell = _at(desk, IDS[1], "short")
    desk.person.protect(tab, cell)
    with pytest.raises(UsageError) as refusal:
        desk.store.write(Plan.of([short(1, "S1"), *added(7, "Uusi seura ry")]), lines)
    assert "protected" in refusal.value.message
    assert "Uusi seura ry" not in names(desk).values()


@pytest.mark.parametrize(("role", "said"), [("reader", "may read"), (None, "not shared")])
def test_who_may_not_edit_is_told_whom_to_ask(desk, role, said):
    desk.sheet.share("robot@project.iam.example", role)
    with pytest.raises(VerkostoError) as refusal:
        desk.store.write(Plan.of([short(1, "S1")]), lines)
    assert said in refusal.value.message
    assert refusal.value.values["account"] == "robot@project.iam.example"


def test_a_tab_renamed_at_the_last_moment_stops_the_write(desk):
    desk.person.rename_tab(TAB, "Vanhat")
    with pytest.raises(VerkostoError) as drift:
        desk.store.write(Plan.of([short(1, "S1")]), lines)
    assert drift.value.exit_code == 4


def test_large_writes_are_split_and_each_part_is_true_by_itself(desk, monkeypatch):
    monkeypatch.setattr(google_writing, "LARGEST", 6000)
    changes = [c for n in range(10, 60) for c in added(n, f"Seura {n} ry")]
    desk.server.fault(lambda r: is_write(r) and _count(desk) >= 3, refused(500), times=99)
    with pytest.raises(TemporaryFailure):
        desk.store.write(Plan.of(changes), lines)
    book = desk.another_store().read()
    there = {row_id for row_id in book.table("organisations").numbers if row_id not in BEFORE}
    logged = {row["row"] for _, row in book.table("log").rows()} - set(BEFORE)
    assert there == logged
    assert 0 < len(there) < 50
    assert all(
        len(str(r.request.body)) < 9000 for r in desk.server.requests[-8:] if is_write(r.request)
    )
    ids = [line for line, _ in book.table("log").rows()]
    assert len(ids) == len(set(ids))


def test_what_is_written_in_parts_is_what_is_written_at_once(desk, monkeypatch):
    changes = [c for n in range(10, 60) for c in added(n, f"Seura {n} ry")] + [short(1, "S1")]
    monkeypatch.setattr(google_writing, "LARGEST", 9000)
    written = desk.store.write(Plan.of(changes), lines)
    assert set(written.changes) == set(Plan.of(changes).changes)
    assert len(names(desk)) == 55


def _count(desk):
    return sum(is_write(handled.request) for handled in desk.server.requests) - 2


def _at(desk, row_id, column):
    table = desk.another_store().read().table("organisations")
    return desk.cell("organisations", table.numbers[row_id], column)

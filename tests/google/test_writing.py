"""Writing while people edit: nothing of theirs is lost, nothing is written twice or crossed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from register.book.change import Change
from register.book.errors import TemporaryFailure, UsageError, VerkostoError
from register.book.ids import new_id
from register.book.log import log_entries, log_rows
from register.book.outcome import Outcome
from register.book.plan import Plan
from register.review.astray import open_astray_questions
from register.review.life_cycle import settle_questions
from register.review.orders import carry_out
from register.run.apply_plan import apply_plan
from register.state.journal import SqliteJournal
from register.stores import google_writing
from register.stores.google_http import TRIES, LostReply
from register.words.sentences import Sentences
from tests.google_desk import GoogleDesk
from tests.sheets_server import Fault, SheetsServer, page, refused

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
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


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A server, and a register with five rows that each test begins with a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        changes = [c for n in range(5) for c in added(n, f"Seura {n} ry")]
        desk.store.write(Plan.of(changes), lines)
        yield server, folder, desk.sheet


@pytest.fixture
def desk(register):
    server, folder, like = register
    server.calm()
    desk = GoogleDesk(server, folder, like=like)
    desk.store.read()
    server.requests.clear()
    return desk


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


def test_what_somebody_types_between_our_last_look_and_the_write_is_put_back(desk):
    where = _at(desk, IDS[1], "short")
    desk.server.before(is_write, lambda: desk.person.type(*where, "omani"))
    written = desk.store.write(Plan.of([short(1, "S1"), short(2, "S2")]), lines)
    assert [(c.change.row_id, c.found) for c in written.conflicts] == [(IDS[1], "omani")]
    assert shorts(desk) == {IDS[1]: "omani", IDS[2]: "S2"}
    log = desk.another_store().read().table("log")
    told = [
        (row["row"], row["old"], row["new"]) for _, row in log.rows() if row["col"] == "Lyhenne"
    ]
    assert sorted(told) == sorted([(IDS[1], "S1", "omani"), (IDS[2], "", "S2")])
    assert not [sheet.title for sheet in desk.sheet.sheets if sheet.title.startswith("⚙")]


def test_a_date_or_a_formula_that_somebody_types_then_is_put_back_as_it_was(desk):
    tab, at = _at(desk, IDS[1], "short")
    tab, other = _at(desk, IDS[2], "short")

    def types():
        desk.person.type(tab, at, "24.12.2026")
        desk.person.do(
            {
                "updateCells": {
                    "range": desk.person._area(tab, other),
                    "rows": [{"values": [{"userEnteredValue": {"formulaValue": "=B4"}}]}],
                    "fields": "userEnteredValue",
                }
            }
        )

    sheet = desk.sheet.titled(tab)
    area = desk.sheet.area(f"{tab}!{at}")
    desk.server.before(is_write, types)
    desk.store.write(Plan.of([short(1, "S1"), short(2, "S2")]), lines)
    held = desk.sheet.titled(tab).cell(area.top, area.left)
    assert held["userEnteredValue"] != {"stringValue": "S1"} and sheet.sheet_id
    assert desk.person.value(tab, at) == "24.12.2026"
    area = desk.sheet.area(f"{tab}!{other}")
    held = desk.sheet.titled(tab).cell(area.top, area.left)
    assert held["userEnteredValue"] == {"formulaValue": "=B4"}


def noting(number, text):
    return Change("organisations", IDS[number], "short", "", text, "test", "note")


def test_a_note_that_somebody_edits_between_our_last_look_and_the_write_is_put_back(desk):
    tab, at = _at(desk, IDS[1], "short")
    desk.person.note(tab, at, "kysy Maijalta")
    desk.server.before(is_write, lambda: desk.person.note(tab, at, "kysy Liisalta"))
    written = desk.store.write(Plan.of([noting(1, "Outo"), short(1, "S1")]), lines)
    assert not written.conflicts and not written.astray
    assert desk.person.note_of(tab, at) == "kysy Liisalta\n\n⚙ Verkosto\nOuto"
    assert shorts(desk) == {IDS[1]: "S1"}
    log = desk.another_store().read().table("log")
    (told,) = [row for _, row in log.rows() if row["col"] == "✎ Lyhenne"]
    assert (told["row"], told["old"], told["new"]) == (IDS[1], "Outo", "kysy Liisalta")
    assert not [e for e in log_entries(desk.store.read()) if e.line == told["id"]]


def test_a_note_and_a_value_that_somebody_edits_then_are_both_put_back(desk):
    tab, at = _at(desk, IDS[1], "short")

    def edits():
        desk.person.note(tab, at, "kysy Liisalta")
        desk.person.type(tab, at, "omani")

    desk.server.before(is_write, edits)
    written = desk.store.write(Plan.of([noting(1, "Outo"), short(1, "S1")]), lines)
    assert [c.found for c in written.conflicts] == ["omani"]
    assert desk.person.note_of(tab, at) == "kysy Liisalta\n\n⚙ Verkosto\nOuto"
    assert shorts(desk) == {IDS[1]: "omani"}


def test_a_note_that_landed_in_a_row_that_moved_gives_way_to_the_one_that_was_there(desk):
    tab, at = _at(desk, IDS[0], "short")
    column = at.rstrip("2")
    for row in range(2, 7):
        desk.person.note(tab, f"{column}{row}", f"rivi {row}")
    desk.server.before(is_write, lambda: desk.person.sort(TAB, "B", down=True))
    written = desk.store.write(Plan.of([noting(1, "Outo")]), lines)
    assert len(written.conflicts) == 1 and not written.astray
    there = [desk.person.note_of(tab, f"{column}{row}") for row in range(2, 7)]
    assert there == [f"rivi {row}" for row in (6, 5, 4, 3, 2)]


def test_a_group_of_which_one_cell_was_typed_over_is_taken_back_whole(desk):
    where = _at(desk, IDS[1], "short")
    group = [
        Change("organisations", IDS[1], "short", "", "S1", "test", group="g"),
        Change("organisations", IDS[2], "short", "", "S2", "test", group="g"),
        *(
            Change("people", "H-0JCDN", key, "", value, "test", "add", "g")
            for key, value in (("id", "H-0JCDN"), ("last", "Malli"))
        ),
    ]
    desk.server.before(is_write, lambda: desk.person.type(*where, "omani"))
    written = desk.store.write(Plan.of([*group, short(3, "S3")]), lines)
    assert {conflict.change.group for conflict in written.conflicts} == {"g"}
    assert len(written.conflicts) == len(group)
    assert shorts(desk) == {IDS[1]: "omani", IDS[3]: "S3"}
    book = desk.another_store().read()
    assert not len(book.table("people"))
    told = {row["row"] for _, row in book.table("log").rows()}
    assert "H-0JCDN" not in told and IDS[2] not in {
        row["row"] for _, row in book.table("log").rows() if row["new"] == "S2"
    }


def test_cells_that_cannot_be_put_right_are_asked_about_in_tarkista(desk, tmp_path):
    book = desk.store.read()
    start = len(desk.server.requests)
    desk.server.before(is_write, lambda: desk.person.sort(TAB, "B", down=True))

    def looks_after_the_write(request):
        sent = desk.server.requests[start:]
        return not is_write(request) and any(is_write(one.request) for one in sent)

    desk.server.fault(looks_after_the_write, refused(503), times=4 * TRIES)
    plan = Plan.of([short(1, "S1")])
    written = apply_plan(desk.store, SqliteJournal(tmp_path), NOW, book, plan, "cleanup")
    cell, line = sorted(written.astray, key=lambda one: one.tab != "organisations")
    assert (line.tab, line.row_id, line.header) == ("log", line.holds, "")
    assert (cell.row_id, cell.header, cell.holds, cell.before) == (IDS[3], "Lyhenne", "S1", "")
    assert Outcome("cleanup", book, applied=True, written=written).exit_code("never") == 1
    there = desk.another_store().read()
    asked, other = sorted(
        (row for _, row in there.table("review").rows()), key=lambda row: "S1" not in row["message"]
    )
    assert asked["kind"] == "astray" and IDS[3] in asked["link"] and "Loki" in other["message"]

    def closed(book):
        say, asked = Sentences("fi"), open_astray_questions(book)
        made = carry_out(book, asked, say)
        return [
            (c.row_id, c.column)
            for c in settle_questions(book, asked, made, "2026-11-28T09:00", say)
        ]

    assert not closed(there)
    case = asked["id"]
    decided = there.with_changes([Change("review", case, "decision", "", "accept", "hand")])
    assert closed(decided) == [(case, "done")]


def test_a_hidden_tab_that_a_run_left_behind_is_taken_away_by_the_next(desk):
    desk.person.add_tab("⚙ 7")
    desk.person.do(
        {
            "updateSheetProperties": {
                "properties": {"sheetId": desk.sheet.titled("⚙ 7").sheet_id, "title": "x"},
                "fields": "title",
            }
        },
        {"addSheet": {"properties": {"sheetId": 77, "title": "⚙ 77", "hidden": True}}},
    )
    desk.another_store().write(Plan.of([short(1, "S1")]), lines)
    titles = [sheet.title for sheet in desk.sheet.sheets]
    assert "x" in titles and "⚙ 77" not in titles


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
    assert len([r for r in desk.server.requests if is_write(r.request)]) <= 5
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
    monkeypatch.setattr(google_writing, "LARGEST_WRITE", 6000)
    changes = [c for n in range(10, 60) for c in added(n, f"Seura {n} ry")]
    desk.server.fault(lambda r: is_write(r) and _count(desk) >= 2, refused(500), times=99)
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
    monkeypatch.setattr(google_writing, "LARGEST_WRITE", 9000)
    written = desk.store.write(Plan.of(changes), lines)
    assert set(written.changes) == set(Plan.of(changes).changes)
    assert len(names(desk)) == 55


def _count(desk):
    return sum(is_write(handled.request) for handled in desk.server.requests)


def _at(desk, row_id, column):
    table = desk.another_store().read().table("organisations")
    return desk.cell("organisations", table.numbers[row_id], column)

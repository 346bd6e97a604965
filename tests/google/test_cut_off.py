"""A run that is killed between its write and the repair: the next one gives back what it crossed."""

from dataclasses import replace

import pytest

from register.book.change import Change
from register.book.log import log_rows
from register.book.outcome import Outcome, cut_off_notes
from register.book.plan import Plan
from register.book.table import Book
from register.run.apply_plan import apply_plan
from register.state.journal import SqliteJournal
from register.stores import google_writer
from register.stores.google_keeping import hidden_title
from tests.google.test_writing import IDS, NOW, TAB, added, is_write, lines, names, short, shorts
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer
from tests.test_scripts import exits

BEFORE = {IDS[n]: f"Seura {n} ry" for n in range(5)}


class Killed(BaseException):
    """The end of a process, wherever it is."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A server, and a register with five rows that each test begins with a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        desk.store.write(Plan.of([c for n in range(5) for c in added(n, f"Seura {n} ry")]), lines)
        yield server, folder, desk.sheet


@pytest.fixture
def desk(made):
    server, folder, like = made
    server.calm()
    desk = GoogleDesk(server, folder, like=like)
    desk.store.read()
    return desk


def at(desk, number, column):
    table = desk.another_store().read().table("organisations")
    return desk.cell("organisations", table.numbers[IDS[number]], column)


def later(changes, book):
    return log_rows(changes, "run-2", "2026-03-02T09:40", book)


def is_killed_writing(desk, plan, person=None):
    """Live through a run that dies when it has written, ``person`` acting just before it wrote."""
    with pytest.MonkeyPatch.context() as patch:

        def dies(*_given, **_named):
            raise Killed

        patch.setattr(google_writer, "find_landing", dies)
        if person:
            desk.server.before(is_write, person)
        with pytest.raises(Killed):
            desk.store.write(plan, later)
    desk.server.calm()
    assert hidden(desk)


def hidden(desk):
    return [sheet.title for sheet in desk.sheet.sheets if sheet.title.startswith("⚙")]


def is_reading_hidden_tabs(request):
    return any(each.startswith("'⚙") for each in request.query.get("ranges", ()))


def next_run(desk, folder, plan=None):
    """Live through the next run; return what it says of the one that was killed."""
    store = desk.another_store()
    book = store.read()
    written = apply_plan(store, SqliteJournal(folder), NOW, book, plan or Plan.of([]), "cleanup")
    assert not written.astray and not hidden(desk)
    said = cut_off_notes(Outcome("cleanup", book, applied=True, written=written))
    return [values["count"] for _, values in said]


def kept(desk):
    log = desk.another_store().read().table("log")
    return [(r["row"], r["old"], r["new"]) for _, r in log.rows() if r["run"] != "run-1"]


def test_a_value_that_it_wrote_over_is_put_back_and_told(desk, tmp_path):
    where = at(desk, 1, "short")
    plan = Plan.of([short(1, "S1"), short(2, "S2")])
    is_killed_writing(desk, plan, lambda: desk.person.type(*where, "omani"))
    assert shorts(desk) == {IDS[1]: "S1", IDS[2]: "S2"}
    assert next_run(desk, tmp_path) == [1]
    assert shorts(desk) == {IDS[1]: "omani", IDS[2]: "S2"}
    assert (IDS[1], "S1", "omani") in kept(desk)
    assert next_run(desk, tmp_path) == []


def test_a_formula_comes_back_as_a_formula_and_a_cleared_cell_clear(desk, tmp_path):
    desk.store.write(Plan.of([short(2, "vanha")]), lines)
    tab, one = at(desk, 1, "short")
    _, other = at(desk, 2, "short")

    def edits():
        value = {"userEnteredValue": {"formulaValue": "=B4"}}
        area = {"range": desk.person._area(tab, one), "fields": "userEnteredValue"}
        desk.person.do({"updateCells": {**area, "rows": [{"values": [value]}]}})
        desk.person.type(tab, other, "")

    change = Change("organisations", IDS[2], "short", "vanha", "S2", "test")
    is_killed_writing(desk, Plan.of([short(1, "S1"), change]), edits)
    assert next_run(desk, tmp_path) == [2]
    assert desk.person.value(tab, one) == names(desk)[IDS[2]]
    assert desk.person.value(tab, other) == ""


@pytest.mark.parametrize(
    "move",
    [
        lambda person: person.sort(TAB, "B", down=True),
        lambda person: person.insert_rows(TAB, 2, 1),
        lambda person: person.move_rows(TAB, 2, 1, 5),
    ],
)
def test_what_landed_in_rows_that_had_moved_is_taken_away(desk, tmp_path, move):
    plan = Plan.of([short(2, "S2"), short(4, "S4")])
    is_killed_writing(desk, plan, lambda: move(desk.person))
    next_run(desk, tmp_path)
    assert set(shorts(desk).items()) <= {(IDS[2], "S2"), (IDS[4], "S4")}
    assert {k: v for k, v in names(desk).items() if not k.startswith("#")} == BEFORE


def test_what_people_typed_after_it_died_stays(desk, tmp_path):
    where = at(desk, 1, "short")
    is_killed_writing(desk, Plan.of([short(1, "S1")]), lambda: desk.person.type(*where, "omani"))
    desk.person.type(*where, "uudempi")
    assert next_run(desk, tmp_path) == [0]
    assert shorts(desk) == {IDS[1]: "uudempi"}


def test_where_nothing_was_crossed_its_tabs_are_taken_away(desk, tmp_path):
    is_killed_writing(desk, Plan.of([short(1, "S1"), *added(7, "Uusi seura ry")]))
    assert next_run(desk, tmp_path) == [0]
    assert shorts(desk) == {IDS[1]: "S1"}
    assert names(desk) == {**BEFORE, IDS[7]: "Uusi seura ry"}


def test_a_plan_for_the_same_cell_leaves_it_to_the_person(desk, tmp_path):
    where = at(desk, 1, "short")
    is_killed_writing(desk, Plan.of([short(1, "S1")]), lambda: desk.person.type(*where, "omani"))
    change = Change("organisations", IDS[1], "short", "S1", "S1b", "test")
    assert next_run(desk, tmp_path, Plan.of([change, short(3, "S3")])) == [1]
    assert shorts(desk) == {IDS[1]: "omani", IDS[3]: "S3"}


def test_a_run_that_finishes_while_another_reads_left_nothing_behind(desk, tmp_path):
    """Its hidden tab goes between the reading of the tabs' names and that of their cells."""
    where, other = at(desk, 1, "short"), 987654321
    is_killed_writing(desk, Plan.of([short(1, "S1")]), lambda: desk.person.type(*where, "omani"))
    tab = {"sheetId": other, "title": hidden_title(other), "hidden": True}
    desk.person.do({"addSheet": {"properties": tab}})
    finishes = {"deleteSheet": {"sheetId": other}}
    desk.server.before(is_reading_hidden_tabs, lambda: desk.person.do(finishes))
    assert desk.another_store().read().cut_off == 1

    def all_finish():
        for tab in hidden(desk):
            desk.person.delete_tab(tab)

    desk.server.before(is_reading_hidden_tabs, all_finish)
    assert desk.another_store().read().cut_off == 0
    assert next_run(desk, tmp_path) == []


def test_check_says_so_and_undo_puts_it_back(desk, tmp_path):
    where = at(desk, 1, "short")
    plan = Plan.of([short(1, "S1"), short(2, "S2")])
    is_killed_writing(desk, plan, lambda: desk.person.type(*where, "omani"))
    (tmp_path / "key.json").touch(mode=0o600)
    key = desk.section.key_file
    (tmp_path / "config.toml").write_text(
        f'[book]\nfile = "{desk.url}"\n'
        f'[google]\nendpoint = "{desk.server.url}"\nkey_file = "{key}"\n',
        encoding="utf-8",
    )
    said = exits(0, tmp_path, "check.py", "--lang", "en", "--fail-on", "never").stdout
    assert "was cut off while it was writing" in said and "(one cell)" in said
    assert hidden(desk) and shorts(desk)[IDS[1]] == "S1"
    exits(0, tmp_path, "undo.py", "run-2", "--apply")
    assert shorts(desk) == {IDS[1]: "omani"}
    assert not hidden(desk)


def test_what_a_cleanup_plans_from_still_knows_of_it():
    change = Change("organisations", IDS[1], "id", "", IDS[1], "test", "add")
    assert replace(Book.empty(), cut_off=2).with_changes([change]).cut_off == 2

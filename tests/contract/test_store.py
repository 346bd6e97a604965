"""What every store promises; run on each of them."""

from datetime import datetime

import openpyxl
import pytest
from openpyxl.comments import Comment

from register.book.change import Change
from register.book.ids import fingerprint
from register.book.log import log_rows
from register.book.notes import MARK
from register.book.plan import Plan
from register.book.table import Book
from register.cleanup.undo import undo
from register.stores.workbook import Workbook
from tests.contract.memory_store import MemoryStore
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

NOW = datetime(2026, 3, 2, 9, 30)


class _WorkbookDesk:
    """A workbook, and a person who edits it in a program of her own."""

    def __init__(self, path, language):
        self.store = Workbook(path, language)
        self.store.create(language, [], {}, apply=True)
        self._path = path

    def types(self, tab, row, column, value):
        workbook, cell = self._cell(tab, row, column)
        cell.value = value
        workbook.save(self._path)

    def notes(self, tab, row, column, text):
        workbook, cell = self._cell(tab, row, column)
        cell.comment = Comment(text, "Maija")
        workbook.save(self._path)

    def note(self, tab, row, column):
        comment = self._cell(tab, row, column)[1].comment
        return comment.text if comment else ""

    def _cell(self, tab, row, column):
        workbook = openpyxl.load_workbook(self._path)
        table = self.store.read().table(tab)
        sheet = workbook[table.tab.titles["fi"]]
        headers = [cell.value for cell in sheet[1]]
        number = headers.index(table.tab.column(column).headers["fi"]) + 1
        return workbook, sheet.cell(table.numbers.get(row, len(table) + 2), number)


class _MemoryDesk:
    def __init__(self, language):
        self.store = MemoryStore(Book.empty(language))

    def types(self, tab, row, column, value):
        kind = "set" if row in self.store.book.table(tab) else "add"
        before = self.store.book.table(tab).cell(row, column)
        row = row if kind == "set" else f"#{len(self.store.book.table(tab)) + 2}"
        change = Change(tab, row, column, before, value, "", kind)
        self.store.book = self.store.book.with_changes([change])

    def notes(self, tab, row, column, text):
        self.store.notes[tab, row, column] = text

    def note(self, tab, row, column):
        return self.store.notes.get((tab, row, column), "")


@pytest.fixture(params=["workbook", "memory", "google"])
def desk(request, tmp_path):
    match request.param:
        case "workbook":
            yield _WorkbookDesk(tmp_path / "r.xlsx", "fi")
        case "memory":
            yield _MemoryDesk("fi")
        case _:
            with SheetsServer() as server:
                yield GoogleDesk(server, tmp_path)


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


def added(tab, row_id, **cells):
    return [
        Change(tab, row_id, key, "", value, "test", "add")
        for key, value in {"id": row_id, **cells}.items()
    ]


MARTAT = added(
    "organisations",
    "O-00000",
    name="Espoon Martat ry",
    type="association",
    postcode="00100",
    phone="+358401234567",
    added_on="2026-03-02",
    notes="=SUM(A1) & <b>“ä” _x0041_ \x0b\r\n line",
)
MEETING = added(
    "meetings",
    "T-00000",
    name="Kokous",
    date="2026-04-09",
    start="17:30",
    capacity="12",
    audience="association, nuoret",
    kind="network_meeting",
)


def write(desk, *changes):
    return desk.store.write(Plan.of(changes), lines)


def test_what_is_written_is_read(desk):
    written = write(desk, *MARTAT, *MEETING)
    assert not written.conflicts
    book = desk.store.read()
    for change in (*MARTAT, *MEETING):
        assert book.table(change.tab).cell(change.row_id, change.column) == change.after


def test_every_change_is_in_the_log(desk):
    write(desk, *MARTAT)
    write(desk, Change("organisations", "O-00000", "phone", "+358401234567", "", "test"))
    log = desk.store.read().table("log")
    assert [row["row"] for _, row in log.rows()] == ["O-00000", "O-00000"]
    assert [row["old"] for _, row in log.rows()] == ["", "+358401234567"]


LONG = {"notes": '"' * 32_000, "short": "\\" * 20_000, "url": "rivi\n" * 6_000 + "rivi"}


def test_a_row_whose_log_is_longer_than_a_cell_is_taken_back_whole(desk):
    made = added("organisations", "O-00000", name="Pitkä ry", **LONG)
    assert not write(desk, *made).conflicts
    book = desk.store.read()
    lines_of = [row for _, row in book.table("log").rows()]
    assert len(lines_of) > 3 and max(len(row["new"]) for row in lines_of) <= 32_767
    assert {key: book.table("organisations").cell("O-00000", key) for key in LONG} == LONG
    back = undo(book, "run-1", "run-2")
    assert {c.column: c.before for c in back.changes if c.column in LONG} == LONG
    assert not desk.store.write(back, lines).conflicts
    there = desk.store.read()
    assert there.table("organisations").cell("O-00000", "status") == "archived"
    undone = {row["undone"] for _, row in there.table("log").rows() if row["col"] == "+"}
    assert undone == {"run-2"}


def test_a_text_longer_than_a_cell_is_left_out_with_what_goes_with_it(desk):
    write(desk, *MARTAT)
    wanted = [
        Change("organisations", "O-00000", "short", "", "x" * 50_001, "test", group="g"),
        Change("organisations", "O-00000", "url", "", "martat.example", "test", group="g"),
        Change("organisations", "O-00000", "email", "", "martat@yhdistys.example", "test"),
    ]
    written = write(desk, *wanted)
    assert [change.column for change in written.changes] == ["email"]
    assert next(conflict.found for conflict in written.conflicts) == "too long"
    assert len(written.conflicts) == 2


def test_a_cell_that_a_person_edited_is_left_alone(desk):
    write(desk, *MARTAT)
    desk.types("organisations", "O-00000", "name", "Espoon Marttayhdistys ry")
    wanted = [
        Change("organisations", "O-00000", "name", "Espoon Martat ry", "Martat", "test"),
        Change("organisations", "O-00000", "short", "", "EM", "test"),
    ]
    written = write(desk, *wanted)
    assert [conflict.found for conflict in written.conflicts] == ["Espoon Marttayhdistys ry"]
    table = desk.store.read().table("organisations")
    assert table.cell("O-00000", "name") == "Espoon Marttayhdistys ry"
    assert table.cell("O-00000", "short") == "EM"


def test_what_rests_on_a_cell_that_a_person_edited_is_left_out_with_its_group(desk):
    write(desk, *MARTAT, *MEETING)
    row, meeting = ("organisations", "O-00000"), ("meetings", "T-00000")
    name = Change(*row, "name", "Espoon Martat ry", "Martat ry", "test", group="g")
    place = Change(*meeting, "place", "", "Espoo", "test", group="g")
    apart = Change(*meeting, "capacity", "12", "15", "test")
    read = {row: ((*meeting, "audience", "association, nuoret"),)}
    plan = Plan.of([name, place, apart], conditions=read)
    assert Plan.from_json(plan.to_json()) == plan
    desk.types("meetings", "T-00000", "audience", "nuoret")
    written = desk.store.write(plan, lines)
    assert [one.column for one in written.changes] == ["capacity"]
    assert {one.found for one in written.conflicts if one.change == name} == {"nuoret"}
    again = Plan.of([name, place], conditions={row: ((*meeting, "audience", "nuoret"),)})
    assert len(desk.store.write(again, lines).changes) == 2


def test_a_row_without_an_id_is_given_one(desk):
    desk.types("organisations", "", "name", "Kallion kyläyhdistys ry")
    seen = desk.store.read()
    (row_id,) = seen.table("organisations").numbers
    change = Change("organisations", row_id, "id", "", "O-00000", "test")
    witness = {("organisations", row_id): seen.table("organisations").witness(row_id)}
    written = desk.store.write(Plan.of([change], witness), lines)
    assert not written.conflicts
    assert (
        desk.store.read().table("organisations").cell("O-00000", "name")
        == "Kallion kyläyhdistys ry"
    )


def test_a_row_that_is_gone_is_a_conflict_and_nothing_is_written(desk):
    before = desk.store.read()
    written = write(desk, Change("organisations", "O-00000", "name", "x", "y", "test"))
    assert not written.changes
    assert len(written.conflicts) == 1
    assert desk.store.read().tables["log"] == before.tables["log"]


def test_a_plan_undone_leaves_the_cells_as_they_were(desk):
    write(desk, *MARTAT)
    before = desk.store.read()
    plan = Plan.of(
        [Change("organisations", "O-00000", "name", "Espoon Martat ry", "Martat", "test")]
    )
    desk.store.write(plan, lines)
    desk.store.write(plan.inverse(), lines)
    assert desk.store.read().table("organisations") == before.table("organisations")


def test_a_dropdown_cell_holds_the_label_and_the_book_the_key(desk):
    write(desk, *MEETING)
    assert desk.store.read().table("meetings").cell("T-00000", "kind") == "network_meeting"


def test_midnight_is_a_moment_in_a_column_of_moments(desk):
    write(desk, *added("inbox", "S-00000", name="Maija Malli", at="2026-03-02T00:00"))
    assert desk.store.read().table("inbox").cell("S-00000", "at") == "2026-03-02T00:00"


def note(row, column, before, after):
    return Change("organisations", row, column, before, after, "note", "note")


def notes(desk):
    return dict(desk.store.read().table("organisations").notes)


def formatted(row, column, before, after):
    return Change("review", row, column, before, after, "review", "format")


CASE, OTHER = "R-0000000000000", "R-1111111111111"
LED = "organisations O-00000 email"


def test_a_cell_offers_and_links_to_what_it_is_given_and_to_that_alone(desk):
    write(
        desk,
        *added("review", CASE, message="Ensin", link="Organisaatiot: Martat · O-00000"),
        *added("review", OTHER, message="Toinen"),
        formatted(CASE, "decision", "", "accept value ignore unsure"),
        formatted(CASE, "link", "", LED),
        *added("organisations", "O-00000", name="Martat", source="test"),
    )
    found = desk.store.read().table("review").formats
    assert found[CASE, "decision"] == "accept value ignore unsure"
    assert found[CASE, "link"] == LED and (OTHER, "link") not in found
    assert found.get((OTHER, "decision"), "") != found[CASE, "decision"]
    assert desk.store.read().table("review").cell(CASE, "link").endswith("O-00000")
    write(
        desk,
        formatted(CASE, "decision", "accept value ignore unsure", "same different unsure"),
        formatted(CASE, "link", LED, "organisations O-00000 name"),
    )
    found = desk.store.read().table("review").formats
    assert found[CASE, "decision"] == "same different unsure"
    assert found[CASE, "link"] == "organisations O-00000 name"


def test_a_link_may_lead_to_the_rows_that_are_incomplete(desk):
    listed = "organisations  status"
    write(desk, *added("review", CASE, message="43 riviä"), formatted(CASE, "link", "", listed))
    assert desk.store.read().table("review").formats[CASE, "link"] == listed
    write(desk, formatted(CASE, "link", listed, LED), *added("organisations", "O-00000", name="M"))
    assert desk.store.read().table("review").formats[CASE, "link"] == LED
    write(desk, formatted(CASE, "link", LED, listed))
    assert desk.store.read().table("review").formats[CASE, "link"] == listed


def test_a_row_that_is_added_below_offers_what_it_is_given_too(desk):
    for case in (CASE, OTHER):
        write(
            desk,
            *added("review", case, message="Sama"),
            formatted(case, "decision", "", "tie different unsure"),
        )
    found = desk.store.read().table("review").formats
    assert found[CASE, "decision"] == found[OTHER, "decision"] == "tie different unsure"


NAME = ("O-00000", "name")
SAID = "Postinumero ei ole Espoossa. <b>&amp; _x0041_ ”ä”\nHyväksy ehdotus Tarkista-välilehdellä."


def test_a_note_is_written_changed_and_taken_away(desk):
    write(desk, *MARTAT)
    write(desk, note(*NAME, "", SAID), note("O-00000", "phone", "", "Toinen"))
    assert notes(desk) == {NAME: SAID, ("O-00000", "phone"): "Toinen"}
    assert MARK in desk.note("organisations", *NAME)
    write(desk, note(*NAME, SAID, "Uusi"))
    assert notes(desk)[NAME] == "Uusi"
    write(desk, note(*NAME, "Uusi", ""), note("O-00000", "phone", "Toinen", ""))
    assert notes(desk) == {} and desk.note("organisations", *NAME) == ""


def test_a_note_comes_with_the_row_that_it_is_on(desk):
    written = write(desk, *MARTAT, note(*NAME, "", SAID))
    assert not written.conflicts
    assert notes(desk) == {NAME: SAID}


def test_a_note_is_no_line_of_the_log_and_no_cell(desk):
    write(desk, *MARTAT)
    before = desk.store.read()
    write(desk, note(*NAME, "", SAID))
    after = desk.store.read()
    assert after.tables == before.tables


def test_what_a_person_wrote_into_a_note_stays(desk):
    write(desk, *MARTAT)
    desk.notes("organisations", *NAME, "Soita ensin.\nMaija")
    assert notes(desk) == {}
    write(desk, note(*NAME, "", SAID))
    assert notes(desk) == {NAME: SAID}
    assert desk.note("organisations", *NAME).startswith("Soita ensin.\nMaija\n\n" + MARK)
    write(desk, note(*NAME, SAID, "Uusi"))
    assert notes(desk) == {NAME: "Uusi"}
    write(desk, note(*NAME, "Uusi", ""))
    assert notes(desk) == {}
    assert desk.note("organisations", *NAME) == "Soita ensin.\nMaija"


def test_a_note_on_a_row_that_is_gone_is_left_out(desk):
    written = write(desk, note(*NAME, "", SAID))
    assert not written.changes
    assert [conflict.found for conflict in written.conflicts] == ["row gone"]


def test_undoing_a_plan_takes_its_notes_away_and_brings_the_old_ones_back(desk):
    write(desk, *MARTAT, note(*NAME, "", SAID))
    before = notes(desk)
    plan = Plan.of([note(*NAME, SAID, "Uusi"), note("O-00000", "phone", "", "Toinen")])
    desk.store.write(plan, lines)
    desk.store.write(plan.inverse(), lines)
    assert notes(desk) == before


ASKED = [fingerprint("order", str(number)) for number in range(1, 6)]


def ask(desk):
    for number, case_id in enumerate(ASKED, start=1):
        write(desk, *added("review", case_id, kind="error", message=f"Kysymys {number}"))


def there(desk):
    table = desk.store.read().table("review")
    return sorted(table.numbers, key=table.numbers.__getitem__)


def test_rows_are_moved_into_the_wanted_order(desk):
    ask(desk)
    wanted = [ASKED[n] for n in (4, 1, 0, 2, 3)]
    assert desk.store.reorder("review", wanted) == 2
    assert there(desk) == wanted
    table = desk.store.read().table("review")
    assert [table.cell(one, "message")[-1] for one in wanted] == ["5", "2", "1", "3", "4"]


def test_rows_in_order_are_left_alone(desk):
    ask(desk)
    assert desk.store.reorder("review", [ASKED[1], "R-99999", ASKED[4]]) == 0
    assert there(desk) == ASKED


def test_decisions_and_notes_go_with_their_question(desk):
    ask(desk)
    desk.types("review", ASKED[3], "decision", "ehkä")
    desk.notes("review", ASKED[3], "message", "Soitin, ei vastannut.")
    write(desk, note_on(ASKED[4], "Työkalun"))
    desk.store.reorder("review", ASKED[::-1])
    book = desk.store.read()
    assert there(desk) == ASKED[::-1]
    decided = {one: book.table("review").cell(one, "decision") for one in ASKED}
    assert decided == {**dict.fromkeys(ASKED, ""), ASKED[3]: "ehkä"}
    assert desk.note("review", ASKED[3], "message") == "Soitin, ei vastannut."
    assert dict(book.table("review").notes) == {(ASKED[4], "message"): "Työkalun"}


def note_on(case_id, text):
    return Change("review", case_id, "message", "", text, "test", "note")


def test_a_row_that_a_person_wrote_goes_with_the_one_above_it(desk):
    ask(desk)
    desk.types("review", "", "message", "Kysy Pirjolta")
    desk.store.reorder("review", [ASKED[4], *ASKED[:4]])
    table = desk.store.read().table("review")
    said = [table.cell(one, "message") for one in there(desk)]
    assert said == ["Kysymys 5", "Kysy Pirjolta", *(f"Kysymys {n}" for n in range(1, 5))]


def test_what_was_planned_before_rows_were_moved_is_written_and_taken_back_after(desk):
    ask(desk)
    before = desk.store.read()
    plan = Plan.of([Change("review", ASKED[4], "answer", "", "Ei onnistunut", "test")])
    desk.store.reorder("review", ASKED[::-1])
    assert not desk.store.write(plan, lines).conflicts
    desk.store.reorder("review", ASKED)
    assert not desk.store.write(plan.inverse(), lines).conflicts
    assert desk.store.read().table("review") == before.table("review")


def test_what_people_wrote_beside_the_cells_is_told_and_can_be_taken_away(desk):
    write(desk, *MARTAT, note(*NAME, "", SAID))
    desk.notes("organisations", *NAME, "Soita: Maija Malli, Pekka")
    assert any("Maija Malli" in text for _, text in desk.store.texts_beside())
    before = desk.store.read()
    assert desk.store.scrub(lambda text: text.replace("Maija Malli", "H-1"), [])
    assert "Soita: H-1, Pekka" in desk.note("organisations", *NAME)
    assert desk.store.scrub(lambda text: text, [("organisations", "O-00000")])
    assert "Soita" not in desk.note("organisations", *NAME)
    assert (
        desk.store.read().table("organisations").records()
        == before.table("organisations").records()
    )
    assert desk.store.scrub(lambda text: text, []) == 0


def test_a_whole_hour_that_a_person_types_is_that_hour(desk):
    write(desk, *MEETING)
    desk.types("meetings", "T-00000", "start", "17")
    assert desk.store.read().table("meetings").cell("T-00000", "start") == "17"

"""The last request of a write: dropdowns and links where the rows are by then, no hidden tabs."""

import pytest

from register.book.change import Change
from register.book.ids import new_id
from register.book.plan import Plan
from register.stores import google_ending, google_writing
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer, page, refused

ASKED = "Tarkista"
CASE, OTHER = "R-0000000000000", "R-1111111111111"
CHOICES = "accept value ignore unsure"
ROWS = [new_id("O", (str(number),), ()) for number in range(12)]


@pytest.fixture(scope="module")
def server():
    with SheetsServer() as server:
        yield server


@pytest.fixture
def desk(server, tmp_path):
    server.calm()
    desk = GoogleDesk(server, tmp_path)
    write(desk, *[c for n in ROWS[:3] for c in added("organisations", n, name=f"Seura {n}")])
    write(desk, *question(OTHER, ROWS[0]))
    desk.store.read()
    server.requests.clear()
    return desk


def added(tab, row_id, **cells):
    columns = {"id": row_id, **cells}.items()
    return [Change(tab, row_id, key, "", value, "test", "add") for key, value in columns]


def question(case, about):
    link = f"organisations {about} email"
    return [
        *added("review", case, message="Onko näin?", link=f"Organisaatiot: {about}"),
        Change("review", case, "decision", "", CHOICES, "review", "format"),
        Change("review", case, "link", "", link, "review", "format"),
        Change("review", case, "decision", "", "Näin vastataan", "note", "note"),
    ]


def write(desk, *changes):
    desk.store.read()
    written = desk.store.write(Plan.of(changes), lambda changes, book: [])
    assert not written.conflicts
    return written


def formats(desk):
    return desk.another_store().read().table("review").formats


def writes(desk):
    return [one for one in desk.server.requests if is_write(one.request)]


def parts(desk):
    return [one for one in writes(desk) if is_part(one.request)]


def methods(desk):
    return [one.request.method for one in desk.server.requests]


def is_write(request):
    return request.path.endswith(":batchUpdate")


def has_request(request, kind):
    return is_write(request) and any(kind in one for one in request.body["requests"])


def is_part(request):
    return has_request(request, "addSheet")


def is_ending(request):
    return has_request(request, "setDataValidation")


def hidden(desk):
    return [sheet.title for sheet in desk.sheet.sheets if sheet.title.startswith("⚙")]


def test_a_question_with_its_dropdown_link_and_note_takes_four_requests(desk):
    desk.store.write(Plan.of(question(CASE, ROWS[1])), lambda changes, book: [])
    assert methods(desk) == ["GET", "GET", "POST", "POST"]
    assert formats(desk)[CASE, "decision"] == CHOICES
    assert formats(desk)[CASE, "link"] == f"organisations {ROWS[1]} email"
    assert not hidden(desk)


def test_a_tab_with_array_formulas_is_calculated_again_before_it_is_written(desk):
    desk.person.do({"appendDimension": {"sheetId": 1002, "dimension": "COLUMNS", "length": 1}})
    desk.person.type("Organisaatiot", "AB1", "Oma")
    desk.person.type("Organisaatiot", "AB2", "=UNIQUE(A3:A4)")
    desk.store.read()
    desk.server.requests.clear()
    short = Change("organisations", ROWS[2], "short", "", "S", "test")
    assert not desk.store.write(Plan.of([short]), lambda changes, book: []).conflicts
    assert methods(desk)[:-2] == ["GET"] * 2


@pytest.mark.parametrize(
    "move",
    [
        lambda person: person.insert_rows("Organisaatiot", 2, 2),
        lambda person: person.insert_rows(ASKED, 2, 2),
        lambda person: person.sort("Organisaatiot", "A", down=True),
    ],
    ids=["organisations inserted", "questions inserted", "sorted"],
)
def test_rows_that_moved_before_the_write_get_what_is_theirs(desk, move):
    desk.server.before(is_part, lambda: move(desk.person))
    desk.store.write(Plan.of(question(CASE, ROWS[1])), lambda changes, book: [])
    assert formats(desk)[CASE, "decision"] == CHOICES
    assert formats(desk)[CASE, "link"] == f"organisations {ROWS[1]} email"
    assert formats(desk)[OTHER, "decision"] == CHOICES


def test_a_question_whose_columns_moved_before_the_write_waits_for_the_next_run(desk):
    before = formats(desk)
    desk.server.before(is_part, lambda: desk.person.insert_columns(ASKED, "B"))
    written = desk.store.write(Plan.of(question(CASE, ROWS[1])), lambda changes, book: [])
    assert {conflict.change.row_id for conflict in written.conflicts} == {CASE}
    assert formats(desk) == before
    assert not hidden(desk)


def test_no_link_is_set_to_a_tab_whose_columns_moved_before_the_write(desk):
    desk.server.before(is_part, lambda: desk.person.insert_columns("Organisaatiot", "B"))
    desk.store.write(Plan.of(question(CASE, ROWS[1])), lambda changes, book: [])
    assert formats(desk)[CASE, "decision"] == CHOICES
    assert (CASE, "link") not in formats(desk)


@pytest.mark.parametrize("fault", [refused(400, "Protected range"), page(503)])
def test_where_the_last_request_fails_the_tabs_are_deleted_and_the_write_stands(desk, fault):
    desk.server.fault(is_ending, fault, times=20)
    written = desk.store.write(Plan.of(question(CASE, ROWS[1])), lambda changes, book: [])
    desk.server.calm()
    assert not written.conflicts
    assert CASE in desk.another_store().read().table("review")
    assert (CASE, "link") not in formats(desk)
    assert not hidden(desk)


def test_parts_are_as_large_as_they_may_be_and_their_tabs_go_at_once(desk, monkeypatch):
    changes = [c for n in ROWS[3:] for c in added("organisations", n, name=n, notes="x" * 500)]
    plan = Plan.of(changes)
    monkeypatch.setattr(google_writing, "LARGEST_WRITE", 4_000)
    desk.store.write(plan, lambda changes, book: [])
    sizes = [one.request.bytes_in for one in parts(desk)]
    assert max(sizes) <= 4_000
    assert 1 < len(sizes) <= -(-sum(sizes) // 4_000) + 1
    assert len(writes(desk)) == len(sizes) + 1
    assert not hidden(desk)


def test_hidden_tabs_that_are_many_do_not_wait_for_the_end(desk, monkeypatch):
    changes = [c for n in ROWS[3:] for c in added("organisations", n, name=n, notes="x" * 500)]
    monkeypatch.setattr(google_writing, "LARGEST_WRITE", 2_000)
    monkeypatch.setattr(google_ending, "_MOST_TABS", 2)
    desk.store.write(Plan.of(changes), lambda changes, book: [])
    assert len(parts(desk)) > 3 and len(writes(desk)) > len(parts(desk)) + 1
    assert not hidden(desk)


def test_a_write_that_fails_midway_leaves_no_tab_of_its_earlier_parts(desk, monkeypatch):
    changes = [c for n in ROWS[3:] for c in added("organisations", n, name=n, notes="x" * 500)]
    monkeypatch.setattr(google_writing, "LARGEST_WRITE", 2_000)
    seen = []

    def is_third(request):
        if is_part(request):
            seen.append(request)
        return is_part(request) and len(seen) > 2

    desk.server.fault(is_third, refused(400, "No"), times=20)
    with pytest.raises(google_ending.VerkostoError):
        desk.store.write(Plan.of(changes), lambda changes, book: [])
    desk.server.calm()
    assert not hidden(desk)
    assert len(desk.another_store().read().table("organisations")) > 3

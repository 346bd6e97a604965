"""Questions are put in order while people type, sort, filter and insert: nothing is parted."""

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from register.book.change import added_row
from register.book.errors import VerkostoError
from register.book.ids import fingerprint
from register.book.moves import moves_to
from register.book.plan import Plan
from register.stores.google_http import payload
from register.stores.google_order import move_request
from tests.google_desk import GoogleDesk
from tests.sheets_server import Fault, SheetsServer, refused

TAB = "Tarkista"
COUNT = 6
ASKED = [fingerprint("order", str(number)) for number in range(COUNT)]
WANTED = [ASKED[n] for n in (5, 0, 3, 1, 4, 2)]
LOOK, MOVE = 1, 2
"""The requests of a run that puts rows in order: about the tab, what it holds, the moves."""


def ask(desk, ids):
    rows = [{"id": one, "kind": "error", "message": f"Kysymys {n}"} for n, one in enumerate(ids)]
    changes = [change for row in rows for change in added_row("review", row, "test")]
    desk.store.write(Plan.of(changes), lambda changes, book: [])


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A server, and a register with six questions that each test begins with a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        ask(desk, ASKED)
        yield server, folder, desk.sheet


@pytest.fixture
def desk(register):
    server, folder, like = register
    server.calm()
    desk = GoogleDesk(server, folder, like=like)
    desk.store.read()
    server.requests.clear()
    return desk


class Tab:
    """The review tab as a person sees it: her own words by the question that they stand beside."""

    def __init__(self, desk):
        self.desk, self.person = desk, desk.person

    def letter(self, header):
        heads = next(row for row in self.person.rows(TAB) if "Tunnus" in row)
        return chr(65 + heads.index(header))

    def rows(self):
        return self.person.rows(TAB)

    def ids(self):
        own = ord(self.letter("Tunnus")) - 65
        return [row[own] for row in self.rows() if len(row) > own and row[own][:2] == "R-"]

    def row(self, case_id):
        own = ord(self.letter("Tunnus")) - 65
        return next(n for n, row in enumerate(self.rows(), 1) if row[own : own + 1] == [case_id])

    def decide(self, case_id, word, header="Päätös"):
        self.person.type(TAB, f"{self.letter(header)}{self.row(case_id)}", word)

    def decided(self, header="Päätös"):
        found = {}
        for case_id in self.ids():
            word = self.person.value(TAB, f"{self.letter(header)}{self.row(case_id)}")
            found |= {case_id: word} if word else {}
        return found


def order(desk):
    return desk.store.reorder("review", WANTED)


def meanwhile(desk, act, at=MOVE):
    desk.server.before(at, act)


def test_a_decision_typed_before_the_rows_move_goes_with_its_question(desk):
    tab = Tab(desk)
    meanwhile(desk, lambda: tab.decide(ASKED[4], "sama"))
    order(desk)
    assert tab.ids() == WANTED and tab.decided() == {ASKED[4]: "sama"}


def test_a_decision_typed_under_a_filter_goes_with_its_question(desk):
    tab = Tab(desk)
    tab.decide(ASKED[1], "eri")
    desk.person.filter(TAB, tab.letter("Päätös"), "eri")
    meanwhile(desk, lambda: tab.decide(ASKED[3], "sama"))
    order(desk)
    assert tab.ids() == WANTED and tab.decided() == {ASKED[1]: "eri", ASKED[3]: "sama"}


def test_rows_that_a_person_sorts_meanwhile_are_put_in_order_once_more(desk):
    tab = Tab(desk)
    tab.decide(ASKED[2], "sama")
    meanwhile(desk, lambda: desk.person.sort(TAB, tab.letter("Tunnus"), down=True))
    order(desk)
    assert tab.ids() == WANTED and tab.decided() == {ASKED[2]: "sama"}


def test_a_row_that_a_person_inserts_meanwhile_parts_nothing(desk):
    tab = Tab(desk)
    tab.decide(ASKED[2], "sama")
    meanwhile(desk, lambda: desk.person.insert_rows(TAB, 4))
    order(desk)
    assert tab.ids() == WANTED and tab.decided() == {ASKED[2]: "sama"}
    assert "Tunnus" in tab.rows()[0]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_headers_that_slid_down_meanwhile_stay_above_the_rows(desk, count):
    tab = Tab(desk)
    before = tab.rows()
    meanwhile(desk, lambda: desk.person.insert_rows(TAB, 1, count))
    order(desk)
    assert next(row for row in tab.rows() if row) == before[0]
    assert sorted(tab.ids()) == sorted(ASKED)


@pytest.mark.parametrize("fault", [Fault(lost=True), Fault(cut=True), refused(503)])
def test_headers_come_back_although_the_reply_was_lost(desk, fault):
    tab = Tab(desk)
    before = tab.rows()
    meanwhile(desk, lambda: desk.person.insert_rows(TAB, 1))
    desk.server.fault(MOVE, fault)
    order(desk)
    rows = tab.rows()
    assert rows[0] == [] and rows[1] == before[0]


def test_rows_that_a_person_deletes_meanwhile_are_gone_and_the_rest_is_in_order(desk):
    tab = Tab(desk)
    gone = tab.row(ASKED[3])
    meanwhile(desk, lambda: desk.person.delete_rows(TAB, gone))
    order(desk)
    assert tab.ids() == [one for one in WANTED if one != ASKED[3]]


def test_a_persons_own_column_and_her_notes_go_with_the_row(desk):
    tab = Tab(desk)
    own = chr(65 + len(tab.rows()[0]))
    desk.person.insert_columns(TAB, "B")
    desk.person.type(TAB, "B1", "Oma")
    for case_id in ASKED:
        tab.decide(case_id, f"oma {case_id}", "Oma")
    desk.person.note(TAB, f"{own}{tab.row(ASKED[5])}", "Soitin.")
    order(desk)
    assert tab.decided("Oma") == {one: f"oma {one}" for one in ASKED}
    assert desk.person.note_of(TAB, f"{own}2") == "Soitin."


@pytest.mark.parametrize("at", [0, LOOK, MOVE])
def test_columns_that_are_moved_meanwhile_change_nothing(desk, at):
    tab = Tab(desk)
    tab.decide(ASKED[2], "sama")
    meanwhile(desk, lambda: desk.person.move_columns(TAB, tab.letter("Tunnus"), "F"), at)
    meanwhile(desk, lambda: desk.person.insert_columns(TAB, "A"), at)
    order(desk)
    assert tab.ids() == WANTED and tab.decided() == {ASKED[2]: "sama"}


@pytest.mark.parametrize("fault", [Fault(lost=True), Fault(cut=True), refused(503), refused(429)])
def test_moves_whose_reply_was_lost_are_not_made_twice(desk, fault):
    tab = Tab(desk)
    desk.server.fault(MOVE, fault)
    order(desk)
    assert tab.ids() == WANTED


def test_rows_in_order_cost_no_write(desk):
    order(desk)
    desk.server.requests.clear()
    order(desk)
    assert not [one for one in desk.server.requests if one.request.writes]


def test_a_protected_row_is_left_with_all_the_others(desk):
    tab = Tab(desk)
    desk.person.protect(TAB, "A7:L7")
    with pytest.raises(VerkostoError):
        order(desk)
    assert tab.ids() == ASKED


def test_the_totals_of_a_table_stay_below(desk):
    tab = Tab(desk)
    grey = {"footerColorStyle": {"rgbColor": {"red": 0.5}}}
    desk.person.type(TAB, "A8", "yhteensä")
    desk.person.table(TAB, f"A1:{chr(64 + len(tab.rows()[0]))}8", {}, rowsProperties=grey)
    order(desk)
    assert tab.ids() == WANTED
    assert desk.person.value(TAB, "A8") == "yhteensä"


def test_two_thousand_questions_upside_down_are_moved_by_one_request(desk):
    many = [fingerprint("many", str(number)) for number in range(2000)]
    ask(desk, many)
    desk.store.read()
    desk.server.requests.clear()
    moved = desk.store.reorder("review", [*many[::-1], *ASKED])
    assert moved == 2000
    assert [one.request.writes for one in desk.server.requests] == [False, False, True]
    assert Tab(desk).ids() == [*many[::-1], *ASKED]


def test_what_a_move_asks_of_google():
    (move,) = moves_to(ASKED[:3], [ASKED[2], *ASKED[:2]])
    source = {"sheetId": 7, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}
    assert move_request(7, move) == {"moveDimension": {"source": source, "destinationIndex": 1}}
    assert len(payload(move_request(2**31 - 1, move))) < 160


edits = st.one_of(
    st.tuples(st.just("sort"), st.booleans()),
    st.tuples(st.just("insert"), st.integers(1, COUNT + 1)),
    st.tuples(st.just("move"), st.integers(2, COUNT + 1), st.integers(2, COUNT + 2)),
    st.tuples(st.just("decide"), st.integers(0, COUNT - 1), st.integers(0, 9)),
    st.tuples(st.just("column"), st.integers(0, 4)),
)
faults = st.sampled_from([Fault(lost=True), refused(503), refused(429), Fault(cut=True)])


@pytest.mark.timeout(600)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 5), edits), max_size=4),
    st.lists(st.tuples(st.integers(0, 5), faults), max_size=1),
)
@example([(2, ("insert", 1)), (3, ("insert", 1)), (2, ("sort", True))], [])
def test_whatever_people_do_no_word_of_theirs_is_parted(register, timed, broken):
    server, folder, like = register
    server.calm()
    desk = GoogleDesk(server, folder, like=like)
    tab, said = Tab(desk), {}
    heads = sorted(tab.rows()[0])

    def act(edit):
        kind, *given_ = edit
        match kind:
            case "sort":
                top = next(n for n, row in enumerate(tab.rows(), 1) if "Tunnus" in row)
                desk.person.sort(TAB, tab.letter("Tunnus"), down=given_[0], top=top + 1)
            case "insert":
                desk.person.insert_rows(TAB, given_[0])
            case "move" if "Tunnus" in tab.rows()[0]:
                desk.person.move_rows(TAB, given_[0], 1, given_[1])
            case "decide":
                said[ASKED[given_[0]]] = f"sana {given_[1]}"
                tab.decide(ASKED[given_[0]], f"sana {given_[1]}")
            case "column":
                desk.person.insert_columns(TAB, chr(65 + given_[0]))

    for at, edit in timed:
        server.before(at, lambda edit=edit: act(edit))
    for at, fault in broken:
        server.fault(at, fault)
    try:
        order(desk)
    except VerkostoError as stop:
        assert stop.exit_code in (4, 75)
    server.calm()
    assert sorted(tab.ids()) == sorted(ASKED) and tab.decided() == said
    rows = tab.rows()
    (top,) = [n for n, row in enumerate(rows) if "Tunnus" in row]
    assert sorted(cell for cell in rows[top] if cell) == heads
    assert not any(row for row in rows[:top])
    if not top:
        order(desk)
        assert tab.ids() == WANTED

"""Whatever people do between our requests, no edit of theirs is lost and no row is doubled.

Hypothesis picks the edits and the requests before or after which they happen. A model keeps what
each row of people's was last given by hand; the sheet must agree with it in the end, and the next
run must mend what was left.
"""

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from register.book.change import Change
from register.book.errors import VerkostoError
from register.book.ids import new_id
from register.book.log import log_rows
from register.book.plan import Plan
from tests.google_desk import GoogleDesk
from tests.sheets_server import Fault, SheetsServer, refused

TAB = "Organisaatiot"
NAMES = [f"Seura {number} ry" for number in range(6)]
NOTES, SHORT = "Huom", "Lyhenne"

edits = st.one_of(
    st.tuples(st.just("sort"), st.booleans()),
    st.tuples(st.just("insert"), st.integers(2, 7)),
    st.tuples(st.just("move"), st.integers(2, 7), st.integers(2, 8)),
    st.tuples(st.just("note"), st.sampled_from(NAMES), st.integers(0, 9)),
    st.tuples(st.just("add"), st.integers(0, 99)),
    st.tuples(st.just("column"), st.just("A")),
)
faults = st.sampled_from([Fault(lost=True), refused(503), refused(429), Fault(cut=True)])


class People:
    """Edits the sheet by hand and remembers what stands in each row, by the organisation's name."""

    def __init__(self, desk):
        self.desk = desk
        self.notes = {}

    def act(self, edit):
        kind, *given_ = edit
        person = self.desk.person
        headers = person.rows(TAB, "1:1")[0]
        letter = {name: chr(65 + index) for index, name in enumerate(headers) if index < 26}
        names = [
            row[0] if row else "" for row in person.rows(TAB, f"{letter['Nimi']}2:{letter['Nimi']}")
        ]
        match kind:
            case "sort":
                person.sort(TAB, letter["Nimi"], down=given_[0])
            case "insert":
                person.insert_rows(TAB, given_[0])
            case "move":
                person.move_rows(TAB, given_[0], 1, given_[1])
            case "column":
                person.insert_columns(TAB, given_[0])
            case "add":
                name = f"Uusi {given_[0]} ry"
                if name not in names:
                    person.type(TAB, f"{letter['Nimi']}{len(names) + 2}", name)
                    self.notes[name] = ""
            case "note":
                if given_[0] in names:
                    row = names.index(given_[0]) + 2
                    person.type(TAB, f"{letter[NOTES]}{row}", f"huomautus {given_[1]}")
                    self.notes[given_[0]] = f"huomautus {given_[1]}"


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


def wanted(book):
    """Plan what a run would: an id for every row without one, its number as the short name."""
    table = book.table("organisations")
    changes, taken = [], book.taken()
    for row_id, row in table.rows():
        name = row["name"]
        if row_id.startswith("#") and name:
            given_ = new_id("O", (name,), taken)
            taken.add(given_)
            changes.append(Change("organisations", row_id, "id", row["id"], given_, "id"))
        short = f"lyh {name.split()[1]}" if name else ""
        if row["short"] != short:
            changes.append(Change("organisations", row_id, "short", row["short"], short, "test"))
    witnesses = {
        ("organisations", row_id): table.witness(row_id)
        for row_id in table.numbers
        if row_id.startswith("#")
    }
    return Plan.of(changes, witnesses)


def run(desk):
    """Live through one run; return whether it had nothing to do."""
    plan = wanted(desk.store.read())
    desk.store.write(plan, lines)
    return not plan.changes


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A server, and a register on it that each story begins with a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        for number, name in enumerate(NAMES, start=2):
            desk.person.type(TAB, f"B{number}", name)
        yield server, folder, desk.sheet


@pytest.mark.timeout(1200)
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.booleans(), edits), max_size=4),
    st.lists(st.tuples(st.integers(0, 8), faults), max_size=1),
)
@example([(5, False, ("column", "A")), (6, False, ("sort", False)), (0, False, ("sort", True))], [])
@example([(5, False, ("column", "A")), (0, False, ("sort", True)), (6, False, ("sort", False))], [])
@example(
    [
        (8, True, ("sort", True)),
        (0, True, ("sort", False)),
        (6, False, ("column", "A")),
        (0, False, ("note", "Seura 3 ry", 1)),
    ],
    [(0, refused(429))],
)
@example(
    [
        (8, True, ("sort", False)),
        (0, False, ("sort", False)),
        (6, False, ("column", "A")),
        (0, False, ("insert", 2)),
    ],
    [(0, Fault(lost=True))],
)
def test_no_edit_is_lost_and_the_next_run_mends_the_rest(register, timed, broken):
    server, folder, like = register
    server.calm()
    desk = GoogleDesk(server, folder, like=like)
    people = People(desk)
    people.notes = dict.fromkeys(NAMES, "")
    for at, late, edit in timed:
        (server.after if late else server.before)(at, lambda edit=edit: people.act(edit))
    for at, fault in broken:
        server.fault(at, fault)
    for _ in range(2):
        try:
            run(desk)
        except VerkostoError as stop:
            assert stop.exit_code in (4, 75)
    server.calm()
    for _ in range(3):
        if run(desk):
            break
    book = desk.store.read()
    assert not wanted(book).changes
    rows = [row for _, row in book.table("organisations").rows()]
    assert sorted(row["name"] for row in rows) == sorted(people.notes)
    assert {row["name"]: row["notes"] for row in rows} == people.notes
    assert {row["name"]: row["short"] for row in rows} == {
        row["name"]: f"lyh {row['name'].split()[1]}" for row in rows
    }
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    log = [line for line, _ in book.table("log").rows()]
    assert len(set(log)) == len(log)

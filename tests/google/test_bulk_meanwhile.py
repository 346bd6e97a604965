"""One decision for many is handed out while people type beside the others: their words stand."""

import pytest

from register.book.change import added_row
from register.book.ids import new_id
from register.book.log import log_rows
from register.book.plan import Plan
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

CLOCK, SAY = TickingClock(), Sentences("fi")
PHONES = [f"040 111 22{n:02}" for n in range(4)]
RIGHT = [f"+3584011122{n:02}" for n in range(4)]
IDS = [new_id("O", (str(n),), ()) for n in range(4)]
TAB = "Tarkista"


def run(desk, meanwhile=None, at=0):
    """Clean, ``meanwhile`` happening before the n-th request of the writing; its last look is 1."""
    outcome = cleanup(desk.store.read(), CLOCK.now(), CleanupOptions(()), SAY)
    desk.server.requests.clear()
    if meanwhile:
        desk.server.before(at, meanwhile)
    desk.store.write(
        outcome.plan, lambda changes, now: log_rows(changes, outcome.run, "2026-11-29T05:00", now)
    )
    desk.store.reorder("review", outcome.order)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A server, and a register with a line above four questions, which each test has a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        rows = [
            {"id": one, "name": f"Seura {n} ry", "municipality": "Espoo", "type": "association",
             "source": "x", "phone": PHONES[n]}
            for n, one in enumerate(IDS)
        ]  # fmt: skip
        changes = [change for row in rows for change in added_row("organisations", row, "test")]
        desk.store.write(Plan.of(changes), lambda changes, book: [])
        run(desk)
        yield server, folder, desk.sheet


@pytest.fixture
def desk(register):
    server, folder, like = register
    server.calm()
    return GoogleDesk(server, folder, like=like)


def questions(desk, *, bulk):
    rows = desk.another_store().read().table("review").rows()
    return {case: row for case, row in rows if (row["kind"] == "bulk") is bulk}


def types(desk, case, word):
    """Type a decision beside a question, wherever its row is by then."""
    head, *rows = desk.person.rows(TAB)
    own, decision = head.index("Tunnus"), chr(65 + head.index("Päätös"))
    number = next(n for n, row in enumerate(rows, 2) if row[own : own + 1] == [case])
    desk.person.type(TAB, f"{decision}{number}", word)


def phones(desk):
    there = desk.another_store().read().table("organisations")
    return [there.cell(one, "phone") for one in IDS]


def of_phone(desk, phone):
    return next(case for case, row in questions(desk, bulk=False).items() if phone in row["left"])


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("filtered", [False, True])
def test_what_is_typed_beside_a_member_meanwhile_stands(desk, at, filtered):
    (line,) = questions(desk, bulk=True)
    one = of_phone(desk, PHONES[2])
    types(desk, line, "hyväksy kaikki")
    if filtered:
        desk.person.filter(TAB, "A", "varoitus")
    run(desk, lambda: types(desk, one, "jätä näin"), at)
    run(desk)
    assert questions(desk, bulk=False)[one]["decision"] == "ignore"
    assert phones(desk) == [*RIGHT[:2], PHONES[2], RIGHT[3]]
    assert all(row["done"] for row in questions(desk, bulk=True).values())


@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_is_typed_on_the_line_meanwhile_is_not_written_over(desk, at):
    (line,) = questions(desk, bulk=True)
    run(desk, lambda: types(desk, line, "hyväksy kaikki"), at)
    assert phones(desk) == PHONES
    run(desk)
    assert phones(desk) == RIGHT and questions(desk, bulk=True)[line]["done"]

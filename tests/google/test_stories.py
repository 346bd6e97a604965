"""Whatever people do in several tabs while runs write, no cell of theirs is lost or crossed.

The long search runs apart, with other stories each time: what it finds is a fault, and becomes an
example here.
"""

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.google.stories import check, faults, made, stories, tell
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer, refused

EVERY = list(HealthCheck)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A server, and a register on it that each story begins with a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        made(desk)
        yield server, folder, desk.sheet


@pytest.mark.timeout(1200)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=EVERY)
@given(stories, faults)
@example(
    [
        (5, False, ("column", "people", 3)),
        (9, True, ("type", "Lyhenne", "Seura 2 ry", 3)),
        (10, False, ("column", "organisations", 8)),
        (8, False, ("column", "organisations", 12)),
        (7, True, ("sort", "people", False)),
    ],
    [],
)
@example(
    [
        (5, False, ("shift", "inbox", 8, 13)),
        (12, False, ("insert", "organisations", 2)),
        (9, True, ("card", 13)),
        (5, False, ("org", 10)),
        (8, False, ("column", "inbox", 9)),
        (8, False, ("card", 12)),
    ],
    [],
)
@example(
    [
        (5, False, ("shift", "organisations", 1, 10)),
        (5, False, ("type", "Huom", "Seura 3 ry", 8)),
        (6, True, ("type", "Lyhenne", "Seura 0 ry", 8)),
        (9, True, ("shift", "people", 12, 6)),
        (5, False, ("card", 12)),
    ],
    [(9, refused(429))],
)
@example([(4, True, ("column", "organisations", 3)), (5, True, ("column", "organisations", 3))], [])
@example([(0, True, ("column", "inbox", 2)), (5, False, ("insert", "inbox", 2))], [])
@example(
    [
        (7, False, ("insert", "inbox", 2)),
        (3, True, ("column", "inbox", 2)),
        (12, True, ("sort", "inbox", False)),
        (0, True, ("sort", "inbox", True)),
        (0, True, ("sort", "people", False)),
    ],
    [],
)
def test_no_cell_is_lost_or_crossed(register, timed, broken):
    check(*tell(*register, timed, broken))


@pytest.mark.search
@pytest.mark.timeout(14400)
@pytest.mark.parametrize("part", range(4))
@settings(max_examples=75, deadline=None, suppress_health_check=EVERY, print_blob=True)
@given(stories, faults)
def test_no_cell_is_lost_or_crossed_in_many_stories(register, part, timed, broken):
    """Each part looks for stories of its own, so that two processes share them."""
    check(*tell(*register, timed, broken))

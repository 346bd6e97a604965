"""A disk with no room left at any write of the ledger, while letters go.

The limit on a file's size that the operating system keeps stands in for the disk: a write past it
fails, at whatever page of the ledger or of its journal that is.
"""

from __future__ import annotations

from collections import Counter

import pytest

from register.state.ledger import LEDGER_FILE, SqliteLedger
from tests.post.test_killed import SENDER, C, lawful, states
from tests.script_server import SERVER
from tests.smtp_server.scripted import Scripted

LETTERS = 150
LIMITED = (
    "import resource, os\n"
    "most = int(os.environ['MOST'])\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
)
CAUGHT = """
from register.book.errors import VerkostoError
try:
    exec(SENDER)
except VerkostoError as fault:
    sys.exit(fault.exit_code)
"""


def send(folder, server, most):
    """Send in a process that can write no file over this size; return how it exits."""
    source = folder / "send.py"
    source.write_text(f"import sys\nSENDER = {SENDER!r}\n{LIMITED}{CAUGHT}", encoding="utf-8")
    words = (str(source), str(folder), server.port, LETTERS, 2)
    return SERVER.run(folder, words, {"MOST": str(most)})


@pytest.fixture(scope="module")
def sizes(tmp_path_factory):
    """The ledger's size when all is planned, and when all is sent."""
    folder = tmp_path_factory.mktemp("sizes")
    with SqliteLedger(folder) as ledger:
        ledger.plan(C, [(f"h{n}@example.org", f"H-{n}", f"<{n}@x>") for n in range(LETTERS)])
    planned = (folder / LEDGER_FILE).stat().st_size
    with Scripted().running() as server:
        assert send(folder, server, 1 << 30).returncode == 0
    return planned, (folder / LEDGER_FILE).stat().st_size


@pytest.mark.parametrize("share", [-1.0, -0.6, -0.2, 0.0, 0.2, 0.5, 0.8, 0.99])
@pytest.mark.parametrize("more", [0, 700, 4_000])
def test_it_is_full(tmp_path, sizes, share, more):
    """Under 0 there is no room for what was there already, at 1 all letters would have had some."""
    planned, sent = sizes
    assert sent > planned
    span = planned if share < 0 else sent - planned
    most = max(512, int(planned + share * span) + more)
    with SqliteLedger(tmp_path) as ledger:
        ledger.plan(C, [(f"h{n}@example.org", f"H-{n}", f"<{n}@x>") for n in range(LETTERS)])
    with Scripted().running() as server:
        done = send(tmp_path, server, most)
        assert "Traceback" not in done.stderr, done.stderr
        before = Counter(server.ids)
        if most < sent:
            assert done.returncode in (2, 75)
        found = states(tmp_path)
        assert {one for one, state in found.items() if state == "sent"} <= before.keys()
        assert send(tmp_path, server, 1 << 30).returncode == 0
    found = states(tmp_path)
    lawful(server, found, unknown=4)  # what was in flight, and what its commit would have told
    assert all(count == 1 for count in Counter(server.ids).values())
    assert set(found.values()) <= {"sent", "unknown"} and len(found) == LETTERS
    assert before.keys() <= set(server.ids)

"""The ledger: a letter is claimed once, whatever dies and whoever else is running."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from register.book.errors import BookLocked, UsageError
from register.letters.campaign import REHEARSAL
from register.state.ledger import SETTLED, SqliteLedger

C = "T-1/invitation/1"
A, B = "a@example.org", "b@example.org"
SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def ledger(tmp_path):
    with SqliteLedger(tmp_path / "state") as opened:
        opened.plan(C, [(A, "H-1", "<1@x>"), (B, "H-2", "<2@x>")])
        yield opened


def claim(ledger, campaign, address):
    return bool(ledger.record(campaign, [address], []))


def settle(ledger, campaign, address, state):
    ledger.record(campaign, [], [(address, state)])


def states(ledger, campaign=C):
    return {entry.address: entry.state for entry in ledger.letters(campaign)}


def test_planned(ledger):
    """Entries keep what they were planned with; times are UTC."""
    first, second = ledger.letters(C)
    assert (first.campaign, first.address, first.person) == (C, A, "H-1")
    assert (second.state, second.message_id) == ("planned", "<2@x>")
    assert first.changed_at.endswith("+00:00")


def test_planned_again(ledger):
    """Planning once more changes nothing, whoever it names and however the address is written."""
    claim(ledger, C, A)
    ledger.plan(C, [("A@EXAMPLE.ORG ", "H-9", "<9@x>"), ("c@example.org", "H-3", "<3@x>")])
    assert states(ledger) == {A: "intent", B: "planned", "c@example.org": "planned"}
    assert ledger.letters(C)[0].person == "H-1"


def test_claimed_once(ledger):
    """The second claim is refused; another letter's is not."""
    assert claim(ledger, C, A) is True
    assert claim(ledger, C, A) is False
    assert claim(ledger, C, "A@example.ORG") is False
    assert claim(ledger, C, B) is True


def test_only_what_is_planned_is_claimed(ledger):
    assert claim(ledger, C, "x@example.org") is False
    assert claim(ledger, "T-2/invitation/1", A) is False


@pytest.mark.parametrize("state", [state for state in SETTLED if state != "planned"])
def test_what_is_settled_stays_so(ledger, state):
    """A settled letter can be claimed and settled no more."""
    claim(ledger, C, A)
    settle(ledger, C, A, state)
    assert states(ledger) == {A: state, B: "planned"}
    assert claim(ledger, C, A) is False
    with pytest.raises(ValueError, match="not claimed"):
        settle(ledger, C, A, "sent")


def test_settled_as_planned(ledger):
    """What certainly did not go may be claimed again."""
    claim(ledger, C, A)
    settle(ledger, C, A, "planned")
    assert claim(ledger, C, A) is True


@pytest.mark.parametrize("state", ["intent", "bounced", ""])
def test_no_other_state(ledger, state):
    claim(ledger, C, A)
    with pytest.raises(ValueError):
        settle(ledger, C, A, state)
    assert states(ledger)[A] == "intent"


def test_campaigns_are_apart(ledger):
    """A reminder, or a rehearsal, is another letter to the same mailbox."""
    for campaign in ("T-1/reminder/1", C + REHEARSAL):
        ledger.plan(campaign, [(A, "H-1", "<1@x>")])
        claim(ledger, campaign, A)
        settle(ledger, campaign, A, "rehearsed")
    assert states(ledger)[A] == "planned"
    assert claim(ledger, C, A) is True


def test_only_its_owner_reads_it(ledger, tmp_path):
    folder = tmp_path / "state"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_it_is_there_when_opened_again(tmp_path):
    with SqliteLedger(tmp_path) as ledger:
        ledger.plan(C, [(A, "H-1", "<1@x>")])
        claim(ledger, C, A)
        settle(ledger, C, A, "sent")
    with SqliteLedger(tmp_path) as ledger:
        assert states(ledger) == {A: "sent"}


def test_every_commit_is_synced(ledger):
    """full = 2: what is committed is on the disk before anything is sent."""
    assert ledger._db.execute("pragma synchronous").fetchone() == (2,)


def test_another_run_may_read_but_not_write(ledger, tmp_path):
    """A live run's intents are left alone by one that opens the ledger beside it."""
    claim(ledger, C, A)
    with SqliteLedger(tmp_path / "state") as other:
        assert states(other)[A] == "intent"
        for write in (
            lambda: claim(other, C, B),
            lambda: other.plan(C, []),
            lambda: settle(other, C, A, "sent"),
        ):
            with pytest.raises(BookLocked):
                write()
    assert states(ledger)[A] == "intent"
    settle(ledger, C, A, "sent")


def test_a_damaged_file_is_refused(tmp_path):
    """Without its ledger nothing may be sent; the file is left as it is."""
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(UsageError, match="ledger"):
        SqliteLedger(tmp_path)
    assert path.read_bytes() == b"not a database" * 100


@given(
    st.lists(st.tuples(st.sampled_from([A, B]), st.sampled_from(["claim", *SETTLED])), max_size=12)
)
def test_no_order_of_calls_claims_twice(tmp_path_factory, calls):
    """However calls are mixed, a letter goes at most once unless it certainly did not go."""
    went = {A: 0, B: 0}
    with SqliteLedger(tmp_path_factory.mktemp("ledger")) as ledger:
        ledger.plan(C, [(A, "H-1", "<1@x>"), (B, "H-2", "<2@x>")])
        for address, call in calls:
            if call == "claim":
                went[address] += claim(ledger, C, address)
                continue
            try:
                settle(ledger, C, address, call)
            except ValueError:
                continue
            went[address] -= call == "planned"
    assert set(went.values()) <= {0, 1}


WORKER = """
import signal
import sys
from pathlib import Path
from register.state.ledger import SqliteLedger
folder, campaign, mark = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
ledger = SqliteLedger(folder)
addresses = [f"h{n}@example.org" for n in range(40)]
ledger.plan(campaign, [(a, f"H-{n}", f"<{n}@x>") for n, a in enumerate(addresses)])
for address in addresses:
    if ledger.record(campaign, [address], []):
        with mark.open("a") as file:
            file.write(address + "\\n")
        ledger.record(campaign, [], [(address, "sent")])
if "awaits its end" in sys.argv:
    signal.pause()
"""


def run(folder, campaign, mark, kill_after=None, *more):
    """Run a sender in a process of its own; kill it once its mark has so many lines, or seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), campaign, str(mark), *more],
        env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
    )
    if kill_after is not None:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if mark.exists() and len(mark.read_text().split()) >= kill_after:
                process.send_signal(signal.SIGKILL)
                break
    return process.wait(60)


@pytest.mark.parametrize("kill_after", [1, *random.Random(7).sample(range(2, 38), 4)])
def test_killed_at_any_point_nothing_goes_twice(tmp_path, kill_after):
    """kill -9, three runs: each letter goes once at most; what is not certain is unknown."""
    mark = tmp_path / "delivered"
    assert run(tmp_path / "state", C, mark, kill_after, "awaits its end") == -signal.SIGKILL
    run(tmp_path / "state", C, mark, kill_after + 5)
    assert run(tmp_path / "state", C, mark) == 0
    delivered = mark.read_text().split()
    with SqliteLedger(tmp_path / "state") as ledger:
        found = states(ledger)
    assert len(delivered) == len(set(delivered))
    assert set(found.values()) <= {"sent", "unknown"}
    assert list(found.values()).count("unknown") <= 2
    assert {address for address, state in found.items() if state == "sent"} <= set(delivered)
    assert set(found) - set(delivered) <= {a for a, state in found.items() if state == "unknown"}


STUCK = WORKER.replace(
    '        with mark.open("a")',
    '        import os; os.kill(os.getpid(), 9)\n        with mark.open("a")',
)


@pytest.mark.parametrize(("campaign", "after"), [(C, "unknown"), (C + REHEARSAL, "planned")])
def test_killed_between_claim_and_settle(tmp_path, campaign, after):
    """A real letter becomes unknown for good; a rehearsal's is simply planned again."""
    killed = subprocess.run(
        [sys.executable, "-c", STUCK, str(tmp_path / "state"), campaign, str(tmp_path / "mark")],
        env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    raw = sqlite3.connect(tmp_path / "state" / "ledger.sqlite")
    assert raw.execute("select count(*) from letter where state = 'intent'").fetchone() == (1,)
    raw.close()
    with SqliteLedger(tmp_path / "state") as ledger:
        found = states(ledger, campaign)
        assert found.pop("h0@example.org") == after
        assert set(found.values()) == {"planned"}
        assert claim(ledger, campaign, "h0@example.org") is (after == "planned")

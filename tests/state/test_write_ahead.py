"""The ledger is written by a log where the disk is this computer's own, and is one file at rest."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from register.book.errors import UsageError
from register.privacy.subject import Subject
from register.state import write_ahead
from register.state.ledger import LEDGER_FILE, SqliteLedger
from register.state.personal import forget_in_state
from register.state.saved_state import restore_state, saved_state
from register.state.write_ahead import is_local

C = "T-1/invitation/1"
MAILBOX = "maija.meri@example.org"
MAIJA = Subject(ids=("H-1",), addresses=frozenset({MAILBOX}))
MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:50 / /home rw shared:1 - nfs4 server:/home rw
24 22 0:51 / /home/own rw - xfs /dev/vdb rw
25 22 0:52 / /mnt/two\\040words rw - 9p share rw
26 22 0:53 / /twice rw - ext4 /dev/vdc rw
27 22 0:54 / /twice rw - fuse.sshfs there: rw
28 22 0:55 / /homework rw - cifs //server/share rw
"""


@pytest.mark.parametrize(
    ("folder", "local"),
    [
        ("/", True),
        ("/srv/register", True),
        ("/home", False),
        ("/home/maija/register", False),
        ("/home/own/register", True),
        ("/mnt/two words/register", False),
        ("/mnt/two", True),
        ("/twice/register", False),
        ("/homework", False),
    ],
)
def test_whose_disk_it_is(tmp_path, folder, local):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert is_local(Path(folder), mounts) is local


def test_nobody_can_tell(tmp_path):
    assert not is_local(tmp_path, tmp_path / "missing")


@pytest.fixture(params=["own disk", "network"])
def mode(request, monkeypatch):
    """How the ledger is to be written, on each kind of disk."""
    own = request.param == "own disk"
    monkeypatch.setattr(write_ahead, "is_local", lambda folder: own)
    return "wal" if own else "truncate"


def planned(folder):
    ledger = SqliteLedger(folder)
    ledger.plan(C, [(MAILBOX, "H-1", "<1@x>"), ("b@example.org", "H-2", "<2@x>")])
    return ledger


def names(folder):
    return {path.name for path in folder.iterdir()} - {"ledger.lock"}


def test_one_file_at_rest(tmp_path, mode):
    """Another version, or a copy of the folder, finds an ordinary database."""
    with planned(tmp_path) as ledger:
        assert ledger._db.execute("pragma journal_mode").fetchone() == (mode,)
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
        with SqliteLedger(tmp_path) as reader:
            assert len(reader.letters(C)) == 2
    assert names(tmp_path) == {LEDGER_FILE}
    assert (tmp_path / LEDGER_FILE).read_bytes()[18:20] == b"\x01\x01"  # no log, by its header


def test_a_reader_that_stays_leaves_the_log_to_the_next(tmp_path, mode):
    with planned(tmp_path) as ledger:
        reader = SqliteLedger(tmp_path)
        assert len(reader.letters(C)) == 2
        ledger.record(C, [MAILBOX], [])
        ledger.record(C, [], [(MAILBOX, "sent")])
    assert [one.state for one in reader.letters(C)] == ["planned", "sent"]
    reader.close()
    SqliteLedger(tmp_path).close()
    assert names(tmp_path) == {LEDGER_FILE}
    assert (tmp_path / LEDGER_FILE).read_bytes()[18:20] == b"\x01\x01"


def test_no_shared_memory(tmp_path):
    """Where the scratch database cannot be written by a log, the ledger is not either."""
    (tmp_path / "wal.part").mkdir()
    with planned(tmp_path) as ledger:
        assert ledger._db.execute("pragma journal_mode").fetchone() == ("truncate",)


KILLED = """
import os, sys
from pathlib import Path
from register.state.ledger import SqliteLedger
ledger = SqliteLedger(Path(sys.argv[1]))
ledger.plan(sys.argv[2], [(sys.argv[3], "H-1", "<1@x>")])
ledger.record(sys.argv[2], [sys.argv[3]], [])
ledger.record(sys.argv[2], [], [(sys.argv[3], "sent")])
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def killed(tmp_path):
    """The folder of a ledger whose run was killed: all that it wrote is in the log still."""
    folder = tmp_path / "state"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), C, MAILBOX],
        env={**os.environ, "PYTHONPATH": str(Path(write_ahead.__file__).parents[2])},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert MAILBOX.encode() in (folder / f"{LEDGER_FILE}-wal").read_bytes()
    return folder


def test_what_a_killed_run_left_is_saved(killed, tmp_path):
    """The saved state has what was only in the log."""
    data = saved_state(killed, datetime(2026, 3, 1, 12, 0))
    restore_state(tmp_path / "new", data)
    with SqliteLedger(tmp_path / "new") as ledger:
        assert [(one.address, one.state) for one in ledger.letters(C)] == [(MAILBOX, "sent")]
    assert names(tmp_path / "new") == {LEDGER_FILE}


def test_who_is_erased_is_in_no_log(killed):
    forget_in_state(killed, MAIJA, {"H-1"}, lambda text: "#hashed")
    assert names(killed) == {LEDGER_FILE}
    assert MAILBOX.encode() not in (killed / LEDGER_FILE).read_bytes()


def test_nobody_is_told_to_be_erased_while_a_log_is_in_use(killed):
    """A reader keeps the log there: the erasure says so, and goes on when it is given again."""
    with closing(sqlite3.connect(killed / LEDGER_FILE)) as reader:
        reader.execute("begin")
        reader.execute("select address from letter").fetchone()
        with pytest.raises(UsageError, match=LEDGER_FILE):
            forget_in_state(killed, MAIJA, {"H-1"}, lambda text: "#hashed")
    forget_in_state(killed, MAIJA, {"H-1"}, lambda text: "#hashed")
    assert MAILBOX.encode() not in (killed / LEDGER_FILE).read_bytes()


def test_shared_memory_that_was_left_is_removed_at_the_next_opening(tmp_path):
    """SQLite left it where its removal failed; at rest the ledger is one file."""
    SqliteLedger(tmp_path).close()
    left = tmp_path / f"{LEDGER_FILE}-shm"
    left.write_bytes(bytes(32768))
    SqliteLedger(tmp_path).close()
    assert not left.exists()


def test_shared_memory_in_use_is_left(tmp_path):
    SqliteLedger(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / LEDGER_FILE)) as other:
        other.execute("pragma journal_mode = wal")
        other.execute("begin")
        other.execute("select count(*) from letter").fetchone()
        SqliteLedger(tmp_path).close()
        assert (tmp_path / f"{LEDGER_FILE}-shm").exists()

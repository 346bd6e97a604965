"""kill -9 of a process that sends, at every point and at random; then the same command again.

Nothing arrives twice; at most one letter a kill is unknown; all others are sent in the end.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from register.state.ledger import SqliteLedger
from tests.smtp_server.scripted import POINTS, Scripted

SCRIPTS = Path(__file__).parents[2] / "scripts"
C = "T-1/invitation/1"
LETTERS = 12

SENDER = """
import sys
from pathlib import Path
from datetime import datetime, UTC
from register.rounds.dispatch import SendLimits, dispatch_letters
from register.letters.message import Letter
from register.post.connection import Server
from register.post.smtp import Smtp
from register.state.ledger import SqliteLedger
folder, port, count, connections = Path(sys.argv[1]), *map(int, sys.argv[2:])
letters = [
    Letter(f"H-{n}", f"h{n}@example.org", "v@example.org", f"h{n}@example.org", f"<{n}@x>", (), "",
           f"Message-ID: <{n}@x>\\r\\n\\r\\n{'x' * 70}\\r\\n".encode())
    for n in range(count)
]
post = Smtp(Server("127.0.0.1", port, "none", timeout=20.0), connections=connections, waits=(0.05,))
with SqliteLedger(folder) as ledger:
    done = dispatch_letters(letters, post, ledger, "T-1/invitation/1", SendLimits(), datetime.now(UTC))
    sys.exit(75 if done.stopped else 0)
"""


def start(folder, server, count=LETTERS, connections=1):
    return subprocess.Popen(
        [sys.executable, "-c", SENDER, str(folder), str(server.port), str(count), str(connections)],
        env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
    )


def states(folder):
    with SqliteLedger(folder) as ledger:
        return {one.message_id: one.state for one in ledger.letters(C)}


def lawful(server, found, unknown):
    counts = Counter(server.ids)
    assert all(number == 1 for number in counts.values()), counts
    assert Counter(found.values())["unknown"] <= unknown
    for message_id, state in found.items():
        assert state in ("sent", "unknown")
        assert state == "unknown" or message_id in counts


@pytest.mark.parametrize("point", ["greeting", "ehlo", "mail", "rcpt", "data", "body", "dot"])
@pytest.mark.parametrize("number", [1, 5])
def test_killed_at_a_point(tmp_path, point, number):
    """The server kills the sender when it comes to this point, before it answers."""
    victim = []

    def script(at, to, count):
        if victim and (at, count) == (point, number if point not in ("greeting", "ehlo") else 1):
            victim.pop().send_signal(signal.SIGKILL)
            return "drop"
        return ""

    with Scripted(script).running() as server:
        process = start(tmp_path, server)
        victim.append(process)
        assert process.wait(60) == -signal.SIGKILL
        before = Counter(server.ids)
        assert start(tmp_path, server).wait(60) == 0
    found = states(tmp_path)
    lawful(server, found, unknown=1)
    assert len(found) == LETTERS and before.keys() <= found.keys()


@pytest.mark.parametrize("point", ["accepted", "after"])
def test_killed_when_the_letter_has_arrived(tmp_path, point):
    """Its acceptance is never heard of, or heard and not written down: unknown, not sent again."""
    victim = []

    def script(at, to, count):
        if victim and at == "dot" and count == 3 and point == "accepted":
            victim.pop().send_signal(signal.SIGKILL)
            return "lost"
        if victim and at == "mail" and count == 4 and point == "after":
            victim.pop().send_signal(signal.SIGKILL)
            return "drop"
        return ""

    with Scripted(script).running() as server:
        process = start(tmp_path, server)
        victim.append(process)
        assert process.wait(60) == -signal.SIGKILL
        assert start(tmp_path, server).wait(60) == 0
    found = states(tmp_path)
    lawful(server, found, unknown=1)
    assert len(server.ids) == LETTERS


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_random_again_and_again(tmp_path, seed):
    """With two connections, several kills in a row; in the end every letter is accounted for."""
    dice, victim, goal = random.Random(seed), [], [0, ""]

    def script(point, to, number):
        if victim and len(server.taken) >= goal[0] and point == goal[1]:
            victim.pop().send_signal(signal.SIGKILL)
        return ""

    with Scripted(script).running() as server:
        for _ in range(5):
            goal[:] = len(server.taken) + dice.randrange(1, 12), dice.choice(POINTS[2:])
            process = start(tmp_path, server, 60, connections=2)
            victim.append(process)
            assert process.wait(60) == -signal.SIGKILL
        assert start(tmp_path, server, 60, connections=2).wait(120) == 0
    found = states(tmp_path)
    lawful(server, found, unknown=2 * 5)
    assert len(found) == 60


def test_two_runs_at_once(tmp_path):
    """One sends, the other is told to wait; nothing goes twice."""
    with Scripted(latency=0.01).running() as server:
        both = [start(tmp_path, server, 30) for _ in range(2)]
        codes = sorted(process.wait(60) for process in both)
    assert 0 in codes
    lawful(server, states(tmp_path), unknown=0)
    assert len(server.ids) == 30

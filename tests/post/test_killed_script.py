"""``invite.py send`` killed as a whole, at every point and at random; then the same command again.

The workbook opens, old or new; nothing goes twice; and in the end Kutsut says what the ledger says.
"""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
from collections import Counter

import pytest

from tests.crash.killed_at import killed_at
from tests.postfix.places import Place
from tests.postfix.test_postfix import MEETING
from tests.smtp_server.scripted import POINTS, Scripted

CONFIG = """
[letters]
organisation = "Espoon verkosto ry"
from_name = "Liisa Koordinaattori"
from_address = "kutsut@verkosto.example"

[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
timeout = 120
retries = [0.05]
"""
NAME = "Kevätkokous"
DEEDS = 70
"""A run that sends five letters has about a hundred."""
IN_KUTSUT = {"sent": "lähetetty", "unknown": "epäselvä"}


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A released meeting and five people who wait in Kutsut."""
    folder = tmp_path_factory.mktemp("planned")
    place = Place(folder)
    place.fill()
    place.types_row("Tapaamiset", 2, {**MEETING, "Tila": "saa lähettää"})
    place.tidy()
    place.does(0, "invite.py", "plan", NAME, "--apply")
    return folder


@pytest.fixture
def place(planned, tmp_path):
    shutil.copytree(planned, tmp_path / "r")
    return Place(tmp_path / "r")


def begun(place, confirm, dies_at=0):
    command = ["invite.py", "send", NAME, "--book", place.book, "--apply", "--confirm", confirm]
    return subprocess.Popen(
        killed_at(dies_at, *command),
        cwd=place.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killing(work, server, more):
    """Return what a mail server does that kills processes at a letter after so many more."""
    goal = len(server.taken) + more

    def script(point, to, number):
        if point == "dot" and len(server.taken) >= goal:
            for one in work:
                one.send_signal(signal.SIGKILL)
        return ""

    return script


def agreement(place, server):
    place.configure(CONFIG.format(port=server.port))
    shown = place.does(0, "invite.py", "send", NAME).stdout
    return re.search(r"\((\d+:[0-9a-f]{8})\)", shown)[1]


def finished(place, server, confirm, unknown):
    """Give the same command again; the register, the ledger and the server agree."""
    code = 1 if unknown else 0
    again = begun(place, confirm)
    assert again.wait(120) in (0, code)
    letters = place.status(NAME)
    counts = Counter(server.ids)
    assert len(letters) == 5 and all(number == 1 for number in counts.values())
    states = Counter(letter["state"] for letter in letters)
    assert states["unknown"] <= unknown and set(states) <= set(IN_KUTSUT)
    rows = {row[0]: " ".join(row) for row in place.rows("Kutsut")[1:]}
    for letter in letters:
        assert letter["state"] == "unknown" or letter["message_id"] in counts
        (row,) = (text for text in rows.values() if letter["address"] in text)
        assert IN_KUTSUT[letter["state"]] in row
    assert not list(place.folder.glob("*.tmp*"))


@pytest.mark.parametrize("point", [*POINTS, "accepted"])
def test_killed_at_a_point(place, point):
    victim: list[subprocess.Popen] = []

    def script(at, to, number):
        when = 1 if point in ("greeting", "ehlo") else 3
        if victim and (at, number) == ("dot" if point == "accepted" else point, when):
            victim.pop().send_signal(signal.SIGKILL)
            return "lost" if point == "accepted" else "drop"
        return ""

    with Scripted(script).running() as server:
        confirm = agreement(place, server)
        victim.append(process := begun(place, confirm))
        assert process.wait(120) == -signal.SIGKILL
        finished(place, server, confirm, unknown=1)


@pytest.mark.parametrize("seed", range(8))
def test_killed_at_random(place, seed):
    """From before the first letter to while Kutsut is written, twice in a row."""
    dice = random.Random(seed)
    with Scripted(latency=0.02).running() as server:
        confirm = agreement(place, server)
        first = begun(place, confirm, dice.randrange(1, DEEDS))
        assert first.wait(120) == -signal.SIGKILL
        work = [begun(place, confirm, dice.randrange(20, DEEDS + 30))]
        server.script = killing(work, server, dice.randrange(1, 5))
        assert work[0].wait(120) in (-signal.SIGKILL, 0, 1)
        finished(place, server, confirm, unknown=2)

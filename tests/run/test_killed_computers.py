"""Two computers with a state of their own, one register; each is killed while it works, at random.

No letter goes twice: one a kill may be unknown. No cell that a person typed is lost, no row is
doubled, and the other computer goes on when the one that was cut off is waited for no longer.
"""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.crash.killed_at import killed_at
from tests.post.test_killed_script import CONFIG, NAME, killing
from tests.postfix.places import GooglePlace, Place
from tests.postfix.test_postfix import MEETING
from tests.sheets_server import SheetsServer
from tests.smtp_server.scripted import Scripted
from tests.test_both_stores import NEVER
from tests.test_scripts import SCRIPTS, run

AUTOMATIC = 'automatic = ["receipt", "unsubscribed"]\n'
CLOCK = Path(__file__).parents[1] / "clock.py"
DEEDS = 160
"""So many a run of autopilot.py has here, or more; one that sends letters has two thirds."""
WAITED = timedelta(minutes=70)
"""After so long a computer that was cut off is waited for no longer."""


class Computers:
    """Two folders with a state each, beside one register and one mail server."""

    def __init__(self, place: Place, other: Path, server: Scripted) -> None:
        self.place, self.server = place, server
        self.folders = (place.folder, other)
        self.agreed = ""

    def begin(
        self, number: int, *words: str, later: timedelta = timedelta(), dies_at: int = 0
    ) -> subprocess.Popen:
        """Start a script on one of them; it may die at its deed of a number."""
        begun = [sys.executable, str(SCRIPTS / words[0])]
        if dies_at:
            begun = killed_at(dies_at, words[0])
        elif later:
            moment = (datetime.now(UTC) + later).isoformat()
            begun = [sys.executable, str(CLOCK), moment, words[0]]
        return subprocess.Popen(
            [*begun, *words[1:], *self.where(number), "--apply", *NEVER],
            cwd=self.folders[number],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def send(self, number: int) -> subprocess.Popen:
        return self.begin(number, *self.sends())

    def sends(self) -> tuple[str, ...]:
        return ("invite.py", "send", NAME, "--confirm", self.agreed)

    def agree(self) -> None:
        shown = run(self.folders[0], "invite.py", "send", NAME, *self.where(0)).stdout
        self.agreed = re.search(r"\((\d+:[0-9a-f]{8})\)", shown)[1]

    def letters(self) -> Counter[tuple[str, str]]:
        """Return which campaign's letter has come to whom how often."""
        return Counter(
            (one.to, message_from_bytes(one.data)["X-Campaign-ID"]) for one in self.server.taken
        )

    def where(self, number: int) -> tuple[str, ...]:
        """Return the flags that name the register and one computer's configuration."""
        book = self.place.book
        if not book.startswith("https"):
            book = str(self.place.folder / book)
        return ("--book", book, "--config", str(self.folders[number] / "config.toml"))


@contextmanager
def two_computers(store: str, folder: Path, settings: str = ""):
    """Give two computers with one key; more ``settings`` are those of both."""
    here, there = folder / "here", folder / "there"
    here.mkdir()
    with SheetsServer() as sheets, Scripted(latency=0.02).running() as server:
        place = GooglePlace(here, sheets) if store == "google" else Place(here)
        letters = CONFIG.format(port=server.port).replace("[letters]", f"[letters]\n{AUTOMATIC}")
        place.configure(f"{settings}{letters}")
        place.fill()
        place.does(0, "autopilot.py", "--apply", *NEVER)
        place.types_row("Tapaamiset", 2, {**MEETING, "Tila": "saa lähettää"})
        place.tidy()
        place.does(0, "invite.py", "plan", NAME, "--apply")
        shutil.copytree(here, there, ignore=lambda *_: [".verkosto", "r.xlsx"])
        two = Computers(place, there, server)
        place.does(0, "doctor.py", "--save", str(folder / "state.zip"))
        moved = ("doctor.py", "--restore", str(folder / "state.zip"), *two.where(1))
        assert run(there, *moved).returncode == 0
        two.agree()
        yield two


@pytest.fixture(params=["xlsx", "google"])
def two(request, tmp_path):
    with two_computers(request.param, tmp_path) as made:
        yield made


def ended(process: subprocess.Popen) -> tuple[int, str]:
    said = process.communicate(timeout=240)[0].decode()
    assert "Traceback" not in said, said
    return process.returncode, said


def test_two_that_send_at_once(two):
    """Both read the register before either writes; one sends, and the other is told so."""
    ends = [ended(one) for one in [two.send(0), two.send(1)]]
    codes = sorted(code for code, _ in ends)
    assert codes[0] == 0 and codes[1] in (0, 5, 6, 75), ends
    assert len(two.letters()) == 5 and set(two.letters().values()) == {1}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.timeout(900)
def test_both_killed_again_and_again(two, seed):
    """Each at a deed of its own, or both at a letter that is coming in."""
    dice, place, kills, reach = random.Random(seed), two.place, 0, DEEDS
    typed = [f"Kerttu{number}" for number in range(4)]
    free = len(place.rows("Yhteyshenkilöt")) + 1
    rounds = 0
    while rounds < len(typed) or (kills < 2 and rounds < 12):
        if rounds < len(typed):
            place.types("Yhteyshenkilöt", free + rounds, "Etunimi", typed[rounds])
            place.types("Yhteyshenkilöt", free + rounds, "Puhelin", f"040 123 456{rounds}")
        work: list[subprocess.Popen] = []
        two.server.script = killing(work, two.server, dice.randrange(0, 3))
        for each in dice.sample((0, 1), 2):
            words = ("autopilot.py",) if dice.random() < 0.4 else two.sends()
            work.append(two.begin(each, *words, dies_at=dice.randrange(1, reach)))
        killed = [ended(one)[0] for one in work].count(-signal.SIGKILL)
        kills, rounds = kills + killed, rounds + 1
        reach = reach if killed else max(2, reach // 2)
    two.server.script = Scripted.script  # none is killed from here on
    for number, hours in ((1, 2), (0, 4), (1, 6)):
        code, said = ended(two.begin(number, "autopilot.py", later=timedelta(hours=hours)))
        assert code in (0, 1), said
    twice = {key: count for key, count in two.letters().items() if count > 1}
    assert not twice and kills >= 2, (twice, kills)
    first = place.rows("Yhteyshenkilöt")[0].index("Etunimi")
    phone = place.rows("Yhteyshenkilöt")[0].index("Puhelin")
    people = place.rows("Yhteyshenkilöt")[1:]
    phones = {row[first]: row[phone] for row in people if row[first] in typed}
    assert phones == {name: f"+35840123456{n}" for n, name in enumerate(typed)}, phones
    for tab in ("Yhteyshenkilöt", "Organisaatiot", "Kutsut", "Pyynnöt"):
        head, *rows = place.rows(tab)
        ids = Counter(row[head.index("Tunnus")] for row in rows if any(row))
        assert set(ids.values()) <= {1}, (tab, ids)
    (lease,) = [row for row in place.rows("Pyynnöt")[1:] if any("Viimeisin ajo" in c for c in row)]
    assert "tehty" in lease

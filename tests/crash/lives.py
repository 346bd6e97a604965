"""Commands that are due, each with what must be so after it was cut off and given again."""

from __future__ import annotations

import json
import mailbox
import re
import shutil
import socket
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from functools import partial
from pathlib import Path

from aiosmtpd.controller import Controller
from pyrage import x25519

from register.run.kept_state import TAB, open_essence
from register.state.essence import Essence
from register.stores.own_tabs import HEAD
from tests.crash.disk_calls import STOPPED, Call, calls, run_with
from tests.crash.remains import digest
from tests.post.test_killed_replies import CONFIG
from tests.postfix.places import GooglePlace, Place
from tests.postfix.test_postfix import MEETING
from tests.replies.clients import CALENDARS, Asked, replied, returned, tapped
from tests.sheets_server import SheetsServer
from tests.story.test_meeting import Letters
from tests.test_scripts import run

NAME = "Kevätkokous"
IDENTITY = x25519.Identity.generate()
KEPT = f'[state]\nin_register = true\n[backup]\nrecipient = "{IDENTITY.to_public()}"\n'
CODES = {0, 1, 2, 5, 75}
"""What a run that the disk failed may end with: done, or a fault that is told."""

_PASSING = re.compile(
    r" [0-9a-f]{8}$|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?|\d{8}-\d{6}\.\d+"
    r"|\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}[.:]\d\d"
)
Cells = dict[str, list[list[str]]]


class Life:
    """A register as it was kept, a command that is due, and the letters of its mail server."""

    def __init__(self, place: Place, kept: Path, post: Letters, command: Sequence[str]) -> None:
        self.place, self.folder, self.kept, self.post = place, place.folder, kept, post
        self.command = [*command, "--book", place.book]
        shutil.copytree(self.folder, kept)
        place.keep()
        self._begun = datetime.now(UTC)
        self._right: set[str] = set()
        self.begin()
        self.calls = calls(self.folder, self.command, **self._moment(0))
        if self._is_night:
            self._run(1)
        self.new, self.mail, self.sent = self.cells(), self.mailbox(), self.letters()
        self.essence = self.kept_letters()

    def begin(self) -> None:
        """Put everything back to how it was."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)
        self.place.put_back()
        self.post.take()

    def cut_off(self, fault: str, call: Call, asleep: float = STOPPED) -> None:
        """Give the command with a fault; check how it ends, and what becomes of its remains.

        Raises AssertionError. A computer that was stopped sees how late it is; the others' moments
        are those of the unbroken run, so that like remains are found again.
        """
        self.begin()
        moment = {} if fault == "stopped" else self._moment(0)
        done = run_with(fault, call, self.folder, self.command, asleep, **moment)
        self._check(done, fault, call)

    def _moment(self, minutes: int) -> dict[str, str]:
        moment = self._begun + timedelta(minutes=minutes)
        return {"TESTS_NOW": moment.isoformat(), "TESTS_STEP": "0.001"}

    def _run(self, minutes: int) -> subprocess.CompletedProcess[str]:
        """Give the command as a run so much later."""
        return run(self.folder, *self.command, **self._moment(minutes))

    def _check(self, done: subprocess.CompletedProcess[str], fault: str, call: Call) -> None:
        """What must be so after a fault, and after the same command again.

        That is not given again where one has gone right from the same remains.
        """
        what = f"{fault} at {call}: {done.returncode}\n{done.stdout[-600:]}\n{done.stderr[-1500:]}"
        assert "Traceback" not in done.stderr, what
        expected = {-9} if fault == "killed" else CODES
        assert done.returncode in expected, what
        remains = self._remains()
        if remains in self._right:
            return
        again = self._run(1)
        if self._is_night and self._other_than_new(self.cells()):
            self._run(2)
        what += f"\n── again: {again.returncode}\n{again.stdout[-600:]}\n{again.stderr[-1500:]}"
        assert again.returncode in (0, 1) and "Traceback" not in again.stderr, what
        letters = self.letters()
        assert letters <= self.sent, what
        self._compare(self.cells(), (self.sent - letters).total(), what)
        assert self.mailbox() == self.mail, what
        assert self._keeps_its_letters() or self.sent != letters, what
        assert not self.leftovers(), f"{self.leftovers()} {what}"
        self._right.add(remains)

    def _remains(self) -> str:
        """Return a digest of all that the next run finds, and of what it may send."""
        everything = self.place.everything()
        sealed = everything.pop(TAB, None)
        kept = _opened(sealed).tables if sealed else {}
        sent = sorted(self._come())
        return digest(
            self.folder, self.place.book, json.dumps([everything, kept, sent], default=str)
        )

    @property
    def _is_night(self) -> bool:
        """Whether something may be left to do: what a night brings in, the next one cleans."""
        return self.command[0] == "autopilot.py"

    def _compare(self, now: Cells, missing: int, what: str) -> None:
        """What people see is as after an unbroken run; one letter at most may be uncertain.

        Kutsut has a row for an invitation; of a receipt only the ledger knows.
        """
        assert missing <= self._uncertain() <= 1, what
        shown = any("epäselvä" in row for row in now["Kutsut"])
        touched = {"Kutsut", "Tapaamiset", "Tarkista"} if shown else set()
        other = self._other_than_new(now) - touched
        assert not other, f"{other}: {what}"

    def _other_than_new(self, now: Cells) -> set[str]:
        return {tab for tab in self.new if tab != "Loki" and now.get(tab) != self.new[tab]}

    def cells(self) -> Cells:
        """Return every tab's rows, without moments and signs of computers.

        Those of tabs that are kept in order are sorted.
        """
        found = {}
        for title, cells in self.place.everything().items():
            if title == TAB:
                continue  # sealed anew each time
            rows = [[_PASSING.sub("*", cell) for cell in row] for row in cells]
            found[title] = sorted(rows) if title in ("Tarkista", "Loki") else rows
        return found

    def kept_letters(self) -> list[tuple[str, ...]]:
        """Return what the register keeps, sealed, of each letter; it opens after any fault."""
        if not (sealed := self.place.everything().get(TAB)):
            return []
        letters = _opened(sealed).tables["letter"]
        return sorted((one["campaign"], one["address"], one["state"]) for one in letters)

    def _keeps_its_letters(self) -> bool:
        """Whether the register keeps what was sent; of one letter it may be uncertain."""
        kept = self.kept_letters()
        uncertain = {one[:2] for one in kept if one[2] == "unknown"}
        known = ([one for one in rows if one[:2] not in uncertain] for rows in (kept, self.essence))
        return len(uncertain) <= 1 and next(known) == next(known)

    def _uncertain(self) -> int:
        """Return of how many letters it is not known whether they have gone."""
        found = 0
        for file in self.folder.glob(".verkosto/*/ledger.sqlite"):
            with closing(sqlite3.connect(file)) as ledger:
                found += ledger.execute(
                    "SELECT count(*) FROM letter WHERE state = 'unknown'"
                ).fetchone()[0]
        return found

    def mailbox(self) -> tuple[int, int]:
        """Return how many messages wait, and how many are done with."""
        box = self.folder / "Maildir"
        if not box.is_dir():
            return 0, 0
        maildir = mailbox.Maildir(box)
        done = "Luetut" in maildir.list_folders()
        return len(maildir), len(maildir.get_folder("Luetut")) if done else 0

    def letters(self) -> Counter[tuple[str, str]]:
        """Return which letters have come to whom since this was asked last."""
        come = Counter(self._come())
        self.post.take()
        return come

    def _come(self) -> list[tuple[str, str]]:
        return [
            (reader, message_from_bytes(data)["X-Campaign-ID"] or "")
            for reader, data in self.post.all
        ]

    def leftovers(self) -> list[str]:
        """Return the drafts that lie about.

        The database that write-ahead was tried with is nobody's; the next sending takes it away.
        """
        return [
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file()
            and re.search(r"(?<!^wal)\.(part|tmp)$|(?<!part)-(wal|shm)$", path.name)
        ]


def _opened(sealed: list[list[str]]) -> Essence:
    """Return what the hidden tab holds."""
    rows = [row[0] if row else "" for row in sealed]
    return open_essence("".join(rows[HEAD:]), [str(IDENTITY)])


@contextmanager
def _office() -> Iterator[tuple[Letters, int]]:
    found = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield found, port
    finally:
        server.stop()


def _released(place: Place) -> str:
    """Live until letters are due; return what agrees to them."""
    place.fill()
    place.types_row("Tapaamiset", 2, {**MEETING, "Tila": "saa lähettää"})
    place.tidy()
    place.does(0, "invite.py", "plan", NAME, "--apply")
    shown = place.does(0, "invite.py", "send", NAME).stdout
    return re.search(r"\((\d+:[0-9a-f]{8})\)", shown)[1]


def _answered(place: Place, post: Letters) -> None:
    """Live until answers have come."""
    place.does(0, "invite.py", "send", NAME, "--apply", "--confirm", _released(place))
    sent = {one.partition("@")[0]: Asked.of(mails[0]) for one, mails in post.take().items()}
    box = mailbox.Maildir(place.folder / "Maildir")
    for data in (
        CALENDARS["apple"](sent["maija.malli"], "ACCEPTED"),
        tapped(sent["nils.prov"], "Kommer", body="Jag tar med kaffe."),
        tapped(sent["amina.test"], "No invitations"),
        returned(sent["puuttuu"]),
        replied(sent["vaino.veto"], "Onko pysäköintiä?"),
    ):
        box.add(data)


def _decided(place: Place) -> None:
    """Have two organisations kept apart, which teaches the comparison."""
    place.types("Organisaatiot", 8, "Nimi", "Espoon kyläyhdistis ry")
    place.tidy()
    asked = place.row_with("Tarkista", "kyläyhdistis")
    place.types("Tarkista", asked, "Päätös", "pidä erillään")


@contextmanager
def _life(folder: Path, store: str, command: str) -> Iterator[Life]:
    with _office() as (post, port), SheetsServer() as sheets:
        here = folder / "r"
        here.mkdir()
        place = GooglePlace(here, sheets) if store == "google" else Place(here)
        place.configure(CONFIG.format(port=port) + (KEPT if command == "autopilot" else ""))
        match command:
            case "cleanup":
                place.does(0, "create.py", "--apply")
                place.does(0, "contacts.py", "import", "list.csv", "--apply")
                words = ["cleanup.py", "--apply", "--fail-on", "never"]
            case "send":
                words = ["invite.py", "send", NAME, "--apply", "--confirm", _released(place)]
            case "replies":
                _answered(place, post)
                words = ["replies.py", "--apply"]
            case _:
                _answered(place, post)
                _decided(place)
                words = ["autopilot.py", "--apply"]
        yield Life(place, folder / "kept", post, words)


LIVES = {
    f"{store} {command}": partial(_life, store=store, command=command)
    for store in ("xlsx", "google")
    for command in ("cleanup", "send", "replies", "autopilot")
}


def one_of_each(every: Sequence[Call]) -> list[Call]:
    """Return the first and the last call of each kind to each file, in their order."""
    first = {call.site: call for call in reversed(every)}
    last = {call.site: call for call in every}
    chosen = {*first.values(), *last.values()}
    return [call for call in every if call in chosen]


def making(every: Sequence[Call], name: str) -> tuple[Call, Call] | None:
    """Return the calls that fill a file's draft and that give it its name; None without them."""
    for number, call in enumerate(every):
        if call.name.startswith("rename") and Path(call.file).name == name:
            return next(one for one in reversed(every[:number]) if one.name == "write"), call
    return None


def sample(every: Sequence[Call], count: int) -> list[Call]:
    """Return so many calls of different kinds, from the first to the last."""
    kinds = one_of_each(every)
    return [kinds[number * (len(kinds) - 1) // (count - 1)] for number in range(count)]

"""A meeting that is led from the sheet alone, on both stores: no command but the one that is due."""

from __future__ import annotations

import re
import socket
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller

from tests.registers import configure
from tests.replies.clients import Asked, tapped
from tests.story.test_meeting import Letters
from tests.test_scripts import run

pytestmark = pytest.mark.story

LIISA = "liisa@yhdistys.example"
READERS = {f"p{number}@jasenet.example" for number in range(3)}


_TODAY = datetime.now(ZoneInfo("Europe/Helsinki")).date()
DAYS = [
    f"{one.day}.{one.month}.{one.year}" for one in (_TODAY + timedelta(days=n) for n in (30, 31))
]


def text(data: bytes) -> bytes:
    body = message_from_bytes(data, policy=default).get_body(("plain",))
    return " ".join(body.get_content().split()).encode()


class Coordinator:
    """Types into cells, reads her mail; the helper's computer runs by itself."""

    def __init__(self, register, letters: Letters) -> None:
        self.register, self.letters = register, letters

    def types(self, **cells: str) -> None:
        self.register.types_row("Tapaamiset", 2, cells)

    def due(self, code: int = 0) -> None:
        done = run(self.register.folder, "invite.py", "advance", *self.register.book, "--apply")
        assert done.returncode == code, done.stdout + done.stderr

    def cell(self, header: str) -> str:

        return (self.register.column("Tapaamiset", header) or [""])[0]

    def code(self) -> str:
        """The code in the last preview of her mail."""
        mine = [
            message_from_bytes(data, policy=default) for to, data in self.letters.all if to == LIISA
        ]
        return re.match(r"\[(\d+-[0-9A-Z]{4})\]", mine[-1]["Subject"])[1]

    def answers(self, reader: str, subject: str) -> None:
        """A reader taps the link of this subject in their last letter."""
        letter = [data for to, data in self.letters.all if to == reader][-1]
        mails = self.register.folder / "mails"
        mails.mkdir(exist_ok=True)
        data = tapped(Asked.of(letter), subject, sender=reader)
        (mails / f"{len(list(mails.iterdir()))}.eml").write_bytes(data)

    def reads(self) -> None:
        done = run(
            *(self.register.folder, "replies.py", *self.register.book),
            *("--mailbox", "mails", "--apply"),
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @property
    def written_to(self) -> set[str]:
        return {to for to, _ in self.letters.all} - {LIISA}


@contextmanager
def smtp_server():
    letters = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield letters, port
    finally:
        server.stop()


@pytest.fixture
def coordinator(register):
    with smtp_server() as (letters, port):
        configure(
            register,
            f"""
[letters]
from_address = "verkosto@yhdistys.example"
release = ["{LIISA}"]
[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
""",
        )
        register.types("Organisaatiot", 2, "Nimi", "Kylät ry")
        register.types("Organisaatiot", 2, "Tyyppi", "yhdistys")
        register.types("Organisaatiot", 2, "Kotikunta", "Tampere")
        for row, reader in enumerate(sorted(READERS), start=2):
            for header, value in {
                "Etunimi": "Maija",
                "Sukunimi": f"Meri{'aei'[row - 2]}",
                "Organisaatio": "Kylät ry",
                "Ryhmä": "järjestötoimija",
                "Sähköposti": reader,
                "Kutsutaan": "kyllä",
                "Lähde": "messut",
            }.items():
                register.types("Yhteyshenkilöt", row, header, value)
        person = Coordinator(register, letters)
        person.types(
            Nimi="Kevättapaaminen",
            Laji="verkostotapaaminen",
            Pvm=DAYS[0],
            Alkaa="17.30",
            Paikka="Kirjasto",
            Alue="Tampere",
            Lähetysaika="1.1.2026 9.00",
        )
        done = run(register.folder, "cleanup.py", *register.book, "--apply")
        assert done.returncode in (0, 1), done.stderr
        yield person


def test_a_meeting_is_led_from_the_sheet(coordinator):
    """Its people are asked which day suits; one is chosen, and they are invited."""
    first, second, asked = DAYS[0], DAYS[1], ", ".join(DAYS)
    coordinator.types(Tila="kokoa kutsuttavat", Pvm="", Päivävaihtoehdot=asked)
    coordinator.due()
    assert coordinator.cell("Tila") == "kutsuttavat koottu"
    assert coordinator.cell("Kutsuttavia") == "3, katso Kutsut"
    coordinator.types(Tila="esikatselu")
    coordinator.due()
    coordinator.types(Tila="saa lähettää", Lupa=coordinator.code())
    coordinator.due()
    assert coordinator.cell("Tila") == "kutsuttavat koottu"
    assert coordinator.written_to == READERS
    coordinator.answers("p0@jasenet.example", f"Päivä käy: {first}")
    coordinator.answers("p1@jasenet.example", f"Päivä käy: {second}")
    coordinator.answers("p1@jasenet.example", f"Päivä käy: {first}")
    coordinator.reads()
    assert re.fullmatch(r"\w\w .* 2, \w\w .* 1 / 2 vastasi", coordinator.cell("Vastaukset"))
    suits = coordinator.register.column("Kutsut", "Sopivat päivät")
    assert sorted(filter(None, suits)) == [first, asked]
    coordinator.reads()
    del coordinator.letters.all[:]
    coordinator.types(Tila="esikatselu", Pvm=first)
    coordinator.due()
    assert coordinator.cell("Tila") == "esikatseltu" and coordinator.written_to == set()
    coordinator.types(Tila="saa lähettää", Lupa="3-0000")
    coordinator.due()
    assert "ei ole viimeisimmän esikatselun koodi" in coordinator.cell("Huomautus")
    assert coordinator.written_to == set()
    coordinator.types(Lupa=f" {coordinator.code().lower()} ")
    coordinator.due()
    assert (coordinator.cell("Tila"), coordinator.cell("Huomautus")) == ("lähetetty", "")
    assert coordinator.written_to == READERS
    said = {to for to, data in coordinator.letters.all if b"sanoit sen sopivan" in text(data)}
    assert said - {LIISA} == READERS - {"p2@jasenet.example"}
    sent = len(coordinator.letters.all)
    coordinator.due()
    coordinator.types(Tila="peruttu")
    coordinator.due()
    assert len(coordinator.letters.all) == sent + 2
    assert coordinator.cell("Huomautus").startswith("Esikatselu on sähköpostissa")

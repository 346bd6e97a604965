"""A whole meeting: sixty people, real servers, every script as it is run, everything read twice."""

from __future__ import annotations

import imaplib
import re
import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import openpyxl
import pytest
from aiosmtpd.controller import Controller

from register.book.schema import schema
from tests.pymap_server import PASSWORD, USER, emptied, imap_server, signed_in
from tests.replies.clients import (
    CALENDARS,
    Asked,
    away,
    exchange,
    outlook,
    replied,
    returned,
    tapped,
)
from tests.replies.test_flow import forged
from tests.test_scripts import run

FREE = ["En pääse, olen matkoilla.", "Onko pysäköintiä?", "Jag kommer gärna!", "Kiitos viestistä."]
PEOPLE = [f"p{number:02}@jasenet.example" for number in range(60)]


class Letters:
    """The world's mail server: it keeps what comes, by reader."""

    def __init__(self) -> None:
        self.all: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server, session, envelope):
        self.all += [(one, envelope.content) for one in envelope.rcpt_tos]
        return "250 OK"

    def take(self) -> dict[str, list[bytes]]:
        """What has come since the last time, by reader."""
        found: dict[str, list[bytes]] = {}
        for reader, data in self.all:
            found.setdefault(reader, []).append(data)
        self.all.clear()
        return found


class Office:
    """The coordinator's computer: a register, a configuration, the scripts."""

    def __init__(self, folder: Path, smtp: int, imap: int, letters: Letters) -> None:
        self.folder, self.imap, self.letters, self.clock = folder, imap, letters, 0
        (folder / "config.toml").write_text(
            f"""
[book]
file = "r.xlsx"
[letters]
from_name = "Verkosto"
from_address = "verkosto@yhdistys.example"
reply_to = "vastaukset@yhdistys.example"
automatic = ["receipt", "unsubscribed"]
[post]
kind = "smtp"
host = "127.0.0.1"
port = {smtp}
security = "none"
[mailbox]
kind = "imap"
host = "127.0.0.1"
port = {imap}
security = "none"
user = "{USER}"
""",
            encoding="utf-8",
        )

    def run(self, script: str, *arguments: str, code: int = 0) -> str:
        done = run(self.folder, script, *arguments, VERKOSTO_IMAP_PASSWORD=PASSWORD)
        assert done.returncode == code, f"{script} {arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def sends(self, verb: str, meeting: str) -> dict[str, list[bytes]]:
        """Look at a round, agree to it, send it; then once more, which sends nothing."""
        release = re.search(r"\d+:[0-9a-f]{8}", self.run("invite.py", verb, meeting))[0]
        self.run("invite.py", verb, meeting, "--apply", "--confirm", release)
        return self.letters.take()

    def comes(self, *mails: bytes) -> None:
        with signed_in(self.imap) as imap:
            for data in mails:
                imap.append("INBOX", None, imaplib.Time2Internaldate(datetime.now(UTC)), data)

    def reads(self) -> str:
        """Read the mailbox, twice: the second time there is nothing to do."""
        said = self.run("replies.py", "--apply")
        rows = self.rows("Kutsut"), self.rows("Kiellot"), self.rows("Tarkista"), self.rows("Loki")
        sent = list(self.letters.all)
        self.run("replies.py", "--apply", "--detailed-exitcode")
        self.run("replies.py", "--detailed-exitcode")
        again = self.rows("Kutsut"), self.rows("Kiellot"), self.rows("Tarkista"), self.rows("Loki")
        assert again == rows and self.letters.all == sent
        return said

    def rows(self, tab: str) -> list[dict[str, str]]:
        workbook = openpyxl.load_workbook(self.folder / "r.xlsx")
        head, *rows = workbook[tab].iter_rows(values_only=True)
        found = [dict(zip(head, row, strict=True)) for row in rows if any(row)]
        workbook.close()
        return found

    def types(self, tab: str, rows: list[dict[str, str]], at: int = 2) -> None:
        workbook = openpyxl.load_workbook(self.folder / "r.xlsx")
        sheet = workbook[tab]
        head = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, start=at):
            for header, value in row.items():
                sheet.cell(number, head.index(header) + 1).value = value
        workbook.save(self.folder / "r.xlsx")

    def moment(self) -> datetime:
        """A second later than the last time, all of them past."""
        self.clock += 1
        return datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30 - self.clock / 60)


@pytest.fixture
def office(tmp_path):
    letters = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    smtp = Controller(letters, hostname="127.0.0.1", port=port)
    smtp.start()
    try:
        with imap_server() as imap:
            with signed_in(imap) as session:
                emptied(session)
            yield Office(tmp_path, port, imap, letters)
    finally:
        smtp.stop()


def prepared(office: Office) -> str:
    """A register with sixty people of one association, and a meeting; its id."""
    office.run("create.py", "--apply")
    office.types(
        "Organisaatiot",
        [
            {
                "Nimi": "Espoon kylät ry",
                "Tyyppi": "yhdistys",
                "Kotikunta": "Espoo",
                "Lähde": "messut",
            }
        ],
    )
    office.run("cleanup.py", "--apply", "--fail-on", "never")
    (organisation,) = office.rows("Organisaatiot")
    office.types(
        "Yhteyshenkilöt",
        [
            {
                "Etunimi": first,
                "Sukunimi": last,
                "Organisaatio": f"Espoon kylät ry · {organisation['Tunnus']}",
                "Tehtävä": "jäsen",
                "Ryhmä": schema().enum("person_group").label("association_actor", "fi"),
                "Sähköposti": address,
                "Kutsutaan": "kyllä",
                "Lähde": "messut",
                "Peruste": schema().enum("basis").label("legitimate_interest", "fi"),
            }
            for (first, last), address in zip(names(), PEOPLE, strict=True)
        ],
    )
    office.types(
        "Tapaamiset",
        [
            {
                "Nimi": "Kevätkokous",
                "Laji": "verkostotapaaminen",
                "Pvm": "2030-04-09",
                "Alkaa": "17:00",
                "Paikka": "Kulttuurikeskus",
                "Alue": "Espoo",
                "Vastaa viimeistään": "2030-04-01",
                "Tila": "saa lähettää",
            }
        ],
    )
    office.run("cleanup.py", "--apply", "--fail-on", "never")
    (meeting,) = office.rows("Tapaamiset")
    return meeting["Tunnus"]


def names() -> list[tuple[str, str]]:
    firsts = ["Aino", "Bertta", "Cecilia", "Daniela", "Elina", "Fanni"]
    lasts = ["Alho", "Berg", "Ceder", "Dahl", "Eskola", "Forss", "Grön", "Halla", "Ilves", "Jokela"]
    return [(first, last) for first in firsts for last in lasts]


def tally(office: Office) -> str:
    (meeting,) = office.rows("Tapaamiset")
    return meeting["Vastaukset"]


def asked_of_people(office: Office) -> Counter[str]:
    kinds = ("vastaus", "palautunut", "henkilövaihdos")
    return Counter(row["Laji"] for row in office.rows("Tarkista") if row["Laji"] in kinds)


def bans(office: Office) -> Counter[tuple[str, str]]:
    return Counter((row["Laajuus"], row["Syy"]) for row in office.rows("Kiellot"))


def answers(office: Office) -> dict[str, tuple[str, str, str]]:
    return {
        row["Osoite"]: (row["Vastaus"] or "", row["Vastaustapa"] or "", row["Lähetys"])
        for row in office.rows("Kutsut")
    }


def kinds(letters: dict[str, list[bytes]]) -> Counter[str]:
    return Counter(
        message_from_bytes(data)["X-Campaign-ID"].split("/")[-2]
        for mails in letters.values()
        for data in mails
    )


@pytest.mark.timeout(1_200)
def test_a_whole_meeting(office):
    meeting = prepared(office)
    office.run("invite.py", "plan", meeting, "--apply")
    sent = office.sends("send", meeting)
    assert sorted(sent) == PEOPLE and kinds(sent) == {"invitation": 60}
    asked = [Asked.of(sent[one][0]) for one in PEOPLE]
    expected = dict.fromkeys(PEOPLE, ("", "", "lähetetty"))

    # 40 answers: 21 come, 4 perhaps, 9 don't; 6 that only a person can judge.
    # Of those that come, KDE's two carry words besides: a person reads them.
    programs = list(CALENDARS.values())
    mails: list[bytes] = []
    for number in range(15):
        mails.append(programs[number % 6](asked[number], "ACCEPTED", office.moment()))
        expected[PEOPLE[number]] = ("tulossa", "kalenteri", "lähetetty")
    for number, word in [
        *((n, "Tulossa") for n in range(15, 20)),
        *((n, "Ehkä") for n in range(20, 24)),
        *((n, "En pääse") for n in range(24, 32)),
    ]:
        mails.append(tapped(asked[number], word, office.moment()))
        label = {"Tulossa": "tulossa", "Ehkä": "ehkä", "En pääse": "ei pääse"}[word]
        expected[PEOPLE[number]] = (label, "sähköposti", "lähetetty")
    # Of four who write in their own words, two are clear; one of these adds something.
    mails += [replied(asked[32 + n], FREE[n], office.moment()) for n in range(4)]
    expected[PEOPLE[32]] = ("ei pääse", "sähköposti", "lähetetty")
    expected[PEOPLE[34]] = ("tulossa", "sähköposti", "lähetetty")
    passed_on = ';DELEGATED-TO="mailto:muu@jasenet.example"'
    mails += [
        exchange(asked[36], "ACCEPTED", office.moment(), attendee=passed_on),
        outlook(asked[37], "TENTATIVE", office.moment(), method="COUNTER"),
        tapped(asked[38], "Tulossa", office.moment(), sender="koti@muualla.example"),
        tapped(asked[39], "En pääse", office.moment(), sender="koti@muualla.example"),
    ]
    # 5 that came back, 4 who want no more (one token is torn), 5 forgeries; an absence and a full mailbox.
    for number in range(40, 45):
        mails.append(returned(asked[number], at=office.moment()))
        expected[PEOPLE[number]] = ("", "", "palautui")
    mails += [tapped(asked[n], "Ei kutsuja", office.moment()) for n in range(45, 48)]
    fakes = [forged(asked[number]) for number in range(48, 54)]
    mails += [
        programs[0](fakes[0], "ACCEPTED", office.moment()),
        tapped(fakes[1], "Tulossa", office.moment()),
        tapped(fakes[2], "Ei kutsuja", office.moment()),
        returned(fakes[3], at=office.moment()),
        replied(fakes[4], "En pääse", office.moment()),
        programs[1](fakes[5], "DECLINED", office.moment()),
    ]
    mails += [
        away(asked[54], "Olen lomalla, tulossa takaisin pian.", office.moment()),
        returned(asked[55], "5.2.2", "552 mailbox full", office.moment()),
    ]
    office.comes(*mails)
    office.reads()
    assert answers(office) == expected
    assert tally(office) == "tulossa 21 · ehkä 4 · ei 9 · avoinna 21"
    assert bans(office) == {("kaikki", "palautui"): 5, ("kutsut", "pyyntö"): 4}
    assert asked_of_people(office) == {"vastaus": 9, "palautunut": 5}
    receipts = office.letters.take()
    by_machines = len(range(0, 15, 6))
    assert kinds(receipts) == {"receipt": 34 - by_machines, "unsubscribed": 4}
    assert all(len(mails) == 1 for mails in receipts.values())

    # The rest is reminded; two of them answer.
    sent = office.sends("remind", meeting)
    still = [PEOPLE[33], *PEOPLE[35:40], *PEOPLE[48:50], *PEOPLE[51:60]]
    assert sorted(sent) == still
    reminded = {one: Asked.of(mails[0]) for one, mails in sent.items()}
    office.comes(
        tapped(reminded[PEOPLE[48]], "Tulossa", office.moment()),
        CALENDARS["apple"](reminded[PEOPLE[49]], "DECLINED", office.moment()),
    )
    office.reads()
    expected[PEOPLE[48]] = ("tulossa", "sähköposti", "lähetetty")
    expected[PEOPLE[49]] = ("ei pääse", "kalenteri", "lähetetty")
    assert answers(office) == expected
    assert tally(office) == "tulossa 22 · ehkä 4 · ei 10 · avoinna 19"
    office.letters.take()

    # A cleanup in between leaves the questions of the mailbox as they are.
    office.run("cleanup.py", "--apply", "--fail-on", "never")
    assert asked_of_people(office) == {"vastaus": 9, "palautunut": 5}
    assert not any(row["Käsitelty"] for row in office.rows("Tarkista") if row["Laji"] == "vastaus")

    # The place changes: everybody hears of it but those who cannot or will not; one is out.
    office.types("Tapaamiset", [{"Paikka": "Kirjasto"}])
    sent = office.sends("change", meeting)
    assert sorted(sent) == [*PEOPLE[:40], *PEOPLE[48:50], *PEOPLE[51:]]
    again = Asked.of(sent[PEOPLE[0]][0])
    assert (again.uid, again.sequence) == (asked[0].uid, 1)
    office.comes(CALENDARS["thunderbird"](again, "DECLINED", office.moment()))
    office.reads()
    expected[PEOPLE[0]] = ("ei pääse", "kalenteri", "lähetetty")
    assert tally(office) == "tulossa 21 · ehkä 4 · ei 11 · avoinna 19"
    office.letters.take()

    # The list of those who come, with name tags.
    office.run("invite.py", "participants", meeting, "--report-dir", "list")
    page = (office.folder / "list" / "participants.html").read_text(encoding="utf-8")
    assert page.count('class="tag"') == 25 and page.count("<tr>") == 26
    listed = openpyxl.load_workbook(office.folder / "list" / "participants.xlsx").active
    assert listed.max_row == 26
    assert (office.folder / "list" / "participants.xlsx").stat().st_mode & 0o077 == 0
    assert office.run("invite.py", "status", meeting).startswith(tally(office))

    # It is called off; who answers now changes nothing.
    office.types("Tapaamiset", [{"Tila": "peruttu"}])
    sent = office.sends("cancel", meeting)
    assert sorted(sent) == [*PEOPLE[:40], *PEOPLE[48:50], *PEOPLE[51:]]
    office.comes(CALENDARS["gmail"](asked[50], "ACCEPTED", office.moment()))
    office.reads()
    assert answers(office) == expected and office.letters.take() == {}
    assert tally(office) == "tulossa 21 · ehkä 4 · ei 11 · avoinna 19"
    assert bans(office) == {("kaikki", "palautui"): 5, ("kutsut", "pyyntö"): 4}
    assert asked_of_people(office) == {"vastaus": 9, "palautunut": 5}

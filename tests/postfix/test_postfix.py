"""The whole way of an invitation through a real postfix, as a person does it, from both stores."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections import Counter

import pytest
from icalendar import Calendar

from tests.postfix.dovecot import PASSWORD, USER, dovecot
from tests.postfix.instance import postfix
from tests.postfix.places import GooglePlace, Place
from tests.sheets_server import SheetsServer

pytestmark = [pytest.mark.postfix, pytest.mark.timeout(600)]

CONFIG = """
[letters]
organisation = "Espoon verkosto ry"
from_name = "Liisa Koordinaattori"
from_address = "kutsut@verkosto.example"
reply_to = "vastaukset@verkosto.example"

[post]
kind = "smtp"
host = "localhost"
port = {port}
security = "starttls"
ca_file = "{authority}"
connections = 2
retries = [0.1]

"""
MEETING = {
    "Nimi": "Kevätkokous",
    "Laji": "verkostotapaaminen",
    "Pvm": "3.5.2027",
    "Alkaa": "17.30",
    "Päättyy": "19.00",
    "Paikka": "Kirjasto",
    "Alue": "Espoo, Vantaa",
    "Vastaa viimeistään": "26.4.2027",
    "Tila": "luonnos",
}
AT = "verkosto.example"
READERS = {f"maija.malli@{AT}", f"nils.prov@{AT}", f"amina.test@{AT}"}
VETOED, GONE = f"vaino.veto@{AT}", f"puuttuu@{AT}"


@pytest.fixture(params=["xlsx", "google"])
def place(request, tmp_path):
    if request.param == "xlsx":
        yield Place(tmp_path)
        return
    with SheetsServer() as server:
        yield GooglePlace(tmp_path, server)


def agreed(place, verb, *arguments, code=0):
    """Look at what would go, then agree to just that."""
    shown = place.does(0, "invite.py", verb, *arguments)
    wanted = re.search(r"\((\d+:[0-9a-f]{8})\)", shown.stdout)[1]
    return place.does(code, "invite.py", verb, *arguments, "--apply", "--confirm", wanted)


def threads(server, reader):
    """Return the kinds of letters in each thread of a reader's, as dovecot sees them by RFC 5256.

    A thread's first letter is first; what stands below it is in the order of arrival.
    """
    box = server.root / "mail" / "all"
    context = ssl.create_default_context(cafile=str(server.authority))
    with (
        dovecot(box, server.root / "server.pem") as port,
        imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as session,
    ):
        session.login(USER, PASSWORD)
        session.select(readonly=True)
        _, (found,) = session.thread("REFERENCES", "UTF-8", "TO", reader)
        threads = re.findall(r"\((\d+(?: \d+|(?: ?\(\d+\))*)*)\)", found.decode())
        return [[kind_of(session, one) for one in re.findall(r"\d+", each)] for each in threads]


def kind_of(session, number):
    _, ((_, head), _) = session.fetch(number, "(BODY.PEEK[HEADER.FIELDS (X-Campaign-ID)])")
    return head.decode().split("/")[1]


def test_from_plan_to_cancel(place):
    place.fill()
    place.types_row("Tapaamiset", 2, MEETING)
    place.tidy()
    on = ("Kevätkokous", "--lang", "en")
    with postfix() as server:
        place.configure(CONFIG.format(port=server.port, authority=server.authority))
        place.does(0, "invite.py", "plan", *on, "--apply")
        assert len(place.rows("Kutsut")) == 6
        who = place.does(0, "invite.py", "plan", *on, "--who").stdout.splitlines()
        assert Counter(line[0] for line in who[1:]) == {"+": 5, "-": 1}
        assert any("Seija Koe" in line and "not to be invited" in line for line in who)
        place.types("Kutsut", place.row_with("Kutsut", VETOED), "Lähetetään", "ei")
        place.does(0, "invite.py", "preview", *on, "--report-dir", "preview")
        assert VETOED not in (place.folder / "preview" / "outbox.html").read_text(encoding="utf-8")
        me = ("--to", f"mina@{AT}")
        place.does(0, "invite.py", "test", *on, *me, "--apply")
        trial = server.mails(3)
        assert {mail["To"] for mail in trial} == {f"mina@{AT}"} and len(trial) == 3
        assert all("[test]" in mail["Subject"] for mail in trial)
        assert {mail["Content-Language"] for mail in trial} == {"fi", "sv", "en"}
        place.does(6, "invite.py", "send", *on, "--apply")
        place.types("Tapaamiset", 2, "Tila", "saa lähettää")
        assert "--confirm" in place.does(2, "invite.py", "send", *on, "--apply").stderr
        place.does(6, "invite.py", "send", *on, "--apply", "--confirm", "99:00000000")
        assert "no such user" in agreed(place, "send", *on, code=1).stdout
        states = {letter["address"]: letter["state"] for letter in place.status("Kevätkokous")}
        assert states == dict.fromkeys(READERS, "sent") | {GONE: "failed", VETOED: "blocked"}
        said = {row[0]: row for row in place.rows("Kutsut")}
        assert Counter(cell for row in said.values() for cell in row)["lähetetty"] == 3
        assert "lähetetty" in place.rows("Tapaamiset")[1]
        place.does(0, "invite.py", "send", *on, "--apply", "--confirm", "99:00000000")
        coming = place.row_with("Kutsut", f"nils.prov@{AT}")
        place.types("Kutsut", coming, "Vastaus", "tulossa")
        agreed(place, "remind", *on)
        place.does(6, "invite.py", "remind", *on)
        place.types("Tapaamiset", 2, "Paikka", "Kulttuurikeskus")
        agreed(place, "change", *on)
        place.types("Tapaamiset", 2, "Tila", "peruttu")
        agreed(place, "cancel", *on)
        mails = server.mails(3 + 3 + 2 + 3 + 3)
        kinds = ["invitation", "reminder", "change", "cancellation"]
        for reader in READERS:
            is_answered = reader == f"nils.prov@{AT}"
            expected = [kind for kind in kinds if kind != "reminder" or not is_answered]
            assert threads(server, reader) == [expected]
    assert len(mails) == 14
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
    seen: dict[tuple[str, str, int], set[str]] = {}
    for mail in mails:
        kind = mail["X-Campaign-ID"].split("/")[1]
        part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
        whole = Calendar.from_ical(part.get_content())
        (event,) = whole.walk("VEVENT")
        key = (kind, str(whole["METHOD"]), int(event["SEQUENCE"]))
        if "[test]" not in mail["Subject"]:
            seen.setdefault(key, set()).add(str(mail["To"]))
        assert "ESMTPS" in str(mail["Received"])
    assert seen == {
        ("invitation", "REQUEST", 0): READERS,
        ("reminder", "REQUEST", 0): READERS - {f"nils.prov@{AT}"},
        ("change", "REQUEST", 1): READERS,
        ("cancellation", "CANCEL", 2): READERS,
    }

"""The whole way of an invitation through a real postfix: plan to cancel, as a person does it."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar

from tests.postfix.instance import postfix
from tests.test_scripts import cleaned, exits, folder, run, types  # noqa: F401 (fixtures)

pytestmark = pytest.mark.postfix

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


def agreed(place, verb, *arguments):
    """Look at what would go, then agree to just that."""
    shown = exits(0, place, "invite.py", verb, *arguments)
    wanted = re.search(r"\((\d+:[0-9a-f]{8})\)", shown.stdout)[1]
    return exits(0, place, "invite.py", verb, *arguments, "--apply", "--confirm", wanted)


def test_from_plan_to_cancel(cleaned):  # noqa: F811
    for header, value in MEETING.items():
        types(cleaned, "Tapaamiset", 2, header, value)
    exits(0, cleaned, "cleanup.py", "--book", "r.xlsx", "--apply", "--fail-on", "never")
    on = ("Kevätkokous", "--book", "r.xlsx", "--lang", "en")
    with postfix() as server:
        (cleaned / "config.toml").write_text(
            CONFIG.format(port=server.port, authority=server.authority), encoding="utf-8"
        )
        exits(0, cleaned, "invite.py", "plan", *on, "--apply")
        exits(0, cleaned, "invite.py", "preview", *on, "--report-dir", "preview")
        exits(0, cleaned, "invite.py", "test", *on, "--to", "mina@verkosto.example", "--apply")
        (trial,) = server.mails(1)
        assert trial["To"] == "mina@verkosto.example" and "[test]" in trial["Subject"]
        exits(6, cleaned, "invite.py", "send", *on, "--apply")
        types(cleaned, "Tapaamiset", 2, "Tila", "saa lähettää")
        refused = exits(2, cleaned, "invite.py", "send", *on, "--apply")
        assert "--confirm" in refused.stderr
        exits(6, cleaned, "invite.py", "send", *on, "--apply", "--confirm", "99:00000000")
        agreed(cleaned, "send", *on)
        sent = server.mails(3)[1:] if len(server.mails(3)) > 2 else server.mails(2)[1:]
        status = run(cleaned, "invite.py", "status", *on, "--format", "json")
        assert '"sent"' in status.stdout and '"planned"' not in status.stdout
        people = status.stdout.count('"person"')
        assert people == len({mail["Message-ID"] for mail in server.mails(people + 1)}) - 1
        exits(0, cleaned, "invite.py", "send", *on, "--apply", "--confirm", "99:00000000")
        agreed(cleaned, "remind", *on)
        types(cleaned, "Tapaamiset", 2, "Paikka", "Kulttuurikeskus")
        agreed(cleaned, "change", *on)
        types(cleaned, "Tapaamiset", 2, "Tila", "peruttu")
        agreed(cleaned, "cancel", *on)
        mails = server.mails(4 * people + 1)
    assert sent and len(mails) == 4 * people + 1
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
    seen = {}
    for mail in mails:
        kind = mail["X-Campaign-ID"].split("/")[1]
        part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
        whole = Calendar.from_ical(part.get_content())
        (event,) = whole.walk("VEVENT")
        seen.setdefault((kind, str(whole["METHOD"]), int(event["SEQUENCE"])), []).append(mail)
        assert "TLS" in str(mail["Received"]) or "ESMTPS" in str(mail["Received"])
    assert {key: len(found) for key, found in seen.items()} == {
        ("invitation", "REQUEST", 0): people + 1,
        ("reminder", "REQUEST", 0): people,
        ("change", "REQUEST", 1): people,
        ("cancellation", "CANCEL", 2): people,
    }

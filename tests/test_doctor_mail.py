"""``doctor.py --mail`` as a person runs it: a mail server, a DNS server, a register."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest

from tests.dns_server import NameServer
from tests.smtp_server.authority import Authority
from tests.smtp_server.scripted import Scripted
from tests.test_scripts import run

D = "verkosto.example"
GOOD = {
    D: ["v=spf1 mx -all"],
    f"avain._domainkey.{D}": [f"v=DKIM1; k=rsa; p={b64encode(bytes(294)).decode()}"],
    f"_dmarc.{D}": ["v=DMARC1; p=quarantine"],
}
CONFIG = """
[letters]
organisation = "Espoon verkosto ry"
from_name = "Liisa Koordinaattori"
from_address = "kutsut@verkosto.example"

[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "starttls"
ca_file = "{authority}"
user = "liisa"
auth = "login"
timeout = 60
dkim_selector = "avain"
resolver = "{resolver}"
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    made = run(folder, "create.py", "--book", "r.xlsx", "--apply")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


def examined(place, monkeypatch, server, names, authority, *, password="sala", more=""):
    monkeypatch.setenv("VERKOSTO_SMTP_PASSWORD", password)
    with server.running(), names.running():
        config = CONFIG.format(port=server.port, authority=authority.file, resolver=names.address)
        (place / "config.toml").write_text(config + more, encoding="utf-8")
        done = run(
            place, "doctor.py", "--mail", "--book", "r.xlsx", "--lang", "en", "--format", "json"
        )
    assert "Traceback" not in done.stderr, done.stderr
    assert password not in done.stdout + done.stderr
    return done.returncode, json.loads(done.stdout)


def mail_server(authority, script=lambda *at: "", **given):
    return Scripted(script, tls=authority.context(), passwords={"liisa": "sala"}, **given)


def test_everything_is_in_place(place, authority, monkeypatch):
    server, names = mail_server(authority), NameServer(GOOD)
    code, found = examined(place, monkeypatch, server, names, authority)
    assert (code, found["faults"]) == (0, [])
    said = "\n".join(found["in_place"])
    for words in ("TLSv1", "liisa", "kutsut@verkosto.example", "SPF", "DKIM", "DMARC"):
        assert words in said
    assert server.taken == [] and not any(line.startswith("DATA") for line in server.lines)


def test_all_that_the_domain_lacks_is_told_at_once(place, authority, monkeypatch):
    code, found = examined(place, monkeypatch, mail_server(authority), NameServer({}), authority)
    assert code == 2 and len(found["faults"]) == 3
    assert [word for word in ("SPF", "DKIM", "DMARC") if word in "\n".join(found["faults"])] == [
        "SPF",
        "DKIM",
        "DMARC",
    ]


@pytest.mark.parametrize(
    ("point", "what", "about"),
    [("auth", "535 no", "user name and password"), ("mail", "550 not yours", "not yours")],
)
def test_what_the_mail_server_refuses(place, authority, monkeypatch, point, what, about):
    server = mail_server(authority, lambda at, to, number: what if at == point else "")
    code, found = examined(place, monkeypatch, server, NameServer(GOOD), authority)
    assert code == 2 and about in found["fault"]


def test_a_certificate_of_somebody_else(place, authority, monkeypatch):
    server = Scripted(tls=authority.context("other.example"), passwords={"liisa": "sala"})
    code, found = examined(place, monkeypatch, server, NameServer(GOOD), authority)
    assert code == 2 and "certificate" in found["fault"]
    assert not any(line.startswith("AUTH") for line in server.lines)


def test_a_resolver_that_fails(place, authority, monkeypatch):
    names = NameServer({**GOOD, D: None})
    code, found = examined(place, monkeypatch, mail_server(authority), names, authority)
    assert code == 75 and len(found["faults"]) == 1


def test_a_rehearsal_needs_no_server(place):
    """Who writes, that nobody gets the letters, and nothing is asked of anybody."""
    letters = CONFIG.partition("[post]")[0]
    (place / "config.toml").write_text(letters, encoding="utf-8")
    done = run(place, "doctor.py", "--mail", "--book", "r.xlsx", "--lang", "en")
    assert done.returncode == 0, done.stdout
    assert "as a rehearsal" in done.stdout and "Everything is in place." in done.stdout


def test_the_example_of_a_sender_is_nobody(place):
    (place / "config.toml").write_text("", encoding="utf-8")
    done = run(place, "doctor.py", "--mail", "--book", "r.xlsx", "--lang", "en")
    assert done.returncode == 2 and "verkosto@example.org" in done.stdout

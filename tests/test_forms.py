"""Answers and new contacts that come by forms, in a workbook and in a Google Sheet."""

import re
import socket
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from register.replies.form_answers import filled_rows
from tests.registers import configure, living_in
from tests.story.test_meeting import Letters
from tests.test_both_stores import MEETING, NEVER, does
from tests.test_scripts import CARDS

CONFIG = """
[letters]
from_address = "verkosto@yhdistys.example"
[answer_form]
tab = "Form Responses 1"
link = "https://docs.google.com/forms/d/e/abc/viewform?usp=pp_url&entry.1={{token}}"
[answer_form.columns]
at = "Timestamp"
token = "Your code"
answer = "Will you come?"
email = "Email"
words = "Anything else"
[join_form]
tab = "Join us"
[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
"""
HEADERS = ["Timestamp", "Your code", "Will you come?", "Email", "Anything else"]
JOIN = ["Aikaleima", "Nimi", "Sähköposti", "Organisaatio"]
JOINS = ["2026-11-20 09:30:00", "Nils Ny", "nils@example.com", "Nya föreningen rf"]


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    with living_in(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def letters():
    """The world's mail server, at a port of its own."""
    world = Letters()
    with socket.create_server(("127.0.0.1", 0)) as free:
        world.port = free.getsockname()[1]
    server = Controller(world, hostname="127.0.0.1", port=world.port)
    server.start()
    yield world
    server.stop()


def invited(register, letters):
    """Send one letter; return the token in its link to the form."""
    configure(register, CONFIG.format(port=letters.port))
    does(0, register, "contacts.py", "import", "list.csv", "--apply")
    does(0, register, "cleanup.py", "--apply", *NEVER)
    register.types_row("Tapaamiset", 2, {**MEETING, "Tila": "saa lähettää"})
    does(0, register, "cleanup.py", "--apply", *NEVER)
    (meeting,) = filter(None, register.column("Tapaamiset", "Tunnus"))
    does(0, register, "invite.py", "plan", meeting, "--apply")
    shown = does(0, register, "invite.py", "send", meeting).stdout
    release = re.search(r"\d+:[0-9a-f]{8}", shown)[0]
    does(0, register, "invite.py", "send", meeting, "--apply", "--confirm", release)
    ((mail,),) = letters.take().values()
    whole = message_from_bytes(mail, policy=default)
    html, plain = (
        re.search(r"entry\.1=([0-9a-z]{26})", whole.get_body((kind,)).get_content())[1]
        for kind in ("html", "plain")
    )
    assert plain == html
    return plain


def given(register):
    return register.column("Kutsut", "Vastaus")[0], register.column("Kutsut", "Vastaustapa")[0]


def asked(register):
    return [one for one in register.column("Tarkista", "Laji") if one == "vastaus"]


def test_forms_from_the_letter_to_the_register(register, letters):
    token = invited(register, letters)
    before = len(list(filter(None, register.column("Saapuneet", "Nimi"))))
    first = ["2026-11-20 10:00:00", token, "Tulossa"]
    forged = ["2026-11-20 10:01:00", "0" * 26, "En pääse", "maija.malli@example.org"]
    register.fills("Form Responses 1", [HEADERS, first, forged])
    register.fills("Join us", [JOIN, JOINS])
    does(0, register, "replies.py", "--apply")
    assert given(register) == ("tulossa", "lomake") and not asked(register)
    names = list(filter(None, register.column("Saapuneet", "Nimi")))
    assert len(names) == before + 1 and names[-1] == "Nils Ny"
    untouched = register.content()
    does(0, register, "replies.py", "--apply")
    assert register.content() == untouched
    does(0, register, "replies.py", "--detailed-exitcode")

    later = ["2026-11-20 11:00:00", token, "Ehkä", "Maija.Malli@example.org", "Tuon =kahvit"]
    older = ["2026-11-19 11:00:00", token, "En pääse"]
    another = ["2026-11-20 12:00:00", token, "En pääse", "muu@example.net"]
    rows = [HEADERS, first, forged, later, older, another]
    register.fills("Form Responses 1", rows)
    does(0, register, "replies.py", "--apply")
    assert given(register) == ("ehkä", "lomake") and len(asked(register)) == 2
    assert "Tuon =kahvit" in "".join(register.column("Tarkista", "A"))
    untouched = register.content()
    does(0, register, "replies.py", "--apply")
    assert register.content() == untouched


def test_a_header_that_is_not_there_is_named(register):
    configure(register, CONFIG.format(port=9))
    register.fills("Join us", [JOIN])
    done = does(1, register, "replies.py")
    assert "Form Responses 1" in done.stdout
    register.fills("Form Responses 1", [HEADERS[:2]])
    done = does(1, register, "replies.py")
    assert "Will you come?" in done.stdout


def test_a_row_that_an_erasure_emptied_is_nobodys():
    """Ids stand in the place of the name and the address; another's row may name one of them."""
    rows = [HEADERS, ["x", "H-00000", "H-00000", "", "2"], ["x", "Maija", "H-00000", "", "2"], [""]]
    assert [number for number, _ in filled_rows(rows, "tab")] == [3]


OPT_OUT = """From: nils@example.com
To: verkosto@yhdistys.example
Subject: Re: kutsu
Date: Fri, 20 Nov 2026 09:30:00 +0200
Message-ID: <1@example.com>

ei kutsuja
"""


def test_a_form_that_is_not_there_is_told_of_and_stops_neither_the_mail_nor_the_other_form(
    register,
):
    joins = '[join_form]\ntab = "Nowhere"\n[answer_form]\ntab = "Join us"\n'
    configure(register, f'[letters]\nfrom_address = "verkosto@yhdistys.example"\n{joins}')
    register.fills("Join us", [JOIN, JOINS])
    mails = register.folder / "mails"
    mails.mkdir()
    (mails / "1.eml").write_text(OPT_OUT, encoding="utf-8")
    told = does(1, register, "replies.py", "--mailbox", "mails", "--apply").stdout
    assert "Nowhere" in told and "Join us" in told
    assert "Yksi viesti ei vastaa kirjeisiimme" in told
    assert "Nowhere" in does(1, register, "replies.py", "--mailbox", "mails", "--apply").stdout

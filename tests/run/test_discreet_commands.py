"""Whatever command cron runs, well or badly, its output holds no name, address or phone."""

from __future__ import annotations

import importlib
import io
import re
import shutil
import sys

import click
import pytest

from register.people.records import Person
from register.run import discretion
from register.run.command_line import run_command
from tests.registers import FileRegister
from tests.test_scripts import SCRIPTS, exits, types

BOOK = ("--book", "r.xlsx", "--cron", "-v")
SETUP = ("environment", "demo", "run_tests")
PLANTED = ("kärnä", "uusitalo", "401234567", "40 123 4567", "kyla.example")
LIST = "Nimi;Yhdistys;Sähköposti;Puhelin\n"
HER, MEETING = "Liisa Kärnä", "Ilta"
CONFIG = """
[letters]
from_address = "verkosto@yhdistys.example"
automatic = ["receipt", "notice", "freshness", "digest"]
[mailbox]
kind = "local"
path = "mails"
[privacy]
automatic = ["ask"]
[post]
kind = "outbox"
"""
MAIL = (
    "From: Liisa Kärnä <liisa@kyla.example>\nTo: verkosto@yhdistys.example\n"
    "Subject: Ilmoittautuminen: Ilta\nMessage-ID: <1@kyla.example>\n"
    "Date: Fri, 20 Nov 2026 09:00:00 +0200\nContent-Type: text/plain; charset=utf-8\n\n"
    "Olen Liisa Kärnä, 040 123 4567. Tuleeko Väinö Uusitalo?\n"
)
ARGUMENTS = {
    ("contacts.py", "import"): ("new.csv",),
    ("contacts.py", "import-prh"): ("Espoo",),
    ("contacts.py", "import-ptv"): ("Espoo",),
    ("contacts.py", "import-grants"): ("new.csv",),
    ("contacts.py", "import-councillors"): ("Espoo",),
    ("contacts.py", "card"): ("--text", "Väinö Uusitalo, Kylä ry, vaino.uusitalo@kyla.example"),
    ("contacts.py", "follow-up"): (HER,),
    ("contacts.py", "match"): ("new.csv", "list.csv"),
    ("handover.py", "history"): (HER,),
    ("handover.py", "packet"): (HER,),
    ("handover.py", "open"): (HER,),
    ("invite.py", "test"): (MEETING, "--to", "liisa@kyla.example"),
    ("invite.py", "follow-up"): (HER,),
    ("privacy.py", "export"): ("liisa@kyla.example",),
    ("privacy.py", "erase"): ("liisa@kyla.example",),
    ("regions.py", "decision-makers"): ("Espoo",),
    ("regions.py", "pioneer"): ("Espoo", "--offline"),
}
OF_A_MEETING = ("plan", "preview", "send", "remind", "change", "cancel", "details", "thanks", "resolve",
                "status", "participants")  # fmt: skip


def commands():
    """Yield every command: the script's name, the verb's or '', what it is called with."""
    for path in sorted(SCRIPTS.glob("*.py")):
        if path.stem not in SETUP:
            command = importlib.import_module(path.stem).command
            for verb in command.commands if isinstance(command, click.Group) else [""]:
                meeting = (MEETING,) if path.stem == "invite" and verb in OF_A_MEETING else ()
                yield path.name, verb, ARGUMENTS.get((path.name, verb), meeting), command


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    book = BOOK[:2]
    exits(0, folder, "create.py", *book, "--apply")
    (folder / "list.csv").write_text(
        f"{LIST}Liisa Kärnä;Kylä ry;liisa@kyla.example;040 123 4567\n", "utf-8"
    )
    (folder / "new.csv").write_text(
        f"{LIST}Väinö Uusitalo;Lupiini ry;vaino.uusitalo@kyla.example;0401234567\n", "utf-8"
    )
    exits(0, folder, "contacts.py", "import", "list.csv", *book, "--apply")
    exits(0, folder, "cleanup.py", *book, "--apply", "--fail-on", "never")
    types(folder, "Yhteyshenkilöt", 2, "Huom", "Liisa Kärnän 131052-308T, soita 0401234567")
    types(folder, "Yhteyshenkilöt", 2, "Kutsutaan", "kyllä")
    cells = {"Nimi": MEETING, "Laji": "verkostotapaaminen", "Pvm": "10.10.2036", "Alkaa": "17.30",
             "Paikka": "Kirjasto", "Alue": "koko maa", "Tila": "saa lähettää"}  # fmt: skip
    FileRegister(folder).types_row("Tapaamiset", 2, cells)
    return folder


def said(command, script, verb, arguments, monkeypatch, *flags):
    out = io.StringIO()
    discretion._books.clear()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", [script, *filter(None, [verb]), *arguments, *BOOK, *flags])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", out)
        with pytest.raises(SystemExit):
            run_command(command)
    return out.getvalue()


def leaks_in(text):
    return [word for word in PLANTED if word in text.casefold()]


def test_no_command_names_anybody(folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(SCRIPTS)
    leaks, talked = {}, 0
    for script, verb, arguments, command in commands():
        text = said(command, script, verb, arguments, monkeypatch)
        talked += bool(text)
        if found := leaks_in(text):
            leaks[script, verb] = found, text
    assert talked > 30
    assert leaks == {}


LAST = ("undo.py", "privacy.py")
"""What takes away what the others are to write of."""


def test_no_command_that_writes_or_sends_names_anybody(folder, tmp_path, monkeypatch):
    """Each is carried out; what asks for a count is told it, the letters go to the outbox."""
    shutil.copytree(folder, tmp_path / "r")
    monkeypatch.chdir(tmp_path / "r")
    monkeypatch.syspath_prepend(SCRIPTS)
    (tmp_path / "r" / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "r" / "mails").mkdir()
    (tmp_path / "r" / "mails" / "1.eml").write_bytes(MAIL.encode())
    leaks, wrote, letters = {}, set(), 0
    for script, verb, arguments, command in sorted(commands(), key=lambda one: one[0] in LAST):
        before = (tmp_path / "r" / "r.xlsx").read_bytes()
        text = said(command, script, verb, arguments, monkeypatch, "--apply")
        if agreed := re.search(r"\d+:[0-9a-f]{8}", text):
            text += said(command, script, verb, arguments, monkeypatch, "--apply",
                         "--confirm", agreed[0])  # fmt: skip
        if before != (tmp_path / "r" / "r.xlsx").read_bytes():
            wrote.add((script, verb))
        letters = max(letters, len(list((tmp_path / "r" / "outbox").glob("*.eml"))))
        if found := leaks_in(text):
            leaks[script, verb] = found, text
    assert leaks == {}
    assert letters > 1
    assert {("contacts.py", "import"), ("cleanup.py", ""), ("invite.py", "plan"),
            ("autopilot.py", ""), ("privacy.py", "erase")} <= wrote  # fmt: skip


def broken_template(folder):
    """A letter's template of one's own, whose fault shows what it was given."""
    (folder / "own").mkdir()
    own = CONFIG.replace("[mailbox]", 'templates = "own"\n[mailbox]')
    (folder / "config.toml").write_text(own, "utf-8")
    text = "---\nsubject: x\npreheader: x\nfrom-name: x\n---\n{{ greeted[0] + 1 }}\n"
    for language in ("fi", "sv", "en"):
        (folder / "own" / f"notice.{language}.md").write_text(text, "utf-8")
    return "invite.py", "notice"


def damaged(name, data=b"SQLite format 3\0 Liisa K\xc3\xa4rn\xc3\xa4 liisa@kyla.example"):
    def damage(folder):
        (path,) = folder.rglob(name)
        path.write_bytes(data)
        return "autopilot.py", ""

    return damage


def closed_server(folder):
    """A mail server that nobody listens at: each letter fails, by the address that it is for."""
    config = CONFIG.replace('kind = "outbox"', 'kind = "smtp"\nhost = "127.0.0.1"\nport = 9\n'
                            'security = "none"')  # fmt: skip
    (folder / "config.toml").write_text(config, "utf-8")
    return "autopilot.py", ""


def broken_list(folder):
    """A file that is no list, called by her name."""
    (folder / "new.csv").write_bytes(b"PK\x03\x04 Liisa K\xc3\xa4rn\xc3\xa4")
    return "contacts.py", "import"


def program_fault(folder):
    """A fault of the program's own, deep inside: what it was at is in its words and its frames."""
    return "cleanup.py", ""


FAULTS = {
    "template": broken_template,
    "journal": damaged("journal.sqlite"),
    "lists": damaged("lists.json", '{"Liisa Kärnä": '.encode()),
    "server": closed_server,
    "list": broken_list,
    "program": program_fault,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_goes_wrong_names_nobody(folder, tmp_path, monkeypatch, fault):
    """Cron mails a fault, and with -v its traceback, to whoever looks after the computer."""
    shutil.copytree(folder, tmp_path / "r")
    here = tmp_path / "r"
    monkeypatch.chdir(here)
    monkeypatch.syspath_prepend(SCRIPTS)
    (here / "config.toml").write_text(CONFIG, "utf-8")
    wanted = FAULTS[fault](here)
    if fault == "program":
        monkeypatch.setattr(
            Person, "ended", property(lambda one: {}[one.first, one.last, one.email])
        )
    (found,) = [one for one in commands() if one[:2] == wanted]
    script, verb, arguments, command = found
    text = said(command, script, verb, arguments, monkeypatch, "--apply")
    if agreed := re.search(r"\d+:[0-9a-f]{8}", text):
        text += said(command, script, verb, arguments, monkeypatch, "--apply",
                     "--confirm", agreed[0])  # fmt: skip
    assert len(text) > 40 and leaks_in(text) == [], text
    assert ("Traceback" in text) is (fault == "program"), text

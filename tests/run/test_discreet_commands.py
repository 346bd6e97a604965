"""Whatever command cron runs, well or badly, its output holds no name, address or phone."""

from __future__ import annotations

import importlib
import io
import sys

import click
import pytest

from register.run import discretion
from register.run.command_line import run_command
from tests.test_scripts import SCRIPTS, exits, types

BOOK = ("--book", "r.xlsx", "--cron", "-v")
SETUP = ("environment", "demo", "run_tests")
PLANTED = ("kärnä", "uusitalo", "401234567", "40 123 4567", "kyla.example")
LIST = "Nimi;Yhdistys;Sähköposti;Puhelin\n"
HER, MEETING = "Liisa Kärnä", "Ilta"
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
    for header, value in cells.items():
        types(folder, "Tapaamiset", 2, header, value)
    return folder


def said(command, script, verb, arguments, monkeypatch):
    out = io.StringIO()
    discretion._books.clear()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", [script, *filter(None, [verb]), *arguments, *BOOK])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", out)
        with pytest.raises(SystemExit):
            run_command(command)
    return out.getvalue()


def test_no_command_names_anybody(folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(SCRIPTS)
    leaks, talked = {}, 0
    for script, verb, arguments, command in commands():
        text = said(command, script, verb, arguments, monkeypatch)
        talked += bool(text)
        if found := [word for word in PLANTED if word in text.casefold()]:
            leaks[script, verb] = found, text
    assert talked > 30
    assert leaks == {}

"""Frozen registers and states of earlier versions: brought up by ``create.py --apply``, else as they were.

``data/older_register.zip`` is of November 2026 (see ``test_older_register``),
``data/register_2026_11.zip`` of commit 46f3513: two people from a list, gone through once;
``data/register_2026_11_29.zip`` of 37ca154: a meeting whose letters have been answered;
``data/register_2026_11_29_mailings.zip`` of 6999992: a rehearsed meeting, a mailing and a letter to
it; ``data/register_2026_11_29_polls.zip`` of d0d824d: a meeting that has asked which day suits, an
answer to it, and a consent with its words. ``data/layouts/`` holds the other layouts that there ever
were, in their order and named by their last commit: two people from a list, gone through once.
When the schema or a state file has grown, freeze another and leave these.
"""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from register.book.schema import schema
from register.state.folder import state_folder
from register.stores.workbook import Workbook
from tests.registers import FileRegister
from tests.test_scripts import exits

FROZEN = sorted((Path(__file__).parent / "data").glob("*register*.zip"))
LAYOUTS = sorted((Path(__file__).parent / "data" / "layouts").glob("*.zip"))
BOOK = ("--book", "r.xlsx")
DAILY = (("check.py",), ("cleanup.py",), ("regions.py",), ("undo.py",), ("doctor.py",))


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def frozen(request, tmp_path):
    return unpacked(request.param, tmp_path)


def unpacked(archive, folder):
    """Put a frozen register and its state into a folder, as its owner's."""
    shutil.unpack_archive(archive, folder)
    state = state_folder(folder / "r.xlsx", folder)
    state.parent.mkdir(parents=True)
    (folder / "state").rename(state)
    for path in (state.parent, state, *state.iterdir()):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


def layout(folder):
    """Return the headers of each tab."""
    book = openpyxl.load_workbook(folder / "r.xlsx")
    return {sheet.title: [cell.value for cell in sheet[1] if cell.value] for sheet in book}


def cells(folder):
    """Return each row of people's and the program's tabs by its headers, blank cells left out."""
    book = openpyxl.load_workbook(folder / "r.xlsx")
    found = {}
    for title in ("Organisaatiot", "Yhteyshenkilöt", "Tapaamiset", "Kutsut", "Saapuneet", "Loki"):
        headers, *rows = book[title].values
        found[title] = [
            {k: v for k, v in zip(headers, row, strict=True) if k and v not in (None, "")}
            for row in rows
        ]
    return found


def state_of(folder):
    kept = state_folder(folder / "r.xlsx", folder)
    return {path.name for path in kept.iterdir() if path.is_file()}


def test_reading_it_changes_nothing(frozen):
    before = (frozen / "r.xlsx").read_bytes()
    for script in DAILY:
        exits(
            0, frozen, *script, *BOOK, *(() if script == ("doctor.py",) else ("--fail-on", "never"))
        )
    exits(0, frozen, "create.py", *BOOK)
    assert (frozen / "r.xlsx").read_bytes() == before


@pytest.mark.parametrize("script", ["autopilot.py", "cleanup.py"])
def test_no_other_run_brings_it_up(frozen, script):
    before = layout(frozen)
    run = (script, *BOOK, "--apply", "--cron", "--fail-on", "never")
    told = [exits(0, frozen, *run).stderr for _ in range(2)]
    assert layout(frozen) == before
    assert "create.py --book r.xlsx --apply" in told[0] and told[1] == ""


def test_it_is_brought_up_and_loses_nothing(frozen):
    old, told, state = layout(frozen), cells(frozen), state_of(frozen)
    exits(0, frozen, "create.py", *BOOK, "--apply")
    new = layout(frozen)
    for title, headers in old.items():
        if title not in ("Ohje", "Valikot"):
            assert [header for header in new[title] if header in headers] == headers
    assert cells(frozen) == told
    assert state <= state_of(frozen)
    said = exits(0, frozen, "create.py", *BOOK, "--lang", "en").stdout
    assert "has everything" in said
    exits(0, frozen, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    exits(0, frozen, "undo.py", *BOOK)


@pytest.mark.parametrize("archive", LAYOUTS, ids=lambda path: path.stem)
def test_each_layout_that_ever_was_is_brought_up_by_create_alone(archive, tmp_path):
    folder = unpacked(archive, tmp_path)
    old = layout(folder)
    exits(0, folder, "cleanup.py", *BOOK, "--apply", "--cron", "--fail-on", "never")
    assert layout(folder) == old
    told, state = cells(folder), state_of(folder)
    exits(0, folder, "create.py", *BOOK, "--apply")
    book = Workbook(folder / "r.xlsx", "fi").read()
    for tab in schema().tabs.values():
        assert not [one.key for one in tab.columns if not book.table(tab.key).has(one.key)]
    assert cells(folder) == told and state <= state_of(folder)


def test_its_guide_gets_what_it_lacks_below_what_people_have_there(frozen):
    def told():
        rows = openpyxl.load_workbook(frozen / "r.xlsx")["Ohje"].iter_rows(values_only=True)
        return [[text for text in row[:2] if text] for row in rows]

    before = told()
    said = exits(0, frozen, "create.py", *BOOK, "--apply").stdout
    after = told()
    assert after[: len(before)] == before and ("Ohje" in said) is (after != before)
    names = [row[0] for row in after if len(row) == 2]
    assert {"Avoinna nyt", "Pyynnöt"} <= set(names) and names.count("Loki") == 1
    exits(0, frozen, "cleanup.py", *BOOK, "--apply", "--max-changes", "1000")
    assert dict(row for row in told() if len(row) == 2)["Käyty läpi viimeksi"] != "–"
    assert "Ohje" not in exits(0, frozen, "create.py", *BOOK).stdout


def test_who_wanted_no_invitations_gets_no_letter_to_a_mailing_until_they_say_so(tmp_path):
    """Amina's row of Kiellot is from before there were letters; her word in a mail narrows it."""
    shutil.unpack_archive(FROZEN[0].parent / "register_2026_11_29.zip", tmp_path)
    state = state_folder(tmp_path / "r.xlsx", tmp_path)
    state.parent.mkdir(parents=True)
    (tmp_path / "state").rename(state)
    (state / "key").chmod(0o600)
    config = (
        '[letters]\nfrom_address = "verkosto@yhdistys.example"\nrelease = ["liisa@example.org"]\n'
    )
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    register = FileRegister(tmp_path)
    mailing = {"Nimi": "Kuukausikirje", "Alue": "Espoo, Vantaa", "Saa olla kaikki": "kyllä"}
    register.types_row("Jakelut", 2, mailing)
    exits(0, tmp_path, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    exits(0, tmp_path, "invite.py", "advance", *BOOK, "--apply")
    assert register.rows("Jakelut")[0]["Ihmisiä"] == "5; kirje voi lähteä: 3"
    told = exits(
        0, tmp_path, "invite.py", "status", "Kevätkokous", *BOOK, "--format", "json"
    ).stdout
    (first,) = (one for one in json.loads(told)["letters"] if "amina" in one["address"])
    mail = (
        "From: Amina Test <amina.test@verkosto.example>\nTo: verkosto@yhdistys.example\n"
        f"Subject: Re: Invitation\nIn-Reply-To: {first['message_id']}\n"
        "Message-ID: <1@verkosto.example>\nDate: Mon, 30 Nov 2026 08:00:00 +0200\n\n"
        "I want letters\n"
    )
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "1.eml").write_text(mail, encoding="utf-8")
    exits(0, tmp_path, "replies.py", *BOOK, "--mailbox", "mails", "--apply")
    exits(0, tmp_path, "invite.py", "advance", *BOOK, "--apply")
    assert register.rows("Jakelut")[0]["Ihmisiä"] == "5; kirje voi lähteä: 4"
    assert register.rows("Kiellot")[0]["Laajuus"] == "kaikki paitsi kirjeet"

"""``privacy.py erase``: no byte of her is left but the keyed hashes, on both stores; others stay."""

import json
import re

import pytest

from register.privacy.places import personal_data_places
from register.privacy.search import texts_in
from tests.registers import FileRegister
from tests.story.planted_person import HER, HIM, plant, typed
from tests.story.test_meeting_from_sheet import smtp_server
from tests.test_scripts import exits, run

pytestmark = pytest.mark.timeout(1500)

TRACES = re.compile(
    r"kärnä-ahola|paivi\.ka@|päivi\.x@|765[ -]?4321|koira puree|vaalea talo", re.IGNORECASE
)
TOLD_OF = {
    "mailings": {"plus", "minus"},
    "letters": {"name", "text_fi"},
    "invitations": {"email", "rsvp", "party_size", "substitute", "needs", "question", "days"},
    "requests": {"about", "answer"},
    "bans": {"email", "topic", "scope", "reason"},
    "meetings": {"host", "attending"},
    "inbox": {"name", "email", "phone", "source"},
    "people": {"first", "last", "email", "phone", "role", "notes", "successor"},
    "cooperation": {"person", "agreed"},
    "networks": {"person"},
    "organisations": {"notes"},
    "choices": {"owners"},
    "review": {"message", "left"},
    "log": {"old", "new"},
}
"""Columns in which her export must find her."""

STATE = {"journal.sqlite", "ledger.sqlite", "answers.sqlite", "receivers.sqlite", "lists.json",
         "description.json", "reply"}  # fmt: skip


def everything(register):
    """Yield all bytes that are kept: the register's, and those of every file but people's own."""
    if isinstance(register, FileRegister):
        yield "book", (register.folder / "r.xlsx").read_bytes()
    else:
        sheets = register._sheet.sheets
        held = [[row.cells for row in sheet.rows] for sheet in sheets]
        yield "book", json.dumps([held, register._sheet.named_ranges], ensure_ascii=False).encode()
        yield "beside", repr([vars(sheet) for sheet in sheets]).encode()
    for path in register.folder.rglob("*"):
        own = path.name in ("list.csv", "form.csv", "r.xlsx") or path.parent.name == "mails"
        if path.is_file() and not own:
            yield str(path), path.read_bytes()


def found_in(register):
    return {
        name: sorted({hit for text in texts_in(data) for hit in TRACES.findall(text)})
        for name, data in everything(register)
        if any(TRACES.search(text) for text in texts_in(data))
    }


def test_no_byte_of_her_is_left_and_she_does_not_come_back(register):
    with smtp_server() as (letters, port):
        planted = plant(register, letters, port).her_id
        is_erased(register, planted)


def is_erased(register, planted):
    folder, book = register.folder, register.book
    before = found_in(register)
    assert {"book"} <= set(before) and len(before) > 40
    assert {"state.zip", "journal.sqlite-wal", "answers.sqlite-journal"} <= {
        path.rpartition("/")[2] for path in before
    }
    told = json.loads(
        exits(0, folder, "privacy.py", "export", planted, *book, "--format", "json").stdout
    )
    told_of = {}
    for one in told["register"]:
        told_of.setdefault(one["tab"], set()).add(one["column"])
    lacking = {tab: columns - told_of.get(tab, set()) for tab, columns in TOLD_OF.items()}
    assert {tab: columns for tab, columns in lacking.items() if columns} == {}
    names = {place.rpartition("/")[2] for place in told["counts"]}
    assert names >= STATE
    (state,) = {path.parent for path in folder.rglob("journal.sqlite")}
    sides = ("-wal", "-shm", "-journal")
    unsorted = [
        path.name
        for path in state.iterdir()
        if not path.name.endswith(sides) and not personal_data_places().state_sort(path.name)
    ]
    assert unsorted == []
    files = {path.rpartition("/")[2] for path in before if path not in ("book", "beside")}
    assert {name for name in files if not name.endswith(sides)} <= names

    shown = json.loads(
        exits(0, folder, "privacy.py", "erase", planted, *book, "--format", "json").stdout
    )
    assert not shown["applied"] and set(found_in(register)) >= set(before) - {
        path for path in before if path.endswith(sides)
    }
    done = run(folder, "privacy.py", "erase", planted, *book, "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not TRACES.search(done.stdout.replace(str(folder), ""))
    assert "Kaupunki, Kumppani" in done.stdout
    assert found_in(register) == {}

    # ids stay, others stay, how many were to come, the sentence is asked about
    assert "2" in register.column("Kutsut", "Henkilöitä")
    assert HIM in register.column("Kutsut", "Osoite")
    assert planted in register.column("Yhteyshenkilöt", "Tunnus")
    (agreed,) = register.column("Yhteistyö", "Mitä sovittiin")[:1]
    assert agreed.startswith(f"{planted} ja Pekka Testi hoitavat") and planted in agreed
    assert any("Mitä sovittiin" in text for text in register.column("Tarkista", "Mitä"))
    assert register.column("Verkostot", "Yhteyshenkilö")[0] == planted
    assert "Testi" in register.column("Yhteyshenkilöt", "Sukunimi")
    (ban,) = [row for row in register.column("Kiellot", "Tiiviste") if row]
    assert "poistettu" in register.column("Kiellot", "Syy")
    assert re.fullmatch(r"([0-9a-f]{4}:[0-9a-f]{32} ?)+", ban)

    # the same again finds nothing more to do
    again = exits(0, folder, "privacy.py", "erase", planted, *book, "--apply")
    assert not TRACES.search(again.stdout) and found_in(register) == {}
    assert [row for row in register.column("Kiellot", "Tiiviste") if row] == [ban]
    assert not list(folder.rglob("erasure.json"))

    # the same list again: he is known, she is refused, and said so
    again = exits(0, folder, "contacts.py", "import", "list.csv", *book, "--apply")
    assert "poistamista" in again.stdout
    exits(0, folder, "cleanup.py", *book, "--apply", "--fail-on", "never")
    # her mails and her rows of the form lie there still: they bring her back no more
    run(folder, "replies.py", *book, "--apply")
    run(folder, "autopilot.py", *book, "--apply", "--fail-on", "never")
    assert found_in(register) == {}
    assert [one for one in register.column("Yhteyshenkilöt", "Etunimi") if one] == ["Pekka"]

    # typed by hand into the people, she gets no letter, and is told why
    row = len(register.column("Yhteyshenkilöt", "Tunnus")) + 2
    typed(register, "Yhteyshenkilöt", row, Etunimi="P", Sähköposti=HER)
    typed(register, "Yhteyshenkilöt", row, Organisaatio="Espoon kyläyhdistys ry", Kutsutaan="kyllä")
    exits(0, folder, "cleanup.py", *book, "--apply", "--fail-on", "never")
    planned = exits(0, folder, "invite.py", "plan", "Syystapaaminen", *book)
    assert "poistamista" in planned.stdout

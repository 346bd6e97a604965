"""A copy before each run that writes: private, rotated, sealed where a recipient is named."""

import os
from datetime import datetime, timedelta

import openpyxl
import pyrage
import pytest

from register.state.backups import BackupOnce, BackupRules, back_up, backups, copy_moment
from register.stores.backup import workbook_of
from register.stores.workbook import Workbook
from tests.making import book
from tests.test_scripts import exits, run

NOW = datetime(2026, 11, 29, 6, 0)
BOOK = ("--book", "r.xlsx")


def test_so_many_are_kept_and_none_too_old(tmp_path):
    for number in range(6):
        back_up(tmp_path, f"{number}.xlsx", b"x", BackupRules(keep=4), datetime.now())
    assert [path.name for path in backups(tmp_path)] == [f"{n}.xlsx" for n in (2, 3, 4, 5)]
    old = (datetime.now() - timedelta(days=91)).timestamp()
    os.utime(backups(tmp_path)[0], (old, old))
    back_up(tmp_path, "6.xlsx", b"x", BackupRules(keep=40), datetime.now())
    assert [path.name for path in backups(tmp_path)] == [f"{n}.xlsx" for n in (3, 4, 5, 6)]
    assert {path.stat().st_mode & 0o777 for path in backups(tmp_path)} == {0o600}
    assert (tmp_path / "backups").stat().st_mode & 0o777 == 0o700


def test_none_is_made_where_none_is_wanted(tmp_path):
    back_up(tmp_path, "1.xlsx", b"x", BackupRules(keep=0), NOW)
    assert backups(tmp_path) == []


def test_a_sealed_copy_opens_with_the_key_to_it_alone(tmp_path):
    key = pyrage.x25519.Identity.generate()
    rules = BackupRules(recipient=str(key.to_public()))
    back_up(tmp_path, "1.xlsx", b"Maija Malli", rules, datetime.now())
    (path,) = backups(tmp_path)
    assert path.name == "1.xlsx.age" and b"Maija" not in path.read_bytes()
    assert pyrage.decrypt(path.read_bytes(), [key]) == b"Maija Malli"


def test_a_run_that_writes_keeps_the_register_as_it_was_and_one_that_does_not_keeps_none(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    before = (tmp_path / "r.xlsx").read_bytes()
    (tmp_path / "list.csv").write_text("Nimi;Sähköposti\nMaija Malli;m@example.org\n")
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK)
    assert not list(tmp_path.rglob("backups/*"))
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    (copy,) = tmp_path.rglob("backups/*")
    assert copy.read_bytes() == before


def test_a_recipient_that_is_none_is_a_fault_of_the_configuration(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "config.toml").write_text('[backup]\nrecipient = "maija"\n')
    done = run(tmp_path, "check.py", *BOOK)
    assert done.returncode == 2 and "backup.recipient" in done.stderr


def test_what_was_read_of_a_sheet_is_a_register_again(tmp_path):
    rows = [
        {"id": "H-00000", "first": "Maija", "+Oma": "=1+1", "invite": "yes", "phone": "+358401"}
    ]
    made = book(people=rows)
    (tmp_path / "copy.xlsx").write_bytes(workbook_of(made))
    there = Workbook(tmp_path / "copy.xlsx").read()
    assert there.table("people").records() == made.table("people").records()
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")["Yhteyshenkilöt"]["B2"].value == "Maija"


def test_a_copy_that_was_written_anew_keeps_the_date_that_its_name_says(tmp_path):
    back_up(tmp_path, "20260901-120000.0001.xlsx", b"x", BackupRules(), NOW)
    (path,) = backups(tmp_path)
    path.write_bytes(b"cleaned")
    assert copy_moment(path) == datetime(2026, 9, 1, 12, 0)
    later = NOW + timedelta(days=10)
    back_up(tmp_path, "20261209-060000.0000.xlsx", b"x", BackupRules(days=90), later)
    assert [one.name for one in backups(tmp_path)] == ["20261209-060000.0000.xlsx"]


def test_a_copy_that_failed_is_made_before_the_next_write():
    made = []

    def make():
        made.append(1)
        if len(made) == 1:
            raise OSError

    once = BackupOnce(make)
    with pytest.raises(OSError):
        once()
    once()
    once()
    assert len(made) == 2

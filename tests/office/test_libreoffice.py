"""The workbook in the program that people open it with."""

import subprocess

import openpyxl
import pytest
from register.book.change import Change

from register.book.log import log_rows
from register.book.plan import Plan
from register.show.guide import guide_rows
from register.stores.workbook import Workbook

pytestmark = pytest.mark.office


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


ROWS = [
    Change("organisations", "O-00000", key, "", value, "test", "add")
    for key, value in {
        "id": "O-00000",
        "name": "Espoon kyläyhdistys ry",
        "type": "association",
        "postcode": "02100",
        "phone": "+358400000001",
        "added_on": "2026-03-02",
        "status": "error",
        "notes": "=1+1, ”ä” & <b>\ntoinen rivi",
    }.items()
]


def saved_by_libreoffice(path, folder, kind="xlsx"):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{path.stem}.{kind}"


@pytest.fixture
def store(tmp_path):
    store = Workbook(tmp_path / "register.xlsx")
    store.create("fi", guide_rows("fi"), {}, apply=True)
    store.write(Plan.of(ROWS), lines)
    return store


def test_a_register_that_libreoffice_saved_is_the_same_register(store, tmp_path):
    (tmp_path / "out").mkdir()
    again = Workbook(saved_by_libreoffice(store.path, tmp_path / "out"))
    one, other = store.read(), again.read()
    for key, table in one.tables.items():
        assert other.table(key).records() == table.records(), key


def test_it_can_be_written_again_after_libreoffice_saved_it(store, tmp_path):
    (tmp_path / "out").mkdir()
    again = Workbook(saved_by_libreoffice(store.path, tmp_path / "out"))
    change = Change("organisations", "O-00000", "name", "Espoon kyläyhdistys ry", "Kylä ry", "test")
    assert not again.write(Plan.of([change]), lines).conflicts
    sheet = openpyxl.load_workbook(again.path)["Organisaatiot"]
    assert sheet["B2"].value == "Kylä ry"
    assert len(sheet.data_validations.dataValidation) >= 4


def test_it_prints(store, tmp_path):
    (tmp_path / "out").mkdir()
    pdf = saved_by_libreoffice(store.path, tmp_path / "out", "pdf")
    text = subprocess.run(
        ["pdftotext", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert "Espoon kyläyhdistys ry" in text
    assert "Err:" not in text


def test_what_is_missing_can_be_added_after_libreoffice_saved_it(store, tmp_path):
    (tmp_path / "out").mkdir()
    workbook = openpyxl.load_workbook(store.path)
    del workbook["Kiellot"]
    workbook.save(store.path)
    again = Workbook(saved_by_libreoffice(store.path, tmp_path / "out"))
    assert again.create("fi", guide_rows("fi"), {}, apply=True).added
    assert again.read().table("organisations").cell("O-00000", "name") == "Espoon kyläyhdistys ry"

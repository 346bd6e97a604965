"""A sheet of any size: blank rows cost nothing, too many filled ones are refused before a read."""

import subprocess
import sys
from pathlib import Path

import pytest

from register.book.errors import BookUnreadable
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

CHECK = Path(__file__).parents[2] / "scripts" / "check.py"
TAB = "Organisaatiot"


@pytest.fixture
def desk(tmp_path):
    with SheetsServer() as server:
        yield GoogleDesk(server, tmp_path)


def grown(desk, **size):
    sheet_id = desk.sheet.titled(TAB).sheet_id
    fields = ",".join(f"gridProperties.{name}" for name in size)
    properties = {"sheetId": sheet_id, "gridProperties": size}
    desk.person.do({"updateSheetProperties": {"properties": properties, "fields": fields}})


def check(desk, folder):
    (folder / "config.toml").write_text(
        f'[google]\nendpoint = "{desk.server.url}"\nkey_file = "key.json"\n', encoding="utf-8"
    )
    return subprocess.run(
        [sys.executable, str(CHECK), "--book", desk.url, "--fail-on", "never"],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


def test_blank_rows_and_columns_are_no_size(desk, tmp_path):
    grown(desk, rowCount=200_000)
    desk.types("organisations", "#2", "name", "Espoon Martat ry")
    assert desk.another_store().read().table("organisations").cell("#2", "name")
    assert check(desk, tmp_path).returncode == 0


@pytest.mark.parametrize("row", [100_002, 250_000], ids=["the next one", "one far below"])
def test_a_row_too_many_is_refused_with_what_to_do(desk, tmp_path, row):
    grown(desk, rowCount=300_000)
    desk.person.type(TAB, f"B{row}", "Espoon Martat ry")
    done = check(desk, tmp_path)
    assert done.returncode == 2, done.stderr
    assert TAB in done.stderr and "100000" in done.stderr.replace("\xa0", "")
    assert "Poista sen lopusta rivit" in done.stderr and "Traceback" not in done.stderr


def test_values_are_not_asked_for_where_there_are_too_many(desk):
    grown(desk, rowCount=100_100)
    desk.person.type(TAB, "B100002", "Espoon Martat ry")
    before = desk.store.traffic.reads
    with pytest.raises(BookUnreadable):
        desk.store.read()
    assert desk.store.traffic.reads == before + 2


def test_a_column_too_many_is_refused(desk):
    grown(desk, columnCount=1_100)
    desk.person.type(TAB, "ALN1", "x")
    with pytest.raises(BookUnreadable, match="too large"):
        desk.another_store().read()


def test_the_last_row_that_may_be_is_read(desk):
    grown(desk, rowCount=100_001)
    desk.person.type(TAB, "B100001", "Espoon Martat ry")
    assert desk.another_store().read().table("organisations").numbers == {"#100001": 100_001}

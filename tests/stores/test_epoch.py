"""A workbook whose days are counted from 1904, as Excel for Mac once did."""

import re
import zipfile
from datetime import datetime

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.test_scripts import exits


def counted_from_1904(path):
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/workbook.xml"] = re.sub(
        rb"<workbookPr[^>]*/>", b'<workbookPr date1904="1"/>', parts["xl/workbook.xml"]
    )
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)


def cells(path, tab, header):
    sheet = openpyxl.load_workbook(path)[tab]
    column = [cell.value for cell in sheet[1]].index(header)
    return [row[column] for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]


def test_dates_are_written_and_read_as_days_of_their_own_calendar(tmp_path):
    path, book = tmp_path / "r.xlsx", ("--book", "r.xlsx")
    exits(0, tmp_path, "create.py", *book, "--apply")
    counted_from_1904(path)
    (tmp_path / "l.csv").write_text("Yhdistys;Nimi\nKaisla ry;Eila Kaski\n", encoding="utf-8")
    exits(0, tmp_path, "contacts.py", "import", "l.csv", *book, "--apply")
    exits(0, tmp_path, "cleanup.py", *book, "--apply", "--fail-on", "never")
    assert openpyxl.load_workbook(path).epoch == CALENDAR_MAC_1904
    (added,) = cells(path, "Yhteyshenkilöt", "Lisätty")
    (came,) = cells(path, "Saapuneet", "Aika")
    now = datetime.now()
    assert abs((now - came).days) <= 1 and abs((now - added).days) <= 1
    exits(0, tmp_path, "cleanup.py", *book, "--fail-on", "never", "--detailed-exitcode")

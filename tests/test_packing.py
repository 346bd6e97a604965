"""A workbook's bytes are what openpyxl saves, and nothing of it was ever in TMPDIR."""

import tempfile
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from register.packing import workbook_bytes


def _workbook():
    book = Workbook()
    sheet = book.active
    sheet.append(["Maija Malli", 1])
    sheet["A1"].comment = Comment("hyvä tuttu", "Liisa")
    sheet["A1"].hyperlink = "https://verkosto.example"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1))
    sheet.add_chart(chart)
    book.create_sheet("Toinen").append(["Nils Prov"])
    return book


def test_it_holds_what_openpyxl_saves():
    saved = BytesIO()
    _workbook().save(saved)
    for data in (saved.getvalue(), workbook_bytes(_workbook())):
        book = load_workbook(BytesIO(data))
        first, second = book
        assert [cell.value for cell in first[1]] == ["Maija Malli", 1]
        assert first["A1"].comment.text == "hyvä tuttu"
        assert first["A1"].hyperlink.target == "https://verkosto.example"
        assert len(first._charts) == 1 and second["A1"].value == "Nils Prov"


def test_it_needs_no_tmpdir(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert load_workbook(BytesIO(workbook_bytes(_workbook()))).sheetnames == ["Sheet", "Toinen"]

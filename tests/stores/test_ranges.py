"""What covers a tab's rows in a workbook covers the rows that are added, and nothing is broken."""

import re
import zipfile

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn

from register.book.ids import new_id
from register.book.log import log_rows
from register.book.plan import Change, Plan
from register.stores.workbook import Workbook

TAB = "Organisaatiot"
IDS = [new_id("O", (str(number),), ()) for number in range(20)]


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


def add(path, *numbers):
    changes = [
        Change("organisations", IDS[n], key, "", value, "test", "add")
        for n in numbers
        for key, value in (("id", IDS[n]), ("name", f"Seura {n} ry"), ("added_on", "2026-03-02"))
    ]
    store = Workbook(path)
    store.read()
    store.write(Plan.of(changes), lines)


def names(path):
    return [row["name"] for _, row in Workbook(path).read().table("organisations").rows()]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "r.xlsx"
    Workbook(path).create("fi", [], {}, apply=True)
    add(path, 0, 1)
    return path


class Edited:
    """The workbook as a person has it open, saved at the end."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.book = openpyxl.load_workbook(self.path)
        self.sheet = self.book[TAB]
        self.sheet.auto_filter.ref = None
        self.width = self.sheet.max_column
        return self

    def __exit__(self, *_):
        self.book.save(self.path)

    def table(self, name, area, totals=False):
        table = Table(displayName=name, ref=area, totalsRowCount=1 if totals else None)
        table._initialise_columns()
        left, top, right, _ = openpyxl.utils.range_boundaries(area)
        heads = [self.sheet.cell(top, n).value for n in range(left, right + 1)]
        table.tableColumns = [TableColumn(id=n, name=one) for n, one in enumerate(heads, 1)]
        if totals:
            table.autoFilter.ref = re.sub(
                r"\d+$", lambda found: str(int(found[0]) - 1), table.autoFilter.ref
            )
        self.sheet.add_table(table)


def tables(path):
    sheet = openpyxl.load_workbook(path)[TAB]
    return {one.name: (one.ref, one.autoFilter.ref) for one in sheet.tables.values()}


@pytest.mark.parametrize("rows", [3, 4, 30])
@pytest.mark.parametrize("more", [0, -5])
def test_a_table_and_its_filter_hold_the_rows_that_are_added(path, rows, more):
    with Edited(path) as edited:
        last = get_column_letter(edited.width + more)
        edited.table("Taulukko1", f"A1:{last}{rows}")
    add(path, 2, 3)
    area = f"A1:{last}{max(5, rows)}"
    assert tables(path) == {"Taulukko1": (area, area)}
    assert names(path) == [f"Seura {n} ry" for n in range(4)]


def test_a_row_of_totals_stays_the_last_and_is_nobodys_row(path):
    with Edited(path) as edited:
        last = get_column_letter(edited.width)
        edited.sheet["B4"], edited.sheet["C4"] = "Yhteensä", "=SUBTOTAL(103,C2:C3)"
        edited.table("Taulukko1", f"A1:{last}4", totals=True)
    assert names(path) == ["Seura 0 ry", "Seura 1 ry"]
    for numbers in ((2, 3), (4,)):
        add(path, *numbers)
    assert tables(path) == {"Taulukko1": (f"A1:{last}7", f"A1:{last}6")}
    sheet = openpyxl.load_workbook(path)[TAB]
    assert (sheet["B7"].value, sheet["C7"].value) == ("Yhteensä", "=SUBTOTAL(103,C2:C3)")
    assert names(path) == [f"Seura {n} ry" for n in range(5)]


def test_two_tables_side_by_side_and_one_of_people_s_own(path):
    with Edited(path) as edited:
        edited.table("Vasen", "A1:D3")
        edited.table("Oikea", "F1:J3")
        own = edited.width + 2
        edited.sheet.cell(1, own, "Oma"), edited.sheet.cell(1, own + 1, "Toinen")
        edited.sheet.cell(2, own, "x"), edited.sheet.cell(3, own, "y")
        area = f"{get_column_letter(own)}1:{get_column_letter(own + 1)}3"
        edited.table("Omat", area)
    add(path, 2)
    assert {name: ref for name, (ref, _) in tables(path).items()} == {
        "Vasen": "A1:D4",
        "Oikea": "F1:J4",
        "Omat": area,
    }


def test_filters_rules_names_and_print_areas_go_along(path):
    with Edited(path) as edited:
        sheet = edited.sheet
        sheet.auto_filter.ref = "A1:F3"
        sheet.print_area = "A1:F3"
        sheet.add_data_validation(rule := DataValidation(type="list", formula1='"a,b"'))
        rule.add("D2:D3")
        red = FormulaRule(formula=["$A2=1"], fill=PatternFill("solid", bgColor="FF0000"))
        sheet.conditional_formatting.add("A2:F3", red)
        for name, area in (("Kaikki", "$A$1:$F$3"), ("Otsikot", "$A$1:$F$1"), ("Yksi", "$A$3")):
            edited.book.defined_names[name] = DefinedName(name, attr_text=f"{TAB}!{area}")
    add(path, 2, 3)
    book = openpyxl.load_workbook(path)
    sheet = book[TAB]
    assert sheet.auto_filter.ref == "A1:F5"
    assert sheet.print_area == f"'{TAB}'!$A$1:$F$5"
    assert "D2:D5" in [str(one.sqref) for one in sheet.data_validations.dataValidation]
    assert "A2:F5" in [str(one.sqref) for one in sheet.conditional_formatting]
    said = {name: one.attr_text for name, one in book.defined_names.items()}
    assert said == {
        "Kaikki": f"{TAB}!$A$1:$F$5",
        "Otsikot": f"{TAB}!$A$1:$F$1",
        "Yksi": f"{TAB}!$A$3",
    }


def test_a_formula_that_is_filled_down_is_no_data_and_stays(path):
    with Edited(path) as edited:
        own = edited.width + 1
        edited.sheet.cell(1, own, "Oma")
        for row in range(2, 30):
            edited.sheet.cell(row, own, f"=LEN(B{row})")
    add(path, 2, 3)
    sheet = openpyxl.load_workbook(path)[TAB]
    assert [sheet.cell(row, own).value for row in (3, 4, 29)] == [
        "=LEN(B3)",
        "=LEN(B4)",
        "=LEN(B29)",
    ]
    assert names(path) == [f"Seura {n} ry" for n in range(4)]
    assert list(Workbook(path).read().table("organisations").numbers.values()) == [2, 3, 4, 5]


def test_a_total_below_a_column_of_people_s_own_is_not_written_beside(path):
    with Edited(path) as edited:
        own = edited.width + 1
        edited.sheet.cell(1, own, "Oma")
        for row in (2, 3):
            edited.sheet.cell(row, own, f"=LEN(B{row})")
        edited.sheet.cell(4, own, "=SUM(X2:X3)")
    add(path, 2)
    assert list(Workbook(path).read().table("organisations").numbers.values()) == [2, 3, 5]


def test_the_rows_stay_in_order_and_no_address_is_there_twice(path):
    with Edited(path) as edited:
        edited.sheet["B4"] = "Yhteensä"
        edited.table("Taulukko1", f"A1:{get_column_letter(edited.width)}4", totals=True)
    add(path, 2, 3, 4)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    rows = [int(number) for number in re.findall(r'<row r="(\d+)"', xml)]
    cells = re.findall(r'<c r="([A-Z]+\d+)"', xml)
    assert rows == sorted(set(rows))
    assert len(cells) == len(set(cells))

"""Rows of a workbook go with all that is theirs: heights, colours, dropdowns, links, formulas."""

import random
import re
import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from register.book.change import added_row
from register.book.errors import BookUnreadable
from register.book.ids import fingerprint
from register.book.plan import Plan
from register.book.schema import schema
from register.stores.moved_formulas import moved_reference
from register.stores.row_moves import moved_areas
from register.stores.workbook import Workbook

TAB = "Tarkista"
COUNT = 7
ASKED = [fingerprint("order", str(number)) for number in range(COUNT)]
WANTED = [ASKED[n] for n in (6, 0, 2, 1, 5, 3, 4)]


@pytest.fixture
def store(tmp_path):
    store = Workbook(tmp_path / "register.xlsx")
    store.create("fi", [["# Ohje"]], {}, apply=True)
    rows = [{"id": one, "kind": "error", "message": f"Kysymys {n}"} for n, one in enumerate(ASKED)]
    changes = [change for row in rows for change in added_row("review", row, "test")]
    store.write(Plan.of(changes), lambda changes, book: [])
    return store


def sheet_of(store):
    workbook = openpyxl.load_workbook(store.path)
    return workbook, workbook[TAB]


def column(sheet, key):
    """Return the letter of a column of the register's."""
    header = schema().tab("review").column(key).headers["fi"]
    return next(cell.column_letter for cell in sheet[1] if cell.value == header)


def rows_by_id(sheet):
    ids = column(sheet, "id")
    return {sheet[f"{ids}{row}"].value: row for row in range(2, COUNT + 2)}


def own_column(sheet):
    return sheet.max_column + 1


def test_height_colour_hidden_state_and_peoples_own_columns_go_with_their_row(store):
    workbook, sheet = sheet_of(store)
    own = own_column(sheet)
    sheet.cell(1, own, "Oma")
    for row in range(2, COUNT + 2):
        sheet.cell(row, own, f"oma {row - 2}")
        sheet.row_dimensions[row].height = 20 + row
        sheet.cell(row, 3).fill = PatternFill("solid", start_color=f"FF0000{row:02}")
    sheet.row_dimensions[4].hidden = True
    workbook.save(store.path)
    store.reorder("review", WANTED)
    _, sheet = sheet_of(store)
    there = rows_by_id(sheet)
    assert list(there) == WANTED
    for number, case_id in enumerate(ASKED):
        row = there[case_id]
        assert sheet.cell(row, own).value == f"oma {number}"
        assert sheet.row_dimensions[row].height == 22 + number
        assert sheet.row_dimensions[row].hidden == (number == 2)
        assert sheet.cell(row, 3).fill.start_color.rgb == f"FF0000{number + 2:02}"


def test_dropdowns_links_and_colours_of_single_rows_go_and_those_of_all_stay(store):
    workbook, sheet = sheet_of(store)
    single = DataValidation(type="list", formula1='"yhdistä,pidä erillään"', sqref="I3 I5:I6")
    custom = DataValidation(type="custom", formula1="LEN($A8)>3", sqref="B8")
    sheet.add_data_validation(single)
    sheet.add_data_validation(custom)
    fill = PatternFill(bgColor="FFFF0000")
    sheet.conditional_formatting.add("A2:L500", FormulaRule(['$C2="virhe"'], fill=fill))
    sheet.conditional_formatting.add("A8:L8", FormulaRule(['$D8="x"'], fill=fill))
    sheet["Z4"].hyperlink = Hyperlink(ref="Z4", location="'Yhteyshenkilöt'!A9")
    workbook.save(store.path)
    rules = len(sheet.data_validations.dataValidation)
    store.reorder("review", WANTED)
    _, sheet = sheet_of(store)
    there = rows_by_id(sheet)
    validations = sheet.data_validations.dataValidation
    assert len(validations) == rules
    (listed,) = [one for one in validations if one.formula1 == single.formula1]
    rows = {int(str(part)[1:]) for area in str(listed.sqref).split() for part in spread(area)}
    assert rows == {there[ASKED[n]] for n in (1, 3, 4)}
    (own,) = [one for one in validations if (one.formula1 or "").startswith("LEN")]
    assert str(own.sqref) == f"B{there[ASKED[6]]}"
    assert own.formula1 == f"LEN($A{there[ASKED[6]]})>3"
    areas = {str(one.sqref): one.rules[0].formula for one in sheet.conditional_formatting}
    assert areas["A2:L500"] == ['$C2="virhe"']
    row = there[ASKED[6]]
    assert areas[f"A{row}:L{row}"] == [f'$D{row}="x"']
    assert sheet.cell(there[ASKED[2]], 26).hyperlink.location == "'Yhteyshenkilöt'!A9"


def spread(area):
    first, _, last = area.partition(":")
    top, bottom = int(first[1:]), int((last or first)[1:])
    return [f"{first[0]}{row}" for row in range(top, bottom + 1)]


def test_formulas_go_on_naming_the_rows_that_they_named(store):
    workbook, sheet = sheet_of(store)
    own = own_column(sheet)
    letter, says = get_column_letter(own), column(sheet, "message")
    sheet.cell(1, own, "Oma")
    for row in range(2, COUNT + 2):
        sheet.cell(row, own, f'={says}{row}&" rivi {says}{row}"')
    other = workbook.create_sheet("Oma välilehti")
    other["A1"] = f"=Tarkista!{says}4"
    other["A2"] = "=COUNTA(Tarkista!$B$2:$B$500)+'Tarkista'!$C$8"
    other["A3"] = "=E4"
    workbook.defined_names["kysymys"] = openpyxl.workbook.defined_name.DefinedName(
        "kysymys", attr_text="Tarkista!$C$4"
    )
    workbook.save(store.path)
    store.reorder("review", WANTED)
    workbook, sheet = sheet_of(store)
    there = rows_by_id(sheet)
    for row in there.values():
        asked = int(sheet[f"{says}{row}"].value.split()[1])
        assert sheet[f"{letter}{row}"].value == f'={says}{row}&" rivi {says}{asked + 2}"'
    other = workbook["Oma välilehti"]
    third, last = there[ASKED[2]], there[ASKED[6]]
    assert other["A1"].value == f"=Tarkista!{says}{third}"
    assert other["A2"].value == f"=COUNTA(Tarkista!$B$2:$B$500)+'Tarkista'!$C${last}"
    assert other["A3"].value == "=E4"
    assert workbook.defined_names["kysymys"].attr_text == f"Tarkista!$C${third}"


def rewrite(path, change):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_formula_that_was_filled_down_becomes_each_rows_own(store):
    workbook, sheet = sheet_of(store)
    own = own_column(sheet)
    letter = get_column_letter(own)
    sheet.cell(1, own, "Oma")
    for row in range(2, COUNT + 2):
        sheet.cell(row, own, "=1")
    workbook.save(store.path)
    number = workbook.sheetnames.index(TAB) + 1

    def share(parts):
        name = f"xl/worksheets/sheet{number}.xml"
        xml = parts[name].decode()
        for row in range(2, COUNT + 2):
            text = f'ref="{letter}2:{letter}{COUNT + 1}">E2&amp;"!"' if row == 2 else ">"
            cell = f'<c r="{letter}{row}"><f t="shared" si="0" {text}</f><v></v></c>'
            plain = rf'<c r="{letter}{row}"><f>1</f><v ?(?:/>|></v>)</c>'
            xml = re.sub(plain, lambda found, cell=cell: cell, xml)
        assert xml.count('t="shared"') == COUNT
        parts[name] = xml.encode()

    rewrite(store.path, share)
    store.reorder("review", WANTED)
    _, sheet = sheet_of(store)
    for row in range(2, COUNT + 2):
        assert sheet[f"{letter}{row}"].value == f'=E{row}&"!"'


def test_notes_of_people_go_with_their_box(store):
    workbook, sheet = sheet_of(store)
    for row in range(2, COUNT + 2):
        sheet.cell(row, 25).comment = Comment(f"huomautus {row - 2}", "Maija")
    workbook.save(store.path)
    store.reorder("review", WANTED)
    _, sheet = sheet_of(store)
    there = rows_by_id(sheet)
    for number, case_id in enumerate(ASKED):
        assert sheet.cell(there[case_id], 25).comment.text == f"huomautus {number}"
    with zipfile.ZipFile(store.path) as archive:
        boxes = [archive.read(n) for n in archive.namelist() if n.endswith(".vml")]
    rows = [int(row) + 1 for box in boxes for row in re.findall(rb"Row>(\d+)</", box)]
    assert [row for row in rows if row > 1] == [there[case_id] for case_id in ASKED]


def test_rows_that_merged_cells_hold_together_are_left_where_they_are(store):
    workbook, sheet = sheet_of(store)
    sheet.merge_cells("X3:X5")
    workbook.save(store.path)
    before = store.path.read_bytes()
    with pytest.raises(BookUnreadable):
        store.reorder("review", WANTED)
    assert store.path.read_bytes() == before


def test_merged_cells_of_one_row_go_with_it(store):
    workbook, sheet = sheet_of(store)
    sheet.merge_cells("X3:Y3")
    workbook.save(store.path)
    store.reorder("review", WANTED)
    _, sheet = sheet_of(store)
    row = rows_by_id(sheet)[ASKED[1]]
    assert [str(one) for one in sheet.merged_cells.ranges] == [f"X{row}:Y{row}"]


def test_a_text_that_looks_like_an_address_stays_as_it_is(store):
    workbook, sheet = sheet_of(store)
    sheet["Z3"] = '<c r="F3"> r="F3" <f>E3</f> A3'
    workbook.save(store.path)
    store.reorder("review", WANTED)
    _, sheet = sheet_of(store)
    assert sheet.cell(rows_by_id(sheet)[ASKED[1]], 26).value == '<c r="F3"> r="F3" <f>E3</f> A3'


@pytest.mark.office
def test_libreoffice_reads_the_rows_as_they_are(store, tmp_path):
    store.reorder("review", WANTED)
    book = store.read()
    done = subprocess.run(
        (
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML"),
            *("--outdir", tmp_path / "lo", store.path),
        ),
        capture_output=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    again = Workbook(tmp_path / "lo" / store.path.name).read()
    assert again.table("review") == book.table("review")
    assert list(again.table("review").numbers) == WANTED


def test_areas_are_cut_where_their_rows_go_apart():
    assert moved_areas(b"C3:C4", {3: 6, 4: 3, 5: 4, 6: 5}) == b"C3 C6"
    assert moved_areas(b"A2:L900", {3: 6, 4: 3, 5: 4, 6: 5}) == b"A2:L900"
    assert moved_areas(b"C2:C4", {3: 6, 4: 3, 5: 4, 6: 5}) == b"C2:C3 C6"


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        (b"E5", b"E9"),
        (b"$E$5+E6", b"$E$9+E6"),
        (b"SUM(E5:K5)", b"SUM(E9:K9)"),
        (b"SUM(E2:E5)", b"SUM(E2:E5)"),
        (b'Oma!E5&amp;"E5"', b'Oma!E5&amp;"E5"'),
        (b"'Tarkista'!E5*LOG10(E5)", b"'Tarkista'!E9*LOG10(E9)"),
        (b"5:5", b"9:9"),
        (b"Taulu5[E5]+E55", b"Taulu5[E5]+E55"),
    ],
)
def test_references_to_one_row_follow_it(text, moved):
    assert moved_reference(text, TAB, {5: 9}, own=True) == moved


def test_many_rows_in_any_order(store):
    rows = [fingerprint("many", str(number)) for number in range(300)]
    changes = [c for one in rows for c in added_row("review", {"id": one, "kind": "error"}, "t")]
    store.write(Plan.of(changes), lambda changes, book: [])
    wanted = [*ASKED, *rows]
    random.Random(5).shuffle(wanted)
    before = store.read()
    store.reorder("review", wanted)
    after = store.read()
    assert list(after.table("review").numbers) == wanted
    assert after.tables == before.tables
    assert store.reorder("review", wanted) == 0

"""What people make of a tab: tables with typed columns, and formulas that fill a column."""

import pytest

from register.book.change import Change
from register.book.errors import VerkostoError
from register.book.ids import new_id
from register.book.log import log_rows
from register.book.plan import Plan
from register.unpacking import column_letters
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

TAB = "Organisaatiot"
IDS = [new_id("O", (str(number),), ()) for number in range(20)]


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


def added(number):
    cells = {"id": IDS[number], "name": f"Seura {number} ry", "added_on": "2026-03-02"}
    cells["postcode"] = "00420"
    return [
        Change("organisations", IDS[number], key, "", value, "test", "add")
        for key, value in cells.items()
    ]


def add(desk, *numbers):
    desk.store.read()
    desk.store.write(Plan.of([c for n in numbers for c in added(n)]), lines)


def rows(desk):
    table = desk.another_store().read().table("organisations")
    return {row["name"]: (row["added_on"], row["postcode"]) for _, row in table.rows()}


def wanted(*numbers):
    return {f"Seura {n} ry": ("2026-03-02", "00420") for n in numbers}


def place(desk, column):
    return desk.cell("organisations", 1, column)[1].rstrip("1")


def area(desk, rows, columns=0):
    width = columns or len(desk.person.rows(TAB, "1:1")[0])
    return f"A1:{column_letters(width)}{rows}"


def table_rows(desk):
    return [t["range"]["endRowIndex"] for t in desk.sheet.titled(TAB).objects["tables"]]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A server, and a register with two rows that each test begins with a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        desk = GoogleDesk(server, folder)
        add(desk, 0, 1)
        yield server, folder, desk.sheet


@pytest.fixture
def desk(register):
    server, folder, like = register
    server.calm()
    return GoogleDesk(server, folder, like=like)


def number(desk, column):
    headers = desk.person.rows(TAB, "1:1")[0]
    tab = desk.another_store().read().table("organisations").tab
    return headers.index(tab.column(column).headers["fi"])


@pytest.mark.parametrize("types", ["none", "some", "all"])
@pytest.mark.parametrize("rows_of", [3, 40])
@pytest.mark.parametrize("footer", [False, True])
def test_rows_join_a_table_and_typed_columns_keep_their_formats(desk, types, rows_of, footer):
    kinds = {"none": {}, "some": {number(desk, "added_on"): "DATE", number(desk, "name"): "TEXT"}}
    kinds["all"] = dict.fromkeys(range(len(desk.person.rows(TAB, "1:1")[0])), "TEXT")
    kinds["all"][number(desk, "added_on")] = "DATE"
    more = {"rowsProperties": {"footerColorStyle": {"rgbColor": {}}}} if footer else {}
    if footer:
        desk.person.type(TAB, f"{place(desk, 'name')}{rows_of + 1}", "Yhteensä")
    desk.person.table(TAB, area(desk, rows_of + footer), kinds[types], **more)
    add(desk, 2, 3)
    desk.store.read()
    change = Change("organisations", IDS[0], "short", "", "S0", "test")
    desk.store.write(Plan.of([change]), lines)
    assert rows(desk) == wanted(0, 1, 2, 3)
    assert table_rows(desk) == [max(5, rows_of) + footer]
    if footer:
        at = f"{place(desk, 'name')}{max(5, rows_of) + 1}"
        assert desk.person.value(TAB, at) == "Yhteensä"


@pytest.mark.parametrize("widths", [[4], [6, 11]])
def test_rows_join_tables_that_are_narrower_than_the_tab(desk, widths):
    left = 1
    for width in widths:
        letters = column_letters(left), column_letters(left + width - 1)
        desk.person.table(TAB, f"{letters[0]}1:{letters[1]}3", {1: "TEXT", 0: "TEXT"})
        left += width + 1
    add(desk, 2, 3)
    assert rows(desk) == wanted(0, 1, 2, 3)
    assert table_rows(desk) == [5] * len(widths)


def test_a_refusal_names_the_type_and_what_to_do(desk):
    desk.store.read()
    everywhere, types = area(desk, 30), {number(desk, "short"): "TEXT"}
    desk.server.before(
        lambda request: request.path.endswith(":batchUpdate"),
        lambda: desk.person.table(TAB, everywhere, types),
    )
    change = Change("organisations", IDS[0], "short", "", "S0", "test")
    with pytest.raises(VerkostoError) as refusal:
        desk.store.write(Plan.of([change]), lines)
    assert "type" in refusal.value.message and "Edit column type" in refusal.value.remedy
    add(desk, 2)
    assert rows(desk) == wanted(0, 1, 2)


@pytest.mark.parametrize("shown", [True, False])
def test_rows_go_where_the_data_ends_not_where_a_formulas_results_do(desk, shown):
    desk.sheet.shown = shown
    own = column_letters(len(desk.person.rows(TAB, "1:1")[0]) + 1)
    name = place(desk, "name")
    sheet = desk.sheet.titled(TAB)
    width = {"sheetId": sheet.sheet_id, "dimension": "COLUMNS", "length": 1}
    desk.person.do({"appendDimension": width})
    desk.person.type(TAB, f"{own}1", "Oma")
    desk.person.type(TAB, f"{own}2", f'=ARRAYFORMULA({name}2:{name}&" !")')
    assert desk.person.value(TAB, f"{own}900") == " !"
    assert rows(desk) == wanted(0, 1)
    add(desk, 2, 3)
    assert rows(desk) == wanted(0, 1, 2, 3)
    assert desk.person.value(TAB, f"{name}5") == "Seura 3 ry"
    assert desk.person.value(TAB, f"{own}5") == "Seura 3 ry !"
    add(desk, 4)
    assert desk.person.value(TAB, f"{name}6") == "Seura 4 ry"


def test_a_formula_that_people_filled_down_goes_on_in_the_new_rows(desk):
    own = column_letters(len(desk.person.rows(TAB, "1:1")[0]) + 1)
    name = place(desk, "name")
    sheet = desk.sheet.titled(TAB)
    width = {"sheetId": sheet.sheet_id, "dimension": "COLUMNS", "length": 1}
    desk.person.do({"appendDimension": width})
    desk.person.type(TAB, f"{own}1", "Oma")
    for row in range(2, 50):
        desk.person.type(TAB, f"{own}{row}", f'={name}{row}&" !"')
    assert rows(desk) == wanted(0, 1)
    add(desk, 2, 3)
    assert rows(desk) == wanted(0, 1, 2, 3)
    shown = [desk.person.value(TAB, f"{own}{row}") for row in (3, 4, 5)]
    assert shown == ["Seura 1 ry !", "Seura 2 ry !", "Seura 3 ry !"]
    held = desk.sheet.titled(TAB).cell(50, len(desk.person.rows(TAB, "1:1")[0]) - 1)
    assert held["userEnteredValue"] == {"formulaValue": f'={name}49&" !"'}

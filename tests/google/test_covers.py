"""Filters, names and colours that people laid over the data cover the rows that are added to it."""

import pytest

from register.book.change import Change
from register.book.plan import Plan
from register.stores.google_covers import covers_of
from register.unpacking import column_letters
from tests.google.test_tables import IDS, TAB, add, lines, rows, wanted
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

RED = {"red": 1}
BANDS = {"firstBandColor": RED, "secondBandColor": {"blue": 1}}
RULE = {
    "condition": {"type": "NOT_BLANK"},
    "format": {"textFormat": {"bold": True}},
}
SPECS = [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["Seura 9 ry"]}}]


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
    return GoogleDesk(server, folder, like=like)


def area(desk, top, bottom, columns=(0, 4)):
    sheet = desk.sheet.titled(TAB)
    return {
        "sheetId": sheet.sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def lay(kind, where):
    """The request that lays something of a kind over an area."""
    return {
        "named": {"addNamedRange": {"namedRange": {"name": f"n{id(where)}", "range": where}}},
        "basic": {"setBasicFilter": {"filter": {"range": where, "filterSpecs": SPECS}}},
        "view": {"addFilterView": {"filter": {"range": where, "title": "Oma"}}},
        "rule": {"addConditionalFormatRule": {"rule": {"ranges": [where], "booleanRule": RULE}}},
        "bands": {"addBanding": {"bandedRange": {"range": where, "rowProperties": BANDS}}},
        "warned": {"addProtectedRange": {"protectedRange": {"range": where, "warningOnly": True}}},
    }[kind]


KINDS = ("named", "basic", "view", "rule", "bands", "warned")


def ends(desk, kind):
    """Where what people laid ends, in the order in which they did."""
    sheet = desk.sheet.titled(TAB)
    things = sheet.objects
    if kind == "rule":
        mine = [rule for rule in things["conditionalFormats"] if rule["booleanRule"] == RULE]
        return [one["endRowIndex"] for rule in mine for one in rule["ranges"]]
    found = {
        "named": [one["range"] for one in desk.sheet.named_ranges],
        "basic": [sheet.basic_filter["range"]] if sheet.basic_filter else [],
        "view": [one["range"] for one in things["filterViews"]],
        "bands": [one["range"] for one in things["bandedRanges"]],
        "warned": [one["range"] for one in things["protectedRanges"]],
    }[kind]
    return [one["endRowIndex"] for one in found if "endRowIndex" in one]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("bottom", "now"), [(2, 2), (3, 5), (4, 5), (5, 5), (9, 9)])
def test_what_ends_with_the_data_ends_with_the_rows_added(desk, kind, bottom, now):
    desk.person.do(lay(kind, area(desk, 0, bottom)))
    add(desk, 2, 3)
    assert rows(desk) == wanted(0, 1, 2, 3)
    assert ends(desk, kind) == [now]
    add(desk, 4)
    assert ends(desk, kind) == [max(now, 6) if now == 5 else now]


@pytest.mark.parametrize("kind", KINDS)
def test_one_row_and_what_lies_below_are_left_alone(desk, kind):
    desk.person.do(lay(kind, area(desk, 2, 3)))
    add(desk, 2)
    assert ends(desk, kind) == [3]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("live", ["formula", "table"])
def test_rows_that_are_put_in_are_covered_too(desk, kind, live):
    if live == "formula":
        own = len(desk.person.rows(TAB, "1:1")[0]) + 1
        more = {"sheetId": area(desk, 0, 1)["sheetId"], "dimension": "COLUMNS", "length": 1}
        desk.person.do({"appendDimension": more})
        for row in range(2, 9):
            desk.person.type(TAB, f"{column_letters(own)}{row}", f'=B{row}&" !"')
    else:
        desk.person.table(TAB, "A1:D3", {})
    desk.person.do(lay(kind, area(desk, 0, 3)))
    add(desk, 2, 3)
    assert rows(desk) == wanted(0, 1, 2, 3)
    assert ends(desk, kind) == [5]


def test_what_was_laid_after_the_register_was_read_is_covered(desk):
    desk.person.do(lay("named", area(desk, 0, 3)))
    desk.store.read()
    desk.person.do(lay("view", area(desk, 0, 3)), lay("basic", area(desk, 0, 3)))
    change = Change("organisations", IDS[2], "id", "", IDS[2], "test", "add")
    desk.store.write(Plan.of([change]), lines)
    assert [ends(desk, kind) for kind in ("named", "view", "basic")] == [[4], [4], [4]]
    assert desk.sheet.titled(TAB).basic_filter["filterSpecs"] == SPECS


def test_a_protection_that_keeps_us_out_stays_as_it_is(desk):
    desk.person.do({"addProtectedRange": {"protectedRange": {"range": area(desk, 0, 3, (2, 3))}}})
    add(desk, 2)
    assert ends(desk, "warned") == [3]


def test_alternating_colours_never_overlap(desk):
    desk.person.do(
        lay("bands", area(desk, 0, 3)),
        lay("bands", area(desk, 4, 9)),
        lay("bands", area(desk, 0, 3, (5, 7))),
    )
    add(desk, 2, 3)
    assert rows(desk) == wanted(0, 1, 2, 3)
    assert ends(desk, "bands") == [3, 9, 5]


def test_what_belongs_to_a_table_or_a_name_goes_where_that_goes():
    where = {"startRowIndex": 0, "endRowIndex": 3}
    sheet = {
        "properties": {},
        "basicFilter": {"range": where, "tableId": "1"},
        "filterViews": [{"filterViewId": 1, "range": where, "namedRangeId": "a"}],
        "protectedRanges": [
            {"protectedRangeId": 2, "range": where, "requestingUserCanEdit": True, "tableId": "1"}
        ],
        "bandedRanges": [
            {"bandedRangeId": 3, "range": where, "rowProperties": {"footerColor": RED}},
            {"range": where},
        ],
    }
    assert covers_of(sheet, [{"namedRangeId": "b", "range": {**where, "sheetId": 7}}]) == ()

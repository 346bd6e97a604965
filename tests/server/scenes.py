"""The recorded scenes, by the name of the gspread test that they come from."""

from __future__ import annotations

from tests.server.recorded import (
    BOOK,
    CLEAR,
    SHEET,
    Exchange,
    Json,
    append,
    asked,
    book,
    box,
    change,
    get,
    read,
    scene,
    tab,
    write,
    written,
)


def _names(test: str, first: int, last: int) -> list[str]:
    return [f"{test} {number}" for number in range(first, last + 1)]


def _span(dimension: str, start: int, end: int) -> Json:
    return {"dimension": dimension, "startIndex": start, "endIndex": end}


def _groups(title: str, dimension: str, name: str, side: str) -> list[Exchange]:
    group = {"range": _span(dimension, 0, 2), "depth": 1}
    wanted = {"range": {"sheetId": 0, **_span(dimension, 0, 2)}}
    return scene(
        title,
        CLEAR,
        change({"addDimensionGroup": wanted}, {"addDimensionGroup": {"dimensionGroups": [group]}}),
        get(book(title, tab(grid={side: True}, **{name: [group]}))),
        change({"deleteDimensionGroup": wanted}, {"deleteDimensionGroup": {}}),
        get(book(title, tab(grid={side: True}))),
    )


def _properties(fields: str, **properties: object) -> Json:
    return {"updateSheetProperties": {"properties": {"sheetId": 0, **properties}, "fields": fields}}


def _sort(sides: tuple[int, int, int, int], *specs: tuple[int, str]) -> Json:
    wanted = [{"dimensionIndex": index, "sortOrder": order} for index, order in specs]
    return {"sortRange": {"range": asked(*sides), "sortSpecs": wanted}}


def _note(text: str) -> Json:
    return {
        "updateCells": {
            "range": asked(0, 1, 0, 1),
            "rows": [{"values": [{"note": text}]}],
            "fields": "note",
        }
    }


NOTES = "?ranges=%27D3%27%21A1&fields=sheets%2Fdata%2FrowData%2Fvalues%2Fnote"
NO_NOTES = {"sheets": [{"data": [{}]}]}
COLORS = "?fields=sheets.properties.tabColorStyle"
NO_COLORS: Json = {"sheets": [{"properties": {}}]}
BAD_VALUES = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
SORTED = {
    "before": [
        ["Fox", "2077", "5"],
        ["Elephant", "2019", "2"],
        ["Dinosaur", "2013", "6"],
        ["Canada", "2007", "1"],
        ["Banana", "2013", "3"],
        ["Apple", "2012", "4"],
    ],
    "by year and size": [
        ["Canada", "2007", "1"],
        ["Apple", "2012", "4"],
        ["Banana", "2013", "3"],
        ["Dinosaur", "2013", "6"],
        ["Elephant", "2019", "2"],
        ["Fox", "2077", "5"],
    ],
    "by size": [
        ["Canada", "2007", "1"],
        ["Elephant", "2019", "2"],
        ["Banana", "2013", "3"],
        ["Apple", "2012", "4"],
        ["Fox", "2077", "5"],
        ["Dinosaur", "2013", "6"],
    ],
}
INSERTED = _names("test_insert_cols", 1, 32)
NAMED = {"name": "TestDefineNamedRange", "range": asked(0, 2, 0, 2)}
NAMED_SHOWN = {"namedRangeId": "<named>", **NAMED, "range": box(0, 2, 0, 2)}
PROTECTED = {
    "protectedRangeId": "<protection>",
    "range": box(0, 2, 0, 2),
    "requestingUserCanEdit": True,
}
TABLE = "test_append_row_with_empty_value_and_table_range"
CACTUS = "\N{CACTUS} test_values_batch_get 1"
CACTUS_PATH = "%F0%9F%8C%B5+test_values_batch_get+1%21"
FRUIT = [
    ["\N{GRAPES}", "\N{WATERMELON}", "\N{LEMON}"],
    ["\N{PEAR}", "\N{RED APPLE}", "\N{STRAWBERRY}"],
]


def _fruit(column: int, letter: str) -> Json:
    return {
        "range": f"'{CACTUS}'!{letter}1:{letter}10",
        "majorDimension": "ROWS",
        "values": [[row[column]] for row in FRUIT],
    }


def _added(title: str, number: str, index: int, rows: int, columns: int) -> Exchange:
    wanted = {
        "title": title,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": rows, "columnCount": columns},
    }
    shown = tab(title, rows, columns, number=number, index=index)["properties"]
    return change({"addSheet": {"properties": wanted}}, {"addSheet": {"properties": shown}})


def _updated(start: int, end: int) -> Exchange:
    return (
        "POST",
        f"{BOOK}/values:batchUpdate",
        {
            "valueInputOption": "RAW",
            "data": [
                {"range": f"'Sheet1'!A{start}:D{start}", "values": [["A1", "B1", "", "D1"]]},
                {"range": f"'Sheet1'!A{end}:D{end}", "values": [["A4", "B4", "", "D4"]]},
            ],
        },
        200,
        {
            "spreadsheetId": "<book>",
            "totalUpdatedRows": 2,
            "totalUpdatedColumns": 4,
            "totalUpdatedCells": 8,
            "totalUpdatedSheets": 1,
            "responses": [
                written(f"Sheet1!A{start}:D{start}", 1, 4, 4),
                written(f"Sheet1!A{end}:D{end}", 1, 4, 4),
            ],
        },
    )


SCENES: dict[str, list[Exchange]] = {
    "ClientTest.test_access_non_existing_spreadsheet": [
        (
            "GET",
            "/v4/spreadsheets/test?includeGridData=false",
            None,
            404,
            {
                "error": {
                    "code": 404,
                    "message": "Requested entity was not found.",
                    "status": "NOT_FOUND",
                }
            },
        )
    ],
    "ClientTest.test_list_spreadsheet_files": scene(
        "Test ClientTest test_list_spreadsheet_files",
        (
            "GET",
            "/drive/v3/files?q=mimeType%3D%22application%2Fvnd.google-apps.spreadsheet%22"
            "&pageSize=1000&supportsAllDrives=True&includeItemsFromAllDrives=True"
            "&fields=kind%2CnextPageToken%2Cfiles%28id%2Cname%2CcreatedTime%2CmodifiedTime%29",
            None,
            200,
            {
                "kind": "drive#fileList",
                "files": [
                    {
                        "id": "<book>",
                        "name": "Test ClientTest test_list_spreadsheet_files",
                        "createdTime": "<created>",
                        "modifiedTime": "<modified>",
                    }
                ],
            },
        ),
    ),
    "ClientTest.test_copy": scene(
        "Test ClientTest ClientTest",
        (
            "POST",
            "/drive/v3/files/<book>/copy?supportsAllDrives=True",
            {"name": None, "mimeType": SHEET},
            200,
            {
                "kind": "drive#file",
                "id": "<copy>",
                "name": "Copy of Test ClientTest ClientTest",
                "mimeType": SHEET,
            },
        ),
        (
            "GET",
            "/v4/spreadsheets/<copy>?includeGridData=false",
            None,
            200,
            book("Copy of Test ClientTest ClientTest", tab(), book_id="<copy>"),
        ),
        (
            "GET",
            "/drive/v3/files/<book>/comments?fields=comments%2Fcontent%2Ccomments%2Fanchor"
            "%2CnextPageToken&includeDeleted=False&pageSize=100&pageToken=",
            None,
            200,
            {"comments": []},
        ),
    ),
    "SpreadsheetTest.test_timezone_and_locale": scene(
        "Test SpreadsheetTest test_timezone_and_locale",
        change(
            {
                "updateSpreadsheetProperties": {
                    "properties": {"timeZone": "Europe/Paris"},
                    "fields": "timeZone",
                }
            }
        ),
        change(
            {"updateSpreadsheetProperties": {"properties": {"locale": "fr_FR"}, "fields": "locale"}}
        ),
        get(
            book(
                "Test SpreadsheetTest test_timezone_and_locale",
                tab(),
                locale="fr_FR",
                zone="Europe/Paris",
            )
        ),
    ),
    "SpreadsheetTest.test_add_del_worksheet": scene(
        "Test SpreadsheetTest",
        _added("test_add_del_worksheet 1", "<one>", 1, 1, 1),
        _added("test_add_del_worksheet 2", "<two>", 2, 1, 1),
        get(
            book(
                "Test SpreadsheetTest",
                tab(),
                tab("test_add_del_worksheet 1", 1, 1, number="<one>", index=1),
                tab("test_add_del_worksheet 2", 1, 1, number="<two>", index=2),
            )
        ),
        change({"deleteSheet": {"sheetId": "<one>"}}),
        change({"deleteSheet": {"sheetId": "<two>"}}),
        get(book("Test SpreadsheetTest", tab())),
    ),
    "SpreadsheetTest.test_values_batch_get": scene(
        "Test SpreadsheetTest test_values_batch_get",
        _added(CACTUS, "<cactus>", 1, 10, 3),
        write(
            CACTUS_PATH.replace("+", "%20") + "A1",
            FRUIT,
            written(f"'{CACTUS}'!A1:C2", 2, 3, 6),
        ),
        (
            "GET",
            f"{BOOK}/values:batchGet?ranges={CACTUS_PATH}A%3AA&ranges={CACTUS_PATH}B%3AB"
            f"&ranges={CACTUS_PATH}C%3AC",
            None,
            200,
            {
                "spreadsheetId": "<book>",
                "valueRanges": [_fruit(column, "ABC"[column]) for column in range(3)],
            },
        ),
        change({"deleteSheet": {"sheetId": "<cactus>"}}),
    ),
    "WorksheetTest.test_append_row": scene(
        "Test WorksheetTest test_append_row",
        CLEAR,
        append(
            "%27Sheet1%27",
            {"values": [_names("test_append_row", 1, 10)]},
            written("Sheet1!A1:J1", 1, 10, 10),
        ),
        read("%27Sheet1%27%21A1%3A1", "Sheet1!A1:Z1", [_names("test_append_row", 1, 10)]),
    ),
    "WorksheetTest.test_append_row_with_empty_value_and_table_range": scene(
        "Test WorksheetTest",
        append(
            "%27Sheet1%27",
            {"values": [[f"{TABLE} 1", "", f"{TABLE} 3"]]},
            written("Sheet1!A1:C1", 1, 3, 3),
        ),
        append(
            "%27Sheet1%27%21A1",
            {"values": [[f"{TABLE} 1", "", f"{TABLE} 3"]]},
            written("Sheet1!A2:C2", 1, 3, 3),
            "Sheet1!A1",
        ),
        read("%27Sheet1%27%21A2%3A2", "Sheet1!A2:Z2", [[f"{TABLE} 1", "", f"{TABLE} 3"]]),
    ),
    "WorksheetTest.test_insert_cols": scene(
        "Test WorksheetTest test_insert_cols",
        CLEAR,
        read("%27Sheet1%27%21A1%3AD6", "Sheet1!A1:D6", None),
        write(
            "%27Sheet1%27%21A1%3AD6",
            [INSERTED[start : start + 4] for start in range(0, 24, 4)],
            written("Sheet1!A1:D6", 6, 4, 24),
        ),
        change(
            {
                "insertDimension": {
                    "range": {"sheetId": 0, **_span("COLUMNS", 1, 3)},
                    "inheritFromBefore": False,
                }
            }
        ),
        append(
            "%27Sheet1%27%21B1",
            {"majorDimension": "COLUMNS", "values": [INSERTED[24:28], INSERTED[28:32]]},
            written("Sheet1!B1:C4", 4, 2, 8),
        ),
        read(
            "%27Sheet1%27%21B1%3AB",
            "Sheet1!B1:B1000",
            [INSERTED[24:28]],
            "?valueRenderOption=FORMATTED_VALUE&majorDimension=COLUMNS",
        ),
        read(
            "%27Sheet1%27%21C1%3AC",
            "Sheet1!C1:C1000",
            [INSERTED[28:32]],
            "?valueRenderOption=FORMATTED_VALUE&majorDimension=COLUMNS",
        ),
    ),
    "WorksheetTest.test_batch_update": scene(
        "Test WorksheetTest",
        _updated(1, 4),
        read(
            "%27Sheet1%27%21A1%3AD4",
            "Sheet1!A1:D4",
            [["A1", "B1", "", "D1"], [], [], ["A4", "B4", "", "D4"]],
        ),
    ),
    "WorksheetTest.test_batch_clear": scene(
        "Test WorksheetTest",
        write(
            "%27Sheet1%27%21A1%3AB1",
            [[12345, "ThisIsText"]],
            written("Sheet1!A1:B1", 1, 2, 2),
        ),
        write(
            "%27Sheet1%27%21C2%3AE2",
            [[5678, "Second", "Text"]],
            written("Sheet1!C2:E2", 1, 3, 3),
        ),
        read("%27Sheet1%27%21A1%3AB1", "Sheet1!A1:B1", [["12345", "ThisIsText"]]),
        read("%27Sheet1%27%21C2%3AE2", "Sheet1!C2:E2", [["5678", "Second", "Text"]]),
        (
            "POST",
            f"{BOOK}/values:batchClear",
            {"ranges": ["'Sheet1'!A1:B1", "'Sheet1'!C2:E2"]},
            200,
            {"spreadsheetId": "<book>", "clearedRanges": ["Sheet1!A1:B1", "Sheet1!C2:E2"]},
        ),
        read("%27Sheet1%27%21A1%3AB1", "Sheet1!A1:B1", None),
        read("%27Sheet1%27%21C2%3AE2", "Sheet1!C2:E2", None),
    ),
    "WorksheetTest.test_update_and_get": scene(
        "Test WorksheetTest",
        change(_properties("title", title="D3")),
        write(
            "%27D3%27%21A1",
            [["A1", "B1", "", "D1"], ["", "b2", "", ""], ["", "", "", ""], ["A4", "B4", "", "D4"]],
            written("'D3'!A1:D4", 4, 4, 16),
        ),
        read(
            "%27D3%27%21A1%3AD4",
            "'D3'!A1:D4",
            [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "B4", "", "D4"]],
        ),
    ),
    "WorksheetTest.test_sort": scene(
        "Test WorksheetTest",
        change(_properties("title", title="D3")),
        change(
            _properties(
                "gridProperties/rowCount,gridProperties/columnCount",
                gridProperties={"rowCount": 6, "columnCount": 3},
            )
        ),
        write(
            "%27D3%27%21A1%3AC6",
            [[word, int(year), int(size)] for word, year, size in SORTED["before"]],
            written("'D3'!A1:C6", 6, 3, 18),
        ),
        read("%27D3%27", "'D3'!A1:C6", SORTED["before"]),
        change(_sort((0, 6, 0, 3), (1, "ASCENDING"), (2, "ASCENDING"))),
        read("%27D3%27", "'D3'!A1:C6", SORTED["by year and size"]),
        change(_sort((0, 1000, 0, 26), (2, "ASCENDING"))),
        read("%27D3%27", "'D3'!A1:C6", SORTED["by size"]),
    ),
    "WorksheetTest.test_copy_cut_range": scene(
        "Test WorksheetTest test_copy_cut_range",
        CLEAR,
        write("%27Sheet1%27%21A1%3AA2", [["A1"], ["A2"]], written("Sheet1!A1:A2", 2, 1, 2)),
        change(
            {
                "copyPaste": {
                    "source": asked(0, 2, 0, 1),
                    "destination": asked(0, 2, 1, 2),
                    "pasteType": "PASTE_NORMAL",
                    "pasteOrientation": "NORMAL",
                }
            }
        ),
        read("%27Sheet1%27%21B1%3AB2", "Sheet1!B1:B2", [["A1"], ["A2"]]),
        change(
            {
                "cutPaste": {
                    "source": asked(0, 2, 0, 1),
                    "destination": {"sheetId": 0, "rowIndex": 0, "columnIndex": 2},
                    "pasteType": "PASTE_NORMAL",
                }
            }
        ),
        read("%27Sheet1%27%21A1%3AA2", "Sheet1!A1:A2", None),
        read("%27Sheet1%27%21C1%3AC2", "Sheet1!C1:C2", [["A1"], ["A2"]]),
    ),
    "WorksheetTest.test_worksheet_notes": scene(
        "Test WorksheetTest",
        change(_properties("title", title="D3")),
        get(NO_NOTES, NOTES),
        change(_note("This is a test note")),
        get(
            {"sheets": [{"data": [{"rowData": [{"values": [{"note": "This is a test note"}]}]}]}]},
            NOTES,
        ),
        change(_note("")),
        get(NO_NOTES, NOTES),
    ),
    "WorksheetTest.test_basic_filters": scene(
        "Test WorksheetTest test_basic_filters",
        CLEAR,
        change(
            _properties(
                "gridProperties/rowCount,gridProperties/columnCount",
                gridProperties={"rowCount": 20, "columnCount": 20},
            )
        ),
        change({"setBasicFilter": {"filter": {"range": {"sheetId": 0}}}}),
        get(
            book(
                "Test WorksheetTest test_basic_filters",
                tab(rows=20, columns=20, basicFilter={"range": box(0, 20, 0, 20)}),
            )
        ),
    ),
    "WorksheetTest.test_add_validation": scene(
        "Test WorksheetTest test_add_validation",
        CLEAR,
        change(
            {
                "setDataValidation": {
                    "range": asked(0, 1, 0, 1),
                    "rule": {
                        "condition": {
                            "type": "ONE_OF_LIST",
                            "values": [{"userEnteredValue": "y"}],
                        },
                        "showCustomUi": False,
                        "strict": True,
                        "inputMessage": "n",
                    },
                }
            }
        ),
        (
            "PUT",
            f"{BOOK}/values/%27Sheet1%27%21A1?valueInputOption=RAW",
            {"values": "X", "majorDimension": None},
            400,
            {
                "error": {
                    "code": 400,
                    "message": BAD_VALUES,
                    "status": "INVALID_ARGUMENT",
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.BadRequest",
                            "fieldViolations": [
                                {"field": "data.values", "description": BAD_VALUES}
                            ],
                        }
                    ],
                }
            },
        ),
    ),
    "WorksheetTest.test_hide_gridlines": scene(
        "Test WorksheetTest test_hide_gridlines",
        CLEAR,
        change(_properties("gridProperties.hideGridlines", gridProperties={"hideGridlines": True})),
        get(book("Test WorksheetTest test_hide_gridlines", tab(grid={"hideGridlines": True}))),
    ),
    "WorksheetTest.test_clear_tab_color": scene(
        "Test WorksheetTest test_clear_tab_color",
        CLEAR,
        get(NO_COLORS, COLORS),
        change(
            _properties(
                "tabColorStyle", tabColorStyle={"rgbColor": {"red": 1, "green": 0, "blue": 0.5}}
            )
        ),
        change(_properties("tabColorStyle", tabColorStyle={"rgbColor": None})),
        get(NO_COLORS, COLORS),
    ),
    "WorksheetTest.test_group_columns": _groups(
        "Test WorksheetTest test_group_columns",
        "COLUMNS",
        "columnGroups",
        "columnGroupControlAfter",
    ),
    "WorksheetTest.test_group_rows": _groups(
        "Test WorksheetTest test_group_rows", "ROWS", "rowGroups", "rowGroupControlAfter"
    ),
    "WorksheetTest.test_delete_protected_range": scene(
        "Test WorksheetTest test_delete_protected_range",
        change(
            {
                "addProtectedRange": {
                    "protectedRange": {
                        "range": asked(0, 2, 0, 2),
                        "description": None,
                        "warningOnly": False,
                        "requestingUserCanEdit": False,
                        "editors": {"users": [], "groups": []},
                    }
                }
            },
            {"addProtectedRange": {"protectedRange": {**PROTECTED, "editors": {}}}},
        ),
        get(
            book(
                "Test WorksheetTest test_delete_protected_range",
                tab(protectedRanges=[{**PROTECTED, "editors": {"users": ["<account>"]}}]),
            )
        ),
        change({"deleteProtectedRange": {"protectedRangeId": "<protection>"}}),
        get(book("Test WorksheetTest test_delete_protected_range", tab())),
    ),
    "CellTest.test_define_named_range": scene(
        "Test CellTest test_define_named_range",
        change(
            {"addNamedRange": {"namedRange": NAMED}},
            {"addNamedRange": {"namedRange": NAMED_SHOWN}},
        ),
        get({"namedRanges": [NAMED_SHOWN]}, "?fields=namedRanges"),
        change({"deleteNamedRange": {"namedRangeId": "<named>"}}),
    ),
    "CellTest.test_merge_cells": scene(
        "Test CellTest",
        write("%27Sheet1%27%21A1%3AB2", [[42, 43], [43, 44]], written("Sheet1!A1:B2", 2, 2, 4)),
        change({"mergeCells": {"mergeType": "MERGE_ROWS", "range": asked(0, 2, 0, 2)}}),
        get(book("Test CellTest", tab(merges=[box(0, 1, 0, 2), box(1, 2, 0, 2)]))),
    ),
}

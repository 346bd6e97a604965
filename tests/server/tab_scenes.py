"""Recorded scenes about whole tabs: hidden, merged, resized, coloured, and carried as CSV."""

from __future__ import annotations

from tests.server.recorded import (
    BOOK,
    CLEAR,
    Exchange,
    Json,
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

COLUMNS = "?fields=sheets.data.columnMetadata"
LOOKS = (
    "?includeGridData=False&ranges=Sheet1%21A2&fields=sheets.data.rowData.values.userEnteredFormat"
)
CYAN = {"green": 1, "blue": 1}
YELLOW = {"red": 1, "green": 1}
LAST_TAB: Json = {
    "error": {
        "code": 400,
        "message": "Invalid requests[0].updateSheetProperties: "
        "You can't hide all the sheets in a document.",
        "status": "INVALID_ARGUMENT",
    }
}
UNSEEN = "you cannot see me"
HIDDEN = "Test WorksheetTest test_hide_show_worksheet"
NAMED = "Test WorksheetTest test_get_values_merge_cells_with_named_range"
WARNED = "Test WorksheetTest test_add_protected_range_warning"
WARNS: Json = {
    "protectedRangeId": "<protection>",
    "range": box(0, 2, 0, 2),
    "warningOnly": True,
    "requestingUserCanEdit": True,
}
MERGED = "Test CellTest test_merge_cells"


def _hidden(number: object, hidden: bool) -> Json:
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": number, "hidden": hidden},
            "fields": "hidden",
        }
    }


def _unseen(**more: object) -> Json:
    shown = tab(UNSEEN, 2, 2, number="<unseen>", index=1)
    return {"properties": {**shown["properties"], **more}}


def _merge(kind: str, *sides: int) -> Json:
    return {"mergeCells": {"mergeType": kind, "range": asked(*sides)}}


def _widths(first: int) -> Json:
    widths = [{"pixelSize": first}, *[{"pixelSize": 100}] * 25]
    return {"sheets": [{"data": [{"columnMetadata": widths}]}]}


def _grid(rows: int, columns: int) -> Json:
    size = {"rowCount": rows, "columnCount": columns}
    fields = "gridProperties/rowCount,gridProperties/columnCount"
    properties = {"sheetId": 0, "gridProperties": size}
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _refused(request: Json, reply: Json) -> Exchange:
    return ("POST", f"{BOOK}:batchUpdate", {"requests": [request]}, 400, reply)


TAB_SCENES: dict[str, list[Exchange]] = {
    "WorksheetTest.test_hide_show_worksheet": scene(
        HIDDEN,
        CLEAR,
        _refused(_hidden(0, True), LAST_TAB),
        change(
            {
                "addSheet": {
                    "properties": {
                        "title": UNSEEN,
                        "sheetType": "GRID",
                        "gridProperties": {"rowCount": 2, "columnCount": 2},
                    }
                }
            },
            {"addSheet": _unseen()},
        ),
        get(book(HIDDEN, tab(), _unseen())),
        change(_hidden("<unseen>", True)),
        get(book(HIDDEN, tab(), _unseen(hidden=True))),
        change(_hidden("<unseen>", False)),
        get(book(HIDDEN, tab(), _unseen())),
    ),
    "CellTest.test_merge_cells (one over another)": scene(
        MERGED,
        write("%27Sheet1%27%21A1%3AB2", [[42, 43], [43, 44]], written("Sheet1!A1:B2", 2, 2, 4)),
        change(_merge("MERGE_ROWS", 0, 2, 0, 2)),
        get(book(MERGED, tab(merges=[box(0, 1, 0, 2), box(1, 2, 0, 2)]))),
        change(_merge("MERGE_ALL", 0, 2, 0, 2)),
        get(book(MERGED, tab(merges=[box(0, 2, 0, 2)]))),
    ),
    "WorksheetTest.test_get_values_merge_cells_with_named_range": scene(
        NAMED,
        CLEAR,
        change(_grid(4, 3)),
        write(
            "%27Sheet1%27%21A1%3AC4",
            [["1", "2", "4"], ["down", "up", ""], ["", "", "2"], ["num", "val", ""]],
            written("Sheet1!A1:C4", 4, 3, 12),
        ),
        change(_merge("MERGE_ALL", 1, 3, 0, 1)),
        change(_merge("MERGE_ALL", 0, 2, 2, 3)),
        change(
            {"addNamedRange": {"namedRange": {"name": "NamedRange", "range": asked(0, 3, 1, 3)}}},
            {
                "addNamedRange": {
                    "namedRange": {
                        "namedRangeId": "<named>",
                        "name": "NamedRange",
                        "range": box(0, 3, 1, 3),
                    }
                }
            },
        ),
        read(
            "%27Sheet1%27%21NamedRange",
            "Sheet1!B1:C3",
            [["2", "4"], ["up"], ["", "2"]],
            "?prettyPrint=false",
        ),
        get(
            {
                **book(NAMED, tab(rows=4, columns=3, merges=[box(1, 3, 0, 1), box(0, 2, 2, 3)])),
                "namedRanges": [
                    {"namedRangeId": "<named>", "name": "NamedRange", "range": box(0, 3, 1, 3)}
                ],
            }
        ),
    ),
    "WorksheetTest.test_add_protected_range_warning": scene(
        WARNED,
        CLEAR,
        change(
            {
                "addProtectedRange": {
                    "protectedRange": {
                        "range": asked(0, 2, 0, 2),
                        "description": None,
                        "warningOnly": True,
                        "requestingUserCanEdit": False,
                        "editors": None,
                    }
                }
            },
            {"addProtectedRange": {"protectedRange": {**WARNS, "editors": {}}}},
        ),
        get(book(WARNED, tab(protectedRanges=[{**WARNS, "editors": {"users": ["<account>"]}}]))),
    ),
    "WorksheetTest.test_auto_resize_columns": scene(
        "Test WorksheetTest test_auto_resize_columns",
        CLEAR,
        write(
            "%27Sheet1%27%21A1",
            [["A" * 1024]],
            written("Sheet1!A1", 1, 1, 1),
            "USER_ENTERED",
        ),
        get(_widths(100), COLUMNS),
        change(
            {
                "autoResizeDimensions": {
                    "dimensions": {
                        "sheetId": 0,
                        "dimension": "COLUMNS",
                        "startIndex": 0,
                        "endIndex": 1,
                    }
                }
            }
        ),
        get(_widths(9483), COLUMNS),
    ),
    "WorksheetTest.test_format": scene(
        "Test WorksheetTest test_format",
        change(
            {
                "repeatCell": {
                    "range": asked(1, 2, 0, 2),
                    "cell": {
                        "userEnteredFormat": {
                            "backgroundColor": CYAN,
                            "horizontalAlignment": "CENTER",
                            "textFormat": {"foregroundColor": YELLOW, "fontSize": 12, "bold": True},
                        }
                    },
                    "fields": "userEnteredFormat(backgroundColor,horizontalAlignment,textFormat)",
                }
            }
        ),
        get(
            {
                "sheets": [
                    {
                        "data": [
                            {
                                "rowData": [
                                    {
                                        "values": [
                                            {
                                                "userEnteredFormat": {
                                                    "backgroundColor": CYAN,
                                                    "horizontalAlignment": "CENTER",
                                                    "textFormat": {
                                                        "foregroundColor": YELLOW,
                                                        "fontSize": 12,
                                                        "bold": True,
                                                        "foregroundColorStyle": {
                                                            "rgbColor": YELLOW
                                                        },
                                                    },
                                                    "backgroundColorStyle": {"rgbColor": CYAN},
                                                }
                                            }
                                        ]
                                    }
                                ]
                            }
                        ]
                    }
                ]
            },
            LOOKS,
        ),
    ),
    "SpreadsheetTest.test_export_spreadsheet": scene(
        "Test SpreadsheetTest test_export_spreadsheet",
        (
            "PUT",
            f"{BOOK}/values/%27Sheet1%27%21A1%3AB2?valueInputOption=RAW",
            {"values": [["a1", "B2"]], "majorDimension": None},
            200,
            written("Sheet1!A1:B1", 1, 2, 2),
        ),
        ("GET", "/drive/v3/files/<book>/export?mimeType=text%2Fcsv", None, 200, "a1,B2"),
    ),
    "ClientTest.test_import_csv": scene(
        "TestImportSpreadsheet",
        (
            "PUT",
            "/upload/drive/v2/files/<book>?uploadType=media&convert=true&supportsAllDrives=True",
            "a,b\n1,2",
            200,
            "<uploaded>",
        ),
        get(book("TestImportSpreadsheet", tab("TestImportSpreadsheet", number="<imported>"))),
    ),
}

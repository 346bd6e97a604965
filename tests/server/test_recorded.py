"""What Google answered when gspread's own tests were recorded: our server answers the same.

Facts from the recordings in https://github.com/burnash/gspread/tree/master/tests/cassettes
(ClientTest.test_create, CellTest.test_define_named_range, test_merge_cells, WorksheetTest.test_sort,
test_get_notes, test_append_row, test_clear, test_group_columns).
"""

NOTED = "/v4/spreadsheets/{id}?fields=sheets.data.rowData.values.note"


def note(row, column, text):
    area = {
        "sheetId": 0,
        "startRowIndex": row,
        "endRowIndex": row + 1,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    return {
        "updateCells": {"range": area, "fields": "note", "rows": [{"values": [{"note": text}]}]}
    }


def test_a_file_that_drive_made(wire):
    status, made = wire(
        "POST",
        "/drive/v3/files?supportsAllDrives=True",
        {"name": "Test", "mimeType": "application/vnd.google-apps.spreadsheet"},
    )
    assert status == 200
    assert {name: made[name] for name in made if name != "id"} == {
        "kind": "drive#file",
        "name": "Test",
        "mimeType": "application/vnd.google-apps.spreadsheet",
    }
    assert wire("DELETE", f"/drive/v3/files/{made['id']}?supportsAllDrives=True") == (204, None)


def test_a_new_spreadsheet(wire):
    status, about = wire("GET", "/v4/spreadsheets/{id}?includeGridData=false")
    assert status == 200
    theme = about["properties"].pop("spreadsheetTheme")
    assert about == {
        "spreadsheetId": wire.sheet,
        "properties": {
            "title": "Test",
            "locale": "en_US",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Etc/GMT",
            "defaultFormat": {
                "backgroundColor": {"red": 1, "green": 1, "blue": 1},
                "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
                "verticalAlignment": "BOTTOM",
                "wrapStrategy": "OVERFLOW_CELL",
                "textFormat": {
                    "foregroundColor": {},
                    "fontFamily": "arial,sans,sans-serif",
                    "fontSize": 10,
                    "bold": False,
                    "italic": False,
                    "strikethrough": False,
                    "underline": False,
                    "foregroundColorStyle": {"rgbColor": {}},
                },
                "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}},
            },
        },
        "sheets": [
            {
                "properties": {
                    "sheetId": 0,
                    "title": "Sheet1",
                    "index": 0,
                    "sheetType": "GRID",
                    "gridProperties": {"rowCount": 1000, "columnCount": 26},
                }
            }
        ],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{wire.sheet}/edit",
    }
    assert theme["primaryFontFamily"] == "Arial"
    assert [colour["colorType"] for colour in theme["themeColors"]] == [
        *("TEXT", "BACKGROUND"),
        *(f"ACCENT{number}" for number in range(1, 7)),
        "LINK",
    ]
    assert theme["themeColors"][2]["color"]["rgbColor"] == {
        "red": 0.25882354,
        "green": 0.52156866,
        "blue": 0.95686275,
    }


def test_clearing_a_tab(wire):
    assert wire("POST", "/v4/spreadsheets/{id}/values/%27Sheet1%27:clear") == (
        200,
        {"spreadsheetId": wire.sheet, "clearedRange": "Sheet1!A1:Z1000"},
    )


def test_sorting_a_tab_whose_name_looks_like_a_cell(wire):
    size = {"sheetId": 0, "title": "D3", "gridProperties": {"rowCount": 6, "columnCount": 3}}
    fields = "title,gridProperties/rowCount,gridProperties/columnCount"
    resize = {"updateSheetProperties": {"properties": size, "fields": fields}}
    assert wire.batch(resize) == (200, {"spreadsheetId": wire.sheet, "replies": [{}]})
    area = "/v4/spreadsheets/{id}/values/%27D3%27%21A1%3AC6"
    assert wire("GET", area) == (200, {"range": "'D3'!A1:C6", "majorDimension": "ROWS"})
    rows = [
        ["Apple", "2012", "4"],
        ["Banana", "2013", "3"],
        ["Canada", "2007", "1"],
        ["Dinosaur", "2013", "6"],
        ["Elephant", "2019", "2"],
        ["Fox", "2077", "5"],
    ]
    assert wire("PUT", f"{area}?valueInputOption=RAW", {"values": rows}) == (
        200,
        {
            "spreadsheetId": wire.sheet,
            "updatedRange": "'D3'!A1:C6",
            "updatedRows": 6,
            "updatedColumns": 3,
            "updatedCells": 18,
        },
    )
    span = {
        "sheetId": 0,
        "startRowIndex": 0,
        "endRowIndex": 6,
        "startColumnIndex": 0,
        "endColumnIndex": 3,
    }
    spec = [{"dimensionIndex": 2, "sortOrder": "ASCENDING"}]
    sort = {"sortRange": {"range": span, "sortSpecs": spec}}
    assert wire.batch(sort) == (200, {"spreadsheetId": wire.sheet, "replies": [{}]})
    assert wire("GET", "/v4/spreadsheets/{id}/values/%27D3%27") == (
        200,
        {
            "range": "'D3'!A1:C6",
            "majorDimension": "ROWS",
            "values": sorted(rows, key=lambda row: row[2]),
        },
    )


def test_notes(wire):
    assert wire("GET", NOTED) == (200, {"sheets": [{"data": [{}]}]})
    written = [
        note(0, 0, "read my note"),
        note(1, 1, "Or don't"),
        note(2, 0, "another note"),
        note(2, 2, "test"),
    ]
    assert wire.batch(*written) == (200, {"spreadsheetId": wire.sheet, "replies": [{}] * 4})
    second = {"values": [{}, {"note": "Or don't"}]}
    third = {"values": [{"note": "another note"}, {}, {"note": "test"}]}
    assert wire("GET", NOTED) == (
        200,
        {
            "sheets": [
                {"data": [{"rowData": [{"values": [{"note": "read my note"}]}, second, third]}]}
            ]
        },
    )
    assert wire("GET", f"{NOTED}&ranges=%27Sheet1%27%21A2%3AC3") == (
        200,
        {"sheets": [{"data": [{"rowData": [second, third]}]}]},
    )


SQUARE = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}


def test_a_named_range(wire):
    asked = {"name": "TestDefineNamedRange", "range": {**SQUARE, "sheetId": 0}}
    status, reply = wire.batch({"addNamedRange": {"namedRange": asked}})
    assert status == 200
    (added,) = reply["replies"]
    named = added["addNamedRange"]["namedRange"]
    assert named["namedRangeId"].isdigit()
    assert named == {**asked, "namedRangeId": named["namedRangeId"], "range": SQUARE}
    listed = "/v4/spreadsheets/{id}?fields=namedRanges"
    assert wire("GET", listed) == (200, {"namedRanges": [named]})
    gone = {"deleteNamedRange": {"namedRangeId": named["namedRangeId"]}}
    assert wire.batch(gone) == (200, {"spreadsheetId": wire.sheet, "replies": [{}]})
    assert wire("GET", listed) == (200, {})


def test_merges(wire):
    wire.put("Sheet1!A1:B2", [[42, 43], [43, 44]])
    wide = {"mergeType": "MERGE_ROWS", "range": {**SQUARE, "sheetId": 0}}
    assert wire.batch({"mergeCells": wide}) == (
        200,
        {"spreadsheetId": wire.sheet, "replies": [{}]},
    )
    about = wire("GET", "/v4/spreadsheets/{id}?includeGridData=false")[1]
    assert about["sheets"][0]["merges"] == [
        {**SQUARE, "endRowIndex": 1},
        {**SQUARE, "startRowIndex": 1},
    ]


def test_a_group_of_columns(wire):
    span = {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}
    group = {"range": span, "depth": 1}
    asked = {"range": {**span, "sheetId": 0}}
    assert wire.batch({"addDimensionGroup": asked}) == (
        200,
        {
            "spreadsheetId": wire.sheet,
            "replies": [{"addDimensionGroup": {"dimensionGroups": [group]}}],
        },
    )
    (sheet,) = wire("GET", "/v4/spreadsheets/{id}?includeGridData=false")[1]["sheets"]
    assert sheet["columnGroups"] == [group]
    assert sheet["properties"]["gridProperties"] == {
        "rowCount": 1000,
        "columnCount": 26,
        "columnGroupControlAfter": True,
    }
    assert wire.batch({"deleteDimensionGroup": asked}) == (
        200,
        {"spreadsheetId": wire.sheet, "replies": [{"deleteDimensionGroup": {}}]},
    )


def test_appending_a_row(wire):
    row = [f"test_append_row {number}" for number in range(1, 11)]
    path = "/v4/spreadsheets/{id}/values/%27Sheet1%27:append?valueInputOption=RAW"
    assert wire("POST", path, {"values": [row]}) == (
        200,
        {
            "spreadsheetId": wire.sheet,
            "updates": {
                "spreadsheetId": wire.sheet,
                "updatedRange": "Sheet1!A1:J1",
                "updatedRows": 1,
                "updatedColumns": 10,
                "updatedCells": 10,
            },
        },
    )
    assert wire("GET", "/v4/spreadsheets/{id}/values/%27Sheet1%27%21A1%3A1") == (
        200,
        {"range": "Sheet1!A1:Z1", "majorDimension": "ROWS", "values": [row]},
    )

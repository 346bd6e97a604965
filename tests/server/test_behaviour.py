"""What Google documents of the API, as our server does it."""

import pytest

VALUES = "/v4/spreadsheets/{id}/values"


def test_an_unknown_kind_of_request_is_refused_and_nothing_is_done(wire):
    rename = {"updateSheetProperties": {"properties": {"title": "Uusi"}, "fields": "title"}}
    status, body = wire.batch(rename, {"paintTheHouse": {}})
    assert status == 400
    assert body["error"]["status"] == "INVALID_ARGUMENT"
    assert "paintTheHouse" in body["error"]["message"]
    about = wire("GET", "/v4/spreadsheets/{id}?fields=sheets.properties.title")[1]
    assert about == {"sheets": [{"properties": {"title": "Sheet1"}}]}


def test_a_batch_is_done_whole_or_not_at_all(wire):
    write = {
        "updateCells": {
            "start": {"sheetId": 0},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}],
            "fields": "userEnteredValue",
        }
    }
    status, body = wire.batch(write, {"deleteSheet": {"sheetId": 7}})
    assert status == 400
    assert "Invalid requests[1].deleteSheet" in body["error"]["message"]
    assert wire.get("Sheet1") == []


@pytest.mark.parametrize(
    ("area", "rows"),
    [
        ("Sheet1", [["a", "b", "c"], ["d"], [], ["", "e"]]),
        ("Sheet1!A:A", [["a"], ["d"]]),
        ("Sheet1!1:1", [["a", "b", "c"]]),
        ("Sheet1!B1:C", [["b", "c"], [], [], ["e"]]),
        ("Sheet1!A2:A", [["d"]]),
        ("A1:B2", [["a", "b"], ["d"]]),
        ("$A$1", [["a"]]),
        ("'Sheet1'!c1", [["c"]]),
        ("Sheet1!C4:B1", [["b", "c"], [], [], ["e"]]),
        ("Z900", []),
    ],
)
def test_areas_are_written_in_many_ways(wire, area, rows):
    wire.put("A1", [["a", "b", "c"]])
    wire.put("A2", [["d"]])
    wire.put("B4", [["e"]])
    assert wire.get(area) == rows


@pytest.mark.parametrize(
    ("typed", "raw", "entered"),
    [
        ("0042", "0042", 42),
        ("1.5", "1.5", 1.5),
        ("12%", "12%", 0.12),
        ("TRUE", "TRUE", True),
        ("'0042", "'0042", "0042"),
        ("Maija", "Maija", "Maija"),
        ("=1+1", "=1+1", 2),
        ("3/2/2026", "3/2/2026", 46083),
        ("2026-03-02", "2026-03-02", 46083),
    ],
)
def test_raw_stays_and_typing_is_understood(wire, typed, raw, entered):
    wire.put("A1", [[typed]])
    assert wire.get("A1", valueRenderOption="UNFORMATTED_VALUE") == [[raw]]
    wire.put("A2", [[typed]], "USER_ENTERED")
    assert wire.get("A2", valueRenderOption="UNFORMATTED_VALUE") == [[entered]]


def test_a_typed_iso_date_is_shown_as_it_was_typed(wire):
    wire.put("A1", [["2026-03-02"]], "USER_ENTERED")
    assert wire.get("A1") == [["2026-03-02"]]


def test_a_formula_is_rendered_in_three_ways(wire):
    wire.put("A1", [["=40+2"]], "USER_ENTERED")
    assert wire.get("A1") == [["42"]]
    assert wire.get("A1", valueRenderOption="UNFORMATTED_VALUE") == [[42]]
    assert wire.get("A1", valueRenderOption="FORMULA") == [["=40+2"]]


def test_appending_goes_below_the_table_that_is_touched(wire):
    wire.put("A1", [["a", "b"], ["c", "d"]])
    wire.put("D5", [["apart"]])
    path = f"{VALUES}/A1:append?valueInputOption=RAW"
    body = wire("POST", path, {"values": [["e", "f"]]})[1]
    assert body["tableRange"] == "Sheet1!A1:B2"
    assert body["updates"]["updatedRange"] == "Sheet1!A3:B3"
    path = f"{VALUES}/D5:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS"
    body = wire("POST", path, {"values": [["too"]]})[1]
    assert body["updates"]["updatedRange"] == "Sheet1!D6"


def test_a_write_outside_of_its_range_or_of_the_grid_is_refused(wire):
    status, body = wire.put("A1:B1", [["a", "b", "c"]])
    assert status == 400 and "tried writing to column [C]" in body["error"]["message"]
    status, body = wire.put("A1001", [["a"]])
    assert status == 400 and "exceeds grid limits" in body["error"]["message"]


def test_none_leaves_a_cell_and_a_blank_text_empties_it(wire):
    wire.put("A1", [["a", "b", "c"]])
    wire.put("A1", [[None, "", "d"]])
    assert wire.get("1:1") == [["a", "", "d"]]


def test_several_areas_at_once(wire):
    data = [{"range": "A1", "values": [["a"]]}, {"range": "C3:C4", "values": [["b"], ["c"]]}]
    status, body = wire("POST", f"{VALUES}:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert status == 200
    assert (body["totalUpdatedCells"], body["totalUpdatedSheets"]) == (3, 1)
    found = wire("GET", f"{VALUES}:batchGet?ranges=A1&ranges=C3:C9&majorDimension=COLUMNS")[1]
    assert [one.get("values") for one in found["valueRanges"]] == [[["a"]], [["b", "c"]]]
    cleared = wire("POST", f"{VALUES}:batchClear", {"ranges": ["A1", "C4"]})[1]
    assert cleared["clearedRanges"] == ["Sheet1!A1", "Sheet1!C4"]
    assert wire.get("Sheet1") == [[], [], ["", "", "b"]]


def test_cells_are_appended_below_all_that_the_tab_holds(wire):
    wire.put("C7", [["x"]])
    cells = [{"values": [{"userEnteredValue": {"stringValue": "new"}}]}]
    append = {"appendCells": {"sheetId": 0, "rows": cells, "fields": "userEnteredValue"}}
    assert wire.batch(append)[0] == 200
    assert wire.get("A8") == [["new"]]


def test_notes_and_looks_move_with_their_rows(wire):
    wire.put("A1", [["b"], ["a"]])
    wire.batch(
        {
            "updateCells": {
                "start": {"sheetId": 0},
                "rows": [{"values": [{"note": "of b"}]}],
                "fields": "note",
            }
        },
        {
            "sortRange": {
                "range": {"sheetId": 0, "endRowIndex": 2},
                "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}],
            }
        },
    )
    assert wire.get("A1:A2") == [["a"], ["b"]]
    rows = wire("GET", "/v4/spreadsheets/{id}?fields=sheets.data.rowData.values.note")[1]
    noted = rows["sheets"][0]["data"][0]["rowData"]
    assert noted == [{}, {"values": [{"note": "of b"}]}]


def _moved(start, end, goal):
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}
    return {"moveDimension": {"source": span, "destinationIndex": goal}}


def test_rows_that_are_moved_take_all_that_is_theirs_along(wire):
    wire.put("A1", [["a"], ["b"], ["c"], ["d"]])
    third = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "c"}]}}
    red = {"userEnteredFormat": {"backgroundColorStyle": {"rgbColor": {"red": 1}}}}
    whole = {**third, "startColumnIndex": 0, "endColumnIndex": 2}
    lines = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    wire.batch(
        {"repeatCell": {"range": third, "cell": {"note": "of c"}, "fields": "note"}},
        {"repeatCell": {"range": third, "cell": red, "fields": "userEnteredFormat"}},
        {"setDataValidation": {"range": third, "rule": rule}},
        {"addProtectedRange": {"protectedRange": {"range": third, "warningOnly": True}}},
        {"mergeCells": {"range": {**whole, "startColumnIndex": 1}, "mergeType": "MERGE_ALL"}},
        {
            "updateDimensionProperties": {
                "range": lines,
                "properties": {"pixelSize": 63},
                "fields": "pixelSize",
            }
        },
    )
    assert wire.batch(_moved(2, 4, 0))[0] == 200
    assert wire.get("A1:A4") == [["c"], ["d"], ["a"], ["b"]]
    (sheet,) = wire("GET", "/v4/spreadsheets/{id}?includeGridData=true")[1]["sheets"]
    (data,) = sheet["data"]
    cell = data["rowData"][0]["values"][0]
    assert cell["note"] == "of c" and cell["dataValidation"]["condition"] == rule["condition"]
    assert cell["userEnteredFormat"]["backgroundColorStyle"] == {"rgbColor": {"red": 1}}
    assert data["rowMetadata"][0]["pixelSize"] == 63
    assert sheet["protectedRanges"][0]["range"].get("startRowIndex", 0) == 0
    assert wire.batch(_moved(0, 1, 3))[0] == 200
    assert wire.get("A1:A4") == [["d"], ["a"], ["c"], ["b"]]
    (sheet,) = wire("GET", "/v4/spreadsheets/{id}")[1]["sheets"]
    assert sheet["protectedRanges"][0]["range"]["startRowIndex"] == 2


def test_no_move_tears_merged_cells(wire):
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3}
    area |= {"startColumnIndex": 0, "endColumnIndex": 1}
    wire.put("A1", [["a"], ["b"], ["c"], ["d"]])
    wire.batch({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    assert wire.batch(_moved(2, 3, 0))[0] == 400
    assert wire.batch(_moved(0, 1, 2))[0] == 400
    assert wire.batch(_moved(1, 3, 0))[0] == 200


def test_merges_views_and_protections_move_when_rows_are_inserted(wire):
    area = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 6, "endColumnIndex": 2}
    area["startColumnIndex"] = 0
    wire.batch(
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {"addProtectedRange": {"protectedRange": {"range": area, "warningOnly": True}}},
        {
            "insertDimension": {
                "range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 4}
            }
        },
    )
    (sheet,) = wire("GET", "/v4/spreadsheets/{id}")[1]["sheets"]
    assert (sheet["merges"][0]["startRowIndex"], sheet["merges"][0]["endRowIndex"]) == (7, 9)
    assert sheet["protectedRanges"][0]["range"]["startRowIndex"] == 7


def test_a_batch_shows_what_now_stands_there_if_asked(wire):
    write = {
        "updateCells": {
            "start": {"sheetId": 0, "rowIndex": 1},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}],
            "fields": "userEnteredValue",
        }
    }
    more = {
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Sheet1!A2"],
        "responseIncludeGridData": True,
    }
    reply = wire.batch(write, **more)[1]["updatedSpreadsheet"]
    (shown,) = reply["sheets"][0]["data"]
    assert shown["startRow"] == 1
    assert shown["rowData"][0]["values"][0]["userEnteredValue"] == {"stringValue": "x"}


def test_a_tab_moved_right_counts_from_where_it_stood(wire):
    wire.batch(*({"addSheet": {"properties": {"title": title}}} for title in ("B", "C")))
    move = {"properties": {"sheetId": 0, "index": 2}, "fields": "index"}
    wire.batch({"updateSheetProperties": move})
    about = wire("GET", "/v4/spreadsheets/{id}?fields=sheets.properties.title")[1]
    assert [sheet["properties"]["title"] for sheet in about["sheets"]] == ["B", "Sheet1", "C"]


def test_who_asks_for_nothing_there_is_told_as_google_tells(wire):
    status, body = wire("GET", "/v4/spreadsheets/no-such-sheet")
    assert (status, body) == (
        404,
        {
            "error": {
                "code": 404,
                "message": "Requested entity was not found.",
                "status": "NOT_FOUND",
            }
        },
    )
    status, body = wire("GET", f"{VALUES}/Nowhere!A1")
    assert body["error"]["message"] == "Unable to parse range: Nowhere!A1"


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        (46083, "3/2/2026"),
        (0, "12/30/1899"),
        (-1, "12/29/1899"),
        (2_958_465, "12/31/9999"),
        (3_000_000, "3000000"),
        (-1e300, "-1e+300"),
    ],
)
def test_a_date_that_no_calendar_has_is_shown_as_its_number(wire, serial, shown):
    looks = {"numberFormat": {"type": "DATE", "pattern": "m/d/yyyy"}}
    cell = {"userEnteredValue": {"numberValue": serial}, "userEnteredFormat": looks}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    wire.batch({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "*"}})
    assert wire.get("A1") == [[shown]]


AREA = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
COLOURS = {"firstBandColor": {"red": 1}, "secondBandColor": {"blue": 1}}


def test_alternating_colours_may_not_overlap_others(wire):
    def bands(**area):
        return {"range": {**AREA, **area}, "rowProperties": COLOURS}

    below = {"startRowIndex": 4, "endRowIndex": 6}
    made = wire.batch({"addBanding": {"bandedRange": bands()}})[1]["replies"][0]
    band_id = made["addBanding"]["bandedRange"]["bandedRangeId"]
    assert wire.batch({"addBanding": {"bandedRange": bands(**below)}})[0] == 200
    status, body = wire.batch({"addBanding": {"bandedRange": bands(startRowIndex=2)}})
    assert (status, "already has alternating" in body["error"]["message"]) == (400, True)
    for end, wanted in ((4, 200), (5, 400)):
        longer = {"bandedRangeId": band_id, "range": {**AREA, "endRowIndex": end}}
        status, _ = wire.batch({"updateBanding": {"bandedRange": longer, "fields": "range"}})
        assert status == wanted


def test_a_filter_is_told_in_both_ways(wire):
    hidden = {"hiddenValues": ["x"]}
    wire.batch({"setBasicFilter": {"filter": {"range": AREA, "criteria": {"1": hidden}}}})
    about = wire("GET", "/v4/spreadsheets/{id}?fields=sheets.basicFilter")[1]
    (sheet,) = about["sheets"]
    assert sheet["basicFilter"] == {
        "range": AREA,
        "criteria": {"1": hidden},
        "filterSpecs": [{"columnIndex": 1, "filterCriteria": hidden}],
    }


def test_rules_for_colours_are_copied_to_the_cells_below(wire):
    shown = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}
    for columns in ({}, {"startColumnIndex": 1, "endColumnIndex": 4}):
        rule = {"ranges": [{**AREA, **columns}], "booleanRule": shown}
        wire.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    source = {**AREA, "startRowIndex": 2}
    paste = {"source": source, "destination": {**AREA, "startRowIndex": 3, "endRowIndex": 5}}
    status, _ = wire.batch({"copyPaste": {**paste, "pasteType": "PASTE_CONDITIONAL_FORMATTING"}})
    assert status == 200
    about = wire("GET", "/v4/spreadsheets/{id}?fields=sheets.conditionalFormats.ranges")[1]
    wide, narrow = (rule["ranges"] for rule in about["sheets"][0]["conditionalFormats"])
    part = {"startRowIndex": 3, "endRowIndex": 5, "startColumnIndex": 1, "endColumnIndex": 2}
    assert wide == [{**AREA, "startColumnIndex": 1, "endColumnIndex": 4}, part]
    assert narrow == [{**AREA, "endRowIndex": 5}]

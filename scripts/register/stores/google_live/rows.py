"""Questions about rows that move and grow, and about what one batch does in which order."""

from register.stores.google_cells import Json, append_cells
from register.stores.google_live.desk import ROWS, Desk, text
from register.stores.google_live.question import BATCH, REQUESTS, Questions
from register.stores.google_requests import one_of, span_of, write_block

QUESTIONS = Questions("Rows that move, and the order of a batch")


def _insert(desk: Desk, at: int) -> Json:
    span = span_of(desk.tab, "ROWS", at, at + 1)
    return {"insertDimension": {"range": span, "inheritFromBefore": False}}


def _cell(desk: Desk, row: int, word: str) -> Json:
    return write_block(desk.tab, row, 0, [[text(word)]], "*")


def _append(desk: Desk, *words: str) -> Json:
    return append_cells(desk.tab, [[text(word)] for word in words], "userEnteredValue")


@QUESTIONS.about("refused 400", REQUESTS)
def write_beyond_grid(desk: Desk) -> str:
    """Is updateCells below the grid's last row refused?"""
    return desk.texts([["a"]], row=ROWS).outcome


@QUESTIONS.about("yes", REQUESTS)
def append_beyond_grid(desk: Desk) -> str:
    """Does appendCells make the grid longer?"""
    desk.texts([["a"]], row=ROWS - 1)
    desk.batch(_append(desk, "b"))
    return "yes" if desk.values(f"A{ROWS + 1}") == [["b"]] else "no"


def _dropdown(desk: Desk, growing: Json) -> str:
    rule = {"setDataValidation": {"range": desk.grid(1), "rule": {"condition": one_of("a")}}}
    desk.batch(rule)
    desk.texts([["a"]], row=ROWS - 1)
    desk.batch(growing)
    mask = "sheets.data.rowData.values(dataValidation.condition.type)"
    cells = desk.look(mask, f"A{ROWS + 1}").cells()
    return "yes" if cells and cells[0] and cells[0][0].get("dataValidation") else "no"


@QUESTIONS.about()
def appended_dropdown(desk: Desk) -> str:
    """Has a row that appendCells added below the grid the column's dropdown?"""
    return _dropdown(desk, _append(desk, "a"))


@QUESTIONS.about()
def added_dropdown(desk: Desk) -> str:
    """Has a row that appendDimension added the column's dropdown?"""
    grow = {"sheetId": desk.tab, "dimension": "ROWS", "length": 1}
    return _dropdown(desk, {"appendDimension": grow})


@QUESTIONS.about()
def inserted_dropdown(desk: Desk) -> str:
    """Has a row inserted with inheritFromBefore the dropdown of the one above?"""
    span = span_of(desk.tab, "ROWS", ROWS, ROWS + 1)
    return _dropdown(desk, {"insertDimension": {"range": span, "inheritFromBefore": True}})


@QUESTIONS.about("after", BATCH)
def insert_between(desk: Desk) -> str:
    """Which row does a request mean after an insert in one batch?"""
    desk.texts([["first"]])
    desk.batch(_insert(desk, 0), _cell(desk, 0, "new"))
    return "after" if desk.values("A1:A2") == [["new"], ["first"]] else "before"


@QUESTIONS.about("refused 400, nothing", BATCH)
def batch_whole(desk: Desk) -> str:
    """Is anything done of a batch of which one request is refused?"""
    reply = desk.batch(_cell(desk, 0, "done"), {"deleteSheet": {"sheetId": desk.tab + 7}})
    return f"{reply.outcome}, {'something' if desk.values('A1') else 'nothing'}"


@QUESTIONS.about("yes", BATCH)
def copy_in_reply(desk: Desk) -> str:
    """Do responseRanges show a copyPaste of the same batch?"""
    desk.texts([["kept"]])
    kept = desk.add_tab(hidden=True)
    goal = {**desk.grid(0, 1, 0, 1), "sheetId": kept}
    copy = {"source": desk.grid(0, 1, 0, 1), "destination": goal, "pasteType": "PASTE_NORMAL"}
    reply = desk.batch(
        {"copyPaste": copy},
        _cell(desk, 0, "new"),
        fields="updatedSpreadsheet.sheets.data.rowData.values.userEnteredValue",
        includeSpreadsheetInResponse=True,
        responseRanges=[desk.area("A1", kept)],
        responseIncludeGridData=True,
    )
    held = [cell.get("userEnteredValue") for row in reply.cells() for cell in row]
    return "yes" if held == [{"stringValue": "kept"}] else "no"


@QUESTIONS.about("after", BATCH)
def reply_after_insert(desk: Desk) -> str:
    """Are responseRanges those after the batch, where it inserts a row?"""
    desk.texts([["a"], ["b"]])
    reply = desk.batch(
        _insert(desk, 0),
        fields="updatedSpreadsheet.sheets.data.rowData.values.userEnteredValue",
        includeSpreadsheetInResponse=True,
        responseRanges=[desk.area("A2:A2")],
        responseIncludeGridData=True,
    )
    held = [cell.get("userEnteredValue") for row in reply.cells() for cell in row]
    return "after" if held == [{"stringValue": "a"}] else "before"


def _move(desk: Desk, row: int, before: int) -> Json:
    span = span_of(desk.tab, "ROWS", row, row + 1)
    return {"moveDimension": {"source": span, "destinationIndex": before}}


@QUESTIONS.about()
def move_under_filter(desk: Desk) -> str:
    """Does moveDimension move a row that the tab's own filter hides?"""
    desk.texts([["h", ""], ["c", "1"], ["a", "2"], ["b", "3"]])
    wanted = {"range": desk.grid(0, 4, 0, 2), "criteria": {"0": {"hiddenValues": ["b"]}}}
    desk.batch({"setBasicFilter": {"filter": wanted}})
    reply = desk.batch(_move(desk, 3, 1))
    if reply.status != 200:
        return reply.outcome
    return "yes" if desk.values("A2:A4") == [["b"], ["c"], ["a"]] else "no"


@QUESTIONS.about()
def colours_after_move(desk: Desk) -> str:
    """Which rows has a rule of colours of rows 2 to 4 when the fourth is moved above the second?"""
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$A2="x"'}]}
    look = {"condition": condition, "format": {"textFormat": {"strikethrough": True}}}
    rule = {"ranges": [desk.grid(1, 4, 0, 2)], "booleanRule": look}
    desk.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    desk.batch(_move(desk, 3, 1))
    sheet = desk.look("sheets.conditionalFormats.ranges", "A1").sheet()
    areas = [area for one in sheet.get("conditionalFormats", []) for area in one["ranges"]]
    spans = [f"{one.get('startRowIndex', 0) + 1}-{one.get('endRowIndex')}" for one in areas]
    return f"rows {', '.join(spans)}" if spans else "none"

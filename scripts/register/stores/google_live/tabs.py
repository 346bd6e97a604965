"""Questions about tabs and what they hold besides cells: titles, protections, colours."""

from register.stores.google_live.desk import SCRATCH, Desk, text
from register.stores.google_live.question import BATCH, REQUESTS, SHEET_GUIDE, SIZES, Questions
from register.stores.google_requests import new_sheet, span_of, write_block

QUESTIONS = Questions("Tabs and what they hold besides cells")
CELL_LIMIT = 10_000_000


def _try_tab(desk: Desk, title: str, rows: int = 2, columns: int = 2) -> str:
    """Add a tab, and take it away again."""
    number = desk.tab + 5
    reply = desk.batch(new_sheet(number, title, rows, columns), fields="spreadsheetId")
    if reply.status == 200:
        desk.batch({"deleteSheet": {"sheetId": number}})
    return reply.outcome


@QUESTIONS.about()
def number_again_in_one_batch(desk: Desk) -> str:
    """May a tab take the number of one that the same batch deletes?"""
    extra = desk.add_tab()
    gone = {"deleteSheet": {"sheetId": extra}}
    again = new_sheet(extra, desk.title(extra), 2, 2)
    return desk.batch(gone, again, fields="spreadsheetId").outcome


@QUESTIONS.about()
def number_again_later(desk: Desk) -> str:
    """May a tab take the number of one that was deleted a moment ago?"""
    extra = desk.add_tab()
    desk.batch({"deleteSheet": {"sheetId": extra}})
    again = desk.batch(new_sheet(extra, desk.title(extra), 2, 2), fields="spreadsheetId")
    if again.status != 200:
        desk.forget(extra)
    return again.outcome


@QUESTIONS.about()
def title_of_100(desk: Desk) -> str:
    """Is a tab's title of 100 characters taken?"""
    return _try_tab(desk, SCRATCH.ljust(100, "x"))


@QUESTIONS.about()
def title_of_101(desk: Desk) -> str:
    """Is a tab's title of 101 characters taken?"""
    return _try_tab(desk, SCRATCH.ljust(101, "x"))


@QUESTIONS.about()
def title_with_signs(desk: Desk) -> str:
    """Is a tab's title with the signs that Excel forbids taken?"""
    return _try_tab(desk, f"{SCRATCH} [x]/?*:'")


@QUESTIONS.about("refused 400")
def title_in_capitals(desk: Desk) -> str:
    """Is a title that only differs in capitals refused?"""
    return _try_tab(desk, desk.title(desk.tab).upper())


@QUESTIONS.about("yes", SHEET_GUIDE)
def hidden_tab(desk: Desk) -> str:
    """Can a hidden tab be read?"""
    hidden = desk.add_tab(hidden=True)
    desk.batch(write_block(hidden, 0, 0, [[text("a")]], "*"))
    mask = "sheets(properties.hidden,data.rowData.values.userEnteredValue)"
    reply = desk.look(mask, "A1", tab=hidden)
    shown = reply.sheet().get("properties", {}).get("hidden") and reply.cells()
    return "yes" if shown else "no"


def _protected(desk: Desk, **about: object) -> str:
    wanted = {"protectedRangeId": desk.tab + 1, "range": desk.grid(0, 2, 0, 2), **about}
    desk.batch({"addProtectedRange": {"protectedRange": wanted}}, fields="spreadsheetId")
    return desk.texts([["a"]]).outcome


@QUESTIONS.about("done", SHEET_GUIDE)
def warning_only(desk: Desk) -> str:
    """May the API write where a range only warns?"""
    return _protected(desk, warningOnly=True)


@QUESTIONS.about("done", SHEET_GUIDE)
def own_protection(desk: Desk) -> str:
    """May who protects a range without editors still write there?"""
    return _protected(desk, editors={"users": []})


@QUESTIONS.about("row 4", REQUESTS)
def colours_after_insert(desk: Desk) -> str:
    """Where does a rule of colours end after an insert within it?"""
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=$A1="x"'}]}
    look = {"condition": condition, "format": {"textFormat": {"strikethrough": True}}}
    rule = {"ranges": [desk.grid(0, 3, 0, 2)], "booleanRule": look}
    desk.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    desk.batch({"insertDimension": {"range": span_of(desk.tab, "ROWS", 1, 2)}})
    sheet = desk.look("sheets.conditionalFormats.ranges", "A1").sheet()
    ranges = [area for one in sheet.get("conditionalFormats", []) for area in one["ranges"]]
    return f"row {ranges[0].get('endRowIndex')}" if ranges else "nowhere"


@QUESTIONS.about("refused 400", SIZES)
def ten_million_cells(desk: Desk) -> str:
    """Is a tab that passes ten million cells refused?"""
    return _try_tab(desk, desk.title(desk.tab + 5), CELL_LIMIT // 10 + 1, 10)


@QUESTIONS.about("refused 400", BATCH)
def unknown_field(desk: Desk) -> str:
    """Is a field that the API does not know refused?"""
    return desk.batch({"repeatCell": {"range": desk.grid(0, 1), "colour": "red"}}).outcome

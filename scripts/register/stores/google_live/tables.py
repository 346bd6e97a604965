"""Questions about tables ("Convert to table") and their typed columns."""

from register.stores.google_cells import Json, append_cells
from register.stores.google_live.desk import Desk, number, text
from register.stores.google_live.question import LIVE_TABLES, REQUESTS, Questions
from register.stores.google_requests import one_of

QUESTIONS = Questions("Tables and their typed columns")


def _table(desk: Desk) -> str:
    """Make a table of two rows with a text, a date and a dropdown; return its id, '' if refused."""
    desk.texts([["Nimi", "Päivä", "Tila"], ["a", "", ""], ["b", "", ""]])
    rule = {"condition": one_of(("kyllä", "ei"))}
    columns = [
        {"columnIndex": 0, "columnName": "Nimi", "columnType": "TEXT"},
        {"columnIndex": 1, "columnName": "Päivä", "columnType": "DATE"},
        {
            "columnIndex": 2,
            "columnName": "Tila",
            "columnType": "DROPDOWN",
            "dataValidationRule": rule,
        },
    ]
    table = {"name": f"live{desk.tab}", "range": desk.grid(0, 3, 0, 3), "columnProperties": columns}
    reply = desk.batch({"addTable": {"table": table}}, fields="replies.addTable.table.tableId")
    made: Json = (reply.body.get("replies") or [{}])[0].get("addTable", {}).get("table", {})
    return str(made.get("tableId", ""))


def _rows(desk: Desk) -> str:
    """Return the rows that the table has, from 1, or that there is none."""
    tables = desk.look("sheets.tables.range", "A1").sheet().get("tables", [])
    span = tables[0].get("range", {}) if tables else {}
    return f"rows {span.get('startRowIndex', 0) + 1}-{span.get('endRowIndex')}" if span else "none"


@QUESTIONS.about("rows 1-3", LIVE_TABLES)
def table_listed(desk: Desk) -> str:
    """Are a tab's tables in the reply of a read that asks for them?"""
    _table(desk)
    return _rows(desk)


@QUESTIONS.about("refused 400")
def format_in_typed_column(desk: Desk) -> str:
    """Is a number format in a typed column refused?"""
    _table(desk)
    looks = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "d.m.yyyy"}}}
    mask = "userEnteredFormat.numberFormat"
    area = desk.grid(1, 3, 1, 2)
    return desk.batch({"repeatCell": {"range": area, "cell": looks, "fields": mask}}).outcome


@QUESTIONS.about("refused 400")
def dropdown_in_typed_column(desk: Desk) -> str:
    """Is a dropdown of ours in a typed column refused?"""
    _table(desk)
    wanted = {"range": desk.grid(1, 3, 2, 3), "rule": {"condition": one_of("x")}}
    return desk.batch({"setDataValidation": wanted}).outcome


@QUESTIONS.about()
def value_in_typed_column(desk: Desk) -> str:
    """Is updateCells of a date's value alone taken in a typed column?"""
    _table(desk)
    return desk.write([[number(46083)]], row=1, column=1, fields="userEnteredValue").outcome


@QUESTIONS.about()
def formatted_value_in_typed_column(desk: Desk) -> str:
    """Is updateCells of a value with its number format taken in a typed column?"""
    _table(desk)
    mask = "userEnteredValue,userEnteredFormat.numberFormat"
    cell = number(46083, type="DATE", pattern="d.m.yyyy")
    return desk.write([[cell]], row=1, column=1, fields=mask).outcome


@QUESTIONS.about()
def text_in_date_column(desk: Desk) -> str:
    """Is a text taken in a column of dates?"""
    _table(desk)
    return desk.write([[text("ensi viikolla")]], row=1, column=1, fields="userEnteredValue").outcome


@QUESTIONS.about()
def value_beside_typed_dropdown(desk: Desk) -> str:
    """Is a value that a typed column's dropdown does not have taken?"""
    _table(desk)
    return desk.write([[text("ehkä")]], row=1, column=2, fields="userEnteredValue").outcome


@QUESTIONS.about("rows 1-4", REQUESTS)
def append_by_table_id(desk: Desk) -> str:
    """Does appendCells with the table's id make the table longer?"""
    table = _table(desk)
    append = append_cells(desk.tab, [[text("c")]], "userEnteredValue", table)
    reply = desk.batch(append) if table else None
    return _rows(desk) if reply and reply.status == 200 else "refused"


@QUESTIONS.about("rows 1-3", LIVE_TABLES)
def value_below_table(desk: Desk) -> str:
    """Does a value written just below a table join it?"""
    _table(desk)
    desk.texts([["c"]], row=3)
    return _rows(desk)


@QUESTIONS.about()
def append_below_table(desk: Desk) -> str:
    """Does appendCells without the table's id join the table above it?"""
    _table(desk)
    desk.batch(append_cells(desk.tab, [[text("c")]], "userEnteredValue"))
    return _rows(desk)

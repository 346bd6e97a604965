"""Questions about what a cell holds: texts, dates, chips, spills, dropdowns, notes."""

from register.stores.google_cells import LONGEST_GOOGLE_CELL, append_cells
from register.stores.google_live.desk import Desk, formula, number, text
from register.stores.google_live.question import CELL_GUIDE, REQUESTS, SIZES, VALUES, Questions
from register.stores.google_requests import one_of

QUESTIONS = Questions("What a cell holds")


@QUESTIONS.about("46083", VALUES)
def typed_iso_date(desk: Desk) -> str:
    """What does a typed ISO date become?"""
    desk.enter("A1", [["2026-03-02"]], "USER_ENTERED")
    return str(desk.values("A1", valueRenderOption="UNFORMATTED_VALUE")[0][0])


@QUESTIONS.about("2.3.2026", "https://developers.google.com/workspace/sheets/api/guides/formats")
def date_shown(desk: Desk) -> str:
    """How is serial 46083 shown with the format d.m.yyyy?"""
    desk.write([[number(46083, type="DATE", pattern="d.m.yyyy")]])
    return str(desk.values("A1")[0][0])


@QUESTIONS.about()
def date_far_away(desk: Desk) -> str:
    """How is a date's serial of 3,000,000 shown?"""
    desk.write([[number(3_000_000, type="DATE", pattern="d.m.yyyy")]])
    return str(desk.values("A1")[0][0])


@QUESTIONS.about()
def typed_decimal_comma(desk: Desk) -> str:
    """What does 2,5 become when it is typed under the sheet's locale?"""
    desk.enter("A1", [["2,5"]], "USER_ENTERED")
    value = desk.values("A1", valueRenderOption="UNFORMATTED_VALUE")[0][0]
    return f"{type(value).__name__} {value}"


@QUESTIONS.about("done", SIZES)
def cell_of_50000(desk: Desk) -> str:
    """Is a text of 50,000 characters taken?"""
    return desk.texts([["x" * LONGEST_GOOGLE_CELL]]).outcome


@QUESTIONS.about("refused 400", SIZES)
def cell_of_50001(desk: Desk) -> str:
    """Is a text of 50,001 characters refused?"""
    return desk.texts([["x" * (LONGEST_GOOGLE_CELL + 1)]]).outcome


@QUESTIONS.about()
def note_of_50001(desk: Desk) -> str:
    """Is a note of 50,001 characters taken?"""
    return desk.write([[{"note": "x" * (LONGEST_GOOGLE_CELL + 1)}]], fields="note").outcome


@QUESTIONS.about("stays", CELL_GUIDE)
def note_beside_value(desk: Desk) -> str:
    """Does a note stay where only the value is written?"""
    desk.write([[{**text("a"), "note": "n"}]], fields="userEnteredValue,note")
    desk.write([[text("b")]], fields="userEnteredValue")
    cells = desk.look("sheets.data.rowData.values(note,userEnteredValue)", "A1").cells()
    return "stays" if cells[0][0].get("note") == "n" else "goes"


@QUESTIONS.about("stays", CELL_GUIDE)
def value_beside_note(desk: Desk) -> str:
    """Does a value stay where only the note is written?"""
    desk.texts([["a"]])
    desk.write([[{"note": "n"}]], fields="note")
    return "stays" if desk.values("A1") == [["a"]] else "goes"


@QUESTIONS.about()
def chip_as_value(desk: Desk) -> str:
    """What stands in userEnteredValue where a cell holds a smart chip?"""
    link = f"https://docs.google.com/spreadsheets/d/{desk.book_id}/edit"
    chip = {"startIndex": 0, "chip": {"richLinkProperties": {"uri": link}}}
    wrote = desk.write([[{**text("@ x"), "chipRuns": [chip]}]], fields="userEnteredValue,chipRuns")
    if wrote.status != 200:
        return wrote.outcome
    cells = desk.look("sheets.data.rowData.values(userEnteredValue)", "A1").cells()
    found = cells[0][0].get("userEnteredValue", {}) if cells and cells[0] else {}
    return ",".join(found) or "nothing"


@QUESTIONS.about("no", CELL_GUIDE)
def spill_as_data(desk: Desk) -> str:
    """Do the cells that a formula spills into have a userEnteredValue?"""
    desk.write([[formula("=ARRAYFORMULA(ROW(A1:A3))")]])
    cells = desk.look("sheets.data.rowData.values(userEnteredValue)", "A1:A3").cells()
    return "yes" if len([row for row in cells if row]) > 1 else "no"


@QUESTIONS.about("yes", VALUES)
def spill_in_values(desk: Desk) -> str:
    """Do values.get and its rows count the cells of a spill?"""
    desk.write([[formula("=ARRAYFORMULA(ROW(A1:A3))")]])
    return "yes" if len(desk.values("A1:A9")) == 3 else "no"


@QUESTIONS.about()
def append_below_spill(desk: Desk) -> str:
    """In which row does appendCells write where a spill goes on below the data?"""
    desk.texts([["a"], ["b"]])
    desk.write([[formula("=ARRAYFORMULA(ROW(B1:B9))")]], column=1)
    desk.batch(append_cells(desk.tab, [[text("new")]], "*"))
    found = [row for row, line in enumerate(desk.values("A1:A20"), 1) if line[:1] == ["new"]]
    return f"row {found[0]}" if found else "nowhere"


@QUESTIONS.about("yes", VALUES)
def trailing_blanks(desk: Desk) -> str:
    """Are empty rows and cells at the end left out by values.get?"""
    desk.enter("A1:C3", [["a", "", ""], ["", "", ""], ["", "", ""]])
    return "yes" if desk.values("A1:C3") == [["a"]] else "no"


@QUESTIONS.about("done, nothing changed", REQUESTS)
def find_nothing(desk: Desk) -> str:
    """What does findReplace answer where nothing is found?"""
    asked = {"find": "zq7", "replacement": "zq7", "sheetId": desk.tab, "matchEntireCell": True}
    reply = desk.batch({"findReplace": asked})
    counts = (reply.body.get("replies") or [{}])[0].get("findReplace", {})
    return f"{reply.outcome}, {'something' if any(counts.values()) else 'nothing'} changed"


@QUESTIONS.about()
def value_beside_dropdown(desk: Desk) -> str:
    """Is a value that a strict dropdown does not have taken from the API?"""
    rule = {"condition": one_of(("kyllä", "ei")), "strict": True}
    desk.batch({"setDataValidation": {"range": desk.grid(0, 5, 0, 1), "rule": rule}})
    return desk.write([[text("ehkä")]], fields="userEnteredValue").outcome


@QUESTIONS.about("str", VALUES)
def typed_into_text(desk: Desk) -> str:
    """Does a phone number in a column of texts stay a text when typed?"""
    looks = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    mask = "userEnteredFormat.numberFormat"
    desk.batch({"repeatCell": {"range": desk.grid(0, 5, 0, 1), "cell": looks, "fields": mask}})
    desk.enter("A1", [["0401234567"]], "USER_ENTERED")
    return type(desk.values("A1", valueRenderOption="UNFORMATTED_VALUE")[0][0]).__name__

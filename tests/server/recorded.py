"""What Google answered: facts of gspread's recorded exchanges (2021-2024), told in short.

An exchange is (method, address, body, status, reply). ``<name>`` in a reply is anything, the same
wherever the name is said again; in an address or a body it is what the reply had. ``<book>`` is
the spreadsheet's id.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
Exchange = tuple[str, str, Any, int, Any]

SHEET = "application/vnd.google-apps.spreadsheet"
BOOK = "/v4/spreadsheets/<book>"
WHITE = {"red": 1, "green": 1, "blue": 1}
THEME = [
    ("TEXT", {}),
    ("BACKGROUND", WHITE),
    ("ACCENT1", {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}),
    ("ACCENT2", {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}),
    ("ACCENT3", {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}),
    ("ACCENT4", {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}),
    ("ACCENT5", {"red": 1, "green": 0.42745098, "blue": 0.003921569}),
    ("ACCENT6", {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}),
    ("LINK", {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}),
]


def book(title: str, *sheets: Json, book_id: str = "<book>", **about: Any) -> Json:
    """Return what spreadsheets.get answers."""
    return {
        "spreadsheetId": book_id,
        "properties": {
            "title": title,
            "locale": about.get("locale", "en_US"),
            "autoRecalc": "ON_CHANGE",
            "timeZone": about.get("zone", "Etc/GMT"),
            "defaultFormat": {
                "backgroundColor": WHITE,
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
                "backgroundColorStyle": {"rgbColor": WHITE},
            },
            "spreadsheetTheme": {
                "primaryFontFamily": "Arial",
                "themeColors": [
                    {"colorType": kind, "color": {"rgbColor": color}} for kind, color in THEME
                ],
            },
        },
        "sheets": list(sheets),
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book_id}/edit",
    }


def tab(
    title: str = "Sheet1",
    rows: int = 1000,
    columns: int = 26,
    *,
    number: Any = 0,
    index: int = 0,
    grid: Json | None = None,
    **more: Any,
) -> Json:
    """Return a tab as it stands in spreadsheets.get."""
    about: Json = {"sheetId": number, "title": title, "index": index, "sheetType": "GRID"}
    about["gridProperties"] = {"rowCount": rows, "columnCount": columns, **(grid or {})}
    return {"properties": about, **more}


def box(top: int, bottom: int, left: int, right: int) -> Json:
    """Return a range of the tab whose number is 0, which replies leave out."""
    return {
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def asked(*sides: int) -> Json:
    """Return the same range as requests name it."""
    return {**box(*sides), "sheetId": 0}


def get(reply: Any, query: str = "?includeGridData=false") -> Exchange:
    return ("GET", BOOK + query, None, 200, reply)


def change(request: Json, reply: Json | None = None) -> Exchange:
    """Return a batchUpdate of one request."""
    whole = {"spreadsheetId": "<book>", "replies": [reply or {}]}
    return ("POST", f"{BOOK}:batchUpdate", {"requests": [request]}, 200, whole)


def read(area: str, reply: str, rows: list[Any] | None, query: str = "") -> Exchange:
    """Return a values.get; no rows is no ``values`` at all."""
    how = "COLUMNS" if "COLUMNS" in query else "ROWS"
    whole: Json = {"range": reply, "majorDimension": how}
    if rows is not None:
        whole["values"] = rows
    return ("GET", f"{BOOK}/values/{area}{query}", None, 200, whole)


def written(area: str, rows: int, columns: int, cells: int) -> Json:
    return {
        "spreadsheetId": "<book>",
        "updatedRange": area,
        "updatedRows": rows,
        "updatedColumns": columns,
        "updatedCells": cells,
    }


def write(area: str, rows: Any, reply: Json, how: str = "RAW") -> Exchange:
    address = f"{BOOK}/values/{area}?valueInputOption={how}"
    return ("PUT", address, {"values": rows}, 200, reply)


def append(area: str, body: Json, updates: Json, table: str | None = None) -> Exchange:
    address = f"{BOOK}/values/{area}:append?valueInputOption=RAW&includeValuesInResponse=False"
    found = {"tableRange": table} if table else {}
    return ("POST", address, body, 200, {"spreadsheetId": "<book>", **found, "updates": updates})


CLEAR: Exchange = (
    "POST",
    f"{BOOK}/values/%27Sheet1%27:clear",
    None,
    200,
    {"spreadsheetId": "<book>", "clearedRange": "Sheet1!A1:Z1000"},
)


def scene(title: str, *exchanges: Exchange) -> list[Exchange]:
    """Return exchanges about a spreadsheet that is made for them and deleted after."""
    made = {"kind": "drive#file", "id": "<book>", "name": title, "mimeType": SHEET}
    wanted = {"name": title, "mimeType": SHEET}
    drive = "/drive/v3/files"
    return [
        ("POST", f"{drive}?supportsAllDrives=True", wanted, 200, made),
        get(book(title, tab())),
        *exchanges,
        ("DELETE", f"{drive}/<book>?supportsAllDrives=True", None, 204, None),
    ]

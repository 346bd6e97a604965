"""A spreadsheet in memory: tabs of rows of cells, changed all at once or not at all."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.sheets_server import a1, arrays, defaults, formulas, render
from tests.sheets_server.errors import Refused, invalid

Json = dict[str, Any]
LONGEST_CELL = 50_000
MOST_CELLS = 10_000_000
OBJECTS = (
    "merges",
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "bandedRanges",
    "developerMetadata",
    "rowGroups",
    "columnGroups",
    "tables",
)
"""What a tab holds besides cells; each is a list in ``spreadsheets.get``."""


class Row:
    """One row: cells by column index; a cell is never changed in place, only replaced."""

    __slots__ = ("cells", "hidden", "owner", "size")

    def __init__(
        self, owner: int, cells: dict[int, Json] | None = None, hidden: bool = False, size: int = 21
    ) -> None:
        self.owner = owner
        self.cells = cells if cells is not None else {}
        self.hidden = hidden
        self.size = size

    def copy(self, owner: int) -> Row:
        """Return a copy that another edition of the tab may change."""
        return Row(owner, dict(self.cells), self.hidden, self.size)


@dataclass
class Column:
    """A column's width and visibility, and what its untouched cells below the first row look like."""

    size: int = 100
    hidden: bool = False
    looks: Json = field(default_factory=dict)
    looks_from: int = 0


class Sheet:
    """One tab. ``fork`` gives an edition to change; the other keeps what it had."""

    def __init__(self, properties: Json, rows: int, columns: int) -> None:
        self.edition = 0
        self.properties = properties
        self.rows = [Row(0) for _ in range(rows)]
        self.columns = [Column() for _ in range(columns)]
        self.objects: dict[str, list[Json]] = {name: [] for name in OBJECTS}
        self.basic_filter: Json | None = None
        self.formulas = self.arrays = False
        self._seen: dict[object, Any] | None = None

    def fork(self) -> Sheet:
        """Return an edition of this tab that may be changed without changing this one."""
        twin = Sheet.__new__(Sheet)
        twin.edition = self.edition + 1
        twin.properties = copy.deepcopy(self.properties)
        twin.rows = list(self.rows)
        twin.columns = [Column(c.size, c.hidden, c.looks, c.looks_from) for c in self.columns]
        twin.objects = copy.deepcopy(self.objects)
        twin.basic_filter = copy.deepcopy(self.basic_filter)
        twin.formulas, twin.arrays = self.formulas, self.arrays
        twin._seen = None
        return twin

    def settle(self, like: Sheet | None = None) -> None:
        """Say that this edition changes no more: what is read of it, or of one like it, is kept."""
        self._seen = (like._seen if like else None) or {}

    def read(self, what: object, look: Callable[[], Any]) -> Any:
        """Return what ``look`` finds; once only, where neither a change nor a formula makes it another."""
        if self._seen is None or self.formulas:
            return look()
        if what not in self._seen:
            self._seen[what] = look()
        return self._seen[what]

    def end(self, top: int, bottom: int) -> int:
        """Return the index after the last row from ``top`` to ``bottom`` that holds a cell."""
        while bottom > top and not self.rows[bottom - 1].cells:
            bottom -= 1
        return bottom

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def sheet_id(self) -> int:
        return int(self.properties["sheetId"])

    def own(self, index: int) -> Row:
        """Return a row that may be changed."""
        row = self.rows[index]
        if row.owner != self.edition:
            row = self.rows[index] = row.copy(self.edition)
        return row

    def cell(self, row: int, column: int) -> Json:
        """Return a cell as it is, with its column's looks where it has none of its own."""
        own = self.rows[row].cells.get(column)
        looks = self.columns[column].looks
        if not looks or row < self.columns[column].looks_from:
            return own or {}
        return {**looks, **own} if own else looks

    def put(self, row: int, column: int, cell: Json) -> None:
        """Replace a cell."""
        entered = cell.get("userEnteredValue", {})
        text = entered.get("stringValue", entered.get("formulaValue", ""))
        if len(text) > LONGEST_CELL:
            raise invalid(
                f"Your input contains more than the maximum of {LONGEST_CELL} characters in a "
                "single cell."
            )
        if formula := entered.get("formulaValue"):
            self.formulas = True
            self.arrays = self.arrays or arrays.is_array(formula)
        cells = self.own(row).cells
        if cell or self.columns[column].looks:
            cells[column] = cell
        else:
            cells.pop(column, None)

    def has_value(self, row: int, column: int) -> bool:
        """Whether something was entered in a cell."""
        return bool(self.rows[row].cells.get(column, {}).get("userEnteredValue"))

    def last_row(self) -> int:
        """Return the index after the last row with data, an array formula's results too."""
        filled = arrays.last_spilled(self)
        for index in range(len(self.rows) - 1, filled - 1, -1):
            cells = self.rows[index].cells
            if cells and any(cell.get("userEnteredValue") for cell in cells.values()):
                return index + 1
        return filled

    def grow(self, rows: int, columns: int) -> None:
        """Make the grid at least so large."""
        if rows > len(self.rows):
            self.rows += [Row(self.edition) for _ in range(rows - len(self.rows))]
        if columns > len(self.columns):
            self.columns += [Column() for _ in range(columns - len(self.columns))]

    def bounded(self, area: a1.Area) -> tuple[int, int, int, int]:
        """Return an area's top, bottom, left and right within the grid."""
        bottom = len(self.rows) if area.bottom is None else min(area.bottom, len(self.rows))
        right = len(self.columns) if area.right is None else min(area.right, len(self.columns))
        return area.top, max(bottom, area.top), area.left, max(right, area.left)

    def shown_properties(self) -> Json:
        """Return the properties as spreadsheets.get has them."""
        grid = {
            "rowCount": len(self.rows),
            "columnCount": len(self.columns),
            **{k: v for k, v in self.properties.get("gridProperties", {}).items() if v},
        }
        kept = {
            name: value
            for name, value in self.properties.items()
            if value or name in ("sheetId", "index")
        }
        return {**kept, "gridProperties": grid}


class Spreadsheet:
    """A spreadsheet, who may use it, and its tabs in order."""

    def __init__(
        self,
        title: str,
        *,
        owner: str,
        locale: str = "fi_FI",
        time_zone: str = "Europe/Helsinki",
        first: str = "Taulukko1",
    ) -> None:
        self.id = _new_key()
        self.properties: Json = defaults.properties(title, locale, time_zone)
        self.roles: dict[str, str] = {owner: "owner"}
        self.named_ranges: list[Json] = []
        self.sheets: list[Sheet] = [Sheet(_new(0, first, 0), 1000, 26)]
        self.version = 1
        self.shown = True

    def twin(self) -> Spreadsheet:
        """Return another spreadsheet with the same content, for the same accounts."""
        twin = copy.copy(self)
        twin.id = _new_key()
        twin.properties = copy.deepcopy(self.properties)
        twin.roles = dict(self.roles)
        twin.named_ranges = copy.deepcopy(self.named_ranges)
        twin.sheets = [sheet.fork() for sheet in self.sheets]
        for mine, its in zip(self.sheets, twin.sheets, strict=True):
            its.settle(mine)
        return twin

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    @property
    def url(self) -> str:
        """Return the address that people open it by."""
        return f"https://docs.google.com/spreadsheets/d/{self.id}/edit"

    def share(self, account: str, role: str | None) -> None:
        """Let an account write, read, or neither."""
        if role is None:
            self.roles.pop(account, None)
        else:
            self.roles[account] = role

    def sheet(self, sheet_id: int, where: str = "") -> Sheet:
        """Return the tab of this number."""
        for sheet in self.sheets:
            if sheet.sheet_id == sheet_id:
                return sheet
        raise invalid(f"{where}No grid with id: {sheet_id}")

    def titled(self, title: str) -> Sheet:
        """Return the tab of this title."""
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        raise invalid(f"Unable to parse range: {title}")

    def area(self, text: str) -> a1.Area:
        """Return the area that A1 notation names."""
        names = {}
        for named in self.named_ranges:
            area = named["range"]
            names[named["name"]] = a1.Area(
                self.sheet(area.get("sheetId", 0)).title,
                area.get("startRowIndex", 0),
                area.get("endRowIndex"),
                area.get("startColumnIndex", 0),
                area.get("endColumnIndex"),
            )
        return a1.parse(text, [sheet.title for sheet in self.sheets], names)

    def entered(self, sheet: Sheet, row: int, column: int) -> Json:
        """Return what was entered in a cell ({} where nothing was)."""
        found: Json = sheet.rows[row].cells.get(column, {}).get("userEnteredValue", {})
        return found

    def effective(self, sheet: Sheet, row: int, column: int, depth: int = 0) -> Json:
        """Return a cell's value, formulas calculated."""
        entered = self.entered(sheet, row, column)
        if "formulaValue" not in entered:
            return entered
        return self.calculated(sheet, arrays.single(str(entered["formulaValue"])), depth)

    def calculated(self, sheet: Sheet, formula: str, depth: int = 0) -> Json:
        """Return what a formula in a tab comes to."""
        if depth > 40:
            return {"errorValue": {"type": "REF", "message": "Circular dependency detected."}}

        def look(reference: str) -> list[Json]:
            text = reference.replace("$", "")
            if "!" not in text:
                text = f"{a1.quoted(sheet.title)}!{text}"
            area = self.area(text)
            other = self.titled(area.sheet)
            top, bottom, left, right = other.bounded(area)
            return [
                self.effective(other, r, c, depth + 1)
                for r in range(top, bottom)
                for c in range(left, right)
            ]

        try:
            return formulas.evaluate(formula, look)
        except Refused:
            return {"errorValue": {"type": "REF", "message": "Reference does not exist."}}

    def formatted(self, sheet: Sheet, row: int, column: int, spilled: Json | None = None) -> str:
        """Return how a cell is shown; ``spilled`` is its value where it holds none itself."""
        value = spilled or self.effective(sheet, row, column)
        looks = sheet.cell(row, column).get("userEnteredFormat", {})
        return render.shown(value, looks.get("numberFormat", {}), self.locale)

    def check_size(self) -> None:
        """Refuse to grow over Google's limit."""
        if sum(len(s.rows) * len(s.columns) for s in self.sheets) > MOST_CELLS:
            raise invalid(
                "This action would increase the number of cells in the workbook above the limit "
                f"of {MOST_CELLS} cells."
            )

    def in_order(self) -> None:
        """Give the tabs their indexes."""
        for index, sheet in enumerate(self.sheets):
            sheet.properties["index"] = index

    def protected(
        self, sheet: Sheet, top: int, bottom: int, left: int, right: int
    ) -> Iterator[Json]:
        """Yield the protections that an area touches."""
        for protection in sheet.objects["protectedRanges"]:
            area = protection.get("range", {})
            if (
                area.get("startRowIndex", 0) < bottom
                and top < area.get("endRowIndex", len(sheet.rows))
                and area.get("startColumnIndex", 0) < right
                and left < area.get("endColumnIndex", len(sheet.columns))
            ):
                yield protection

    def keeps_out(self, protection: Json, account: str) -> bool:
        """Whether an account may not edit what a protection is about."""
        editors = protection.get("editors", {}).get("users", [])
        owner = self.roles.get(account) == "owner"
        return not (protection.get("warningOnly") or owner or account in editors)


def _new_key() -> str:
    return secrets.token_urlsafe(33)[:44].replace("-", "A")


def _new(sheet_id: int, title: str, index: int) -> Json:
    return {"sheetId": sheet_id, "title": title, "index": index, "sheetType": "GRID"}


def new_sheet(book: Spreadsheet, wanted: Json, where: str) -> Sheet:
    """Return a tab as addSheet asks for it."""
    taken = {sheet.sheet_id for sheet in book.sheets}
    sheet_id = wanted.get("sheetId")
    if sheet_id is None:
        sheet_id = secrets.randbelow(2**31)
    elif sheet_id in taken:
        raise invalid(
            f"{where}Sheet ID {sheet_id} already exists. Please enter another ID or do not set one."
        )
    title = wanted.get("title")
    if title is None:
        name, number = defaults.tab_name(book.locale), len(book.sheets) + 1
        while any(sheet.title == f"{name}{number}" for sheet in book.sheets):
            number += 1
        title = f"{name}{number}"
    unique(book, title, where)
    index = min(int(wanted.get("index", len(book.sheets))), len(book.sheets))
    grid = dict(wanted.get("gridProperties", {}))
    rows, columns = grid.pop("rowCount", 1000), grid.pop("columnCount", 26)
    properties = _new(int(sheet_id), title, index) | {
        k: v for k, v in wanted.items() if k not in ("sheetId", "title", "index", "gridProperties")
    }
    properties["gridProperties"] = grid
    return Sheet(properties, rows, columns)


def unique(book: Spreadsheet, title: str, where: str, but: Sheet | None = None) -> None:
    """Refuse a title that a tab has; Google compares without regard to case."""
    for sheet in book.sheets:
        if sheet is not but and sheet.title.casefold() == title.casefold():
            raise invalid(
                f'{where}A sheet with the name "{title}" already exists. Please enter another name.'
            )

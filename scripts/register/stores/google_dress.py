"""The look of a Google Sheet's tabs, as requests; the same look as the workbook's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from register.book.schema import Column, Language, Tab, schema
from register.stores import looks
from register.stores.google_cells import Json, append_cells, cell_of, number_format
from register.stores.google_requests import area_of, new_sheet, one_of, span_of, write_block
from register.stores.layout import first_rows

_ROWS = 2000
"""Number of rows of a new tab; it grows by itself."""
_PIXELS = 7
"""The width of a character in pixels."""
_PRESENT: Mapping[Language, str] = {"fi": "Voimassa olevat", "sv": "Gällande", "en": "Current"}
"""The title of the filter view without merged and archived rows."""
INCOMPLETE_VIEWS: Mapping[Language, str] = {
    "fi": "Kesken",
    "sv": "Ofullständiga",
    "en": "Incomplete",
}
"""The title of the filter view of only the rows that lack something."""

_GUIDE_FIELDS = (
    "userEnteredValue,userEnteredFormat(textFormat,wrapStrategy,verticalAlignment,numberFormat)"
)


def add_tab(
    sheet_id: int, tab: Tab, language: Language, index: int, notes: Mapping[tuple[str, str], str]
) -> Iterator[Json]:
    """Yield the requests that make a register tab: headers, formats, dropdowns, first rows."""
    rows = list(first_rows(tab, language))
    frozen = {"frozenRowCount": 1, "frozenColumnCount": 2 if tab.letter else 0}
    size = max(_ROWS, len(rows) + 1), len(tab.columns)
    more: Json = {"index": index}
    if tab.key == "review":
        more["tabColorStyle"] = {"rgbColor": rgb(looks.REVIEW_TAB)}
    yield new_sheet(sheet_id, tab.titles[language], *size, grid=frozen, **more)
    yield from _dressed(sheet_id, tab, tab.columns, 0, language, notes)
    yield from fold_columns(sheet_id, tab, [column.key for column in tab.columns])
    if rows:
        lines = [[cell_of(c, row.get(c.key, ""), language) for c in tab.columns] for row in rows]
        fields = "userEnteredValue,userEnteredFormat.numberFormat"
        yield write_block(sheet_id, 1, 0, lines, fields)
    for number, look in enumerate(looks.highlights(tab, language)):
        yield _highlight(sheet_id, tab, look, number)
    keys = [column.key for column in tab.columns]
    if "status" in keys:
        gone = ("merged", "archived")
        yield _view(sheet_id, keys, language, _PRESENT[language], without=gone)
        yield add_incomplete_view(sheet_id, keys, language)


def add_incomplete_view(sheet_id: int, keys: Sequence[str], language: Language) -> Json:
    """Return the request for the filter view of incomplete rows; ``keys`` are the tab's columns."""
    others = [key for key in schema().enum("row_status").labels if key != "incomplete"]
    title = INCOMPLETE_VIEWS[language]
    return _view(sheet_id, keys, language, title, without=(*others, ""))


def incomplete_view(filter_views: Mapping[str, int]) -> int:
    """Return the id of a tab's filter view of incomplete rows; 0 if it has none."""
    titles = INCOMPLETE_VIEWS.values()
    return next((filter_views[title] for title in titles if title in filter_views), 0)


def add_columns(
    sheet_id: int,
    tab: Tab,
    columns: Sequence[Column],
    used: int,
    width: int,
    language: Language,
    notes: Mapping[tuple[str, str], str],
) -> Iterator[Json]:
    """Yield the requests that add columns after the ``used`` ones of a tab.

    ``width`` is the number of columns in the tab's grid.
    """
    if (more := used + len(columns) - width) > 0:
        yield {"appendDimension": {"sheetId": sheet_id, "dimension": "COLUMNS", "length": more}}
    yield from _dressed(sheet_id, tab, columns, used, language, notes)


def fold_columns(sheet_id: int, tab: Tab, keys: Sequence[str]) -> Iterator[Json]:
    """Yield the requests that collapse columns of a wide tab; ``keys`` are in sheet order."""
    for start, end in looks.folded_runs(tab, keys):
        area = span_of(sheet_id, "COLUMNS", start, end)
        group = {"range": area, "depth": 1, "collapsed": True}
        yield {"addDimensionGroup": {"range": area}}
        yield {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}}


def add_guide(
    sheet_id: int, title: str, index: int, guide: Sequence[Sequence[str]]
) -> Iterator[Json]:
    """Yield the requests that make the guide.

    Its rows are ``["# Heading"]``, ``["a paragraph"]`` or ``["what", "how"]``.
    """
    plain = {"hideGridlines": True}
    yield new_sheet(sheet_id, title, len(guide) + 10, 2, grid=plain, index=index)
    yield width_of(sheet_id, 0, 230)
    yield width_of(sheet_id, 1, 720)
    if lines := [_guide_cells(row, first=n == 0) for n, row in enumerate(guide)]:
        yield write_block(sheet_id, 0, 0, lines, _GUIDE_FIELDS)
    for number, row in enumerate(guide):
        if len(row) == 1 and row[0] and not row[0].startswith("#"):
            area = area_of(sheet_id, rows=(number, number + 1), columns=(0, 2))
            yield {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}
    yield _protect(area_of(sheet_id))


def append_guide_rows(sheet_id: int, rows: Sequence[Sequence[str]]) -> Json:
    """Return the request that writes rows of the guide below the existing ones."""
    return append_cells(sheet_id, [_guide_cells(row, first=False) for row in rows], _GUIDE_FIELDS)


def _guide_cells(row: Sequence[str], *, first: bool) -> list[Json]:
    heading = bool(row) and row[0].startswith("#")
    cells: list[Json] = []
    for column, text in enumerate(row):
        font: Json = {}
        if heading:
            colour = {"rgbColor": rgb(looks.INK)}
            font = {"bold": True, "fontSize": 18 if first else 13, "foregroundColorStyle": colour}
        elif column == 0 and len(row) > 1:
            font = {"bold": True}
        shown = text.lstrip("# ") if heading else text
        looked = {
            "textFormat": font,
            "wrapStrategy": "OVERFLOW_CELL" if heading else "WRAP",
            "verticalAlignment": "BOTTOM" if heading else "TOP",
        }
        cell = cell_of(None, shown, "fi")
        cell["userEnteredFormat"] |= looked
        cells.append(cell)
    return cells


def _dressed(
    sheet_id: int,
    tab: Tab,
    columns: Sequence[Column],
    first: int,
    language: Language,
    notes: Mapping[tuple[str, str], str],
) -> Iterator[Json]:
    """Yield the requests for columns from index ``first``: header, width, format, dropdown."""
    headers = [
        _header(column, language, notes.get((tab.key, column.key), "")) for column in columns
    ]
    fields = "userEnteredValue,userEnteredFormat,note"
    yield write_block(sheet_id, 0, first, [headers], fields)
    for index, column in enumerate(columns, start=first):
        width = 10 if column.type == "id" else column.width
        yield width_of(sheet_id, index, width * _PIXELS + 12)
        area = area_of(sheet_id, rows=(1, None), columns=(index, index + 1))
        cell = {"userEnteredFormat": _look(tab, column)}
        yield {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat"}}
        if rule := _dropdown(column, language):
            yield {"setDataValidation": {"range": area, "rule": rule}}
    for start, end in _spans(columns):
        yield _protect(area_of(sheet_id, columns=(first + start, first + end)))


def _header(column: Column, language: Language, note: str) -> Json:
    ink, paper = (looks.INK, looks.HEADER_GREY) if column.tool else (looks.PAPER, looks.INK)
    font = {"bold": True, "foregroundColorStyle": {"rgbColor": rgb(ink)}}
    cell: Json = {
        "userEnteredValue": {"stringValue": column.headers[language]},
        "userEnteredFormat": {
            "numberFormat": number_format(None),
            "backgroundColorStyle": {"rgbColor": rgb(paper)},
            "textFormat": font,
            "verticalAlignment": "MIDDLE",
            "wrapStrategy": "WRAP",
        },
    }
    return {**cell, "note": note} if note else cell


def _look(tab: Tab, column: Column) -> Json:
    look: Json = {
        "numberFormat": number_format(column),
        "verticalAlignment": "TOP",
        "wrapStrategy": "WRAP" if looks.wraps_text(tab, column) else "CLIP",
    }
    if column.tool:
        look["backgroundColorStyle"] = {"rgbColor": rgb(looks.GREY)}
        colour = {"rgbColor": rgb(looks.tool_ink(tab, column))}
        look["textFormat"] = {"foregroundColorStyle": colour}
        if looks.is_link(tab, column):
            look["textFormat"]["underline"] = True
    return look


def _dropdown(column: Column, language: Language) -> Json | None:
    offered = looks.dropdown(column, language)
    if offered is None:
        return None
    if offered.block:
        formula = "=" + looks.choices_range(offered.block, language)
        condition: Json = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": formula}]}
    else:
        condition = one_of(offered.labels)
    return {"condition": condition, "strict": offered.closed, "showCustomUi": True}


def _highlight(sheet_id: int, tab: Tab, look: looks.Highlight, index: int) -> Json:
    columns = (0, len(tab.columns))
    if look.column:
        at = [column.key for column in tab.columns].index(look.column)
        columns = (at, at + 1)
    shown: Json = {}
    if look.fill:
        shown["backgroundColorStyle"] = {"rgbColor": rgb(look.fill)}
    if look.ink:
        colour = {"rgbColor": rgb(look.ink)}
        shown["textFormat"] = {"foregroundColorStyle": colour, "italic": look.italic}
    formula = {"userEnteredValue": f"={look.formula}"}
    rule = {
        "ranges": [area_of(sheet_id, rows=(1, None), columns=columns)],
        "booleanRule": {
            "condition": {"type": "CUSTOM_FORMULA", "values": [formula]},
            "format": shown,
        },
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def _view(
    sheet_id: int, keys: Sequence[str], language: Language, title: str, *, without: Iterable[str]
) -> Json:
    """Return the request for a filter view that hides rows of these statuses; '' for no status."""
    labels = schema().enum("row_status")
    hidden = [labels.label(key, language) if key else "" for key in without]
    spec = {"columnIndex": keys.index("status"), "filterCriteria": {"hiddenValues": hidden}}
    area = area_of(sheet_id, rows=(0, None), columns=(0, len(keys)))
    return {"addFilterView": {"filter": {"title": title, "range": area, "filterSpecs": [spec]}}}


def _protect(area: Json) -> Json:
    """Return a protection that only warns: people are never locked out of their own sheet."""
    protected = {"range": area, "description": "Verkosto", "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protected}}


def width_of(sheet_id: int, index: int, pixels: int) -> Json:
    """Return the request that sets a column's width in pixels."""
    span = span_of(sheet_id, "COLUMNS", index, index + 1)
    width = {"range": span, "properties": {"pixelSize": pixels}, "fields": "pixelSize"}
    return {"updateDimensionProperties": width}


def _spans(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Yield the runs of adjacent tool columns as ``(first, end)``, the end exclusive."""
    start = None
    for index, column in enumerate(columns):
        if column.tool and start is None:
            start = index
        if not column.tool and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(columns)


def rgb(colour: str) -> Json:
    """Return a colour such as ``1F3A5F`` as its red, green and blue parts, from 0 to 1."""
    names = ("red", "green", "blue")
    return {n: int(colour[i : i + 2], 16) / 255 for n, i in zip(names, (0, 2, 4), strict=True)}

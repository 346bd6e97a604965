"""updateBorders: the sides of a range's cells, outer and inner."""

from __future__ import annotations

from tests.sheets_server.batch import Batch, handles
from tests.sheets_server.cells import merged
from tests.sheets_server.engine import Json


@handles("updateBorders")
def update_borders(batch: Batch, body: Json) -> Json:
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    batch.may_edit(sheet, top, bottom, left, right)
    for row in range(top, bottom):
        for column in range(left, right):
            sides = {
                "top": body.get("top" if row == top else "innerHorizontal"),
                "bottom": body.get("bottom" if row == bottom - 1 else "innerHorizontal"),
                "left": body.get("left" if column == left else "innerVertical"),
                "right": body.get("right" if column == right - 1 else "innerVertical"),
            }
            given = {
                name: {} if line.get("style") == "NONE" else line
                for name, line in sides.items()
                if line is not None
            }
            paths = [("userEnteredFormat", "borders", name) for name in given]
            new = {"userEnteredFormat": {"borders": given}}
            sheet.put(row, column, merged(sheet.cell(row, column), new, paths))
    return {}

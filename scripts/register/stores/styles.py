"""The workbook's number formats: which cell styles show dates, and adding styles that do."""

import re

from defusedxml import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CELL_XFS = re.compile(rb"<((?:\w+:)?)cellXfs\b[^>]*>.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(rb"<(?:\w+:)?xf\b[^>]*?(?:/>|>.*?</(?:\w+:)?xf>)", re.DOTALL)

_FORMATS = {"date": 14, "timestamp": 22, "time": 20}
"""The built-in formats for a day, a moment and a time of day (ECMA-376 Part 1, 18.8.30)."""


class Styles:
    """``xl/styles.xml``: knows which styles show dates, and adds date styles on request."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        root = ElementTree.fromstring(xml, forbid_dtd=True)
        custom = {
            int(one.get("numFmtId", "0")): one.get("formatCode", "")
            for one in root.iter(f"{_MAIN}numFmt")
        }
        cells = root.find(f"{_MAIN}cellXfs")
        self._formats = [
            int(xf.get("numFmtId", "0")) for xf in (cells if cells is not None else ())
        ]
        self._custom = custom
        self._added: dict[tuple[int | None, str], int] = {}

    def shows_dates(self, style: int | None) -> bool:
        """Return True if a cell of this style shows a number as a date or a time."""
        if style is None or style >= len(self._formats):
            return False
        number = self._formats[style]
        if number in _BUILT_IN:
            return True
        code = _LITERAL.sub("", self._custom.get(number, "")).casefold()
        return any(letter in code for letter in "dyh") or "mm" in code

    def dated(self, style: int | None, kind: str) -> int | None:
        """Return this style if it shows dates, else a similar one that does, added if needed."""
        if self.shows_dates(style):
            return style
        key = (style, kind)
        if key not in self._added:
            self._added[key] = self._add(style or 0, _FORMATS[kind])
        return self._added[key]

    def _add(self, base: int, number_format: int) -> int:
        found = _CELL_XFS.search(self.xml)
        if found is None:
            return base
        all_xf = _XF.findall(found[0])
        xf = all_xf[base] if base < len(all_xf) else all_xf[0]
        head, rest = re.match(rb"(<[^>]*?)(/?>.*)", xf, re.DOTALL).groups()  # type: ignore[union-attr]
        head = re.sub(rb'\s(?:numFmtId|applyNumberFormat)="[^"]*"', b"", head)
        head += f' numFmtId="{number_format}" applyNumberFormat="1"'.encode()
        end = found.end() - len(b"</" + found[1] + b"cellXfs>")
        xml = self.xml[:end] + head + rest + self.xml[end:]
        count = f'count="{len(all_xf) + 1}"'.encode()
        tag_end = xml.index(b">", found.start())
        tag = re.sub(rb'count="\d*"', count, xml[found.start() : tag_end])
        self.xml = xml[: found.start()] + tag + xml[tag_end:]
        self._formats.append(number_format)
        return len(self._formats) - 1

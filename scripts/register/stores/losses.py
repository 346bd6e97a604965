"""Names what saving an existing workbook with openpyxl would lose, so that it is not done."""

import re

from register.book.phrase import Phrase
from register.stores.package import Package
from register.stores.sheet_xml import has_formulas

_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml|"
    r"xl/(workbook|styles|sharedStrings|calcChain|metadata)\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/theme/.*|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/.*|xl/comments[^/]*|xl/comments/.*|"
    r"xl/drawings/vmlDrawing[^/]*|xl/drawings/commentsDrawing[^/]*|xl/tables/.*|"
    r"xl/printerSettings/.*|xl/externalLinks/.*"
)
_KIND_NAMES = {
    "xl/threadedComments/": "threaded comments ({parts})",
    "xl/persons/": "threaded comments ({parts})",
    "xl/pivot": "pivot tables ({parts})",
    "xl/charts/": "charts ({parts})",
    "xl/drawings/": "drawings ({parts})",
    "xl/media/": "pictures ({parts})",
    "xl/vbaProject": "macros ({parts})",
    "xl/slicer": "slicers ({parts})",
    "xl/queryTables/": "data queries ({parts})",
    "xl/connections": "data queries ({parts})",
    "customXml/": "custom data ({parts})",
    "": "other parts ({parts})",
}
"""The sentences (msgids) about parts of a workbook, by the start of their names."""

_CACHED = re.compile(rb"</(?:\w+:)?f>\s*<(?:\w+:)?v>|<(?:\w+:)?f\b[^>]*/>\s*<(?:\w+:)?v>")
_EXTENSION = re.compile(rb"<(?:\w+:)?extLst\b")


def openpyxl_losses(package: Package) -> tuple[Phrase, ...]:
    """Return a sentence for each kind of content in this workbook that openpyxl would not keep."""
    found: dict[str, list[str]] = {}
    for name, part in package.parts.items():
        if not (_KEPT.fullmatch(name) or _is_empty_drawing(name, part)):
            kind = next(kind for start, kind in _KIND_NAMES.items() if name.startswith(start))
            found.setdefault(kind, []).append(name)
    lost: list[Phrase] = [
        (kind, {"parts": ", ".join(sorted(names)[:3])}) for kind, names in found.items()
    ]
    for title, sheet in package.sheets.items():
        xml = package.parts[sheet]
        if has_formulas(xml) and (count := len(_CACHED.findall(xml))):
            values = {"tab": title, "count": count}
            lost.append(("{tab}: the stored results of {count} formulas", values))
        if _EXTENSION.search(xml):
            lost.append(("{tab}: settings of a newer Excel (extLst)", {"tab": title}))
    return tuple(lost)


def _is_empty_drawing(name: str, part: bytes) -> bool:
    """Return True for a drawing without content, which LibreOffice adds to most sheets."""
    return name.startswith("xl/drawings/drawing") and b"Anchor" not in part

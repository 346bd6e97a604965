"""Finds and changes the notes of a sheet in the package: comments, their boxes, and relations.

Excel keeps a note in two parts: its text in ``comments*.xml`` and its box in ``vmlDrawing*.vml``.
The sheet's relations name both (ECMA-376 Part 1, 18.7, and Part 4, 19: VML).
"""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from defusedxml import ElementTree

from register.stores.comments_xml import EMPTY, NotedCell, put_notes_xml, read_notes
from register.stores.sheet_xml import splice_bytes, unreadable_part

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER = frozenset(
    (
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
        *("webPublishItems", "tableParts", "extLst"),
    )
)
"""The elements of a sheet that come after ``legacyDrawing``."""

_SHAPE = re.compile(rb"<(\w+):shape\b(?:(?!<\1:shape\b).)*?</\1:shape>\s*", re.DOTALL)
_ROW = re.compile(rb"(?<=:Row>)\s*(\d{1,7})(?=\s*<)")
_COLUMN = re.compile(rb"(?<=:Column>)\s*(\d{1,5})(?=\s*<)")
_ANCHOR = re.compile(rb"(:Anchor>)([^<]+)")
_NOTED = re.compile(rb'(<(?:\w+:)?(?:comment|threadedComment)\b[^>]*?\sref="[A-Z]{1,3})(\d+)(")')
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml"'
    b' xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_SHAPE_TYPE = (
    b'<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml"'
    b' xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600"'
    b' o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    type: str
    target: str
    mode: str = ""


def notes_of(parts: Mapping[str, bytes], sheet: str) -> dict[NotedCell, str]:
    """Return the program's notes of a sheet by ``(row, column)``, counted from 1."""
    found = part_of_sheet(parts, sheet, "comments")
    return read_notes(parts[found]) if found else {}


def put_notes(
    parts: MutableMapping[str, bytes], sheet: str, wanted: Mapping[NotedCell, str]
) -> None:
    """Write the program's notes into a sheet of the package; '' removes a note."""
    comments = part_of_sheet(parts, sheet, "comments")
    if not comments:
        if not any(wanted.values()):
            return
        comments = _new_name(parts, "xl/comments{}.xml")
        parts[comments] = EMPTY
        _declare(parts, comments)
        _relate(parts, sheet, "comments", comments)
    parts[comments], gained, lost = put_notes_xml(parts[comments], wanted)
    boxes = part_of_sheet(parts, sheet, "vmlDrawing", _legacy_id(parts[sheet]))
    if not boxes:
        if not gained:
            return
        boxes = _new_name(parts, "xl/drawings/vmlDrawing{}.vml")
        parts[boxes] = _VML
        _declare(parts, boxes)
        parts[sheet] = _with_drawing(parts[sheet], _relate(parts, sheet, "vmlDrawing", boxes))
    parts[boxes] = _boxed(parts[boxes], gained, lost)


def move_notes(parts: MutableMapping[str, bytes], sheet: str, numbers: Mapping[int, int]) -> None:
    """Move the notes of rows that get new ``numbers``, including people's notes and replies.

    Each note's box keeps its position next to its cell.
    """
    for kind in ("comments", "threadedComment"):
        if name := part_of_sheet(parts, sheet, kind):
            parts[name] = _NOTED.sub(
                lambda one: one[1] + _renumbered(one[2], numbers) + one[3], parts[name]
            )

    def moved(found: re.Match[bytes]) -> bytes:
        row = _ROW.search(found[0])
        new = numbers.get(int(row[1]) + 1) if row else None
        if row is None or new is None or not _COLUMN.search(found[0]):
            return found[0]
        down = new - 1 - int(row[1])
        box = _ANCHOR.sub(lambda one: one[1] + _anchored(one[2], down), found[0])
        return _ROW.sub(str(new - 1).encode(), box)

    if boxes := part_of_sheet(parts, sheet, "vmlDrawing", _legacy_id(parts[sheet])):
        parts[boxes] = _SHAPE.sub(moved, parts[boxes])


def _renumbered(row: bytes, numbers: Mapping[int, int]) -> bytes:
    return str(numbers.get(int(row), int(row))).encode()


def _anchored(anchor: bytes, down: int) -> bytes:
    """Return a box's anchor moved ``down`` rows; its third and seventh numbers are rows."""
    places = anchor.split(b",")
    for n in (2, 6) if len(places) == 8 else ():
        places[n] = b" " + str(max(0, int(places[n]) + down)).encode()
    return b",".join(places)


def _boxed(vml: bytes, gained: set[NotedCell], lost: set[NotedCell]) -> bytes:
    def kept(found: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(found[0]), _COLUMN.search(found[0])
        here = (int(row[1]) + 1, int(column[1]) + 1) if row and column else (0, 0)
        return b"" if here in lost else found[0]

    if lost:
        vml = _SHAPE.sub(kept, vml)
    last = max((int(n) for n in _NUMBER.findall(vml)), default=1024)
    new = [] if b'id="_x0000_t202"' in vml else [_SHAPE_TYPE]
    new += [_box(number, *cell) for number, cell in enumerate(sorted(gained), start=last + 1)]
    end = vml.rfind(b"</xml>")
    if end < 0:
        raise unreadable_part()
    return vml[:end] + b"".join(new) + vml[end:] if gained else vml


def _box(number: int, row: int, column: int) -> bytes:
    anchor = f"{column}, 15, {max(row - 2, 0)}, 10, {column + 4}, 15, {row + 4}, 4"
    return (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
        f' id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:260pt;'
        f'height:90pt;z-index:{number - 1023};visibility:hidden" fillcolor="#fff1cc"'
        ' o:insetmode="auto"><v:fill color2="#fff1cc"/><v:shadow on="t" color="black"'
        ' obscured="t"/><v:path o:connecttype="none"/><v:textbox'
        ' style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    ).encode()


def _relations(parts: Mapping[str, bytes], sheet: str) -> list[_Relation]:
    xml = parts.get(_rels_name(sheet))
    if xml is None:
        return []
    try:
        root = ElementTree.fromstring(xml, forbid_dtd=True)
    except ElementTree.ParseError as fault:
        raise unreadable_part() from fault
    return [
        _Relation(*(one.get(name, "") for name in ("Id", "Type", "Target", "TargetMode")))
        for one in root.iter(f"{{{_RELATIONS}}}Relationship")
    ]


def part_of_sheet(parts: Mapping[str, bytes], sheet: str, kind: str, wanted: str = "") -> str:
    """Return the name of the part that a sheet's relation of this kind leads to, or ''.

    ``wanted`` is the id of the relation; '' accepts the first one.
    """
    for one in _relations(parts, sheet):
        if one.type.rpartition("/")[2] == kind and (not wanted or one.id == wanted):
            absolute = one.target.startswith("/")
            name = one.target.lstrip("/") if absolute else join(dirname(sheet), one.target)
            if normpath(name) in parts:
                return normpath(name)
    return ""


def _relate(parts: MutableMapping[str, bytes], sheet: str, kind: str, target: str) -> str:
    """Add a relation to a sheet and return the relation's id."""
    known = _relations(parts, sheet)
    taken = {one.id for one in known}
    new_id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    known.append(_Relation(new_id, f"{_RELATION}/{kind}", f"/{target}"))
    lines = "".join(
        f"<Relationship Id={quoteattr(one.id)} Type={quoteattr(one.type)}"
        f" Target={quoteattr(one.target)}"
        + (f" TargetMode={quoteattr(one.mode)}" if one.mode else "")
        + "/>"
        for one in known
    )
    text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    text += f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'
    parts[_rels_name(sheet)] = text.encode()
    return new_id


def _declare(parts: MutableMapping[str, bytes], name: str) -> None:
    """Add a new part to the package's list of content types."""
    xml = parts[_CONTENT]
    root = ElementTree.fromstring(xml, forbid_dtd=True)
    vml = name.endswith(".vml")
    if vml and any(one.get("Extension") == "vml" for one in root.iter(f"{{{_TYPES}}}Default")):
        return
    element = (
        f'<Default xmlns="{_TYPES}" Extension="vml" ContentType="{_VML_TYPE}"/>'
        if vml
        else f'<Override xmlns="{_TYPES}" PartName="/{name}" ContentType="{_COMMENTS_TYPE}"/>'
    ).encode()
    end = re.search(rb"</(?:\w+:)?Types\s*>\s*$", xml)
    if end is None:
        raise unreadable_part()
    parts[_CONTENT] = xml[: end.start()] + element + xml[end.start() :]


def _legacy_id(xml: bytes) -> str:
    """Return the relation id of the sheet's ``legacyDrawing``, or ''."""
    found = re.search(rb"<(?:\w+:)?legacyDrawing\s[^>]*?\b\w+:id=[\"']([^\"']+)[\"']", xml)
    return found[1].decode("utf-8", "replace") if found else ""


def _with_drawing(xml: bytes, relation: str) -> bytes:
    """Return a sheet's XML with a ``legacyDrawing`` element at the place that the schema sets."""
    depth, place = 0, -1
    # The rows are most of the sheet and hold none of these elements: they are not parsed.
    start_of_rows, end_of_rows = xml.find(b"<row"), xml.rfind(b"</row>") + len(b"</row>")
    cut = max(0, end_of_rows - start_of_rows) if start_of_rows >= 0 else 0
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal depth, place
        depth += 1
        if depth == 2 and place < 0 and name.rpartition(" ")[2] in _AFTER:
            place = parser.CurrentByteIndex

    def end(_: str) -> None:
        nonlocal depth, place
        depth -= 1
        if depth == 0 and place < 0:
            place = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(xml[:start_of_rows] + xml[end_of_rows:] if cut else xml, True)
    place += cut
    prefix = re.match(rb"</?([\w.\-]+:)?(\w+)", xml[place : place + 80])
    name = ((prefix[1] or b"") if prefix else b"") + b"legacyDrawing"
    element = b"<" + name + f' xmlns:r="{_RELATION}" r:id="{relation}"/>'.encode()
    return splice_bytes(xml, [(place, place, element)])


def _new_name(parts: Mapping[str, bytes], pattern: str) -> str:
    return next(name for n in range(1, len(parts) + 2) if (name := pattern.format(n)) not in parts)


def _rels_name(sheet: str) -> str:
    return f"{dirname(sheet)}/_rels/{basename(sheet)}.rels"

"""The marks of an .xlsx workbook's sheets, read from its styles, strings and comments.

ECMA-376 Part 1, 18.8 (styles), 18.4 (rich text), 18.7 (comments); MS-XLSX 2.4.85 (threaded
comments).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple

from defusedxml import ElementTree
from openpyxl.styles.colors import COLOR_INDEX

from register.sources.limits import clean_text
from register.sources.marks import CellLook, SheetMarks, cell_look, record_look, tint_color
from register.unpacking import (
    cell_links,
    hidden_columns,
    hidden_rows,
    row_and_column,
    styled_cells,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STYLES, _THEME, _STRINGS = "xl/styles.xml", "xl/theme/theme1.xml", "xl/sharedStrings.xml"
_SWAPPED = {0: 1, 1: 0, 2: 3, 3: 2}
"""Theme colours are numbered light before dark, but listed dark before light."""

_WHITE = "FFFFFF"


def xlsx_marks(archive: zipfile.ZipFile, part: str, styles: Mapping[int, CellLook]) -> SheetMarks:
    """Return the marks of one sheet; ``styles`` are those of :func:`marked_styles`."""
    marks = SheetMarks(
        comments=dict(_comments(archive, part)),
        hidden_rows=list(hidden_rows(archive, part)),
        hidden_columns=hidden_columns(archive, part),
        links=dict(_links(archive, part)),
    )
    struck, unstruck = (_struck_runs(archive, usually=usual) for usual in (True, False))
    if styles or unstruck:
        for place, style, string in styled_cells(archive, part):
            look = styles.get(style)
            record_look(marks, place, look)
            runs = (struck if look and look.struck else unstruck).get(string)
            if runs and runs.out:
                marks.struck[place] = runs.out if runs.left else None
            elif runs:
                marks.struck.pop(place, None)
    return marks


def marked_styles(archive: zipfile.ZipFile) -> dict[int, CellLook]:
    """Return the looks of a workbook's cell styles, by number, without those that mean nothing."""
    if _STYLES not in archive.namelist():
        return {}
    root = ElementTree.fromstring(archive.read(_STYLES), forbid_dtd=True)
    theme = _theme(archive)
    indexed = [one.get("rgb", "") for one in root.iterfind(".//{*}indexedColors/{*}rgbColor")]
    fills = [
        _colour(pattern.find("{*}fgColor"), theme, indexed)
        if pattern is not None and pattern.get("patternType", "none") != "none"
        else ""
        for pattern in (fill.find("{*}patternFill") for fill in root.iterfind("{*}fills/{*}fill"))
    ]
    inks: list[str] = []
    struck: list[bool] = []
    for font in root.iterfind("{*}fonts/{*}font"):
        inks.append(_colour(font.find("{*}color"), theme, indexed))
        struck.append(_is_on(font.find("{*}strike")))
    found: dict[int, CellLook] = {}
    for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        filled, written = (int(style.get(key, "0")) for key in ("fillId", "fontId"))
        look = cell_look(
            fills[filled] if filled < len(fills) else "",
            inks[written] if written < len(inks) else "",
            struck=written < len(struck) and struck[written],
        )
        if look:
            found[number] = look
    return found


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")


def _theme(archive: zipfile.ZipFile) -> list[str]:
    if _THEME not in archive.namelist():
        return []
    scheme = ElementTree.fromstring(archive.read(_THEME), forbid_dtd=True).find(".//{*}clrScheme")
    return [
        colour.get("lastClr", colour.get("val", ""))
        for named in (scheme if scheme is not None else ())
        for colour in named
    ]


def _colour(element: Element | None, theme: list[str], indexed: list[str]) -> str:
    """Return a colour as hexadecimal digits (the last six are RGB), '' for the automatic one."""
    if element is None:
        return ""
    rgb = element.get("rgb", "")
    if number := element.get("theme", ""):
        at = _SWAPPED.get(int(number), int(number))
        rgb = theme[at] if at < len(theme) else ""
    elif number := element.get("indexed", ""):
        palette = indexed or COLOR_INDEX
        rgb = palette[int(number)] if int(number) < len(palette) else ""
    tint = float(element.get("tint", "0"))
    return tint_color(rgb, tint) if rgb and tint else rgb


class _Runs(NamedTuple):
    """The struck-through text of a rich string, and the text that is left."""

    out: str
    left: str


def _struck_runs(archive: zipfile.ZipFile, *, usually: bool) -> dict[int, _Runs]:
    """Return the shared strings with runs of their own looks, by number.

    ``usually`` is whether the cell's style strikes through its text: it holds for runs without a
    look. {} if no string of the workbook has struck-through text.
    """
    if _STRINGS not in archive.namelist():
        return {}
    data = archive.read(_STRINGS)
    if not re.search(rb"<(?:\w+:)?strike\b", data):
        return {}
    found: dict[int, _Runs] = {}
    root = ElementTree.fromstring(data, forbid_dtd=True)
    for number, item in enumerate(root.iterfind("{*}si")):
        runs = [
            (usually if (look := run.find("{*}rPr")) is None else _is_on(look.find("{*}strike")),
             run.findtext("{*}t", ""))
            for run in item.iterfind("{*}r")
        ]  # fmt: skip
        if runs:
            parts = ("".join(text for struck, text in runs if struck is wanted)
                     for wanted in (True, False))  # fmt: skip
            found[number] = _Runs(*map(clean_text, parts))
    return found


def _comments(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the place and text of each comment, with its author; a thread includes its replies."""
    related = dict(_related(archive, part))
    for target in related.get("comments", ()):
        root = ElementTree.fromstring(archive.read(target), forbid_dtd=True)
        authors = [one.text or "" for one in root.iterfind("{*}authors/{*}author")]
        for comment in root.iterfind(".//{*}comment"):
            number = int(comment.get("authorId", "0"))
            author = authors[number] if number < len(authors) else ""
            text = "".join(one.text or "" for one in comment.iterfind("{*}text//{*}t"))
            if author.startswith("tc="):
                continue
            yield row_and_column(comment.get("ref", "")), _signed(text, author)
    names = _persons(archive)
    threads: dict[tuple[int, int], list[str]] = {}
    for target in related.get("threadedComment", ()):
        root = ElementTree.fromstring(archive.read(target), forbid_dtd=True)
        for comment in root.iterfind("{*}threadedComment"):
            said = _signed(comment.findtext("{*}text", ""), names.get(comment.get("personId"), ""))
            threads.setdefault(row_and_column(comment.get("ref", "")), []).append(said)
    yield from ((place, "\n".join(said)) for place, said in threads.items())


def _links(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the place and target of each link to an address or a phone number."""
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for one in _relations(archive, part)
        if one.get("Target", "").casefold().startswith(("mailto:", "tel:"))
    }
    for place, relation in cell_links(archive, part) if targets else ():
        if relation in targets:
            yield place, targets[relation]


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[Element]:
    name = f"{dirname(part)}/_rels/{basename(part)}.rels"
    if name in archive.namelist():
        yield from ElementTree.fromstring(archive.read(name), forbid_dtd=True)


def _related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts that a sheet refers to, by the last word of the relation's type."""
    found: dict[str, list[str]] = {}
    for one in _relations(archive, part):
        target = one.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
        if normpath(path) in archive.namelist():
            kind = basename(one.get("Type", ""))
            found.setdefault(kind, []).append(normpath(path))
    yield from found.items()


def _persons(archive: zipfile.ZipFile) -> dict[str | None, str]:
    return {
        one.get("id"): one.get("displayName", "")
        for name in archive.namelist()
        if name.startswith("xl/persons/") and name.endswith(".xml")
        for one in ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    }


def _signed(text: str, author: str) -> str:
    """Return a comment's text with its author in brackets; Excel writes the author first."""
    said = clean_text(text)
    if author and said.startswith(f"{author}:"):
        said = said[len(author) + 1 :].strip()
    return f"{said} ({author.strip()})" if author.strip() else said

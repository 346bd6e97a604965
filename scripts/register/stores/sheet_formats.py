"""Links and dropdowns of single cells in a workbook's tab, read and written in its XML.

A link inside the workbook is a ``hyperlink`` with a location, a dropdown a ``dataValidation`` with
a list; both name their cells in the tab (ECMA-376 Part 1, 18.3.1.32 and 18.3.1.47).
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from register.stores.sheet_xml import cell_place, escape_xml, splice_bytes
from register.unpacking import column_letters

_At = tuple[int, int]
"""``(row, column)`` of a cell, from 1."""

_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^>]*?(?:/>|></(?:\w+:)?hyperlink>)")
_LINKS_END = re.compile(rb"</(?:\w+:)?hyperlinks>")
_RULE = re.compile(
    rb"<(?:\w+:)?dataValidation\b[^>]*?(?:/>|>.*?</(?:\w+:)?dataValidation>)", re.DOTALL
)
_RULES = re.compile(rb"<((?:\w+:)?)dataValidations\b[^>]*>")
_RULES_END = re.compile(rb"</(?:\w+:)?dataValidations>")
_LIST = re.compile(rb'<(?:\w+:)?formula1>\s*(?:"|&quot;)(.*?)(?:"|&quot;)\s*<', re.DOTALL)
_ATTRIBUTE = r'\s{}="([^"]*)"'
_AFTER_RULES = re.compile(
    rb"<(?:\w+:)?(?:hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|"
    rb"customProperties|cellWatches|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|"
    rb"picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|</(?:\w+:)?worksheet>"
)
_AFTER_LINKS = re.compile(_AFTER_RULES.pattern.replace(b"hyperlinks|", b"", 1))
"""The elements that may come next after the rules, and after the links."""

_LAST_ROW = 1_048_576


def read_links(xml: bytes) -> dict[_At, str]:
    """Return the targets of links inside the workbook by cell, such as ``'Tab'!B7``."""
    found: dict[_At, str] = {}
    for tag in _LINK.findall(xml):
        where, to = _attribute(tag, "ref"), _attribute(tag, "location")
        if to and where and ":" not in where:
            found[cell_place(where)] = to
    return found


def read_dropdowns(xml: bytes, column: int, last_row: int) -> dict[_At, tuple[str, ...]]:
    """Return the labels that a column's cells offer, down to a row, by cell."""
    found: dict[_At, tuple[str, ...]] = {}
    for rule in _RULE.findall(xml):
        if offered := _LIST.search(rule):
            labels = tuple(unescape(offered[1].decode("utf-8", "replace")).split(","))
            for (top, left), (bottom, right) in _areas(_attribute(rule, "sqref")):
                if left <= column <= right:
                    rows = range(top, min(bottom, last_row) + 1)
                    found |= {(row, column): labels for row in rows}
    return found


def put_links(xml: bytes, wanted: Mapping[_At, str]) -> bytes:
    """Return a tab's XML with these cells linked to targets in the workbook; '' removes a link."""
    if not wanted:
        return xml
    names = {_name(at).encode() for at in wanted}
    spans = [
        (found.start(), found.end(), b"")
        for found in _LINK.finditer(xml)
        if _attribute(found[0], "ref").encode() in names
    ]
    xml = splice_bytes(xml, spans)
    tags = b"".join(
        f'<hyperlink ref="{_name(at)}" location="'.encode() + _escaped(to) + b'"/>'
        for at, to in sorted(wanted.items())
        if to
    )
    if end := _LINKS_END.search(xml):
        prefixed = tags.replace(b"<hyperlink ", b"<" + _prefix(end[0]) + b"hyperlink ")
        return _without_empty(splice_bytes(xml, [(end.start(), end.start(), prefixed)]))
    if not tags:
        return xml
    place, prefix = _behind(xml, _AFTER_LINKS)
    tags = tags.replace(b"<hyperlink ", b"<" + prefix + b"hyperlink ")
    whole = b"<" + prefix + b"hyperlinks>" + tags + b"</" + prefix + b"hyperlinks>"
    return splice_bytes(xml, [(place, place, whole)])


def put_dropdowns(xml: bytes, wanted: Mapping[_At, tuple[str, ...]]) -> bytes:
    """Return a tab's XML in which these cells offer these labels instead of earlier ones."""
    if not wanted:
        return xml
    spans: list[tuple[int, int, bytes]] = []
    for found in _RULE.finditer(xml):
        old = _attribute(found[0], "sqref")
        new = " ".join(_without(old, wanted))
        if new != old:
            tag = found[0].replace(f'sqref="{old}"'.encode(), f'sqref="{new}"'.encode(), 1)
            spans.append((found.start(), found.end(), tag if new else b""))
    xml = splice_bytes(xml, spans)
    offers: dict[tuple[str, ...], list[_At]] = {}
    for at, labels in sorted(wanted.items()):
        if labels:
            offers.setdefault(labels, []).append(at)
    end = _RULES_END.search(xml)
    place, prefix = (end.start(), _prefix(end[0])) if end else _behind(xml, _AFTER_RULES)
    rules = b"".join(_rule(prefix, labels, cells) for labels, cells in offers.items())
    if not end:
        name = prefix + b"dataValidations"
        rules = b"<" + name + b">" + rules + b"</" + name + b">" if rules else b""
    xml = splice_bytes(xml, [(place, place, rules)])
    count = len(_RULE.findall(xml))
    return _RULES.sub(lambda tag: _counted(tag[0], tag[1], count), xml, count=1)


def _rule(prefix: bytes, labels: tuple[str, ...], cells: list[_At]) -> bytes:
    listed = escape_xml(",".join(labels))
    names = " ".join(_runs(cells)).encode()
    return (
        b"<" + prefix + b'dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="'
        + names + b'"><' + prefix + b'formula1>"' + listed + b'"</' + prefix + b"formula1></"
        + prefix + b"dataValidation>"
    )  # fmt: skip


def _runs(cells: list[_At]) -> Iterator[str]:
    """Yield cells as areas: adjacent cells of a column are one area."""
    open_runs: dict[int, list[int]] = {}
    for row, column in sorted(cells, key=lambda at: (at[1], at[0])):
        run = open_runs.get(column)
        if run and run[1] == row - 1:
            run[1] = row
            continue
        if run:
            yield _area((run[0], column), (run[1], column))
        open_runs[column] = [row, row]
    for column, (top, bottom) in open_runs.items():
        yield _area((top, column), (bottom, column))


def _without(sqref: str, cells: Mapping[_At, object]) -> Iterator[str]:
    """Yield a rule's areas without some cells; an area of several columns is left as it is."""
    for (top, left), (bottom, right) in _areas(sqref):
        taken = sorted(r for r, c in cells if c == left == right and top <= r <= bottom)
        start = top
        for row in taken:
            if start < row:
                yield _area((start, left), (row - 1, right))
            start = row + 1
        if start <= bottom:
            yield _area((start, left), (bottom, right))


def _areas(sqref: str) -> Iterator[tuple[_At, _At]]:
    for part in sqref.split():
        first, _, last = part.partition(":")
        yield cell_place(first), cell_place(last or first)


def _area(first: _At, last: _At) -> str:
    return _name(first) if first == last else f"{_name(first)}:{_name(last)}"


def _name(at: _At) -> str:
    return f"{column_letters(at[1])}{at[0]}"


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(_ATTRIBUTE.format(name).encode(), tag.partition(b">")[0] + b">")
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _behind(xml: bytes, following: re.Pattern[bytes]) -> tuple[int, bytes]:
    """Return where an element goes that precedes the ``following`` ones, and the XML prefix."""
    start = max(xml.rfind(b"sheetData>"), xml.rfind(b"sheetData/>"))
    found = following.search(xml, start)
    data = re.search(rb"<((?:\w+:)?)sheetData\b", xml)
    return (found.start() if found else len(xml)), (data[1] if data else b"")


def _prefix(end_tag: bytes) -> bytes:
    name = end_tag.removeprefix(b"</")
    return name.partition(b":")[0] + b":" if b":" in name else b""


def _escaped(text: str) -> bytes:
    return escape_xml(text).replace(b'"', b"&quot;")


def _without_empty(xml: bytes) -> bytes:
    return re.sub(rb"<(?:\w+:)?hyperlinks>\s*</(?:\w+:)?hyperlinks>", b"", xml)


def _counted(tag: bytes, prefix: bytes, count: int) -> bytes:
    head = re.sub(rb'\scount="\d*"', b"", tag)
    return head.replace(
        b"<" + prefix + b"dataValidations",
        b"<" + prefix + f'dataValidations count="{count}"'.encode(),
        1,
    )

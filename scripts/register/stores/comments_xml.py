"""A sheet's comments part: the program's notes are added, changed and removed, people's kept.

As with a sheet, expat scans the part for byte offsets, and only what changes is replaced (ECMA-376
Part 1, 18.7: comments).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from register.book.notes import join_note, split_note
from register.stores.sheet_xml import (
    cell_place,
    element_end,
    escape_xml,
    splice_bytes,
    unreadable_part,
)
from register.unpacking import column_letters

_AUTHOR = "Verkosto"
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors></authors><commentList></commentList></comments>"
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

NotedCell = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(slots=True)
class _Run:
    """A ``t`` element, with the ``r`` around it if there is one.

    ``start`` and ``end`` are the offsets of the outer element.
    """

    start: int
    end: int = 0
    wrapped: bool = False
    inner: tuple[int, int] = (0, 0)
    text: str = ""


@dataclass(slots=True)
class _Comment:
    start: int
    end: int = 0
    runs: list[_Run] = field(default_factory=list)
    text_end: int = 0

    @property
    def text(self) -> str:
        """The whole note, as people read it."""
        whole = "".join(run.text for run in self.runs)
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), whole)


def read_notes(xml: bytes) -> dict[NotedCell, str]:
    """Return the program's share of the notes in a comments part, by cell."""
    found = _Scanner(xml).comments
    return {cell: own for cell, one in found.items() if (own := split_note(one.text)[1])}


def put_notes_xml(
    xml: bytes, wanted: Mapping[NotedCell, str]
) -> tuple[bytes, set[NotedCell], set[NotedCell]]:
    """Return the part with these notes of the program, and the cells that gained or lost a note."""
    scan = _Scanner(xml)
    edits: list[tuple[int, int, bytes]] = []
    gained: set[NotedCell] = set()
    lost: set[NotedCell] = set()
    fresh: list[bytes] = []
    p = scan.prefix
    for cell, own in sorted(wanted.items()):
        there = scan.comments.get(cell)
        people = split_note(there.text)[0] if there else ""
        if there is None:
            if own:
                gained.add(cell)
                fresh.append(_comment(p, cell, scan.author_id, own))
        elif people:
            edits += _rewritten(xml, p, there, people, own)
        elif own:
            edits.append((there.start, there.end, _comment(p, cell, scan.author_id, own)))
        elif split_note(there.text)[1]:
            lost.add(cell)
            edits.append((there.start, there.end, b""))
    if fresh:
        edits.append(_into(xml, scan.list_start, scan.list_end, p + b"commentList", fresh))
    if scan.author_is_new:
        author = b"<" + p + b"author>" + _AUTHOR.encode() + b"</" + p + b"author>"
        edits.append(_into(xml, scan.authors_start, scan.authors_end, p + b"authors", [author]))
    return splice_bytes(xml, edits), gained, lost


def _comment(p: bytes, cell: NotedCell, author: int, own: str) -> bytes:
    place = f'ref="{column_letters(cell[1])}{cell[0]}" authorId="{author}"'.encode()
    body = b"<" + p + b"text>" + _run(p, join_note("", own)) + b"</" + p + b"text>"
    return b"<" + p + b"comment " + place + b">" + body + b"</" + p + b"comment>"


def _run(p: bytes, text: str) -> bytes:
    inner = b"<" + p + b't xml:space="preserve">' + escape_xml(text) + b"</" + p + b"t>"
    return b"<" + p + b"r>" + inner + b"</" + p + b"r>"


def _rewritten(
    xml: bytes, p: bytes, there: _Comment, people: str, own: str
) -> list[tuple[int, int, bytes]]:
    """Return the edits that replace the program's text below what people wrote."""
    edits: list[tuple[int, int, bytes]] = []
    position = 0
    plain = [_ESCAPED.sub(lambda found: chr(int(found[1], 16)), run.text) for run in there.runs]
    for run, text in zip(there.runs, plain, strict=True):
        kept = text[: max(0, len(people) - position)]
        position += len(text)
        if not kept and text:
            edits.append((run.start, run.end, b""))
        elif kept != text:
            edits.append((*run.inner, escape_xml(kept)))
        if own and kept and not run.wrapped:
            edits.append((run.start, run.start, b"<" + p + b"r>"))
            edits.append((run.end, run.end, b"</" + p + b"r>"))
    if own:
        below = join_note(people, own)[len(people) :]
        edits.append((there.text_end, there.text_end, _run(p, below)))
    return edits


def _into(
    xml: bytes, start: int, end: int, name: bytes, parts: list[bytes]
) -> tuple[int, int, bytes]:
    """Return the edit that adds parts to the end of an element.

    ``end`` is the offset of its end tag.
    """
    body = b"".join(parts)
    tag_end = xml.index(b">", start) + 1
    if xml[tag_end - 2 : tag_end] == b"/>":
        return start, tag_end, xml[start : tag_end - 2] + b">" + body + b"</" + name + b">"
    return end, end, body


class _Scanner:
    def __init__(self, xml: bytes) -> None:
        self.comments: dict[NotedCell, _Comment] = {}
        self.prefix = b""
        self.authors_start = self.authors_end = self.list_start = self.list_end = 0
        self._xml = xml
        self._authors: list[str] = []
        self._text: list[str] | None = None
        self._comment: _Comment | None = None
        self._run: _Run | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        try:
            self._parser.Parse(xml, True)
        except (expat.ExpatError, KeyError) as fault:
            raise unreadable_part() from fault
        if not self.list_start or not self.authors_start:
            raise unreadable_part()

    @property
    def author_is_new(self) -> bool:
        return _AUTHOR not in self._authors

    @property
    def author_id(self) -> int:
        return len(self._authors) if self.author_is_new else self._authors.index(_AUTHOR)

    def _doctype(self, *_: object) -> None:
        raise unreadable_part()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local, here = name.rpartition(" ")[2], self._parser.CurrentByteIndex
        if local == "comments":
            found = re.match(rb"<([\w.\-]+:)?", self._xml[here : here + 80])
            self.prefix = (found[1] or b"") if found else b""
        elif local == "authors":
            self.authors_start = here
        elif local == "author":
            self._text = []
        elif local == "commentList":
            self.list_start = here
        elif local == "comment":
            self._comment = _Comment(here)
            self.comments.setdefault(cell_place(attributes["ref"]), self._comment)
        elif local == "r" and self._comment is not None:
            self._run = _Run(here, wrapped=True)
        elif local == "t" and self._comment is not None:
            if self._run is None:
                self._run = _Run(here)
            begin = self._xml.index(b">", here) + 1
            self._run.inner = (begin, begin)
            self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local, here = name.rpartition(" ")[2], self._parser.CurrentByteIndex
        if local == "authors":
            self.authors_end = here
        elif local == "author" and self._text is not None:
            self._authors.append("".join(self._text))
            self._text = None
        elif local == "commentList":
            self.list_end = here
        elif local == "text" and self._comment is not None:
            self._comment.text_end = here
        elif local == "comment" and self._comment is not None:
            self._comment.end = element_end(self._xml, self._comment.start, here)
            self._comment = None
        elif local == "t" and self._run is not None and self._comment is not None:
            self._run.text += "".join(self._text or ())
            self._run.inner = (self._run.inner[0], max(here, self._run.inner[0]))
            self._text = None
            if not self._run.wrapped:
                self._run.end = element_end(self._xml, self._run.start, here)
                self._comment.runs.append(self._run)
                self._run = None
        elif local == "r" and self._run is not None and self._comment is not None:
            self._run.end = element_end(self._xml, self._run.start, here)
            self._comment.runs.append(self._run)
            self._run = None

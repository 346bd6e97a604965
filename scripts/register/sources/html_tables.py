"""The tables of a web page; Excel and other programs save such lists under the suffix ``.xls``."""

import email
import email.policy
import re
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.utils import parseaddr
from html.parser import HTMLParser

from register.intake.cell_parts import is_surely_named, person_in_cell
from register.intake.text_line import organisation_in
from register.sources.limits import MOST_LIST_ROWS, clean_text
from register.sources.links import contact_behind_link
from register.sources.table_cells import TableCells

_SILENT = frozenset(("script", "style", "head", "template", "nav"))
_BREAKS = frozenset(("br", "p", "div", "li", "dt", "dd"))
_BLOCKS = frozenset(("p", "div", "ul", "dl", "header", "footer", "section", "article", "address"))
_AROUND = frozenset(("header", "footer"))
"""The frame around every page of a site; its links to other pages name nobody in the list."""

_REACHING = ("mailto:", "tel:")
_HEADINGS = frozenset(("caption", "h1", "h2", "h3", "h4"))

_NO_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[.*?(?:>|\Z)", re.DOTALL)
"""Comments and sections. The parser looks to the end of the page for the end of each open one."""


@dataclass(slots=True)
class _Table:
    title: str
    grid: TableCells
    over: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[list[str]]:
        return self.grid.rows


@dataclass(slots=True)
class PageTables:
    """The tables of a page with their titles, and the lines of text outside them."""

    tables: list[tuple[str, list[list[str]]]]
    lines: list[str]


def read_tables(text: str, name: str) -> PageTables:
    """Return the tables of a page with their titles, in order, and the lines of text outside them.

    A table within a cell is a table of its own. A line above a table that names an organisation
    becomes the table's first row. A cell over several columns stands in the first of them, a cell
    over several rows in each. Raises UsageError for a table with too many columns or rows.
    """
    reader = _Reader(name)
    whole, end, rest = _NO_TEXT.sub(" ", text).rpartition(">")
    reader.feed(f"{whole}{end}{rest.replace('<', '&lt;')}")
    reader.close()
    reader.end_all()
    found = [table for table in reader.tables if any(map(any, table.rows))]
    for table in found:
        table.rows[:0] = [[line] for line in table.over if organisation_in(line)][-1:]
    titled = [(table.title or str(n), table.rows) for n, table in enumerate(found, start=1)]
    return PageTables(titled, reader.lines)


def page_in_message(data: bytes) -> tuple[str, str]:
    """Return the page and the plain text of a mail or a "single file web page" (MHTML).

    The page is the first one with a table. Each is '' if there is none.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    found: dict[str, str] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ("text/html", "text/plain") or part.get_filename():
            continue
        try:
            text = part.get_content()
        except (LookupError, ValueError):
            continue
        if isinstance(text, str) and kind == "text/html" and "<table" in text.casefold():
            return text, ""
        found.setdefault(kind, text if isinstance(text, str) else "")
    return found.get("text/html", ""), found.get("text/plain", "")


def sender_of(data: bytes) -> str:
    """Return the sender of a mail, as "Name <address>"; '' if the mail names none."""
    try:
        told = str(make_header(decode_header(email.message_from_bytes(data).get("From", ""))))
    except (LookupError, ValueError):
        return ""
    name, address = parseaddr(told)
    return f"{name} <{address}>" if name and address else ""


def attached_files(data: bytes) -> list[tuple[str, bytes]]:
    """Return the name and bytes of each file attached to a mail, or to mails that it forwards."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    found = []
    for part in message.walk():
        name, content = part.get_filename(), part.get_payload(decode=True)
        if name and isinstance(content, bytes) and content.strip():
            found.append((clean_text(name), content))
    return found


class _Reader(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._name = name
        self._open: list[_Table] = []
        self._cells: list[tuple[list[str], int, int] | None] = []
        self._silent = 0
        self._heading: list[str] | None = None
        self._title = ""
        self._link = ""
        self.lines: list[str] = []
        self._line: list[str] = []
        self._said = 0
        self._around = 0
        self._of_person = False
        self._link_from: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {key: value or "" for key, value in attrs}
        self._around += tag in _AROUND
        if tag == "a" and self._around and not about.get("href", "").startswith(_REACHING):
            self._link_from = len(self._line)
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._end_line()
            self._open.append(_Table(self._title, TableCells(self._name), self.lines[self._said :]))
            self._cells.append(None)
            self.tables.append(self._open[-1])
            self._title = ""
        elif tag in _HEADINGS:
            self._end_line(apart=True)
            self._heading = []
        elif tag == "a" and about.get("href", "").casefold().startswith(_REACHING):
            self._link = about["href"]
        elif not self._open:
            if tag in _BREAKS | _BLOCKS and not (tag == "dd" and self._line):
                self._end_line()
        elif tag == "tr":
            self._end_cell()
            self._open[-1].grid.begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._open[-1].rows:
                self._open[-1].grid.begin_row()
            self._cells[-1] = ([], _span(about.get("colspan")), _span(about.get("rowspan")))
        elif tag in _BREAKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        self._around = max(0, self._around - (tag in _AROUND))
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _HEADINGS and self._heading is not None:
            title = " ".join("".join(self._heading).split())[:80]
            self._heading = None
            if self._open and tag == "caption":
                self._open[-1].title = title
            else:
                self._title = title
                self.lines += filter(None, [title])
                named = person_in_cell(title)
                self._of_person = bool(named and is_surely_named(named))
        elif tag == "a":
            self._end_link()
        elif tag == "dt" and not self._open:
            self._line.append(": ")
        elif tag in ("td", "th", "tr") and self._open:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
            self._cells.pop()
            self._said = len(self.lines)
        elif tag in _BREAKS and self._open:
            self.handle_data("\n")
        elif tag in _BREAKS | _BLOCKS:
            self._of_person &= tag in ("p", "br")
            self._end_line(apart=tag in _BLOCKS and not self._of_person)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._heading is not None:
            self._heading.append(data)
        elif self._cells and (cell := self._cells[-1]):
            cell[0].append(data if data == "\n" else " ".join(f"|{data}|".split())[1:-1])
        elif not self._open:
            self._line.append(data)

    def _end_line(self, *, apart: bool = False) -> None:
        """End a line of the text outside the tables; ``apart`` also ends the paragraph."""
        line = clean_text(" ".join("".join(self._line).split()))
        self.lines += [line] if line else []
        self.lines += [""] if apart and self.lines and self.lines[-1] else []
        self._line = []

    def end_all(self) -> None:
        """Take in what is still open at the end of an incomplete page."""
        self._end_line()
        while self._open:
            self._end_cell()
            self._open.pop()
            self._cells.pop()

    def _end_link(self) -> None:
        """End a link: append an address that its text lacks, drop the text of a navigation link.

        The text of a navigation link that names an organisation stays.
        """
        if self._link_from is not None:
            if not organisation_in("".join(self._line[self._link_from :])):
                del self._line[self._link_from :]
            self._link_from = None
        if not self._link:
            return
        cell = self._cells[-1] if self._cells else None
        told = cell[0] if cell else self._line
        if reached := contact_behind_link(self._link, "".join(told)):
            told.append(f" {reached}")
        self._link = ""

    def _end_cell(self) -> None:
        cell = self._cells[-1]
        if cell is None:
            return
        lines = ("".join(cell[0])).replace("\xa0", " ").split("\n")
        text = clean_text("\n".join(line.strip() for line in lines if line.strip()))
        _, across, down = cell
        self._open[-1].grid.put(text, across, down)
        self._cells[-1] = None


def _span(text: str | None) -> int:
    return min(int(text), MOST_LIST_ROWS) if text and text.isdecimal() and int(text) else 1

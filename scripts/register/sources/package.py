"""Scan a workbook before it is read: its size, and what stands beside its cells' values."""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree
from python_calamine import CalamineError, PasswordError

from register.book.errors import UsageError
from register.sources.formats import refusal
from register.sources.limits import (
    MOST_ABOVE,
    MOST_LIST_CELLS,
    MOST_LIST_COLUMNS,
    MOST_LIST_ROWS,
    too_large,
)
from register.sources.marks import MergedCells, SheetMarks
from register.sources.xlsx_marks import marked_styles, xlsx_marks
from register.unpacking import (
    BROKEN_ARCHIVE,
    CalculatedCell,
    TooLarge,
    calculated_cells,
    check_package,
    sheet_parts,
)

_MOST_ENTRIES = 2_000
_ABOUT = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_MOST_UNPACKED = 400 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BesideCells:
    """What a workbook holds beside its cells' values, by sheet title.

    ``calculated`` are formulas and errors. ``merged`` are merged cells where calamine does not
    report them. ``hidden`` are the hidden sheets. ``marks_of`` reads the marks of one sheet.
    """

    calculated: Mapping[str, Sequence[CalculatedCell]] = field(default_factory=dict)
    merged: Mapping[str, Sequence[MergedCells]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    marks_of: Callable[[str], SheetMarks] = lambda _: SheetMarks()


@contextmanager
def refuse_unreadable(name: str) -> Iterator[None]:
    """Turn whatever a workbook's readers raise into UsageError."""
    try:
        yield
    except PasswordError as fault:
        raise refusal("protected", name) from fault
    except TooLarge as fault:
        raise too_large(name) from fault
    except UsageError:
        raise
    except (*BROKEN_ARCHIVE, CalamineError, ParseError, DefusedXmlException) as fault:
        raise UsageError(
            "{file} is not a workbook that can be read: it is broken.",
            remedy="Open it in LibreOffice or Excel and save it as .xlsx.",
            file=name,
        ) from fault


def scan_xlsx(data: bytes) -> BesideCells:
    """Return what stands beside the cells' values.

    Raises TooLarge or UnsafePart before anything unpacks to too much.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        check_entries(archive)
        check_package(
            archive,
            most_rows=MOST_LIST_ROWS + MOST_ABOVE,
            most_columns=MOST_LIST_COLUMNS,
            most_bytes=_MOST_UNPACKED,
            most_cells=MOST_LIST_CELLS,
        )
        workbook, relations = map(archive.read, _ABOUT)
        parts = sheet_parts(workbook, relations, archive.namelist())
        calculated = {t: list(calculated_cells(archive, part)) for t, part in parts.items()}
    sheets = ElementTree.fromstring(workbook, forbid_dtd=True).iterfind(".//{*}sheet")

    def marks_of(title: str) -> SheetMarks:
        if title not in parts:
            return SheetMarks()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return xlsx_marks(archive, parts[title], marked_styles(archive))

    return BesideCells(
        calculated,
        hidden=frozenset(
            one.get("name", "") for one in sheets if one.get("state", "visible") != "visible"
        ),
        marks_of=marks_of,
    )


def check_entries(archive: zipfile.ZipFile) -> None:
    """Raise TooLarge for a package with too many parts or too much in them."""
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES or sum(one.file_size for one in entries) > _MOST_UNPACKED:
        raise TooLarge

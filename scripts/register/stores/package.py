"""An .xlsx file as a zip package: checked before it is used, replaced as a whole or not at all."""

import glob
import os
import re
import zipfile
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from defusedxml import ElementTree

from register.book.cells import EPOCH, EPOCH_1904
from register.book.errors import BookLocked, BookUnreadable
from register.disk import read_limited
from register.unpacking import BROKEN_ARCHIVE, TooLarge, check_package, sheet_parts

MOST_BOOK_ROWS = 100_000
"""The most rows of a tab below its headers."""

MOST_BOOK_COLUMNS = 1_000
LONGEST_CELL = 32_767
"""The longest text of a workbook's cell, in characters: Excel's limit."""

MOST_PACKED = 120 * 1024 * 1024
_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 600 * 1024 * 1024
_PLAIN_UNPACKED = 50 * 1024 * 1024
_MOST_RATIO = 60
"""The highest compression ratio of a large workbook.

40,000 rows unpack to about 150 MB, a ratio of 10 to 25; a zip bomb's is 1,000."""

_OLE = b"\xd0\xcf\x11\xe0"
_TEMPORARY = ".verkosto.tmp"
_FROM_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\sdate1904=["'](?:1|true)["']""")


class PackedParts(Mapping[str, bytes]):
    """The parts of a package by name, each unpacked only when it is accessed.

    Unpacked they would be ten times as large.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def __getitem__(self, name: str) -> bytes:
        """Return an unpacked part; raises KeyError if it does not exist."""
        return self._archive.read(name)

    def __contains__(self, name: object) -> bool:
        """Return True if the part exists."""
        return name in self._archive.NameToInfo

    def __iter__(self) -> Iterator[str]:
        """Yield the parts' names in their order."""
        return iter(self._archive.NameToInfo)

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self._archive.NameToInfo)


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook's parts by name, and the part names of its sheets by title, in tab order."""

    parts: Mapping[str, bytes]
    sheets: Mapping[str, str]
    data: bytes

    @property
    def epoch(self) -> datetime:
        """The day from which the workbook counts its dates."""
        return EPOCH_1904 if _FROM_1904.search(self.parts["xl/workbook.xml"]) else EPOCH


def read_package(path: Path, safe: Container[bytes] = ()) -> Package:
    """Read a workbook file. Raises BookUnreadable if it is no workbook, or not safe to open.

    ``safe`` holds the contents of files that have been checked already.
    """
    try:
        data = read_limited(path, MOST_PACKED)
    except FileNotFoundError as fault:
        raise BookUnreadable(
            "There is no workbook {file}.",
            remedy="Check its name, or make one: python3 scripts/create.py --book {file} --apply",
            file=path.name,
        ) from fault
    except OSError as fault:
        raise BookUnreadable(
            "The workbook {file} cannot be read ({fault}).",
            remedy="Check that it is a file and that you may read it.",
            file=path.name,
            fault=fault.strerror or "",
        ) from fault
    return package_of(data, path.name, safe=data in safe)


def package_of(data: bytes, name: str, *, safe: bool = False) -> Package:
    """Return a workbook's bytes as a package, checked first unless known to be ``safe``.

    Raises BookUnreadable if they are no workbook, or not safe to open.
    """
    if data.startswith(_OLE):
        raise BookUnreadable(
            "{file} is protected by a password, or is in the old .xls form.",
            remedy="Open it and save it as an .xlsx file without a password.",
            file=name,
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        if not safe:
            _guard(archive, len(data), name)
            check_package(
                archive,
                most_rows=MOST_BOOK_ROWS + 1,
                most_columns=MOST_BOOK_COLUMNS,
                most_bytes=_MOST_UNPACKED,
                whole=True,
            )
        parts = PackedParts(archive)
    except TooLarge as fault:
        raise BookUnreadable(
            "{file} is too large: a tab of a register may have {rows} rows and {columns} columns.",
            remedy="Delete the cells that are far from the others, or divide the register.",
            file=name,
            rows=MOST_BOOK_ROWS,
            columns=MOST_BOOK_COLUMNS,
        ) from fault
    except BROKEN_ARCHIVE as fault:
        raise _no_workbook(name) from fault
    try:
        sheets = sheet_parts(parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"], parts)
    except (KeyError, ValueError, ElementTree.ParseError, expat.ExpatError) as fault:
        raise _no_workbook(name) from fault
    return Package(parts, sheets, data)


def pack_workbook(parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook file's bytes with these parts, in this order."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write_whole(path: Path, data: bytes, *, unchanged: Callable[[], bool]) -> None:
    """Write a file's new content beside it, flush it to disk, and replace the file with it.

    Raises BookLocked if ``unchanged`` returns False just before that: somebody has saved it
    meanwhile.
    """
    for stale in path.parent.glob(f".{glob.escape(path.name)}.*{_TEMPORARY}"):
        with suppress(OSError):
            stale.unlink()
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        if not unchanged():
            raise BookLocked(
                "Somebody saved {file} just now.",
                remedy="Close it there and give the same command again.",
                file=path.name,
            )
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    with _directory(path.parent) as descriptor:
        if descriptor is not None:
            os.fsync(descriptor)


def guard_open_elsewhere(path: Path) -> None:
    """Raise BookLocked if a lock file shows that LibreOffice or Excel has the workbook open."""
    for mark, program in ((f".~lock.{path.name}#", "LibreOffice"), (f"~${path.name}", "Excel")):
        if path.with_name(mark).exists():
            raise BookLocked(
                "{file} is open in {program}.",
                remedy="Close it there and give the same command again. "
                "If it is not open, delete {mark}.",
                file=path.name,
                program=program,
                mark=mark,
            )


@contextmanager
def _directory(folder: Path) -> Iterator[int | None]:
    """Open a folder to flush it; yields None where the system cannot."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _guard(archive: zipfile.ZipFile, packed: int, name: str) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    names = {entry.filename for entry in entries}
    bomb = unpacked > _PLAIN_UNPACKED and unpacked > packed * _MOST_RATIO
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or bomb:
        raise BookUnreadable(
            "{file} would unpack to {size} MB, which no register does; it is not opened.",
            remedy="Ask whoever sent it for a plain .xlsx file.",
            file=name,
            size=unpacked // (1024 * 1024),
        )
    if len(names) != len(entries) or not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise _no_workbook(name)


def _no_workbook(name: str) -> BookUnreadable:
    return BookUnreadable(
        "{file} is not a workbook, or it is broken.",
        remedy="Open it in LibreOffice or Excel and save it as .xlsx.",
        file=name,
    )

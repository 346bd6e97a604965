"""An .xlsx file as a zip package: looked at before it is trusted, replaced whole or not at all."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.parsers import expat

from defusedxml import ElementTree

from register.disk import read_bounded
from register.errors import BookLocked, BookUnreadable
from register.unpacking import TooLarge, measured

MOST_ROWS = 100_000
"""So many rows a tab may have below its headers."""

MOST_COLUMNS = 1_000
MOST_PACKED = 120 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_UNPACKED = 600 * 1024 * 1024
PLAIN_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 60
"""A register of 40,000 rows unpacks to some 150 MB at a ratio of 10 to 25; a bomb's is 1,000."""

_OLE = b"\xd0\xcf\x11\xe0"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TEMPORARY = ".verkosto.tmp"


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook's parts by name, and its sheets' parts by title in the order of the tabs."""

    parts: Mapping[str, bytes]
    sheets: Mapping[str, str]
    data: bytes


def read_package(path: Path) -> Package:
    """Read a workbook file. Raises BookUnreadable for what is none, or is not safe to open."""
    try:
        data = read_bounded(path, MOST_PACKED)
    except FileNotFoundError as fault:
        raise BookUnreadable(
            "There is no workbook {file}.",
            remedy="Check its name, or make one: create.py --book {file} --apply",
            file=path.name,
        ) from fault
    except OSError as fault:
        raise BookUnreadable(
            "The workbook {file} cannot be read ({fault}).",
            remedy="Check that it is a file and that you may read it.",
            file=path.name,
            fault=fault.strerror or "",
        ) from fault
    return package_of(data, path.name)


def package_of(data: bytes, name: str) -> Package:
    """Look a workbook's bytes over and take it apart."""
    if data.startswith(_OLE):
        raise BookUnreadable(
            "{file} is protected by a password, or is in the old .xls form.",
            remedy="Open it and save it as an .xlsx file without a password.",
            file=name,
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _guard(archive, len(data), name)
            measured(
                archive,
                most_rows=MOST_ROWS + 1,
                most_columns=MOST_COLUMNS,
                most_bytes=MOST_UNPACKED,
            )
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except TooLarge as fault:
        raise BookUnreadable(
            "{file} is too large: a tab of a register may have {rows} rows and {columns} columns.",
            remedy="Delete the cells that are far from the others, or divide the register.",
            file=name,
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        ) from fault
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError) as fault:
        raise _no_workbook(name) from fault
    except (NotImplementedError, RuntimeError, OSError) as fault:
        raise _no_workbook(name) from fault
    except Exception as fault:
        if type(fault).__module__ == "zlib":
            raise _no_workbook(name) from fault
        raise
    try:
        sheets = _sheets(parts)
    except (KeyError, ValueError, ElementTree.ParseError, expat.ExpatError) as fault:
        raise _no_workbook(name) from fault
    return Package(parts, sheets, data)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook file's bytes with these parts, in this order."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write_whole(path: Path, data: bytes, *, unchanged: Callable[[], bool]) -> None:
    """Write a file's new bytes beside it, flush them to the disk, and put them in its place.

    Raises BookLocked if ``unchanged`` says, just before that, that somebody has saved it meanwhile.
    """
    for stale in path.parent.glob(f".{glob_escape(path.name)}.*{_TEMPORARY}"):
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


def open_elsewhere(path: Path) -> None:
    """Raise BookLocked if LibreOffice or Excel says that it has the workbook open."""
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


def glob_escape(name: str) -> str:
    """Return a file name that a pattern matches letter by letter."""
    return re.sub(r"([*?\[])", r"[\1]", name)


@contextmanager
def _directory(folder: Path) -> Iterator[int | None]:
    """Open a folder to flush it; not every system can."""
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
    bomb = unpacked > PLAIN_UNPACKED and unpacked > packed * MOST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or bomb:
        raise BookUnreadable(
            "{file} would unpack to {size} MB, which no register does; it is not opened.",
            remedy="Ask whoever sent it for a plain .xlsx file.",
            file=name,
            size=unpacked // (1024 * 1024),
        )
    if len(names) != len(entries) or not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise _no_workbook(name)


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    book = ElementTree.fromstring(parts["xl/workbook.xml"], forbid_dtd=True)
    rels = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"], forbid_dtd=True)
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels.iter(f"{_RELS}Relationship")}
    sheets: dict[str, str] = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(f"{_REL}id")]
        part = target.lstrip("/") if target.startswith("/") else join("xl", target)
        part = normpath(part)
        if part in parts and dirname(part).endswith("worksheets"):
            sheets[sheet.get("name", "")] = part
    if not sheets:
        raise ValueError("no sheets")
    return sheets


def _no_workbook(name: str) -> BookUnreadable:
    return BookUnreadable(
        "{file} is not a workbook, or it is broken.",
        remedy="Open it in LibreOffice or Excel and save it as .xlsx.",
        file=name,
    )

"""Lists of any size, read row by row: CSV and Parquet."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from register.book.errors import UsageError
from register.disk import check_regular
from register.intake.sheet import ListSheet
from register.match.memory_database import memory_database
from register.sources.decoding import decode_text
from register.sources.files import read_list
from register.sources.formats import kind_of_bytes
from register.sources.limits import LONGEST_LIST_CELL, MOST_LIST_COLUMNS, clean_text
from register.values.encoding import has_undecoded_bytes

MOST_AT_ONCE = 50_000
"""A list with more rows is read row by row."""

_PARQUET = b"PAR1"
_HEAD, _HEAD_ROWS = 1 << 20, 2_000
_SEPARATORS = {"tab": "\t"}
_Row = tuple[int, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class LargeList:
    """A list of any size: its beginning, by which its columns are mapped, and all of its rows.

    ``rows`` yields the number in the file and the cells of each row. ``count`` is the approximate
    number of rows.
    """

    head: ListSheet
    rows: Callable[[], Iterator[_Row]]
    count: int

    @property
    def is_large(self) -> bool:
        """Whether the list has more rows than are read at once; if not, ``head`` holds them all."""
        return self.count > MOST_AT_ONCE


def large_list(path: Path) -> LargeList | None:
    """Return a Parquet file, or a CSV of more than :data:`MOST_AT_ONCE` lines; None for others.

    Raises UsageError if the file is broken.
    """
    path = path.expanduser()
    if str(path) == "-" or not path.is_file():
        return None
    check_regular(path)
    with path.open("rb") as file:
        beginning = file.read(_HEAD)
        if beginning.startswith(_PARQUET):
            return _parquet(path)
        lines = beginning.count(b"\n")
        while block := file.read(_HEAD):
            lines += block.count(b"\n")
    if lines <= MOST_AT_ONCE or kind_of_bytes(beginning):
        return None
    return _delimited(path, beginning[: beginning.rfind(b"\n") + 1], lines)


def _delimited(path: Path, beginning: bytes, lines: int) -> LargeList | None:
    """Return a CSV as a large list, None if its format or encoding cannot be read row by row."""
    head = read_list(b"".join(beginning.splitlines(keepends=True)[:_HEAD_ROWS]), path.name)
    if head.what.get("kind") != "csv":
        return None
    shown = head.what["separator"]
    separator = _SEPARATORS.get(shown, shown.strip("“”"))
    _, encoding = decode_text(beginning, path.name)
    if len(separator) != 1 or "+" in encoding:
        return None

    def rows() -> Iterator[_Row]:
        before = csv.field_size_limit(8 * LONGEST_LIST_CELL)
        try:
            with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
                reader = csv.reader(
                    file, delimiter=separator, skipinitialspace=separator != "\t", strict=True
                )
                for number, row in enumerate(reader, start=1):
                    if number < head.first_row_number:
                        continue
                    if len(row) > MOST_LIST_COLUMNS:
                        raise csv.Error
                    yield (
                        number,
                        row if not has_undecoded_bytes("".join(row)) else list(map(_mended, row)),
                    )
        except csv.Error as fault:
            raise UsageError(
                "{file} cannot be cut into rows and columns.",
                remedy="Open it in LibreOffice or Excel and save it as .xlsx.",
                file=path.name,
            ) from fault
        finally:
            csv.field_size_limit(before)

    return LargeList(head, rows, lines)


def _mended(cell: str) -> str:
    """Return a cell without its undecoded bytes."""
    return cell.encode("utf-8", "ignore").decode()


def _parquet(path: Path) -> LargeList:
    # Imported here because the engine takes a while to load.
    import duckdb

    relation = "read_parquet('" + str(path).replace("'", "''") + "')"

    def broken(fault: Exception) -> UsageError:
        error = UsageError(
            "{file} is a broken Parquet file.",
            remedy="Write it anew in the program that it comes from.",
            file=path.name,
        )
        error.__cause__ = fault
        return error

    def rows(most: int = -1) -> Iterator[_Row]:
        limit = f" limit {most}" if most >= 0 else ""
        number = 0
        with memory_database() as connection:
            try:
                connection.execute(f"select columns(*)::varchar from {relation}{limit}")  # noqa: S608
                while part := connection.fetchmany(10_000):
                    for row in part:
                        number += 1
                        yield number, row
            except duckdb.Error as fault:
                raise broken(fault) from fault

    with memory_database() as connection:
        try:
            told = connection.execute(f"describe select * from {relation}").fetchall()  # noqa: S608
            ((count,),) = connection.execute(f"select count(*) from {relation}").fetchall()  # noqa: S608
        except duckdb.Error as fault:
            raise broken(fault) from fault
    most = -1 if count <= MOST_AT_ONCE else _HEAD_ROWS
    beginning = tuple(tuple(clean_text(cell or "") for cell in row) for _, row in rows(most))
    if not any(map(any, beginning)):
        raise UsageError(
            "{file} has headers and no rows.", remedy="Check that it is the right file.",
            file=path.name,
        )  # fmt: skip
    head = ListSheet(path.name, tuple(name for name, *_ in told), beginning, 1, {"kind": "parquet"})
    return LargeList(head, rows, count)

"""The election authority's candidate files: who was elected to a municipal or county council.

Source: https://tulospalvelu.vaalit.fi, ``KV-2025/kv-2025_ehd_maa.csv.zip`` (municipal elections)
and ``AV-2025/av-2025_ehd_maa.csv.zip`` (county elections). In the archive is
``kv-2025_teat_maa.csv``: ISO-8859-1, with ``;`` after each cell and no header. (Files that
:func:`reduce_candidates` has written are UTF-8.) :data:`CANDIDATE_COLUMNS` is all of the layout
that we rely on. Its order is that of the authority's own header workbook
(``csv_otsikot/Tulokset_otsikkorivit``), as others have copied it for the elections of 2017 to 2023;
we have not seen the files of 2025. Therefore the whole file is refused for a row of another width,
another election or another encoding.

A candidate has a row for each voting area and one for each larger area. A municipality's own rows
have the area type ``K``. A county's rows are those that are neither voting areas (``A``) nor
municipalities, and bear the county's name.

We keep the municipality, the party and the names of those elected, never their age, sex, language
or occupation.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from register.book import personal_identity_code as henkilotunnus
from register.book.errors import UsageError
from register.intake.registered import Council, CouncilKind, ElectedPerson
from register.sources.limits import single_line
from register.values import places

CANDIDATE_COLUMNS = {
    "election": 1,
    "area_type": 4,
    "municipality": 3,
    "party_id": 8,
    "party_fi": 12,
    "party_sv": 13,
    "candidate": 15,
    "area_fi": 16,
    "area_sv": 17,
    "first": 18,
    "last": 19,
    "home": 23,
    "result": 39,
    "updated": 45,
}
"""The columns that we read, counted from one."""

WIDTH = 45
"""The number of cells in a row, each followed by a semicolon."""

_ELECTED = "1"
_KINDS: dict[str, CouncilKind] = {"K": "municipal", "AV": "county"}
"""The code of a council election in the first column; a file called ``av-…`` may have another."""

_KNOWN_CODES = frozenset((*_KINDS, "E", "EKV", "EPV", "TPV"))
"""All known election codes; parliament, European Parliament and president elect no council."""

_NAMES: dict[CouncilKind, str] = {"municipal": "KV", "county": "AV"}
"""The authority's name for the election in its folders and files."""

MOST_CANDIDATE_BYTES = 200 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
"""In bytes; the file of the whole country in 2021 has some hundreds of megabytes unpacked."""

_LONGEST_LINE = 20_000
_FILE_NAME = re.compile(r"(?:^|[/\\])([a-z]{1,4})-((?:19|20)\d\d)_", re.IGNORECASE)
_C1 = re.compile("[\x80-\x9f]")
_FEW = 20
"""If more than one name in so many is garbled, the file is in another encoding."""


def path_of(kind: CouncilKind, year: int) -> str:
    """Return the path of an election's candidate file at the authority."""
    name = f"{_NAMES[kind]}-{year}"
    return f"/{name}/{name.lower()}_ehd_maa.csv.zip"


def read_council(file: BinaryIO, name: str, kind: CouncilKind, year: int, code: str) -> Council:
    """Return the council of a municipality or county (``code``) from a candidate file.

    ``file`` is the archive or the CSV in it, ``name`` its name in messages. Raises UsageError if
    the file is broken or another election's, or if nobody was elected there.
    """
    members: dict[tuple[str, ...], ElectedPerson] = {}
    unread = mangled = 0
    with _table(file, name) as (lines, inner):
        for cells in _rows(lines, name, _File(inner), kind, year):
            if _cell(cells, "result") != _ELECTED or not _is_of(cells, kind, code):
                continue
            try:
                one = _member(cells, kind, code)
            except ValueError:
                unread += 1
                continue
            mangled += bool(_C1.search(one.first + one.last))
            key = (_cell(cells, "party_id"), _cell(cells, "candidate"), one.first, one.last)
            members.setdefault(key, one)
    if mangled * _FEW > len(members):
        raise UsageError(
            "{file} has another encoding than the election authority's (ISO-8859-1).",
            remedy="Download it again, and give it as it is: do not save it in another program.",
            file=name,
        )
    if not members:
        raise UsageError(
            "{file} tells of nobody who was elected in {place}.",
            remedy="Check that it is the file of the whole country, and of the confirmed result.",
            file=name,
            place=places.municipality(code).name_fi
            if kind == "municipal"
            else places.county_of_code(code).name_fi,
        )
    return Council(kind, year, code, tuple(members.values()), unread)


def reduce_candidates(data: bytes, name: str) -> bytes:
    """Return an archive with only the rows of elected people, and only the columns that we read.

    Rows of voting areas are left out. So no candidate's age, sex or language is kept on disk in the
    cache of replies. Raises UsageError if the file is broken.
    """
    looked_at = {number - 1 for number in CANDIDATE_COLUMNS.values()}
    kept = io.BytesIO()
    with (
        _table(io.BytesIO(data), name) as (lines, inner),
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(f"{Path(inner).name.partition('.')[0]}.csv", "w") as table,
    ):
        for number, line in enumerate(lines, start=1):
            cells = line.rstrip("\r\n").split(";")
            if len(cells) != WIDTH + 1:
                raise _broken(name, number)
            if _cell(cells, "result") == _ELECTED and _cell(cells, "area_type") != "A":
                left = [cell if at in looked_at else "" for at, cell in enumerate(cells)]
                table.write(f"{';'.join(left)}\r\n".encode())
    return kept.getvalue()


class _File:
    """The election and year in a file's name, such as ``kv-2021_teat_maa.csv``; '' if missing."""

    def __init__(self, name: str) -> None:
        found = _FILE_NAME.search(name)
        self.election, self.year = (found[1].upper(), found[2]) if found else ("", "")

    def differs(self, cells: list[str], kind: CouncilKind, year: int) -> bool:
        """Whether a row is of another election, by file name, election code or day of update."""
        code, updated = _cell(cells, "election"), _cell(cells, "updated")[:4]
        if _KINDS.get(code) != kind and (code in _KNOWN_CODES or self.election != _NAMES[kind]):
            return True
        if self.year:
            return self.year != str(year) or (updated.isdecimal() and updated < str(year))
        return updated != str(year)


def _rows(
    lines: Iterable[str], name: str, told: _File, kind: CouncilKind, year: int
) -> Iterator[list[str]]:
    """Yield the cells of each row; raises UsageError at the first row of another election."""
    number = 0
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split(";")
        if len(cells) != WIDTH + 1 or cells[-1].strip():
            raise _broken(name, number)
        if told.differs(cells, kind, year):
            raise UsageError(
                "{file} is of another election ({election} {found_year}); wanted is {wanted}.",
                remedy="Download {path} of the election authority, or name the year of the "
                "elections in the configuration: [registers] elections_year.",
                file=name,
                election=told.election or _cell(cells, "election")[:10],
                found_year=(told.year or _cell(cells, "updated"))[:4],
                wanted=f"{_NAMES[kind]}-{year}",
                path=path_of(kind, year),
            )
        yield cells
    if not number:
        raise _broken(name, 1)


@contextmanager
def _table(file: BinaryIO, name: str) -> Iterator[tuple[Iterable[str], str]]:
    """Yield the lines of a CSV and its name; the CSV may stand in an archive."""
    head = file.read(4)
    file.seek(0)
    if not head.startswith(b"PK"):
        yield _bounded(file, name), name
        return
    try:
        with zipfile.ZipFile(file) as archive:
            tables = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
            if len(tables) != 1 or tables[0].file_size > MOST_UNPACKED:
                raise _broken(name, 1)
            with archive.open(tables[0]) as table:
                yield _bounded(table, name), tables[0].filename
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as fault:
        raise _broken(name, 1) from fault


def _bounded(file: IO[bytes], name: str) -> Iterator[str]:
    """Yield decoded lines; raises UsageError if a line, or all of them together, are too long.

    The size is counted here because the archive's own figures may be wrong.
    """
    size = number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        size += len(line)
        if size > MOST_UNPACKED or len(line) == _LONGEST_LINE or b"\0" in line:
            raise _broken(name, number)
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            yield line.decode("iso-8859-1")


def _is_of(cells: list[str], kind: CouncilKind, code: str) -> bool:
    if kind == "municipal":
        return _cell(cells, "area_type") == "K" and _cell(cells, "municipality") == code
    if _cell(cells, "area_type") in ("A", "K"):
        return False
    named = (places.county_named(_cell(cells, key)) for key in ("area_fi", "area_sv"))
    return any(one is not None and one.code == code for one in named)


def _member(cells: list[str], kind: CouncilKind, code: str) -> ElectedPerson:
    """Return the elected person of a row; raises ValueError if the name is unusable."""
    first, last = (single_line(_cell(cells, key), 100) for key in ("first", "last"))
    if not last or any(henkilotunnus.find_identity_codes(name) for name in (first, last)):
        raise ValueError
    home = code if kind == "municipal" else _cell(cells, "home")
    known = any(one.code == home for one in places.municipalities())
    party_fi, party_sv = (single_line(_cell(cells, key), 60) for key in ("party_fi", "party_sv"))
    return ElectedPerson(first, last, party_fi, party_sv, home if known else "")


def _cell(cells: list[str], key: str) -> str:
    return cells[CANDIDATE_COLUMNS[key] - 1].strip()


def _broken(name: str, number: int) -> UsageError:
    return UsageError(
        "{file} is not a whole candidate file of the election authority (row {number}).",
        remedy="Download it again, and give it as it is: the archive, or the .csv in it.",
        file=name,
        number=number,
    )

"""A register as its people see it, in a file or in Google: for tests that are the same for both."""

import json
import re
import shutil
from collections.abc import Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import cache
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from openpyxl.utils import get_column_letter

from register.state.folder import state_folder
from tests.sheets_server import SheetsServer
from tests.sheets_server.engine import Spreadsheet
from tests.test_scripts import exits

ROBOT = "robot@project.iam.example"

FOLDERS = TemporaryDirectory()
"""Where registers are that were made once, as long as the tests last."""


class FileRegister:
    """A workbook in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = ("--book", "r.xlsx")
        self._seen: tuple[int, ...] = ()

    def twin(self, folder: Path, server: SheetsServer | None = None) -> "FileRegister":
        """Return the same register once more, with what is beside it, in another folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return FileRegister(folder)

    def types(self, tab: str, row: int, header: str, value: str) -> None:
        """Type a value into a cell."""
        self.types_down(tab, header, {row: value})

    def types_down(self, tab: str, header: str, values: Mapping[int, str]) -> None:
        """Type values into a column, by the numbers of their rows."""
        workbook = self._open()
        sheet = workbook[tab]
        column = [cell.value for cell in sheet[1]].index(header) + 1
        for row, value in values.items():
            sheet.cell(row, column).value = value
        self._save(workbook)

    def types_row(self, tab: str, row: int, cells: Mapping[str, str]) -> None:
        """Type values into cells of a row, by their headers."""
        workbook = self._open()
        headers = [cell.value for cell in workbook[tab][1]]
        for header, value in cells.items():
            workbook[tab].cell(row, headers.index(header) + 1).value = value
        self._save(workbook)

    def column(self, tab: str, header: str) -> list[str]:
        """Return a column's texts below its header, '' for blank cells."""
        sheet = self._open()[tab]
        number = [cell.value for cell in sheet[1]].index(header)
        return [str(row[number].value or "") for row in sheet.iter_rows(min_row=2)]

    def rows(self, tab: str) -> list[dict[str, str]]:
        """Return a tab's rows: texts by header."""
        headers, *rows = self._open()[tab].iter_rows(values_only=True)
        return [
            {str(header): str(cell or "") for header, cell in zip(headers, row, strict=True)}
            for row in rows
        ]

    def beside(self, tab: str) -> dict[str, str]:
        """Return what stands in a tab's second column, by its first."""
        return {str(row[0].value): str(row[1].value) for row in self._open()[tab].iter_rows()}

    def renames(self, tab: str, header: str, to: str) -> None:
        """Write another header over one."""
        workbook = self._open()
        for cell in workbook[tab][1]:
            if cell.value == header:
                cell.value = to
        self._save(workbook)

    def rename_tab(self, tab: str, to: str) -> None:
        """Give a tab another name."""
        workbook = self._open()
        workbook[tab].title = to
        self._save(workbook)

    def deletes(self, tab: str, row: int) -> None:
        """Delete a row of a tab."""
        workbook = self._open()
        workbook[tab].delete_rows(row)
        self._save(workbook)

    def clears(self, tab: str) -> None:
        """Delete all rows of a tab, the header too."""
        workbook = self._open()
        workbook[tab].delete_rows(1, 10)
        self._save(workbook)

    def fills(self, tab: str, rows: list[list[str]]) -> None:
        """Have a tab of its own hold these rows from A1 on; moments are date cells."""
        workbook = self._open()
        sheet = workbook[tab] if tab in workbook.sheetnames else workbook.create_sheet(tab)
        sheet.delete_rows(1, sheet.max_row)
        for row in rows:
            sheet.append([_moment(cell) for cell in row])
        self._save(workbook)

    def content(self) -> object:
        """Return all that it holds, to see whether it was touched."""
        return (self.folder / "r.xlsx").read_bytes()

    def _open(self) -> openpyxl.Workbook:
        """Return the workbook, read anew only where the file is another than last time."""
        there = (self.folder / "r.xlsx").stat()
        seen = (there.st_mtime_ns, there.st_ino, there.st_size)
        if self._seen != seen:
            self._workbook = openpyxl.load_workbook(self.folder / "r.xlsx")
            self._seen = seen
        return self._workbook

    def _save(self, workbook: openpyxl.Workbook) -> None:
        """Save it, and let it go: openpyxl is to save none twice."""
        workbook.save(self.folder / "r.xlsx")
        self._seen = ()


class GoogleRegister:
    """A sheet on a server of our own, shared with the scripts' account.

    No other computer takes it at the same moment, unless ``settle_seconds`` says how long to look.
    """

    def __init__(
        self,
        folder: Path,
        server: SheetsServer,
        like: Spreadsheet | None = None,
        settle_seconds: float = 0.01,
    ) -> None:
        self.folder = folder
        self._sheet = server.copy(like) if like else server.create("Rekisteri")
        self._sheet.share(ROBOT, "writer")
        self._person = server.person(self._sheet)
        self.book = ("--book", self._sheet.url)
        key = folder / "key.json"
        key.touch(mode=0o600)
        key.write_text(json.dumps(server.service_account(ROBOT)), encoding="utf-8")
        (folder / "config.toml").write_text(
            f'[google]\nendpoint = "{server.url}"\nkey_file = "key.json"\n'
            f"settle_seconds = {settle_seconds}\n",
            encoding="utf-8",
        )

    def twin(self, folder: Path, server: SheetsServer, **settings: float) -> "GoogleRegister":
        """Return the same register once more, with what is beside it, on a server's sheet."""
        own = shutil.ignore_patterns("key.json", "config.toml")
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=own)
        twin = GoogleRegister(folder, server, self._sheet, **settings)
        self._state(folder).rename(twin._state(folder))
        return twin

    def types(self, tab: str, row: int, header: str, value: str) -> None:
        """Type a value into a cell."""
        self.types_down(tab, header, {row: value})

    def types_down(self, tab: str, header: str, values: Mapping[int, str]) -> None:
        """Type values into a column, by the numbers of their rows."""
        letters = self._letters(tab, header)
        for row, value in values.items():
            self._person.type(tab, f"{letters}{row}", value)

    def types_row(self, tab: str, row: int, cells: Mapping[str, str]) -> None:
        """Type values into cells of a row, by their headers."""
        for header, value in cells.items():
            self.types(tab, row, header, value)

    def column(self, tab: str, header: str) -> list[str]:
        """Return a column's texts below its header, '' for blank cells."""
        letters = self._letters(tab, header)
        rows = self._person.rows(tab, f"{letters}2:{letters}")
        return [str(row[0]) if row else "" for row in rows]

    def rows(self, tab: str) -> list[dict[str, str]]:
        """Return a tab's rows: texts by header."""
        headers, *rows = self._person.rows(tab)
        return [
            {str(header): str(cell) for header, cell in zip_longest(headers, row, fillvalue="")}
            for row in rows
        ]

    def beside(self, tab: str) -> dict[str, str]:
        """Return what stands in a tab's second column, by its first."""
        rows = self._person.rows(tab, "A:B")
        return {str(row[0]): str(row[1]) for row in rows if len(row) > 1}

    def renames(self, tab: str, header: str, to: str) -> None:
        """Write another header over one."""
        self._person.type(tab, f"{self._letters(tab, header)}1", to)

    def rename_tab(self, tab: str, to: str) -> None:
        """Give a tab another name."""
        self._person.rename_tab(tab, to)

    def deletes(self, tab: str, row: int) -> None:
        """Delete a row of a tab."""
        self._person.delete_rows(tab, row)

    def clears(self, tab: str) -> None:
        """Delete all rows of a tab, the header too."""
        self._person.clear(tab)

    def fills(self, tab: str, rows: list[list[str]]) -> None:
        """Have a tab of its own hold these rows from A1 on, typed as a form types them."""
        if tab in self._person.everything():
            self._person.clear(tab)
        else:
            self._person.add_tab(tab)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                self._person.type(tab, f"{get_column_letter(column)}{number}", cell)

    def content(self) -> object:
        """Return all that it holds, to see whether it was touched."""
        return json.dumps(self._person.everything(), sort_keys=True)

    def _state(self, folder: Path) -> Path:
        return state_folder(self._sheet.url.removesuffix("/edit"), folder)

    def _letters(self, tab: str, header: str) -> str:
        number = self._person.rows(tab, "1:1")[0].index(header)
        return get_column_letter(number + 1)


def _moment(cell: str) -> datetime | str:
    """Return a date cell's value where a text is a moment, as a form writes it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", cell):
        return datetime.fromisoformat(cell)
    return cell


def configure(register: FileRegister | GoogleRegister, text: str) -> None:
    """Add to the register's configuration."""
    file = register.folder / "config.toml"
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(kept + text, encoding="utf-8")


def created(register: FileRegister | GoogleRegister, language: str = "fi") -> None:
    """Lay the register out."""
    exits(0, register.folder, "create.py", *register.book, "--apply", "--lang", language)


@cache
def new_register(store: str, language: str = "fi") -> FileRegister | GoogleRegister:
    """Return a register of this store ("workbook" or "google") that was laid out, made once."""
    folder = Path(FOLDERS.name) / f"{store}-{language}"
    folder.mkdir()
    with SheetsServer() as server:
        made = FileRegister(folder) if store == "workbook" else GoogleRegister(folder, server)
        created(made, language)
    return made


@contextmanager
def living_in(store, folder):
    """Give a register of this store ("workbook" or "google") that has just been made."""
    with SheetsServer() if store == "google" else nullcontext() as server:
        yield new_register(store).twin(folder, server)

"""The two places that a register may be in, as a person of a test uses them: scripts and typing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import openpyxl

from register.unpacking import column_letters
from tests.google_desk import GoogleDesk
from tests.test_scripts import exits, run

CARDS = """Etunimi;Sukunimi;Yhdistys;Sähköposti;Kunta;Kieli;Kutsutaan
Maija;Malli;Espoon kyläyhdistys ry;maija.malli@verkosto.example;Espoo;suomi;kyllä
Nils;Prov;Esbo byalag rf;nils.prov@verkosto.example;Espoo;ruotsi;kyllä
Amina;Test;Newcomers’ Café ry;amina.test@verkosto.example;Espoo;englanti;kyllä
Väinö;Veto;Olarin kyläyhdistys ry;vaino.veto@verkosto.example;Espoo;suomi;kyllä
Pekka;Puuttuva;Tapiolan kyläyhdistys ry;puuttuu@verkosto.example;Espoo;suomi;kyllä
Seija;Koe;Vantaan asukasyhdistys ry;seija.koe@verkosto.example;Vantaa;suomi;ei
"""
"""Three languages, one whom a person vetoes, one whose mailbox is gone, one not to be invited."""


@lru_cache(20)
def _everything(workbook: bytes) -> dict[str, list[list[str]]]:
    return {
        sheet.title: [["" if v is None else str(v) for v in row] for row in sheet.values]
        for sheet in openpyxl.load_workbook(BytesIO(workbook))
    }


class Place:
    """A register and the folder that the scripts are called in."""

    book = "r.xlsx"
    settings = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "list.csv").write_text(CARDS, encoding="utf-8")

    def configure(self, text: str) -> None:
        (self.folder / "config.toml").write_text(text + self.settings, encoding="utf-8")

    def does(self, code, script, *arguments):
        """Run a script on this register; it exits so."""
        return exits(code, self.folder, script, *arguments, "--book", self.book)

    def status(self, meeting):
        words = ("status", meeting, "--format", "json", "--book", self.book)
        return json.loads(run(self.folder, "invite.py", *words).stdout)["letters"]

    def fill(self) -> None:
        """Bring the people in."""
        self.does(0, "create.py", "--apply")
        self.does(0, "contacts.py", "import", "list.csv", "--apply")
        self.tidy()

    def tidy(self) -> None:
        self.does(0, "cleanup.py", "--apply", "--fail-on", "never")

    def rows(self, tab: str) -> list[list[str]]:
        """Return a tab's cells as text, its headers first."""
        sheet = openpyxl.load_workbook(self.folder / self.book)[tab]
        return [["" if v is None else str(v) for v in row] for row in sheet.values]

    def write(self, tab: str, row: int, column: int, value: str) -> None:
        workbook = openpyxl.load_workbook(self.folder / self.book)
        workbook[tab].cell(row, column).value = value
        workbook.save(self.folder / self.book)

    def types(self, tab: str, row: int, header: str, value: str) -> None:
        """Type into a cell, as a person does."""
        self.write(tab, row, self.rows(tab)[0].index(header) + 1, value)

    def types_row(self, tab: str, row: int, cells: Mapping[str, str]) -> None:
        """Type values into cells of a row, by their headers."""
        workbook = openpyxl.load_workbook(self.folder / self.book)
        headers = [cell.value for cell in workbook[tab][1]]
        for header, value in cells.items():
            workbook[tab].cell(row, headers.index(header) + 1).value = value
        workbook.save(self.folder / self.book)

    def everything(self) -> dict[str, list[list[str]]]:
        """Return every tab's cells as text, by its title."""
        return dict(_everything((self.folder / self.book).read_bytes()))

    def keep(self) -> None:
        """Remember what of the register is not in the folder."""

    def put_back(self) -> None:
        """Have it as it was kept."""

    def row_with(self, tab: str, text: str) -> int:
        """Return the number of the row that holds a text."""
        rows = enumerate(self.rows(tab), 1)
        return next(number for number, row in rows if any(text in cell for cell in row))


class GooglePlace(Place):
    """The same in a shared sheet."""

    def __init__(self, folder: Path, server) -> None:
        super().__init__(folder)
        self.desk = GoogleDesk(server, folder, made=False)
        self.book = self.desk.url
        section = self.desk.section
        self.settings = f'[google]\nendpoint = "{section.endpoint}"\nkey_file = "key.json"\n'
        self.configure("")

    def everything(self) -> dict[str, list[list[str]]]:
        shown = self.desk.person.everything()
        return {tab: [[str(cell) for cell in row] for row in rows] for tab, rows in shown.items()}

    def keep(self) -> None:
        self._kept = self.desk.sheet.twin()

    def put_back(self) -> None:
        twin, server = self._kept.twin(), self.desk.server
        twin.id = self.desk.sheet.id
        with server.lock:
            server.books[twin.id] = twin
            server.requests.clear()
        self.desk.sheet, self.desk.person = twin, server.person(twin)

    def rows(self, tab: str) -> list[list[str]]:
        head, *rows = self.desk.person.rows(tab)
        cells = [[str(cell) for cell in row] for row in (head, *rows)]
        return [[*row, *[""] * (len(head) - len(row))] for row in cells]

    def write(self, tab: str, row: int, column: int, value: str) -> None:
        self.desk.person.type(tab, f"{column_letters(column)}{row}", value)

    def types_row(self, tab: str, row: int, cells: Mapping[str, str]) -> None:
        for header, value in cells.items():
            self.types(tab, row, header, value)

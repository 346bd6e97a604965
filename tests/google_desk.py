"""A Google Sheet on a server of our own, with our store at one end and a person at the other."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from register.configuration.sections import GoogleSection
from register.show.guide import guide_rows, header_notes
from register.stores import google_dress
from register.stores.google import GoogleSheet
from register.stores.google_signin import quota_client
from register.unpacking import column_letters
from tests.sheets_server import SheetsServer, Spreadsheet

ROBOT = "robot@project.iam.example"


@cache
def laid_out(language: str, rows: int) -> Spreadsheet:
    """Return a new register with tabs of so many rows, made once: each desk has a twin of it."""
    with TemporaryDirectory() as folder, SheetsServer() as server:
        desk = GoogleDesk(server, Path(folder), made=False)
        desk.lay_out(language)
        return desk.sheet


class GoogleDesk:
    """``store`` is ours, ``person`` edits the same sheet; waiting takes no time."""

    def __init__(
        self,
        server: SheetsServer,
        folder: Path,
        language: str = "fi",
        *,
        made=True,
        like=None,
        **about,
    ):
        like = like or (laid_out(language, google_dress._ROWS) if made and not about else None)
        self.server = server
        self.waits: list[float] = []
        self.sheet = server.copy(like) if like else server.create("Rekisteri", **about)
        self.sheet.share(ROBOT, "writer")
        self.person = server.person(self.sheet)
        key = folder / "key.json"
        if not key.exists():
            key.touch(mode=0o600)
            key.write_text(json.dumps(server.service_account(ROBOT)))
        self.section = GoogleSection(endpoint=server.url, key_file=str(key))
        self.store = self.another_store()
        if made and not like:
            self.lay_out(language)

    def lay_out(self, language: str) -> None:
        self.store.create(language, guide_rows(language), header_notes(language), apply=True)

    @property
    def url(self) -> str:
        return self.sheet.url

    def another_store(self, knows=None) -> GoogleSheet:
        http = quota_client(self.section, sleep=self.waits.append)
        return GoogleSheet(http, self.sheet.id, knows)

    def cell(self, tab: str, row: int, column: str) -> tuple[str, str]:
        """Return where a cell is: the tab's title, and the cell as ``B3``."""
        book = self.another_store().read()
        table = book.table(tab)
        title = table.tab.titles[book.language]
        header = table.tab.column(column).headers[book.language]
        headers = self.person.rows(title, "1:1")[0]
        return title, f"{column_letters(headers.index(header) + 1)}{row}"

    def types(self, tab: str, row: str, column: str, value: str) -> None:
        """Have the person type into a cell, of a new row where ``row`` is ''."""
        table = self.another_store().read().table(tab)
        number = table.numbers.get(row, max(table.numbers.values(), default=1) + 1)
        self.person.type(*self.cell(tab, number, column), value)

    def notes(self, tab: str, row: str, column: str, text: str) -> None:
        """Have the person write a note on a cell."""
        number = self.another_store().read().table(tab).numbers[row]
        title, at = self.cell(tab, number, column)
        self.person.note(title, at, text)

    def note(self, tab: str, row: str, column: str) -> str:
        """Return a cell's whole note."""
        number = self.another_store().read().table(tab).numbers[row]
        title, at = self.cell(tab, number, column)
        return self.person.note_of(title, at)

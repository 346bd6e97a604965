"""``lists --to-book`` on both stores: rebuilt whole, and no tab of people's is ever touched."""

import openpyxl
import pytest

from register.ports import GeneratedTab
from register.stores.workbook import Workbook
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

HOSTILE = '=IMPORTXML("http://example.org";"//a")'
UUSIMAA = GeneratedTab(
    "⚙ Uusimaa", [["Uusimaa"], ["…"], ["Nimi"], [HOSTILE], ["+358401234567"]], [20]
)
LAPPI = GeneratedTab("⚙ Lappi", [["Lappi"], ["…"], ["Nimi"], ["00100"]], [20])


class _Workbook:
    def __init__(self, folder):
        self.path = folder / "r.xlsx"
        self.store = Workbook(self.path)
        self.store.create("fi", [], {}, apply=True)

    def _open(self):

        return openpyxl.load_workbook(self.path)

    def titles(self):
        return self._open().sheetnames

    def column(self, title):
        return [cell.value for cell in self._open()[title]["A"]]

    def formulas(self, title):
        return [c.value for c in self._open()[title]["A"] if c.data_type == "f"]

    def adds(self, title, text):
        book = self._open()
        book.create_sheet(title)["A1"] = text
        book.save(self.path)

    def renames(self, title, to):
        book = self._open()
        book[title].title = to
        book.save(self.path)


class _Google:
    def __init__(self, folder, server):
        self.desk = GoogleDesk(server, folder)
        self.store = self.desk.store

    def _number(self, title):
        reply = self.store._http.fetch_sheet_metadata(self.desk.sheet.id)
        return {s["properties"]["title"]: s["properties"]["sheetId"] for s in reply["sheets"]}[
            title
        ]

    def titles(self):
        reply = self.store._http.fetch_sheet_metadata(self.desk.sheet.id)
        return [s["properties"]["title"] for s in reply["sheets"]]

    def column(self, title):
        return [row[0] if row else None for row in self.desk.person.rows(title, "A1:A")]

    def formulas(self, title):
        return [v for v in self.column(title) if str(v).startswith("#")]

    def adds(self, title, text):
        self.store._send({"requests": [{"addSheet": {"properties": {"title": title}}}]})
        self.desk.person.type(title, "A1", text)

    def renames(self, title, to):
        about = {"sheetId": self._number(title), "title": to}
        update = {"properties": about, "fields": "title"}
        self.store._send({"requests": [{"updateSheetProperties": update}]})


@pytest.fixture(params=["workbook", "google"])
def shelf(request, tmp_path):
    if request.param == "workbook":
        yield _Workbook(tmp_path)
        return
    with SheetsServer() as server:
        yield _Google(tmp_path, server)


def test_rebuilt_whole_and_text_only(shelf):
    before = shelf.titles()
    assert shelf.store.keep_tabs([UUSIMAA, LAPPI], apply=False).titles == ("⚙ Uusimaa", "⚙ Lappi")
    assert shelf.titles() == before
    shelf.store.keep_tabs([UUSIMAA, LAPPI], apply=True)
    assert shelf.titles() == [*before, "⚙ Uusimaa", "⚙ Lappi"]
    assert shelf.column("⚙ Uusimaa") == ["Uusimaa", "…", "Nimi", HOSTILE, "+358401234567"]
    assert not shelf.formulas("⚙ Uusimaa")
    assert shelf.column("⚙ Lappi")[3] == "00100"
    kept = shelf.store.keep_tabs([LAPPI], apply=True)
    assert (kept.titles, kept.removed) == (("⚙ Lappi",), ("⚙ Uusimaa",))
    assert shelf.titles() == [*before, "⚙ Lappi"]
    assert not shelf.store.read().table("people").frame.shape[0]


def test_a_tab_of_people_s_with_the_wished_name_stays(shelf):
    shelf.adds("⚙ uusimaa", "ihmisen oma")
    for _ in range(2):
        assert shelf.store.keep_tabs([UUSIMAA], apply=True).titles == ("⚙ Uusimaa (2)",)
        assert shelf.column("⚙ uusimaa") == ["ihmisen oma"]
    assert shelf.titles()[-2:] == ["⚙ uusimaa", "⚙ Uusimaa (2)"]


def test_one_that_people_renamed_is_theirs(shelf):
    shelf.store.keep_tabs([UUSIMAA], apply=True)
    shelf.renames("⚙ Uusimaa", "Oma lista")
    assert not shelf.store.keep_tabs([LAPPI], apply=True).removed
    assert shelf.column("Oma lista")[0] == "Uusimaa"
    assert shelf.titles()[-2:] == ["Oma lista", "⚙ Lappi"]

"""``lists --to-book`` on both stores: rebuilt whole, and no tab of people's is ever touched."""

from dataclasses import replace

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from register.ports.store import GeneratedTab
from register.stores.workbook import Workbook
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

HOSTILE = '=IMPORTXML("http://example.org";"//a")'
PLACES = GeneratedTab(
    "⚙ Uusimaa",
    [["Uusimaa"], ["…"], ["Nimi", "Puhelin"], ["Ahti ry", "1"], ["Espoo ry", "2"], ["Vantaa ry"]],
    [20, 12],
)
"""Three rows; people link to it, note on it and have a column beside it."""
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

    def rows(self, title):
        rows = [[cell or "" for cell in row] for row in self._open()[title].values]
        return [row for row in rows if any(row)]

    def notes(self, title, cell, text):
        book = self._open()
        book[title][cell].comment = Comment(text, "Maija")
        book.save(self.path)

    def note(self, title, cell):
        comment = self._open()[title][cell].comment
        return comment.text if comment else ""

    def types(self, title, cell, text):
        book = self._open()
        book[title][cell] = text
        book.save(self.path)

    def link(self, title):
        """Return what a link to the tab leads to: its place among the tabs."""
        return self._open().sheetnames.index(title)

    def names(self, name, area):
        book = self._open()
        book.defined_names[name] = DefinedName(name, attr_text=area)
        book.save(self.path)

    def named(self, name):
        return self._open().defined_names[name].attr_text


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

    def rows(self, title):
        width = max(len(row) for row in self.desk.person.rows(title))
        rows = [row + [""] * (width - len(row)) for row in self.desk.person.rows(title)]
        return [row for row in rows if any(row)]

    def notes(self, title, cell, text):
        self.desk.person.note(title, cell, text)

    def note(self, title, cell):
        return self.desk.person.note_of(title, cell)

    def types(self, title, cell, text):
        number = self._number(title)
        for dimension, lacks in (("ROWS", 9), ("COLUMNS", 3)):
            sheet = self.desk.sheet.titled(title)
            lacks -= len(sheet.rows if dimension == "ROWS" else sheet.columns)
            if lacks > 0:
                wanted = {"sheetId": number, "dimension": dimension, "length": lacks}
                self.desk.person.do({"appendDimension": wanted})
        self.desk.person.type(title, cell, text)

    def link(self, title):
        return self._number(title)

    def names(self, name, area):
        title, _, cells = area.rpartition("!")
        at = self.desk.person._area(title.strip("'"), cells.replace("$", ""))
        self.desk.person.do({"addNamedRange": {"namedRange": {"name": name, "range": at}}})

    def named(self, name):
        area = self.desk.sheet.area(name)
        return f"'{area.sheet}'!$A${area.top + 1}:$A${area.bottom}"

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
    assert not len(shelf.store.read().table("people"))


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


def test_a_list_is_rewritten_where_it_is_and_what_people_added_to_it_stays(shelf):
    shelf.store.keep_tabs([PLACES, LAPPI], apply=True)
    shelf.types("⚙ Uusimaa", "C5", "soitettu")
    shelf.notes("⚙ Uusimaa", "A5", "Kysy Maijalta")
    shelf.notes("⚙ Uusimaa", "A1", "Omat terveiset")
    shelf.types("⚙ Uusimaa", "C9", "Yhteensä")
    shelf.names("Luettelo", "'⚙ Uusimaa'!$A$1:$A$3")
    link, order = shelf.link("⚙ Uusimaa"), shelf.titles()
    more = [*PLACES.rows[:4], ["Espoo ry", "22"], ["Kauniainen ry", "3"], ["Lohja ry", "4"]]
    shelf.store.keep_tabs([LAPPI, replace(PLACES, rows=more)], apply=True)
    assert shelf.rows("⚙ Uusimaa") == [
        ["Uusimaa", "", ""],
        ["…", "", ""],
        ["Nimi", "Puhelin", ""],
        ["Ahti ry", "1", ""],
        ["Espoo ry", "22", "soitettu"],
        ["Kauniainen ry", "3", ""],
        ["Lohja ry", "4", ""],
        ["", "", "Yhteensä"],
    ]
    assert (shelf.link("⚙ Uusimaa"), shelf.titles()) == (link, order)
    assert shelf.note("⚙ Uusimaa", "A5") == "Kysy Maijalta"
    assert shelf.note("⚙ Uusimaa", "A1") == "Omat terveiset"
    assert shelf.named("Luettelo") == "'⚙ Uusimaa'!$A$1:$A$3"


def test_notes_follow_their_rows_and_those_of_rows_that_go_stay_with_the_heading(shelf):
    shelf.store.keep_tabs([PLACES], apply=True)
    shelf.notes("⚙ Uusimaa", "A4", "Lopettaa?")
    shelf.notes("⚙ Uusimaa", "B6", "Uusi numero")
    shelf.types("⚙ Uusimaa", "C4", "ei vastaa")
    fewer = [*PLACES.rows[:3], ["Espoo ry", "2"], ["Hanko ry"], ["Inkoo ry"], ["Vantaa ry", "9"]]
    shelf.store.keep_tabs([replace(PLACES, rows=fewer)], apply=True)
    assert shelf.note("⚙ Uusimaa", "B7") == "Uusi numero"
    assert not shelf.note("⚙ Uusimaa", "A4")
    assert shelf.note("⚙ Uusimaa", "A1") == "Ahti ry · 1: Lopettaa?\nAhti ry · 1: ei vastaa"
    shelf.store.keep_tabs([replace(PLACES, rows=PLACES.rows[:3])], apply=True)
    assert shelf.rows("⚙ Uusimaa")[3:] == []
    shelf.store.keep_tabs([PLACES], apply=True)
    assert len(shelf.rows("⚙ Uusimaa")) == 6


@pytest.mark.parametrize("widths", [[20], [20, 12, 9]])
def test_a_list_that_becomes_wider_or_narrower_covers_no_column_beside_it(shelf, widths):
    shelf.store.keep_tabs([PLACES], apply=True)
    shelf.types("⚙ Uusimaa", "C5", "soitettu")
    rows = [list(row)[: len(widths)] for row in PLACES.rows]
    shelf.store.keep_tabs([replace(PLACES, rows=rows, widths=widths)], apply=True)
    assert shelf.rows("⚙ Uusimaa")[4][len(widths)] == "soitettu"

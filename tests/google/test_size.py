"""A sheet of any size: blank rows cost nothing, too many filled ones are refused before a read.

Most of it is tried with a limit of a hundredth, for the server's sake.
"""

import pytest

from register.book.errors import BookUnreadable
from register.stores import google
from register.stores.package import MOST_BOOK_ROWS
from register.words.sentences import Sentences
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer

TAB = "Organisaatiot"
MOST = MOST_BOOK_ROWS // 100


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A server, and a register that each test begins with a copy of."""
    folder = tmp_path_factory.mktemp("google")
    with SheetsServer() as server:
        yield server, folder, GoogleDesk(server, folder).sheet


@pytest.fixture
def desk(made):
    server, folder, like = made
    return GoogleDesk(server, folder, like=like)


@pytest.fixture
def smaller(monkeypatch):
    monkeypatch.setattr(google, "MOST_BOOK_ROWS", MOST)


def grown(desk, **size):
    sheet_id = desk.sheet.titled(TAB).sheet_id
    fields = ",".join(f"gridProperties.{name}" for name in size)
    properties = {"sheetId": sheet_id, "gridProperties": size}
    desk.person.do({"updateSheetProperties": {"properties": properties, "fields": fields}})


@pytest.mark.usefixtures("smaller")
def test_blank_rows_are_no_size(desk):
    grown(desk, rowCount=20 * MOST)
    desk.person.type(TAB, "B2", "Espoon Martat ry")
    assert desk.store.read().table("organisations").cell("#2", "name")


@pytest.mark.parametrize("row", [MOST + 2, 5 * MOST // 2], ids=["the next one", "one far below"])
@pytest.mark.usefixtures("smaller")
def test_a_row_too_many_is_refused_with_what_to_do(desk, row):
    grown(desk, rowCount=3 * MOST)
    desk.person.type(TAB, f"B{row}", "Espoon Martat ry")
    with pytest.raises(BookUnreadable) as refusal:
        desk.store.read()
    said = Sentences("fi").error(refusal.value)
    assert refusal.value.exit_code == 2
    assert TAB in said and str(MOST) in said.replace("\xa0", "")
    assert "Poista sen lopusta rivit" in said


def test_values_are_not_asked_for_where_there_are_too_many(desk):
    grown(desk, rowCount=MOST_BOOK_ROWS + 100)
    desk.person.type(TAB, f"B{MOST_BOOK_ROWS + 2}", "Espoon Martat ry")
    before = desk.store.traffic.reads
    with pytest.raises(BookUnreadable):
        desk.store.read()
    assert desk.store.traffic.reads == before + 2


def test_a_column_too_many_is_refused(desk):
    grown(desk, columnCount=1_100)
    desk.person.type(TAB, "ALN1", "x")
    with pytest.raises(BookUnreadable, match="too large"):
        desk.store.read()


@pytest.mark.usefixtures("smaller")
def test_the_last_row_that_may_be_is_read(desk):
    grown(desk, rowCount=MOST + 1)
    desk.person.type(TAB, f"B{MOST + 1}", "Espoon Martat ry")
    assert desk.store.read().table("organisations").numbers == {f"#{MOST + 1}": MOST + 1}

"""A shared sheet as people leave it, and what the Book makes of it."""

import pytest

from register.book.errors import SchemaDrift, TemporaryFailure
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer


@pytest.fixture
def desk(tmp_path):
    with SheetsServer() as server:
        yield GoogleDesk(server, tmp_path)


def title(desk, tab):
    return desk.store.read().table(tab).tab.titles["fi"]


def test_what_people_type_stays_what_it_is(desk):
    for column, text in (
        ("name", "Espoon Martat ry"),
        ("postcode", "00100"),
        ("phone", "+358 40 000 0001"),
        ("founded", "1946"),
        ("notes", "12.3.2026"),
        ("added_on", "12.3.2026"),
    ):
        if desk.store.read().table("organisations").has(column):
            desk.types("organisations", "#2", column, text)
    row = desk.store.read().table("organisations").row("#2")
    assert row["name"] == "Espoon Martat ry"
    assert row["postcode"] == "00100"
    assert row["phone"] == "+358 40 000 0001"
    assert row["notes"] == "12.3.2026"
    assert row["added_on"] == "2026-03-12"


def test_times_and_moments_are_told_apart(desk):
    desk.types("meetings", "#2", "name", "Kokous")
    desk.types("meetings", "#2", "date", "9.4.2026")
    desk.types("meetings", "#2", "start", "17:30")
    desk.types("meetings", "#2", "capacity", "12")
    row = desk.store.read().table("meetings").row("#2")
    assert (row["date"], row["start"], row["capacity"]) == ("2026-04-09", "17:30", "12")


def test_a_formula_is_read_as_its_value_and_known_as_one(desk):
    desk.types("organisations", "#2", "name", "Espoon Martat ry")
    tab, cell = desk.cell("organisations", 2, "short")
    desk.person.do(
        {
            "updateCells": {
                "range": desk.person._area(tab, cell),
                "rows": [{"values": [{"userEnteredValue": {"formulaValue": '="Ma"&"rtat"'}}]}],
                "fields": "userEnteredValue",
            }
        }
    )
    table = desk.store.read().table("organisations")
    assert table.cell("#2", "short") == "Martat"
    assert table.formulas == {("#2", "short"): '"Ma"&"rtat"'}


def test_a_text_that_looks_like_a_formula_is_a_text(desk):
    desk.types("organisations", "#2", "notes", "=1+1")
    table = desk.store.read().table("organisations")
    assert table.cell("#2", "notes") == "=1+1"
    assert not table.formulas


def test_hidden_filtered_and_blank_rows_are_read_where_they_are(desk):
    tab = title(desk, "organisations")
    for row in (2, 5):
        desk.person.type(*desk.cell("organisations", row, "name"), f"Seura {row} ry")
    desk.person.hide_rows(tab, 2)
    desk.person.filter(tab, "B", "Seura 5 ry")
    numbers = desk.store.read().table("organisations").numbers
    assert numbers == {"#2": 2, "#5": 5}


def test_what_a_merged_cell_covers_is_never_written(desk):
    tab = title(desk, "organisations")
    for row in (2, 3):
        desk.person.type(*desk.cell("organisations", row, "name"), f"Seura {row} ry")
    _, first = desk.cell("organisations", 2, "notes")
    _, last = desk.cell("organisations", 3, "notes")
    desk.person.merge(tab, f"{first}:{last}")
    assert desk.store.read().table("organisations").formulas == {("#3", "notes"): ""}


def test_columns_are_known_by_their_headers_wherever_they_are(desk):
    tab = title(desk, "organisations")
    desk.types("organisations", "#2", "name", "Espoon Martat ry")
    desk.person.insert_columns(tab, "A", 2)
    desk.person.type(tab, "A1", "Oma sarake")
    desk.person.type(tab, "A2", "oma")
    row = desk.store.read().table("organisations").row("#2")
    assert row["name"] == "Espoon Martat ry"
    assert row["+Oma sarake"] == "oma"


def test_a_header_in_another_language_is_found(desk):
    desk.types("organisations", "#2", "name", "Espoon Martat ry")
    desk.person.type(*desk.cell("organisations", 1, "phone"), "Phone")
    assert desk.store.read().table("organisations").has("phone")


def test_a_required_header_that_is_gone_is_named(desk):
    tab, cell = desk.cell("organisations", 1, "name")
    desk.person.type(tab, cell, "Jotain muuta")
    with pytest.raises(SchemaDrift) as drift:
        desk.store.read()
    assert drift.value.exit_code == 4
    assert {"tab": tab, "column": "Nimi"} in [values for _, values in drift.value.faults]


def test_a_header_twice_is_named(desk):
    tab, cell = desk.cell("organisations", 1, "notes")
    desk.person.type(tab, cell, "Nimi")
    with pytest.raises(SchemaDrift) as drift:
        desk.store.read()
    assert any("twice" in message for message, _ in drift.value.faults)


@pytest.mark.parametrize("change", ["rename", "delete"])
def test_a_tab_that_is_gone_is_named(desk, change):
    tab = title(desk, "organisations")
    if change == "rename":
        desk.person.rename_tab(tab, "Vanhat järjestöt")
    else:
        desk.person.delete_tab(tab)
    with pytest.raises(SchemaDrift) as drift:
        desk.store.read()
    assert {"tab": "Organisaatiot"} in [values for _, values in drift.value.faults]


def test_a_sheet_that_is_no_register_is_said_with_the_command(tmp_path):
    with SheetsServer() as server:
        desk = GoogleDesk(server, tmp_path, made=False)
        desk.person.type("Taulukko1", "A1", "Ostoslista")
        with pytest.raises(SchemaDrift) as drift:
            desk.store.read()
        assert "create.py" in drift.value.remedy


def test_an_edit_between_the_two_replies_is_noticed(desk):
    desk.types("organisations", "#2", "name", "Espoon Martat ry")
    store = desk.another_store()
    desk.server.before(2, lambda: desk.person.insert_rows("Organisaatiot", 2))
    assert store.read().table("organisations").numbers == {"#3": 3}


def test_a_sheet_that_never_rests_is_left_for_later(desk):
    desk.types("organisations", "#2", "name", "Espoon Martat ry")
    store = desk.another_store()
    for request in range(2, 40, 3):
        desk.server.before(request, lambda: desk.person.insert_rows("Organisaatiot", 2))
    with pytest.raises(TemporaryFailure):
        store.read()


def test_the_book_takes_three_requests_whatever_its_size(desk):
    desk.person.do(
        {
            "appendCells": {
                "sheetId": desk.sheet.titled("Organisaatiot").sheet_id,
                "rows": [
                    {"values": [{}, {"userEnteredValue": {"stringValue": f"Seura {n} ry"}}]}
                    for n in range(3000)
                ],
                "fields": "userEnteredValue",
            }
        }
    )
    store = desk.another_store()
    assert len(store.read().table("organisations")) == 3000
    assert store.traffic.requests == 3


def test_a_link_opens_the_row(desk):
    desk.types("organisations", "#2", "name", "Espoon Martat ry")
    desk.store.read()
    sheet_id = desk.sheet.titled("Organisaatiot").sheet_id
    wanted = f"https://docs.google.com/spreadsheets/d/{desk.sheet.id}/edit#gid={sheet_id}&range=A2"
    assert desk.store.link("organisations", 2) == wanted

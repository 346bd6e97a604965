"""A Google Sheet becomes a register: what it then has, and what of people's is left alone."""

import pytest

from register.book.change import Change
from register.book.errors import SchemaDrift
from register.book.plan import Plan
from register.book.schema import schema
from register.show.guide import guide_rows, header_notes
from register.stores import google_dress
from register.stores.google_signin import quota_client
from register.unpacking import column_letters
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer
from tests.sheets_server.errors import Refused


@pytest.fixture(autouse=True)
def short_tabs(monkeypatch):
    """New tabs of sixty rows: some tests look at each of their cells."""
    monkeypatch.setattr(google_dress, "_ROWS", 60)


@pytest.fixture(scope="module")
def server():
    with SheetsServer() as server:
        yield server


def shown(desk, fields=""):
    """Return the spreadsheet as Google shows it, with its cells where no fields are named."""
    asked = {"fields": fields} if fields else {"includeGridData": "true"}
    return quota_client(desk.section).spreadsheets_get(desk.sheet.id, asked)


def sheets(desk, fields):
    return {
        sheet["properties"]["title"]: sheet
        for sheet in shown(desk, f"sheets(properties(title),{fields})")["sheets"]
    }


def lay_out(desk, language="fi", **how):
    how = {"apply": True, **how}
    return desk.another_store().create(
        language, guide_rows(language), header_notes(language), **how
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_has_the_tabs_headers_and_settings_of_the_workbook(server, tmp_path, language):
    desk = GoogleDesk(server, tmp_path, language)
    about = shown(desk, "properties(locale,timeZone),sheets(properties(title))")
    assert about["properties"] == {"locale": "fi_FI", "timeZone": "Europe/Helsinki"}
    titles = [sheet["properties"]["title"] for sheet in about["sheets"]]
    assert titles == [tab.titles[language] for tab in schema().tabs.values()]
    for tab in schema().tabs.values():
        if tab.columns:
            headers = desk.person.rows(tab.titles[language], "1:1")[0]
            assert headers == [column.headers[language] for column in tab.columns]
    assert desk.another_store().read().language == language


ABROAD = {"locale": "en_US", "time_zone": "America/New_York"}


def test_an_empty_sheets_settings_change_and_are_shown_before(server, tmp_path):
    desk = GoogleDesk(server, tmp_path, made=False, **ABROAD)
    shown_before = [values for _, values in lay_out(desk, apply=False).added if "before" in values]
    assert shown_before == [
        {"before": "en_US", "after": "fi_FI"},
        {"before": "America/New_York", "after": "Europe/Helsinki"},
    ]
    assert desk.sheet.locale == "en_US"
    lay_out(desk)
    assert desk.sheet.locale == "fi_FI"


@pytest.mark.parametrize("asked", [False, True])
def test_a_used_sheets_settings_change_only_where_that_is_asked(server, tmp_path, asked):
    desk = GoogleDesk(server, tmp_path, made=False, **ABROAD)
    desk.person.type(desk.sheet.sheets[0].title, "A1", "Budget")
    layout = lay_out(desk, settings=asked)
    after = shown(desk, "properties(locale,timeZone)")["properties"]
    if asked:
        assert after == {"locale": "fi_FI", "timeZone": "Europe/Helsinki"}
        assert not layout.kept
    else:
        assert after == {"locale": "en_US", "timeZone": "America/New_York"}
        assert {values["before"] for _, values in layout.kept} == set(after.values())


def test_a_registers_settings_can_be_put_right_later(server, tmp_path):
    desk = GoogleDesk(server, tmp_path, made=False, **ABROAD)
    desk.person.type(desk.sheet.sheets[0].title, "A1", "Budget")
    lay_out(desk)
    assert not lay_out(desk).added
    assert len(lay_out(desk, settings=True).added) == 2
    assert desk.sheet.locale == "fi_FI"
    assert not lay_out(desk, settings=True).added


def test_headers_are_frozen_and_say_what_belongs_below(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    found = sheets(desk, "properties(gridProperties),data(rowData(values(note)))")
    notes = header_notes("fi")
    assert len(notes) > 50
    for tab in schema().tabs.values():
        sheet = found[tab.titles["fi"]]
        if not tab.columns:
            continue
        assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
        heads = sheet["data"][0].get("rowData", [{}])[0].get("values", [])
        said = [cell.get("note", "") for cell in heads]
        wanted = [notes.get((tab.key, column.key), "") for column in tab.columns]
        assert said == wanted[: len(said)] and not any(wanted[len(said) :])


def test_dropdowns_offer_what_stands_in_valikot(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    rows = sheets(desk, "data(rowData(values(dataValidation)))")["Organisaatiot"]["data"][0]
    rules = rows["rowData"][1]["values"]
    seen = {}
    for column, cell in zip(schema().tab("organisations").columns, rules, strict=False):
        if rule := cell.get("dataValidation"):
            assert rule["showCustomUi"]
            seen[column.key] = rule["condition"]
    (topics,) = seen["topics"]["values"]
    assert "Valikot" in topics["userEnteredValue"]
    assert {"userEnteredValue": "yhdistys"} in seen["type"]["values"]


def test_the_tools_columns_are_grey_and_warn_whoever_edits_them(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    for tab in schema().tabs.values():
        there = sheets(desk, "protectedRanges")[tab.titles["fi"]].get("protectedRanges", [])
        assert all(area["warningOnly"] for area in there)
        guarded = {
            n
            for area in there
            for n in range(
                area["range"].get("startColumnIndex", 0), area["range"].get("endColumnIndex", 99)
            )
        }
        tools = {n for n, column in enumerate(tab.columns) if column.tool}
        assert tools <= guarded


def test_phones_and_codes_are_text(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    typed = {"name": "Esimerkki ry", "postcode": "00420", "phone": "0401234567"}
    for column, text in typed.items():
        desk.types("organisations", "#2", column, text)
    ((_, row),) = desk.another_store().read().table("organisations").rows()
    assert {column: row[column] for column in typed} == typed


def test_views_leave_out_what_is_merged_and_archived_and_show_what_lacks_something(
    server, tmp_path
):
    desk = GoogleDesk(server, tmp_path)
    views = sheets(desk, "filterViews")["Organisaatiot"]["filterViews"]
    hidden = {
        view["title"]: view["filterSpecs"][0]["filterCriteria"]["hiddenValues"] for view in views
    }
    assert hidden == {
        "Voimassa olevat": ["yhdistetty", "arkistoitu"],
        "Kesken": ["ok", "tarkista", "virhe", "yhdistetty", "arkistoitu", ""],
    }
    assert "basicFilter" not in sheets(desk, "basicFilter")["Organisaatiot"]


def test_a_link_to_what_lacks_something_opens_its_view(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    case_id, listed = "R-0000000000000", "organisations  status"
    changes = [
        Change("review", case_id, "id", "", case_id, "", "add"),
        Change("review", case_id, "link", "", "Organisaatiot", "", "add"),
        Change("review", case_id, "link", "", listed, "", "format"),
    ]
    store = desk.another_store()
    store.read()
    store.write(Plan.of(changes), lambda changes, book: ())
    (number,) = [
        view["filterViewId"]
        for view in sheets(desk, "filterViews")["Organisaatiot"]["filterViews"]
        if view["title"] == "Kesken"
    ]
    cells = str(sheets(desk, "data(rowData(values(hyperlink)))")["Tarkista"])
    assert f"&fvid={number}'" in cells


def test_a_register_from_before_gets_the_view_of_what_lacks_something(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    viewed = ("Organisaatiot", "Yhteyshenkilöt")
    there = sheets(desk, "filterViews")
    numbers = [
        view["filterViewId"]
        for title in viewed
        for view in there[title]["filterViews"]
        if view["title"] == "Kesken"
    ]
    desk.person.do(*({"deleteFilterView": {"filterId": number}} for number in numbers))
    before = shown(desk)
    assert len(lay_out(desk, apply=False).added) == 2 and shown(desk) == before
    assert len(lay_out(desk).added) == 2
    there = sheets(desk, "filterViews")
    for title in viewed:
        titles = sorted(view["title"] for view in there[title]["filterViews"])
        assert titles == ["Kesken", "Voimassa olevat"]
    assert not lay_out(desk).added


RELEASERS = ("maija@apu.example",)


def guarded(desk):
    """Return the tabs and headers that are guarded, each with who may edit them."""
    return {
        (tab, desk.person.rows(tab, "1:1")[0][one["range"]["startColumnIndex"]]): set(
            one["editors"]["users"]
        )
        for tab, sheet in sheets(desk, "protectedRanges").items()
        for one in sheet.get("protectedRanges", ())
        if not one.get("warningOnly")
    }


@pytest.mark.parametrize("made", [False, True])
def test_what_releases_letters_can_be_kept_for_those_who_release(server, tmp_path, made):
    desk = GoogleDesk(server, tmp_path, made=made)
    before = shown(desk)
    assert lay_out(desk, apply=False, releasers=RELEASERS).added and shown(desk) == before
    assert lay_out(desk, releasers=RELEASERS).added
    there = guarded(desk)
    tabs = ("Tapaamiset", "Kirjeet")
    assert there.keys() == {(tab, header) for tab in tabs for header in ("Tila", "Lupa")}
    assert all("maija@apu.example" in editors for editors in there.values())
    assert not lay_out(desk, releasers=RELEASERS).added and not lay_out(desk).added
    both = (*RELEASERS, "pekka@apu.example")
    assert len(lay_out(desk, releasers=both).added) == len(tabs)
    assert all(editors.issuperset(both) for editors in guarded(desk).values())


def test_a_guarded_meeting_is_led_by_the_scripts_and_by_nobody_else(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    lay_out(desk, releasers=RELEASERS)
    changes = [
        Change("meetings", "T-00000", column, "", cell, "", "add")
        for column, cell in {"id": "T-00000", "name": "Kevät", "state": "draft"}.items()
    ]
    store = desk.another_store()
    store.read()
    assert not store.write(Plan.of(changes), lambda changes, book: ()).conflicts
    assert dict(desk.another_store().read().table("meetings").column("state")) == {
        "T-00000": "draft"
    }
    (at,) = [
        column_letters(number)
        for number, header in enumerate(desk.person.rows("Tapaamiset", "1:1")[0], start=1)
        if header == "Tila"
    ]
    for account in ("editor@example.org", *RELEASERS):
        desk.sheet.roles[account] = "writer"
    with pytest.raises(Refused, match="protected"):
        server.person(desk.sheet, "editor@example.org").type("Tapaamiset", f"{at}2", "esikatselu")
    server.person(desk.sheet, *RELEASERS).type("Tapaamiset", f"{at}2", "esikatselu")
    assert desk.person.value("Tapaamiset", f"{at}2") == "esikatselu"


def test_without_apply_nothing_is_made(server, tmp_path):
    desk = GoogleDesk(server, tmp_path, made=False)
    before = shown(desk)
    layout = lay_out(desk, apply=False)
    assert layout.created and layout.added
    assert shown(desk) == before


def test_the_empty_tab_of_a_new_sheet_goes_and_one_with_something_stays(server, tmp_path):
    desk = GoogleDesk(server, tmp_path, made=False)
    (first,) = [sheet.title for sheet in desk.sheet.sheets]
    desk.person.type(first, "C7", "muistiinpano")
    lay_out(desk)
    assert desk.person.value(first, "C7") == "muistiinpano"
    other = GoogleDesk(server, tmp_path)
    assert first not in [sheet.title for sheet in other.sheet.sheets]


def test_once_more_changes_nothing(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    before, sent = shown(desk), len(server.requests)
    assert not lay_out(desk).added
    assert not any("batchUpdate" in handled.request.path for handled in server.requests[sent:])
    assert shown(desk) == before


def test_what_is_missing_is_added_and_nothing_of_peoples_is_touched(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    person = desk.person
    person.type("Organisaatiot", "B2", "Esimerkki ry")
    person.note("Organisaatiot", "B2", "Soita ensin")
    person.hide_rows("Organisaatiot", 5)
    person.filter("Organisaatiot", "C", "jokin")
    person.add_tab("Omat muistiinpanot")
    person.type("Omat muistiinpanot", "A1", "tärkeää")
    gone = schema().tab("log").titles["fi"]
    person.delete_tab(gone)
    column = schema().tab("organisations").column("notes").headers["fi"]
    headers = person.rows("Organisaatiot", "1:1")[0]
    person.delete_columns("Organisaatiot", column_letters(headers.index(column) + 1))
    before = sheets(desk, "data(rowData(values(userEnteredValue,note)),rowMetadata),basicFilter")
    assert len(lay_out(desk).added) == 2
    after = sheets(desk, "data(rowData(values(userEnteredValue,note)),rowMetadata),basicFilter")
    for title in before.keys() - {"Organisaatiot"}:
        assert after[title] == before[title]
    own = after["Organisaatiot"]
    assert own["basicFilter"] == before["Organisaatiot"]["basicFilter"]
    assert own["data"][0]["rowMetadata"] == before["Organisaatiot"]["data"][0]["rowMetadata"]
    assert person.note_of("Organisaatiot", "B2") == "Soita ensin"
    assert person.rows("Organisaatiot", "1:1")[0][-1] == column
    assert gone in after
    desk.another_store().read()


def test_a_guide_from_before_gets_its_live_values_below(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    rows = desk.person.rows("Ohje", "A:B")
    gone = [number for number, row in enumerate(rows, 1) if row[:1] in (["Avoinna nyt"], ["Loki"])]
    for number in gone:
        desk.person.type("Ohje", f"A{number}", "Oma rivimme")
    before = desk.person.rows("Ohje", "A:B")
    (added,) = lay_out(desk, apply=False).added
    assert (
        added[1]["names"] == ["Avoinna nyt", "Loki"] and desk.person.rows("Ohje", "A:B") == before
    )
    assert lay_out(desk).added and not lay_out(desk).added
    after = desk.person.rows("Ohje", "A:B")
    assert after[: len(before)] == before
    assert [row[0] for row in after[len(before) :] if len(row) == 2] == ["Avoinna nyt", "Loki"]


def test_a_doubled_header_is_for_a_person_to_put_right(server, tmp_path):
    desk = GoogleDesk(server, tmp_path)
    desk.person.type("Organisaatiot", "C1", "Nimi")
    before = shown(desk)
    with pytest.raises(SchemaDrift):
        lay_out(desk)
    assert shown(desk) == before

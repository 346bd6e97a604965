"""The workbook: nothing that people made is lost, whatever is in the file."""

import zipfile
from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from register.book.change import Change
from register.book.errors import BookLocked, BookUnreadable, SafetyStop, SchemaDrift
from register.book.log import log_rows
from register.book.plan import Plan
from register.book.schema import LANGUAGES, schema
from register.intake.renamed import missing_known_columns
from register.stores.package import pack_workbook, read_package
from register.stores.workbook import Workbook


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-03-02T09:30", book)


def organisation(row_id="O-00000", **cells):
    cells = {"id": row_id, "name": "Espoon Martat ry", **cells}
    return [Change("organisations", row_id, k, "", v, "test", "add") for k, v in cells.items()]


@pytest.fixture
def store(tmp_path):
    store = Workbook(tmp_path / "register.xlsx")
    store.create("fi", [["# Ohje"]], {}, apply=True)
    return store


def edited(store, edit):
    workbook = openpyxl.load_workbook(store.path)
    edit(workbook)
    workbook.save(store.path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_workbook_reads_as_a_whole_register_in_its_language(tmp_path, language):
    store = Workbook(tmp_path / "r.xlsx")
    store.create(language, [], {}, apply=True)
    book = store.read()
    assert book.language == language
    tabs = {tab.key for tab in schema().tabs.values() if tab.columns}
    assert set(book.tables) == tabs | {"guide"}
    assert len(book.table("networks")) == 2


def test_without_apply_nothing_is_made(tmp_path):
    store = Workbook(tmp_path / "r.xlsx")
    assert store.create("fi", [], {}, apply=False).created
    assert not store.path.exists()


def test_the_sheet_has_dropdowns_colours_grey_columns_and_text_cells(store):
    workbook = openpyxl.load_workbook(store.path)
    sheet = workbook["Organisaatiot"]
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists["D2"].startswith('"yhdistys,säätiö,')
    assert lists["G2"] == "'Valikot'!$H$2:$H$1000" or lists["G2"] == "Valikot!$H$2:$H$1000"
    formulas = [rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    assert f'${letters["Tila"]}2="virhe"' in formulas
    for header in ("Tunnus", "Puhelin", "Postinumero", "Y-tunnus"):
        assert sheet.column_dimensions[letters[header]].number_format == "@"
    grey = sheet.column_dimensions[letters["Maakunta"]].fill.start_color.rgb
    assert grey != sheet.column_dimensions[letters["Nimi"]].fill.start_color.rgb
    assert sheet.freeze_panes == "C2"
    assert workbook["Ohje"]["A1"].value == "Ohje"


def test_every_dropdown_fits_a_workbook(tmp_path):
    for language in LANGUAGES:
        store = Workbook(tmp_path / f"{language}.xlsx")
        store.create(language, [], {}, apply=True)
        for sheet in openpyxl.load_workbook(store.path):
            assert all(len(v.formula1) <= 257 for v in sheet.data_validations.dataValidation)


def test_writing_keeps_every_other_byte(store):
    def people_did(workbook):
        sheet = workbook["Organisaatiot"]
        sheet["B2"] = "Kallion kyläyhdistys ry"
        sheet["B2"].font = Font(bold=True)
        sheet["B2"].comment = Comment("kysy Liisalta", "Maija")
        sheet["Y1"] = "Oma sarake"
        sheet["Y2"] = "oma merkintä"
        workbook.create_sheet("Muistiinpanot")["A1"] = "=1+1"

    edited(store, people_did)
    before = read_package(store.path)
    store.write(Plan.of(organisation()), lines)
    after = read_package(store.path)
    touched = {
        before.sheets["Organisaatiot"],
        before.sheets["Loki"],
        "xl/styles.xml",
        "xl/workbook.xml",
    }
    same = set(before.parts) - touched
    assert {name for name in same if before.parts[name] != after.parts[name]} == set()
    sheet = openpyxl.load_workbook(store.path)["Organisaatiot"]
    assert (sheet["B2"].value, sheet["B2"].font.b, sheet["B2"].comment.text) == (
        "Kallion kyläyhdistys ry",
        True,
        "kysy Liisalta",
    )
    assert (sheet["Y2"].value, sheet["B3"].value) == ("oma merkintä", "Espoon Martat ry")


def test_parts_that_a_library_would_drop_are_kept(store):
    package = read_package(store.path)
    parts = {
        **package.parts,
        "xl/threadedComments/threadedComment1.xml": b"<x/>",
        "xl/pivotTables/p.xml": b"<y/>",
    }
    store.path.write_bytes(pack_workbook(parts))
    store.write(Plan.of(organisation()), lines)
    after = read_package(store.path).parts
    assert after["xl/threadedComments/threadedComment1.xml"] == b"<x/>"
    assert after["xl/pivotTables/p.xml"] == b"<y/>"


def test_a_formula_is_read_as_one_and_never_written_over(store):
    edited(store, lambda workbook: workbook["Organisaatiot"].cell(2, 2, "=A1"))
    edited(store, lambda workbook: workbook["Organisaatiot"].cell(2, 1, "O-00000"))
    assert ("O-00000", "name") in store.read().table("organisations").formulas
    change = Change("organisations", "O-00000", "name", "", "Martat", "test")
    written = store.write(Plan.of([change]), lines)
    assert [conflict.found for conflict in written.conflicts] == ["formula"]


def test_a_row_below_a_formula_or_a_note_in_the_margin_is_the_next_free_one(store):
    def people_did(workbook):
        workbook["Organisaatiot"]["AC7"] = "reunamerkintä"
        workbook["Organisaatiot"]["B9"] = "=A1"

    edited(store, people_did)
    store.write(Plan.of(organisation()), lines)
    assert store.read().table("organisations").numbers["O-00000"] == 10
    assert openpyxl.load_workbook(store.path)["Organisaatiot"]["AC7"].value == "reunamerkintä"


def test_columns_may_stand_in_any_order_and_language(store):
    def people_did(workbook):
        sheet = workbook["Organisaatiot"]
        sheet.move_range("B1:B1", cols=30)
        sheet["AF1"] = "Namn"
        sheet["AF1"].fill = PatternFill("solid", start_color="FFFF0000")

    edited(store, people_did)
    store.write(Plan.of(organisation()), lines)
    assert openpyxl.load_workbook(store.path)["Organisaatiot"]["AF2"].value == "Espoon Martat ry"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_comes_back_as_it_was(store, text):
    """A carriage return is XML's one exception: it is kept too."""
    row_id = "O-00000"
    fresh = organisation() if row_id not in store.read().table("organisations") else []
    if fresh:
        store.write(Plan.of(fresh), lines)
    had = store.read().table("organisations").cell(row_id, "notes")
    store.write(Plan.of([Change("organisations", row_id, "notes", had, text, "test")]), lines)
    assert store.read().table("organisations").cell(row_id, "notes") == text


def test_a_merged_row_is_hidden_and_shown_again(store):
    store.write(Plan.of(organisation()), lines)
    for before, after, hidden in (("", "1", True), ("1", "", False)):
        change = Change("organisations", "O-00000", "hidden", before, after, "test", "format")
        store.write(Plan.of([change]), lines)
        assert (
            openpyxl.load_workbook(store.path)["Organisaatiot"].row_dimensions[2].hidden is hidden
        )


def test_an_open_workbook_is_not_written(store):
    mark = store.path.with_name(f".~lock.{store.path.name}#")
    mark.touch()
    before = store.path.read_bytes()
    with pytest.raises(BookLocked):
        store.write(Plan.of(organisation()), lines)
    assert store.path.read_bytes() == before


def test_a_workbook_that_somebody_saved_meanwhile_is_not_replaced(store):
    def lines_while_somebody_saves(changes, book):
        edited(store, lambda workbook: workbook["Kiellot"].cell(2, 2, "a@example.org"))
        return lines(changes, book)

    with pytest.raises(BookLocked):
        store.write(Plan.of(organisation()), lines_while_somebody_saves)
    assert [row["email"] for _, row in store.read().table("bans").rows()] == ["a@example.org"]


def test_all_that_is_missing_or_doubled_is_named(store):
    def broken(workbook):
        workbook["Organisaatiot"]["B1"] = "Otsikko"
        workbook["Organisaatiot"]["C1"] = "Tunnus"
        workbook["Yhteyshenkilöt"].delete_rows(1)
        workbook["Yhteyshenkilöt"]["A1"] = "jotain"
        del workbook["Loki"]

    edited(store, broken)
    with pytest.raises(SchemaDrift) as caught:
        store.read()
    told = " / ".join(msgid.format(**values) for msgid, values in caught.value.faults)
    for part in (
        "column Nimi",
        "Tunnus is there twice",
        "Yhteyshenkilöt has no headers",
        "no tab Loki",
    ):
        assert part in told


def said(store, act):
    """Return the faults that keep a workbook from being read or made whole."""
    with pytest.raises(SchemaDrift) as caught:
        act()
    return " / ".join(msgid.format(**values) for msgid, values in caught.value.faults)


@pytest.mark.parametrize("title", ["Yhteyshenkilöt 2026", "Kopio Yhteyshenkilöt", "Yhteyshenkilot"])
def test_a_tab_that_was_renamed_is_asked_about_and_no_empty_one_is_added(store, title):
    def rename(workbook):
        workbook["Yhteyshenkilöt"].title = title

    edited(store, rename)
    asked = f"no tab Yhteyshenkilöt; is it “{title}”"
    assert asked in said(store, store.read)
    assert asked in said(store, lambda: store.create("fi", [], {}, apply=True))


def test_headers_below_a_title_are_found_where_they_are(store):
    def title(workbook):
        workbook["Yhteyshenkilöt"].insert_rows(1, 2)
        workbook["Yhteyshenkilöt"]["A1"] = "Meidän rekisteri"

    edited(store, title)
    for act in (store.read, lambda: store.create("fi", [], {}, apply=True)):
        assert "The headers of Yhteyshenkilöt are in row 3" in said(store, act)


@pytest.mark.parametrize(
    ("header", "renamed"), [("Sähköposti", "Sähköpostiosoite"), ("Tunnus", "Tunnus (älä muuta)")]
)
def test_no_empty_column_is_added_beside_one_that_was_renamed(store, header, renamed):
    def rename(workbook):
        (cell,) = [one for one in workbook["Yhteyshenkilöt"][1] if one.value == header]
        cell.value = renamed

    edited(store, rename)
    asked = f"no column “{header}”; is it “{renamed}”"
    assert asked in said(store, lambda: store.create("fi", [], {}, apply=True))
    if header == "Tunnus":
        assert asked in said(store, store.read)


def test_a_column_whose_header_was_emptied_is_asked_about_by_its_place(store):
    people = [("H-00000", "first", "Maija"), ("H-00000", "email", "maija@posti.example")]
    rows = [Change("people", i, "id", "", i, "test", "add") for i, *_ in people[:1]]
    rows += [Change("people", i, key, "", cell, "test", "add") for i, key, cell in people]
    store.write(Plan.of(rows), lines)
    place = []

    def empty(workbook):
        (cell,) = [one for one in workbook["Yhteyshenkilöt"][1] if one.value == "Sähköposti"]
        place.append(cell.coordinate)
        cell.value = None

    edited(store, empty)
    ((_, values),) = missing_known_columns(store.read()).renamed
    assert (values["column"], values["guess"]) == ("Sähköposti", place[0])
    told = said(store, lambda: store.create("fi", [], {}, apply=True))
    assert f"is it “{place[0]}”" in told


def test_create_adds_what_is_missing_and_touches_nothing_else(store):
    store.write(Plan.of(organisation(notes="muistiinpano")), lines)

    headers = [cell.value for cell in openpyxl.load_workbook(store.path)["Organisaatiot"][1]]
    notes, after = headers.index("Huom") + 1, len(headers) + 1

    def people_did(workbook):
        del workbook["Kiellot"]
        workbook["Organisaatiot"].cell(1, notes, "Oma otsikko")

    edited(store, people_did)
    layout = store.create("en", [["# Guide"]], {}, apply=True)
    assert len(layout.added) == 2
    workbook = openpyxl.load_workbook(store.path)
    assert workbook.sheetnames.index("Kiellot") == workbook.sheetnames.index("Pyynnöt") + 1
    sheet = workbook["Organisaatiot"]
    assert sheet.cell(1, notes).value == "Oma otsikko"
    assert sheet.cell(2, notes).value == "muistiinpano"
    assert sheet.cell(1, after).value == "Huom"
    assert not store.create("fi", [], {}, apply=True).added


def test_create_refuses_where_saving_would_lose_something(store):
    edited(store, lambda workbook: workbook.remove(workbook["Kiellot"]))
    package = read_package(store.path)
    sheet = package.sheets["Ohje"]
    cached = package.parts[sheet].replace(
        b"</sheetData>", b'<row r="9"><c r="A9"><f>1+1</f><v>2</v></c></row></sheetData>'
    )
    store.path.write_bytes(
        pack_workbook({**package.parts, sheet: cached, "xl/charts/chart1.xml": b"<x/>"})
    )
    before = store.path.read_bytes()
    with pytest.raises(SafetyStop) as caught:
        store.create("fi", [], {}, apply=True)
    told = " / ".join(msgid.format(**values) for msgid, values in caught.value.faults)
    assert "charts" in told
    assert "1 formulas" in told
    assert store.path.read_bytes() == before


def bomb():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<x/>")
        archive.writestr("xl/workbook.xml", b" " * 80_000_000)
    return buffer.getvalue()


def entities():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<x/>")
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
        archive.writestr("xl/_rels/workbook.xml.rels", b"<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 broken", b"name;email\n", b"\xd0\xcf\x11\xe0 old", bomb(), entities()],
    ids=["empty", "broken", "csv", "password", "bomb", "entities"],
)
def test_what_is_no_workbook_is_said_to_be_none(tmp_path, data):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    with pytest.raises(BookUnreadable):
        Workbook(path).read()
    assert path.read_bytes() == data


def test_a_picture_that_is_broken_is_seen_before_anything_is_written(store):
    parts = dict(read_package(store.path).parts) | {"xl/media/image1.png": b"a picture"}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    store.path.write_bytes(buffer.getvalue().replace(b"a picture", b"a failure"))
    with pytest.raises(BookUnreadable, match="it is broken"):
        store.read()


def test_a_missing_file_and_a_folder_are_said(tmp_path):
    for path in (tmp_path / "no.xlsx", tmp_path):
        with pytest.raises(BookUnreadable):
            Workbook(path).read()


def test_a_link_opens_the_file_at_a_row(tmp_path):
    store = Workbook(tmp_path / "oma rekisteri #1.xlsx")
    store.create("sv", [], {}, apply=True)
    link = store.link("people", 7)
    assert link.startswith("file:///") and " " not in link
    assert link.count("#") == 1
    assert unquote(link.partition("#")[2]) == "'Kontaktpersoner'!A7"


def test_formulas_are_read_with_their_text_shared_ones_too(store):
    def fill(workbook):
        sheet = workbook["Organisaatiot"]
        sheet["D2"] = "x"
        sheet["B2"] = '=IMPORTXML("http://example.org","//a")'
        sheet["B3"] = "x"
        sheet["C3"] = "=A1&B1"

    edited(store, fill)
    table = store.read().table("organisations")
    assert dict(table.formulas)["#3", "short"] == "A1&B1"
    assert 'IMPORTXML("http://example.org","//a")' in table.formulas.values()

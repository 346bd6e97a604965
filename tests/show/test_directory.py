"""The regional lists as page, CSV, workbook and JSON: all there, and a cell is only ever data."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
import vobject
from hypothesis import given, strategies as st
from openpyxl import load_workbook

from register.lists.directory import Directory, directory
from register.lists.regional import regional_directory
from register.lists.selection import SelectionCriteria, select_part
from register.show.directory import directory_page
from register.show.directory_cells import cell_link
from register.show.directory_lists import (
    directory_document,
    directory_values,
    organisations_csv,
    people_csv,
)
from register.show.directory_sheets import directory_workbook
from register.show.document_forms import document_markdown, document_text
from register.show.tables import no_formula
from register.show.vcards import directory_vcards
from register.words.sentences import Sentences
from tests.making import book

SAY = Sentences("fi")
EVIL = '=HYPERLINK("https://evil.example";"x")</script><b onmouseover=x>'


def lists(name: str = "Espoon Martat ry", **cells: str) -> Directory:
    one = {"id": "O-5Z6HK", "name": name, "type": "association", "municipality": "Espoo", **cells}
    rows = [one, {"name": "Koko maan liitto ry", "municipality": "Tampere", "area": "koko maa"}]
    person = {"first": "Maija", "last": "Meikäläinen", "org": "O-5Z6HK", "role": "sihteeri"}
    people = [{"id": "H-1HB3B", "phone": "+358401234567", "email": "maija@example.org", **person}]
    return directory(book(organisations=rows, people=people), date(2026, 11, 23))


def read_csv(found: Directory) -> list[dict[str, str]]:
    text = organisations_csv(found, SAY).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def test_csv_is_what_excel_in_finland_reads():
    raw = organisations_csv(lists(), SAY)
    assert raw.startswith(b"\xef\xbb\xbf")
    first, second = read_csv(lists())
    assert first["Kotikunta"] == "Espoo"
    assert first["Tyyppi"] == "yhdistys"
    assert first["Yhteyshenkilö"] == "Maija Meikäläinen"
    assert first["Yhteyshenkilö: Puhelin"] == "040 1234567"
    assert (second["Nimi"], second["Yhteyshenkilö"]) == ("Koko maan liitto ry", "")


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "=1+1",
            "+46 8 123",
            "-x",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n1",
            " =1",
            "\u00a0=1",
            "\u200b=1",
        ),
        *("＝1", "＋1", "－1", "＠a", "−1", "a;=1", "a, =1", "a\t=1", "\x00=1", "a;\u3000＝1"),
    ],
)
def test_what_a_spreadsheet_would_run_is_made_text(cell):
    safe = no_formula(cell)
    assert safe.replace("'", "") == cell
    for part in safe.replace(";", ",").replace("\t", ",").split(",") if cell[0] != "\t" else [safe]:
        assert part.strip(" \u00a0\u200b\u3000\x00")[:1] not in tuple("=+-@−＝＋－＠\t\r\n")


@pytest.mark.parametrize(
    "cell",
    ["040 1234567", "00100", "maija@example.org", "Etelä-Espoo ry", "A+B ry", "'80-luku", ""],
)
def test_what_is_no_formula_is_left_alone(cell):
    assert no_formula(cell) == cell


@given(st.text(max_size=60))
def test_no_cell_of_the_csv_begins_like_a_formula(name):
    for row in read_csv(lists(name=f"x{name}"[1:] or "-")):
        for cell in row.values():
            assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_page_shows_all_and_runs_nothing_of_a_cell():
    page = directory_page(
        lists(name=EVIL, url="javascript:alert(1)", email="x@example.org?bcc=y"), SAY
    )
    assert "<b onmouseover" not in page
    assert "&lt;b onmouseover=x&gt;" in page
    assert 'href="javascript' not in page
    assert '?bcc=y"' not in page
    assert 'href="tel:+358401234567"' in page
    assert "040 1234567" in page
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "Kauniainen" in page


def test_page_of_an_empty_register_is_whole():
    page = directory_page(directory(book(), date(2026, 11, 23)), SAY)
    assert "</html>" in page
    assert 'id="filters"' not in page


def test_a_henkilotunnus_is_masked_everywhere():
    found = lists(name="Martat 131052-308T")
    sheets = load_workbook(BytesIO(directory_workbook(found, SAY)))
    shown = [
        directory_page(found, SAY),
        organisations_csv(found, SAY).decode(),
        json.dumps(directory_values(found)),
    ]
    shown.append(str([cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row]))
    assert not any("308T" in text for text in shown)


@given(
    st.sampled_from(["=1+1", "#N/A", "00100", "TRUE", "1,5", "\x07bell", "{=A1}", "\ud800", EVIL])
)
def test_workbook_cells_are_text_whatever_they_hold(name):
    made = load_workbook(BytesIO(directory_workbook(lists(name=name), SAY)))
    sheet = made["Uusimaa"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert {cell.number_format for cell in sheet[4]} == {"@"}
    if name.isprintable() and name.isascii():
        assert sheet["B4"].value == name


def test_workbook_is_ready_to_print():
    made = load_workbook(BytesIO(directory_workbook(lists(), SAY)))
    summary, *regions = made.worksheets
    assert {"Uusimaa", "Pirkanmaa"} <= {sheet.title for sheet in regions}
    for sheet in made.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
    assert made["Uusimaa"].freeze_panes == "A4"
    assert made["Uusimaa"].auto_filter.ref == "A3:L4"
    told = " ".join(str(cell.value) for row in summary.iter_rows() for cell in row)
    assert "Kauniainen" in told
    assert "Espoo" not in told


def text_of(found, **how):
    return document_text(directory_document(found, SAY, "x", **how))


def test_figures_name_each_region_once():
    text = text_of(lists(), listed=False)
    assert text.count("Uusimaa") == 1
    assert "Lappi" in text.splitlines()[-2]
    assert (
        document_markdown(directory_document(lists(), SAY, "x")).count(
            "| Uusimaa | 1 | 1 | 0 | 1 | 25 |"
        )
        == 1
    )


def test_json_is_complete():
    told = directory_values(lists())
    uusimaa = next(one for one in told["regions"] if one["code"] == "01")
    espoo = next(spot for spot in uusimaa["localities"] if spot["code"] == "049")
    assert [told["organisations"][row]["name"] for row in espoo["home"]] == ["Espoon Martat ry"]
    assert (uusimaa["organisations"], len(uusimaa["without"])) == (1, 25)
    assert [told["organisations"][row]["id"] for row in told["nationwide"]] == [""]
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(
    ("cell", "kind", "address"),
    [
        ("maija@example.org", "email", "mailto:maija@example.org"),
        ("a@example.org,b@example.org", "email", ""),
        ("+358401234567", "phone", "tel:+358401234567"),
        ("040 1234567", "phone", ""),
        ("www.example.org", "url", "https://www.example.org"),
        ("http://example.org/a", "url", "http://example.org/a"),
        ("https://x@example.org", "url", ""),
        ("data:text/html,x", "url", ""),
    ],
)
def test_links_go_only_to_plain_addresses(cell, kind, address):
    assert cell_link(cell, kind) == address


def test_cards_are_vcards_that_a_strict_reader_takes():
    evil = "A;B,C\\D " + "ä" * 90
    rows = [{"id": "O-5Z6HK", "name": evil, "municipality": "Espoo", "topics": "tilat, nuoret"}]
    people = [
        {"id": "H-1HB3B", "first": "Maija Liisa", "last": "von Essen", "org": "O-5Z6HK"},
        {"first": "Yksin", "last": "Oleva", "municipality": "Esbo", "phone": "+358401234567"},
    ]
    raw = directory_vcards(
        directory(book(organisations=rows, people=people), date(2026, 11, 23)), SAY
    )
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    first, second = vobject.readComponents(raw.decode())
    assert (first.version.value, first.fn.value) == ("3.0", "Maija Liisa von Essen")
    assert (first.n.value.family, first.n.value.given) == ("von Essen", "Maija Liisa")
    assert first.org.value == [evil]
    assert first.categories.value == ["tilat", "nuoret"]
    assert first.adr.value.city == second.adr.value.city == "Espoo"
    assert second.tel.value == "+358401234567"
    assert not hasattr(second, "org")
    for card in (first, second):
        card.validate(raiseException=True)


def test_what_xml_cannot_hold_does_not_break_the_workbook():
    made = load_workbook(BytesIO(directory_workbook(lists(name="a\ufffeb\uffff_x0041_"), SAY)))
    assert made["Uusimaa"]["B4"].value == "a\ufffdb\ufffd_x0041_"


def test_a_part_where_nobody_is_says_so_on_page_and_in_text():
    small = book(organisations=[{"name": "A", "municipality": "Espoo"}])
    chosen = select_part(small, SelectionCriteria(municipalities=("Sottunga",)), "fi")
    found = regional_directory(small, date(2026, 11, 23), chosen=chosen)
    said = "Rekisterissä ei ole ketään, joka sopisi tähän listaan."
    assert said in directory_page(found, SAY) and said in text_of(found, listed=False)
    empty = directory(book(), date(2026, 11, 23))
    assert "Rekisterissä ei ole vielä" in directory_page(empty, SAY) and said not in directory_page(
        empty, SAY
    )


def test_a_second_phone_is_shown_wherever_the_first_is():
    rows = [{"id": "O-5Z6HK", "name": "Espoon Martat ry", "municipality": "Espoo"}]
    both = {"phone": "+358401234567", "phone2": "+358917345678"}
    people = [
        {"id": "H-1HB3B", "first": "Maija", "last": "Malli", "org": "O-5Z6HK", **both},
        {"first": "Yksin", "last": "Oleva", "municipality": "Espoo", **both},
    ]
    found = directory(book(organisations=rows, people=people), date(2026, 11, 23))
    shown = "040 1234567, 09 17345678"
    assert read_csv(found)[0]["Yhteyshenkilö: Puhelin"] == shown
    assert people_csv(found, SAY).decode().count(shown) == 2
    assert text_of(found).count(shown) == 2
    page = directory_page(found, SAY)
    assert page.count("tel:+358401234567") == page.count("tel:+358917345678") == 2
    sheets = load_workbook(BytesIO(directory_workbook(found, SAY)))
    assert [cell.value for sheet in sheets for row in sheet for cell in row].count(shown) == 2
    cards = list(vobject.readComponents(directory_vcards(found, SAY).decode()))
    assert [[tel.value for tel in card.tel_list] for card in cards] == [list(both.values())] * 2
    told = directory_values(found)
    contacts = [told["organisations"][0]["contacts"][0], told["apart"][0]]
    assert [one["phone2"] for one in contacts] == ["+358917345678"] * 2

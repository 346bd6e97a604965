"""Tabs of a workbook that are lists of their own are read beside the fullest one."""

from __future__ import annotations

import pytest

from register.sources.files import lists_of, read_list
from register.sources.further_tabs import further_tabs
from tests.sources.test_files import workbook

CLUBS = [["Seura", "Kunta", "Sähköposti"], ["Nokian Pyry ry", "Nokia", "p@example.org"]]
BOARD = [["Nimi", "Tehtävä", "Puhelin"], ["Aino Lahti", "sihteeri", "040 555 4001"]]


@pytest.mark.parametrize(
    ("title", "rows", "is_read"),
    [
        ("Hallitus", BOARD, True),
        ("Styrelse", [["Namn", "Tfn"], ["Siv Backlund", "040 555 4011"]], True),
        ("Ei saa lähettää", CLUBS, True),
        ("Entiset", BOARD, False),
        ("Tidigare styrelser", BOARD, False),
        ("2024", CLUBS, False),
        ("Avustukset", [["Seura", "Summa", "Vuosi"], ["Nokian Pyry ry", "500", "2025"]], False),
        ("Ohje", [["Täytä tammikuussa"]], False),
        ("Uudet", [["Nimi", "Tehtävä", "Puhelin"]], False),
    ],
)
def test_a_tab_that_names_contacts_under_headers_of_its_own_is_read(title, rows, is_read):
    tabs = [("Seurat", CLUBS), (title, rows)]
    assert further_tabs(tabs, ["Seurat"], []) == ([title] if is_read else [])
    assert further_tabs(tabs, ["Seurat"], [title]) == []


def filled(book):
    book.active.title = "Seurat"
    for title, rows in (("Hallitus", BOARD), ("Ei kutsuta", BOARD), ("Ohje", [["Täytä tämä"]])):
        book.create_sheet(title)
        for row in rows:
            book[title].append(row)
    for row in (*CLUBS, ["Kaislan kerho ry", "Nokia", ""], ["Aallotar ry", "Akaa", ""]):
        book["Seurat"].append(row)


def test_each_tab_keeps_its_headers_and_its_refusal_and_what_is_left_out_is_said():
    data = workbook(filled)
    clubs, board, refused = lists_of(data, "l.xlsx")
    assert clubs.headers == tuple(CLUBS[0]) and board.headers == tuple(BOARD[0])
    assert (board.name, board.notes) == ("l.xlsx (Hallitus)", ())
    assert [row[-1] for row in refused.rows] == ["Ei kutsuta"]
    told = dict(clubs.notes)
    assert [values["tabs"] for values in told.values()] == [["Hallitus", "Ei kutsuta"], ["Ohje"]]


def test_a_tab_that_is_asked_for_is_read_alone():
    data = workbook(filled)
    assert [one.rows for one in lists_of(data, "l.xlsx", "Hallitus")] == [
        read_list(data, "l.xlsx", "Hallitus").rows
    ]

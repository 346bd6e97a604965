"""The figures of every output agree with each other and with a count of the cells by pandas."""

import csv
import io
import json
from datetime import date

import openpyxl
import pandas as pd
import pytest

from register import places
from register.flows.regions import gaps_of, regions
from register.lists.selection import Selection, Wanted, selection
from register.report import coverage
from register.report.directory import as_csv, people_csv
from register.report.directory_lists import as_cards
from register.report.directory_sheets import as_xlsx
from register.report.directory_summary import as_contract
from register.report.headings import of_organisations
from register.report.own_tabs import own_tabs
from register.report.sentences import Sentences
from register.sample.book import large_register
from tests.making import book

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def register():
    return large_register(3, 300, 600)


def by_hand(register):
    """Return how many organisations are at home in each region, from the cells alone."""
    frame = register.table("organisations").frame
    frame = frame[~frame["status"].isin(["merged", "archived"])]
    region = {m.name_fi: m.region for m in places.municipalities()}
    homes = frame["municipality"].map(region).dropna()
    return pd.Series(homes).value_counts().to_dict()


def test_regions_agree_with_pandas(register):
    found = regions(register, TODAY)
    wanted = by_hand(register)
    assert sum(wanted.values()) > 100
    assert {r.code: len(r.home) for r in found.regions if r.home} == wanted
    gaps = gaps_of(register, TODAY, Selection(), "fi")
    assert {area.code: area.home for area in gaps.areas if area.home} == wanted


def test_every_output_has_the_same_organisations_and_people(register):
    say, found = Sentences("fi"), regions(register, TODAY)
    ids = {one.id for one in found.organisations}
    people = {contact.id for one in found.organisations for contact in one.contacts}
    text = as_csv(found, say).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    cells = {cell for row in rows[1:] for cell in row}
    assert {cell for cell in cells if cell in ids} == ids
    named = list(csv.reader(io.StringIO(people_csv(found, say).decode("utf-8-sig")), delimiter=";"))
    assert len(named) - 1 == len(people)
    assert as_cards(found, say).count(b"BEGIN:VCARD") == len(people)
    json.dumps(as_contract(found))
    workbook = openpyxl.load_workbook(io.BytesIO(as_xlsx(found, say)))
    tabs = {tab.title.removeprefix("⚙ "): tab for tab in own_tabs(found, say, "Järjestöt")}
    assert list(tabs) == workbook.sheetnames
    for region in found.regions:
        if region.home or region.active:
            name = places.region(region.code).name_fi
            lines = sum(max(1, len(o.contacts)) for o in (*region.home, *region.active))
            extra = 2 if region.active else 0
            assert len(tabs[name].rows) == 3 + lines + extra
            assert workbook[name].max_row == 3 + lines + extra


def test_public_ones_hold_nobody_who_has_not_agreed():
    org = {"id": "O-0001Y", "name": "Esimerkki ry", "municipality": "Espoo"}
    base = {"org": "Esimerkki ry · O-0001Y", "first": "Maija"}
    people = [
        {**base, "last": "Julkinen", "publish": "yes", "email": "julkinen@example.org"},
        {**base, "last": "Salainen", "publish": "", "email": "salainen@example.org"},
    ]
    made = book(organisations=[org], people=people)
    say, found = Sentences("fi"), regions(made, TODAY, public=True)
    tabs = own_tabs(found, say, "Järjestöt")
    told = "\n".join(cell for tab in tabs for row in tab.rows for cell in row)
    assert "Julkinen" in told
    for text in (told, as_csv(found, say).decode(), as_cards(found, say).decode()):
        assert "alainen" not in text


def test_gaps_of_one_municipality_in_every_form(register):
    chosen = selection(register, Wanted(municipalities=("Espoo",)), "fi")
    found = gaps_of(register, TODAY, chosen, "fi")
    assert [spot.code for area in found.areas for spot in area.spots] == ["049"]
    made = json.loads(json.dumps(coverage.as_contract(found)))
    assert made


@pytest.mark.parametrize(
    ("language", "name", "title"),
    [
        ("fi", "Espoo", "Espoon järjestöt"),
        ("sv", "Espoo", "Föreningar i Esbo"),
        ("fi", "Esbo", "Espoon järjestöt"),
        ("fi", "Vammala", "Sastamalan järjestöt"),
    ],
)
def test_headings(language, name, title):
    chosen = selection(book(), Wanted(municipalities=(name,)), language)
    assert of_organisations(chosen, Sentences(language)) == title

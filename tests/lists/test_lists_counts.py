"""The figures of every output agree with each other and with a count of the cells by pandas."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date

import html5lib
import openpyxl
import pandas as pd
import pytest
import vobject

from register.book.change import Change
from register.lists.present import frame_of
from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection, SelectionCriteria, select_part
from register.show import coverage
from register.show.directory import directory_page
from register.show.directory_lists import (
    directory_document,
    directory_values,
    organisations_csv,
    people_csv,
)
from register.show.directory_sheets import directory_workbook
from register.show.document_forms import document_markdown, document_text
from register.show.own_tabs import directory_tabs
from register.show.vcards import directory_vcards
from register.values import places
from register.words.sentences import Sentences
from tests.large_register import large_register
from tests.making import book

TODAY = date(2026, 11, 23)
SAY = Sentences("fi")
REGION = {m.name_fi: places.region(m.region).name_fi for m in places.municipalities()}
GONE = ["merged", "archived"]
AWAY = "Toimivat täällä muualta"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def register():
    """A register in which some work elsewhere, some nationwide, some people for nobody."""
    plain = large_register(3, 300, 600)
    cells = []
    for number, (row_id, _) in enumerate(plain.table("organisations").rows()):
        if area := {0: "koko maa", 1: "Sottunga, Utsjoki", 2: "koko maakunta"}.get(number % 25):
            cells.append(Change("organisations", row_id, "area", "", area, ""))
        if number % 40 == 3:
            cells.append(Change("organisations", row_id, "status", "ok", "archived", ""))
    for number, (row_id, _) in enumerate(plain.table("people").rows()):
        if number % 30 == 0:
            cells.append(Change("people", row_id, "end", "", "2026-01-31", ""))
    return plain.with_changes(cells)


@pytest.fixture(scope="module")
def found(register):
    return regional_directory(register, TODAY)


@pytest.fixture(scope="module")
def counted(register):
    """Return what pandas counts in the cells: organisations and people by region, people apart."""
    orgs = frame_of(register.table("organisations"))
    orgs = orgs[~orgs["status"].isin(GONE)]
    people = frame_of(register.table("people"))
    people = people[~people["status"].isin(GONE) & (people["end"] == "")]
    at = people["org"].str.extract(r"(O-\w+)$")[0]
    homes = orgs["municipality"].map(REGION)
    return {
        "organisations": homes.value_counts().to_dict(),
        "people": homes.reindex(at[at.isin(orgs.index)]).value_counts().to_dict(),
        "apart": int((~at.isin(orgs.index)).sum()),
        "nationwide": int((orgs["area"] == "koko maa").sum()),
    }


def test_the_register_has_what_is_to_be_counted(counted):
    assert sum(counted["organisations"].values()) > 200 and counted["apart"] > 10
    assert counted["nationwide"] > 5


def test_the_lists_and_the_gaps(register, found, counted):
    names = {r.code: places.region(r.code).name_fi for r in found.regions}
    assert {names[r.code]: len(r.home) for r in found.regions if r.home} == counted["organisations"]
    assert len(found.nationwide) == counted["nationwide"]
    gaps = regional_gaps(register, TODAY, Selection(), "fi")
    homes = {names[area.code]: area.home for area in gaps.areas if area.home}
    assert homes == counted["organisations"]
    contacts = {names[a.code]: sum(s.contacts for s in a.spots) for a in gaps.areas}
    assert {name: count for name, count in contacts.items() if count} == counted["people"]


def text_of(found, **how):
    return document_text(directory_document(found, SAY, "x", **how))


def test_text(found, counted):
    told = {}
    for line in text_of(found, listed=False).splitlines():
        if row := re.match(r"(\S+(?:[ -]\S+)*?)  +(\d+)  ", line):
            told[row[1]] = int(row[2])
    assert told.pop("Yhteensä") == sum(counted["organisations"].values())
    assert {name: count for name, count in told.items() if count} == counted["organisations"]
    assert text_of(found).count("\n      ") >= sum(counted["people"].values())


def test_json(found, counted):
    told = json.loads(json.dumps(directory_values(found)))
    assert {
        r["name"]: r["organisations"] for r in told["regions"] if r["organisations"]
    } == counted["organisations"]
    listed = {
        r["name"]: sum(len(spot["home"]) for spot in r["localities"]) for r in told["regions"]
    }
    assert {name: count for name, count in listed.items() if count} == counted["organisations"]
    assert sum(len(one["contacts"]) for one in told["organisations"]) == sum(
        counted["people"].values()
    )
    assert (len(told["apart"]), len(told["nationwide"])) == (
        counted["apart"],
        counted["nationwide"],
    )


def rows_of(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def test_csv(found, counted):
    frame = pd.DataFrame(rows_of(organisations_csv(found, SAY)))
    once = frame.drop_duplicates("Tunnus")
    assert once["Maakunta"].value_counts().to_dict() == counted["organisations"]
    named = frame[frame["Yhteyshenkilö: Tunnus"] != ""]
    assert named["Maakunta"].value_counts().to_dict() == counted["people"]
    people = rows_of(people_csv(found, SAY))
    homes = Counter(row["Maakunta"] for row in people if row["Nimi"])
    assert homes == counted["people"]
    assert sum(not row["Nimi"] for row in people) == counted["apart"]


def test_vcards_are_read_back(found, counted):
    cards = list(vobject.readComponents(directory_vcards(found, SAY).decode()))
    people = [card for card in cards if card.uid.value.startswith("H-")]
    assert len(people) == sum(counted["people"].values()) + counted["apart"]
    alone = sum(not one.contacts for one in found.organisations)
    assert len(cards) - len(people) == alone
    assert len({card.uid.value for card in cards}) == len(cards)


def by_headings(lines, home, away):
    """Count the lines of organisations under each region that are at home, by two tests of lines."""
    counts, region, here = Counter(), "", False
    for line in lines:
        if line.startswith("## "):
            region, here = line[3:].replace("\\", ""), True
        elif line.startswith(away):
            here = False
        elif here and line.startswith(home):
            counts[region] += 1
    return {name: count for name, count in counts.items() if name in REGION.values()}


def test_markdown(found, counted):
    text = document_markdown(directory_document(found, SAY, "Järjestöt"))
    told = by_headings(text.splitlines(), "- **", f"### {AWAY}")
    assert told == counted["organisations"]
    assert by_headings(text.splitlines(), "  - ", f"### {AWAY}") == counted["people"]


def sheet_counts(tables):
    """Count, in tables whose first rows are title, note and headers, who is at home and who they are."""
    homes, people = Counter(), Counter()
    for name, rows in tables.items():
        seen = set()
        for row in rows[3:]:
            if row and row[0] == AWAY:
                break
            if row and any(row):
                seen.add((row[0], row[1]))
                people[name] += bool(row[8] or row[10])
        homes[name] = len(seen)
    return homes, people


@pytest.mark.parametrize("sort", ["xlsx", "to-book"])
def test_sheets(found, counted, sort):
    if sort == "xlsx":
        made = openpyxl.load_workbook(io.BytesIO(directory_workbook(found, SAY)))
        tables = {s.title: [[c or "" for c in row] for row in s.values] for s in made.worksheets}
    else:
        tabs = directory_tabs(found, SAY, "Järjestöt")
        tables = {tab.title.removeprefix("⚙ "): [list(row) for row in tab.rows] for tab in tabs}
    homes, people = sheet_counts({k: v for k, v in tables.items() if k in REGION.values()})
    assert {name: count for name, count in homes.items() if count} == counted["organisations"]
    assert {name: count for name, count in people.items() if count} == counted["people"]
    summary = {row[0]: row[1] for row in tables["Yhteenveto"] if len(row) > 1}
    for name, count in counted["organisations"].items():
        assert int(summary[name]) == count
    assert len(tables["Ilman organisaatiota"]) - 3 == counted["apart"]
    assert len(tables["Koko maa"]) - 3 >= counted["nationwide"]


def test_page(found, counted):
    page = html5lib.parse(directory_page(found, SAY))
    homes, people = Counter(), Counter()
    for section in page.iter(f"{XHTML}section"):
        if not (name := section.find(f"{XHTML}h2")) is not None or name.text not in REGION.values():
            continue
        for group in section.iter(f"{XHTML}tbody"):
            title = group.find(f"{XHTML}tr").find(f"{XHTML}th")
            if title is not None and AWAY in title.text:
                continue
            for row in group.iter(f"{XHTML}tr"):
                if row.get("data-n"):
                    homes[name.text] += 1
                    found_in = [d for d in row.iter(f"{XHTML}div") if d.get("class") == "contact"]
                    people[name.text] += len(found_in)
    assert homes == counted["organisations"]
    assert {name: count for name, count in people.items() if count} == counted["people"]


def test_a_part_agrees_with_pandas_too(register):
    chosen = select_part(
        register, SelectionCriteria(regions=("Uusimaa",), types=("yhdistys",)), "fi"
    )
    found = regional_directory(register, TODAY, chosen=chosen)
    frame = frame_of(register.table("organisations"))
    mine = frame[~frame["status"].isin(GONE) & (frame["type"] == "association")]
    wanted = mine[mine["municipality"].map(REGION) == "Uusimaa"]
    (uusimaa,) = (r for r in found.regions if r.code == "01")
    assert {one.id for one in uusimaa.home} == set(wanted.index)
    assert len(rows_of(organisations_csv(found, SAY))) >= len(wanted) > 50


def test_public_ones_hold_nobody_who_has_not_agreed():
    org = {
        "id": "O-0001Y",
        "name": "Esimerkki ry",
        "municipality": "Espoo",
        "email": "salainen@example.org",
        "phone": "+358 40 1234567",
    }
    base = {"org": "Esimerkki ry · O-0001Y", "first": "Maija"}
    secret = {"publish": "", "email": "Salainen@example.org", "phone": "+358401234567"}
    people = [
        {**base, "last": "Julkinen", "publish": "yes", "email": "julkinen@example.org"},
        {**base, "last": "Salainen", **secret},
        {"first": "Yksin", "last": "Salainen", "municipality": "Espoo", **secret},
        {"first": "Yksin", "last": "Julkinen", "municipality": "Espoo", "publish": "yes"},
    ]
    made = book(organisations=[org], people=people)
    found = regional_directory(made, TODAY, public=True)
    tabs = directory_tabs(found, SAY, "Järjestöt")
    sheets = openpyxl.load_workbook(io.BytesIO(directory_workbook(found, SAY))).worksheets
    told = {
        "to-book": "\n".join(cell for tab in tabs for row in tab.rows for cell in row),
        "xlsx": str([list(sheet.values) for sheet in sheets]),
        "csv": organisations_csv(found, SAY).decode() + people_csv(found, SAY).decode(),
        "vcard": directory_vcards(found, SAY).decode(),
        "markdown": document_markdown(directory_document(found, SAY, "x")),
        "text": text_of(found),
        "html": directory_page(found, SAY),
        "json": json.dumps(directory_values(found), ensure_ascii=False),
    }
    for form, text in told.items():
        assert "Maija Julkinen" in text, form
        assert "Yksin Julkinen" in text, form
        assert "alainen" not in text, form
        assert "1234567" not in text.replace(" ", ""), form


def test_gaps_of_one_municipality_in_every_form(register):
    chosen = select_part(register, SelectionCriteria(municipalities=("Espoo",)), "fi")
    found = regional_gaps(register, TODAY, chosen, "fi")
    assert [spot.code for area in found.areas for spot in area.spots] == ["049"]
    made = json.loads(json.dumps(coverage.coverage_values(found)))
    assert made

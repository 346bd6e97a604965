"""A public directory as data: what its dictionary says holds, and it is one by the standard.

``data/frictionless/`` has the schemas of Data Package and Table Schema, version 1, as Frictionless
Data publishes them (in the packages datapackage and tableschema, MIT).
"""

import csv
import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import jsonschema
import pytest

from register.book.ids import new_id
from register.lists.public import public_directory, public_organisations
from register.lists.selection import Selection
from register.show.data_package import data_package
from register.show.directory import directory_page
from register.words.sentences import Sentences
from tests.making import book

PUBLISHED = Path(__file__).parent.parent / "data" / "frictionless"
TODAY = date(2026, 11, 29)
ORG = new_id("O", ("a",), ())
ROWS = [
    {"id": ORG, "name": "Apu, \"oma\"; ry", "type": "association", "municipality": "Espoo",
     "business_id": "1572860-0", "area": "Uusimaa", "topics": "nuoret, liikunta",
     "email": "info@example.org", "phone": "+358401234567", "url": "www.example.org",
     "language": "fi+sv"},
    {"name": "=HYPERLINK(1) ry", "type": "oma tyyppi", "municipality": "Helsinki",
     "email": "maija.malli@example.org", "url": "javascript:alert(1)"},
    {"name": "Koko maan ry", "type": "association", "municipality": "", "area": "koko Suomi"},
    {"name": "Paikaton ry", "type": "association", "municipality": "Atlantis"},
    {"name": "Pekan ry", "type": "association", "municipality": "Vantaa", "email": "pj@example.net",
     "phone": "+358409999999"},
]  # fmt: skip
PEOPLE = [
    {"first": "Sirpa", "last": "Salainen", "org": f"Apu · {ORG}", "publish": "yes"},
    {"first": "Pekka", "last": "Pieni", "email": "pj@example.net", "phone": "+358409999999"},
]


def made(language="fi", licence=""):
    register = book(organisations=ROWS, people=PEOPLE)
    say = Sentences(language)
    lists, _ = public_directory(register, TODAY, Selection(), language)
    some = public_organisations(register, lists)
    files = data_package(some, say, "Luettelo", TODAY, licence)
    page = directory_page(lists, say, title="Luettelo", people=False)
    return files, page


def records(files):
    return list(csv.DictReader(StringIO(files["organisations.csv"].decode())))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("licence", ["", "CC-BY-4.0"])
def test_the_dictionary_is_one_by_the_published_schemas(language, licence):
    package = json.loads(made(language, licence)[0]["datapackage.json"])
    for schema, value in (
        ("data-package", package),
        *(("table-schema", one["schema"]) for one in package["resources"]),
    ):
        told = json.loads((PUBLISHED / f"{schema}.json").read_text(encoding="utf-8"))
        jsonschema.Draft4Validator(told).validate(value)


def test_what_the_dictionary_says_holds_of_every_cell_in_both_forms():
    files, _ = made()
    package = json.loads(files["datapackage.json"])
    table, values = records(files), json.loads(files["organisations.json"])
    assert {one["path"] for one in package["resources"]} | {"datapackage.json"} == files.keys()
    for rows in (table, values):
        assert [row["name"] for row in rows] and len(rows) == len(values)
        for field in package["resources"][0]["schema"]["fields"]:
            rules = field.get("constraints", {})
            for row in rows:
                cell = row[field["name"]]
                assert cell or not rules.get("required")
                assert not cell or re.fullmatch(rules.get("pattern", ".*"), cell)
                assert not cell or cell in rules.get("enum", [cell])
    names = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert [*table[0]] == names == [*values[0]]


def test_what_is_told_of_an_organisation_and_what_is_kept_back():
    files, page = made()
    told = {row["name"]: row for row in records(files)}
    one = told['Apu, "oma"; ry']
    assert (one["municipality"], one["municipality_code"], one["region"]) == (
        *("Espoo", "049"),
        "Uusimaa",
    )
    assert (one["phone"], one["url"]) == ("040 1234567", "https://www.example.org")
    assert told["'=HYPERLINK(1) ry"]["email"] == told["'=HYPERLINK(1) ry"]["url"] == ""
    assert told["Pekan ry"]["email"] == told["Pekan ry"]["phone"] == ""
    every = page + "".join(content.decode() for content in files.values())
    for secret in ("Sirpa", "Salainen", "Pekka", "maija.malli", "pj@", "409999999", "Paikaton"):
        assert secret not in every
    assert 'href="javascript' not in every


def test_the_page_needs_nothing_and_tells_nobody_who_reads_it():
    _, page = made()
    assert not re.findall(r'(?:src|href)="https?://(?!www\.example\.org)', page)
    assert "Content-Security-Policy" in page and "Yhteyshenkilö" not in page
    assert "suostuneet" not in page and "check.py" not in page

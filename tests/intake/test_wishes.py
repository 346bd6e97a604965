"""Whom a list's keeper would invite has not agreed to it: a wish is no consent (GDPR art. 7)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.refusals import is_wish_column, row_tells_wish
from register.intake.sheet import ListSheet
from tests.cleanup.test_cleanup import clean
from tests.making import book, with_headers
from tests.test_scripts import exits

BOOK = ("--book", "r.xlsx")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wish"),
    [
        *((one, True) for one in ("Kutsutaan", "KUTSUTAAN?", "Kutsut", "Bjuds in", "Invite")),
        *((one, False) for one in ("Suostumus", "Saa kutsua", "Haluan kutsuja", "Opt in", "Lupa")),
    ],
)
def test_which_columns_are_wishes(header, wish):
    assert is_wish_column(header) is wish
    assert row_tells_wish(f"Huom: tuttu\n{header}: kyllä") is wish


def test_words_that_only_speak_of_inviting_are_none():
    assert not row_tells_wish("Kutsutaan mukaan keväällä")
    assert not row_tells_wish("")


@pytest.mark.parametrize(
    ("header", "cell", "basis", "invite", "dated"),
    [
        ("Kutsutaan", "kyllä", "oikeutettu etu", "kyllä", False),
        ("Bjuds in", "x", "oikeutettu etu", "kyllä", False),
        ("Suostumus", "kyllä", "suostumus", "kyllä", True),
        ("Kutsutaan", "", "oikeutettu etu", "ei", False),
    ],
)
def test_what_a_list_s_column_makes_of_a_person(tmp_path, header, cell, basis, invite, dated):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "list.csv").write_text(
        f"Nimi;Yhdistys;Sähköposti;{header}\nMaija Malli;Kylä ry;m@kyla.example;{cell}\n"
        f"Pekka Testi;Kylä ry;p@kyla.example;{cell}\n",
        "utf-8",
    )
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    exits(0, tmp_path, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    headers, *rows = load_workbook(tmp_path / "r.xlsx")["Yhteyshenkilöt"].iter_rows(
        values_only=True
    )
    people = [dict(zip(headers, row, strict=True)) for row in rows if row[1]]
    assert len(people) == 2
    for one in people:
        assert (one["Peruste"], one["Kutsutaan"]) == (basis, invite)
        assert bool(one["Suostumus pvm"]) is dated
        words = one["Suostumuksen sanat"] or ""
        assert words.startswith(f"{header}: {cell} (list.csv ") if dated else not words


@pytest.mark.parametrize(
    ("headers", "cells", "day", "words"),
    [
        (
            ("Suostumus", "Suostumus pvm"),
            ("kyllä", "12.3.2024"),
            "2024-03-12",
            "Suostumus: kyllä (l)",
        ),
        (("Samtycke", "Samtycke datum"), ("ja", "12.3.2024"), "2024-03-12", "Samtycke: ja (l)"),
        (("Suostumus", "Syntymäpäivä"), ("x", "12.3.1984"), "2026-11-01", "Suostumus: x (l)"),
        (("Suostumus pvm",), ("12.3.2024",), "2024-03-12", "Suostumus pvm: 12.3.2024 (l)"),
        (("Consent date",), ("2024-03-12",), "2024-03-12", "Consent date: 2024-03-12 (l)"),
        (("Suostumus",), ("kyllä 12.3.2024",), "2024-03-12", "Suostumus: kyllä 12.3.2024 (l)"),
        (("Suostumus",), ("12.3.2024",), "2024-03-12", "Suostumus: 12.3.2024 (l)"),
        (("Samtycke",), ("ja (12.3.2024)",), "2024-03-12", "Samtycke: ja (12.3.2024) (l)"),
        (("Suostumus pvm", "Suostumus"), ("12.3.2024", "x"), "2024-03-12", "Suostumus: x (l)"),
    ],
)
def test_a_consent_has_the_day_and_the_words_of_its_list(headers, cells, day, words):
    rows = tuple((name, f"{name}@kyla.example", *cells) for name in ("Maija Malli", "Pekka Testi"))
    for start in (book(), with_headers(book(), "inbox", ["consent_words"])):
        sheet = ListSheet("l", ("Nimi", "Sähköposti", *headers), rows)
        targets = [
            one.key for one in start.table("inbox").tab.columns if start.table("inbox").has(one.key)
        ]
        columns = guess_columns(sheet, [], targets)
        added, _ = import_contacts(start, sheet, columns, NOW, source="l")
        there = start.with_changes(added.plan.changes)
        again, _ = import_contacts(there, sheet, columns, NOW, source="l")
        assert added.plan.changes and not again.plan.changes
        for _, row in clean(there)[0].table("people").rows():
            said = words if start.table("inbox").has("consent_words") else "Lupa: kyllä (l)"
            found = (row["basis"], row["consent_on"], row["consent_words"])
            assert found == ("consent", day, said)


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (("Suostumus",), ("ei 12.3.2024",)),
        (("Suostumus pvm", "Suostumus"), ("12.3.2024", "ei")),
        (("Suostumus pvm", "Suostumus"), ("12.3.2024", "kysyttävä")),
        (("Suostumus peruttu pvm",), ("12.3.2024",)),
        (("Suostumus pyydetty pvm",), ("12.3.2024",)),
        (("Kuvauslupa pvm",), ("12.3.2024",)),
        (("Suostumus",), ("kyllä 12.3.2029",)),
        (("Suostumus pvm",), ("",)),
    ],
)
def test_what_is_no_consent(headers, cells):
    rows = tuple((name, f"{name}@kyla.example", *cells) for name in ("Maija Malli", "Pekka Testi"))
    sheet = ListSheet("l", ("Nimi", "Sähköposti", *headers), rows)
    start = book()
    targets = [one.key for one in start.table("inbox").tab.columns]
    added, _ = import_contacts(start, sheet, guess_columns(sheet, [], targets), NOW, source="l")
    there = clean(start.with_changes(added.plan.changes))[0]
    found = {(row["basis"], row["consent_on"]) for _, row in there.table("people").rows()}
    assert found in ({("legitimate_interest", "")}, set())

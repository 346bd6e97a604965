"""Whom a list's keeper would invite has not agreed to it: a wish is no consent (GDPR art. 7)."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from register.intake.refusals import is_wish, tells_wish
from tests.test_scripts import exits

BOOK = ("--book", "r.xlsx")


@pytest.mark.parametrize(
    ("header", "wish"),
    [
        *((one, True) for one in ("Kutsutaan", "KUTSUTAAN?", "Kutsut", "Bjuds in", "Invite")),
        *((one, False) for one in ("Suostumus", "Saa kutsua", "Haluan kutsuja", "Opt in", "Lupa")),
    ],
)
def test_which_columns_are_wishes(header, wish):
    assert is_wish(header) is wish
    assert tells_wish(f"Huom: tuttu\n{header}: kyllä") is wish


def test_words_that_only_speak_of_inviting_are_none():
    assert not tells_wish("Kutsutaan mukaan keväällä")
    assert not tells_wish("")


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

"""Cron's output, which it mails, has ids in it and never names, addresses or phones."""

from __future__ import annotations

import pytest

from register.run.discretion import without_people
from tests.making import book
from tests.test_scripts import exits, run, types

BOOK = ("--book", "r.xlsx")
PLANTED = ("Kärnä", "Kärnän", "Liisa", "liisa", "0401234567", "+358401234567", "040 123 4567")
REGISTER = book(
    people=[
        {
            "id": "H-00000",
            "first": "Liisa",
            "last": "Kärnä",
            "email": "liisa@kyla.example",
            "phone": "+358401234567",
        }
    ],
    inbox=[{"id": "S-00000", "name": "Pekka Testi", "email": "p@tuki.example"}],
)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Kirje: Liisa Kärnä · H-00000", "Kirje: H-00000"),
        ("Liisa Kärnän tiedot", "H-00000 tiedot"),
        ("Kärnä Liisa, 040 123 4567", "H-00000, H-00000"),
        ("liisa@kyla.example ei toimi", "H-00000 ei toimi"),
        ("joku.muu@toinen.example ei toimi", "…@… ei toimi"),
        ("”Kärnä?” (H-00000): kuka?", "”H-00000?” (H-00000): kuka?"),
        ("Uusi: Pekka Testi", "Uusi: S-00000"),
        ("3 kirjettä on lähtenyt.", "3 kirjettä on lähtenyt."),
    ],
)
def test_what_is_left_of_a_text(said, left):
    assert without_people(said, [REGISTER]) == left


def test_a_word_of_a_sentence_is_no_name():
    ole = book(people=[{"id": "H-00000", "first": "Ole", "last": "Kukkonen"}])
    said = "Ole Kukkonen ei ole saanut sitä. Kukkosen kirje: OLE KUKKONEN"
    left = "H-00000 ei ole saanut sitä. H-00000 kirje: H-00000"
    assert without_people(said, [ole]) == left


def test_what_cron_mails_names_nobody(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "list.csv").write_text(
        "Nimi;Yhdistys;Sähköposti;Puhelin\nLiisa Kärnä;Kylä ry;liisa@kyla.example;040 123 4567\n",
        "utf-8",
    )
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    told = [run(tmp_path, "autopilot.py", *BOOK, "--cron", "--apply")]
    types(tmp_path, "Yhteyshenkilöt", 2, "Sähköposti", "liisa@@kyla.example")
    types(tmp_path, "Yhteyshenkilöt", 2, "Huom", "Liisa Kärnän 131052-308T, soita 0401234567")
    types(tmp_path, "Yhteyshenkilöt", 2, "Lisätty", "1.1.2020")
    for command in (
        ("cleanup.py",),
        ("check.py",),
        ("privacy.py", "due"),
        ("privacy.py", "basis"),
        ("privacy.py", "erase", "H-11111"),
        ("regions.py", "lists"),
        ("invite.py", "notice"),
        ("invite.py", "freshness"),
        ("undo.py",),
        ("autopilot.py", "--apply"),
        ("autopilot.py", "-v"),
    ):
        told.append(run(tmp_path, *command, *BOOK, "--cron"))
    assert any("H-" in one.stdout for one in told)
    for one in told:
        printed = one.stdout + one.stderr
        assert not [word for word in (*PLANTED, "kyla.example") if word in printed], printed

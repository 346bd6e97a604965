"""Whom a line means: organisations, people, several of each, strangers; and what is written."""

from datetime import date

import pytest

from register.cooperation.matter_lines import cooperation_rows, matter_lines
from register.rules import RuleContext, required
from tests.making import book

TODAY = date(2026, 11, 23)
CITY, AID, CLUB = "O-MYRB1", "O-C30J9", "O-DSB1K"
ORGS = [
    {"id": CITY, "name": "Espoon kaupunki", "type": "municipality", "municipality": "Espoo"},
    {"id": AID, "name": "Vantaan Apu ry", "short": "VAPU", "municipality": "Vantaa"},
    {"id": CLUB, "name": "Kylä, koti ja kulttuuri ry", "municipality": "Espoo"},
]
MAIJA, PEKKA, OTHER, LIISA = "H-XV6BG", "H-NFBG1", "H-NR9VT", "H-DR4MN"
PEOPLE = [
    {"id": MAIJA, "first": "Maija", "last": "Malli", "org": CITY, "owner": "Anna"},
    {"id": PEKKA, "first": "Pekka", "last": "Testi", "org": CITY},
    {"id": OTHER, "first": "Maija", "last": "Malli", "org": AID},
    {"id": LIISA, "first": "Liisa", "last": "Ek", "org": AID},
]


def register(text, **cells):
    row = {"id": "S-HY5K6", "text": text, **cells}
    choices = [{"topics": "kotoutuminen", "owners": "Jari"}, {"owners": "Anna"}]
    return book(organisations=ORGS, people=PEOPLE, inbox=[row], choices=choices)


def entered(text, **cells):
    """Return what a clear line becomes: (organisation, person, matter, state) of each row."""
    start = register(text, **cells)
    (told,) = matter_lines(start, TODAY)
    assert told.is_clear, told
    after = start.with_changes(cooperation_rows(start, told, "", TODAY))
    assert after.table("inbox").cell("S-HY5K6", "result").startswith("uusi Y-")
    assert list(matter_lines(after, TODAY)) == []
    return [
        (
            row["org"].rpartition(" · ")[2],
            row["person"].rpartition(" · ")[2],
            row["matter"],
            row["state"],
        )
        for _, row in after.table("cooperation").rows()
    ]


MEANT = [
    ("12.3. Espoo / Maija Malli: tila", [(CITY, MAIJA)]),
    ("12.3. Esbo / Maija Malli: lokal", [(CITY, MAIJA)]),
    ("12.3. Vantaan Apu / Maija Malli: tila", [(AID, OTHER)]),
    ("12.3. VAPU / Malli Maija: tila", [(AID, OTHER)]),
    ("12.3. Maija Malli (Espoo): tila", [(CITY, MAIJA)]),
    ("12.3. tavattu Maija Malli, Espoo: tila", [(CITY, MAIJA)]),
    ("12.3. Espoo, Maija Malli: tila", [(CITY, MAIJA)]),
    ("12.3. Espoo – Maija Malli: tila", [(CITY, MAIJA)]),
    ("12.3. Espoo / Maija: tila", [(CITY, MAIJA)]),
    ("12.3. Espoo / Malli: tila", [(CITY, MAIJA)]),
    ("12.3. Espoo / Maija Mallin kanssa: tila", [(CITY, MAIJA)]),
    ("12.3. Espoo / Maja Malli: tila", [(CITY, MAIJA)]),
    ("12.3. Espoo: tila", [(CITY, "")]),
    ("12.3. Vantaan Apuu ry: tila", [(AID, "")]),
    ("12.3. Liisa Ek: tila", [(AID, LIISA)]),
    ("Liisa Ek: tila", [(AID, LIISA)]),
    ("12.3. Kylä, koti ja kulttuuri ry: tila", [(CLUB, "")]),
    ("12.3. H-NR9VT: tila", [(AID, OTHER)]),
    ("12.3. O-MYRB1 / H-NFBG1: tila", [(CITY, PEKKA)]),
    ("12.3. Espoo / Maija Malli ja Pekka Testi: tila", [(CITY, MAIJA), (CITY, PEKKA)]),
    ("12.3. Espoo / Maija Malli & Liisa Ek: tila", [(CITY, MAIJA), (CITY, LIISA)]),
    ("12.3. Espoo, Vantaan Apu: tila", [(CITY, ""), (AID, "")]),
    ("12.3. Espoo, Vantaan Apu / Liisa Ek: tila", [(CITY, ""), (AID, LIISA)]),
]


@pytest.mark.parametrize(("text", "wanted"), MEANT)
def test_whom_a_line_means(text, wanted):
    assert [row[:2] for row in entered(text)] == wanted


def test_only_the_first_row_of_a_matter_is_open():
    rows = entered("12.3. Espoo / Maija Malli ja Pekka Testi: tila, soitetaan 1.4.")
    assert [(person, state) for _, person, _, state in rows] == [(MAIJA, "open"), (PEKKA, "done")]


def test_each_matter_is_a_row():
    rows = entered("12.3. Espoo: tila, lupasi avaimet; joulu, varataan sali 1.12.")
    assert [row[2:] for row in rows] == [("tila", "done"), ("joulu", "open")]


def test_two_lines_of_a_cell_are_entered_together():
    rows = entered("12.3. Espoo: tila\n13.3. VAPU: hanke")
    assert [row[0] for row in rows] == [CITY, AID]


def test_a_stranger_is_named_in_what_was_agreed():
    start = register("12.3. Espoo / Outi Outo: tila, lupasi avaimet")
    (told,) = matter_lines(start, TODAY)
    assert told.is_clear and told.entries[0].strangers == ("Outi Outo",)
    after = start.with_changes(cooperation_rows(start, told, "", TODAY))
    ((_, row),) = after.table("cooperation").rows()
    assert (row["person"], row["agreed"]) == ("", "Outi Outo: lupasi avaimet")


def test_the_owner_is_who_answered_else_whose_the_person_is():
    start = register("12.3. Espoo / Maija Malli: kotoutuminen")
    (told,) = matter_lines(start, TODAY)
    owners = [
        next(c.after for c in cooperation_rows(start, told, by, TODAY) if c.column == "owner")
        for by in ("Jari", "")
    ]
    assert owners == ["Jari", "Anna"]


@pytest.mark.parametrize(("end", "owner"), [("2026-01-01", "Anna"), ("2099-01-01", ""), ("", "")])
def test_a_matter_is_nobodys_who_has_left(end, owner):
    start = book(
        organisations=ORGS,
        inbox=[{"id": "S-HY5K6", "text": "12.3. Espoo: kotoutuminen"}],
        choices=[{"owners": "Jari", "owner_end": end}, {"owners": "Anna"}],
    )
    (told,) = matter_lines(start, TODAY)
    found = [c.after for c in cooperation_rows(start, told, "", TODAY) if c.column == "owner"]
    assert found == ([owner] if owner else [])


def test_the_topic_of_a_line_is_one_of_ours():
    start = register("12.3. Espoo / Maija Malli: kotoutuminen")
    (told,) = matter_lines(start, TODAY)
    assert "kotoutuminen" in [
        c.after for c in cooperation_rows(start, told, "", TODAY) if c.column == "topic"
    ]


UNCLEAR = [
    ("12.3. Maija Malli: tila", {MAIJA, OTHER}),
    ("12.3. Uusi yhdistys ry / Outi Outo: tila", set()),
    ("12.3. Joku muu: tila", set()),
]


@pytest.mark.parametrize(("text", "ids"), UNCLEAR)
def test_what_is_not_clear_is_not_entered(text, ids):
    (told,) = matter_lines(register(text), TODAY)
    assert not told.is_clear
    assert {row_id for entry in told.entries for row_id in entry.unclear} == ids


def test_a_matter_of_somebody_without_an_organisation_is_theirs():
    alone = {"id": "H-0QXJF", "first": "Ville", "last": "Vapaa"}
    row = {"id": "S-HY5K6", "text": "12.3. Ville Vapaa: kotisivut, lupasi hinnan, soitetaan"}
    start = book(organisations=ORGS, people=[*PEOPLE, alone], inbox=[row])
    (told,) = matter_lines(start, TODAY)
    after = start.with_changes(cooperation_rows(start, told, "", TODAY))
    ((_, made),) = after.table("cooperation").rows()
    assert (made["org"], made["person"]) == ("", "Ville Vapaa · H-0QXJF")
    found = required.check(after, RuleContext(TODAY))
    assert not [one for one in found if (one.tab, one.column) == ("cooperation", "org")]


@pytest.mark.parametrize(
    ("text", "date_due"),
    [
        ("12.12. Liisa Ek: avaimet", ("2026-11-23", "avaimet", "2026-12-12")),
        ("12.12. Liisa Ek: avaimet, haen pe", ("2026-11-23", "haen pe", "2026-11-27")),
        ("12.12.2025 Liisa Ek: avaimet", ("2025-12-12", "", "")),
        ("12.12.25 Liisa Ek: avaimet", ("2025-12-12", "", "")),
        ("20.11. Liisa Ek: avaimet", ("2026-11-20", "", "")),
        ("12.3. Liisa Ek: avaimet", ("2026-03-12", "", "")),
    ],
)
def test_a_day_that_is_soon_is_not_of_the_year_before(text, date_due):
    (told,) = matter_lines(register(text), TODAY)
    (matter,) = told.entries[0].line.matters
    assert (told.entries[0].line.date, matter.next, matter.due) == date_due


def test_a_need_without_a_colon_is_one_of_those_whom_the_register_knows():
    assert entered("Liisa Ek tarvitsee tilan") == [(AID, LIISA, "tilan", "open")]
    assert list(matter_lines(register("Joku tarvitsee tilan"), TODAY)) == []


def test_the_column_of_the_organisation_helps():
    assert entered("12.3. Maija Malli: tila", org="Vantaan Apu ry")[0][:2] == (AID, OTHER)


NONE = [
    ("soittakaa minulle: kiitos", {}),
    ("12.3. Espoo: tila", {"name": "Maija Malli"}),
    ("12.3. Espoo: tila", {"result": "ohitettu"}),
    ("Terveisin: Maija Malli, Espoo", {}),
    ("12.3. tavattu messuilla - mukava ihminen", {}),
]


@pytest.mark.parametrize(("text", "cells"), NONE)
def test_other_messages_are_left_alone(text, cells):
    assert list(matter_lines(register(text, **cells), TODAY)) == []


def test_a_line_whose_row_never_came_is_read_again():
    start = register("15.3. Vantaan Apu: sovittiin tapaaminen", result="uusi Y-MYRB1")
    (told,) = matter_lines(start, TODAY)
    after = start.with_changes(cooperation_rows(start, told, "", TODAY))
    assert after.table("inbox").cell("S-HY5K6", "result") != "uusi Y-MYRB1"
    assert list(matter_lines(after, TODAY)) == []


def test_a_first_name_in_a_line_with_a_day_means_whoever_has_it():
    assert entered("Mötte Liisa och Pekka i fredags: lokal, vi ringer i januari") == [
        (AID, LIISA, "lokal", "open"),
        (CITY, PEKKA, "lokal", "done"),
    ]
    (told,) = matter_lines(register("12.11. Maija: tilat, soitetaan"), TODAY)
    assert set(told.entries[0].unclear) == {MAIJA, OTHER}
    assert list(matter_lines(register("Pekka: ei gluteenia"), TODAY)) == []

"""Elected councillors against the register: whom it has, to what they belong, who is whom."""

from datetime import datetime

import pytest

from register.imports.councillors import bring_in_council
from register.intake.registered import Council, ElectedPerson
from register.words.sentences import Sentences
from tests.cleanup.test_cleanup import clean
from tests.making import book

NOW = datetime(2026, 11, 23, 12, 0)
TOWN = {"id": "O-MYRB1", "name": "Espoon kaupunki", "type": "municipality", "municipality": "Espoo"}
MAIJA = ElectedPerson("Maija", "Malli", "AAA", "AAAS", "049")


def person(**cells):
    row = {"id": "H-0JCDN", "first": "Maija", "last": "Malli", "group": "elected", "party": "AAA"}
    return {**row, "org": f"Espoon kaupunki · {TOWN['id']}", "role": "valtuutettu", **cells}


def brought(there, *members, kind="municipal", code="049", **more):
    council = Council(kind, 2025, code, members or (MAIJA,))
    return bring_in_council(there, council, NOW, Sentences(there.language), **more)


def added(outcome, column="org"):
    return [c.after for c in outcome.plan.changes if (c.tab, c.column) == ("inbox", column)]


def asked(outcome):
    return [c.after for c in outcome.plan.changes if (c.tab, c.column) == ("review", "message")]


@pytest.mark.parametrize(
    ("language", "name"),
    [("fi", "Espoon valtuusto"), ("sv", "Fullmäktige i Esbo"), ("en", "Espoo council")],
)
def test_the_council_stands_for_a_town_that_is_not_there(language, name):
    assert added(brought(book(language))) == [name]


def test_they_belong_to_the_town_that_is_there_or_waits():
    assert added(brought(book(organisations=[TOWN]))) == ["Espoon kaupunki · O-MYRB1"]
    waits = {"id": "S-MYRB1", "org": "Espoon kaupunki", "municipality": "Espoo"}
    assert added(brought(book(inbox=[waits]))) == ["Espoon kaupunki"]


@pytest.mark.parametrize(
    "row",
    [
        {**TOWN, "name": "Espoon kaupunginkirjasto"},
        {**TOWN, "municipality": "Vantaa"},
        {**TOWN, "status": "archived"},
        {**TOWN, "type": "association"},
    ],
)
def test_an_office_or_another_town_is_not_the_town(row):
    assert added(brought(book(organisations=[row]))) == ["Espoon valtuusto"]


@pytest.mark.parametrize(
    "cells",
    [{}, {"first": "Malli", "last": "Maija"}, {"org": "", "municipality": "Espoo"}, {"body": "x"}],
)
def test_who_is_there_is_known(cells):
    outcome = brought(book(organisations=[TOWN], people=[person(**cells)]))
    assert outcome.plan.changes == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"group": "association_actor"},
        {"status": "archived"},
        {"first": "Maija-Liisa"},
        {"org": "", "municipality": "Vantaa"},
    ],
)
def test_who_may_be_another_waits_in_saapuneet(cells):
    outcome = brought(book(organisations=[TOWN], people=[person(**cells)]))
    assert added(outcome, "last") == ["Malli"]


def test_a_countys_councillor_of_the_same_town_is_not_the_municipalitys():
    county = {"id": "O-FGVWW", "name": "Länsi-Uudenmaan hyvinvointialue", "type": "county"}
    there = person(org=f"Länsi-Uudenmaan hyvinvointialue · {county['id']}", municipality="Espoo")
    outcome = brought(book(organisations=[TOWN, county], people=[there]))
    assert added(outcome, "last") == ["Malli"] and asked(outcome) == []
    outcome = brought(book(organisations=[TOWN, county], people=[there]), kind="county", code="03")
    assert outcome.plan.changes == ()


def test_namesakes_are_told_by_their_party_and_stay_two():
    twin = ElectedPerson("Maija", "Malli", "BBB", "", "049")
    there = book(organisations=[TOWN], people=[person(party="BBB")])
    outcome = brought(there, MAIJA, twin)
    assert added(outcome, "party") == ["AAA"] and asked(outcome) == []
    after, _ = clean(book(organisations=[TOWN]).with_changes(brought(there, MAIJA).plan.changes))
    both, _ = clean(after.with_changes(brought(after, MAIJA, twin).plan.changes))
    parties = sorted(row["party"] for _, row in both.table("people").rows())
    assert parties == ["AAA", "BBB"]
    assert brought(both, MAIJA, twin).plan.changes == ()


@pytest.mark.parametrize(
    ("cells", "is_asked"),
    [
        ({"last": "Muu"}, True),
        ({"last": "Muu", "role": "", "body": "kaupunginvaltuusto"}, True),
        ({"last": "Muu", "role": "lautakunnan jäsen"}, False),
        ({"last": "Muu", "end": "2025-05-31"}, False),
        ({"last": "Muu", "end": "31.5.2029 asti"}, True),
        ({"last": "Muu", "end": "viime kesänä"}, False),
        ({"last": "Muu", "start": "2026-03-01"}, False),
        ({"last": "Muu", "org": "", "municipality": "Vantaa"}, False),
        ({"party": ""}, True),
        ({"party": "aaa"}, False),
    ],
)
def test_who_is_asked_about(cells, is_asked):
    outcome = brought(book(organisations=[TOWN], people=[person(**cells)]))
    assert bool(asked(outcome)) == is_asked


def test_at_most_so_many_are_added_and_the_next_run_goes_on():
    members = [ElectedPerson("Eka", f"Nimi{n}", "A", "", "049") for n in range(5)]
    there = book(organisations=[TOWN])
    first = brought(there, *members, limit=2)
    second = brought(there.with_changes(first.plan.changes), *members)
    assert [len(added(one, "last")) for one in (first, second)] == [2, 3]


def test_a_council_brings_no_questions_of_who_is_whom():
    members = [ElectedPerson("Liisa", last, "A", "", "049") for last in ("Koski", "Lahti", "Virta")]
    after, _ = clean(
        book(organisations=[TOWN]).with_changes(
            brought(book(organisations=[TOWN]), *members).plan.changes
        )
    )
    assert len(after.table("people")) == 3
    assert not [row for _, row in after.table("review").rows() if row["kind"] == "duplicate"]

"""The parts of the register, the gaps and the pioneer's kit: their figures agree, names are right."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from register.book.errors import UsageError
from register.imports.pioneer import plan_first_meeting, starter_kit
from register.lists.officials import official_listing
from register.lists.present import frame_of
from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection, SelectionCriteria, select_part
from register.show.coverage import coverage_values
from register.values import places
from register.words.sentences import Sentences
from tests.large_register import large_register
from tests.making import book

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


def test_the_figures_agree_with_a_count_by_pandas():
    large = large_register(3, 400, 800)
    frame = frame_of(large.table("organisations"))
    codes = frame["municipality"].map(lambda cell: places.resolve_place(cell).municipality.code)
    found = coverage_values(regional_gaps(large, TODAY, Selection(), "fi"))
    spots = [spot for region in found["regions"] for spot in region["municipalities"]]
    mine = pd.Series({s["code"]: s["home"] + 0 for s in spots})
    assert mine[mine > 0].to_dict() == codes.value_counts().to_dict()
    assert found["gaps"]["no-organisation"] == sum(s["home"] + s["active"] == 0 for s in spots)
    lists = regional_directory(large, TODAY)
    assert sum(s["home"] for s in spots) == sum(len(region.home) for region in lists.regions)


def test_more_points_come_first():
    found = regional_gaps(large_register(3, 400, 800), TODAY, Selection(), "fi")
    points = [spot.points for spot in found.ranked]
    assert points == sorted(points, reverse=True)
    assert max(points) == 12


def test_an_unknown_place_stops_and_the_nearest_are_named():
    with pytest.raises(UsageError) as stopped:
        select_part(book(), SelectionCriteria(municipalities=("Espo",)))
    assert "Espoo" in stopped.value.values["near"]


def test_a_former_municipality_is_its_successor_and_that_is_said():
    chosen = select_part(book(), SelectionCriteria(municipalities=("Pertunmaa",)))
    assert chosen.codes == {"507"}
    assert chosen.notes


def test_all_sorts_together_and_alternatives_within_one():
    rows = [
        {"id": "O-5Z6HK", "name": "A", "municipality": "Espoo", "topics": "nuoret"},
        {"id": "O-FGVWW", "name": "B", "municipality": "Vantaa", "topics": "nuoret"},
        {"id": "O-JNCGP", "name": "C", "municipality": "Vantaa", "topics": "kulttuuri"},
    ]
    made = book(organisations=rows)
    wanted = SelectionCriteria(municipalities=("Espoo", "Vantaa"), topics=("nuoret",))
    found = regional_directory(made, TODAY, chosen=select_part(made, wanted))
    assert [one.name for one in found.organisations] == ["A", "B"]


def test_party_is_told_of_the_elected_only_and_where_nobody_is_known():
    people = [
        {"id": "H-1HB3B", "last": "Ä", "group": "elected", "municipality": "Espoo", "party": "X"},
        {"id": "H-1PBSM", "last": "B", "group": "official", "municipality": "Espoo", "party": "X"},
    ]
    made = book(people=[{**one, "owner": "Maija"} for one in people])
    chosen = select_part(made, SelectionCriteria(areas=("Uusimaa",)))
    known, nobody = official_listing(made, chosen, TODAY, "fi").groups
    assert {row[0]: row[5] for row in known.rows} == {"H-1HB3B": "X", "H-1PBSM": ""}
    assert len(nobody.rows) == 25


@pytest.mark.parametrize(
    ("cells", "known"),
    [
        ({}, False),
        ({"trust": "not_yet"}, False),
        ({"trust": "acquaintance"}, True),
        ({"owner": "Maija"}, True),
        ({"met_at": "messut"}, True),
    ],
)
def test_a_councillor_who_is_merely_in_the_register_is_not_known(cells, known):
    person = {"id": "H-1HB3B", "last": "Ä", "group": "elected", "municipality": "Espoo", **cells}
    made = book(people=[person])
    chosen = select_part(made, SelectionCriteria(municipalities=("Espoo",)))
    found = {one.key: len(one.rows) for one in official_listing(made, chosen, TODAY, "fi").groups}
    assert found == (
        {"known": 1, "nobody": 0} if known else {"known": 0, "strangers": 1, "nobody": 1}
    )


def test_a_pioneer_gets_what_waits_and_one_draft_only():
    waiting = [
        {"id": "S-00000", "org": "Uusi ry", "municipality": "Espoo"},
        {"id": "S-00001", "org": "Tuttu r.y.", "municipality": "Espoo"},
    ]
    known = [{"id": "O-5Z6HK", "name": "Tuttu ry", "municipality": "Espoo"}]
    made = book(organisations=known, inbox=waiting)
    chosen = select_part(made, SelectionCriteria(municipalities=("Esbo",)))
    home, _, new = starter_kit(made, regional_directory(made, TODAY, chosen=chosen), chosen).groups
    assert [row[1] for row in home.rows] == ["Tuttu ry"]
    assert [row[1] for row in new.rows] == ["Uusi ry"]
    outcome = plan_first_meeting(made, chosen, NOW, Sentences("fi"))
    after = made.with_changes(outcome.plan.changes)
    assert len(after.table("meetings")) == 1
    assert plan_first_meeting(after, chosen, NOW, Sentences("fi")).plan.changes == ()


def test_a_council_that_was_brought_in_is_no_contact_of_the_town():
    town = {"id": "O-5Z6HK", "name": "Espoon kaupunki", "municipality": "Espoo"}
    seat = {"org": "Espoon kaupunki · O-5Z6HK", "group": "elected"}
    people = [
        {**seat, "last": "Ainola"},
        {**seat, "last": "Bergman", "email": "b@example.org"},
        {**seat, "last": "Cedervall", "owner": "Maija"},
        {**seat, "last": "Dahl", "group": "official"},
    ]
    made = book(organisations=[town], people=people)
    (one,) = regional_directory(
        made, TODAY, chosen=select_part(made, SelectionCriteria())
    ).organisations
    assert [who.last for who in one.contacts] == ["Bergman", "Cedervall", "Dahl"]
    spot = (
        regional_gaps(
            made, TODAY, select_part(made, SelectionCriteria(municipalities=("Espoo",))), "fi"
        )
        .areas[0]
        .spots[0]
    )
    assert (spot.contacts, spot.decision_makers) == (3, 1)

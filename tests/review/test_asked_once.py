"""Nobody is asked twice about one thing."""

from register.cleanup.cleanup import CleanupOptions, cleanup
from register.match.pair import Pair
from register.review.asked_pairs import pairs_to_ask_about
from register.review.pairs import pair_id
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

ORG = {"type": "association", "municipality": "Espoo", "source": "x"}
PERSON = {
    "role": "pj",
    "group": "other",
    "invite": "no",
    "source": "x",
    "basis": "legitimate_interest",
}


def clean(start):
    outcome = cleanup(start, TickingClock().now(), CleanupOptions(SAFE), Sentences("fi"))
    return start.with_changes(outcome.plan.changes)


def asked(there):
    return [row for _, row in there.table("review").rows() if not row["done"]]


def pair(left, right, probability, tab="people"):
    return Pair(tab, left, right, "likely", ("name",), (5.0,), probability)


def test_of_a_group_as_few_pairs_are_asked_about_as_hold_it_together():
    three = [pair("H-1", "H-2", 0.9), pair("H-1", "H-3", 0.7), pair("H-2", "H-3", 0.8)]
    there = book(people=[{"id": f"H-{n}"} for n in (1, 2, 3)])
    assert pairs_to_ask_about(there, three) == [three[0], three[2]]


def test_what_is_open_stays_open_whichever_is_likelier_today():
    three = [pair("H-1", "H-2", 0.9), pair("H-1", "H-3", 0.7), pair("H-2", "H-3", 0.8)]
    there = book(
        people=[{"id": f"H-{n}"} for n in (1, 2, 3)],
        review=[{"id": pair_id(three[1]), "kind": "duplicate"}],
    )
    assert pairs_to_ask_about(there, three) == three[:2]


def test_the_people_of_two_organisations_wait_until_those_are_asked_about():
    homes = [pair("O-MYRB1", "O-C30J9", 0.9, "organisations")]
    who = [pair("H-0JCDN", "H-WR637", 0.9)]
    there = book(
        organisations=[{"id": "O-MYRB1"}, {"id": "O-C30J9"}],
        people=[{"id": "H-0JCDN", "org": "a · O-MYRB1"}, {"id": "H-WR637", "org": "b · O-C30J9"}],
    )
    assert pairs_to_ask_about(there, [*who, *homes]) == homes
    assert pairs_to_ask_about(there, who) == who


def test_two_who_may_be_one_are_not_asked_whether_one_has_ended():
    home = "Pato ry · O-0JCDN"
    rows = [
        {**PERSON, "id": "H-0JCDN", "first": "Birgitta", "last": "Engblom", "org": home,
         "phone": "+358401112222"},
        {**PERSON, "id": "H-WR637", "first": "Brigitta", "last": "Engblom", "org": home,
         "phone": "+358401112222"},
    ]  # fmt: skip
    org = {**ORG, "id": "O-0JCDN", "name": "Pato ry"}
    assert [row["kind"] for row in asked(clean(book(organisations=[org], people=rows)))] == [
        "duplicate"
    ]
    third = {**PERSON, "first": "Kari", "last": "Lumiainen", "org": home}
    kinds = [row["kind"] for row in asked(clean(book(organisations=[org], people=[*rows, third])))]
    assert sorted(kinds) == ["duplicate", "warning"]


def test_a_text_in_the_inbox_and_in_its_person_is_one_question():
    card = {"first": "Daniel", "last": "Ahonen", "text": "@SUM(1+1)*cmd|' /C", "source": "lista"}
    there = clean(book(inbox=[card]))
    faults = [row for row in asked(there) if row["kind"] != "incomplete"]
    assert len(faults) == 1 and "Daniel" in faults[0]["link"]
    (person,) = [row for _, row in there.table("people").rows()]
    mended = book(
        people=[{**person, "notes": "laskuri"}],
        inbox=[row for _, row in there.table("inbox").rows()],
        review=[row for _, row in there.table("review").rows()],
    )
    assert [row for row in asked(clean(mended)) if row["kind"] != "incomplete"] == []

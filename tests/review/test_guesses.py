"""What intake guessed is asked about, and its rows are not ok until somebody has said so."""

import pytest

from register.book.change import Change
from register.book.ids import fingerprint
from tests.cleanup.test_cleanup import clean
from tests.making import book

CARD = {"name": "Maija Malli", "org": "Espoon Apu ry", "role": "sihteeri", "municipality": "Espoo",
        "email": "maija.malli@apu.example", "met_at": "messut"}  # fmt: skip


def taken_in(*cards):
    rows = [
        {**CARD, **card, "id": row_id}
        for row_id, card in zip(("S-MYRB1", "S-C30J9", "S-0JCDN"), cards, strict=False)
    ]
    return clean(book(inbox=rows))[0]


def asked(there):
    """Return the open questions about guesses."""
    rows = there.table("review").rows()
    words = ("päätelty organisaation tyypistä", "yhdessä solussa")
    return [
        row_id
        for row_id, row in rows
        if not row["done"] and any(word in row["message"] for word in words)
    ]


def people(there, column):
    return [cell for _, cell in there.table("people").column(column)]


def decided(there, case, text):
    return clean(there.with_changes([Change("review", case, "decision", "", text, "hand")]))[0]


def of_groups(there):
    """Return the open questions about groups that types suggest."""
    rows = there.table("review").rows()
    return [case for case, row in rows if not row["done"] and row["link"].endswith("Ryhmä")]


TWO = ({}, {"name": "Pekka Julki", "email": "pekka.julki@apu.example"})


def test_a_group_is_suggested_in_one_question_and_not_written_before_its_answer():
    there = taken_in(*TWO)
    assert people(there, "group") == [""] * 2 and people(there, "status") == ["incomplete"] * 2
    (case,) = of_groups(there)
    message = there.table("review").cell(case, "message")
    assert "Maija Malli" in message and "Pekka Julki" in message
    assert clean(there)[1].plan.changes == ()


@pytest.mark.parametrize("said", ["accept", "kyllä", "tee näin"])
def test_a_group_that_is_said_to_be_right_is_written_and_ok_from_then_on(said):
    there = taken_in(*TWO)
    there = decided(there, of_groups(there)[0], said)
    for _ in range(2):
        assert of_groups(there) == asked(there) == []
        assert people(there, "group") == ["association_actor"] * 2
        assert people(there, "status") == ["ok"] * 2
        there, outcome = clean(there)
        assert outcome.plan.changes == ()


def test_the_ground_of_an_office_comes_with_its_group_and_not_before():
    """Whose consent is there, or whose ground a person has written, keeps it."""
    town = {"org": "Espoon kaupunki"}
    there = taken_in(town, {**TWO[1], **town, "consent": "yes", "at": "2026-11-01"})
    assert people(there, "group") == ["", ""]
    assert sorted(people(there, "basis")) == ["consent", "legitimate_interest"]
    done = decided(there, of_groups(there)[0], "accept")
    assert people(done, "group") == ["official"] * 2
    assert sorted(people(done, "basis")) == ["consent", "public_duty"]
    assert clean(done)[1].plan.changes == ()


def test_who_corrects_a_row_first_is_left_out():
    there = taken_in(*TWO)
    (case,), (one, _) = of_groups(there), next(iter(there.table("people").rows()))
    there = there.with_changes([Change("people", one, "group", "", "other", "hand")])
    assert people(decided(there, case, "accept"), "group") == ["other", "association_actor"]


def written_earlier():
    """A register of the time when groups were written as the type suggests, and asked about then."""
    there = taken_in(*TWO)
    rows = [row for row, _ in there.table("people").rows()]
    groups = [Change("people", row, "group", "", "association_actor", "intake") for row in rows]
    case = fingerprint("guess", "group", "association_actor", "0")
    question = {
        "id": case,
        "kind": "intake",
        "left": " ".join(rows),
        "suggestion": "järjestötoimija",
    }
    asked = [
        Change("review", case, key, "", cell, "review", "add") for key, cell in question.items()
    ]
    return clean(there.with_changes([*groups, *asked]))[0]


def test_a_group_that_was_written_unasked_once_is_still_asked_about():
    there = written_earlier()
    (case,) = asked(there)
    assert people(there, "status") == ["check"] * 2
    right = decided(there, case, "on kunnossa")
    assert asked(right) == [] and people(right, "status") == ["ok"] * 2
    other = decided(there, case, "viranhaltija")
    assert people(other, "group") == ["official"] * 2 and asked(other) == []
    assert clean(other)[1].plan.changes == ()


def test_who_corrects_or_verifies_a_row_is_asked_no_more():
    there = written_earlier()
    (one, _), (two, _) = there.table("people").rows()
    there, _ = clean(
        there.with_changes(
            [
                Change("people", one, "group", "association_actor", "other", "hand"),
                Change("people", two, "verified_on", "", "2026-11-01", "hand"),
            ]
        )
    )
    assert asked(there) == [] and people(there, "status") == ["ok"] * 2


@pytest.mark.parametrize("cells", [{"group": "association_actor"}, {"group": "official"}])
def test_a_group_that_the_card_names_is_no_guess(cells):
    there = taken_in(cells)
    assert asked(there) == [] and people(there, "status") == ["ok"]


ORDERED = {"group": "association_actor", "email": "xq@apu.example"}


@pytest.mark.parametrize(
    ("said", "names"), [("accept", ("Zhou", "Xqing")), ("ignore", ("Xqing", "Zhou"))]
)
def test_a_name_whose_order_nothing_tells_is_asked_about(said, names):
    there = taken_in({**ORDERED, "name": "Xqing Zhou"})
    (case,) = asked(there)
    assert people(there, "status") == ["check"]
    there = decided(there, case, said)
    assert (*people(there, "first"), *people(there, "last")) == names
    assert asked(there) == [] and people(there, "status") == ["ok"]
    assert clean(there)[1].plan.changes == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "Zhou, Xqing"},
        {"name": "Maija Xqing"},
        {"name": "Xqing Maija"},
        {"name": "Xqing von Zhou"},
        {"name": "", "first": "Xqing", "last": "Zhou"},
    ],
)
def test_a_name_whose_order_something_tells_is_no_guess(cells):
    there = taken_in({**ORDERED, **cells})
    assert asked(there) == [] and people(there, "status") == ["ok"]

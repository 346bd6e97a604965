"""Saapuneet against the register: known, new or unsure; what is answered, and never asked again."""

import pytest
from register.book.change import Change

from tests.cleanup.test_cleanup import clean
from tests.making import book

A, H, S = "O-MYRB1", "H-0JCDN", "S-MYRB1"
KNOWN = {
    "organisations": [
        {"id": A, "name": "Espoon Lähimmäisapu ry", "municipality": "Espoo",
         "email": "toimisto@lahimmaisapu.example", "language": "fi"},
    ],
    "people": [
        {"id": H, "first": "Matti", "last": "Virtanen", "org": f"Espoon Lähimmäisapu ry · {A}",
         "email": "majava@posti.example", "phone": "+358401234567", "invite": "yes"},
    ],
}  # fmt: skip


def after(card):
    return clean(book(inbox=[{"id": S, **card}], **KNOWN))[0]


def questions(there):
    return [
        (row_id, row)
        for row_id, row in there.table("review").rows()
        if row["kind"] == "duplicate" and not row["done"]
    ]


def answered(there, decision):
    ((case, _),) = questions(there)
    told = there.with_changes([Change("review", case, "decision", "", decision, "test")])
    return clean(told)[0]


def people(there):
    return [row for _, row in there.table("people").rows() if row["status"] != "merged"]


def test_who_is_known_completes_as_a_proposal():
    there = after(
        {"name": "Virtanen Matti", "email": "Majava@posti.example", "role": "sihteeri",
         "org": "Espoon Lähimmäisapu"}
    )  # fmt: skip
    assert len(people(there)) == 1 and people(there)[0]["role"] == ""
    assert there.table("inbox").cell(S, "result") == f"tuttu {A}, tuttu {H}"
    offers = [
        row["suggestion"] for _, row in there.table("review").rows() if row["kind"] == "intake"
    ]
    assert "sihteeri" in offers


def test_who_is_new_is_added():
    there = after(
        {"name": "Anna Niemi", "email": "anna.niemi@posti.example", "org": "Vantaan Kuoro ry"}
    )
    assert len(people(there)) == 2 and questions(there) == []
    assert "uusi" in there.table("inbox").cell(S, "result")


UNSURE = [
    {"name": "Matti Virtane", "phone": "040 123 4567", "role": "sihteeri"},
    {"org": "Espoon Lähimäisapu ry", "municipality": "Espoo", "phone": "09 310 1691"},
    {"name": "M Virtanen", "org": "Espoon Lähimmäisapu ry", "phone": "0401234567"},
]


@pytest.mark.parametrize("card", UNSURE)
def test_who_is_unsure_waits_and_is_asked_about_once(card):
    there = after(card)
    assert there.table("inbox").cell(S, "result") == "Tarkista"
    ((_, case),) = questions(there)
    assert S in case["message"] and (A in case["message"] or H in case["message"])
    again, outcome = clean(there)
    assert outcome.plan.changes == () and questions(again) == questions(there)
    assert len(people(again)) == 1 and len(list(again.table("organisations").rows())) == 1


@pytest.mark.parametrize("card", UNSURE)
def test_the_same_is_linked_and_completes(card):
    there = answered(after(card), "same")
    assert len(people(there)) == 1 and len(list(there.table("organisations").rows())) == 1
    assert "tuttu" in there.table("inbox").cell(S, "result") and questions(there) == []
    assert clean(there)[1].plan.changes == ()


@pytest.mark.parametrize("card", UNSURE)
def test_eri_is_added_and_never_asked_about_again(card):
    there = answered(after(card), "different")
    assert "uusi" in there.table("inbox").cell(S, "result")
    assert questions(there) == []
    for _ in range(2):
        there, outcome = clean(there)
        assert outcome.plan.changes == () and questions(there) == []


def test_a_card_of_a_person_whose_organisation_is_unsure_waits_for_both():
    there = after({"name": "Anna Niemi", "org": "Espoon Lähimäisapu ry", "municipality": "Espoo"})
    assert len(people(there)) == 1
    there = answered(there, "same")
    assert len(people(there)) == 2 and len(list(there.table("organisations").rows())) == 1
    (anna,) = [row for row in people(there) if row["first"] == "Anna"]
    assert anna["org"].endswith(A)

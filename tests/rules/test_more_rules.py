"""Rules that look at several rows or cells: what they say, and what they leave alone."""

import pytest

from register.review.findings import mended
from register.rules import Setting, mailboxes, sensitive, shifted, succession, swapped, unready
from register.rules.rule import RuleInfo
from tests.making import book
from tests.rules.expecting import TODAY, found

A, B = "H-00000", "H-00011"
MATTER = {"person": f"Maija · {A}", "state": "open"}


def codes(rule, start):
    return [(column, code) for _, column, code in found(rule, start)]


def person(**cells):
    return {"id": A, "first": "Maija", "last": "Malli", **cells}


@pytest.mark.parametrize(
    ("rule", "tabs", "expected"),
    [
        (
            swapped,
            {"people": [person(first="Virtanen", last="Matti")]},
            [("first", "name-swapped")],
        ),
        (shifted, {"people": [person(email="0401234567")]}, [("email", "column-shift")]),
        (shifted, {"people": [person(phone="maija@example.org")]}, [("phone", "column-shift")]),
        (
            shifted,
            {"organisations": [{"name": "x", "email": "040 1234567", "phone": "a@example.org"}]},
            [("email", "column-shift")],
        ),
        (
            succession,
            {"people": [person(end="2026-10-01")], "cooperation": [MATTER, MATTER]},
            [("successor", "ended-without-successor")],
        ),
        (
            mailboxes,
            {
                "people": [
                    person(email="info@example.org"),
                    {**person(email="INFO@example.org"), "id": B},
                ]
            },
            [("email", "role-mailbox-shared")] * 2,
        ),
        (
            mailboxes,
            {
                "people": [person(email="maija@example.org", org="x · O-00000")],
                "organisations": [{"id": "O-00000", "name": "x", "email": "maija@example.org"}],
            },
            [("email", "personal-mailbox-of-organisation")],
        ),
        (
            unready,
            {"meetings": [{"name": "x", "kind": "network_meeting", "state": "released"}]},
            [("template", "meeting-unready"), ("rsvp_by", "meeting-unready")],
        ),
        (
            sensitive,
            {"people": [person(notes="jäi sairauslomalle")]},
            [("notes", "sensitive-text")],
        ),
        (sensitive, {"inbox": [{"text": "Är sjukskriven"}]}, [("text", "sensitive-text")]),
    ],
)
def test_what_a_rule_says(rule, tabs, expected):
    assert codes(rule, book(**tabs)) == expected


@pytest.mark.parametrize(
    ("rule", "tabs"),
    [
        (swapped, {"people": [person(first="Matti", last="Virtanen")]}),
        (swapped, {"people": [person(first="Maija", last="Mikko")]}),
        (swapped, {"people": [person(first="", last="Matti")]}),
        (shifted, {"people": [person(email="maija@example.org", phone="+358401234567")]}),
        (shifted, {"people": [person(email="040 1234567", phone="09 1234567")]}),
        (shifted, {"people": [person(phone="maija@example.org", email="m@example.org")]}),
        (shifted, {"people": [person(email="kysy", phone="ei ole")]}),
        (succession, {"people": [person()], "cooperation": [MATTER]}),
        (succession, {"people": [person(end="2027-10-01")], "cooperation": [MATTER]}),
        (
            succession,
            {"people": [person(end="2026-10-01")], "cooperation": [{**MATTER, "state": "done"}]},
        ),
        (
            succession,
            {"people": [person(end="2026-10-01", successor=f"x · {B}")], "cooperation": [MATTER]},
        ),
        (mailboxes, {"people": [person(email="info@example.org")]}),
        (
            mailboxes,
            {
                "people": [
                    person(email="maija@example.org"),
                    {**person(email="maija@example.org"), "id": B},
                ]
            },
        ),
        (
            mailboxes,
            {
                "people": [person(email="info@example.org", org="x · O-00000")],
                "organisations": [{"id": "O-00000", "name": "x", "email": "info@example.org"}],
            },
        ),
        (unready, {"meetings": [{"name": "x", "kind": "network_meeting", "state": "draft"}]}),
        (unready, {"meetings": [{"name": "x", "kind": "seminar", "state": "released"}]}),
        (sensitive, {"people": [person(notes="Mielenterveysyhdistyksen sihteeri")]}),
        (sensitive, {"organisations": [{"name": "Sairaanhoitajat ry", "notes": "sairaus"}]}),
        (sensitive, {"people": [person(notes="epäsairas")]}),
    ],
)
def test_what_a_rule_leaves_alone(rule, tabs):
    assert codes(rule, book(**tabs)) == []


def test_a_swap_is_one_answer_for_both_cells():
    start = book(people=[person(first="Virtanen", last="Matti")])
    (finding,) = swapped.check(start, Setting(TODAY))
    after = start.applied(mended(start, finding))
    assert (after.table("people").cell(A, "first"), after.table("people").cell(A, "last")) == (
        "Matti",
        "Virtanen",
    )
    assert list(swapped.check(after, Setting(TODAY))) == []


@pytest.mark.parametrize(
    ("email", "phone", "after"),
    [
        ("0401234567", "", ("", "+358401234567")),
        ("", "maija@example.org", ("maija@example.org", "")),
        ("0401234567", "maija@example.org", ("maija@example.org", "+358401234567")),
    ],
)
def test_a_shifted_cell_is_moved_and_nothing_is_lost(email, phone, after):
    start = book(people=[person(email=email, phone=phone)])
    (finding,) = shifted.check(start, Setting(TODAY))
    done = start.applied(mended(start, finding)).table("people")
    assert (done.cell(A, "email"), done.cell(A, "phone")) == after


def test_the_words_are_the_configurations():
    start = book(people=[person(notes="puhui kissoista")])
    setting = Setting(TODAY, sensitive_words=("kissa", "kissoi"))
    assert [finding.detail for finding in sensitive.check(start, setting)] == ["kissoista"]
    assert list(sensitive.check(start, Setting(TODAY, sensitive_words=()))) == []


def test_the_new_codes_are_in_the_catalogue():
    for rule in (swapped, shifted, succession, mailboxes, unready, sensitive):
        assert all(isinstance(info, RuleInfo) for info in rule.CODES)

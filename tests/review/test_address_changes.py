"""A changed mailbox or phone of one human: asked once, written where a person says so."""

from datetime import date

import pytest

from register.book.change import Change
from register.review.address_changes import differing_addresses
from tests.cleanup.test_cleanup import clean
from tests.cleanup.test_ties import KAISA, ROWS, H, K, L, start
from tests.making import book

TODAY = date(2026, 11, 24)
OLD, NEW, OTHER = "kaisa.lampi@mail.example", "kaisa@uusi.example", "k.lampi@kolmas.example"
TIE = {"same_human": f"Kaisa Lampi · {K}"}


def edited(there, row_id, **cells):
    row = there.table("people").row(row_id)
    return there.with_changes(
        [Change("people", row_id, key, row[key], value, "hand") for key, value in cells.items()]
    )


def questions(there):
    """Return the open questions about differing addresses, by column."""
    rows = there.table("review").rows()
    mine = ("Sähköposti: ", "Puhelin: ")
    return {
        row["left"].partition(":")[0]: (row_id, row)
        for row_id, row in rows
        if row["left"].startswith(mine) and row["right"] and not row["done"]
    }


def decided(there, case, decision, suggestion=None):
    row = there.table("review").row(case)
    changes = [Change("review", case, "decision", row["decision"], decision, "hand")]
    if suggestion is not None:
        changes.append(Change("review", case, "suggestion", row["suggestion"], suggestion, "hand"))
    return clean(there.with_changes(changes))[0]


def column(there, key):
    return dict(there.table("people").column(key))


def loki(row_id, old, new, at="2026-05-01T12:00", col="Sähköposti", line="L-MYRB1"):
    return {"id": line, "run": "r", "at": at, "tab": "Yhteyshenkilöt", "row": row_id, "col": col,
            "old": old, "new": new, "why": "bounced"}  # fmt: skip


def with_log(there, *lines):
    return book(
        **{
            key: [dict(row) for _, row in there.table(key).rows()]
            for key in there.tables
            if key != "log"
        },
        log=lines,
    )


def test_a_changed_address_is_one_question_with_the_newer_proposed_and_every_row_shown():
    there, _ = clean(start(*ROWS))
    there, _ = clean(with_log(edited(there, H, email=NEW), loki(H, "", OLD)))
    ((_, row),) = questions(there).values()
    assert row["suggestion"] == NEW
    assert column(there, "email") == {H: NEW, K: OLD, L: OLD}
    for text in (
        OLD,
        NEW,
        "Lahden kuvakerho ry",
        "Setlementti Iso ry",
        "Hollolan marttayhdistys ry",
    ):
        assert text in row["message"]
    assert set(column(there, "status").values()) == {"check"}
    assert clean(there)[1].plan.changes == ()


def test_hyvaksy_writes_the_newer_to_the_other_rows_and_ends_the_question():
    there, _ = clean(
        with_log(start({**ROWS[0], **TIE, "email": NEW}, *ROWS[1:]), loki(H, OLD, NEW))
    )
    ((case, row),) = questions(there).values()
    assert row["suggestion"] == NEW
    there = decided(there, case, "accept")
    assert set(column(there, "email").values()) == {NEW}
    assert questions(there) == {} and there.table("review").cell(case, "done")
    assert clean(there)[1].plan.changes == ()


def test_where_loki_cannot_tell_nothing_is_proposed_and_a_persons_value_is_written():
    there, _ = clean(start({**ROWS[0], **TIE, "email": NEW}, ROWS[1]))
    ((case, row),) = questions(there).values()
    assert row["suggestion"] == ""
    refused = decided(there, case, "accept")
    assert refused.table("review").cell(case, "answer") and questions(refused)
    assert column(refused, "email") == {H: NEW, K: OLD}
    there = decided(there, case, "accept", OTHER)
    assert column(there, "email") == {H: OTHER, K: OTHER}
    assert questions(there) == {} and clean(there)[1].plan.changes == ()


def test_ohita_keeps_both_addresses_until_one_of_them_changes():
    there, _ = clean(start({**ROWS[0], **TIE, "email": NEW}, ROWS[1]))
    ((case, _),) = questions(there).values()
    there = decided(there, case, "ignore")
    assert column(there, "email") == {H: NEW, K: OLD} and questions(there) == {}
    assert clean(there)[1].plan.changes == ()
    again = clean(edited(there, H, email=OTHER))[0]
    ((other, _),) = questions(again).values()
    assert other != case


def test_phones_and_mailboxes_are_asked_about_apart():
    mine = {**ROWS[0], **TIE, "email": NEW, "phone": "+358401111111"}
    there, _ = clean(start(mine, ROWS[1]))
    assert set(questions(there)) == {"Sähköposti", "Puhelin"}


@pytest.mark.parametrize(
    "cells",
    [
        {"email": ""},
        {"email": "KAISA.LAMPI@MAIL.EXAMPLE"},
        {"email": "toimisto@kuvakerho.example"},
        {"phone": "+358401111111", "phone2": KAISA["phone"]},
        {"phone": "+358401111111", "notes": f"Puhelin: {KAISA['phone']}"},
        {"email": NEW, "end": "2026-01-31"},
        {"email": NEW, "status": "archived"},
    ],
)
def test_what_differs_for_a_reason_is_no_question(cells):
    there, _ = clean(start({**ROWS[0], **TIE, **cells}, ROWS[1]))
    assert questions(there) == {}


def test_rows_that_nobody_ties_are_not_compared():
    assert differing_addresses(start({**ROWS[0], "email": NEW}, ROWS[1]), TODAY) == []


@pytest.mark.parametrize(
    ("lines", "newer"),
    [
        ([loki(H, OLD, NEW)], NEW),
        ([loki(K, NEW, OLD)], OLD),
        ([loki(H, OLD, NEW), loki(K, NEW, OLD, line="L-C30J9")], ""),
        ([loki(H, "", NEW, "2026-01-01T12:00"), loki(K, "", OLD, line="L-C30J9")], OLD),
        ([loki(H, "", NEW)], ""),
        ([loki(H, "", OLD)], NEW),
        ([], ""),
    ],
)
def test_the_newer_is_what_came_in_the_others_place_or_was_written_later(lines, newer):
    people = [{**ROWS[0], **TIE, "email": NEW}, ROWS[1]]
    (found,) = differing_addresses(book(people=people, log=lines), TODAY)
    assert (found.column, found.newer) == ("email", newer)

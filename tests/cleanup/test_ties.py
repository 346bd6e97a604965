"""One human with posts in several organisations: a row for each, tied, told apart, undone."""

import pytest

from register.book.change import Change
from register.cleanup.undo import undo
from tests.cleanup.test_cleanup import clean
from tests.cleanup.test_doubles import logged
from tests.making import book

A, B, C = "O-MYRB1", "O-C30J9", "O-0JCDN"
H, K, L = "H-0JCDN", "H-WR637", "H-C30J9"
ORGANISATIONS = [
    {"id": A, "name": "Lahden kuvakerho ry", "municipality": "Lahti"},
    {"id": B, "name": "Setlementti Iso ry", "municipality": "Hollola"},
    {"id": C, "name": "Hollolan marttayhdistys ry", "municipality": "Hollola"},
]
KAISA = {
    "first": "Kaisa",
    "last": "Lampi",
    "email": "kaisa.lampi@mail.example",
    "phone": "+358405550703",
}
ROWS = [
    {"id": H, **KAISA, "org": f"Lahden kuvakerho ry · {A}", "role": "puheenjohtaja", "added_on": "2026-03-01"},
    {"id": K, **KAISA, "org": f"Setlementti Iso ry · {B}", "role": "sihteeri", "added_on": "2026-01-01"},
    {"id": L, **KAISA, "org": f"Hollolan marttayhdistys ry · {C}", "role": "rahastonhoitaja", "phone": "",
     "added_on": "2026-02-01"},
]  # fmt: skip


def tied(there):
    return {row_id: cell for row_id, cell in there.table("people").column("same_human") if cell}


def open_pairs(there):
    rows = there.table("review").rows()
    return [row_id for row_id, row in rows if row["kind"] == "duplicate" and not row["done"]]


def living(there):
    return [row_id for row_id, row in there.table("people").rows() if row["status"] != "merged"]


def start(*people):
    return book(organisations=ORGANISATIONS, people=people)


def test_posts_in_several_organisations_are_tied_to_the_oldest_row_and_never_merged():
    there, _ = clean(start(*ROWS))
    assert living(there) == [H, K, L] and open_pairs(there) == []
    assert tied(there) == dict.fromkeys((H, L), f"Kaisa Lampi · {K}")
    assert clean(there)[1].plan.changes == ()


CARDS = [
    {"id": f"S-{code}", "name": "Kaisa Lampi", "org": row["name"], "role": role,
     "email": "kaisa.lampi@mail.example", "municipality": row["municipality"]}
    for code, row, role in zip(("MYRB1", "C30J9", "0JCDN"), ORGANISATIONS, "abc", strict=True)
]  # fmt: skip


def test_a_list_with_three_posts_gives_three_rows_of_one_human():
    there, _ = clean(book(inbox=CARDS))
    rows = dict(there.table("people").rows())
    assert len(rows) == 3 and len({row["org"] for row in rows.values()}) == 3
    assert len(tied(there)) == 2 and open_pairs(there) == []


@pytest.mark.parametrize("gone", [{"status": "archived"}, None])
def test_where_the_oldest_row_goes_the_others_stay_tied(gone):
    there, _ = clean(start(*ROWS))
    rows = [dict(row) for _, row in there.table("people").rows()]
    rows = [{**row, **(gone if row["id"] == K else {})} for row in rows if gone or row["id"] != K]
    after, _ = clean(
        start(*({**row, "email": "" if row["id"] == H else row["email"]} for row in rows))
    )
    expected = {H: f"Kaisa Lampi · {L}"} | ({K: f"Kaisa Lampi · {L}"} if gone else {})
    assert tied(after) == expected
    assert clean(after)[1].plan.changes == ()


def test_sama_on_rows_of_two_organisations_ties_and_eri_unties():
    other = {**ROWS[1], "phone": "+358401111111"}
    there, _ = clean(start(ROWS[0], other))
    (case,) = open_pairs(there)
    assert "kummassakin organisaatiossa" in there.table("review").cell(case, "message")
    assert tied(there) == {}
    there, _ = clean(there.with_changes([Change("review", case, "decision", "", "same", "hand")]))
    assert tied(there) == {H: f"Kaisa Lampi · {K}"} and living(there) == [H, K]
    assert open_pairs(there) == [] and there.table("review").cell(case, "done")
    assert clean(there)[1].plan.changes == ()
    there, _ = clean(
        there.with_changes([Change("review", case, "decision", "same", "different", "hand")])
    )
    assert tied(there) == {} and open_pairs(there) == []
    assert clean(there)[1].plan.changes == ()


def test_sama_on_several_pairs_ties_all_in_one_go():
    phones = ("+358401111111", "+358402222222", "+358403333333")
    there, _ = clean(
        start(*({**row, "phone": phone} for row, phone in zip(ROWS, phones, strict=True)))
    )
    cases = open_pairs(there)
    said = [Change("review", case, "decision", "", "same", "hand") for case in cases[:2]]
    there, _ = clean(there.with_changes(said))
    assert tied(there) == dict.fromkeys((H, L), f"Kaisa Lampi · {K}") and open_pairs(there) == []


def test_a_tie_that_is_undone_is_not_made_again():
    there, _ = logged(start(*ROWS[:2]))
    lines = [row_id for row_id, row in there.table("log").rows() if row["col"] == "Sama ihminen"]
    assert tied(there) and len(lines) == 1
    there, _ = clean(there.with_changes([Change("log", lines[0], "undo", "", "undo", "hand")]))
    assert tied(there) == {}
    assert tied(clean(there)[0]) == {}


def test_a_tie_of_a_row_that_the_same_run_added_is_undone_without_the_row():
    there, run = logged(book(inbox=CARDS))
    log = there.table("log")
    lines = {row["row"]: row_id for row_id, row in log.rows() if row["col"] == "Sama ihminen"}
    assert lines.keys() == tied(there).keys() and len(lines) == 2
    assert not any("Sama" in row["new"] for _, row in log.rows() if row["col"] == "+")
    loose, line = next(iter(lines.items()))
    after, _ = clean(there.with_changes([Change("log", line, "undo", "", "undo", "hand")]))
    assert loose not in tied(after) and len(living(after)) == 3
    assert loose not in tied(clean(after)[0])
    back = there.with_changes(undo(there, run, "x").changes)
    assert tied(back) == {} and {row["status"] for _, row in back.table("people").rows()} == {
        "archived"
    }


def test_ties_follow_a_merge_within_one_organisation_and_come_back_with_it():
    double = {"id": "H-MYRB1", **KAISA, "org": f"Setlementti Iso ry · {B}", "role": "varapuheenjohtaja",
              "phone": "+358409999999", "notes": "puhuu ruotsia", "source": "lista", "verified_on": "2026-05-01"}  # fmt: skip
    there, _ = logged(start(*ROWS, double))
    assert len(living(there)) == 3
    (kept,) = {cell.rpartition(" ")[2] for cell in tied(there).values()}
    row = there.table("people").row("H-MYRB1" if "H-MYRB1" in living(there) else K)
    assert set(row["role"].split(", ")) == {"sihteeri", "varapuheenjohtaja"}
    assert {row["phone"], row["phone2"]} == {"+358405550703", "+358409999999"}
    assert kept in living(there)


def test_one_number_with_other_names_is_a_question_and_nobody_moves():
    cards = [
        {"id": "S-MYRB1", "name": "Liisa Laine", "org": "Espoon Sydänyhdistys ry", "business_id": "0171450-7",
         "municipality": "Espoo"},
        {"id": "S-C30J9", "name": "Pekka Salo", "org": "Kuopion Kissatalo ry", "business_id": "0171450-7",
         "municipality": "Kuopio"},
    ]  # fmt: skip
    there, _ = clean(book(inbox=cards))
    assert len(list(there.table("organisations").rows())) == 2 and len(open_pairs(there)) == 1
    homes = {row["first"]: row["org"] for _, row in there.table("people").rows()}
    assert "Sydän" in homes["Liisa"] and "Kissatalo" in homes["Pekka"]
    later, _ = clean(book(inbox=cards[1:], organisations=[
        {"id": A, "name": "Espoon Sydänyhdistys ry", "business_id": "0171450-7", "municipality": "Espoo"}]))  # fmt: skip
    assert (
        later.table("inbox").cell("S-C30J9", "result") == "Tarkista" and len(open_pairs(later)) == 1
    )
    assert list(later.table("people").rows()) == []


def test_a_row_that_fits_two_who_contradict_each_other_is_in_doubt():
    other = {**ROWS[1], "phone": "+358401111111"}
    there, _ = clean(start(ROWS[0], other, ROWS[2]))
    assert tied(there) == {} and open_pairs(there)

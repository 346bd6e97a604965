from register.match.merge import merge, survivor
from tests.making import book

A, B = "O-MYRB1", "O-C30J9"
START = book(
    organisations=[
        {"id": A, "name": "Apu ry", "topics": "nuoret", "verified_on": "2026-01-01"},
        {"id": B, "name": "Apu r.y.", "topics": "vanhat, nuoret", "phone": "+358401234567",
         "email": "info@example.org", "verified_on": "2026-05-01", "+Oma": "x"},
    ],
    people=[{"id": "H-0JCDN", "org": f"Apu ry · {A}", "first": "Maija"}],
    networks=[{"name": "V", "org": f"Apu r.y. · {B}"}],
)  # fmt: skip


def test_the_fuller_row_survives_and_a_tie_goes_to_the_upper():
    assert survivor(START, "organisations", A, B) == (B, A)
    same = book(organisations=[{"id": A, "name": "x"}, {"id": B, "name": "y"}])
    assert survivor(same, "organisations", B, A) == (A, B)


def test_blanks_are_filled_lists_united_and_the_rest_stays():
    after = START.applied(merge(START, "organisations", A, B, "decided"))
    row = after.table("organisations").row(A)
    assert row["name"] == "Apu ry" and row["phone"] == "+358401234567"
    assert row["topics"] == "nuoret, vanhat" and row["verified_on"] == "2026-05-01"


def test_the_merged_row_keeps_its_cells_and_is_marked():
    after = START.applied(merge(START, "organisations", A, B, "decided")).table("organisations")
    assert after.cell(B, "status") == "merged" and after.cell(B, "merged_into") == f"Apu ry · {A}"
    assert after.cell(B, "phone") == "+358401234567" and after.cell(B, "+Oma") == "x"


def test_every_reference_follows_and_others_stay():
    after = START.applied(merge(START, "organisations", A, B, "decided"))
    assert [cell for _, cell in after.table("networks").column("org")] == [f"Apu ry · {A}"]
    assert after.table("people").cell("H-0JCDN", "org") == f"Apu ry · {A}"


def test_the_stricter_permission_stays():
    start = book(people=[{"id": "H-0JCDN", "invite": "yes"}, {"id": "H-WR637", "invite": "no"}])
    after = start.applied(merge(start, "people", "H-0JCDN", "H-WR637", "x"))
    assert after.table("people").cell("H-0JCDN", "invite") == "no"


def test_a_merge_and_its_inverse_leave_the_book_as_it_was():
    from register.book.plan import Plan

    plan = Plan.of(merge(START, "organisations", A, B, "decided"))
    back = START.applied(plan.changes).applied(plan.inverse().changes)
    assert back.tables["organisations"] == START.tables["organisations"]
    assert back.tables["networks"] == START.tables["networks"]

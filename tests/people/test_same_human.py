from register.book.schema import schema
from register.people.kept_in_notes import all_values, kept_values, labelled_value, notes_with_kept
from register.people.records import merged_into
from register.people.same_human import Humans
from tests.making import book

A, B, C, D = "H-0JCDN", "H-WR637", "H-C30J9", "H-MYRB1"
PEOPLE = schema().tab("people")


def people(*rows):
    return book(people=list(rows))


def test_rows_that_refer_to_one_are_one_human_and_the_oldest_is_first():
    there = people(
        {"id": A, "first": "Kaisa", "added_on": "2026-02-01", "email": "K.L@example.org"},
        {"id": B, "first": "Kaisa", "added_on": "2026-01-01", "same_human": f"Kaisa · {A}",
         "notes": "Sähköposti: vanha@example.org; soita"},
        {"id": C, "first": "Kaisa", "same_human": A, "status": "archived", "email": "c@example.org"},
        {"id": D, "first": "Muu"},
    )  # fmt: skip
    humans = Humans(there)
    assert humans.rows(A) == humans.rows(C) == (B, A) and humans.oldest(A) == B
    assert humans.are_one(A, C) and not humans.are_one(A, D)
    assert humans.mailboxes(B) == {"k.l@example.org", "vanha@example.org", "c@example.org"}
    assert list(humans.several_rows()) == [(B, A)] and humans.rows(D) == (D,)
    assert humans.rows("H-ZZZZZ") == () and humans.oldest("H-ZZZZZ") == "H-ZZZZZ"


def test_a_merged_row_is_its_survivors_human():
    there = people(
        {"id": A, "first": "Kaisa"},
        {"id": B, "first": "Kaisa", "status": "merged", "merged_into": A, "email": "b@example.org"},
        {"id": C, "first": "Kaisa", "same_human": B},
    )
    humans = Humans(there)
    assert humans.rows(C) == (A, C) and humans.mailboxes(C) == {"b@example.org"}
    cell = there.table("people").cell
    assert merged_into(cell, B) == A and merged_into(cell, C) == C


def test_rows_that_are_merged_into_each_other_end_somewhere():
    there = people(
        {"id": A, "first": "x", "status": "merged", "merged_into": B},
        {"id": B, "first": "x", "status": "merged", "merged_into": A},
        {"id": C, "first": "x", "status": "merged"},
    )
    assert merged_into(there.table("people").cell, A) in (A, B)
    assert merged_into(there.table("people").cell, C) == C
    assert Humans(there).rows(A) == ()


def test_what_huom_keeps_is_read_in_any_language_and_said_once():
    email, group = PEOPLE.column("email"), PEOPLE.column("group")
    further = [
        labelled_value(email, "a@example.org", "fi"),
        labelled_value(group, "official", "fi"),
    ]
    notes = notes_with_kept("soita", further)
    assert notes == "soita; Sähköposti: a@example.org; Ryhmä: viranhaltija"
    assert notes_with_kept(notes, further) == notes and notes_with_kept(
        "", further[:1]
    ) == ": ".join(further[0])
    row = {"notes": f"{notes}; E-post: b@example.org", "email": "c@example.org", "group": ""}
    assert all_values(row, email) == ("c@example.org", "a@example.org", "b@example.org")
    assert kept_values(row, group) == ("official",)
    assert kept_values({"notes": "Ryhmä: tjänsteinnehavare"}, group) == ("official",)
    assert kept_values({"notes": "klo 12:30; puhelin"}, email) == ()

"""Who comes after whom, and what moves: every case that must be right, and the bad input."""

from datetime import date

import pytest

from register.cooperation.handing_over import departed_owners, handover_changes, replace_name
from register.cooperation.history import history_of
from register.cooperation.succession import departures
from register.rules.references import check as check_references
from register.rules.rule import RuleContext
from tests.making import book

TODAY = date(2026, 11, 23)
CITY, CLUB = "O-MYRB1", "O-C30J9"
ORGS = [
    {"id": CITY, "name": "Espoon kaupunki", "email": "kirjaamo@example.org"},
    {"id": CLUB, "name": "Kylä ry"},
]
A, B, C = "H-XV6BG", "H-NFBG1", "H-NR9VT"
NAMES = {A: "Maija Malli", B: "Bertta Uusi", C: "Carita Kolmas"}


def person(row_id, org=CITY, **cells):
    first, last = NAMES[row_id].split()
    base = {"id": row_id, "first": first, "last": last, "org": org, "role": "sihteeri"}
    return {**base, **cells}


def matter(who, org=CITY, **cells):
    return {"id": "Y-SSMF2", "org": org, "person": who, "matter": "tila", "state": "open", **cells}


def only(people, cooperation=(), **tabs):
    register = book(organisations=ORGS, people=people, cooperation=cooperation, **tabs)
    (found,) = departures(register, TODAY)
    return found, register.with_changes(handover_changes(register, found))


def test_open_matters_hosting_and_networks_go_to_the_successor_and_trust_is_an_acquaintance():
    found, after = only(
        [person(A, end="2026-11-01", successor=B, trust="trusts_us"), person(B)],
        [matter(A), matter(A, id="Y-W3GVQ", state="done")],
        meetings=[
            {"id": "T-HY5K6", "name": "ilta", "host": A, "date": "2026-12-01", "state": "draft"},
            {"id": "T-YR3SV", "name": "ennen", "host": A, "date": "2026-10-01", "state": "held"},
        ],
        networks=[{"id": "V-Z1XNQ", "name": "verkko", "person": A}],
    )
    assert (found.how, found.heirs) == ("named", (B,))
    rows = [
        *after.table("cooperation").rows(),
        *after.table("networks").rows(),
    ]
    assert [row["person"] for _, row in rows] == [f"Bertta Uusi · {B}", A, f"Bertta Uusi · {B}"]
    assert [row["handed_from"] for _, row in rows[:2]] == [f"Maija Malli · {A}", ""]
    hosts = [cell for _, cell in after.table("meetings").column("host")]
    assert hosts == [f"Bertta Uusi · {B}", A]
    assert after.table("people").cell(B, "trust") == "acquaintance"
    assert list(departures(after, TODAY)) == []


def test_a_newcomer_with_the_same_mailbox_is_found():
    found, after = only(
        [person(A, end="2026-11-01", email="a@example.org"), person(B, email="A@Example.org")],
        [matter(A)],
    )
    assert (found.how, found.heirs) == ("found", (B,))
    assert after.table("people").cell(A, "successor") == f"Bertta Uusi · {B}"


def test_a_colleague_with_another_task_is_no_newcomer():
    found, _ = only([person(A, end="2026-11-01"), person(B, role="pj")], [matter(A)])
    assert found.how == "vacant"


def test_two_who_claim_the_post_are_asked_about():
    people = [person(A, end="2026-11-01"), *(person(x, start="2026-11-02") for x in (B, C))]
    found, after = only(people, [matter(A)])
    assert (found.how, set(found.heirs)) == ("several", {B, C})
    assert after.table("cooperation").cell("Y-SSMF2", "person") == A


def test_one_of_two_tasks_ends_and_the_other_organisations_matter_stays_with_the_human():
    people = [
        person(A, end="2026-11-01", successor=B),
        person(B),
        {**person(C, org=CLUB), "first": "Maija", "last": "Malli"},
    ]
    found, after = only(people, [matter(A, org=CLUB), matter(A, id="Y-W3GVQ")])
    assert found.how == "named"
    told = {row_id: row["person"] for row_id, row in after.table("cooperation").rows()}
    assert told == {"Y-SSMF2": f"Maija Malli · {C}", "Y-W3GVQ": f"Bertta Uusi · {B}"}
    assert not after.table("cooperation").cell("Y-SSMF2", "handed_from")


def test_who_returns_after_leave_takes_matters_back():
    people = [person(A, successor=B), person(B, end="2026-11-01", successor=A)]
    found, after = only(people, [matter(B, handed_from=A)])
    assert (found.person, found.how, found.heirs) == (B, "named", (A,))
    assert after.table("cooperation").cell("Y-SSMF2", "handed_from") == f"Bertta Uusi · {B}"


def test_who_returns_and_is_not_named_is_found_all_the_same():
    people = [person(A, successor=B), person(B, end="2026-11-01")]
    found, after = only(people, [matter(B, handed_from=A)])
    assert (found.how, found.heirs) == ("found", (A,))
    assert after.table("cooperation").cell("Y-SSMF2", "person") == f"Maija Malli · {A}"
    assert list(departures(after, TODAY)) == []


def test_a_vacant_post_is_filled_by_a_newcomer_with_its_task():
    _, vacant = only([person(A, end="2026-10-01")], [matter(A)])
    rows = [row for _, row in vacant.table("people").rows()]
    newcomer = person(B, start="2026-11-10")
    told = [row for _, row in vacant.table("cooperation").rows()]
    found, after = only([*rows, newcomer], told)
    assert (found.how, found.heirs) == ("filled", (B,))
    row = after.table("cooperation").row("Y-SSMF2")
    assert row["person"] == f"Bertta Uusi · {B}"
    assert row["handed_from"].endswith(f"Maija Malli · {A}")
    assert after.table("people").cell(found.person, "end") == "2026-11-10"
    assert list(departures(after, TODAY)) == []
    two = [*rows, newcomer, person(C, start="2026-11-11")]
    register = book(organisations=ORGS, people=two, cooperation=told)
    (several,) = departures(register, TODAY)
    assert several.how == "several" and handover_changes(register, several) == ()


def test_a_vacant_post_without_a_newcomer_is_left_alone():
    _, vacant = only([person(A, end="2026-10-01")], [matter(A)])
    rows = [row for _, row in vacant.table("people").rows()]
    other = person(B, role="pj", start="2026-11-10")
    register = book(organisations=ORGS, people=[*rows, other])
    assert list(departures(register, TODAY)) == []


def test_a_successor_who_is_not_in_the_register_is_added():
    found, after = only([person(A, end="2026-11-01", successor="Liisa Uusi")], [matter(A)])
    assert found.how == "unknown"
    added = dict(after.table("people").rows())
    (row,) = [row for row_id, row in added.items() if row_id != A]
    assert (row["first"], row["last"], row["org"]) == ("Liisa", "Uusi", CITY)
    assert (row["start"], row["invite"], row["email"]) == ("2026-11-02", "no", "")
    assert after.table("cooperation").cell("Y-SSMF2", "person").startswith("Liisa Uusi · H-")


def test_without_a_successor_the_vacant_post_stays_with_the_organisations_own_mailbox():
    found, after = only([person(A, end="2026-11-01", invite="yes")], [matter(A)])
    assert found.how == "vacant"
    (row,) = [row for row_id, row in after.table("people").rows() if row_id != A]
    assert (row["first"], row["role"], row["email"]) == ("", "sihteeri", "kirjaamo@example.org")
    assert row["invite"] == "yes"
    assert list(departures(after, TODAY)) == []


def test_without_a_mailbox_nobody_is_invited_to_the_vacant_post():
    people = [person(A, org=CLUB, end="2026-11-01", invite="yes")]
    _, after = only(people, [matter(A, org=CLUB)])
    (row,) = [row for row_id, row in after.table("people").rows() if row_id != A]
    assert (row["email"], row["invite"]) == ("", "no")


def test_a_chain_leads_to_who_is_still_there_and_both_ended_is_a_vacant_post():
    people = [person(A, end="2026-01-01", successor=B), person(B, end="2026-06-01", successor=C)]
    found, after = only([*people, person(C)], [matter(A)])
    assert (found.how, found.heirs) == ("named", (C,))
    assert after.table("cooperation").cell("Y-SSMF2", "handed_from") == f"Maija Malli · {A}"
    register = book(
        organisations=ORGS,
        people=[people[0], person(B, end="2026-06-01")],
        cooperation=[matter(A)],
    )
    assert [d.how for d in departures(register, TODAY)] == ["vacant", "vacant"]


def test_a_matter_remembers_everybody_who_has_had_it_and_is_in_the_history_of_each():
    people = [
        person(A, end="2026-01-01", successor=B),
        person(B, end="2026-06-01", successor=C),
        person(C),
    ]
    _, after = only(people, [matter(B, handed_from=f"Maija Malli · {A}")])
    held = after.table("cooperation").cell("Y-SSMF2", "handed_from")
    assert held == f"Bertta Uusi · {B}, Maija Malli · {A}"
    found = check_references(after, RuleContext(TODAY, 12))
    assert [one for one in found if one.column == "handed_from"] == []
    for who in (A, B, C):
        assert [event.row_id for event in history_of(after, who).events] == ["Y-SSMF2"]


def test_who_is_found_to_take_over_from_somebody_who_trusts_us_is_an_acquaintance():
    people = [
        person(A, end="2026-11-01", email="a@example.org", trust="trusts_us", owner="Anna"),
        person(B, email="a@example.org"),
    ]
    _, after = only(people, [matter(A)])
    assert after.table("people").cell(B, "trust") == "acquaintance"
    assert after.table("people").cell(B, "owner") == "Anna"
    _, after = only([{**people[0], "successor": "Liisa Uusi"}], [matter(A)])
    added = [row["trust"] for row_id, row in after.table("people").rows() if row_id != A]
    assert added == ["acquaintance"]


@pytest.mark.parametrize("successors", [{A: A}, {A: B, B: A}])
def test_a_circle_is_asked_about_and_moves_nothing(successors):
    people = [person(x, end="2026-11-01", successor=to) for x, to in successors.items()]
    register = book(organisations=ORGS, people=people, cooperation=[matter(A)])
    found = [d for d in departures(register, TODAY) if d.person == A]
    assert [d.how for d in found] == ["circle"]
    assert handover_changes(register, found[0]) == ()


def test_who_is_still_there_leaves_nothing_and_so_does_who_has_nothing_open():
    people = [person(A, end="2026-12-24"), person(B), person(C, end="2026-01-01")]
    register = book(organisations=ORGS, people=people, cooperation=[matter(A)])
    assert list(departures(register, TODAY)) == []


NAMES_OF_A_CELL = [
    ("Jari Alku", "Anna Jatko"),
    ("Jari Alku, Outi Muu", "Anna Jatko, Outi Muu"),
    ("Outi Muu ja jari alku", "Outi Muu, Anna Jatko"),
    ("Anna Jatko & Jari Alku", "Anna Jatko"),
    ("Jari Alkula", "Jari Alkula"),
    ("Outi Muu ja Esa", "Outi Muu ja Esa"),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "wanted"), NAMES_OF_A_CELL)
def test_one_of_several_names_of_a_cell_is_replaced(cell, wanted):
    assert replace_name(cell, "Jari Alku", "Anna Jatko") == wanted


def test_our_own_coordinators_rows_are_found_but_for_what_is_done():
    register = book(
        choices=[{"owners": "Jari", "owner_end": "2026-11-01"}, {"owners": "Anna"}],
        people=[person(A, owner="Jari"), person(B, owner="Jari", end="2026-01-01")],
        cooperation=[matter(A, owner="Jari"), matter(A, id="Y-W3GVQ", owner="Jari", state="done")],
        meetings=[
            {"id": "T-HY5K6", "attending": "Anna ja Jari", "date": "2026-12-01"},
            {"id": "T-YR3SV", "attending": "Jari", "date": "2026-01-01"},
        ],
    )
    (left,) = departed_owners(register, TODAY)
    assert (left.name, left.others) == ("Jari", ("Anna",))
    assert left.cells == (
        ("cooperation", "Y-SSMF2", "owner"),
        ("people", A, "owner"),
        ("meetings", "T-HY5K6", "attending"),
    )

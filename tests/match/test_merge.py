import re

import pytest
from hypothesis import example, given, settings, strategies as st

from register.book.headers import fold_header
from register.book.plan import Plan
from register.book.schema import schema
from register.match.merge import merge, survivor
from register.people.kept_in_notes import labelled_value
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


def test_of_two_rows_as_full_the_later_confirmed_survives():
    rows = [
        {"id": A, "name": "x", "verified_on": "2026-01-01"},
        {"id": B, "name": "y", "verified_on": "2026-05-01"},
    ]
    assert survivor(book(organisations=rows), "organisations", A, B) == (B, A)


def test_blanks_are_filled_lists_united_and_the_rest_stays():
    after = START.with_changes(merge(START, "organisations", A, B, "decided"))
    row = after.table("organisations").row(A)
    assert row["name"] == "Apu ry" and row["phone"] == "+358401234567"
    assert row["topics"] == "nuoret, vanhat" and row["verified_on"] == "2026-05-01"


def test_the_merged_row_keeps_its_cells_and_is_marked():
    after = START.with_changes(merge(START, "organisations", A, B, "decided")).table(
        "organisations"
    )
    assert after.cell(B, "status") == "merged" and after.cell(B, "merged_into") == f"Apu ry · {A}"
    assert after.cell(B, "phone") == "+358401234567" and after.cell(B, "+Oma") == "x"


def test_every_reference_follows_and_others_stay():
    after = START.with_changes(merge(START, "organisations", A, B, "decided"))
    assert [cell for _, cell in after.table("networks").column("org")] == [f"Apu ry · {A}"]
    assert after.table("people").cell("H-0JCDN", "org") == f"Apu ry · {A}"


def test_the_stricter_permission_stays():
    start = book(people=[{"id": "H-0JCDN", "invite": "yes"}, {"id": "H-WR637", "invite": "no"}])
    after = start.with_changes(merge(start, "people", "H-0JCDN", "H-WR637", "x"))
    assert after.table("people").cell("H-0JCDN", "invite") == "no"


def test_a_merge_and_its_inverse_leave_the_book_as_it_was():
    plan = Plan.of(merge(START, "organisations", A, B, "decided"))
    back = START.with_changes(plan.changes).with_changes(plan.inverse().changes)
    assert back.tables["organisations"] == START.tables["organisations"]
    assert back.tables["networks"] == START.tables["networks"]


def merged(tab, keeps, goes, **tabs):
    """Return the survivor's cells after a merge of two rows."""
    ids = ("O-MYRB1", "O-C30J9") if tab == "organisations" else ("H-0JCDN", "H-WR637")
    start = book(**{tab: [{"id": ids[0], **keeps}, {"id": ids[1], **goes}]}, **tabs)
    return start.with_changes(merge(start, tab, *ids, "x")).table(tab).row(ids[0])


@pytest.mark.parametrize(
    ("mine", "other", "kept"),
    [
        ({"phone": "+358401111111", "verified_on": "2026-01-01"},
         {"phone": "+358402222222", "verified_on": "2026-05-01"},
         {"phone": "+358402222222", "verified_on": "2026-05-01"}),
        ({"phone": "+358401111111", "verified_on": "2026-05-01"}, {"phone": "+358402222222"},
         {"phone": "+358401111111"}),
        ({"role": "jäsen"}, {"role": "sihteeri", "verified_on": "2026-05-01"}, {"role": "jäsen, sihteeri"}),
        ({"first": "M", "last": "Aalto"}, {"first": "Maija", "last": "Aalto"}, {"first": "Maija"}),
        ({"first": "Anna", "last": "Aalto"}, {"first": "Anna-Maija", "last": "Aalto"}, {"first": "Anna-Maija"}),
        ({"first": "Maija", "last": "Aalto"}, {"first": "Maija", "last": "Aalto-Niemi"}, {"last": "Aalto-Niemi"}),
        ({"first": "Maija", "last": "Virtanen"}, {"first": "Maija", "last": "Virtanenn"}, {"last": "Virtanen"}),
        ({"first": "Maija", "last": "Virtanen"}, {"first": "Virtanen", "last": "Maija"},
         {"first": "Maija", "last": "Virtanen"}),
        ({"first": "Virtanen", "last": "Maija"}, {"first": "Maija", "last": "Virtanen"},
         {"first": "Maija", "last": "Virtanen"}),
        ({"first": "Maija", "last": "Aalto"}, {"first": "Maija", "last": "Salmi", "verified_on": "2026-05-01"},
         {"last": "Salmi", "former_name": "Aalto"}),
        ({"topics": "nuoret"}, {"topics": "vanhat, nuoret"}, {"topics": "nuoret, vanhat"}),
        ({"notes": "soita iltapäivällä"}, {"notes": "tavattu 2025"}, {"notes": "soita iltapäivällä; tavattu 2025"}),
        ({"notes": "sama; enemmän"}, {"notes": "sama"}, {"notes": "sama; enemmän"}),
        ({"invite": "yes", "verified_on": "2026-05-01"}, {"invite": "no"}, {"invite": "no"}),
        ({"publish": "no"}, {"publish": "yes", "verified_on": "2026-05-01"}, {"publish": "no"}),
        ({"basis": "legitimate_interest"}, {"basis": "consent", "consent_on": "2026-02-02"},
         {"basis": "consent", "consent_on": "2026-02-02"}),
        ({"start": "2024-01-01"}, {"start": "2022-01-01"}, {"start": "2022-01-01"}),
    ],
)  # fmt: skip
def test_each_field_of_a_person_follows_its_rule(mine, other, kept):
    after = merged("people", mine, other)
    assert {key: after[key] for key in kept} == kept


@pytest.mark.parametrize(
    ("mine", "other", "kept"),
    [
        ({"name": "EJY ry"}, {"name": "Espoon järjestöjen yhteisö ry"},
         {"name": "Espoon järjestöjen yhteisö ry", "short": "EJY"}),
        ({"name": "Esbo pensionärer rf"}, {"name": "Espoon eläkkeensaajat ry"}, {"name": "Espoon eläkkeensaajat ry"}),
        ({"name": "Esbo pensionärer rf", "verified_on": "2026-05-01"}, {"name": "Espoon eläkkeensaajat ry"},
         {"name": "Esbo pensionärer rf"}),
        ({"name": "ESPOON APU RY"}, {"name": "Espoon Apu ry"}, {"name": "Espoon Apu ry", "short": ""}),
        ({"name": "Espoon Apu ry"}, {"name": "Espoon Apu, rekisteröity yhdistys"}, {"name": "Espoon Apu ry"}),
        ({"name": "Esbo stad"}, {"name": "Esbo stad / Espoon kaupunki"}, {"name": "Esbo stad / Espoon kaupunki"}),
        ({"name": "Espoon Apu ry", "area": "Espoo"}, {"name": "Espoon Apu", "area": "Uusimaa, Espoo"},
         {"area": "Espoo, Uusimaa"}),
        ({"name": "Apu", "url": "https://old.example"}, {"name": "Apu", "url": "https://new.example", "verified_on": "2026-05-01"},
         {"url": "https://new.example"}),
    ],
)  # fmt: skip
def test_each_field_of_an_organisation_follows_its_rule(mine, other, kept):
    after = merged("organisations", mine, other)
    assert {key: after[key] for key in kept} == kept


@pytest.mark.parametrize(
    ("reason", "email", "invite"),
    [
        ("request", "old@example.org", "no"),
        ("deceased", "old@example.org", "no"),
        ("", "old@example.org", "no"),
        ("bounced", "new@example.org", "yes"),
    ],
)
def test_a_merge_never_gives_back_an_address_that_was_asked_not_to_be_written_to(
    reason, email, invite
):
    for mine, other in (("new", "old"), ("old", "new")):
        after = merged(
            "people",
            {"email": f"{mine}@example.org", "invite": "yes", "verified_on": "2026-05-01"},
            {"email": f"{other}@example.org", "invite": "yes"},
            bans=[{"email": "OLD@example.org", "scope": "all", "reason": reason}],
        )
        assert (after["email"], after["invite"]) == (email, invite)


REFERRING = [
    (tab.key, column.key, column.to)
    for tab in schema().tabs.values()
    for column in tab.columns
    if column.to in ("organisations", "people") and column.key != "merged_into"
]


@pytest.mark.parametrize(("tab", "column", "to"), REFERRING)
def test_references_follow_from_every_column_that_has_them_and_come_back(tab, column, to):
    keeps, goes = (A, B) if to == "organisations" else ("H-0JCDN", "H-WR637")
    name = {"name": "Apu ry"} if to == "organisations" else {"first": "Maija"}
    rows = {to: [{"id": keeps, **name}, {"id": goes, **name}]}
    row_id = {"organisations": "O-0JCDN", "people": "H-C30J9"}.get(
        tab, f"{schema().tab(tab).letter}-MYRB1"
    )
    rows[tab] = [*rows.get(tab, []), {"id": row_id, column: f"x · {goes}"}]
    start = book(**rows)
    plan = Plan.of(merge(start, to, keeps, goes, "x"))
    after = start.with_changes(plan.changes)
    assert after.table(tab).cell(row_id, column) == start.reference(to, keeps)
    back = after.with_changes(plan.inverse().changes)
    assert back.table(tab).cell(row_id, column) == f"x · {goes}"


def test_nobody_becomes_their_own_successor():
    for mine, other in (("H-WR637", ""), ("", "H-0JCDN"), ("", "H-WR637")):
        people = [
            {"id": "H-0JCDN", "first": "Maija", "successor": mine and f"Maija · {mine}"},
            {"id": "H-WR637", "first": "Maija", "successor": other and f"Maija · {other}"},
        ]
        start = book(people=people)
        after = start.with_changes(merge(start, "people", "H-0JCDN", "H-WR637", "x"))
        assert after.table("people").cell("H-0JCDN", "successor") == ""


TEXT = st.sampled_from(["", "a", "b", "sihteeri", "puheenjohtaja, sihteeri", "Kevätmessut", "pj"])
CELLS = {
    "first": st.sampled_from(["", "M", "Maija", "Anna", "Anna-Maija"]),
    "last": st.sampled_from(["", "Aalto", "Aalto-Niemi", "Salmi"]),
    "former_name": st.sampled_from(["", "Korpi", "Laine"]),
    "org": st.sampled_from(["", f"Apu ry · {A}"]),
    "municipality": st.sampled_from(["", "Espoo", "Vantaa"]),
    "group": st.sampled_from(["", "official", "elected"]),
    "party": st.sampled_from(["", "SDP", "KOK"]),
    "trust": st.sampled_from(["", "trusts_us", "not_yet"]),
    "email": st.sampled_from(["", "a@example.org", "b@example.org"]),
    "phone": st.sampled_from(["", "+358401111111", "+358402222222"]),
    "phone2": st.sampled_from(["", "+358403333333", "+358402222222"]),
    "language": st.sampled_from(["", "fi", "sv", "en", "fi+sv"]),
    "topics": st.sampled_from(["", "nuoret", "nuoret, vanhat", "musiikki"]),
    "owner": st.sampled_from(["", "Anna Oma", "Olli Oma"]),
    "verified_on": st.sampled_from(["", "2026-01-01", "2026-05-01"]),
    "+Oma": st.sampled_from(["", "x", "y"]),
    **dict.fromkeys(("role", "body", "met_at", "source", "notes"), TEXT),
}
PEOPLE = schema().tab("people")
ROW = st.fixed_dictionaries(CELLS)


NOTED = dict.fromkeys(CELLS, "")


@example({**NOTED, "notes": "puheenjohtaja, sihteeri"}, {**NOTED, "notes": "a"})
@settings(max_examples=60, deadline=None)
@given(ROW, ROW)
def test_no_value_of_two_people_is_lost_in_a_merge_and_its_inverse_is_whole(mine, other):
    ids = ("H-0JCDN", "H-WR637")
    start = book(people=[{"id": ids[0], **mine}, {"id": ids[1], **other}])
    plan = Plan.of(merge(start, "people", *ids, "x"))
    after = start.with_changes(plan.changes).table("people").row(ids[0])
    said = {fold_header(part) for cell in after.values() for part in re.split(r"[;,] |\+", cell)}
    said |= {one.partition(": ")[2] for one in said}
    for key in CELLS.keys() - {"verified_on"}:
        for part in re.split(r"[;,] |\+", f"{mine[key]}; {other[key]}"):
            name = key in ("first", "last") and any(
                one.startswith(fold_header(part)) for one in said
            )
            label = labelled_value(PEOPLE.column(key), part, "fi")[1] if PEOPLE.has(key) else part
            assert not part or name or said & {fold_header(part), fold_header(label)}, (
                key,
                part,
                after,
            )
    assert after["verified_on"] == max(mine["verified_on"], other["verified_on"])
    back = start.with_changes(plan.changes).with_changes(plan.inverse().changes)
    assert back.tables["people"] == start.tables["people"]

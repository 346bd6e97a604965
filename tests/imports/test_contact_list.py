"""A list becomes rows of Saapuneet: nothing lost, nothing twice, no personal identity code."""

import json

import pytest
from hypothesis import given, strategies as st

from register.book.errors import UsageError
from register.book.outcome import ColumnUse, run_id
from register.book.personal_identity_code import mask_identity_codes
from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.sheet import ListSheet
from register.show.outcome import outcome_forms
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book, with_headers

NOW = TickingClock().now()


def sheet(headers, *rows):
    return ListSheet("list.csv", tuple(headers), tuple(tuple(row) for row in rows))


def imported(start, of, orders=(), now=NOW):
    outcome, _ = import_contacts(start, of, guess_columns(of, orders), now)
    fits, conflicts = start.verify(outcome.plan)
    assert not conflicts
    return start.with_changes(fits), outcome


def rows(after):
    return [{k: v for k, v in row.items() if v} for _, row in after.table("inbox").rows()]


def test_what_no_column_takes_goes_to_the_message_with_its_header():
    after, outcome = imported(
        book(),
        sheet(
            ["Nimi", "Huom", "Väri", "", "Puh", "GSM"],
            ("Maija Mäki", "soita", "sininen", "=1+1", "040 1", "050 2"),
        ),
    )
    (row,) = rows(after)
    del row["id"]
    assert row == {
        "at": "2026-11-23T09:00:01",
        "name": "Maija Mäki",
        "phone": "040 1 / 050 2",
        "source": "list.csv 23.11.2026",
        "text": "soita\nVäri: sininen; =1+1",
    }
    assert {change.kind for change in outcome.plan.changes} == {"add"}
    assert outcome.columns[0] == ColumnUse("Nimi", ("{column}", {"column": "Nimi"}), "Maija Mäki")
    shown = outcome_forms(outcome, Sentences("fi")).forms
    assert "Väri    Viesti, otsikon kanssa  sininen" in shown["text"]()
    uses = json.loads(shown["json"]())["columns"]
    assert uses[0] == {"header": "Nimi", "goes": "Nimi", "example": "Maija Mäki"}


CELL = st.sampled_from(
    ["", "Maija Mäki", "a@example.org", "0401234567", "kyllä", "=1", "Espoo", "1.2.2026", "x;y"]
)
HEADER = st.sampled_from(
    ["Nimi", "Sähköposti", "Puh", "GSM", "Lupa", "Kunta", "Väri", "", "Aikaleima", "Lähde"]
)
LISTS = st.integers(1, 6).flatmap(
    lambda width: st.builds(
        lambda headers, body: sheet(headers, *body),
        st.lists(HEADER, min_size=width, max_size=width),
        st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6),
    )
)


@given(LISTS)
def test_no_cell_of_a_list_is_lost(of):
    after, _ = imported(book(), of)
    written = [" ".join(row.values()) for row in rows(after)]
    side_by_side = bool(guess_columns(of).holders)
    for _, row in of.numbered():
        texts = [" ".join(written)] if side_by_side else written
        assert any(all(_is_in(cell, text) for cell in row) for text in texts)
    assert side_by_side or len(written) == sum(1 for _ in of.numbered())


def test_the_day_of_a_consent_in_a_second_column_keeps_its_words():
    after, _ = imported(book(), sheet(["Lupa", "Lupa"], ["Maija Mäki", "1.2.2026"]))
    ((row),) = rows(after)
    assert (row["consent"], row["consent_words"]) == ("yes", "Lupa: 1.2.2026")


def _is_in(cell, text):
    return (
        cell in text
        or {"kyllä": "yes", "=1": "=1", "1.2.2026": "2026-02-01"}.get(cell, cell) in text
    )


@given(LISTS)
def test_importing_a_list_again_on_another_day_adds_nothing(of):
    after, _ = imported(book(), of)
    again, second = imported(after, of, now=NOW.replace(day=25))
    assert second.plan.changes == ()
    assert again == after
    if count := sum(1 for _ in of.numbered()):
        assert second.notes[-1][1] == {"count": count}


def test_a_longer_list_adds_what_is_new_and_the_same_plan_is_made_twice():
    old = sheet(["Nimi"], ("Maija Mäki",), ("Maija Mäki",))
    new = sheet(["Nimi"], ("Eeva Salo",), ("Maija Mäki",), ("Maija Mäki",), ("Maija Mäki",))
    after, _ = imported(book(), old)
    more, outcome = imported(after, new)
    assert sorted(row["name"] for row in rows(more)) == ["Eeva Salo"] + ["Maija Mäki"] * 3
    assert imported(after, new)[1].plan == outcome.plan


def test_rows_that_people_have_handled_are_known_still():
    of = sheet(["Nimi", "Lupa"], ("Maija Mäki", "x"))
    after, _ = imported(book(), of)
    row = {**rows(after)[0], "result": "uusi H-0JCDN", "+Oma": "z"}
    assert imported(book(inbox=[row]), of)[1].plan.changes == ()


@pytest.mark.parametrize(
    ("cell", "key", "text"),
    [
        ("kyllä", "yes", ""),
        ("X", "yes", ""),
        ("TRUE", "yes", ""),
        ("1", "yes", ""),
        ("nej", "no", ""),
        ("0", "no", ""),
        ("ehkä", "", "Lupa: ehkä"),
        ("kyllä, jos ehtii", "", "Lupa: kyllä, jos ehtii"),
    ],
)
def test_consent_is_read_only_where_it_is_plain(cell, key, text):
    (row,) = rows(imported(book(), sheet(["Nimi", "Lupa"], ("Maija Mäki", cell)))[0])
    assert (row.get("consent", ""), row.get("text", "")) == (key, text)


def test_a_personal_identity_code_is_masked_everywhere():
    of = ListSheet(
        "131052-308T.csv",
        ("Nimi", "131052-308T", "Hetu", "Puh", "Huom"),
        (("Maija 131052-308T", "a", "131052308T", "131052-308T", "hetu 131052–308t"),),
    )
    after, outcome = imported(book(), of)
    assert "308" not in str(rows(after)) + str(outcome.plan) + str(outcome.notes[1:]) + str(
        outcome.columns
    )


def test_a_phone_that_could_be_a_code_by_chance_stays_a_phone():
    (row,) = rows(imported(book(), sheet(["Nimi", "Puh"], ("Maija Mäki", "040123-4567")))[0])
    assert row["phone"] == "040123-4567"


def test_the_last_name_first_is_written_so_that_intake_knows():
    of = sheet(["Sukunimi Etunimi"], ("Xylander Zorg",), ("Virtanen Matti",), ("Matti Virtanen",))
    names = [row["name"] for row in rows(imported(book(), of)[0])]
    assert sorted(names) == ["Matti Virtanen", "Virtanen Matti", "Xylander, Zorg"]


def test_a_row_too_long_for_a_cell_is_left_out_and_said():
    of = sheet(["a", "b"], ("x" * 20_000, "y" * 20_000), ("z", ""))
    after, outcome = imported(book(), of)
    assert [row["text"] for row in rows(after)] == ["a: z"]
    assert outcome.failed == 1 and outcome.notes[-1][1] == {"number": 2}


def test_a_book_without_a_place_for_messages_is_not_written():
    start = with_headers(book(), "inbox", ["text"])
    with pytest.raises(UsageError):
        import_contacts(start, sheet(["Nimi"], ("x",)), guess_columns(sheet(["Nimi"], ("x",))), NOW)


@given(st.datetimes())
def test_the_id_of_a_run_is_never_masked(now):
    run = run_id(now)
    assert mask_identity_codes(f"undo.py {run} --apply") == f"undo.py {run} --apply"


def test_a_further_organisation_of_somebody_is_a_row_unless_it_is_left_out():
    headers = ("Nimi", "Organisaatio 1", "Organisaatio 2")
    sheet = ListSheet("x.csv", headers, (("Eila Kaski", "Kaislan kerho", "Kaislan Martat"),))
    outcome, _ = import_contacts(book(), sheet, guess_columns(sheet), TickingClock().now())
    assert outcome.columns[2].goes[0] == "{column} on a further row of the same person"
    assert {c.after for c in outcome.plan.changes if c.column == "org"} == {*sheet.rows[0][1:]}
    left = guess_columns(sheet, ["Organisaatio 2=-"])
    outcome, _ = import_contacts(book(), sheet, left, TickingClock().now())
    assert "Kaislan Martat" not in {change.after for change in outcome.plan.changes}

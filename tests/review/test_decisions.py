"""A decision of Tarkista is carried out, or answered beside it: whatever a person types there."""

from itertools import combinations, pairwise

import pytest

from register.book.change import Change
from register.book.log import log_rows
from register.book.schema import LANGUAGES, schema
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.match.pair import Pair
from register.review.bulk import ALWAYS
from register.review.decisions import ERASE, LEFT_OPEN
from register.review.findings import finding_questions
from register.review.mail_questions import mail_question
from register.review.pair_questions import CHOICES
from register.review.pairs import pair_id
from register.review.question import choices_for_proposal
from register.review.words import read_decision
from register.rules import SAFE, RuleContext, findings
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book, with_headers

ORDERS = CleanupOptions(SAFE)
A, B, C, D = "O-MYRB1", "O-C30J9", "O-0JCDN", "O-FGVWW"
H, K = "H-0JCDN", "H-WR637"
CLOCK = TickingClock()
TODAY = CLOCK.now().date()


def clean(start, orders=ORDERS):
    """Run a cleanup and write it as a store does, Loki's lines with it."""
    outcome = cleanup(start, CLOCK.now(), orders, Sentences(start.language))
    fits, conflicts = start.verify(outcome.plan)
    assert not conflicts
    lines = log_rows(fits, outcome.run, "2026-11-23T09:00", start)
    logged = [
        Change("log", line["id"], key, "", value, "log", "add")
        for line in lines
        for key, value in line.items()
        if value
    ]
    return start.with_changes([*fits, *logged]), outcome


def asked(there, column="left", words=""):
    """Return the only open question whose cell has these words."""
    (found,) = [
        (case, row)
        for case, row in there.table("review").rows()
        if words in row[column] and not row["done"]
    ]
    return found


def typed(there, case, **cells):
    review = there.table("review")
    return there.with_changes(
        [Change("review", case, key, review.cell(case, key), value, "p") for key, value in cells.items()]
    )  # fmt: skip


def row_of(there, case):
    return there.table("review").row(case)


TOWN = {"id": A, "name": "Apu ry", "type": "association", "source": "x", "municipality": "Lojha"}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "word",
    ["hyväksy", "Hyväksy", " HYVÄKSY ", "hyväksy.", "ok", "OK!", "kyllä", "kylla", "joo", "ja",
     "godkänn", "yes", "accept", "ｏｋ", "hyväksy\n"],
)  # fmt: skip
def test_a_yes_in_any_language_and_spelling_is_carried_out(language, word):
    there, _ = clean(book(language, organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    done, _ = clean(typed(there, case, decision=word))
    assert done.table("organisations").cell(A, "municipality") in ("Lohja", "Lojo")
    assert row_of(done, case)["done"] and not row_of(done, case)["answer"]
    assert clean(done)[1].plan.changes == ()


@pytest.mark.parametrize("word", ["ohita", "OHITA", "ignorera", "ignore", "ei", "nej.", "no"])
def test_a_no_silences(word):
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    done, _ = clean(typed(there, case, decision=word))
    assert done.table("organisations").cell(A, "municipality") == "Lojha"
    assert row_of(done, case)["done"]
    assert done.table("organisations").cell(A, "status") == "ok"


@pytest.mark.parametrize("word", ["poista", "sama", "eri", "mitä tämä on", "12", "=1+1"])
def test_what_does_not_fit_is_answered_and_stays_open(word):
    there, _ = clean(book(organisations=[TOWN]))
    case, before = asked(there, "left", "Lojha")
    done, outcome = clean(typed(there, case, decision=word))
    row = row_of(done, case)
    assert done.table("organisations").cell(A, "municipality") == "Lojha"
    assert row["answer"] and not row["done"] and row["decision"] == word
    assert row["suggestion"] == before["suggestion"]
    assert [values["answer"] for _, values in outcome.notes] == [row["answer"]]
    assert clean(done)[1].plan.changes == ()
    better, _ = clean(typed(done, case, decision="hyväksy"))
    assert row_of(better, case)["done"] and not row_of(better, case)["answer"]


@pytest.mark.parametrize("word", ["kysy", "Fråga", "en tiedä"])
def test_what_somebody_is_asked_about_stays_open_without_a_word(word):
    there, _ = clean(book(organisations=[TOWN]))
    case, before = asked(there, "left", "Lojha")
    done, outcome = clean(typed(there, case, decision=word))
    assert row_of(done, case) == {**before, "decision": word}
    assert outcome.plan.changes == () and outcome.notes == ()


def test_the_list_offers_no_decision_that_no_question_takes():
    """What is offered is carried out; only a question of retention offers to erase somebody."""
    taken = {
        *LEFT_OPEN,
        *CHOICES,
        *choices_for_proposal((Change("people", "x", "first", "", "x", "x"),)),
    }
    stale = book(organisations=[{**TOWN, "verified_on": "2020-01-01", "municipality": "Espoo"}])
    found = findings(stale, RuleContext(TODAY))
    for question in finding_questions(stale, found, TODAY, Sentences("fi")):
        taken |= question.choices.keys()
    taken |= {"value", ALWAYS, ERASE}
    assert {read_decision(word) for word in schema().enum("decision").labels} == taken


@pytest.mark.parametrize("word", ["poista", "radera"])
def test_the_answer_quotes_the_word_and_names_the_choices(word):
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    done, _ = clean(typed(there, case, decision=word))
    assert row_of(done, case)["answer"].startswith(
        f"”{word}” ei käy tähän: valitse ”kirjoita ehdotus”"
    )


FIELDS = [
    # column, what stands there, what a person types, what is written
    ("municipality", "Esppo", "Vantaa", "Vantaa"),
    ("municipality", "Esppo", "vanda", "Vantaa"),
    ("phone", "040 123", "040 765 4321", "+358407654321"),
    ("phone", "040 123", "407654321", "+358407654321"),
    ("email", "matti@gmial.com", "Matti@Example.ORG", "Matti@example.org"),
    ("verified_on", "31.2.2026", "12.3.2026", "2026-03-12"),
    ("verified_on", "31.2.2026", "46093", "2026-03-12"),
    ("type", "yhdistyss", "Säätiö", "foundation"),
    ("type", "yhdistyss", "association", "association"),
    ("language", "klingon", "svenska", "sv"),
    ("postcode", "123456", "2100", "02100"),
]


@pytest.mark.parametrize(("column", "cell", "value", "wanted"), FIELDS)
@pytest.mark.parametrize("way", ["suggestion", "decision"])
def test_a_persons_value_is_written_as_its_column_reads_it(way, column, cell, value, wanted):
    row = {"id": A, "name": "Apu ry", "type": "association", "source": "x", "municipality": "Espoo"}
    there, _ = clean(book(organisations=[{**row, column: cell}]))
    case, before = asked(there, "left", cell[:4])
    cells = (
        {"decision": value} if way == "decision" else {"suggestion": value, "decision": "hyväksy"}
    )
    done, _ = clean(typed(there, case, **cells))
    assert done.table("organisations").cell(A, column) == wanted
    said = row_of(done, case)
    assert said["done"] and not said["answer"] and said["decision"] == cells["decision"]
    assert said["suggestion"] == cells.get("suggestion", before["suggestion"])
    assert clean(done)[1].plan.changes == ()


@pytest.mark.parametrize("way", ["suggestion", "decision"])
@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("municipality", "Esppo", "Atlantis"),
        ("email", "matti@gmial.com", "ei ole sähköpostia"),
        ("verified_on", "31.2.2026", "30.2.2026"),
        ("business_id", "1234567-8", "7654321-0"),
        ("email", "matti@gmial.com", "131052-308T"),
    ],
)
def test_a_persons_value_that_its_column_refuses_is_answered(way, column, cell, value):
    row = {"id": A, "name": "Apu ry", "type": "association", "source": "x", "municipality": "Espoo"}
    there, _ = clean(book(organisations=[{**row, column: cell}]))
    case, _ = asked(there, "left", cell[:4])
    cells = {"decision": value} if way == "decision" else {"suggestion": value, "decision": "ok"}
    done, outcome = clean(typed(there, case, **cells))
    assert done.table("organisations").cell(A, column) == cell
    said = row_of(done, case)
    assert said["answer"] and not said["done"]
    assert {key: said[key] for key in cells} == cells
    assert len(outcome.notes) == 1 and clean(done)[1].plan.changes == ()


def test_a_value_in_ehdotus_waits_for_a_decision_and_is_not_lost():
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    waits = typed(there, case, suggestion="Vihti")
    for _ in range(2):
        waits, outcome = clean(waits)
        assert row_of(waits, case)["suggestion"] == "Vihti" and not row_of(waits, case)["done"]
        assert waits.table("organisations").cell(A, "municipality") == "Lojha"
        assert "Vihti" in row_of(waits, case)["answer"]
    assert outcome.plan.changes == ()
    done, _ = clean(typed(waits, case, decision="hyväksy"))
    assert done.table("organisations").cell(A, "municipality") == "Vihti"
    assert row_of(done, case)["done"] and not row_of(done, case)["answer"]


def test_a_proposal_of_several_cells_is_rewritten_in_its_own_form():
    row = {"id": H, "first": "Matti", "last": "Malli", "source": "x"}
    people = [{**row, "email": "040 123 4567", "phone": "matti@example.org"}]
    there, _ = clean(book(people=people))
    case, row = asked(there, "suggestion", "; ")
    assert row["suggestion"].count(":") > 1
    values = row["suggestion"].replace("+358401234567", "0407654321")
    done, _ = clean(typed(there, case, suggestion=values, decision="ok"))
    assert done.table("people").cell(H, "phone") == "+358407654321"
    assert done.table("people").cell(H, "email") == "matti@example.org"
    assert row_of(done, case)["done"]
    lost, _ = clean(typed(there, case, suggestion="0407654321", decision="ok"))
    assert lost.table("people").cell(H, "phone") == "matti@example.org"
    assert row_of(lost, case)["answer"] and not row_of(lost, case)["done"]


def test_there_is_nothing_to_accept():
    there, _ = clean(book(organisations=[{**TOWN, "municipality": "Espoo", "name": ""}]))
    case, row = asked(there, "left", "Nimi")
    assert row["suggestion"] == ""
    asked_again, _ = clean(typed(there, case, decision="hyväksy"))
    assert row_of(asked_again, case)["answer"] and not row_of(asked_again, case)["done"]
    done, _ = clean(typed(asked_again, case, decision="Apu ry"))
    assert done.table("organisations").cell(A, "name") == "Apu ry"


def test_a_reference_is_read_as_people_write_it():
    people = [{"id": H, "first": "M", "last": "Malli", "org": "Avu ry", "source": "x"}]
    org = {**TOWN, "municipality": "Espoo"}
    there, _ = clean(book(organisations=[org], people=people))
    case, _ = asked(there, "left", "Avu")
    refused, _ = clean(typed(there, case, decision="Ei tällaista ry"))
    assert row_of(refused, case)["answer"] and refused.table("people").cell(H, "org") == "Avu ry"
    done, _ = clean(typed(refused, case, decision="apu r.y."))
    assert done.table("people").cell(H, "org") == f"Apu ry · {A}"


def test_two_decisions_for_one_cell_that_differ_are_answered_both():
    inbox = [{"id": "S-C30J9", "org": "Apu ry", "municipality": "Espoo", "phone": "040 222 2222"}]
    row = {**TOWN, "municipality": "Espoo", "phone": "040 123"}
    there, _ = clean(book(organisations=[row], inbox=inbox))
    rows = there.table("review").rows()
    told, mistyped = sorted(
        (case for case, row in rows if row["left"].startswith("Puhelin") and not row["done"]),
        key=lambda case: row_of(there, case)["kind"] != "list",
    )
    both = typed(typed(there, told, decision="ok"), mistyped, value="040 111 1111")
    done, _ = clean(both)
    assert done.table("organisations").cell(A, "phone") == "040 123"
    assert all(row_of(done, c)["answer"] and not row_of(done, c)["done"] for c in (told, mistyped))
    one, _ = clean(typed(done, told, decision="ohita"))
    assert one.table("organisations").cell(A, "phone") == "+358401111111"
    assert row_of(one, mistyped)["done"] and not row_of(one, mistyped)["answer"]


def test_a_decision_about_what_has_changed_meanwhile_is_answered():
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    told = typed(there, case, decision="hyväksy")
    changed = told.with_changes([Change("organisations", A, "municipality", "Lojha", "Vihti", "p")])
    done, _ = clean(changed)
    assert done.table("organisations").cell(A, "municipality") == "Vihti"
    assert row_of(done, case)["answer"] and not row_of(done, case)["done"]
    assert clean(done)[1].plan.changes == ()
    right = told.with_changes([Change("organisations", A, "municipality", "Lojha", "Lohja", "p")])
    assert row_of(clean(right)[0], case)["done"]
    closed, _ = clean(typed(done, case, decision=""))
    assert row_of(closed, case)["done"] and not row_of(closed, case)["answer"]


def written_after(there, *edits):
    """Return the register after a cleanup between whose reading and writing a person edited it."""
    outcome = cleanup(there, CLOCK.now(), ORDERS, Sentences("fi"))
    edited = there.with_changes(edits)
    fits, conflicts = edited.verify(outcome.plan)
    assert conflicts
    return edited.with_changes(fits)


def test_what_was_left_out_as_a_conflict_is_not_called_handled():
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    told = typed(there, case, decision="hyväksy")
    edit = Change("organisations", A, "municipality", "Lojha", "Vihti", "p")
    after = written_after(told, edit)
    assert after.table("organisations").cell(A, "municipality") == "Vihti"
    assert not row_of(after, case)["done"]
    later, _ = clean(after)
    assert row_of(later, case)["answer"] and not row_of(later, case)["done"]


def test_a_group_of_which_one_row_was_edited_waits_whole():
    twins = [{"id": row, **TWIN, "topics": row} for row in IDS[:3]]
    there, _ = clean(book(organisations=twins))
    for case in pairs(there).values():
        there = typed(there, case, decision="sama")
    edits = [Change("organisations", row, "topics", row, "musiikki", "p") for row in IDS[:3]]
    after = written_after(there, *edits)
    assert [ends(after, row) for row in IDS[:3]] == [(row, 0) for row in IDS[:3]]
    assert not [case for case in pairs(after).values() if row_of(after, case)["done"]]
    later, _ = clean(after)
    assert len({ends(later, row)[0] for row in IDS[:3]}) == 1
    assert all(row_of(later, case)["done"] for case in pairs(later).values())


def test_a_row_about_which_a_question_is_open_is_never_called_ok():
    inbox = [{"id": "S-MYRB1", "org": "Apu ry", "municipality": "Espoo", "phone": "040 111 1111"}]
    there, _ = clean(book(organisations=[{**TOWN, "municipality": "Espoo"}], inbox=inbox))
    case, _ = asked(there, "kind", "intake")
    assert there.table("organisations").cell(A, "status") == "check"
    done, _ = clean(typed(there, case, decision="ok"))
    assert done.table("organisations").cell(A, "status") == "ok"


def test_a_stale_row_is_confirmed_or_archived():
    row = {**TOWN, "municipality": "Espoo", "verified_on": "2020-01-01"}
    there, _ = clean(book(organisations=[row]))
    case, _ = asked(there, "kind", "stale")
    for word in ("vahvista", "kyllä", "Hyväksy"):
        done, _ = clean(typed(there, case, decision=word))
        assert done.table("organisations").cell(A, "verified_on") == "2026-11-23"
        assert row_of(done, case)["done"]
    done, _ = clean(typed(there, case, decision="arkistoi"))
    assert (
        done.table("organisations").cell(A, "status") == "archived" and row_of(done, case)["done"]
    )


def test_a_register_from_before_has_no_column_for_answers_and_works():
    there, _ = clean(book(organisations=[TOWN]))
    there = with_headers(there, "review", ["answer"])
    case, _ = asked(there, "left", "Lojha")
    again, outcome = clean(typed(there, case, decision="poista"))
    assert not row_of(again, case)["done"] and not [
        c for c in outcome.plan.changes if c.tab == "review"
    ]
    assert len(outcome.notes) == 1
    assert row_of(clean(typed(there, case, decision="ok"))[0], case)["done"]


TWIN = {"name": "Lähimmäisapu ry", "municipality": "Espoo", "type": "association", "source": "x"}
IDS = (A, B, C, D)


def pairs(there):
    """Return the question of each two rows."""
    found = {}
    for case, row in there.table("review").rows():
        named = [one for one in IDS if one in row["message"]]
        if row["kind"] == "duplicate":
            found[frozenset(named)] = case
    return found


def all_asked(rows):
    """Return the questions of an earlier day about every two of these rows."""
    return [
        {"id": pair_id(Pair("organisations", *sorted(two), "likely", ())), "kind": "duplicate"}
        for two in combinations(rows, 2)
    ]


def ends(there, row_id):
    table, steps = there.table("organisations"), 0
    while table.cell(row_id, "status") == "merged":
        row_id, steps = table.cell(row_id, "merged_into").rpartition(" · ")[2], steps + 1
    return row_id, steps


@pytest.mark.parametrize("said", [2, 3, 4])
def test_same_on_several_pairs_merges_the_whole_group_into_one(said):
    people = [{"id": H, "first": "M", "last": "X", "source": "x", "org": f"Lähimmäisapu ry · {C}"}]
    start = book(
        organisations=[{"id": row, **TWIN, "topics": row} for row in IDS[:said]],
        people=people,
        review=all_asked(IDS[:said]),
    )
    there, _ = clean(start)
    chain = pairs(there)
    for one, two in pairwise(IDS[:said]):
        there = typed(there, chain[frozenset((one, two))], decision="sama")
    done, _ = clean(there)
    found = [ends(done, row) for row in IDS[:said]]
    assert len({row for row, _ in found}) == 1 and all(steps <= 1 for _, steps in found)
    (survivor,) = {row for row, _ in found}
    assert set(done.table("organisations").cell(survivor, "topics").split(", ")) == set(IDS[:said])
    assert all(row_of(done, case)["done"] for case in chain.values())
    if said > 2:
        assert done.table("people").cell(H, "org").endswith(survivor)
    assert clean(done)[1].plan.changes == ()


def test_an_earlier_merge_follows_to_the_end():
    there, _ = clean(book(organisations=[{"id": row, **TWIN} for row in IDS[:2]]))
    (case,) = pairs(there).values()
    there, _ = clean(typed(there, case, decision="sama"))
    more = {"id": C, **TWIN, "phone": "+358401234567", "email": "a@example.org", "url": "https://example.org"}  # fmt: skip
    there = there.with_changes(
        [Change("organisations", C, k, "", v, "p", "add") for k, v in more.items()]
    )
    there, _ = clean(there)
    (case,) = [c for c, row in there.table("review").rows() if row["kind"] == "duplicate" and not row["done"]]  # fmt: skip
    there, _ = clean(typed(there, case, decision="sama"))
    assert [ends(there, row) for row in (A, B, C)].count((C, 1)) == 2


def test_contradictory_decisions_in_a_group_are_answered_not_done():
    rows = [{"id": row, **TWIN} for row in IDS[:3]]
    there, _ = clean(book(organisations=rows, review=all_asked(IDS[:3])))
    case = pairs(there)
    for one, two, word in ((A, B, "sama"), (B, C, "sama"), (A, C, "eri")):
        there = typed(there, case[frozenset((one, two))], decision=word)
    there, _ = clean(there)
    assert [ends(there, row) for row in (A, B, C)] == [(A, 0), (B, 0), (C, 0)]
    for one, two in ((A, B), (B, C)):
        row = row_of(there, case[frozenset((one, two))])
        assert not row["done"] and A in row["answer"] and C in row["answer"]
    assert row_of(there, case[frozenset((A, C))])["done"]
    assert clean(there)[1].plan.changes == ()
    there, _ = clean(typed(there, case[frozenset((B, C))], decision="eri"))
    assert ends(there, A)[0] == ends(there, B)[0] != ends(there, C)[0]


def test_same_holds_where_the_pair_is_asked_about_no_more():
    there, _ = clean(book(organisations=[{"id": row, **TWIN} for row in IDS[:2]]))
    (case,) = pairs(there).values()
    told = typed(there, case, decision="Sama.")
    renamed = told.with_changes(
        [
            Change("organisations", A, "name", "Lähimmäisapu ry", "Kuopion Kissatalo ry", "p"),
            Change("organisations", A, "municipality", "Espoo", "Kuopio", "p"),
        ]
    )
    done, _ = clean(renamed)
    assert ends(done, A)[0] == ends(done, B)[0] and row_of(done, case)["done"]


def test_a_row_that_was_archived_meanwhile_is_not_merged():
    there, _ = clean(book(organisations=[{"id": row, **TWIN} for row in IDS[:2]]))
    (case,) = pairs(there).values()
    told = typed(there, case, decision="sama")
    status = told.table("organisations").cell(B, "status")
    done, _ = clean(
        told.with_changes([Change("organisations", B, "status", status, "archived", "p")])
    )
    assert (
        ends(done, A) == (A, 0) and row_of(done, case)["answer"] and not row_of(done, case)["done"]
    )


def test_a_proposal_of_a_pair_is_decided_not_rewritten():
    there, _ = clean(book(organisations=[{"id": row, **TWIN} for row in IDS[:2]]))
    (case,) = pairs(there).values()
    done, _ = clean(typed(there, case, suggestion="eri", decision="hyväksy"))
    assert (
        ends(done, A) == (A, 0) and row_of(done, case)["answer"] and not row_of(done, case)["done"]
    )
    assert clean(done)[1].plan.changes == ()


def test_no_two_words_mean_two_things():
    from register.book.package_data import package_table
    from register.review.words import fold_word

    meant = {
        key: {fold_word(word) for word in words}
        for key, words in package_table("register.review", "words").items()
    }
    assert not [(a, b) for a, b in combinations(meant, 2) if meant[a] & meant[b]]
    assert read_decision("") == read_decision("mitä vain") == ""


@pytest.mark.parametrize(
    ("decision", "email", "is_answered"),
    [("hyväksy", "vanha@example.org", True), ("uusi@example.org", "uusi@example.org", False)],
)
def test_a_mails_question_about_a_row_without_a_name_is_carried_out_or_answered(
    decision, email, is_answered
):
    """The row that it links to is named by its id alone."""
    start = book(people=[{"id": H, "role": "sihteeri", "email": "vanha@example.org"}])
    raised = mail_question(
        *(start, Sentences("fi"), "bounce", ("people", H), "Osoite?"), left="vanha@example.org"
    )
    case = (asked := list(raised))[0].row_id
    there, _ = clean(typed(start.with_changes(asked), case, decision=decision))
    assert there.table("people").cell(H, "email") == email
    row = row_of(there, case)
    assert bool(row["answer"]) is is_answered and bool(row["done"]) is not is_answered


def offers(there, case):
    return there.table("review").formats.get((case, "decision"), "").split()


def test_a_row_offers_only_what_its_question_can_do_and_a_second_run_leaves_it():
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    assert offers(there, case) == ["accept", "value", "ignore", "unsure"]
    assert there.table("review").formats[case, "link"] == f"organisations {A} municipality"
    assert clean(there)[1].plan.changes == ()


def test_a_register_without_the_column_for_values_offers_none():
    start = with_headers(book(organisations=[TOWN]), "review", ["value"])
    there, _ = clean(start)
    case, _ = asked(there, "left", "Lojha")
    assert offers(there, case) == ["accept", "ignore", "unsure"]


@pytest.mark.parametrize("word", ["", "kirjoita Arvo", "hyväksy", "kirjoita ehdotus", "ok"])
def test_a_value_in_its_own_column_wins_over_the_proposal(word):
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    done, _ = clean(typed(there, case, value="vanda", decision=word))
    assert done.table("organisations").cell(A, "municipality") == "Vantaa"
    assert row_of(done, case)["done"] and not row_of(done, case)["answer"]
    assert row_of(done, case)["value"] == "vanda"
    assert clean(done)[1].plan.changes == ()


@pytest.mark.parametrize("word", ["jätä näin", "ei", "Espoo"])
def test_a_value_and_another_decision_are_asked_about(word):
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    done, _ = clean(typed(there, case, value="Vantaa", decision=word))
    assert done.table("organisations").cell(A, "municipality") == "Lojha"
    row = row_of(done, case)
    assert not row["done"] and "”Vantaa”" in row["answer"] and f"”{word}”" in row["answer"]
    assert clean(done)[1].plan.changes == ()
    better, _ = clean(typed(done, case, decision=""))
    assert better.table("organisations").cell(A, "municipality") == "Vantaa"
    assert not row_of(better, case)["answer"]


def test_a_value_and_a_proposal_that_somebody_changed_to_another_are_asked_about():
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    both, _ = clean(
        typed(there, case, value="Vantaa", suggestion="Espoo", decision="kirjoita Arvo")
    )
    assert both.table("organisations").cell(A, "municipality") == "Lojha"
    assert "”Espoo”" in row_of(both, case)["answer"]
    same, _ = clean(typed(both, case, suggestion="vanda"))
    assert same.table("organisations").cell(A, "municipality") == "Vantaa"


def test_a_value_is_asked_for_where_it_is_chosen_and_missing():
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    done, _ = clean(typed(there, case, decision="kirjoita Arvo"))
    assert row_of(done, case)["answer"].startswith("Sarake Arvo on tyhjä")
    assert not row_of(done, case)["done"]
    later, _ = clean(typed(done, case, decision="kysy myöhemmin"))
    assert not row_of(later, case)["answer"] and not row_of(later, case)["done"]


def test_a_value_that_cannot_be_read_is_answered():
    there, _ = clean(book(organisations=[TOWN]))
    case, _ = asked(there, "left", "Lojha")
    done, _ = clean(typed(there, case, value="Atlantis"))
    assert done.table("organisations").cell(A, "municipality") == "Lojha"
    assert "Atlantis" in row_of(done, case)["answer"] and not row_of(done, case)["done"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_list_now_and_before_is_understood(language):
    decisions = schema().enum("decision")
    for key, labels in decisions.labels.items():
        assert read_decision(labels[language]) == read_decision(key)
        assert read_decision(labels[language].upper()) == read_decision(key)
    for word, key in decisions.earlier.items():
        assert read_decision(word) == read_decision(key)
        assert decisions.value(word, language) == key

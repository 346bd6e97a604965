"""What names and postal codes suggest is one question, and nothing is written before its answer."""

import pytest

from register.book.change import Change
from register.book.ids import fingerprint, new_id
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.review.batches import MOST, batches
from register.rules import SAFE
from register.values.name_language import language_of_name
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

MARTAT = [{"name": f"{town} Martat", "source": "x"} for town in ("Espoon", "Vantaan", "Lohjan")]


def clean(start):
    outcome = cleanup(start, TickingClock().now(), CleanupOptions(SAFE), Sentences(start.language))
    return start.with_changes(outcome.plan.changes)


def suggested(there, column):
    """Return the only open question that suggests this column's values."""
    (found,) = [
        (case, row)
        for case, row in there.table("review").rows()
        if row["kind"] == "intake" and row["link"].endswith(column) and not row["done"]
    ]
    return found


def cells(there, column):
    return [cell for _, cell in there.table("organisations").column(column)]


def decided(there, case, word):
    return clean(there.with_changes([Change("review", case, "decision", "", word, "hand")]))


def test_what_is_suggested_is_written_when_a_person_accepts_it():
    there = clean(book(organisations=MARTAT))
    assert cells(there, "type") == cells(there, "municipality") == [""] * 3
    assert cells(there, "status") == ["incomplete"] * 3
    case, row = suggested(there, "Kotikunta")
    assert "Espoo" in row["message"] and "Vantaa" in row["suggestion"]
    done = decided(there, case, "hyväksy")
    assert cells(done, "municipality") == ["Espoo", "Vantaa", "Lohja"]
    assert done.table("review").cell(case, "done")
    case, _ = suggested(done, "Tyyppi")
    assert cells(decided(done, case, "accept"), "type") == ["association"] * 3


def test_topics_of_the_registers_own_list_are_suggested():
    names = ("Espoon sydänyhdistys ry", "Lohjan sydänyhdistys ry", "Vantaan sydänyhdistys ry")
    clubs = [{"name": name, "type": "association", "source": "x"} for name in names]
    there = clean(
        book(
            organisations=clubs,
            choices=[{"topics": "vammaiset ja pitkäaikaissairaat"}, {"topics": "x"}],
        )
    )
    assert cells(there, "topics") == [""] * 3
    case, row = suggested(there, "Aiheet")
    assert row["suggestion"].startswith("vammaiset ja pitkäaikaissairaat")
    assert (
        cells(decided(there, case, "hyväksy"), "topics") == ["vammaiset ja pitkäaikaissairaat"] * 3
    )
    assert not any(
        "Aiheet" in row["link"]
        for _, row in clean(book(organisations=clubs)).table("review").rows()
    )


@pytest.mark.parametrize("word", ["ohita", "ei"])
def test_who_passes_it_over_is_not_asked_about_those_rows_again(word):
    there = clean(book(organisations=MARTAT))
    case, _ = suggested(there, "Kotikunta")
    quiet = decided(there, case, word)
    assert cells(quiet, "municipality") == [""] * 3
    again = clean(
        quiet.with_changes(
            [
                Change("organisations", f"#{n}", key, "", cell, "hand", "add")
                for n, town in enumerate(("Porvoon", "Sipoon", "Askolan"), start=90)
                for key, cell in (("name", f"{town} Martat"), ("source", "y"))
            ]
        )
    )
    _, row = suggested(again, "Kotikunta")
    assert "Porvoo" in row["message"] and "Espoo" not in row["message"]


def test_a_postal_code_suggests_its_municipality_and_no_code_of_two_towns():
    rows = [{"name": f"Kerho {n}", "source": "x", "postcode": code}
            for n, code in enumerate(("02100", "02150", "02770", "x", "00000"))]  # fmt: skip
    _, row = suggested(clean(book(organisations=rows)), "Kotikunta")
    assert row["suggestion"] == "Espoo"


def test_a_few_rows_are_sooner_filled_in_by_hand():
    there = clean(book(organisations=MARTAT[:2]))
    assert {row["kind"] for _, row in there.table("review").rows()} == {"incomplete"}


def test_a_question_goes_for_the_rows_that_it_names():
    first, second = (fingerprint("k", str(n)) for n in (0, 1))
    assert list(batches(book(), ("k",), ["a", "b"])) == [(first, ["a", "b"])]
    assert list(batches(book(), ("k",), [])) == []
    many = [f"r{n}" for n in range(MOST + 1)]
    assert [len(rows) for _, rows in batches(book(), ("k",), many)] == [MOST, 1]

    def asked(**row):
        there = book(review=[{"id": first, "kind": "intake", "left": "a b", **row}])
        return list(batches(there, ("k",), ["a", "b", "c"]))

    assert asked() == [(first, ["a", "b", "c"])]
    assert asked(decision="hyväksy") == [(first, ["a", "b"]), (second, ["c"])]
    assert asked(decision="hyväksy", done="2026-11-23T09:00") == [(second, ["c"])]
    assert asked(done="2026-11-23T09:00") == [(first, ["a", "b", "c"])]


def test_the_language_is_suggested_where_the_register_would_write_in_another():
    names = (
        "Esbo byaförening",
        "Vasa IF rf",
        "Ekenäs församling",
        "Espoon seura ry",
        "Lohja-Seura",
    )
    clubs = [
        {"name": name, "type": "association", "municipality": "Espoo", "source": "x"}
        for name in names
    ]
    there = clean(book(organisations=clubs))
    case, row = suggested(there, "Kieli")
    assert "Vasa IF rf" in row["message"] and "Espoon seura" not in row["message"]
    assert cells(there, "language") == [""] * 5 and cells(there, "status") == ["ok"] * 5
    assert cells(decided(there, case, "tee näin"), "language") == ["sv"] * 3 + [""] * 2


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Espoon kyläyhdistys ry", "fi"),
        ("Esbo byaförening rf", "sv"),
        ("Folkhälsan rf – Espoon osasto ry", ""),
        ("Friends of Lohja", "en"),
        ("FC Kontu", ""),
        ("", ""),
    ],
)
def test_a_language_is_suggested_by_words_of_one_language(name, language):
    assert language_of_name(name) == language


OFFICES = ("municipality", "state", "association")


def own(letter, number):
    return new_id(letter, (str(number),), set())


def people_of_offices():
    homes = [
        {"id": own("O", n), "name": f"Talo {n}", "type": OFFICES[n % 3], "source": "x"}
        for n in range(6)
    ]
    people = [
        {"id": own("H", n), "first": "Maija", "last": f"Mäki{'abcdef'[n]}", "org": home["id"],
         "basis": "consent" if n == 3 else "legitimate_interest"}
        for n, home in enumerate(homes)
    ]  # fmt: skip
    return book(organisations=homes, people=people)


def test_all_groups_are_one_question_which_says_whose_legal_basis_changes():
    there = clean(people_of_offices())
    case, row = suggested(there, "Ryhmä")
    assert "järjestötoimija (2)" in row["suggestion"] and "viranhaltija (4)" in row["suggestion"]
    assert "Niistä 3 rivillä muuttuu samalla Peruste" in row["message"]
    assert "”oikeutettu etu”" in row["message"] and "”julkinen tehtävä”" in row["message"]
    assert "Peruste" in there.table("review").notes[case, "decision"]
    done = decided(there, case, "tee näin")
    grounds = [cell for _, cell in done.table("people").column("basis")]
    assert grounds.count("public_duty") == 3 and grounds.count("consent") == 1


@pytest.mark.parametrize("word", ["tee näin", "jätä näin"])
def test_what_was_decided_of_one_group_alone_holds(word):
    """Each group was once asked about by itself."""
    there = clean(people_of_offices())
    officials = [own("H", n) for n in (0, 1, 3, 4)]
    asked = fingerprint("suggested", "group", "official", "0")
    row = {"kind": "intake", "left": " ".join(officials), "decision": word}
    rows = [Change("review", asked, key, "", cell, "p", "add") for key, cell in row.items()]
    done = clean(there.with_changes(rows))
    groups = [cell for _, cell in done.table("people").column("group")]
    assert groups.count("official") == (4 if word == "tee näin" else 0)
    assert done.table("review").cell(asked, "done")
    _, row = suggested(clean(done), "Ryhmä")
    assert "viranhaltija" not in row["message"]

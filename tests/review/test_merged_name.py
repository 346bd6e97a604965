"""Which name stays when two rows become one: the question says so, and a person may say another."""

import pytest

from register.match.merge import survivor
from register.match.spelling import better_spelled
from tests.making import book
from tests.review.test_undone import opened, planned, run, types

PHONE = "+358401234567"
RIGHT = {"id": "H-WR637", "first": "Maija", "last": "Aalto", "phone": PHONE}
WRONG = {
    "id": "H-0JCDN", "first": "Maija", "last": "Alto", "phone": PHONE, "role": "sihteeri",
    "email": "maija.aalto@apu.example", "verified_on": "2026-10-01",
}  # fmt: skip


def the_pair(store):
    (found,) = [one for one in store.book.table("review").rows() if one[1]["kind"] == "duplicate"]
    return found


def says(store, **cells):
    case, _ = the_pair(store)
    for column, text in cells.items():
        types(store, "review", case, column, text)
    run(store)
    return the_pair(store)[1]


def names(store):
    people = store.book.table("people")
    return {
        f"{row['first']} {row['last']}" for _, row in people.rows() if row["status"] != "merged"
    }


@pytest.mark.parametrize(
    ("one", "two", "addresses", "right"),
    [
        ("Aalto", "Alto", ["maija.aalto@apu.example"], "Aalto"),
        ("Aalto", "Alto", ["m.alto@posti.example"], "Alto"),
        ("Aalto", "Alto", ["maijaaalto@apu.example", "alto@apu.example"], ""),
        ("Aalto", "Alto", ["info@apu.example"], ""),
        ("Majia", "Maija", [], "Maija"),
        ("Esppon Apu ry", "Espoon Apu ry", [], "Espoon Apu ry"),
        ("Järvenpän Apu", "Järvenpään Apu", [], "Järvenpään Apu"),
        ("Olarin Apuu ry", "Olarin Apu ry", ["https://www.olarinapu.example/"], "Olarin Apu ry"),
        ("Hyvarinen", "Hyvärinen", ["hyvarinen@apu.example"], "Hyvärinen"),
        ("Virtanen", "Wirtanen", [], ""),
        ("", "Aalto", ["aalto@apu.example"], "Aalto"),
    ],
)
def test_the_spelling_that_something_supports(one, two, addresses, right):
    assert better_spelled(one, two, addresses) == better_spelled(two, one, addresses) == right


def test_the_question_says_which_name_stays_and_where_the_other_goes():
    assert survivor(book(people=[RIGHT, WRONG]), "people", "H-WR637", "H-0JCDN")[0] == "H-0JCDN"
    store = opened(people=[RIGHT, WRONG])
    _, row = the_pair(store)
    assert "Nimeksi jää Maija Aalto; ”Maija Alto” jää talteen: Huom." in row["message"]
    says(store, decision="yhdistä")
    assert names(store) == {"Maija Aalto"}
    assert "Sukunimi: Alto" in store.book.table("people").cell("H-0JCDN", "notes")


@pytest.mark.parametrize("decision", ["", "yhdistä", "kirjoita Arvo", "ok"])
@pytest.mark.parametrize(
    ("value", "stays"),
    [
        ("Maija Alto", "Maija Alto"),
        ("alto maija", "Maija Alto"),
        ("Maija Aalto-Niemi", "Maija Aalto-Niemi"),
        ("Etunimi: Maija; Sukunimi: Ahto", "Maija Ahto"),
    ],
)
def test_a_value_is_the_name_that_stays(decision, value, stays):
    store = opened(people=[RIGHT, WRONG])
    assert "value" in store.book.table("review").formats[the_pair(store)[0], "decision"].split()
    row = says(store, decision=decision, value=value)
    assert names(store) == {stays} and row["done"] and not row["answer"]
    noted = store.book.table("people").cell("H-0JCDN", "notes")
    assert "Aalto" in stays or "Sukunimi: Aalto" in noted
    assert not planned(store).changes


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"value": "040 765 4321"}, "ei muistuta kumpaakaan"),
        ({"value": "Aalto"}, "ei muistuta kumpaakaan"),
        ({"value": "Pekka Niemi"}, "ei muistuta kumpaakaan"),
        ({"value": "010190-123A"}, "ei muistuta kumpaakaan"),
        ({"value": "Maija Aalto", "decision": "joo varmaan"}, "ei käy tähän"),
        ({"decision": "kirjoita Arvo"}, "Arvo"),
    ],
)
def test_what_is_no_name_of_theirs_merges_nothing_and_is_answered(cells, words):
    store = opened(people=[RIGHT, WRONG])
    row = says(store, **cells)
    assert names(store) == {"Maija Aalto", "Maija Alto"}
    assert words in row["answer"] and not row["done"]
    assert not planned(store).changes


@pytest.mark.parametrize("word", ["pidä erillään", "jätä näin", "ei"])
def test_who_keeps_them_apart_merges_nothing_whatever_name_stands_beside(word):
    store = opened(people=[RIGHT, WRONG])
    assert says(store, value="Maija Aalto", decision=word)["done"]
    assert len(names(store)) == 2


def test_where_both_rows_stay_no_name_is_chosen():
    homes = [{"id": "O-MYRB1", "name": "Apu ry"}, {"id": "O-C30J9", "name": "Kerho ry"}]
    two = [RIGHT | {"org": "Apu ry · O-MYRB1"}, WRONG | {"org": "Kerho ry · O-C30J9"}]
    store = opened(people=two, organisations=homes)
    row = says(store, value="Maija Aalto")
    assert "Kumpikin rivi jää" in row["answer"] and len(names(store)) == 2


def test_of_organisations_too():
    rows = [
        {"id": "O-MYRB1", "name": "Olarin Nuorten Tuki ry", "phone": PHONE, "municipality": "Espoo"},
        {"id": "O-C30J9", "name": "Olarin Nuortne Tuki ry", "phone": PHONE, "municipality": "Espoo",
         "email": "info@olarinnuortentuki.example"},
    ]  # fmt: skip
    store = opened(organisations=rows)
    assert "Nimeksi jää Olarin Nuorten Tuki ry" in the_pair(store)[1]["message"]
    says(store, value="Olarin Nuorten Tuki")
    live = [row for _, row in store.book.table("organisations").rows() if row["status"] != "merged"]
    assert [row["name"] for row in live] == ["Olarin Nuorten Tuki"]


@pytest.mark.parametrize("twins", [(RIGHT, WRONG), (WRONG, RIGHT)])
def test_what_is_decided_of_a_row_goes_into_the_cell_of_the_row_that_goes_on(twins):
    """Whichever of the two ends: by a decision, and by a merge that needs none."""
    one, two = (
        {**row, "municipality": town} for row, town in zip(twins, ("Esppo", "Vantaa"), strict=True)
    )
    store = opened(people=[one, two])
    (case,) = [c for c, row in store.book.table("review").rows() if "Esppo" in row["left"] and "Kunta" in row["left"] and row["kind"] != "duplicate"]  # fmt: skip
    types(store, "review", case, "value", "Helsinki")
    says(store, decision="yhdistä")
    (row,) = [row for _, row in store.book.table("people").rows() if row["status"] != "merged"]
    assert row["municipality"] == "Helsinki" and "Helsinki" not in row["notes"]
    assert "Kunta: Vantaa" in row["notes"]
    assert store.book.table("review").cell(case, "done")
    run(store)
    assert not planned(store).changes


def test_a_phone_that_is_decided_is_the_first_one():
    bad = {**RIGHT, "phone": "040 123", "email": WRONG["email"], "last": "Aalto"}
    store = opened(people=[bad, {**WRONG, "phone": "+358505556677"}])
    (case,) = [
        c for c, row in store.book.table("review").rows() if row["left"] == "Puhelin: 040 123"
    ]
    types(store, "review", case, "value", "0409998877")
    if [one for one in store.book.table("review").rows() if one[1]["kind"] == "duplicate"]:
        says(store, decision="yhdistä")
    run(store)
    (row,) = [row for _, row in store.book.table("people").rows() if row["status"] != "merged"]
    assert (row["phone"], row["phone2"]) == ("+358409998877", "+358505556677")


@pytest.mark.parametrize("word", ["joo varmaan", "sama??!", "poista"])
def test_a_word_that_does_not_fit_goes_with_the_question_once_the_rows_are_one(word):
    store = opened(people=[RIGHT, WRONG])
    assert says(store, decision=word)["answer"]
    types(store, "people", "H-WR637", "email", WRONG["email"])
    types(store, "people", "H-WR637", "last", "Aalto")
    types(store, "people", "H-0JCDN", "last", "Aalto")
    run(store)
    assert len(names(store)) == 1
    _, row = the_pair(store)
    assert row["done"] and not row["answer"] and row["decision"] == word
    run(store)
    assert not planned(store).changes

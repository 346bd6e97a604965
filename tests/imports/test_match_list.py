import json

import pytest

from register.book.errors import UsageError
from register.book.schema import schema
from register.imports.match_list import match_list
from register.intake.sheet import ListSheet
from register.review.explain_pair import explain_pair
from register.sources.files import read_file
from register.words.sentences import Sentences
from tests.making import book
from tests.test_scripts import exits

LIST = ListSheet(
    "list.csv",
    ("Etunimi", "Sukunimi", "Katuosoite", "Postinumero", "Kaupunki", "State"),
    (
        ("Maija", "Aalto", "Koivukatu 7", "02100", "Espoo", "Uusimaa"),
        ("", "", "", "", "", ""),
        ("Maija", "Alto", "Koivukatu 7", "02100", "Espoo", "Uusimaa"),
        ("Pekka", "Niemi", "Tammitie 1", "00100", "Helsinki", "Uusimaa"),
    ),
)
KNOWN = book(
    people=[
        {"id": "H-0JCDN", "first": "Maija", "last": "Aalto", "municipality": "Espoo"},
        {"id": "H-WR637", "first": "Aalto", "last": "Maija", "municipality": "Espoo"},
    ]
)


def test_a_list_is_compared_with_itself_by_row_numbers_of_the_file():
    (found,) = match_list(LIST)
    told = found.contract()
    assert (told["left"], told["right"], told["decision"]) == (2, 4, "likely")
    assert {one["comparison"] for one in told["evidence"]} >= {"name", "address"}


def test_a_list_is_compared_with_the_register_by_ids():
    assert {(one.left, one.right) for one in match_list(LIST, KNOWN)} >= {("2", "H-0JCDN")}
    assert all(
        one.left.isdecimal() and one.right in ("H-0JCDN", "H-WR637")
        for one in match_list(LIST, KNOWN)
    )


def test_the_command_prints_json(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Nimi;Sähköposti\nMaija Aalto;maija.aalto@posti.example\nAalto Maija;maija.aalto@posti.example\n",
        encoding="utf-8",
    )
    done = exits(0, tmp_path, "contacts.py", "match", path, "--format", "json")
    (pair,) = json.loads(done.stdout)["pairs"]
    assert (pair["left"], pair["right"], pair["decision"]) == (2, 3, "certain")


def test_explaining_a_pair_shows_its_evidence_beside_its_cells():
    lines = explain_pair(KNOWN, ("H-WR637", "H-0JCDN"), Sentences("en"))
    assert lines[0][0] == "the same names the other way round" and lines[0][1].startswith("+")
    assert lines[0][2:] == ("Maija Aalto", "Aalto Maija")


@pytest.mark.parametrize(
    "words", [(), ("H-0JCDN",), ("H-0JCDN", "H-0JCDN"), ("H-0JCDN", "O-MYRB1"), ("H-0JCDN", "x")]
)
def test_explaining_needs_two_ids_of_one_tab(words):
    with pytest.raises(UsageError):
        explain_pair(KNOWN, words, Sentences("fi"))


def test_ids_that_are_not_there_are_said():
    assert schema().tab_of_id("H-C30J9")
    with pytest.raises(UsageError):
        explain_pair(KNOWN, ("H-0JCDN", "H-C30J9"), Sentences("fi"))


ONE = {"id": "O-MYRB1", "name": "Liiton Pirkanmaan piiri ry", "business_id": "0112038-9"}
TWO = {"id": "O-C30J9", "name": "Liiton Pohjanmaan piiri ry", "business_id": "1572860-0"}


def explained(one, two):
    lines = explain_pair(book(organisations=[one, two]), ("O-MYRB1", "O-C30J9"), Sentences("en"))
    return [line[0] for line in lines]


def test_explaining_organisations_tells_what_makes_them_one_or_two():
    assert explained(ONE, TWO) == [
        "different Y-tunnus: never one",
        "names that differ in a place, a number or a word: never one",
    ]
    assert explained(ONE, {**ONE, "id": "O-C30J9"})[0] == "the same name"
    town = {"municipality": "Espoo", "name": "Espoon eläkkeensaajat ry"}
    other = {"municipality": "Espoo", "name": "Esbo pensionärer rf"}
    found = explained({"id": "O-MYRB1", **town}, {"id": "O-C30J9", **other})
    assert found[0].startswith("the same name in Finnish and Swedish") and len(found) == 2


ORGANISATIONS = ListSheet(
    "list.csv",
    ("Yhdistys", "Y-tunnus", "Kunta", "Kotisivu"),
    (
        ("Espoon eläkkeensaajat ry", "", "Espoo", "https://elake.example"),
        ("Esbo pensionärer r.f.", "", "Esbo", "www.elake.example/sv"),
        ("Espoon Apu ry", "0112038-9", "Espoo", ""),
        ("ESPOON APU", "1120389", "", ""),
        ("MLL Tapiola", "", "Espoo", ""),
        ("MLL Tapanila", "", "Helsinki", ""),
    ),
)


def test_a_list_of_organisations_is_compared_as_such():
    found = [(one.left, one.right, one.decision) for one in match_list(ORGANISATIONS)]
    assert found == [("2", "3", "likely"), ("4", "5", "certain")]
    known = book(
        organisations=[{"id": "O-MYRB1", "name": "Espoon Apu", "business_id": "0112038-9"}]
    )
    linked = [(one.left, one.right, one.decision) for one in match_list(ORGANISATIONS, known)]
    assert linked == [("4", "O-MYRB1", "certain"), ("5", "O-MYRB1", "certain")]


@pytest.mark.parametrize("headers", [("Puhelin", "Kunta"), ("foo", "bar"), ("", "")])
def test_a_list_without_names_is_no_list_to_match(headers):
    rows = (("0401234567", "Espoo"), ("0401234567", "Espoo"))
    with pytest.raises(UsageError) as fault:
        match_list(ListSheet("list.csv", headers, rows))
    assert "list.csv" in Sentences("en").error(fault.value)


BAD = {
    "a single column": ("Nimi\nMaija Aalto\nAalto Maija\nPekka Niemi\n", [(2, 3)]),
    "no e-mail": ("Etunimi;Sukunimi;Kunta\nMaija;Aalto;Espoo\nMaija;Aalto;Espoo\n", [(2, 3)]),
    "one name of two": ("Etunimi;Katuosoite\nMaija;Koivukatu 7\nPekka;Tammitie 1\n", []),
    "emojis": ("Etunimi;Sukunimi\n😀;🎉\n😀;🎉\n", []),
    "another script": ("Etunimi;Sukunimi\nМария;Иванова\nМария;Иванова\nمحمد;علي\n", [(2, 3)]),
    "long names": (f"Etunimi;Sukunimi\n{'M' * 200};{'A' * 200}\n{'M' * 199}N;{'A' * 200}\n", [(2, 3)]),
    "one letter": ("Etunimi;Sukunimi\na;b\nc;d\n", []),
    "blank names": ("Etunimi;Sukunimi;Puhelin\n;;0401234567\n;;0401234567\n", []),
    "too few and too many cells": (
        "Etunimi;Sukunimi;Sähköposti\nMaija;Aalto\nMaija;Aalto;a@posti.example;x;y\nPekka\n", [(2, 3)]),
    "one row": ("Etunimi;Sukunimi\nMaija;Aalto\n", []),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("bad", BAD)
def test_what_lists_may_hold_is_matched_all_the_same(tmp_path, bad, encoding):
    text, wanted = BAD[bad]
    path = tmp_path / "list.csv"
    path.write_text(text, encoding=encoding)
    found = {tuple(map(int, (one.left, one.right))) for one in match_list(read_file(path))}
    assert found == set(wanted)


def test_all_rows_alike_end_in_time_and_are_one_group(tmp_path):
    path = tmp_path / "list.csv"
    row = "Maija;Aalto;maija@posti.example\n"
    path.write_text(f"Etunimi;Sukunimi;Sähköposti\n{row * 1_000}", encoding="utf-8")
    found = match_list(read_file(path))
    assert {one.left for one in found} | {one.right for one in found} == set(
        map(str, range(2, 1_002))
    )
    assert len(found) < 20_000

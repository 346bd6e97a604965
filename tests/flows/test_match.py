import json
import subprocess
import sys
from pathlib import Path

import pytest

from register.book.schema import schema
from register.errors import UsageError
from register.flows.contacts_match import match_list
from register.flows.explain_pair import explain_pair
from register.intake.sheet import Sheet
from register.report.sentences import Sentences
from tests.making import book

SCRIPTS = Path(__file__).parents[2] / "scripts"
LIST = Sheet(
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
        "Nimi;Sähköposti\nMaija Aalto;majava@posti.example\nAalto Maija;majava@posti.example\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / "contacts.py"), "match", str(path), "--format", "json"],
        capture_output=True, check=True, encoding="utf-8", cwd=tmp_path,
    )  # fmt: skip
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

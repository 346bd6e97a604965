"""How a list's columns were read is remembered by its headers; what is said now wins."""

import pytest

from register.book.errors import UsageError
from register.intake.columns import guess_columns
from register.intake.list_memory import ListMemory, known_list, remembered_import
from register.intake.sheet import ListSheet
from register.state.list_memories import LISTS_FILE, list_memories, remember_list

HEADERS = ("Nimi", "Yhdistys", "Numero", "Posti")
ROW = ("Lampi, Kaisa", "Lahden kuvakerho ry", "0405550703", "kaisa@lampi.example")


def sheet(headers=HEADERS, row=ROW):
    return ListSheet("lista.csv", tuple(headers), (tuple(row[: len(headers)]),))


def memory(*orders, headers=HEADERS, kind=""):
    of = sheet(headers)
    return remembered_import(of, guess_columns(of, orders), kind, "lista 2025", None)


def read(known, of, *orders):
    columns = guess_columns(of, (*known.orders(of, orders), *orders))
    return {link.header: (link.target, link.how) for link in known.mark(columns, orders).links}


def test_what_somebody_has_said_and_what_cells_told_is_taken_from_last_time():
    columns = read(memory("Numero=phone"), sheet())
    assert columns["Numero"] == ("phone", "remembered")
    assert columns["Posti"][0] == "email"
    assert columns["Nimi"][1] != "remembered"


def test_what_is_said_now_wins_and_is_remembered():
    known, of = memory("Numero=phone"), sheet()
    assert read(known, of, "Numero=-")["Numero"] == ("", "left")
    columns = guess_columns(of, (*known.orders(of, ["Numero=-"]), "Numero=-"))
    new = remembered_import(of, columns, "", "lista 2026", known)
    assert dict(new.columns)["Numero"] == "-"
    assert new.sources == ("lista 2025", "lista 2026")


def test_a_target_that_is_given_to_another_column_now_is_free():
    assert read(memory("Numero=role"), sheet(), "Posti=role")["Posti"] == ("role", "asked")


def test_columns_in_any_order_are_the_same_list():
    assert known_list([memory()], sheet(HEADERS[::-1], ROW[::-1]))


def test_a_list_whose_columns_have_changed_is_read_as_far_as_it_is_known():
    known = memory("Numero=phone")
    of = sheet(("Nimi", "Yhdistys", "Numero", "Jäsenyys"), (*ROW[:3], "x"))
    assert known_list([known], of) is known
    said = dict(known.notes(of))
    assert {"columns": ["Jäsenyys"]} in said.values() and {"columns": ["Posti"]} in said.values()
    assert read(known, of)["Numero"] == ("phone", "remembered")


@pytest.mark.parametrize("headers", [("Nimi",), ("Nimi", "a", "b", "c"), ("x", "y"), ("", "")])
def test_a_list_of_other_columns_is_not_known(headers):
    assert known_list([memory()], sheet(headers, ("",) * 4)) is None


def test_the_list_with_most_of_the_headers_is_taken_and_of_two_the_newer():
    less, same, again = memory(headers=HEADERS[:3]), memory(), memory("Numero=role")
    assert known_list([same, less], sheet()) is same
    assert known_list([same, again], sheet()) is again


def test_doubled_headers_are_nobodys():
    known = ListMemory(HEADERS, (("Numero", "phone"),))
    assert known.orders(sheet(("Nimi", "Numero", "Numero"), ("a", "1", "2")), ()) == []


def test_it_is_kept_in_a_file_of_the_state_and_read_again(tmp_path):
    first, second = memory("Numero=phone"), memory("Numero=role")
    remember_list(tmp_path, (), first, None)
    assert list_memories(tmp_path) == (first,)
    remember_list(tmp_path, (first,), second, first)
    assert list_memories(tmp_path) == (second,)
    assert (tmp_path / LISTS_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"lists": [1]}', '{"lists": [{"headers": 1}]}'])
def test_a_damaged_file_is_said(tmp_path, text):
    (tmp_path / LISTS_FILE).write_text(text)
    with pytest.raises(UsageError):
        list_memories(tmp_path)


def test_no_personal_identity_code_is_remembered():
    assert "308T" not in str(memory(headers=("Nimi", "131052-308T", "Numero")))

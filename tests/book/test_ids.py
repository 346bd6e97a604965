import pytest
from hypothesis import given, strategies as st

from register.book.ids import ALPHABET, fingerprint, is_id, new_id, reference_id, reference_text


@given(st.text(max_size=30))
def test_a_new_id_is_valid_and_the_same_seed_gives_the_same(seed):
    row_id = new_id("O", [seed], ())
    assert is_id(row_id, "O") and not is_id(row_id, "H")
    assert row_id == new_id("O", [seed], ())


def test_a_taken_id_is_passed_over():
    first = new_id("O", ["x"], ())
    second = new_id("O", ["x"], {first})
    assert first != second and is_id(second)


@given(st.text(max_size=30), st.integers(2, 6), st.sampled_from(ALPHABET))
def test_one_wrong_character_makes_another_id_of_nobody(seed, position, character):
    row_id = new_id("T", [seed], ())
    wrong = row_id[:position] + character + row_id[position + 1 :]
    assert wrong == row_id or not is_id(wrong)


@pytest.mark.parametrize("text", ["", "O-", "O-7K3M", "o-7K3MQ", "O-7K3MU", "7K3MQ", "O-7K3MQ "])
def test_what_is_no_id(text):
    assert not is_id(text)


def test_a_reference_is_read_back_by_its_id_alone():
    row_id = new_id("O", ["EJY"], ())
    assert reference_id(reference_text("EJY ry", row_id)) == row_id
    assert reference_id(row_id) == row_id
    assert reference_text("Kahvila, Espoo ry", row_id) == f"Kahvila Espoo ry · {row_id}"


@pytest.mark.parametrize("text", ["", "EJY ry", "EJY ry · ", "O-7K3MQ ry", "x O-7K3MQ"])
def test_a_name_alone_is_no_reference(text):
    assert reference_id(text) == ""


def test_a_fingerprint_depends_on_every_part():
    assert fingerprint("duplicate", "a", "b") == fingerprint("duplicate", "a", "b")
    assert fingerprint("duplicate", "ab", "") != fingerprint("duplicate", "a", "b")
    assert is_id(fingerprint("x"), "R") and len(fingerprint("x")) == 15

"""What people's own words say: the words of our letters count, what is doubtful waits."""

import pytest

from register.replies.answer_text import read_answer_text
from tests.replies.phrases import CLEAR, MORE, UNCLEAR

NAMES = {"maija", "meri", "nils", "amina", "liisa"}


@pytest.mark.parametrize(("key", "text"), [(key, text) for key in CLEAR for text in CLEAR[key]])
def test_clear_words(key, text):
    found = read_answer_text(text, NAMES)
    assert (found.guess, found.clear, found.added) == (key, True, "")


@pytest.mark.parametrize(("key", "text"), [(key, text) for key in MORE for text in MORE[key]])
def test_clear_words_and_more(key, text):
    found = read_answer_text(text, NAMES)
    assert (found.guess, found.clear, found.added) == (key, True, text)


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_person_judges(text):
    assert not read_answer_text(text, NAMES).clear

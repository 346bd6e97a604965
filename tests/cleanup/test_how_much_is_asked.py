"""An imported list costs a person few questions, and what is asked is worth asking."""

import pytest

from tests.bench.questions import of_known_lists, of_messy_list


def test_a_messy_list_asks_little_and_decides_nothing_by_a_guess():
    asked = of_messy_list()
    assert asked.others <= 12
    assert asked.decisions <= 0.05 * asked.rows
    assert asked.duplicates <= 1.1 * asked.links
    assert asked.true == asked.duplicates
    assert asked.wrong == 0


@pytest.mark.bench
def test_lists_as_associations_keep_them_ask_little():
    """All in one register, where many name the same people: figures.md has what is measured."""
    asked = of_known_lists()
    assert asked.others <= 12
    assert asked.duplicates <= 0.5 * asked.rows
    assert asked.decisions <= 0.46 * asked.rows

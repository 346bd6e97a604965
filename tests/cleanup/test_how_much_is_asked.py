"""An imported list costs a person few questions, and what is asked is worth asking."""

from tests.bench.questions import of_messy_list


def test_a_messy_list_asks_little_and_decides_nothing_by_a_guess():
    asked = of_messy_list()
    assert asked.others <= 12
    assert asked.duplicates <= 1.1 * asked.links
    assert asked.true == asked.duplicates
    assert asked.wrong == 0

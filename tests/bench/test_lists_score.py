"""How much of people's lists comes in right: cells of ``tests/data/lists``, per language."""

from collections import defaultdict

import pytest

from register.sources.files import read_lists
from tests.list_corpus import EXPECTED, FILES, Score, score, taken_in

pytestmark = pytest.mark.bench


def language(name):
    return name.rpartition("-")[2] if name.endswith(("-sv", "-en")) else "fi"


def test_share_of_cells_in_the_right_column_of_the_right_row(capsys):
    scores, lists = defaultdict(Score), defaultdict(int)
    for name, wanted in EXPECTED.items():
        found = score(taken_in(*read_lists(FILES[name])), wanted)
        for group in (language(name), "all"):
            scores[group] += found
            lists[group] += 1
    with capsys.disabled():
        print("\nlanguage  lists  cells   right    lost  somebody else's")
        for group, one in sorted(scores.items(), key=lambda item: item[0] == "all"):
            shares = (one.right / one.wanted, one.lost / one.wanted, one.astray / one.wanted)
            told = f"{shares[0]:7.2%} {shares[1]:7.2%} {shares[2]:8.2%}"
            print(f"{group:8} {lists[group]:6} {one.wanted:6} {told}")
    assert scores["all"].lost == scores["all"].astray == 0
    assert scores["all"].right >= 0.99 * scores["all"].wanted

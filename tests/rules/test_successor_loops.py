"""A loop of successors is found on each of its rows, however long, and in linear time."""

from register.book.ids import new_id
from register.rules import RuleContext, findings
from tests.making import book
from tests.rules.expecting import TODAY


def found(successors):
    ids = []
    for number in range(len(successors)):
        ids.append(new_id("H", (str(number),), set(ids)))
    rows = [
        {"id": ids[n], "first": f"N{n}", "last": "Malli", "successor": "" if to < 0 else ids[to]}
        for n, to in enumerate(successors)
    ]
    told = findings(book(people=rows), RuleContext(TODAY))
    codes = ("successor-oneself", "successor-circle")
    return [(ids.index(f.row_id), f.code) for f in told if f.code in codes]


def test_a_long_loop_is_found_on_every_row():
    assert found([*range(1, 120), 0]) == [(n, "successor-circle") for n in range(120)]


def test_a_long_chain_that_ends_is_left_alone():
    assert found([*range(1, 120), -1]) == []


def test_who_is_there_again_after_leave_is_left_alone():
    ids = [new_id("H", ("a",), ()), new_id("H", ("b",), ())]
    rows = [
        {"id": ids[0], "first": "A", "last": "Malli", "successor": ids[1]},
        {"id": ids[1], "first": "B", "last": "Malli", "successor": ids[0], "end": "2020-01-01"},
    ]
    both = [rows[0] | {"end": "2020-01-01"}, rows[1]]
    for people, count in ((rows, 0), (both, 2)):
        told = findings(book(people=people), RuleContext(TODAY))
        assert len([f for f in told if f.code == "successor-circle"]) == count


def test_who_leads_into_a_loop_is_left_alone():
    assert found([1, 2, 1]) == [(1, "successor-circle"), (2, "successor-circle")]


def test_oneself_at_the_end_of_a_chain():
    assert found([1, 1]) == [(1, "successor-oneself")]

"""Rows are moved until they stand as wanted, whole, and no more of them than it takes."""

from itertools import pairwise

from hypothesis import given, strategies as st

from register.book.moves import Move, moved_numbers, moved_rows, moves_to

orders = st.permutations([f"R-{n}" for n in range(9)])


@given(orders, orders)
def test_rows_stand_in_the_wanted_order(rows, wanted):
    assert moved_rows(rows, moves_to(rows, wanted)) == list(wanted)


@given(orders, orders)
def test_rows_in_order_are_not_moved(rows, wanted):
    there = moved_rows(rows, moves_to(rows, wanted))
    assert not moves_to(there, wanted)


@given(orders, orders)
def test_no_more_rows_are_moved_than_the_longest_rising_sequence_leaves(rows, wanted):
    rank = [list(wanted).index(name) for name in rows]
    longest = [1] * len(rank)
    for at, own in enumerate(rank):
        longest[at] = 1 + max((longest[n] for n in range(at) if rank[n] < own), default=0)
    assert sum(move.count for move in moves_to(rows, wanted)) == len(rank) - max(longest)


mixed = st.lists(st.sampled_from(["", None, "x", *(f"R-{n}" for n in range(6))]), max_size=14)


@given(mixed, st.permutations([f"R-{n}" for n in range(6)]))
def test_what_stands_below_a_row_goes_with_it_and_no_row_is_lost(rows, wanted):
    own = list(enumerate(rows))
    numbers = moved_numbers(len(rows) + 1, moves_to(rows, wanted))
    there = {numbers.get(at + 2, at + 2): (at, name) for at, name in own}
    assert sorted(there) == list(range(2, len(rows) + 2))
    after = [there[n] for n in sorted(there)]
    firsts = [name for at, name in after if name in wanted and rows.index(name) == at]
    assert firsts == [name for name in wanted if name in firsts]
    for (at, name), (below, told) in pairwise(own):
        if told is None and name in wanted and rows.index(name) == at:
            assert after[after.index((at, name)) + 1] == (below, told)


def test_neighbours_go_in_one_move():
    assert moves_to(["a", "b", "c", "d", "e"], ["d", "e", "a", "b", "c"]) == [Move(5, 2, 2)]


def test_rows_that_the_order_does_not_name_stay():
    assert moves_to(["", "b", "", "x", "c", "a"], ["a", "b", "c"]) == [Move(7, 1, 3)]


def test_of_two_rows_with_one_id_the_lower_goes_with_the_row_above_it():
    assert moves_to(["b", "b", "a", "c"], ["a", "b", "c"]) == [Move(2, 2, 5)]


def test_two_thousand_rows_upside_down_are_put_right():
    rows = [f"R-{n}" for n in range(2000)]
    assert moved_rows(rows, moves_to(rows, rows[::-1])) == rows[::-1]

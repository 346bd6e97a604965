"""What answers teach the weights, and where nothing is learned."""

import pytest

from register.match.evidence import EVIDENCE
from register.match.judging import judge_people
from register.match.learning import FEWEST, LabelledLevels, labelled_pairs, lesson_of
from register.match.levels import levels_of, model_of
from tests.match.evaluation import figures
from tests.match.strangers import Lists
from tests.match.training import true_pairs

PEOPLE = model_of("people")


def levels(**told):
    return tuple(told.get(one.name, "unknown") for one in PEOPLE.comparisons)


SLIP = levels(name="typo", phone="same", affiliation="org_and_place")
NAMESAKES = levels(name="exact", affiliation="place")


def answers(same, different, one=SLIP, two=NAMESAKES):
    return [LabelledLevels(one, 1, 0)] * same + [LabelledLevels(two, 0, 1)] * different


def bits(lesson):
    return {(one, code): change for one, code, change in lesson.shifts}


def test_what_is_told_apart_again_and_again_counts_less():
    lesson = lesson_of("people", PEOPLE, answers(20, 20), 80)
    assert lesson.answered == (20, 20)
    assert bits(lesson)["affiliation", "place"] < -1 < 0 < bits(lesson)["name", "typo"]
    assert ("name", "exact", 20) in lesson.different and ("phone", "same", 20) in lesson.same


@pytest.mark.parametrize(("same", "different"), [(10, FEWEST - 11), (FEWEST, 4), (4, FEWEST)])
def test_few_answers_or_hardly_any_of_one_kind_teach_nothing(same, different):
    lesson = lesson_of("people", PEOPLE, answers(same, different), 80)
    assert not lesson.is_enough and lesson.shifts == ()


def test_answers_against_all_reason_teach_nothing():
    """They would make labelled pairs mistaken: who answers at random changes no weight."""
    lesson = lesson_of("people", PEOPLE, answers(60, 60, NAMESAKES, SLIP), 80)
    assert lesson.is_enough and lesson.shifts == ()


def test_answers_as_the_shipped_weights_expect_them_change_next_to_nothing():
    shipped = [
        LabelledLevels(one.levels, one.same, one.different) for one in labelled_pairs("people")
    ]
    lesson = lesson_of("people", PEOPLE, shipped, 4_000)
    assert all(abs(change) < 0.1 for change in bits(lesson).values())


def test_every_level_of_the_labelled_pairs_is_one_that_is_compared():
    for tab in ("people", "organisations"):
        model = model_of(tab)
        for one in labelled_pairs(tab):
            told = zip(model.comparisons, one.levels, strict=True)
            assert all(code == "unknown" or code in model.u[each.name] for each, code in told)
        assert {f"{name}_{code}" for name in model.u for code in model.u[name]} <= set(EVIDENCE)


def test_learning_makes_no_pair_certain_and_a_register_no_worse():
    lists = Lists(11, 1_500, people=("sv", "x"))
    truth = true_pairs(lists.who)
    asked = [one for one in judge_people(lists.rows) if one.decision == "likely" and one.reasons]
    pairs = [(one.left, one.right) for one in asked]
    told = levels_of("people", lists.rows, pairs)
    given = [
        LabelledLevels(each, int(pair in truth), int(pair not in truth))
        for each, pair in zip(told, pairs, strict=True)
    ]
    lesson = lesson_of("people", PEOPLE, given[::2], len(lists.rows))
    learned = judge_people(lists.rows, shifts=lesson.shifts)
    certain = {(one.left, one.right) for one in learned if one.decision == "certain"}
    shipped = judge_people(lists.rows)
    assert lesson.shifts
    assert certain <= {(one.left, one.right) for one in shipped if one.decision == "certain"}
    before = figures(lists.rows, lists.who)
    after = figures(lists.rows, lists.who, lambda rows: judge_people(rows, shifts=lesson.shifts))
    assert after.f1 >= before.f1


def test_nothing_is_certain_by_what_was_learned_however_much_it_is():
    """Name and mailbox are the same, but the name is everybody's in a crowd of namesakes."""
    every = tuple((one.name, level.code, 4.0) for one in PEOPLE.comparisons for level in one.levels)
    rows = Lists(12, 400).rows
    certain = [
        {(one.left, one.right) for one in found if one.decision == "certain"}
        for found in (judge_people(rows), judge_people(rows, shifts=every))
    ]
    assert certain[0] and certain[1] <= certain[0]

"""What was judged of rows is known in the next run, for the same rows and the same program only."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from register.book.change import added_row
from register.book.outcome import Outcome
from register.book.plan import Plan
from register.match import judgements, judging
from register.match.judging import judge_people
from register.review.standing import StandingQuestions
from register.run.options import DEFAULTS
from register.run.session import open_session
from register.state import judged
from register.state.judged import (
    JUDGED_FILE,
    forget_judgements,
    keep_judgements,
    recall_judgements,
)
from register.stores.workbook import Workbook
from tests.bench.test_cleanup_speed import near_equal_members

ROWS = [row for _, row in near_equal_members(320)]


@pytest.fixture(scope="module")
def told():
    """What is said of the rows, judged anew."""
    return judge_people(ROWS)


@pytest.fixture
def process(monkeypatch):
    """Begin processes that have judged nothing yet; each counts how often one judges."""
    judges = []
    plain = judging.scored_people

    def begin():
        known = judgements.Judgements()
        for module in (judgements, judged):
            monkeypatch.setattr(module, "JUDGEMENTS", known)
        monkeypatch.setattr(judged, "STANDING", StandingQuestions())
        monkeypatch.setattr(
            judging, "_judged", known.remembered(judging._judged.__wrapped__), raising=True
        )
        judges.clear()
        return judges

    def counted(*given):
        judges.append(len(given[0]))
        return plain(*given)

    monkeypatch.setattr(judging, "scored_people", counted)
    return begin


def kept(process, tmp_path, rows=ROWS):
    process()
    judge_people(rows)
    keep_judgements(tmp_path)
    return process()


def test_a_small_register_is_judged_once_too(process, tmp_path):
    judges = kept(process, tmp_path, ROWS[:3])
    recall_judgements(tmp_path)
    judge_people(ROWS[:3])
    assert not judges


def test_what_cleans_loads_no_library_that_only_judging_needs():
    asked = (
        "import sys, register.run.cleanup; print({*sys.modules} & {'pandas', 'numpy', 'duckdb'})"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(judged.__file__).parents[2])},
        check=True,
    ).stdout
    assert told == "set()\n"


def test_the_next_run_says_the_same_and_judges_nothing(process, tmp_path, told):
    judges = kept(process, tmp_path)
    recall_judgements(tmp_path)
    assert judge_people(ROWS) == told
    assert told and not judges


def test_a_cell_that_is_not_compared_makes_no_difference_and_one_that_is_does(process, tmp_path):
    judges = kept(process, tmp_path)
    recall_judgements(tmp_path)
    judge_people([ROWS[0] | {"notes": "Tavattu messuilla"}, *ROWS[1:]])
    assert not judges
    judge_people([ROWS[0] | {"phone": "+358401112223"}, *ROWS[1:]])
    judge_people(ROWS, shifts=(("name", "typo", 1.0),))
    judge_people(ROWS[1:])
    assert judges == [320, 320, 319]


def test_another_program_judges_anew(process, tmp_path, monkeypatch):
    judges = kept(process, tmp_path)
    monkeypatch.setattr(judged, "_program", lambda: "another")
    recall_judgements(tmp_path)
    judge_people(ROWS)
    assert judges == [320]


@pytest.mark.parametrize("text", ["", "[]", '{"program": 1}', "{", "spoilt"])
def test_a_file_that_cannot_be_read_is_judged_anew_and_kept_again(process, tmp_path, text, told):
    judges = kept(process, tmp_path)
    whole = (tmp_path / JUDGED_FILE).read_text()
    if text == "spoilt":
        value = json.loads(whole)
        for one in value["judged"].values():
            one["pairs"] = [[1, 2, 3]]
        text = json.dumps(value)
    (tmp_path / JUDGED_FILE).write_text(text)
    recall_judgements(tmp_path)
    assert judge_people(ROWS) == told and judges == [320]
    keep_judgements(tmp_path)
    assert (tmp_path / JUDGED_FILE).read_text() == whole


def test_the_file_holds_numbers_and_signs_and_nobody_and_can_be_forgotten(process, tmp_path):
    kept(process, tmp_path)
    text = (tmp_path / JUDGED_FILE).read_text()
    cells = {cell for row in ROWS for cell in row.values() if len(cell) > 3}
    assert not any(cell in text for cell in cells)
    forget_judgements(tmp_path)
    assert not (tmp_path / JUDGED_FILE).exists()
    forget_judgements(tmp_path)


def test_a_run_that_cannot_keep_it_says_so_and_writes_all_else(process, tmp_path, capsys):
    process()
    book = tmp_path / "r.xlsx"
    Workbook(book).create("fi", [], {}, apply=True)
    with open_session(replace(DEFAULTS, book=str(book), apply=True)) as session:
        judge_people(ROWS)
        (session.state / JUDGED_FILE).mkdir()
        there = session.look()
        plan = Plan.of(added_row("people", ROWS[0], "typed"))
        outcome = session.carry_out(there, Outcome("cleanup", there, plan=plan))
    assert JUDGED_FILE in capsys.readouterr().err
    assert outcome.written.changes == plan.changes
    assert Workbook(book).read().table("people").cell(ROWS[0]["id"], "last") == ROWS[0]["last"]

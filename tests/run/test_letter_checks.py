"""Whether the coming meetings' letters fit the limits."""

from __future__ import annotations

from datetime import date

import pytest

from register.book.errors import SafetyStop
from register.rounds.dispatch import SendLimits
from register.run.mail_checks import rounds_fit_limit
from tests.letters.correspondence import T, meeting, named, three_languages

TODAY = date(2026, 11, 23)


def test_they_fit():
    said, values = rounds_fit_limit(three_languages(), TODAY, SendLimits(per_day=3, campaign=3))
    assert (values["meeting"], values["count"], values["limit"]) == (T, 3, 3)
    assert "takes" not in said


def test_they_take_some_days():
    said, values = rounds_fit_limit(three_languages(), TODAY, SendLimits(per_day=2, campaign=0))
    assert "takes {days} days" in said and values["days"] == 2


def test_more_than_one_campaign_may_have():
    with pytest.raises(SafetyStop, match="3 letters"):
        rounds_fit_limit(three_languages(), TODAY, SendLimits(per_day=0, campaign=2))


@pytest.mark.parametrize(
    "cells",
    [
        {"date": "2026-11-22"},
        {"state": "sent"},
        {"state": "cancelled"},
        {"date": ""},
        {"area": "?"},
    ],
)
def test_a_meeting_that_is_not_ahead_or_not_ready(cells):
    assert rounds_fit_limit(three_languages(**cells), TODAY, SendLimits(0, 1, 1))[1] == {}


def test_the_largest_is_told():
    book = three_languages()
    small = meeting(id=named("T", "small"), area="Vantaa")
    both = three_languages().__class__(
        {**book.tables, "meetings": _with(book, small)}, book.language
    )
    assert rounds_fit_limit(both, TODAY, SendLimits())[1]["meeting"] == T


def _with(book, row):
    from tests.making import table

    return table("meetings", [dict(book.table("meetings").row(T)), row])

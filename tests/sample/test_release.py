"""The demo's ban: of one who would be invited, and only once."""

from datetime import date

import pytest

from register.letters.audience import audience
from register.sample.demo import release_meeting
from tests.large_register import TODAY, large_register


@pytest.fixture(scope="module")
def book():
    return large_register(5, 60, 120)


def released(book):
    plan, meeting_id = release_meeting(book, TODAY)
    return book.with_changes(plan.changes), meeting_id, plan


def test_the_released_meeting_can_be_invited_to(book):
    after, meeting_id, _ = released(book)
    found = audience(after, meeting_id, TODAY)
    assert found.count > 10
    assert found.warnings == ()
    assert found.meeting.row.state == "released"


def test_one_of_those_who_would_be_invited_is_banned(book):
    after, meeting_id, plan = released(book)
    meeting_only = [change for change in plan.changes if change.tab == "meetings"]
    before = audience(book.with_changes(meeting_only), meeting_id, TODAY)
    now = audience(after, meeting_id, TODAY)
    (banned,) = {one.person for one in before.invited} - {one.person for one in now.invited}
    assert now.why(banned) == "ban-invitations"


def test_nobody_else_is_banned_the_next_time(book):
    after, _, _ = released(book)
    again, meeting_id, plan = released(after)
    assert {change.tab for change in plan.changes} == {"meetings"}
    assert len(again.table("meetings")) == 2
    assert again.table("bans") == after.table("bans")
    assert date.fromisoformat(again.table("meetings").cell(meeting_id, "date")) > TODAY

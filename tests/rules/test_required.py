from register.rules import RuleContext, required
from tests.making import book
from tests.rules.expecting import TODAY, found

FULL = {
    "id": "O-MYRB1", "name": "EJY ry", "type": "association", "municipality": "Espoo", "source": "x",
}  # fmt: skip


def test_an_empty_required_cell_is_named():
    assert found(required, book(organisations=[{**FULL, "municipality": " "}])) == [
        ("O-MYRB1", "municipality", "required-empty")
    ]


def test_a_meeting_that_has_days_to_choose_from_needs_no_day_yet():
    meeting = {
        "id": "T-1",
        "name": "x",
        "kind": "other",
        "start": "17:00",
        "place": "x",
        "area": "x",
    }
    wanted = ("#2", "date", "required-empty")
    assert wanted in found(required, book(meetings=[meeting]))
    options = {"day_options": "12.3.2027, 13.3.2027"}
    assert wanted not in found(required, book(meetings=[meeting | options]))


def test_a_meeting_with_a_link_and_no_place_is_held_online():
    meetings = [{"id": "T-1", "url": "https://x.example"}, {"id": "T-2"}]
    for language, said in (("fi", "verkossa"), ("sv", "på nätet"), ("en", "online")):
        there = required.check(book(language, meetings=meetings), RuleContext(TODAY))
        assert [one.suggestion for one in there if one.column == "place"] == [said, ""]


def test_what_is_left_alone():
    assert found(required, book(organisations=[FULL])) == []
    assert found(required, book(organisations=[{"id": "O-MYRB1", "status": "archived"}])) == []
    assert found(required, book(organisations=[{**FULL, "name": "", "status": "merged"}])) == []
    assert found(required, book(inbox=[{"id": "S-1"}])) == []

"""One human with posts in several organisations: one letter, and a ban in one row is theirs."""

from datetime import date

import pytest

from register.letters.audience import audience
from register.people.suppression import Bans
from tests.making import book

A, B = "O-MYRB1", "O-C30J9"
H, K, L = "H-0JCDN", "H-WR637", "H-C30J9"
M = "T-MYRB1"
TODAY = date(2026, 11, 24)
MEETING = {
    "id": M, "name": "Tapaaminen", "kind": "network_meeting", "date": "2026-12-24", "start": "17:00",
    "place": "Lahti", "area": "Lahti", "rsvp_by": "2026-12-20", "state": "released",
}  # fmt: skip
ORGANISATIONS = [
    {"id": A, "name": "Lahden kuvakerho ry", "municipality": "Lahti"},
    {"id": B, "name": "Setlementti Iso ry", "municipality": "Lahti"},
]


def kaisa(row_id, org, **cells):
    return {"id": row_id, "first": "Kaisa", "last": "Lampi", "org": f"x · {org}", "invite": "yes",
            "email": "kaisa@mail.example", "source": "messut", **cells}  # fmt: skip


def invited(*people, **tabs):
    return audience(
        book(organisations=ORGANISATIONS, people=people, meetings=[MEETING], **tabs), M, TODAY
    )


def test_one_mailbox_of_one_human_is_one_letter_that_greets_once():
    (letter,) = invited(kaisa(H, A), kaisa(K, B, same_human=H)).invited
    assert letter.names == ("Kaisa Lampi",) and not letter.shared and letter.people == (H, K)


def test_two_addresses_of_one_human_are_one_letter_to_the_row_that_comes_first():
    people = (kaisa(H, A), kaisa(K, B, same_human=H, email="lampi@tyo.example"))
    found = invited(*people)
    assert [one.address for one in found.invited] == ["kaisa@mail.example"]
    assert found.why(K) == "same-human"
    asked = {
        "id": "K-MYRB1",
        "meeting": f"x · {M}",
        "person": f"x · {K}",
        "email": "lampi@tyo.example",
    }
    for state, left in (("waiting", 1), ("sent", 0)):
        found = invited(*people, invitations=[{**asked, "send_state": state}])
        assert [one.address for one in found.invited] == ["lampi@tyo.example"] * left
        assert found.why(H) == "same-human"
    found = invited(*people, invitations=[{**asked, "send_state": "waiting", "send": "no"}])
    assert found.count == 0


def test_namesakes_who_are_not_tied_are_two():
    assert invited(kaisa(H, A), kaisa(K, B, email="lampi@tyo.example")).count == 2
    (letter,) = invited(kaisa(H, A), kaisa(K, B)).invited
    assert letter.names == ("Kaisa Lampi",) * 2


@pytest.mark.parametrize(
    ("reason", "count"), [("request", 0), ("", 0), ("deceased", 0), ("bounced", 1)]
)
def test_a_ban_of_one_address_is_the_humans_but_one_that_came_back_is_the_addresss(reason, count):
    people = (kaisa(H, A), kaisa(K, B, same_human=H, email="lampi@tyo.example"))
    ban = {"email": "LAMPI@tyo.example", "scope": "invitations", "reason": reason}
    found = invited(*people, bans=[ban])
    assert found.count == count
    assert found.why(H) == ("" if count else "ban-invitations")
    kept = kaisa(H, A, notes="soita; Sähköposti: lampi@tyo.example")
    assert invited(kept, bans=[ban]).count == count
    gone = kaisa(K, B, status="merged", merged_into=H, email="lampi@tyo.example")
    assert invited(kaisa(H, A), gone, bans=[ban]).count == count


def test_the_wider_ban_of_a_human_counts():
    bans = [
        {"email": "a@x.example", "scope": "invitations", "reason": "request"},
        {"email": "b@x.example", "scope": "all", "reason": "request"},
    ]
    known = Bans(book(bans=bans))
    assert (
        known.stops_human("c@x.example", ["a@x.example", "b@x.example"], "invitation") == "ban-all"
    )
    assert known.stops_human("c@x.example", ["a@x.example"], "change") == ""

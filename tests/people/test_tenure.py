"""Who has left is one answer: every list, letter, packet and rule is asked with the same days."""

from __future__ import annotations

from datetime import date

import pytest

from register.cooperation.handing_over import departed_owners
from register.cooperation.packet import handover_packet
from register.cooperation.partnership import yearly_reviews
from register.cooperation.succession import departures
from register.letters.audience import audience
from register.letters.correspondents import correspondents
from register.letters.meeting import read_meeting as read_meeting
from register.lists.coverage import present_decision_makers
from register.lists.directory import directory
from register.lists.networks import network_listing
from register.lists.present import present_people
from register.lists.selection import Selection
from register.people.tenure import has_ended
from register.review.mail_questions import mail_questions, mail_says_left
from register.rounds.digest import send_digest
from register.rounds.follow_up import send_follow_up
from register.rounds.freshness import send_freshness
from register.rules import findings
from register.rules.rule import RuleContext
from register.show.packet import packet_document
from register.words.sentences import Sentences
from tests.letters.correspondence import (
    ESPOO,
    MAIJA,
    NILS,
    NOW,
    T,
    invitation,
    meeting,
    named,
    organisation,
    person,
    register,
)
from tests.letters.test_draft import written
from tests.rounds.test_follow import Archive
from tests.rounds.test_invite import room

TODAY, SAY = NOW.date(), Sentences("fi")
MEETING = date(2026, 12, 3)
ADDRESS = "maija.meri@example.org"

STAYS = [
    *("", "  ", "\u200b", "\u00a0"),
    *("2027-01-31", "31.1.2027", "31.01.2027", "31. tammikuuta 2027", "sunnuntai 31.1.2027"),
    *("31.1.2027 asti", "31.1.2027 saakka", "t.o.m. 31.1.2027", "till och med 31 januari 2027"),
    *("until 31 January 2027", "–31.1.2027", "- 31.1.2027", "2027-01-31T00:00:00", "46418"),
    "2026-12-04",
]
LEAVES_BEFORE = [
    "2026-11-24",
    "24.11.2026",
    "2026-12-02",
    "2.12.2026 asti",
    "2026-12-03",
    "3.12.2026",
]
UNREADABLE = [
    *("viime kesänä", "ensi kesänä", "2027", "kevät 2027", "31.1.", "03/04/2027", "x", "-", "?"),
    *("2027-02-31", "2027-99-99", "abcd-ef-gh", "31.2.2027", "1.2.2027 alkaen", "toistaiseksi"),
    *("1.1.2025–31.1.2027", "31.1.2027 klo 12"),
]
"""These fail closed: nobody is written to on a guess."""

LEFT = [
    *("2026-01-31", "31.1.2026", "31.1.2026 asti", "t.o.m. 31.1.2026", "2026-11-23", "23.11.2026"),
    *UNREADABLE,
]
CASES = [
    *(pytest.param(cell, False, True, id=f"stays {cell!r}") for cell in STAYS),
    *(
        pytest.param(cell, False, False, id=f"before the meeting {cell!r}")
        for cell in LEAVES_BEFORE
    ),
    *(pytest.param(cell, True, False, id=f"left {cell!r}") for cell in LEFT),
]


def one_with(end, **cells):
    """Return a register of one association whose only contact has this end."""
    return register(
        [person(end=end, owner="Anna Jatko", role="puheenjohtaja", **cells)],
        organisations=[organisation(stage="active", added_on="2020-01-01", source="x")],
        cooperation=[
            {
                "id": named("Y", "tila"),
                "org": ESPOO,
                "person": MAIJA,
                "matter": "tila",
                "owner": "Anna Jatko",
                "state": "open",
                "date": "2026-01-01",
                "kind": "contact",
            }
        ],
        choices=[{"owners": "Anna Jatko", "owner_email": "anna@example.org"}, {"owners": "Pekka"}],
    )


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_the_fact(end, left, invited):
    assert has_ended({"end": end}, TODAY) is left
    assert (not has_ended({"end": end}, TODAY) and not has_ended({"end": end}, MEETING)) is invited


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_an_invitation(end, left, invited):
    found = audience(one_with(end), T, TODAY)
    assert [who.person for who in found.invited] == ([MAIJA] if invited else [])
    assert found.why(MAIJA) == ("" if invited else "ended" if left else "ends-before")


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
@pytest.mark.parametrize("kind", ["reminder", "thanks"])
def test_letters_that_follow(end, left, invited, kind):
    book = one_with(end)
    sent = {ADDRESS: MAIJA}
    rows = [invitation(MAIJA, ADDRESS, rsvp="" if kind == "reminder" else "coming")]
    book = register(
        [row for _, row in book.table("people").rows()], meetings=[meeting()], invitations=rows
    )
    found = correspondents(book, read_meeting(book, T), kind, sent, TODAY)
    assert bool(found.recipients) is invited


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_letters_of_no_meeting(end, left, invited, tmp_path):
    """Freshness and follow-up go to who is there today."""
    book = one_with(end, verified_on="2024-01-01", met_at="Messut")
    post = Archive()
    with room(post, tmp_path) as opened:
        send_freshness(book, opened, RuleContext(TODAY))
        send_follow_up(book, "Messut", opened)
    assert len(getattr(post, "letters", {})) == (0 if left else 1)


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_lists(end, left, invited):
    book = one_with(end, group="official")
    assert list(present_people(book, TODAY).index) == ([] if left else [MAIJA])
    assert list(present_decision_makers(book, TODAY).index) == ([] if left else [MAIJA])
    assert directory(book, TODAY).without_contact == (1 if left else 0)


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_whom_a_network_names(end, left, invited):
    """The list of networks and the packet tell its contact while they are there."""
    base = one_with(end)
    tabs = {key: [row for _, row in base.table(key).rows()] for key in ("organisations", "people")}
    net = {"id": named("V", "x"), "name": "Verkosto", "person": f"Maija Meri · {MAIJA}"}
    book = register(**tabs, networks=[{**net, "member": "yes"}])
    (row,) = network_listing(book, Selection(), TODAY).groups[0].rows
    assert ("Maija" in row[5]) is not left
    page = packet_document(handover_packet(book, MAIJA, TODAY), book, SAY)
    (networks,) = [section for section in page.sections if section.key == "networks"]
    assert ("Maija" in str(networks)) is not left


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_a_mail_that_says_they_have_left(end, left, invited):
    """The question stands until the register says so, too."""
    asked = {
        "kind": "person_change",
        "link": f"Yhteyshenkilöt: Maija Meri · {MAIJA}",
        "id": mail_says_left(MAIJA),
    }
    tabs = {"people": [person(end=end)], "review": [asked]}
    assert bool(mail_questions(register(**tabs), TODAY, SAY)) is not left


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_the_host_whom_a_letter_names(end, left, invited):
    """The host is there on the day of the meeting, or is not named."""
    host = person(NILS, first="Nils", last="Berg", end=end, invite="no")
    book = register([person(), host], meetings=[meeting(host=f"Nils Berg · {NILS}")])
    assert ("Nils" in written(book)[MAIJA].text) is invited


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_cooperation(end, left, invited):
    book = one_with(end, trust="trusts_us")
    (partner,) = handover_packet(book, "Anna Jatko", TODAY).partners
    assert [who.id for who in partner.people] == ([] if left else [MAIJA])
    assert [who.id for who in partner.former] == ([MAIJA] if left else [])
    assert [one.person for one in departures(book, TODAY)] == ([MAIJA] if left else [])
    (partnership,) = yearly_reviews(book, TODAY)
    assert partnership.trusting == (() if left else (MAIJA,))


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_rules(end, left, invited):
    """What is asked of who is there, and what is asked of who has left."""
    book = one_with(end, verified_on="2024-01-01", email="")
    found = {one.code for one in findings(book, RuleContext(TODAY)) if one.tab == "people"}
    assert ("stale" in found) is not left
    assert ("invited-without-address" in found) is not left
    assert ("ended-without-successor" in found) is left


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_rules_of_the_organisation(end, left, invited):
    base = one_with(end)
    rows = [row for _, row in base.table("people").rows()]
    rows.append(person(NILS, first="Nils", role="puheenjohtaja", start="2026-10-01"))
    book = register(rows, organisations=[organisation()])
    found = {finding.code for finding in findings(book, RuleContext(TODAY))}
    assert ("same-post" in found) is not left
    assert (
        "organisation-unreachable" in {f.code for f in findings(base, RuleContext(TODAY))}
    ) is left


@pytest.mark.parametrize("end", UNREADABLE)
def test_an_end_that_cannot_be_read_is_asked_about(end):
    """Nobody is left out in silence: what the cell means is asked beside it."""
    (asked,) = [one for one in findings(one_with(end), RuleContext(TODAY)) if one.column == "end"]
    assert asked.code.startswith("date-") and asked.severity == "warning"


@pytest.mark.parametrize("end", ["31.1.2027 asti", "t.o.m. 31.1.2027", "until 31 January 2027"])
def test_the_plain_day_is_proposed(end):
    (found,) = [f for f in findings(one_with(end), RuleContext(TODAY)) if f.column == "end"]
    assert (found.code, found.suggestion) == ("date-impossible", "2027-01-31")


@pytest.mark.parametrize(("end", "left", "invited"), CASES)
def test_our_own(end, left, invited, tmp_path):
    """An owner's end is read by the same fact."""
    base = one_with("")
    tabs = {key: [row for _, row in base.table(key).rows()] for key in ("cooperation", "people")}
    choices = [
        {"owners": "Anna Jatko", "owner_email": "anna@example.org", "owner_end": end},
        {"owners": "Pekka"},
    ]
    book = register(tabs["people"], cooperation=tabs["cooperation"], choices=choices)
    assert [gone.name for gone in departed_owners(book, TODAY)] == (["Anna Jatko"] if left else [])
    post = Archive()
    with room(post, tmp_path) as opened:
        send_digest(book, opened)
    assert len(getattr(post, "letters", {})) == (0 if left else 1)

"""Who is invited and who is not: one table of cases, each changing one thing in the register."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from register.book.errors import UsageError
from register.letters.audience import audience
from register.letters.reasons import REASON_SENTENCES
from tests.letters.correspondence import (
    ESBO,
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
    three_languages,
)
from tests.letters.reasons import IN, OUT, WARNINGS

TODAY = NOW.date()
NETWORK = named("V", "net")
OTHER = named("V", "other")


def split(book):
    who = audience(book, T, TODAY)
    invited = {one.person: one.reason for one in who.invited}
    return invited | {one.person: one.reason for one in who.left_out}


INVITED = [
    ("home", {}, {}, {}, "home-municipality"),
    ("home by another name", {"municipality": "Esbo"}, {}, {}, "home-municipality"),
    (
        "former municipality",
        {"municipality": "Pohja"},
        {},
        {"area": "Raasepori"},
        "home-municipality",
    ),
    (
        "active there",
        {"municipality": "Vantaa", "area": "Espoo, Kauniainen"},
        {},
        {},
        "area-of-activity",
    ),
    (
        "active everywhere",
        {"municipality": "Oulu", "area": "koko Suomi"},
        {},
        {},
        "area-of-activity",
    ),
    (
        "whole region",
        {"municipality": "Vantaa", "area": "koko maakunta"},
        {},
        {},
        "area-of-activity",
    ),
    (
        "own municipality",
        {"municipality": "Oulu"},
        {"municipality": "Espoo"},
        {},
        "own-municipality",
    ),
    ("region", {}, {}, {"area": "Uusimaa"}, "home-municipality"),
    ("county", {}, {}, {"area": "Länsi-Uudenmaan hyvinvointialue"}, "home-municipality"),
    ("one of two areas", {}, {}, {"area": "Vantaa, Espoo"}, "home-municipality"),
    ("nationwide", {"municipality": ""}, {"org": ""}, {"area": "koko Suomi"}, "nationwide"),
    ("own area of Valikot", {}, {}, {"area": "Länsi"}, "home-municipality"),
    ("type by key", {}, {}, {"audience": "association"}, "home-municipality"),
    ("type by label", {}, {}, {"audience": "Yhdistys"}, "home-municipality"),
    ("type of Valikot", {"type": "Pajat"}, {}, {"audience": "pajat"}, "home-municipality"),
    ("one of two types", {}, {}, {"audience": "foundation, association"}, "home-municipality"),
    ("type and group", {}, {}, {"audience": "association, association_actor"}, "home-municipality"),
    (
        "topic of the person",
        {},
        {"topics": "Nuoret, Vanhat"},
        {"audience": "nuoret"},
        "home-municipality",
    ),
    (
        "topic of the organisation",
        {"topics": "Nuoret"},
        {},
        {"audience": "nuoret"},
        "home-municipality",
    ),
    (
        "network by id",
        {"networks": f"Verkko · {NETWORK}"},
        {},
        {"audience": f"Verkko · {NETWORK}"},
        "home-municipality",
    ),
    ("network by name", {"networks": NETWORK}, {}, {"audience": "Verkko"}, "home-municipality"),
    ("will end", {}, {"end": "2027-01-31"}, {}, "home-municipality"),
    ("start is no end", {}, {"start": "2020-01-01"}, {}, "home-municipality"),
    ("status check", {}, {"status": "check"}, {}, "home-municipality"),
    ("status error", {"status": "error"}, {}, {}, "home-municipality"),
    ("unknown language", {}, {"language": "et"}, {}, "home-municipality"),
    ("vacant post", {}, {"first": "", "last": ""}, {}, "home-municipality"),
]

LEFT_OUT = [
    ("elsewhere", {"municipality": "Oulu"}, {}, {}, "area"),
    ("active elsewhere", {"municipality": "Oulu", "area": "Kemi"}, {}, {}, "area"),
    ("works elsewhere", {}, {"municipality": "Oulu"}, {}, "area"),
    ("works elsewhere, active here", {"area": "Espoo"}, {"municipality": "Oulu"}, {}, "area"),
    ("unknown municipality", {"municipality": "Espo"}, {}, {}, "no-place"),
    ("no organisation", {}, {"org": ""}, {}, "no-place"),
    ("organisation not found", {}, {"org": "Joku ry"}, {}, "no-place"),
    ("another region", {}, {}, {"area": "Lappi"}, "area"),
    ("another type", {}, {}, {"audience": "foundation"}, "type"),
    ("another group", {}, {}, {"audience": "official"}, "group"),
    ("type fits, group does not", {}, {}, {"audience": "association, official"}, "group"),
    ("group fits, topic does not", {}, {}, {"audience": "association_actor, vanhat"}, "topic"),
    ("another topic", {"topics": "Nuoret"}, {}, {"audience": "vanhat"}, "topic"),
    ("part of a topic", {"topics": "Vanhat miehet"}, {}, {"audience": "vanhat"}, "topic"),
    ("another network", {"networks": OTHER}, {}, {"audience": "Verkko"}, "network"),
    ("ended", {}, {"end": "2026-01-31"}, {}, "ended"),
    ("ends on the day of the meeting", {}, {"end": "2026-12-03"}, {}, "ends-before"),
    ("ends before the meeting", {}, {"end": "2.12.2026"}, {}, "ends-before"),
    ("ended, somehow", {}, {"end": "viime kesänä"}, {}, "ended"),
    ("merged", {}, {"status": "merged"}, {}, "merged"),
    ("archived", {}, {"status": "archived"}, {}, "archived"),
    ("organisation archived", {"status": "archived"}, {}, {}, "organisation-archived"),
    ("merged into nothing", {"status": "merged"}, {}, {}, "organisation-archived"),
    ("not to be invited", {}, {"invite": "no"}, {}, "not-to-invite"),
    ("nobody said", {}, {"invite": ""}, {}, "not-to-invite"),
    ("neither yes nor no", {}, {"invite": "ehkä"}, {}, "not-to-invite"),
    ("no address", {}, {"email": ""}, {}, "no-address"),
    ("no address at all", {}, {"email": "kysy"}, {}, "bad-address"),
    ("two addresses", {}, {"email": "a@example.org, b@example.org"}, {}, "bad-address"),
    (
        "address with a break",
        {},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {},
        "bad-address",
    ),
    ("link in the name", {}, {"first": "http://paha.example"}, {}, "unsafe-name"),
    ("address in the name", {}, {"last": "soita@paha.example"}, {}, "unsafe-name"),
    ("bare domain in the organisation", {"name": "Voitit! voita-nyt.com"}, {}, {}, "unsafe-name"),
    ("right to left", {}, {"last": "Meri\u202eireM"}, {}, "unsafe-name"),
    ("Cyrillic a", {}, {"first": "M\u0430ija"}, {}, "unsafe-name"),
    ("endless name", {}, {"first": "a" * 300}, {}, "unsafe-name"),
    ("name decoded wrongly", {}, {"first": "PÃ¤ivi"}, {}, "garbled-name"),
    ("a letter of it lost", {}, {"last": "Ã?ijälä"}, {}, "garbled-name"),
    ("organisation decoded wrongly", {"name": "TyÃ¶ ry"}, {}, {}, "garbled-name"),
    ("no id", {}, {"id": ""}, {}, "no-id"),
]


@pytest.mark.parametrize(
    ("home", "who", "what", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in [*INVITED, *LEFT_OUT]],
)
def test_one_person_is_judged(home, who, what, expected):
    """Each case changes one thing; the reason says what decided."""
    book = register(
        [person(**who)],
        organisations=[organisation(**home)],
        meetings=[meeting(**what)],
        networks=[{"id": NETWORK, "name": "Verkko"}, {"id": OTHER, "name": "Muu"}],
        choices=[
            {
                "topics": "Vanhat",
                "types": "Pajat",
                "areas": "Länsi",
                "area_municipalities": "Espoo, Kauniainen",
            },
            {"topics": "Nuoret"},
        ],
    )
    (reason,) = split(book).values()
    assert reason == expected


@pytest.mark.parametrize(
    ("scope", "address", "reason"),
    [
        ("all", "maija.meri@example.org", "ban-all"),
        ("invitations", "Maija.Meri@EXAMPLE.org", "ban-invitations"),
        ("mitä vain", "maija.meri@example.org", "ban-all"),
        ("all", "maija@example.org", "home-municipality"),
        ("all", "", "home-municipality"),
    ],
)
def test_bans(scope, address, reason):
    """A ban counts for the mailbox, however it is written; another's ban does not."""
    book = register(
        bans=[{"id": named("E", "1"), "email": address, "scope": scope, "reason": "request"}]
    )
    assert split(book) == {MAIJA: reason}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({}, "home-municipality"),
        ({"send": "yes"}, "home-municipality"),
        ({"send_state": ""}, "home-municipality"),
        ({"send_state": "rehearsed"}, "home-municipality"),
        ({"send_state": "blocked"}, "home-municipality"),
        ({"send_state": "failed", "email": "vanha@example.org"}, "home-municipality"),
        ({"send": "no"}, "vetoed"),
        ({"send": "no", "send_state": "rehearsed"}, "vetoed"),
        ({"send": "Ei"}, "vetoed"),
        ({"send": "ei kiitos", "send_state": "waiting"}, "vetoed"),
        ({"send": "x"}, "vetoed"),
        ({"send_state": "sent"}, "already-invited"),
        ({"send_state": "sent", "email": "vanha@example.org"}, "already-invited"),
        ({"send_state": "unknown"}, "already-invited"),
        ({"send_state": "failed"}, "already-invited"),
        ({"send_state": "bounced"}, "already-invited"),
    ],
)
def test_rows_of_kutsut(cells, reason):
    """A row that waits is part of the audience; a veto and a letter that was tried are not."""
    row = invitation(MAIJA, "maija.meri@example.org") | cells
    assert split(register(invitations=[row])) == {MAIJA: reason}


def test_another_meetings_row_says_nothing():
    """A veto about one meeting leaves the next one alone."""
    row = invitation(MAIJA, "maija.meri@example.org", send="no", meeting=named("T", "spring"))
    assert split(register(invitations=[row])) == {MAIJA: "home-municipality"}


def test_one_mailbox_gets_one_letter():
    """Two who share a mailbox get one letter that greets both; the other is told whose."""
    first, second = sorted((MAIJA, NILS))
    book = register([person(), person(NILS, first="Nils", email="MAIJA.MERI@example.org")])
    who = audience(book, T, TODAY)
    (letter,) = who.invited
    assert (letter.person, letter.people, letter.shared) == (first, (first, second), True)
    assert set(letter.names) == {"Maija Meri", "Nils Meri"}
    assert [(out.person, out.reason, out.other) for out in who.left_out] == [
        (second, "same-mailbox", first)
    ]


def test_who_has_a_row_stands_for_a_shared_mailbox():
    """Planning once more does not hand the letter over to somebody with an earlier id."""
    later = max(MAIJA, NILS)
    book = register(
        [person(), person(NILS)], invitations=[invitation(later, "maija.meri@example.org")]
    )
    (letter,) = audience(book, T, TODAY).invited
    assert letter.person == later


@pytest.mark.parametrize("cells", [{"send": "no"}, {"send_state": "sent"}])
def test_a_mailbox_that_is_vetoed_or_served_stays_so(cells):
    """A colleague with the same address does not get the letter that was vetoed or sent."""
    row = invitation(MAIJA, "maija.meri@example.org") | cells
    book = register([person(), person(NILS)], invitations=[row])
    assert split(book)[NILS] == "same-mailbox"


def test_those_who_may_not_be_invited_do_not_share():
    """Only those who are to be invited themselves are greeted."""
    book = register(
        [person(), person(NILS, invite="no"), person(named("H", "x"), end="2020-01-01")]
    )
    (letter,) = audience(book, T, TODAY).invited
    assert letter.names == ("Maija Meri",)


@pytest.mark.parametrize(
    ("own", "home", "book_language", "language"),
    [
        ("sv", "fi", "fi", "sv"),
        ("", "sv", "fi", "sv"),
        ("", "", "sv", "sv"),
        ("fi+sv", "sv", "en", "fi"),
        ("", "fi+sv", "en", "fi"),
        ("et", "en", "fi", "en"),
        ("et", "", "fi", "fi"),
    ],
)
def test_language(own, home, book_language, language):
    """The person's language, else the organisation's, else the register's."""
    book = register(
        [person(language=own)], book_language, organisations=[organisation(language=home)]
    )
    assert audience(book, T, TODAY).invited[0].language == language


def test_a_merged_organisation_is_the_one_it_was_merged_into():
    """People of a merged organisation are judged by the surviving one."""
    old = organisation(ESBO, municipality="Oulu", status="merged", merged_into=f"x · {ESPOO}")
    book = register([person(org=ESBO)], organisations=[organisation(), old])
    assert audience(book, T, TODAY).invited[0].organisation == ESPOO


def test_merged_in_a_ring():
    """Rows that were merged into each other are nobody's organisation, and no endless loop."""
    ring = [
        organisation(status="merged", merged_into=ESBO),
        organisation(ESBO, status="merged", merged_into=ESPOO),
    ]
    assert split(register(organisations=ring)) == {MAIJA: "organisation-archived"}


@pytest.mark.parametrize("area", ["Espoo, Atlantis", "Atlantis"])
def test_an_unknown_word_invites_nobody(area):
    """A filter that cannot be read stops everything, and all its words are named."""
    book = register(meetings=[meeting(area=area, audience="association, keijut")])
    with pytest.raises(UsageError) as stop:
        audience(book, T, TODAY)
    assert [fault[1]["word"] for fault in stop.value.faults] == ["Atlantis", "keijut"]


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({"area": ""}, ["Alue"]),
        ({"name": "", "place": ""}, ["Nimi", "Paikka"]),
        ({"date": "joskus", "start": "illalla"}, ["Pvm", "Alkaa"]),
        ({"url": "javascript:alert(1)"}, ["Etälinkki"]),
        ({"template": "../../secret"}, ["Kutsupohja"]),
    ],
)
def test_a_meeting_that_lacks_something(cells, bad):
    """Every cell that an invitation needs is named at once, by its header."""
    with pytest.raises(UsageError) as stop:
        audience(register(meetings=[meeting(**cells)]), T, TODAY)
    assert [fault[1]["column"] for fault in stop.value.faults] == bad


@pytest.mark.parametrize("meeting_id", [named("T", "spring"), "#2", "", MAIJA])
def test_no_such_meeting(meeting_id):
    """A meeting is named by its id."""
    with pytest.raises(UsageError):
        audience(register(), meeting_id, TODAY)


@pytest.mark.parametrize(
    ("cells", "warnings"),
    [
        ({}, ()),
        ({"date": "2026-11-23", "rsvp_by": "2026-11-23"}, ()),
        ({"date": "2026-11-22", "rsvp_by": "2026-11-20"}, ("meeting-past", "rsvp-past")),
        ({"rsvp_by": ""}, ("rsvp-missing",)),
        ({"rsvp_by": "2026-12-04"}, ("rsvp-after-meeting",)),
    ],
)
def test_warnings(cells, warnings):
    """Days that have passed, or are missing, are told; they decide nothing."""
    who = audience(register(meetings=[meeting(**cells)]), T, TODAY)
    assert (who.warnings, who.count) == (warnings, 1)


def test_everybody_is_told_a_reason_that_has_a_sentence():
    """Each person of the register is in exactly one of the two, and each code can be said."""
    book = three_languages()
    who = audience(book, T, TODAY)
    people = [one.person for one in (*who.invited, *who.left_out)]
    assert sorted(people) == sorted(book.table("people").numbers)
    assert set(REASON_SENTENCES) >= {*IN, *OUT, *WARNINGS}
    assert who.as_record()["hash"] == who.hash


@given(st.permutations(range(3)), st.permutations(range(3)))
def test_row_order_is_irrelevant(one, other):
    """The audience and its hash do not depend on how the rows are sorted."""
    rows = [person(), person(NILS), person(named("H", "c"), email="c@example.org")]
    first = audience(register([rows[n] for n in one]), T, TODAY)
    second = audience(register([rows[n] for n in other]), T, TODAY)
    assert first == second
    assert first.hash == second.hash


def test_the_hash_changes_with_the_address():
    """The same people at other addresses are another audience."""
    before = audience(register(), T, TODAY)
    after = audience(register([person(email="uusi@example.org")]), T, TODAY)
    assert before.hash != after.hash
    assert before.count == after.count == 1

"""Offers meet needs by subject; place, time and language say how well. Each pair is asked once."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from register.book.ids import new_id
from register.cooperation.exchange import exchange_matches
from register.cooperation.offers import exchange_in_letters, undecided_matches
from register.letters.audience import audience
from register.letters.draft import render_letters
from register.letters.meeting import read_meeting
from tests.cooperation.story import Story
from tests.cooperation.test_two_years import _workbook
from tests.letters.correspondence import MAILING, NOW, SENDER, TEMPLATES, T, person, register
from tests.making import book

TODAY = date(2026, 11, 23)
US, CLUB, AID, FAR = (new_id("O", (name,), ()) for name in ("us", "club", "aid", "far"))
Y1, Y2, Y3 = (new_id("Y", (name,), ()) for name in "abc")
ORGS = [
    {"id": US, "name": "Espoon verkosto ry", "municipality": "Espoo"},
    {"id": CLUB, "name": "Kylä ry", "municipality": "Espoo", "language": "fi"},
    {"id": AID, "name": "Apu ry", "municipality": "Vantaa", "language": "fi+sv"},
    {"id": FAR, "name": "Kaukainen rf", "municipality": "Rovaniemi", "area": "Lappi", "language": "sv"},
]  # fmt: skip


def row(row_id, kind, org, matter, **cells):
    return {"id": row_id, "kind": kind, "org": org, "matter": matter, "state": "open", **cells}


def pairs(*rows, us="Espoon verkosto ry"):
    found = exchange_matches(book(organisations=ORGS, cooperation=rows), TODAY, us)
    return [(match.offer.row_id, match.need.row_id, match.ours, match.reasons) for match in found]


OFFER = row(Y1, "offer", CLUB, "Kokoustila lainaksi", topic="tilat")
NEED = row(Y2, "need", AID, "Tarvitaan kokoustilaa", topic="tilat")


def test_a_pair_tells_its_reasons():
    assert pairs(OFFER, NEED) == [(Y1, Y2, "", ("topic", "words", "region", "language"))]


def test_what_is_nearer_and_needed_sooner_comes_first():
    soon = row(Y3, "need", US, "kokoustilaa", topic="tilat", due="2026-12-01")
    assert [(need, ours) for _, need, ours, _ in pairs(OFFER, NEED, soon)] == [
        (Y3, "need"),
        (Y2, ""),
    ]


@pytest.mark.parametrize(
    ("offer", "need"),
    [
        ({}, {"matter": "Auto", "topic": "kyydit"}),
        ({"state": "done"}, {}),
        ({"due": "2026-11-22"}, {}),
        ({}, {"due": "2026-11-22"}),
        ({"due": "2026-12-01"}, {"due": "2026-12-24"}),
        ({"org": AID}, {}),
        ({"org": US}, {"org": ""}),
        ({}, {"org": FAR}),
    ],
)
def test_what_is_no_pair(offer, need):
    assert pairs(OFFER | offer, NEED | need) == []


@pytest.mark.parametrize(("org", "ours"), [(US, "offer"), ("", "offer"), (CLUB, "")])
def test_whose_offer_it_is(org, ours):
    assert [found[2] for found in pairs(OFFER | {"org": org}, NEED)] == [ours]


def test_without_our_name_only_rows_without_an_organisation_are_ours():
    assert [found[2] for found in pairs(OFFER | {"org": US}, NEED, us="")] == [""]


def test_after_ignore_never_again_and_after_accept_a_matter_is_open(tmp_path):
    story = Story(_workbook(tmp_path))
    orgs = [
        story.type(
            "organisations",
            name=f"{name} ry",
            type="association",
            municipality="Espoo",
            source="käsin",
        )
        for name in ("Antaja", "Tarvitsija", "Toinen")
    ]

    def told(org, kind, matter):
        return story.type(
            "cooperation", kind=kind, matter=matter, org=story.ref("organisations", org),
            state="open", owner="Anna", date="2026-11-01",
        )  # fmt: skip

    told(orgs[0], "offer", "koulutusta kirjanpidosta")
    first = told(orgs[1], "need", "koulutus puuttuu")
    told(orgs[2], "need", "koulutusta halutaan")
    story.clean("2026-11-23")
    found = undecided_matches(story.read(), TODAY, "")
    assert len(found) == 2
    one = next(match for match in found if match.need.row_id == first)
    story.set("review", one.id, decision="ignore")
    story.clean("2026-11-24")
    story.set("cooperation", first, matter="koulutus puuttuu yhä")
    story.clean("2026-11-25")
    left = undecided_matches(story.read(), TODAY, "")
    assert [match.id for match in left] == [match.id for match in found if match.id != one.id]
    story.accept("Toinen ry")
    assert undecided_matches(story.read(), TODAY, "") == []
    (row,) = [r for _, r in story.read().table("cooperation").rows() if r["kind"] == "contact"]
    assert row["state"] == "open" and "Antaja ry" in row["next"] and row["owner"] == "Anna"


def told(*rows, **tabs):
    people = [{"id": H, "first": "Maija", "last": "Meri", "org": f"Kylä ry · {CLUB}"}]
    whole = book(organisations=ORGS, cooperation=rows, people=people, **tabs)
    found = exchange_in_letters(whole, TODAY, "Espoon verkosto ry")
    return [(one.side, one.ours, one.theirs) for one in found(H)["exchange"]]


H = new_id("H", ("maija",), ())


def test_an_invitation_tells_of_a_pair_but_not_whose_it_is():
    line = ("offer", "Kokoustila lainaksi", "Tarvitaan kokoustilaa")
    assert told(OFFER, NEED) == [line]
    assert told(NEED) == []
    assert told({**OFFER, "org": AID}, {**NEED, "org": CLUB}) == [("need", line[2], line[1])]


def test_a_pair_with_a_link_in_it_is_not_told():
    assert told(OFFER, {**NEED, "matter": "Tarvitaan kokoustilaa, https://example.net"}) == []


def test_a_pair_that_was_passed_over_is_not_told():
    (pair,) = exchange_matches(book(organisations=ORGS, cooperation=[OFFER, NEED]), TODAY, "")
    review = [{"id": pair.id, "kind": "exchange", "decision": "ignore"}]
    assert told(OFFER, NEED, review=review) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_line_in_the_letter(language):
    about = {"side": "offer", "ours": "Kokoustila", "theirs": "Tila kerholle"}
    lines = [SimpleNamespace(**about), SimpleNamespace(**{**about, "side": "need"})]
    mailing = replace(MAILING, common={"exchange": lines})
    people = [person(language=language)]
    whole = register(people)
    who = audience(whole, T, NOW.date()).invited
    (letter,) = render_letters(whole, read_meeting(whole, T), who, TEMPLATES, SENDER, mailing)
    assert letter.text.count("Kokoustila") == letter.text.count("Tila kerholle") == 2
    assert "\n\n\n" not in letter.text and "{" not in letter.text

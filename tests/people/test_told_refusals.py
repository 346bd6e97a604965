"""What people tell in words stops letters to all whom the words may mean."""

from datetime import date

import pytest

from register.book.schema import schema
from register.people.refusals import Refusals, open_refusals
from register.people.told_refusals import told_refusals
from register.review.refusal_questions import refusal_questions
from register.rules import impossible
from register.rules.rule import RuleContext
from register.words.sentences import Sentences
from tests.making import book

CHOIR = {"id": "O-0QXJF", "name": "Hangon kuoro ry", "email": "info@kuoro.example"}
IRMA = {"id": "H-0QXJF", "first": "Irma", "last": "Väinölä", "email": "irma@kuoro.example", "org": "Hangon kuoro ry · O-0QXJF"}  # fmt: skip
OTTO = {"id": "H-MYRB1", "first": "Otto", "last": "Meri", "email": "otto@meri.example"}
ALL = {"info@kuoro.example", "irma@kuoro.example", "otto@meri.example"}
CHOIRS = ALL - {OTTO["email"]}
IRMAS = {IRMA["email"]}


def register(**tabs):
    return book(organisations=[CHOIR], **{"people": [IRMA, OTTO], **tabs})


def stopped(start):
    return {one for one in ALL if Refusals(start).stops(one, "invitation")}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Hangon kuoro ry ei halua enää kutsuja", CHOIRS),
        ("Hangon kuorolle ei saa lähettää postia", CHOIRS),
        ("Hangon kuoro pyytää ettei heille enää lähetetä mitään", CHOIRS),
        ("Hangon kuoro rf vill inte längre få inbjudningar", CHOIRS),
        ("irma väinölä sano ettei haluu enää näitä kutsuja", IRMAS),
        ("älkää lähettäkö Irma Vainolalle enempää", IRMAS),
        ("Irma ei halua kutsuja", IRMAS),
        ("Please do not send anything more to Irma", IRMAS),
        ("poista irma@kuoro.example listalta", IRMAS),
        ("Irma Väinölä on kuollut", IRMAS),
        ("Irma kuollut", IRMAS),
        ("Väinölä ei halua kutsuja", IRMAS),
        ("Väinölälle ei saa enää lähettää postia", IRMAS),
        ("Hangon kuoron puheenjohtaja pyysi lopettamaan kutsut kuorolle", CHOIRS),
        ("Irma Väinölä avböjde mötet", set()),
        ("Väinölä kysyi kutsuista", set()),
        ("Irma Väinölä vill inte ha kaffe", set()),
        ("Irma kysyy, onko kutsuja jo lähetetty", set()),
    ],
)
def test_typed_words_stop_letters_before_any_run_and_until_they_are_answered(text, who):
    for row_id in ("#2", "S-0QXJF"):
        assert stopped(register(inbox=[{"id": row_id, "text": text}])) == who


@pytest.mark.parametrize(
    ("tabs", "who"),
    [
        ({"people": [{**IRMA, "notes": "Soita ilt.; ei halua enää kutsuja"}, OTTO]}, IRMAS),
        ({"people": [{**IRMA, "notes": "Opt-out: ei"}, OTTO]}, set()),
        ({"organisations": [{**CHOIR, "notes": "eivät halua postia"}]}, CHOIRS),
        ({"cooperation": [{"id": "Y-0QXJF", "person": "Irma Väinölä · H-0QXJF", "agreed": "ei enää kutsuja"}]}, IRMAS),
        ({"cooperation": [{"id": "Y-0QXJF", "org": "Hangon kuoro ry · O-0QXJF", "matter": "eivät halua kirjeitä"}]}, CHOIRS),
        ({"invitations": [{"id": "K-0QXJF", "person": "Irma Väinölä · H-0QXJF", "notes": "ei halua enää kutsuja"}]}, IRMAS),
    ],
)  # fmt: skip
def test_so_do_remarks_about_a_contact_an_organisation_or_a_matter(tabs, who):
    start = book(**{"people": [IRMA, OTTO], "organisations": [CHOIR], **tabs})
    assert stopped(start) == who == {one.address for one in open_refusals(start).values()}


def test_of_several_who_may_be_meant_all_are_stopped_and_review_asks_which():
    other = {**OTTO, "first": "Irma"}
    tabs = {"people": [IRMA, other], "inbox": [{"id": "S-0QXJF", "text": "Irma ei halua kutsuja"}]}
    start = register(**tabs)
    assert stopped(start) == {IRMA["email"], OTTO["email"]} and not open_refusals(start)
    ignored = {"id": "R-1", "kind": "intake", "link": "Saapuneet: S-0QXJF", "decision": "ignore"}
    assert not stopped(register(**tabs, review=[ignored]))


def test_what_a_list_said_is_left_to_its_column_of_leave():
    row = {"at": "2026-11-01T10:00", "consent": "yes", "text": "Tila: unsubscribed", "result": "uusi H-0QXJF"}  # fmt: skip
    start = register(
        people=[{**IRMA, "notes": "Tila: unsubscribed"}, OTTO], inbox=[{"id": "S-0QXJF", **row}]
    )
    assert not stopped(start) and not told_refusals(start)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("irma@kuoro.example: älä lähetä tähän, palautuu", "bounced"),
        ("Irma Väinölä: irma@kuoro.example ei toimi", "bounced"),
        ("irma@kuoro.example fungerar inte", "bounced"),
        ("mail to irma@kuoro.example bounced", "bounced"),
        ("Irma Väinölä: vanha osoite, älä lähetä sinne", "bounced"),
        ("skicka inte till Irma Väinölä, mejlen studsar", "bounced"),
        ("Irma Väinölä ei halua enää kutsuja", "request"),
    ],
)
def test_an_address_that_does_not_work_is_asked_about_as_such(text, reason):
    start = register(inbox=[{"id": "S-0QXJF", "text": text}])
    (asked,) = refusal_questions(start, date(2026, 11, 30), Sentences("fi"))
    assert ("palautuvatko" in asked.shown["message"]) == (reason == "bounced")
    written = {one.column: one.after for one in asked.choices["accept"]}
    assert written["reason"] == reason
    assert written["scope"] == ("all" if reason == "bounced" else "invitations")
    assert asked.proposal == f"Kiellot: {schema().enum('ban_scope').label(written['scope'], 'fi')}"


@pytest.mark.parametrize(
    ("cell", "who"),
    [
        ("Irma Väinölä <irma@kuoro.example>", IRMAS),
        ("irma@kuoro.example, otto@meri.example", {IRMA["email"], OTTO["email"]}),
        ("irma(at)kuoro.example", IRMAS),
        ("irma vainola", IRMAS),
        ("Irma", IRMAS),
        ("Irma Väinölä · H-0QXJF", IRMAS),
        ("040 123 4567", IRMAS),
        ("@kuoro.example", CHOIRS),
        ("www.kuoro.example", CHOIRS),
        ("Hangon kuoro ry", CHOIRS),
        ("Olli Outo", set()),
    ],
)
@pytest.mark.parametrize("scope", ["all", "", "kaikenlaiset"])
def test_a_ban_whose_address_is_none_stops_all_whom_it_may_mean(cell, scope, who):
    people = [{**IRMA, "phone": "+358401234567"}, OTTO]
    ban = {"id": "E-0QXJF", "email": cell, "scope": scope}
    assert stopped(register(people=people, bans=[ban])) == who
    assert stopped(register(people=people, bans=[{**ban, "id": "#2"}])) == who
    assert not stopped(register(people=people, bans=[{**ban, "scope": "lifted"}]))


@pytest.mark.parametrize(("scope", "written"), [("letters", "letters"), ("mitä vain", "all")])
def test_whom_such_a_ban_means_is_asked_once_and_its_row_gets_the_address(scope, written):
    ban = {"id": "E-0QXJF", "email": "Hangon kuoro ry", "scope": scope}
    start = register(bans=[ban])
    (asked,) = refusal_questions(start, date(2026, 11, 30), Sentences("fi"))
    found = impossible.check(start, RuleContext(date(2026, 11, 30)))
    assert not [one for one in found if one.column == "email"]
    label = schema().enum("ban_scope").label(written, "fi")
    assert asked.proposal == f"Kiellot: {label}" and "Hangon kuoro ry" in asked.shown["message"]
    after = start.with_changes(asked.choices["accept"])
    rows = {row["email"]: row["scope"] for _, row in after.table("bans").rows()}
    assert rows == {CHOIR["email"]: scope, IRMA["email"]: written}


@pytest.mark.parametrize("cell", ["Olli Outo", "kaikki", "000"])
def test_a_ban_that_means_nobody_known_is_asked_about(cell):
    start = register(bans=[{"id": "E-0QXJF", "email": cell, "scope": "all"}])
    (found,) = impossible.check(start, RuleContext(date(2026, 11, 30)))
    assert (found.tab, found.column) == ("bans", "email")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kaikki kirjeet", "all"),
        ("alla brev", "all"),
        ("ei mitään", "all"),
        ("uutiskirje", "letters"),
        ("no invitations", "invitations"),
    ],
)
def test_another_word_for_a_scope_stops_all_until_it_is_answered(typed, meant):
    start = register(bans=[{"id": "E-0QXJF", "email": IRMA["email"], "scope": typed}])
    assert stopped(start) == IRMAS
    (found,) = impossible.check(start, RuleContext(date(2026, 11, 30)))
    assert found.suggestion == meant

"""Who is in a mailing: each column by itself, together, and what is asked instead of guessed."""

from dataclasses import replace
from pathlib import Path

import pytest

from register.book.change import Change
from register.book.errors import UsageError
from register.letters.audience import audience
from register.letters.mailing_list import chosen_people, find_list
from register.lists.regional import regional_directory
from register.lists.selection import SelectionCriteria, select_part
from register.post.outbox import Outbox
from register.rounds.mail_room import MailRoom
from register.rounds.mailing_counts import count_mailings
from register.rounds.meeting_desk import MeetingDesk
from register.rounds.parcel import ReleaseSettings
from register.words.sentences import Sentences
from tests.letters.correspondence import (
    AMINA,
    CAFE,
    ESBO,
    ESPOO,
    MAIJA,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    invitation,
    meeting,
    named,
    organisation,
    person,
    register,
)

TODAY = NOW.date()
ROOM = MailRoom(Outbox(Path("outbox")), None, TEMPLATES, SENDER, TOKENS, NOW)
G, G2, OTTO = named("G", "kuukausi"), named("G", "toinen"), named("H", "otto")
MEETING = f"Syystapaaminen · {T}"


def made(*, meetings=(), people=(), language="fi", rows=None, **cells):
    """Return a register of four people in three towns, and a mailing."""
    return register(
        [
            person(met_at="Järjestömessut 2026"),
            person(NILS, first="Nils", last="Berg", org=ESBO, email="nils@example.com", topics="b"),
            person(AMINA, first="Amina", last="Osei", org=CAFE, email="amina@x.example"),
            person(OTTO, first="Otto", last="Os", org=CAFE, email="otto@x.example", invite="no"),
            *people,
        ],
        language,
        organisations=[
            organisation(stage="active"),
            organisation(ESBO, name="Båtklubb rf", municipality="Vantaa", type="company"),
            organisation(CAFE, name="Café", municipality="Oulu", topics="kahvi", stage="mapped"),
        ],
        invitations=[
            invitation(MAIJA, "maija.meri@example.org", send_state="sent", attended="yes"),
            invitation(NILS, "nils@example.com", send_state="sent"),
            invitation(AMINA, "amina@x.example", send_state="sent", rsvp="maybe"),
        ],
        meetings=[meeting(), *meetings],
        mailings=rows if rows is not None else [{"id": G, "name": "Kuukausikirje", **cells}],
    )


def people(**cells):
    return set(chosen_people(made(**cells), G, TODAY))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"area": "Espoo"}, {MAIJA}),
        ({"area": "Espoo, Oulu"}, {MAIJA, AMINA}),
        ({"audience": "yritys"}, {NILS}),
        ({"audience": "company"}, {NILS}),
        ({"audience": "kahvi"}, {AMINA}),
        ({"audience": "yhdistys", "area": "Oulu"}, {AMINA}),
        ({"stage": "toiminta"}, {MAIJA}),
        ({"stage": "toiminta, kartlagd"}, {MAIJA, AMINA}),
        ({"was_at": MEETING}, {MAIJA}),
        ({"no_answer": MEETING}, {MAIJA, NILS}),
        ({"met_at": "järjestömessut"}, {MAIJA}),
        ({"plus": f"Nils · {NILS}"}, {NILS}),
        ({"area": "Espoo", "plus": NILS}, {MAIJA, NILS}),
        ({"area": "Espoo, Oulu", "minus": f"Maija · {MAIJA}"}, {AMINA}),
        ({"everybody": "yes"}, {MAIJA, NILS, AMINA}),
        ({"everybody": "yes", "minus": NILS}, {MAIJA, AMINA}),
    ],
)
def test_what_a_mailing_is_made_of(cells, expected):
    assert people(**cells) == expected


def test_who_is_not_to_be_invited_is_in_none_not_even_by_name():
    assert people(plus=f"{OTTO}, {NILS}") == {NILS}


def test_in_whose_place_another_came_was_not_there():
    there = made(was_at=MEETING, plus=NILS)
    (row, *_) = there.table("invitations").numbers
    cells = [Change("invitations", row, "substitute", "", "Liisa Lind", "")]
    assert chosen_people(there.with_changes(cells), G, TODAY) == (NILS,)


def test_who_is_left_out_is_so_under_all_their_posts():
    second = person(named("H", "second"), org=CAFE, email="m2@x.example", same_human=MAIJA)
    assert people(people=[second], area="Espoo, Oulu", minus=MAIJA) == {AMINA}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "ei kerro, keitä"),
        ({"minus": NILS}, "ei kerro, keitä"),
        ({"area": "koko Suomi"}, "on koko rekisteri"),
        ({"area": "Espoo, Vantaa, Oulu"}, "on koko rekisteri"),
        ({"area": "Kemi"}, "ei ole ketään"),
        ({"area": "Espo"}, "Espo"),
        ({"audience": "yhdistys, ydistys"}, "ydistys"),
        ({"audience": "Kuukausikirje"}, "Kuukausikirje"),
        ({"stage": "vauhdissa"}, "vauhdissa"),
        ({"was_at": "Kevättapaaminen"}, "Kevättapaaminen"),
        ({"no_answer": f"x · {named('T', 'none')}"}, "Ei vastannut"),
        ({"plus": "Maija Meri"}, "Lisäksi"),
        ({"area": "Espoo", "minus": "Joku Muu"}, "Ei näitä"),
    ],
)
def test_what_is_in_doubt_is_asked_and_nobody_is_in_it(cells, said):
    with pytest.raises(UsageError) as fault:
        people(**cells)
    assert said in Sentences("fi").error_in_row(fault.value)


def test_a_mailing_narrows_who_is_invited_to_a_meeting():
    book = made(meetings=(), area="Oulu, Vantaa")
    row = book.table("meetings")
    assert row.cell(T, "audience") == ""
    asked = made(
        meetings=[
            meeting(id=named("T", "uusi"), name="Uusi", area="koko Suomi", audience="Kuukausikirje")
        ],
        area="Oulu, Vantaa",
    )
    who = audience(asked, named("T", "uusi"), TODAY)
    assert {one.person for one in who.invited} == {NILS, AMINA}
    assert who.why(MAIJA) == "mailing"


def test_a_meeting_for_a_mailing_in_doubt_invites_nobody():
    asked = made(meetings=[meeting(id=named("T", "uusi"), name="Uusi", audience="Kuukausikirje")])
    with pytest.raises(UsageError):
        audience(asked, named("T", "uusi"), TODAY)


def test_a_list_of_a_mailing_has_its_people_and_no_others():
    book = made(area="Espoo", plus=AMINA)
    chosen = select_part(book, SelectionCriteria(mailings=("kuukausikirje",)), "fi", TODAY)
    found = regional_directory(book, TODAY, chosen=chosen)
    assert [[who.id for who in one.contacts] for one in found.organisations] == [[AMINA], [MAIJA]]
    assert chosen.words == ("Kuukausikirje",)


@pytest.mark.parametrize("text", ["kuukausikirje", G, f"Kuukausikirje · {G}"])
def test_a_mailing_is_found_by_its_name_or_id(text):
    assert find_list(made(), text) == G


@pytest.mark.parametrize("text", ["", "viikkokirje", "Sama"])
def test_no_one_mailing(text):
    rows = [{"id": G, "name": "Sama"}, {"id": G2, "name": "sama"}]
    with pytest.raises(UsageError):
        find_list(made(rows=rows), text)


def counted(book):
    desk = MeetingDesk(book, ROOM, ReleaseSettings())
    count_mailings(desk)
    return desk.book.table("mailings")


def test_each_run_counts_them():
    found = counted(made(area="Espoo", plus=f"{NILS}, {AMINA}", minus=AMINA))
    assert found.cell(G, "people") == "2; kirje voi lähteä: 2"
    assert found.cell(G, "remark") == ""


def test_who_cannot_be_written_to_is_counted_apart():
    silent = person(named("H", "silent"), email="", org=ESPOO)
    found = counted(made(people=[silent], area="Espoo"))
    assert found.cell(G, "people") == "2; kirje voi lähteä: 1"


@pytest.mark.parametrize(("topic", "count"), [("kahvi", 0), ("b", 1)])
def test_who_wants_nothing_of_its_topics_is_counted_apart(topic, count):
    ban = {"id": named("E", "ban"), "email": "amina@x.example", "scope": "invitations"}
    table = made(audience="kahvi")
    refused = register(bans=[{**ban, "topic": topic}]).table("bans")
    found = counted(replace(table, tables={**table.tables, "bans": refused}))
    assert found.cell(G, "people") == f"1; kirje voi lähteä: {count}"


def test_all_rows_are_counted_in_one_write():
    """Each write costs a sheet several of the few requests that Google allows in a minute."""
    rows = [{"id": named("G", str(n)), "name": str(n), "area": "Espoo"} for n in range(9)]
    book, plans = made(rows=rows), []

    def refresh(plan):
        plans.append(plan)
        return book.with_changes(plan.changes)

    desk = MeetingDesk(book, replace(ROOM, apply=True, refresh=refresh), ReleaseSettings())
    count_mailings(desk)
    (plan,) = plans
    assert len(plan.changes) == len(rows)


def test_a_row_in_doubt_says_why_in_its_remark():
    assert "ei ole ketään" in counted(made(area="Rovaniemi")).cell(G, "remark")
    rows = [{"id": G, "name": "Yksi", "audience": "Kaksi"}, {"id": G2, "name": "Kaksi"}]
    assert "itsekin jakelu" in counted(made(rows=rows)).cell(G, "remark")
    found = counted(made(area="Espo"))
    assert found.cell(G, "people") == ""
    assert "Espo" in found.cell(G, "remark")
    assert "koko rekisteri" in counted(made(area="koko Suomi")).cell(G, "remark")

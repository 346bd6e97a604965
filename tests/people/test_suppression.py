"""Bans: whom no letter may go to, and which letters."""

from __future__ import annotations

import pytest

from register.people.refusals import Refusals
from register.people.suppression import Bans
from tests.making import book

KINDS = ("invitation", "reminder", "thanks", "digest", "freshness", "unsubscribed")
FOR_THE_COMING = ("change", "cancellation", "receipt")


def bans(*rows):
    return Bans(book(bans=[{"email": email, "scope": scope} for email, scope in rows]))


@pytest.mark.parametrize("kind", [*KINDS, *FOR_THE_COMING])
def test_a_ban_on_everything_stops_every_letter(kind):
    assert bans(("a@example.org", "all")).stops("a@example.org", kind) == "ban-all"


@pytest.mark.parametrize("kind", KINDS)
def test_a_ban_on_invitations_stops_all_that_is_not_needed(kind):
    assert bans(("a@example.org", "invitations")).stops("a@example.org", kind) == "ban-invitations"


@pytest.mark.parametrize("kind", FOR_THE_COMING)
def test_who_is_coming_is_told_of_changes(kind):
    """A meeting that one has said yes to may still be changed or cancelled."""
    assert bans(("a@example.org", "invitations")).stops("a@example.org", kind) == ""


@pytest.mark.parametrize("address", ["A@Example.ORG", " a@example.org ", "a@example.org"])
def test_however_it_is_written(address):
    assert bans(("a@EXAMPLE.org", "all")).stops(address, "invitation") == "ban-all"


def test_a_domain_in_its_other_form():
    """A ban on the ASCII form stops the form with letters, and the other way round."""
    pair = ("a@järjestö.example", "a@xn--jrjest-bua3m.example")
    for banned, written in (pair, pair[::-1]):
        assert bans((banned, "all")).stops(written, "invitation") == "ban-all"


@pytest.mark.parametrize(
    ("banned", "written"),
    [
        ("maija.malli@gmail.com", "maijamalli@googlemail.com"),
        ("maijamalli@gmail.com", "Maija.Malli+kutsut@gmail.com"),
        ("maija@outlook.com", "maija+seura@outlook.com"),
    ],
)
def test_every_spelling_that_a_provider_takes_for_one_mailbox_is_stopped(banned, written):
    assert bans((banned, "all")).stops(written, "invitation") == "ban-all"
    assert bans((written, "all")).stops(banned, "invitation") == "ban-all"


@pytest.mark.parametrize("written", ["maijamalli@example.org", "maija.malli+x@example.org"])
def test_what_a_provider_keeps_apart_is_left_alone(written):
    assert bans(("maija.malli@example.org", "all")).stops(written, "invitation") == ""


@pytest.mark.parametrize("address", ["b@example.org", "a@example.com", "aa@example.org", ""])
def test_others_are_left_alone(address):
    assert bans(("a@example.org", "all"), ("", "all")).stops(address, "invitation") == ""


@pytest.mark.parametrize("scopes", [("all", "invitations"), ("invitations", "all")])
def test_the_wider_of_two_bans_counts(scopes):
    rows = [("a@example.org", scope) for scope in scopes]
    assert bans(*rows).stops("a@example.org", "change") == "ban-all"


@pytest.mark.parametrize("scope", ["", "kaikkea", "Kutsut?"])
def test_a_scope_that_cannot_be_read_stops_everything(scope):
    """When in doubt, nobody is written to."""
    assert bans(("a@example.org", scope)).stops("a@example.org", "change") == "ban-all"


def refusals():
    """Maija has two tied rows, and has banned letters under the address of the first."""
    one = {"first": "Maija", "last": "Meri"}
    return Refusals(
        book(
            people=[
                {**one, "id": "H-MYRB1", "email": "a@example.org"},
                {**one, "id": "H-C30J9", "email": "b@example.org", "same_human": "x · H-MYRB1"},
                {"id": "H-0JCDN", "first": "Nils", "email": "c@example.org"},
            ],
            bans=[{"email": "a@example.org", "scope": "invitations", "reason": "request"}],
            inbox=[{"id": "S-HY5K6", "email": "c@example.org", "consent": "no"}],
        )
    )


@pytest.mark.parametrize(
    ("address", "person", "why"),
    [
        ("b@example.org", "H-C30J9", "ban-invitations"),
        ("b@example.org", "", "ban-invitations"),
        ("old@example.org", "H-C30J9", "ban-invitations"),
        ("old@example.org", "", ""),
        ("C@example.org", "", "refused"),
        ("d@example.org", "H-0JCDN", "refused"),
    ],
)
def test_what_a_human_refuses_under_one_address_they_refuse_under_all(address, person, why):
    assert refusals().stops(address, "digest", person) == why
    assert refusals().stops(address, "change", person) == why
    assert refusals().stops(address, "change", person, coming=True) == ""


@pytest.mark.parametrize(
    ("scope", "stopped"),
    [
        ("letters", {"letter"}),
        ("reminders", {"reminder"}),
        ("all_but_letters", {*KINDS}),
        ("invitations", {*KINDS, "letter"}),
        ("lifted", set()),
        ("ei näitä", {*KINDS, "letter", *FOR_THE_COMING}),
        ("", {*KINDS, "letter", *FOR_THE_COMING}),
    ],
)
def test_what_each_scope_stops(scope, stopped):
    found = bans(("a@example.org", scope))
    kinds = {*KINDS, "letter", *FOR_THE_COMING}
    assert {kind for kind in kinds if found.stops("a@example.org", kind)} == stopped


def test_a_ban_on_a_topic_stops_what_is_about_it():
    row = {"email": "a@example.org", "scope": "letters", "topic": "Nuoret"}
    found = Bans(book(bans=[row]))
    assert found.stops("a@example.org", "letter", {"nuoret"}) == "ban-topic"
    assert found.stops("a@example.org", "letter", {"vanhukset"}) == ""
    assert found.stops("a@example.org", "letter") == ""
    assert found.stops("a@example.org", "invitation", {"nuoret"}) == ""

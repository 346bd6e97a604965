"""A whole spring from the sheet alone, on both stores, through real servers.

A helper has made the register and put ``autopilot.py`` into cron. After that a coordinator types
into cells and reads her mail, and changes her mind at each step.
"""

from __future__ import annotations

import signal
from collections import Counter

import pytest

from tests.postfix.spring import AT, MEETING, PEOPLE, VANTAA, address, card, wait
from tests.replies.clients import Asked, tapped

pytestmark = [pytest.mark.postfix, pytest.mark.timeout(1500)]

STRANGER = f"vieras@{AT}"
FINNISH = {address(*one[:2]) for one in PEOPLE if one[2] == "suomi"}
OTHER = MEETING | {"Nimi": "Vantaan ilta", "Alue": "Vantaa", "Pvm": "27.4.2027"}


def test_a_spring_from_the_sheet_alone(spring):
    gathers(spring)
    is_previewed(spring)
    invited = is_sent_in_spite_of_everything(spring)
    invited = is_answered_and_reminded(spring, invited)
    moves(spring, invited)
    is_held_and_thanked(spring, invited)
    other_is_called_off(spring)
    before, mails = spring.place.rows("Tapaamiset"), len(spring.mails())
    spring.runs("2027-05-03 09:00")
    assert spring.place.rows("Tapaamiset") == before and len(spring.mails()) == mails
    assert not [one for one in spring.mails() if STRANGER in str(one["To"])]
    every = Counter(
        (str(one["To"]), str(one["X-Campaign-ID"]), str(one["Message-ID"]))
        for one in spring.mails()
    )
    assert set(every.values()) == {1}


def gathers(spring):
    spring.fills(2, MEETING | {"Alue": "Espoo, Vantaa", "Tila": "kokoa kutsuttavat"})
    spring.runs("2027-03-01 09:00")
    spring.says("kutsuttavat koottu")
    assert spring.cell("Kutsuttavia") == "14, katso Kutsut"
    spring.types(Alue="Espoo", Tila="luonnos")
    spring.runs("2027-03-01 09:15")
    spring.says("luonnos")
    spring.types(Tila="kokoa kutsuttavat")
    spring.runs("2027-03-01 09:30")
    assert spring.cell("Kutsuttavia") == "12, katso Kutsut"


def is_previewed(spring):
    spring.place.types("Valikot", 2, "Vastuuhenkilöt", "Vieras")
    spring.place.types("Valikot", 2, "Vastuuhenkilön sähköposti", STRANGER)
    spring.types(Tila="esikatselu")
    spring.runs("2027-03-02 09:00")
    spring.says("esikatseltu")
    first = spring.code()
    assert first.startswith("12-")
    spring.types(Tila="luonnos")
    spring.runs("2027-03-02 09:15")
    spring.types(Tila="saa lähettää", Lupa=first, Esittely_fi="Kahvia on.")
    spring.types(Lähetysaika="28.3.2027 3.30")
    spring.runs("2027-03-02 09:30")
    spring.says("esikatselu", "Esikatselun jälkeen")
    spring.runs("2027-03-02 09:45")
    spring.says("esikatseltu")
    second = spring.code()
    for wrong in (first, "12-0000"):
        spring.types(Tila="saa lähettää", Lupa=wrong)
        spring.runs("2027-03-02 10:00")
        assert spring.cell("Tila") in ("saa lähettää", "esikatselu")
        if spring.cell("Tila") == "esikatselu":
            spring.runs("2027-03-02 10:05")
            assert spring.code() == second
    spring.types(Tila="saa lähettää", Lupa=f" {second.lower()} ")
    spring.runs("2027-03-02 10:15")
    spring.says("saa lähettää", "Kirjeet lähtevät 28.3.2027 4.30.")


def is_sent_in_spite_of_everything(spring):
    """The night in which the clock is turned, a closed mail server, a kill, another computer."""
    spring.types(Tila="luonnos")
    spring.runs("2027-03-28T01:20:00Z")
    spring.types(Tila="saa lähettää")
    for moment in ("2027-03-28T00:59:00Z", "2027-03-28T01:29:00Z"):
        spring.runs(moment)
        spring.says("saa lähettää", "Kirjeet lähtevät 28.3.2027 4.30.")
    spring.post.close()
    for moment in ("2027-03-28T01:31:00Z", "2027-03-28 20:00"):
        spring.runs(moment, code=75)
        spring.says("saa lähettää", "Kaikki kirjeet eivät ole vielä")
    assert not spring.letters("invitation")
    spring.post.open()
    killed = spring.begins("2027-03-29 09:00")
    wait(lambda: spring.letters("invitation") or killed.poll() is not None)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    both = [spring.begins("2027-03-29 10:15", folder) for folder in ("", spring.there)]
    said = [one.communicate(timeout=600)[0].decode() for one in both]
    codes = sorted(one.returncode for one in both)
    assert codes[0] in (0, 1) and codes[1] in (0, 1, 5, 6, 75), (codes, said)
    spring.runs("2027-03-29 10:30", folder=spring.there, code=None)
    spring.runs("2027-03-29 10:45", code=None)
    assert spring.cell("Tila") == "lähetetty"
    rows = spring.invitations()
    sent = [one["Osoite"] for one in rows if one["Lähetys"] == "lähetetty"]
    unclear = [one["Osoite"] for one in rows if one["Lähetys"] == "epäselvä"]
    assert {*sent, *unclear} == {address(*one[:2]) for one in PEOPLE} and len(unclear) <= 1
    assert bool(unclear) is bool(spring.cell("Huomautus"))
    wait(lambda: spring.letters("invitation") >= Counter(sent))
    letters = spring.letters("invitation")
    assert set(letters.values()) == {1} and letters - Counter(sent) <= Counter(unclear)
    return sent


def is_answered_and_reminded(spring, invited):
    """Two answer; one is invited late, and reminded like the others."""
    coming, absent, *_ = (one for one in invited if one in FINNISH)
    letters = {str(one["To"]): bytes(one) for one in spring.mails() if one["X-Campaign-ID"]}
    for who, word in ((absent, "En pääse"), (coming, "Tulossa")):
        spring.post.takes(tapped(Asked.of(letters[who]), word, sender=who))
    spring.post.mails(2, "ours")
    spring.runs("2027-04-02 10:00", code=None)
    said = {one["Osoite"]: one["Vastaus"] for one in spring.invitations()}
    assert (said[coming], said[absent]) == ("tulossa", "ei pääse")

    late = ("Ulla", "Uusi", "suomi")
    new = card(*late, "Espoo").split(";")
    for header, value in zip(("Etunimi", "Sukunimi", "", "Sähköposti"), new, strict=False):
        if header:
            row = len(PEOPLE) + len(VANTAA) + 2
            spring.place.types("Yhteyshenkilöt", row, header, value)
    for header, value in {
        "Organisaatio": f"Espoo {PEOPLE[0][1]}n seura ry",
        "Kieli": "suomi",
        "Kutsutaan": "kyllä",
        "Lähde": "messut",
        "Ryhmä": "järjestötoimija",
    }.items():
        spring.place.types("Yhteyshenkilöt", row, header, value)
    spring.runs("2027-04-05 09:00", code=None)
    spring.types(Tila="kokoa kutsuttavat")
    spring.runs("2027-04-05 09:15", code=None)
    spring.says("kutsuttavat koottu")
    spring.types(Tila="esikatselu")
    spring.runs("2027-04-05 09:30", code=None)
    code = spring.code()
    assert code.startswith("1-"), spring.place.rows("Yhteyshenkilöt")
    spring.types(Tila="saa lähettää", Lupa=code)
    spring.runs("2027-04-05 09:45", code=None)
    assert spring.cell("Tila") == "lähetetty"
    invited = [*invited, address(*late[:2])]
    wait(lambda: address(*late[:2]) in spring.letters("invitation"))
    assert address(*late[:2]) in spring.letters("invitation"), spring.invitations()

    spring.runs("2027-04-08 07:45", code=None)
    assert not spring.letters("reminder")
    spring.runs("2027-04-08 08:05", code=None)
    spring.runs("2027-04-08 08:20", code=None)
    spring.until("reminder", Counter(set(invited) - {coming, absent}))
    return invited


def moves(spring, invited):
    """The place changes, then the hour as well; only the last preview's code tells people so."""
    spring.types(Paikka="Kulttuurikeskus")
    spring.runs("2027-04-09 09:00", code=None)
    assert "siirretty" in spring.cell("Huomautus")
    spring.types(Tila="siirretty")
    spring.runs("2027-04-09 09:15", code=None)
    spring.says("siirretty", "Esikatselu on sähköpostissa")
    first = spring.code()
    spring.types(Alkaa="18.00", Päättyy="19.30", Lupa=first)
    spring.runs("2027-04-09 09:30", code=None)
    second = spring.code()
    assert spring.cell("Tila") == "siirretty" and second != first
    spring.runs("2027-04-09 09:35", code=None, folder=spring.there)
    spring.runs("2027-04-09 09:45", code=None)
    assert not spring.letters("change")
    spring.types(Lupa=second)
    spring.runs("2027-04-09 10:00", code=None)
    assert spring.cell("Tila") == "lähetetty"
    spring.until("change", Counter(invited))


def is_held_and_thanked(spring, invited):
    """Who had said yes comes, and one who had said nothing."""
    answers = {one["Osoite"]: one["Vastaus"] for one in spring.invitations()}
    (coming,) = [one for one, answer in answers.items() if answer == "tulossa"]
    silent = next(one for one in invited if not answers[one])
    spring.runs("2027-04-18 07:45", code=None)
    spring.runs("2027-04-18 08:05", code=None)
    spring.runs("2027-04-18 08:20", code=None)
    spring.until("details", Counter([coming]))
    for who in (coming, silent):
        spring.place.types("Kutsut", spring.place.row_with("Kutsut", who), "Osallistui", "kyllä")
    spring.types(Tila="pidetty")
    spring.runs("2027-04-20 21:00", code=None)
    spring.types(Tila="lähetetty")
    spring.runs("2027-04-20 21:15", code=None)
    spring.types(Tila="pidetty")
    spring.runs("2027-04-21 08:05", code=None)
    spring.runs("2027-04-21 08:20", code=None)
    spring.until("thanks", Counter([coming, silent]))


def other_is_called_off(spring):
    """A second meeting, by one who calls it off, thinks better of it, and calls it off for good."""
    spring.fills(3, OTHER | {"Tila": "kokoa kutsuttavat", "Vastaa viimeistään": "", "Kiitos": ""})
    spring.fills(3, {"Muistutus (pv ennen)": ""})
    spring.runs("2027-04-22 09:00", code=None)
    spring.says("kutsuttavat koottu", row=3)
    spring.types(3, Tila="esikatselu")
    spring.runs("2027-04-22 09:15", code=None)
    spring.types(3, Tila="saa lähettää", Lupa=spring.code())
    spring.runs("2027-04-22 09:30", code=None)
    spring.says("lähetetty", row=3)
    readers = Counter(address(*one[:2]) for one in VANTAA)
    wait(lambda: spring.letters("invitation") >= readers)
    spring.types(3, Tila="peruttu")
    spring.runs("2027-04-23 09:00", code=None)
    spring.says("peruttu", "Esikatselu on sähköpostissa", row=3)
    code = spring.code()
    spring.types(3, Tila="lähetetty")
    spring.runs("2027-04-23 09:15", code=None)
    assert not spring.letters("cancellation")
    spring.types(3, Tila="peruttu", Lupa=code)
    spring.runs("2027-04-23 09:30", code=None)
    spring.says("peruttu", "Peruutus on kerrottu 2 ihmiselle.", row=3)
    spring.until("cancellation", readers)

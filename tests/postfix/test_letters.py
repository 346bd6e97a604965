"""A monthly letter to a mailing, on both stores, through real servers: a killed run, wishes, a year.

The coordinator types into Jakelut and Kirjeet and reads her mail; the helper's cron does the rest.
"""

from __future__ import annotations

import signal
from collections import Counter
from datetime import datetime

import pytest

from tests.postfix.spring import HELSINKI, MEETING, PEOPLE, address, wait
from tests.replies.clients import Asked, mail

pytestmark = [pytest.mark.postfix, pytest.mark.timeout(1500)]

READERS = {address(first, last): language for first, last, language in PEOPLE}
LETTER = {
    "Aihe": "Maaliskuun kirje",
    "Aihe sv": "Brev i mars",
    "Jakelu": "Kuukausikirje",
    "Teksti fi": "Kevät **tulee**, {etunimi}.\n\n{tapaamiset}",
    "Teksti sv": "Våren kommer.\n\n{möten}",
    "Teksti en": "Spring is near.\n\n{meetings}",
}


def row_of(spring, tab, row=2):
    """Return the cells of a row by header."""
    head, *rows = spring.place.rows(tab)
    cells = rows[row - 2] if len(rows) > row - 2 else []
    return dict(zip(head, [*cells, *[""] * (len(head) - len(cells))], strict=False))


def previewed(spring, when, row=2):
    spring.fills(row, {"Tila": "esikatselu"}, "Kirjeet")
    spring.runs(when, code=None)
    assert row_of(spring, "Kirjeet", row)["Tila"] == "esikatseltu", row_of(spring, "Kirjeet", row)
    return spring.code()


def at(day):
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=HELSINKI)


def test_a_monthly_letter_to_a_mailing(spring):
    spring.fills(2, MEETING | {"Tila": "kokoa kutsuttavat"})
    spring.fills(2, {"Nimi": "Kuukausikirje"}, "Jakelut")
    spring.fills(2, LETTER | {"Tila": "esikatselu"}, "Kirjeet")
    spring.runs("2027-03-01 09:00", code=None)
    assert "ei kerro, keitä" in row_of(spring, "Jakelut")["Huomautus"]
    assert "ei kerro, keitä" in row_of(spring, "Kirjeet")["Huomautus"]
    assert not spring.letters("J-")

    spring.fills(2, {"Alue": "Espoo"}, "Jakelut")
    spring.fills(2, {"Tila": "esikatselu"})
    spring.fills(2, {"Tila": "luonnos"}, "Kirjeet")
    spring.runs("2027-03-01 09:15", code=None)
    spring.code()
    assert row_of(spring, "Jakelut")["Ihmisiä"] == "12; kirje voi lähteä: 12"
    code = previewed(spring, "2027-03-01 09:30")
    assert code.startswith("12-") and not spring.letters("J-")

    spring.fills(2, {"Tila": "saa lähettää", "Lupa": code}, "Kirjeet")
    killed = spring.begins("2027-03-01 10:00")
    wait(lambda: spring.letters("J-") or killed.poll() is not None)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    both = [spring.begins("2027-03-01 10:15", folder) for folder in ("", spring.there)]
    for one in both:
        one.communicate(timeout=600)
    spring.runs("2027-03-01 10:30", folder=spring.there, code=None)
    spring.runs("2027-03-01 10:45", code=None)
    row = row_of(spring, "Kirjeet")
    assert row["Tila"] == "lähetetty"
    unclear = int(bool(row["Huomautus"]))  # the letter that was under way when the power went
    wait(lambda: len(spring.letters("J-")) >= 12 - unclear)
    got = spring.letters("J-")
    assert set(got.values()) == {1} and 12 - unclear <= len(got) <= 12 and set(got) <= set(READERS)
    is_in_each_language(spring)
    next_month(spring, unclear)


def is_in_each_language(spring):
    found = {str(one["To"]): one for one in spring.mails() if "/J-" in str(one["X-Campaign-ID"])}
    words = {
        "suomi": ("Maaliskuun kirje", "Kevät tulee,", "Tulossa alueellasi"),
        "ruotsi": ("Brev i mars", "Våren kommer.", "På gång i ditt område"),
        "englanti": ("Maaliskuun kirje", "Spring is near.", "Coming in your area"),
    }
    for to, language in READERS.items():
        if to in found:
            subject, *said = words[language]
            text = found[to].get_body(("plain",)).get_content()
            assert found[to]["Subject"] == subject
            assert all(one in text for one in said) and "Kevättapaaminen" in text


def next_month(spring, unclear):
    """One wants no letters, one nothing at all, one comes back; each by what the letter links to."""
    letters = {str(one["To"]): bytes(one) for one in spring.mails() if one["X-Campaign-ID"]}
    fewer, none, back = [one for one, language in READERS.items() if one in letters][3:6]

    def taps(who, word, at):
        asked = Asked.of(letters[who])
        to, subject = asked.link("Ei kutsuja")
        spring.post.takes(mail(who, to, subject.replace("Ei kutsuja", word), "", at=at))

    taps(fewer, "Ei kirjeitä", at("2027-03-05"))
    taps(none, "Ei kutsuja", at("2027-03-05"))
    taps(back, "Ei kutsuja", at("2027-03-05"))
    spring.post.mails(3, "ours")
    spring.runs("2027-03-06 10:00", code=None)
    taps(back, "Haluan kirjeitä", at("2027-03-07"))
    spring.post.mails(4, "ours")
    spring.runs("2027-03-08 10:00", code=None)
    bans = {one[1]: one[3] for one in spring.place.rows("Kiellot")[1:] if len(one) > 3}
    assert bans == {fewer: "kirjeet", none: "kutsut", back: "kaikki paitsi kirjeet"}

    spring.fills(3, LETTER | {"Aihe": "Huhtikuun kirje", "Aihe sv": "April"}, "Kirjeet")
    code = previewed(spring, "2027-04-06 09:00", row=3)
    assert code.startswith("10-")
    spring.fills(3, {"Tila": "saa lähettää", "Lupa": code}, "Kirjeet")
    spring.runs("2027-04-06 10:00", code=None)
    assert row_of(spring, "Kirjeet", 3)["Tila"] == "lähetetty"
    wanted = set(READERS) - {fewer, none}
    wait(lambda: spring.letters("J-").total() >= 22 - unclear)
    got = Counter(
        str(one["To"])
        for one in spring.mails()
        if str(one["Subject"]) in ("Huhtikuun kirje", "April")
    )
    assert got == Counter(wanted)

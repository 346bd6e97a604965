"""Who lives: each kind of sign, the oldest first; who has given none is asked, never ended."""

from datetime import date

import pytest

from register.book.ids import new_id
from register.lists.alive import organisations_by_sign
from register.lists.directory import directory
from register.lists.signs import last_signs
from register.words.sentences import Sentences
from tests.making import book

TODAY = date(2026, 11, 29)
ORG, GONE, PERSON, MEETING = (
    new_id(kind, (name,), ()) for kind, name in (("O", "a"), ("O", "b"), ("H", "c"), ("T", "d"))
)
APU = {"id": ORG, "name": "Apu ry", "type": "association", "municipality": "Espoo"}
MAIJA = {"id": PERSON, "first": "Maija", "org": f"Apu ry · {ORG}"}
EVENING = {"id": MEETING, "name": "Ilta", "date": "2026-05-01"}


def invited(**cells):
    return {
        "id": new_id("K", ("k",), ()),
        "meeting": f"Ilta · {MEETING}",
        "person": f"Maija · {PERSON}",
        **cells,
    }


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ({}, None),
        ({"organisations": [{**APU, "sign": "2025 avustus (OKM)"}]}, ("2025", "told")),
        ({"organisations": [{**APU, "sign": "1.3.2026 muuttunut"}]}, ("2026-03-01", "told")),
        ({"organisations": [{**APU, "sign": "avustus"}]}, None),
        ({"organisations": [{**APU, "verified_on": "2026-02-03"}]}, ("2026-02-03", "confirmed")),
        ({"people": [{**MAIJA, "verified_on": "2026-02-04"}]}, ("2026-02-04", "confirmed")),
        ({"invitations": [invited(attended="yes")]}, ("2026-05-01", "came")),
        ({"invitations": [invited(rsvp="not_coming", sent_at="2026-04-20 10:00")]},
         ("2026-04-20", "answered")),
        ({"invitations": [invited(sent_at="2026-04-20 10:00")]}, None),
        ({"cooperation": [{"date": "2026-06-01", "org": f"Apu ry · {ORG}", "kind": "cooperation",
                           "matter": "Kylätalo"}]}, ("2026-06-01", "done")),
        ({"cooperation": [{"date": "2026-06-01", "org": f"Apu ry · {ORG}", "kind": "contact",
                           "matter": "Soitto"}]}, None),
        ({"cooperation": [{"date": "2027-06-01", "org": f"Apu ry · {ORG}", "kind": "cooperation",
                           "matter": "Kylätalo"}]}, None),
        ({"organisations": [APU, {"id": GONE, "name": "Entinen", "status": "merged",
                                  "merged_into": f"Apu ry · {ORG}"}],
          "people": [{**MAIJA, "org": f"Entinen · {GONE}", "verified_on": "2026-02-04"}]},
         ("2026-02-04", "confirmed")),
    ],
)  # fmt: skip
def test_each_sign_of_life(rows, wanted):
    tabs = {"organisations": [APU], "people": [MAIJA], "meetings": [EVENING], **rows}
    sign = last_signs(book(**tabs), TODAY).get(ORG)
    assert (sign and (sign.day, sign.kind)) == wanted


def test_a_year_is_no_day_and_counts_to_its_end():
    rows = [
        {**APU, "sign": "2024 avustus (OKM)"},
        {"id": GONE, "name": "Entinen ry", "sign": "2023 avustus (OKM)"},
    ]
    register = book(organisations=rows)
    found = organisations_by_sign(register, directory(register, TODAY), TODAY, Sentences("fi"))
    told = {group.key: [line[4] for line in group.rows] for group in found.groups}
    assert told == {"silent": ["2023"], "alive": ["2024"]}


def test_the_oldest_come_first_and_who_is_silent_is_asked():
    names = ("Uusi ry", "Vanha ry", "Äänetön ry", "Hiljainen ry")
    days = ("2026-10-01", "2025-10-01", "2019-01-01", "")
    rows = [
        {"id": new_id("O", (name,), ()), "name": name, "type": "association",
         "business_id": "1572860-0", "municipality": "Espoo", "verified_on": when}
        for name, when in zip(names, days, strict=True)
    ]  # fmt: skip
    register = book(organisations=rows)
    found = organisations_by_sign(register, directory(register, TODAY), TODAY, Sentences("fi"))
    told = {group.key: [line[1] for line in group.rows] for group in found.groups}
    assert told == {"silent": ["Hiljainen ry", "Äänetön ry"], "alive": ["Vanha ry", "Uusi ry"]}
    assert all("1572860-0" in line[-1] for group in found.groups for line in group.rows)
    shown = {one.name: one.sign for one in directory(register, TODAY).organisations}
    assert shown["Uusi ry"] == "2026-10-01"
    assert not any(one.sign for one in directory(register, TODAY, public=True).organisations)

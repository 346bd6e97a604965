"""Names that are none and addresses of several: asked about, and no letter on a guess."""

from __future__ import annotations

import pytest

from register.book.plan import Change
from register.flows.cleanup import Orders, cleanup
from register.letters.audience import audience
from register.people.names import name_fault
from register.report.sentences import Sentences
from register.rules import SAFE, Setting, findings, mailboxes
from tests.letters.correspondence import (
    AMINA,
    ESBO,
    ESPOO,
    MAIJA,
    NILS,
    NOW,
    T,
    named,
    organisation,
    person,
    register,
)

SAY, TODAY = Sentences("fi"), NOW.date()
INVISIBLE = [
    *("\u3164", "\u2800", "\u180e", "\u115f", "\uffa0", "\ue000", "\U000f0000", "\ufffd", "\ufffc"),
    *("\u200b", "\u200b\u200d\u2060", "\u0301", "\u0301\u0302", "\ufe0f", "\U000e0041\U000e007f"),
    *("Mai\ufffdja", "\u3164Maija", "Maija\ue001", "\u200b \u200b"),
]
FORMULAS = [
    "=1+1",
    "+cmd|'/C calc'!A0",
    "＋1+1A",
    "--A1",
    "@SUM(A1)",
    "\t=A1",
    "cmd|'/C calc'!A0",
    "＝A1",
]
NO_LETTERS = [
    *(
        "1E400",
        "inf",
        "-inf",
        "NaN",
        "123",
        "1e5",
        "1,5",
        "12.3.2026",
        "2026-03-12",
        "−1",
        "٣٤",
        "①",
    ),
    *("-", "--1", "＋1+1", "?", "...", "#REF!", "#N/A", "TRUE", "null", "👩"),
]
NAMES = [
    "Maija",
    "Ó",
    "李",
    "O'Brien",
    "von",
    "A.",
    "Anna-Maija",
    "Åsa",
    "Ole\u0301",
    "Mc\u00adKay",
    "",
    " ",
]


def one(first, **cells):
    return register([person(first=first, **cells)])


def asked(book):
    """Return the open questions of a cleanup about names."""
    return {
        row_id: row
        for row_id, row in book.table("review").rows()
        if not row["done"] and ("nimi" in row["message"].casefold())
    }


def cleaned(book):
    outcome = cleanup(book, NOW, Orders(SAFE), SAY)
    return book.applied(outcome.plan.changes)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *((name, "name-invisible") for name in INVISIBLE),
        *((name, "name-formula") for name in ("=1+1", *FORMULAS[4:])),
        *((name, "name-no-letters") for name in NO_LETTERS if name not in ("--1", "＋1+1")),
        *((name, "") for name in NAMES),
    ],
)
def test_what_a_name_is(name, code):
    assert name_fault(name) == code


@pytest.mark.parametrize("column", ["first", "last"])
@pytest.mark.parametrize("name", [*INVISIBLE, *FORMULAS, *NO_LETTERS])
def test_no_letter_until_a_person_has_looked(name, column):
    book = register([person(**{column: name})])
    found = {f.column for f in findings(book, Setting(TODAY)) if f.code.startswith("name-")}
    assert column in found
    assert audience(book, T, TODAY).why(MAIJA) in ("strange-name", "unsafe-name")


@pytest.mark.parametrize("name", ["\u3164", "=1+1", "1E400"])
def test_an_organisation(name):
    book = register(organisations=[organisation(name=name)])
    assert audience(book, T, TODAY).why(MAIJA) == "strange-name"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_gets_its_letter(name):
    assert audience(one(name), T, TODAY).count == 1


@pytest.mark.parametrize("decision", ["accept", "ignore"])
@pytest.mark.parametrize("name", ["\u2800", "=1+1", "1E400"])
def test_a_decision_lets_it_through(name, decision):
    """Until then it stays asked; afterwards it is quiet, and another such name is asked anew."""
    book = cleaned(one(name))
    assert audience(book, T, TODAY).why(MAIJA) == "strange-name"
    ((case, _),) = asked(book).items()
    book = cleaned(book.applied([Change("review", case, "decision", "", decision, "by hand")]))
    assert asked(book) == {}
    assert audience(book, T, TODAY).count == 1
    cell = book.table("people").cell(MAIJA, "first")
    book = book.applied([Change("people", MAIJA, "first", cell, "2E500", "by hand")])
    assert audience(book, T, TODAY).why(MAIJA) == "strange-name"


SHARED = "yhteinen@example.org"


def sharing(*rows, **tabs):
    people = [
        person(row_id, first=first, last="Meri", org=f"Joku · {org}", email=SHARED, **cells)
        for row_id, first, org, cells in rows
    ]
    homes = [organisation(), organisation(ESBO, name="Esbo Båtklubb rf")]
    return register(people, organisations=homes, **tabs)


def of_several(book):
    found = mailboxes.check(book, Setting(TODAY))
    return [(f.row_id, f.detail) for f in found if f.code == "mailbox-of-several"]


def test_one_address_in_several_organisations_is_asked_about_once():
    third = named("H", "third")
    book = sharing((MAIJA, "Maija", ESPOO, {}), (NILS, "Nils", ESBO, {}), (third, "Ulla", ESBO, {}))
    ((_, detail),) = of_several(book)
    assert all(name in detail for name in ("Maija Meri", "Nils Meri", "Ulla Meri"))
    book = cleaned(book)
    (row,) = [row for _, row in book.table("review").rows() if SHARED in row["message"]]
    assert "eri organisaatioissa" in row["message"]


@pytest.mark.parametrize(
    "rows",
    [
        [(MAIJA, "Maija", ESPOO, {}), (NILS, "Nils", ESPOO, {})],
        [(MAIJA, "Maija", ESPOO, {}), (NILS, "Maija", ESBO, {})],
        [(MAIJA, "Maija", ESPOO, {}), (NILS, "Maikki", ESBO, {"same_human": f"x · {MAIJA}"})],
        [(MAIJA, "Maija", ESPOO, {"end": "2026-01-01"}), (NILS, "Nils", ESBO, {})],
        [(MAIJA, "Maija", ESPOO, {"status": "archived"}), (NILS, "Nils", ESBO, {})],
        [(MAIJA, "Maija", ESPOO, {}), (NILS, "Nils", ESBO, {"end": "2026-01-01"})],
    ],
)
def test_what_is_not_asked(rows):
    """Colleagues, one human, and who has left share a mailbox without a doubt."""
    assert of_several(sharing(*rows)) == []


def test_a_human_and_another_in_their_second_organisation_are_asked_about():
    tie = {"same_human": f"x · {MAIJA}"}
    rows = [(MAIJA, "Maija", ESPOO, {}), (AMINA, "Maija", ESBO, tie), (NILS, "Nils", ESBO, {})]
    assert len(of_several(sharing(*rows))) == 1


def test_passed_over_it_is_quiet():
    book = cleaned(sharing((MAIJA, "Maija", ESPOO, {}), (NILS, "Nils", ESBO, {})))
    (case,) = [row_id for row_id, row in book.table("review").rows() if SHARED in row["message"]]
    book = cleaned(book.applied([Change("review", case, "decision", "", "ignore", "by hand")]))
    assert book.table("review").cell(case, "done")

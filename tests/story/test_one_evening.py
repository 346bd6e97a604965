"""A messy list of 120 rows is settled in one evening by at most fifteen decisions; both stores."""

import csv

from register.book.cells import to_book
from register.book.schema import schema
from register.people.records import live_rows
from register.sample.messy import messy_list
from register.values import email
from tests.bench.questions import MessyTruth
from tests.making import book
from tests.story.test_one_person import NEVER, clean, does

SEED, ROWS, MOST = 2026, 120, 15
DECIDED = {
    "monta kerralla": "hyväksy kaikki",
    "virhe": "jätä näin",
    "varoitus": "jätä näin",
    "kaksoiskappale": "yhdistä",
    "saapunut": "tee näin",
}
"""What a person says of each kind of question, once she has looked at what it names."""

COUNTED = "kesken"
"""The kind of the lines that only count blank cells: nothing is to be decided there."""


def comes(register):
    headers, cells, _ = messy_list(SEED, ROWS)
    with (register.folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([headers, *cells])
    does(register, "contacts.py", "import", "list.csv", "--apply", *NEVER)
    clean(register)


def still_open(register):
    """Return what is to be decided, each with its row's number, in the order of the tab."""
    return [
        (number, row)
        for number, row in enumerate(register.rows("Tarkista"), start=2)
        if row["Tunnus"] and not row["Käsitelty"] and row["Laji"] != COUNTED
    ]


def evening(register):
    """Decide what is open from the top, as the dropdown offers; return how much was typed."""
    typed, below = {}, 0
    for number, row in still_open(register):
        if below:
            below -= 1
            continue
        if row["Laji"] == "monta kerralla":
            below = int(row["Rivi"].partition(": ")[2].split()[0])
        typed[number] = DECIDED[row["Laji"]]
    if typed:
        register.types_down("Tarkista", "Päätös", typed)
        clean(register)
    return len(typed)


def held(register):
    """Return the register as a book."""
    tabs = {}
    for key in ("organisations", "people", "inbox", "review", "bans", "log"):
        tab = schema().tab(key)
        columns = {column.headers["fi"]: column for column in tab.columns}
        tabs[key] = [
            {columns[name].key: to_book(columns[name], cell, "fi") for name, cell in row.items()}
            for row in register.rows(tab.titles["fi"])
        ]
    return book(**tabs)


def test_a_list_is_settled_by_a_few_decisions_and_the_register_says_what_is_true(register):
    comes(register)
    decisions = 0
    while typed := evening(register):
        decisions += typed
        assert decisions <= MOST
    assert decisions

    there = held(register)
    truth = MessyTruth(there, SEED, ROWS)
    wrong = [
        (tab, row_id, column, row[column])
        for tab, columns in (
            ("organisations", ("municipality", "phone", "email")),
            ("people", ("email", "phone")),
        )
        for row_id, row in live_rows(there.table(tab))
        for column in columns
        if row[column] and not truth.is_right(tab, row_id, column)
    ]
    assert wrong == []
    assert truth.links("organisations") == truth.links("people") == 0
    cards = (row for _, row in there.table("inbox").rows() if row["consent"] == "no")
    readings = [email.read(row["email"]) for row in cards if row["email"]]
    refused = {reading.value or reading.suggestion for reading in readings}
    banned = {row["email"] for _, row in there.table("bans").rows()}
    assert refused and refused - {""} <= banned
    logged = {(row["row"], row["col"]) for _, row in there.table("log").rows()}
    groups = there.table("people").column("group")
    assert all((row_id, "Ryhmä") in logged for row_id, cell in groups if cell)
    left = [row["kind"] for _, row in there.table("review").rows() if not row["done"]]
    assert set(left) <= {"incomplete"}

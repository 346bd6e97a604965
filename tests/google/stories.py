"""Stories of people who edit several tabs while runs write: ids, derived cells, and intake.

A model keeps what people typed, by what they call a row. However a story goes, in the end each of
their cells holds what they typed last, each card of Saapuneet has become the rows that its Tulos
names, once, and nothing else stands anywhere.
"""

from datetime import date

from hypothesis import strategies as st

from register.book.change import Change
from register.book.errors import VerkostoError
from register.book.ids import reference_id
from register.book.log import log_rows
from register.book.plan_builder import PlanBuilder
from register.cleanup.cleanup import derived_changes, missing_ids
from register.intake.intake import take_in
from register.unpacking import column_letters
from tests.google_desk import GoogleDesk
from tests.sheets_server import Fault, refused

TODAY = date(2026, 11, 23)
ORGS = [f"Seura {number} ry" for number in range(4)]
CARDS = [f"Tulija{number} Uusi" for number in range(3)]
TABS = {"organisations": "Organisaatiot", "people": "Yhteyshenkilöt", "inbox": "Saapuneet"}
NAME = {"organisations": "Nimi", "people": "Sukunimi", "inbox": "Nimi"}

_tabs = st.sampled_from(sorted(TABS))
_rows = st.integers(2, 6)
moves = st.one_of(
    st.tuples(st.just("sort"), _tabs, st.booleans()),
    st.tuples(st.just("insert"), _tabs, _rows),
    st.tuples(st.just("move"), _tabs, _rows, st.integers(2, 7)),
    st.tuples(st.just("column"), _tabs, st.integers(1, 12)),
    st.tuples(st.just("shift"), _tabs, st.integers(1, 12), st.integers(1, 14)),
)
typing = st.one_of(
    st.tuples(st.just("type"), st.just("Huom"), st.sampled_from(ORGS), st.integers(0, 9)),
    st.tuples(st.just("type"), st.just("Lyhenne"), st.sampled_from(ORGS), st.integers(0, 9)),
    st.tuples(st.just("org"), st.integers(10, 15)),
    st.tuples(st.just("card"), st.integers(10, 15)),
)
stories = st.lists(
    st.tuples(st.integers(0, 13), st.booleans(), st.one_of(moves, typing)), max_size=5
)
faults = st.lists(
    st.tuples(
        st.integers(0, 10),
        st.sampled_from([Fault(lost=True), refused(503), refused(429), Fault(cut=True)]),
    ),
    max_size=1,
)


class People:
    """Edits the sheet by hand, and remembers each cell that was typed by the name of its row."""

    def __init__(self, desk):
        self.desk = desk
        self.orgs = set(ORGS)
        self.cards = {name: f"Yhdistys {n} ry" for n, name in enumerate(CARDS)}
        self.typed = {}

    def act(self, edit):
        kind, *rest = edit
        person = self.desk.person
        if kind == "type":
            header, name, number = rest
            at = self._cell("organisations", header, name)
            if at:
                person.type(TABS["organisations"], at, f"käsin {number}")
                self.typed[name, header] = f"käsin {number}"
        elif kind == "org":
            name = f"Seura {rest[0]} ry"
            if name not in self.orgs:
                self.orgs.add(name)
                self._below("organisations", {"Nimi": name})
        elif kind == "card":
            name = f"Tulija{rest[0]} Uusi"
            if name not in self.cards:
                self.cards[name] = f"Yhdistys {rest[0] % 3} ry"
                self._below("inbox", card(name, self.cards[name]))
        else:
            self._move(kind, *rest)

    def _move(self, kind, tab, *how):
        person, title = self.desk.person, TABS[tab]
        width = len(self._headers(tab))
        match kind:
            case "sort":
                person.sort(title, self._letter(tab, NAME[tab]), down=how[0])
            case "insert":
                person.insert_rows(title, how[0])
            case "move":
                person.move_rows(title, how[0], 1, how[1])
            case "column":
                person.insert_columns(title, column_letters(min(how[0], width)))
            case "shift":
                person.move_columns(title, *(column_letters(min(n, width)) for n in how))

    def _headers(self, tab):
        return self.desk.person.rows(TABS[tab], "1:1")[0]

    def _letter(self, tab, header):
        return column_letters(self._headers(tab).index(header) + 1)

    def _names(self, tab):
        letter = self._letter(tab, NAME[tab])
        rows = self.desk.person.rows(TABS[tab], f"{letter}2:{letter}")
        return [row[0] if row else "" for row in rows]

    def _cell(self, tab, header, name):
        names = self._names(tab)
        return f"{self._letter(tab, header)}{names.index(name) + 2}" if name in names else ""

    def _below(self, tab, cells):
        row = len(self.desk.person.rows(TABS[tab])) + 1
        for header, value in cells.items():
            self.desk.person.type(TABS[tab], f"{self._letter(tab, header)}{row}", value)


def card(name, org):
    number = name.partition(" ")[0].lower()
    return {
        "Nimi": name,
        "Organisaatio": org,
        "Sähköposti": f"{number}@yhdistys.example",
        "Kunta": "Espoo",
        "Viesti": f"terveisin {number}",
    }


def lines(changes, book):
    return log_rows(changes, "run-1", "2026-11-23T09:30", book)


def wanted(book):
    """Plan what a run would: ids, short names where there are none, intake, what is derived."""
    draft = PlanBuilder(book)
    draft.propose(missing_ids(draft.book))
    draft.propose(
        Change("organisations", row_id, "short", "", f"lyh {row['name'].split()[1]}", "test")
        for row_id, row in draft.book.table("organisations").rows()
        if row["name"] and not row["short"]
    )
    draft.propose(take_in(draft.book, TODAY))
    draft.propose(derived_changes(draft.book))
    return draft.plan()


def run(desk):
    """Live through one run; return whether it had nothing to do, and what it left astray."""
    plan = wanted(desk.store.read())
    return not plan.changes, desk.store.write(plan, lines).astray


def tell(server, folder, like, timed, broken):
    """Live through a story: edits before or after the n-th request, and what goes wrong."""
    server.calm()
    desk = GoogleDesk(server, folder, like=like)
    people = People(desk)
    for at, late, edit in timed:
        (server.after if late else server.before)(at, lambda edit=edit: people.act(edit))
    for at, fault in broken:
        server.fault(at, fault)
    for _ in range(2):
        try:
            assert not run(desk)[1]
        except VerkostoError as stop:
            assert stop.exit_code in (4, 75)
    server.calm()
    for _ in range(3):
        if run(desk)[0]:
            break
    return desk, people


def check(desk, people):
    """Every cell is where it belongs, and no other holds anything."""
    book = desk.store.read()
    assert not wanted(book).changes
    for key in TABS:
        table = book.table(key)
        assert not any(row_id.startswith("#") for row_id in table.numbers), table.cells
        extra = [column for column in table.columns if column.startswith("+")]
        assert not extra, extra
        width = len(desk.person.rows(TABS[key], "1:1")[0])
        heads = desk.person.rows(TABS[key], "1:1")[0]
        for row in desk.person.rows(TABS[key], "2:999"):
            assert not [c for n, c in enumerate(row) if c and not (n < width and heads[n])], row
    orgs = {row["name"]: row for _, row in book.table("organisations").rows()}
    assert len(orgs) == len(book.table("organisations"))
    assert set(orgs) == people.orgs | set(people.cards.values())
    for name, row in orgs.items():
        short = people.typed.get((name, "Lyhenne"), f"lyh {name.split()[1]}")
        assert (row["short"], row["notes"]) == (short, people.typed.get((name, "Huom"), ""))
        assert row["region"] == ("Uusimaa" if name in people.cards.values() else "")
    cards = {row["name"]: row for _, row in book.table("inbox").rows()}
    assert set(cards) == set(people.cards) and len(cards) == len(book.table("inbox"))
    named = []
    for name, org in people.cards.items():
        row, given = cards[name], card(name, org)
        assert (row["email"], row["text"]) == (given["Sähköposti"], given["Viesti"])
        org_id, person_id = (word.split()[-1] for word in row["result"].split(", "))
        assert book.table("organisations").cell(org_id, "name") == org
        person = book.table("people").row(person_id)
        assert sorted((person["first"], person["last"])) == sorted(name.split())
        assert (person["email"], person["notes"]) == (given["Sähköposti"], given["Viesti"])
        assert reference_id(person["org"]) == org_id
        named.append(person_id)
    assert sorted(named) == sorted(book.table("people").numbers)
    known = [line for line, _ in book.table("log").rows()]
    assert len(set(known)) == len(known) and not any(line.startswith("#") for line in known)
    assert not [sheet.title for sheet in desk.sheet.sheets if sheet.title.startswith("⚙")]


def made(desk):
    """Have people fill an empty register: organisations without ids, and cards."""
    people = People(desk)
    for name in ORGS:
        people._below("organisations", {"Nimi": name})
    for name, org in people.cards.items():
        people._below("inbox", card(name, org))

"""Take rows of ``inbox`` into ``organisations`` and ``people``: match known ones, add others."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from register.book.change import Change, added_row
from register.book.headers import fold_header
from register.book.ids import new_id, reference_id, reference_text
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import (
    Card,
    card_as_organisation,
    card_as_person,
    card_traits,
    pending_cards,
)
from register.intake.known import KnownOrganisations, KnownPeople
from register.intake.new_row_cells import NewRowCells
from register.people.erased_people import ErasedPeople, person_traits
from register.values.sign_of_life import later_sign


@dataclass(frozen=True, slots=True)
class IntakeLink:
    """A known row that a row of ``inbox`` may be the same as.

    ``same`` means that a person has said so; without it the link is still a question.
    """

    source: str
    tab: str
    row_id: str
    same: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row of ``inbox`` that waits to be taken in: its cells by tab, {} for none of that tab."""

    row_id: str
    organisation: dict[str, str]
    person: dict[str, str]
    place: str = ""
    """The person's organisation: its id if known, else its folded name."""

    def is_elsewhere(self, cell: str) -> bool:
        """Whether a reference names another organisation than the person's own."""
        there = reference_id(cell) or fold_header(cell)
        return bool(self.place and there) and self.place != there


def take_in(
    book: Book,
    today: date,
    *,
    invite: bool = False,
    passed_over: Collection[str] = (),
    links: Iterable[IntakeLink] = (),
) -> list[Change]:
    """Take in the rows of ``inbox`` that have no result yet, or wait for an answer.

    An organisation is recognised by its Y-tunnus or register number and its name, or by its name in
    the same municipality. A person is recognised within an organisation, by name and mailbox, or by
    name if neither row has a mailbox that says otherwise. Both are also recognised by a person's
    answer (``links``). A person with a post in another organisation gets a row there as well.

    While a link is open, the row waits: nothing is added, and its result says that ``review`` asks.
    A new person is invited only if their row says ``consent``, or if ``invite`` is set and the row
    says nothing about it. ``passed_over`` are ids of rows whose intake a person has undone. People
    who have been erased (:mod:`register.people.erased_people`) are not taken in; the result says
    so.
    """
    cards = sorted(pending_cards(book, passed_over), key=_telling)
    if not cards:
        return []
    desk = _Desk(book, today, invite=invite, links=links)
    for card in cards:
        desk.take(card)
    desk.say_results()
    return desk.changes


def arrivals(book: Book, passed_over: Collection[str] = ()) -> list[Arrival]:
    """Return the waiting rows of ``inbox`` with an organisation or person not surely recognised."""
    found: list[Arrival] = []
    if not (cards := pending_cards(book, passed_over)):
        return found
    desk = _Desk(book, date.min, invite=False)
    for card in cards:
        org_id, person_id = desk.recognised(card)
        told = bool(card.org or any(card.numbers))
        organisation = card_as_organisation(card) if told and not org_id else {}
        person = {} if not card.is_person or person_id else card_as_person(card)
        if organisation or person:
            found.append(
                Arrival(card.row_id, organisation, person, org_id or fold_header(card.org))
            )
    return found


class _Desk:
    """Takes in cards one by one; later cards are matched with what earlier ones added."""

    def __init__(
        self, book: Book, today: date, *, invite: bool, links: Iterable[IntakeLink] = ()
    ) -> None:
        self.changes: list[Change] = []
        self._book = book
        self._today = today.isoformat()
        self._cells = NewRowCells(book, self._today, invite=invite)
        self._taken = book.taken()
        self._erased = book.once(ErasedPeople)
        self._fresh: dict[str, dict[str, str]] = {}
        self._named: dict[str, tuple[Card, list[str]]] = {}
        self._orgs = KnownOrganisations(book)
        self._people = KnownPeople(book)
        self._links: dict[tuple[str, str], list[IntakeLink]] = {}
        for link in links:
            self._links.setdefault((link.source, link.tab), []).append(link)

    def recognised(self, card: Card) -> tuple[str, str]:
        """Return the ids of a card's organisation and person, each '' if it is unknown."""
        org_id = self._orgs.known(card) if card.org or any(card.numbers) else ""
        org_id = org_id or self._linked(card, "organisations")
        person_id = self._people.known(card, org_id) if card.is_person else ""
        return org_id, person_id or self._linked(card, "people")

    def _linked(self, card: Card, tab: str) -> str:
        links = self._links.get((card.row_id, tab), ())
        return next((link.row_id for link in links if link.same), "")

    def _must_ask(self, card: Card) -> bool:
        """Whether an open link of the card is for an organisation or person not recognised yet."""
        org_id, person_id = self.recognised(card)
        open_tabs = {tab for source, tab in self._links if source == card.row_id}
        tells = bool(card.org or any(card.numbers))
        return ("organisations" in open_tabs and not org_id and tells) or (
            "people" in open_tabs and not person_id and card.is_person
        )

    def take(self, card: Card) -> None:
        """Take in one card; a card that waits or names an erased person only gets a result."""
        named: list[str] = []
        org_id = org_name = ""
        if card.is_person and (banned := self._erased.row(person_traits(card_traits(card)))):
            self._say(card, self._word("erased", banned))
            return
        if self._must_ask(card):
            self._say(card, schema().enum("intake_result").label("asked", self._book.language))
            return
        if card.org or any(card.numbers):
            org_id = self.recognised(card)[0]
            cells = self._cells.organisation(card)
            if org_id:
                self._complete(card, "organisations", org_id, cells)
                self._show_alive(card, org_id, cells["sign"])
            else:
                org_id = self._add("organisations", "O", card, cells)
                self._orgs.enter(org_id, card)
            named.append(org_id)
            org_name = self._orgs.name(org_id) or card.org
        if card.is_person:
            home = self._orgs.rows.get(org_id, {}).get("municipality", "")
            cells = self._cells.person(
                card, reference_text(org_name, org_id) if org_id else "", home
            )
            person_id = self._people.known(card, org_id) or self._linked(card, "people")
            if person_id:
                self._complete(card, "people", person_id, cells)
            else:
                person_id = self._add("people", "H", card, cells)
                self._people.enter(person_id, card, org_id)
            named.append(person_id)
        if named:
            self._named[card.row_id] = card, named

    def say_results(self) -> None:
        """Write into each row of ``inbox`` which rows it became.

        A new row is "new" in the first row of the tab that names it, and "known" in later ones.
        """
        first: dict[str, str] = {}
        for source, _ in self._book.table("inbox").rows():
            for row_id in self._named[source][1] if source in self._named else ():
                first.setdefault(row_id, source)
        for source, (card, named) in self._named.items():
            words = [
                self._word("new" if one in self._fresh and first[one] == source else "known", one)
                for one in named
            ]
            self._say(card, ", ".join(words))

    def _say(self, card: Card, result: str) -> None:
        before = card.get("result")
        if before != result:
            self.changes.append(
                Change(
                    *("inbox", card.row_id, "result", before, result, "intake"),
                    group=f"intake {card.row_id}",
                )
            )

    def _add(self, tab: str, letter: str, card: Card, cells: dict[str, str]) -> str:
        row_id = new_id(letter, (card.row_id, *sorted(cells.values())), self._taken)
        self._taken.add(row_id)
        cells = self._cells.fit(tab, {"id": row_id, **cells, "added_on": self._today})
        self._fresh[row_id] = cells
        if tab == "organisations":
            self._orgs.rows[row_id] = cells
        self.changes += added_row(tab, cells, "intake", f"intake {card.row_id}")
        return row_id

    def _complete(self, card: Card, tab: str, row_id: str, cells: dict[str, str]) -> None:
        """Add what a card says of a row that this run added; for other rows a person decides."""
        fresh = self._fresh.get(row_id)
        if fresh is None:
            return
        wants_none = tab == "people" and card.get("consent") == "no"
        for column, cell in self._cells.further(tab, fresh, cells, refuses=wants_none).items():
            before, fresh[column] = fresh.get(column, ""), cell
            self.changes.append(
                Change(
                    *(tab, row_id, column, before, cell, "intake"),
                    kind="add",
                    group=f"intake {card.row_id}",
                )
            )

    def _show_alive(self, card: Card, org_id: str, sign: str) -> None:
        """Write a later sign of life into the row of an organisation."""
        row, before = self._orgs.rows[org_id], self._orgs.rows[org_id].get("sign", "")
        if not self._book.table("organisations").has("sign") or later_sign(before, sign) == before:
            return
        row["sign"] = sign
        change = Change("organisations", org_id, "sign", before, sign, "intake")
        if org_id in self._fresh:
            change = replace(change, kind="add")
        self.changes.append(replace(change, group=f"intake {card.row_id}"))

    def _word(self, key: str, row_id: str) -> str:
        word = schema().enum("intake_result").label(key, self._book.language)
        return f"{word} {row_id}"


def _telling(card: Card) -> tuple[object, ...]:
    """Return a sort key that puts the fullest cards first, so that row order changes nothing.

    An organisation's own card comes before a person's: it knows the organisation's home better.
    """
    told = {key: cell for key, cell in card.row.items() if key not in ("id", "consent_words")}
    filled = sum(map(bool, told.values()))
    content = sorted(told.items())
    home = (card.is_person or not card.municipality, not card.municipality)
    return not any(card.numbers), *home, -filled, content

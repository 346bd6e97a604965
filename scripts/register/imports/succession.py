"""Compare a list with the same list of an earlier year: who stays in it, and who is gone.

``inbox`` keeps what earlier lists said. A list is a newer edition of an earlier one if it contains
most of those whom the earlier one named, and one of these holds: the names of the lists are alike,
the headers are the same, or the earlier one contained most of those whom the new one names. If the
list covers only a part, such as one municipality, only that part is compared.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from rapidfuzz.distance import OSA

from register.book.change import Change
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.phrase import Phrase
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import Card, card_of
from register.people.records import Organisation, Person, living_row
from register.review.list_gone import ask_whether_ended
from register.values import organisation_name
from register.values.email import mailbox_key
from register.values.person_name import name_keys
from register.words.sentences import Sentences

_FEWEST = 3
"""An earlier list that names fewer people and organisations does not count."""

_MOST = 0.5
_TYPO = 2
"""Names that differ in at most so many letters may be one; intake asks about them."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_HeldPost = tuple[frozenset[str], str]
"""A person in an organisation, by the keys of both names."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A card of the new list and its row of ``inbox``; ``seen`` if an earlier import added it."""

    row_id: str
    seen: bool
    cells: Mapping[str, str]


@dataclass(frozen=True)
class _Listed:
    """The cards of a list, with the people and organisations in them."""

    cards: Sequence[Card]

    @cached_property
    def posts(self) -> Mapping[_HeldPost, Sequence[Card]]:
        """The cards of each person in each organisation."""
        return _grouped((_post(card), card) for card in self.cards if card.is_person)

    @cached_property
    def namesakes(self) -> Mapping[frozenset[str], Sequence[Card]]:
        """The people's cards by name."""
        return _grouped((names, one) for (names, _), cards in self.posts.items() for one in cards)

    @cached_property
    def members(self) -> Mapping[str, Sequence[Card]]:
        """The people's cards by organisation."""
        return _grouped((org, one) for (_, org), cards in self.posts.items() for one in cards)

    @cached_property
    def orgs(self) -> frozenset[str]:
        """The keys of all organisations."""
        return frozenset(_org(card) for card in self.cards if card.org)

    @cached_property
    def named(self) -> frozenset[object]:
        """The keys of all people and organisations."""
        return frozenset((*self.orgs, *(names for names, _ in self.posts)))

    @cached_property
    def places(self) -> frozenset[str]:
        """The municipalities, folded."""
        return frozenset(fold_header(card.municipality) for card in self.cards) - {""}


@dataclass(slots=True)
class Succession:
    """What follows from a newer list: results for rows that go on, questions about missing ones."""

    changes: list[Change] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    asked: int = 0

    def notes(self) -> Iterator[Phrase]:
        """Yield a note on how many are asked about, if any."""
        if self.asked:
            yield (
                "{count} who were in {old} are not in this list: {tab:review} asks whether they "
                "have ended.",
                {"count": self.asked, "old": self.sources},
            )


def find_succession(
    book: Book,
    rows: Sequence[ListRow],
    source: str,
    today: date,
    same: Collection[str] = (),
) -> Succession:
    """Compare a whole list with the earlier lists in ``inbox``.

    ``same`` are the sources of earlier lists with the same headers.
    """
    new = _Listed([card_of(row.row_id, dict(row.cells), book) for row in rows])
    fresh = {row.row_id for row in rows if not row.seen}
    again = {row.row_id for row in rows if row.seen}
    found = Succession()
    earlier: dict[str, Card] = {}
    for name, listed in _earlier_lists(book, fresh).items():
        part = _comparable(listed, new)
        if part and _is_newer(part, new, name, source, same):
            found.sources.append(name)
            earlier |= {card.row_id: card for card in part.cards}
    if earlier:
        say = Sentences(book.language)
        before = _Listed(list(earlier.values()))
        _Comparison(book, new, fresh, again, earlier, before, found).run(source, today, say)
    return found


def list_family(source: str) -> str:
    """Return a list's name without numbers and suffix, so that its editions compare equal."""
    bare = re.sub(r"\.(csv|tsv|txt|xlsx?|ods|vcf)\b|\d+", " ", source.casefold())
    return " ".join(re.findall(r"[^\W_]+", bare))


def _earlier_lists(book: Book, fresh: Collection[str]) -> dict[str, _Listed]:
    """Return the earlier lists of ``inbox`` by source, without the rows that are new."""
    cards: dict[str, list[Card]] = {}
    for row_id, row in book.table("inbox").rows():
        if row.get("source") and row_id not in fresh:
            cards.setdefault(row["source"], []).append(card_of(row_id, row, book))
    return {name: _Listed(every) for name, every in cards.items()}


def _comparable(listed: _Listed, new: _Listed) -> _Listed | None:
    """Return an earlier list, or its part in the new list's municipalities, or None.

    None if the new list has less than half of it.
    """
    of_places = [card for card in listed.cards if fold_header(card.municipality) in new.places]
    for part in (listed, _Listed(of_places)):
        if len(part.named) >= _FEWEST and len(part.named & new.named) >= _MOST * len(part.named):
            return part
    return None


def _is_newer(part: _Listed, new: _Listed, name: str, source: str, same: Collection[str]) -> bool:
    """Whether the new list is an edition of an earlier one, by its name, headers or content."""
    alike = list_family(name) == list_family(source) != ""
    return alike or name in same or len(part.named & new.named) >= _MOST * len(new.named)


@dataclass(frozen=True)
class _Comparison:
    book: Book
    new: _Listed
    fresh: Collection[str]
    again: Collection[str]
    earlier: Mapping[str, Card]
    before: _Listed
    found: Succession

    def run(self, source: str, today: date, say: Sentences) -> None:
        """Record the results of cards that go on, and the questions about those that are gone."""
        posts, orgs = self._posts(), self._orgs()
        holders = _grouped((_post(card), one) for one, cards in posts.items() for card in cards)
        for card in self.new.cards:
            if card.row_id in self.fresh and (
                result := self._result(card, {*holders.get(_post(card), ())})
            ):
                place = ("inbox", card.row_id, "result")
                self.found.changes.append(Change(*place, "", result, "import", kind="add"))
        gone = {org: card for org, card in orgs.items() if self._is_org_gone(card)}
        asking = partial(ask_whether_ended, self.book, say=say, source=source, today=today)
        for org, card in gone.items():
            self._ask(asking(("organisations", org), card.row_id))
        for person, cards in posts.items():
            row = Person.at(self.book, person)
            moved = self._elsewhere(row, cards[-1])
            if self._is_post_gone(row, cards, moved) and (
                moved or organisation_of_row(row) not in gone
            ):
                there = (_said(moved), moved.row_id) if moved else ("", "")
                self._ask(asking(("people", person), cards[-1].row_id, new_card=there))

    def _ask(self, question: Iterable[Change]) -> None:
        asked = list(question)
        self.found.changes += asked
        self.found.asked += bool(asked)

    def _named(self, card: Card, tab: str) -> Iterator[str]:
        """Yield the live rows of a tab that an earlier card became, or was recognised as."""
        for word in card.get("result").split(", "):
            named = word.rpartition(" ")[2]
            if (of := schema().tab_of_id(named)) and of.key == tab:
                row_id = living_row(self.book, tab, named)
                record = Person if tab == "people" else Organisation
                if row_id and record.at(self.book, row_id).is_live:
                    yield row_id

    def _posts(self) -> dict[str, list[Card]]:
        """Return the earlier cards of each person whose row has no end date, by row id."""
        found: dict[str, list[Card]] = {}
        for card in self.earlier.values():
            for row_id in self._named(card, "people") if card.is_person else ():
                if not Person.at(self.book, row_id).end:
                    found.setdefault(row_id, []).append(card)
        return found

    def _orgs(self) -> dict[str, Card]:
        """Return the last earlier card of each organisation, by row id."""
        return {
            row_id: card
            for card in self.earlier.values()
            if card.org
            for row_id in self._named(card, "organisations")
        }

    def _result(self, card: Card, same: Collection[str]) -> str:
        """Return the result of a card that is surely a person of the earlier list, else ''."""
        post = _post(card)
        if not card.is_person or not card.org or len(self.new.posts[post]) != 1:
            return ""
        row = Person.at(self.book, next(iter(same), ""))
        org = organisation_of_row(row)
        if len(same) != 1 or not org or len(self._called[post[0], org]) != 1:
            return ""
        known = schema().enum("intake_result").label("known", self.book.language)
        return f"{known} {org}, {known} {row.id}"

    @cached_property
    def _called(self) -> Mapping[tuple[frozenset[str], str], Sequence[Person]]:
        """The rows of ``people`` by name and organisation."""
        return _grouped(
            ((name_keys(one.first, one.last), organisation_of_row(one)), one)
            for one in Person.live(self.book)
        )

    @cached_property
    def _new_orgs(self) -> frozenset[str]:
        return self.new.orgs - self.before.orgs

    def _is_org_gone(self, card: Card) -> bool:
        key = _org(card)
        return key not in self.new.orgs and not any(_near(key, org) for org in self._new_orgs)

    def _is_post_gone(self, row: Person, cards: Sequence[Card], moved: Card | None) -> bool:
        if any(card.row_id in self.again or _post(card) in self.new.posts for card in cards):
            return False
        names, org = _post(cards[-1])
        mine = " ".join(sorted(names))
        return bool(moved) or not any(
            _near(mine, " ".join(sorted(_post(one)[0])))
            or mailbox_key(one.get("email")) == row.mailbox != ""
            for one in self.new.members.get(org, ())
            if _post(one) not in self.before.posts
        )

    def _elsewhere(self, row: Person, old: Card) -> Card | None:
        """Return the same human's card in another organisation, None if there is none.

        The name and the mailbox or the phone must be the same.
        """
        names, org = _post(old)
        for card in self.new.namesakes.get(names, ()):
            if _org(card) not in ("", org):
                mailbox = mailbox_key(card.get("email")) == row.mailbox != ""
                if mailbox or card.get("phone") == row.phone != "":
                    return card
        return None


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> Mapping[_Key, list[_Value]]:
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _said(card: Card) -> str:
    return ", ".join(filter(None, (card.org, card.get("role"))))


def organisation_of_row(row: Person) -> str:
    """Return the id of the organisation of a row of ``people``, '' for none."""
    return reference_id(row.org)


def _post(card: Card) -> _HeldPost:
    return name_keys(card.first, card.last), _org(card)


def _org(card: Card) -> str:
    return organisation_name.organisation_key(card.org)


def _near(one: str, other: str) -> bool:
    """Whether two names may be one with a typing error; differing numbers are no typing error."""
    numbers = [re.findall(r"\d+", name) for name in (one, other)]
    return numbers[0] == numbers[1] and OSA.distance(one, other, score_cutoff=_TYPO) <= _TYPO

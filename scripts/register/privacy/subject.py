"""The subject of an export or an erasure, and how any text is recognised as naming them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from register.book.errors import UsageError
from register.book.ids import is_id, reference_id
from register.book.log import log_entries
from register.book.table import Book
from register.intake.card import card_of
from register.people.records import Organisation, Person
from register.people.same_human import Humans
from register.privacy.patterns import (
    Name,
    any_pattern,
    digits,
    mail_address,
    name_part,
    named_address,
    phone_number,
    whole_name,
)
from register.values import phone
from register.values.email import MAILBOX_IN_TEXT, is_role_mailbox, mailbox_key
from register.values.person_name import first_names, name_keys, person_key
from register.values.places import municipalities

Earlier = tuple[str, str, str, str]
"""Tab, row id, column, and a present or earlier value of that cell."""

_NAMES = ("first", "last", "former_name")
_LAST_WORD = re.compile(r"(\w[\w\-]*)[ \u00a0]$")
_ENDED = re.compile(r"(?:[.!?:;\n]|\u2022)[\s\u00a0\u201d(]*\Z")
_NEXT_WORD = re.compile(r"[ \u00a0](\w[\w\-]*)")


@dataclass(frozen=True)
class Subject:
    """All rows of one human, and their names and contact details, present and earlier.

    ``ids`` are rows of ``people``, the oldest first; ``cards`` rows of ``inbox``. ``shared`` are
    names, addresses and phones that another person in the register has as well: these alone never
    show that a text is about the subject. ``traits`` are what the subject is hashed by: nobody else
    has them.
    """

    ids: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    names: frozenset[Name] = frozenset()
    addresses: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()

    @property
    def mark(self) -> str:
        """The id that replaces the name in a text; it reveals nothing by itself."""
        return next((one for one in self.ids if one[0] != "#"), "–")

    @property
    def mailboxes(self) -> frozenset[str]:
        """The comparison keys of the addresses, without shared ones."""
        return frozenset(filter(None, map(mailbox_key, self.addresses))) - self.shared

    @property
    def own_names(self) -> frozenset[Name]:
        """The whole names that nobody else has."""
        return frozenset(
            name for name in self.names if all(name) and _name_word(name) not in self.shared
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches a name, an address or a phone that only the subject has."""
        parts = [
            *map(whole_name, self.own_names),
            *map(named_address, self.own_names),
        ]
        parts += [
            mail_address(one) for one in self.addresses if mailbox_key(one) not in self.shared
        ]
        parts += [phone_number(one) for one in self.phones - self.shared]
        return any_pattern(parts)

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """Matches the ids of the subject's rows as well: for a file that can be made anew."""
        ids = "|".join(map(re.escape, (*self.ids, *self.cards))) or "(?!)"
        return re.compile(rf"{self.pattern.pattern}|\b(?:{ids})\b", re.IGNORECASE)

    @cached_property
    def near(self) -> re.Pattern[str]:
        """Matches a part of the name as well: for a text that is known to be about the subject."""
        every = [phone_number(one) for one in self.phones] + list(map(mail_address, self.addresses))
        whole = [whole_name(name) for name in self.names if all(name)]
        words = {first for first, _ in self.names if len(first) > 1}
        given = [rf"(?<!\w){name_part(word)}(?!\w)" for word in words]
        return any_pattern([*whole, *every], given, self._family)

    @cached_property
    def name_before_id(self) -> re.Pattern[str]:
        """Matches the name before the id in a reference to a row: ``Maija Malli · ``."""
        words = {re.escape(word) for name in self.names for part in name for word in part.split()}
        if not words or not (ids := "|".join(map(re.escape, self.ids))):
            return re.compile(r"(?!)")
        word = f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"
        return re.compile(rf"(?<!\w){word}(?:\s+{word})*\s*·\s*(?=(?:{ids})\b)", re.IGNORECASE)

    @cached_property
    def _doubtful(self) -> re.Pattern[str]:
        names = [whole_name(name) for name in self.names - self.own_names if all(name)]
        return any_pattern(names, family=self._family)

    @property
    def _family(self) -> list[str]:
        return [rf"(?<!\w){name_part(last)}(?!\w)" for _, last in self.names if len(last) > 1]

    def may_be_in(self, text: str, *, alone: bool) -> bool:
        """Whether a text has a name of the subject that others have as well.

        ``alone`` also counts a last name without a first name beside it.
        """
        return any(
            not one["family"] or (alone and one[0][0].isupper() and self._is_mine(one))
            for one in self._doubtful.finditer(unicodedata.normalize("NFC", text))
        )

    def mentions(self, text: str) -> bool:
        """Whether a text certainly names the subject, by name, address or phone."""
        return bool(text) and self.redact(text) != text

    def redact(self, text: str, *, near: bool = False) -> str:
        """Return a text with the id in place of each name, address and phone.

        ``near`` also replaces parts of the name: for a text that is known to be about the subject.
        """
        pattern = self.near if near else self.pattern
        plain = unicodedata.normalize("NFC", text)
        left = pattern.sub(self._marked, plain)
        return text if left == plain else left

    def _marked(self, found: re.Match[str]) -> str:
        """Return the mark; a part of another's name ("Pekka Testi") is returned unchanged."""
        part = found["given"] or found["family"]
        return found[0] if part and not self._is_mine(found) else self.mark

    def _is_mine(self, found: re.Match[str]) -> bool:
        """Whether a matched part of the name has no other name beside it."""
        before = _LAST_WORD.search(found.string, 0, found.start())
        after = _NEXT_WORD.match(found.string, found.end())
        if after and _may_be_name(after[1]):
            return False
        if before and _may_be_name(before[1]):
            begins = not found.string[: before.start()].strip() or _ENDED.search(
                found.string, 0, before.start()
            )
            if not begins or (found["family"] and _is_first_name(before[1])):
                return False
        return True

    def is_called(self, whom: str) -> bool:
        """Whether an id, a reference or an address is the subject's."""
        row_id, mailbox = reference_id(whom) or whom.strip(), mailbox_key(whom)
        mine = {*self.ids, *self.cards, *map(mailbox_key, self.addresses)}
        return row_id in mine or bool(mailbox and mailbox in mine)

    def knows(self, address: str) -> bool:
        """Whether an address is the subject's alone."""
        return mailbox_key(address) in self.mailboxes

    def learning(self, values: Iterable[Earlier]) -> Subject:
        """Return the subject with the earlier names, addresses and phones of their rows added."""
        addresses, phones = set(self.addresses), set(self.phones)
        rows: dict[str, dict[str, set[str]]] = {}
        for tab, row_id, column, value in values:
            if not value or (row_id not in self.ids and row_id not in self.cards):
                continue
            if column == "email":
                addresses.update(MAILBOX_IN_TEXT.findall(value))  # a note has more text around it
            elif column in ("phone", "phone2"):
                phones.add(phone.read(value).value or value)
            elif column in _NAMES and tab == "people":
                rows.setdefault(row_id, {}).setdefault(column, set()).add(value)
        names = set(self.names)
        for row in rows.values():
            lasts = row.get("last", set()) | row.get("former_name", set())
            lasts |= {last for _, last in self.names}
            firsts = row.get("first", set()) | {first for first, _ in self.names}
            names |= {(first, last) for first in firsts for last in lasts if first and last}
        return replace(
            self,
            names=frozenset(names),
            addresses=frozenset(filter(_is_address, addresses)),
            phones=frozenset(one for one in phones if len(digits(one)) > 4),
        )


def find_subject(book: Book, whom: str) -> Subject:
    """Return who an id, a reference or an address names, with all rows; raises UsageError."""
    ids, cards, addresses = _named(book, whom)
    if not (ids or cards or addresses):
        raise UsageError(
            "Nobody in the register is “{whom}”.",
            remedy="Give an id (H-…) or an e-mail address, as the register has it.",
            whom=whom,
        )
    people = Person.all(book)
    mine = [people[one] for one in ids]
    names = {(one.first, one.last) for one in mine}
    addresses |= {address for one in mine for address in one.every("email")}
    phones = {value for one in mine for key in ("phone", "phone2") for value in one.every(key)}
    start = Subject(
        ids, cards, frozenset(names), frozenset(filter(_is_address, addresses)), frozenset(phones)
    )
    start = _with_cards(book, start)
    known = start.learning([*_logged(book), *_former(book, ids)])
    return replace(known, shared=_shared(book, known))


def _named(book: Book, whom: str) -> tuple[tuple[str, ...], tuple[str, ...], set[str]]:
    """Return the ids in ``people``, the ids in ``inbox`` and the address that ``whom`` names."""
    humans, people = book.once(Humans), Person.all(book)
    row_id, mailbox = reference_id(whom) or whom.strip(), mailbox_key(whom)
    if row_id in people:
        found = [one for one in people if humans.are_one(one, row_id)]
        return tuple(sorted(found, key=humans.age)), (), set()
    if is_id(row_id, "S") and row_id in book.table("inbox"):
        return (), (row_id,), set()
    if not mailbox:
        return (), (), set()
    holders = [
        one for one, row in people.items() if mailbox in map(mailbox_key, row.every("email"))
    ]
    groups = {humans.oldest(one) for one in holders}
    if len(groups) > 1:
        raise UsageError(
            "Several people have this address: {people}.",
            remedy="Name one of them by id.",
            people=sorted(groups),
        )
    ids = [one for one in people if holders and humans.are_one(one, holders[0])]
    if not ids and not _has_address(book, mailbox):
        return (), (), set()
    return tuple(sorted(ids, key=humans.age)), (), {whom.strip()}


def _has_address(book: Book, mailbox: str) -> bool:
    found = re.compile(mail_address(mailbox), re.IGNORECASE)
    return any(
        found.search(cell)
        for table in book.tables.values()
        for cells in table.cells.values()
        for cell in cells
    )


def _with_cards(book: Book, subject: Subject) -> Subject:
    """Return the subject with the rows of ``inbox`` that are about them, and their contents."""
    keys = {name_keys(*name) for name in subject.names if all(name)}
    boxes = {mailbox_key(one) for one in subject.addresses if not is_role_mailbox(one)}
    bearers = [one for one in Person.all(book).values() if one.name_keys in keys]
    alone = {one.id for one in bearers} <= set(subject.ids)
    cards, names = list(subject.cards), set(subject.names)
    addresses, phones = set(subject.addresses), set(subject.phones)
    for row_id, row in book.table("inbox").rows():
        card = card_of(row_id, row, book)
        told = set(re.findall(r"\b[HO]-[0-9A-Z]{5}\b", row.get("result", "")))
        box = mailbox_key(row.get("email", ""))
        same_name = name_keys(card.first, card.last) in keys
        mine = row_id in subject.cards or bool(told & set(subject.ids)) or (box and box in boxes)
        if not mine and not (same_name and alone and (not box or box in boxes)):
            continue
        cards.append(row_id)
        if card.first and card.last:
            names.add((card.first, card.last))
        addresses |= {row.get("email", ""), card.get("email")}
        phones |= {card.get("phone"), card.get("phone2")}
    return Subject(
        subject.ids,
        tuple(dict.fromkeys(cards)),
        frozenset(names),
        frozenset(filter(_is_address, addresses)),
        frozenset(one for one in phones if len(digits(one)) > 4),
    )


def _logged(book: Book) -> Iterator[Earlier]:
    """Yield the earlier values of cells that ``log`` holds."""
    for entry in log_entries(book):
        for change in entry.changes:
            yield change.tab, change.row_id, change.column, change.before
            yield change.tab, change.row_id, change.column, change.after
        for column, value in entry.kept.items():
            yield entry.changes[0].tab, entry.changes[0].row_id, column, value


def _former(book: Book, ids: Iterable[str]) -> Iterator[Earlier]:
    for one in ids:
        yield "people", one, "former_name", book.table("people").cell(one, "former_name")


def _shared(book: Book, subject: Subject) -> frozenset[str]:
    """Return the names, mailboxes and phones that others share; role mailboxes always are."""
    shared = {mailbox_key(one) for one in subject.addresses if is_role_mailbox(one)}
    names = {name_keys(*name): name for name in subject.names}
    for one in Person.all(book).values():
        if one.id in subject.ids:
            continue
        if one.name_keys in names:
            shared.add(_name_word(names[one.name_keys]))
        shared |= {mailbox_key(address) for address in one.every("email")}
        shared |= {number for key in ("phone", "phone2") for number in one.every(key)}
    for office in Organisation.live(book):
        if office.phone and not phone.is_mobile(office.phone):
            shared |= {office.phone, office.phone2}
    shared.discard("")
    mine = {*map(mailbox_key, subject.addresses), *subject.phones, *map(_name_word, subject.names)}
    return frozenset(shared & mine)


def _may_be_name(word: str) -> bool:
    """Whether a word beside a part of a name may belong to another's name, and is no place."""
    return word[0].isupper() and word.casefold() not in _whereabouts()


def _is_first_name(word: str) -> bool:
    """Whether a word is a known first name, in any case form."""
    low = word.casefold()
    return any(low[:end] in first_names() for end in range(max(2, len(low) - 4), len(low) + 1))


@cache
def _whereabouts() -> frozenset[str]:
    """Return the Finnish forms for "in" and "from" each municipality."""
    inside = [one.in_fi.casefold() for one in municipalities()]
    return frozenset((*inside, *(f"{one[:-2]}t{one[-1]}" for one in inside)))


def _name_word(name: Name) -> str:
    return " ".join(sorted(map(person_key, name)))


def _is_address(text: str) -> bool:
    return bool(mailbox_key(text))

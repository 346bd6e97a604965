"""Recognise the organisations and people of the register in the cards of ``inbox``.

No number, mailbox or name is enough alone: numbers stand on wrong rows and on all branches of a
parish, and a person may have posts in several organisations.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book
from register.intake.card import Card
from register.match.folding import fold_name
from register.match.mailbox_owner import (
    is_named_for_another,
    is_written_out,
    may_be_turned,
    tells_first_name,
)
from register.match.one_name import are_elsewhere, named_as_one
from register.match.organisation_names import parse_name
from register.people.records import Person, live_rows
from register.values import association_no, business_id, email, organisation_name
from register.values.person_name import name_keys, person_key
from register.values.placeholder import is_placeholder


class KnownOrganisations:
    """The organisations of the register and those added in this run, by number and by name."""

    def __init__(self, book: Book) -> None:
        self.rows: dict[str, dict[str, str]] = {}
        self._numbers: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        for row_id, row in live_rows(book.table("organisations")):
            self.rows[row_id] = row
            self._index(row_id, row)

    def known(self, card: Card) -> str:
        """Return the id of the organisation that a card surely names, else ''.

        Sure are its number with its name, a reference with its id, or its name in the same
        municipality.
        """
        name = parse_name(card.org)
        for number in filter(None, valid_numbers(card.numbers)):
            for row_id in self._numbers.get(number, ()):
                row = self.rows[row_id]
                theirs = parse_name(row.get("name", ""), row.get("short", ""))
                towns = fold_header(card.org_home), fold_header(row.get("municipality", ""))
                if (
                    named_as_one(name, theirs)
                    and not are_elsewhere(name, theirs, *towns)
                    and not self._numbers_differ(card, row)
                ):
                    return row_id
        if row_id := reference_id(card.get("org")):
            return row_id if row_id in self.rows else ""
        same = [
            row_id
            for row_id in self._names.get(organisation_name.organisation_key(card.org), [])
            if self._fits(card, self.rows[row_id])
        ]
        return same[0] if len(same) == 1 else ""

    def enter(self, row_id: str, card: Card) -> None:
        """Index a new organisation, whose cells are in ``rows`` already."""
        self._index(row_id, self.rows[row_id])

    def name(self, row_id: str) -> str:
        """Return the organisation's name, '' for an unknown id."""
        return self.rows.get(row_id, {}).get("name", "")

    def _numbers_differ(self, card: Card, row: dict[str, str]) -> bool:
        theirs = valid_numbers((row.get("business_id", ""), row.get("assoc_no", "")))
        mine = valid_numbers(card.numbers)
        return any(a and b and a != b for a, b in zip(mine, theirs, strict=True))

    def _fits(self, card: Card, row: dict[str, str]) -> bool:
        """Whether a row may be a card's organisation: number, legal form and home do not differ."""
        forms = {parse_name(name).form for name in (card.org, row.get("name", ""))} - {""}
        if self._numbers_differ(card, row) or len(forms) > 1:
            return False
        there = row.get("municipality", "")
        return not card.org_home or not there or fold_header(there) == fold_header(card.org_home)

    def _index(self, row_id: str, row: dict[str, str]) -> None:
        for number in valid_numbers((row.get("business_id", ""), row.get("assoc_no", ""))):
            if number:
                self._numbers.setdefault(number, []).append(row_id)
        for name in {
            organisation_name.organisation_key(row.get(k, "")) for k in ("name", "short")
        } - {""}:
            self._names.setdefault(name, []).append(row_id)


def valid_numbers(cells: tuple[str, str]) -> tuple[str, str]:
    """Return a Y-tunnus and a register number, each '' if it is invalid and so no evidence."""
    return business_id.read(cells[0]).value, association_no.read(cells[1]).value


@dataclass(frozen=True, slots=True)
class _Known:
    """A person's row that a card may name, with what else identifies the person.

    ``fresh`` means that the row was added in this run.
    """

    row_id: str
    first: str
    phones: frozenset[str]
    party: str
    role: str
    fresh: bool


class KnownPeople:
    """The people of the register and those added in this run, by name and mailbox.

    A row is one human in one organisation; the same human in another one gets a row there.
    Namesakes of two parties are two people.
    """

    def __init__(self, book: Book) -> None:
        self._mailboxes: dict[tuple[frozenset[str], str, str], list[_Known]] = {}
        self._anywhere: dict[tuple[frozenset[str], str], dict[str, _Known]] = {}
        self._bare: dict[tuple[frozenset[str], str], list[_Known]] = {}
        self._firsts: set[str] = set()
        for row in Person.live(book):
            phones = frozenset(filter(None, (row.phone, row.phone2)))
            told = (fold_header(row.party), fold_header(row.role))
            one = _Known(row.id, person_key(row.first), phones, *told, fresh=False)
            self._enter(one, row.name_keys, row.email, row.org_id or fold_header(row.org))

    def known(self, card: Card, org_id: str) -> str:
        """Return the id of the person whom a card of an organisation names, else ''.

        A card with a mailbox matches a row with the same name and mailbox in the organisation. If
        there is none, it matches the only such row elsewhere, provided that the row or the card has
        no organisation and the mailbox is not called by another's first name. A card without a
        mailbox matches by name within the organisation, unless the parties differ; without an
        organisation by name and phone. Placeholders and
        initials match only within the organisation. Namesakes who may be two people
        (:func:`_may_be_two`) do not match: a person is asked.
        """
        names, address = name_keys(card.first, card.last), email.mailbox_key(card.get("email"))
        if not address:
            party = fold_header(card.get("party"))
            same = self._bare.get((names, org_id), ())
            mine = frozenset() if card.org else _phones(card)
            rows = [row for row in same if org_id or not mine.isdisjoint(row.phones)]
            return _first(
                row
                for row in rows
                if ("" in (party, row.party) or party == row.party) and not _may_be_two(card, row)
            )
        here = self._mailboxes.get((names, address, org_id), ())
        if here:
            return _first(row for row in here if not _may_be_two(card, row))
        if email.is_role_mailbox(address) or not _is_written_out(card.first, card.last):
            return ""
        name = fold_name(card.first), fold_name(card.last)
        if is_placeholder(*name) or is_named_for_another(address, *name, self._firsts):
            return ""
        anywhere = self._anywhere.get((names, address), {})
        if len(anywhere) != 1:
            return ""
        ((org, row),) = anywhere.items()
        return "" if (org and (org_id or card.org)) or _may_be_two(card, row) else row.row_id

    def enter(self, row_id: str, card: Card, org_id: str) -> None:
        """Index a new person."""
        told = (fold_header(card.get("party")), fold_header(card.get("role")))
        one = _Known(row_id, person_key(card.first), _phones(card), *told, fresh=True)
        self._enter(one, name_keys(card.first, card.last), card.get("email"), org_id)

    def _enter(self, one: _Known, names: frozenset[str], address: str, org_id: str) -> None:
        if not names:
            return
        self._firsts.add(fold_name(one.first))
        if mailbox := email.mailbox_key(address):
            self._mailboxes.setdefault((names, mailbox, org_id), []).append(one)
            self._anywhere.setdefault((names, mailbox), {}).setdefault(org_id, one)
        else:
            self._bare.setdefault((names, org_id), []).append(one)


def _first(rows: Iterable[_Known]) -> str:
    return next((row.row_id for row in rows), "")


def _is_written_out(first: str, last: str) -> bool:
    return is_written_out(fold_name(first), fold_name(last))


def _phones(card: Card) -> frozenset[str]:
    return frozenset(filter(None, (card.get("phone"), card.get("phone2"))))


def _may_be_two(card: Card, row: _Known) -> bool:
    """Whether a card and a row of the same name may be two people.

    They may if the phones differ and either the name is initials, which a couple may share, or both
    came in together and the mailbox does not contain the first name: the list keeps them apart. A
    differing phone of an older row is no evidence; it may have changed. They may also be two if the
    name is one person's the other way round, or is initials with two different posts.
    """
    mine, phones = person_key(card.first), _phones(card)
    if mine != row.first and may_be_turned(fold_name(card.first), fold_name(card.last)):
        return True
    posts = fold_header(card.get("role")), row.role
    if all(posts) and posts[0] != posts[1] and not _is_written_out(card.first, card.last):
        return True
    if not phones or not row.phones or not phones.isdisjoint(row.phones):
        return False
    if is_placeholder(card.first, card.last):
        return False
    if not (_is_written_out(card.first, card.last) and _is_written_out(row.first, card.last)):
        return True
    return row.fresh and not tells_first_name(card.get("email"), card.first, card.last)

"""Who is known: the register's organisations and people as the cards of ``inbox`` name them.

A number alone, a mailbox alone or a name alone joins nobody: a number stands on wrong rows and on
all branches of a parish, a person may have a post in each of several organisations.
"""

from __future__ import annotations

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book
from register.intake.card import Card
from register.match.one_name import named_as_one
from register.match.organisation_names import parse_name
from register.people.records import Person, live_rows
from register.values import association_no, business_id, email, organisation_name
from register.values.person_name import name_keys
from register.values.placeholder import is_placeholder


class KnownOrganisations:
    """The organisations by number and by name, new ones included."""

    def __init__(self, book: Book) -> None:
        self.rows: dict[str, dict[str, str]] = {}
        self._numbers: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        for row_id, row in live_rows(book.table("organisations")):
            self.rows[row_id] = row
            self._index(row_id, row)

    def known(self, card: Card) -> str:
        """Return the id of the organisation that a card names without a doubt, else ''.

        That is one with its number and its name, or with its name in the same municipality.
        """
        name = parse_name(card.org)
        for number in filter(None, valid_numbers(card.numbers)):
            for row_id in self._numbers.get(number, ()):
                row = self.rows[row_id]
                if named_as_one(name, parse_name(row.get("name", ""), row.get("short", ""))):
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
        """Know a new row, whose cells are in ``rows``, from now on."""
        self._index(row_id, self.rows[row_id])

    def name(self, row_id: str) -> str:
        """Return its name, '' for an unknown id."""
        return self.rows.get(row_id, {}).get("name", "")

    def type(self, row_id: str) -> str:
        """Return the key of its type, '' for an unknown id."""
        return self.rows.get(row_id, {}).get("type", "")

    def _fits(self, card: Card, row: dict[str, str]) -> bool:
        theirs = valid_numbers((row.get("business_id", ""), row.get("assoc_no", "")))
        for mine, other in zip(valid_numbers(card.numbers), theirs, strict=True):
            if mine and other and mine != other:
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
    """Return a Y-tunnus and a register number, '' for one that cannot be: it is no evidence."""
    return business_id.read(cells[0]).value, association_no.read(cells[1]).value


class KnownPeople:
    """The people by name and mailbox, new ones included; namesakes of two parties are two.

    A row is one human in one organisation: who is known in another one gets a row of their own.
    """

    def __init__(self, book: Book) -> None:
        self._mailboxes: dict[tuple[frozenset[str], str, str], str] = {}
        self._anywhere: dict[tuple[frozenset[str], str], dict[str, str]] = {}
        self._bare: dict[tuple[frozenset[str], str], list[tuple[str, str]]] = {}
        for row in Person.live(book):
            org_id = row.org_id or fold_header(row.org)
            self._enter(row.id, row.name_keys, row.email, org_id, row.party)

    def known(self, card: Card, org_id: str) -> str:
        """Return the id of the person that a card of an organisation names, else ''.

        With a mailbox it decides, within the organisation, or where the row or the card has none
        and there is no choice; without, the name within the organisation, unless the parties
        differ. What stands in a name's stead, and initials, are the same only within it.
        """
        names, address = name_keys(card.first, card.last), email.mailbox_key(card.get("email"))
        if address:
            if found := self._mailboxes.get((names, address, org_id)):
                return found
            written = all(len(name) > 1 for name in names) and len(names) > 1
            if email.is_role_mailbox(address) or not written:
                return ""
            if is_placeholder(card.first, card.last):
                return ""
            anywhere = self._anywhere.get((names, address), {})
            if len(anywhere) != 1:
                return ""
            ((row_id, org),) = anywhere.items()
            return "" if org and (org_id or card.org) else row_id
        party = fold_header(card.get("party"))
        rows = self._bare.get((names, org_id), ()) if org_id else ()
        return next(
            (row_id for row_id, other in rows if "" in (party, other) or party == other), ""
        )

    def enter(self, row_id: str, card: Card, org_id: str) -> None:
        """Know a new person from now on."""
        names = name_keys(card.first, card.last)
        self._enter(row_id, names, card.get("email"), org_id, card.get("party"))

    def _enter(
        self, row_id: str, names: frozenset[str], address: str, org_id: str, party: str
    ) -> None:
        if not names:
            return
        if mailbox := email.mailbox_key(address):
            self._mailboxes.setdefault((names, mailbox, org_id), row_id)
            self._anywhere.setdefault((names, mailbox), {})[row_id] = org_id
        else:
            self._bare.setdefault((names, org_id), []).append((row_id, fold_header(party)))

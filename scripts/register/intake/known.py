"""Who is known: the register's organisations and people as the cards of Saapuneet name them."""

from __future__ import annotations

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book
from register.intake.card import Card, name_keys
from register.values import email, organisation_name

NOT_KNOWN = ("merged", "archived")
"""The states of rows that nobody is recognised as."""

_ANYWHERE = "*"
"""In the place of an organisation: a person's own mailbox is theirs in every one."""


class KnownOrganisations:
    """The organisations by number and by name, new ones included."""

    def __init__(self, book: Book) -> None:
        self.rows: dict[str, dict[str, str]] = {}
        self._numbers: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        for row_id, row in book.table("organisations").rows():
            if row.get("status") not in NOT_KNOWN:
                self.rows[row_id] = row
                self._index(row_id, row)

    def known(self, card: Card) -> str:
        """Return the id of the organisation that a card names without a doubt, else ''."""
        for number in card.numbers:
            if number and number in self._numbers:
                return self._numbers[number]
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
        for mine, key in zip(card.numbers, ("business_id", "assoc_no"), strict=True):
            if mine and row.get(key) and mine != row[key]:
                return False
        there = row.get("municipality", "")
        return not card.org_home or not there or fold_header(there) == fold_header(card.org_home)

    def _index(self, row_id: str, row: dict[str, str]) -> None:
        for key in ("business_id", "assoc_no"):
            if row.get(key):
                self._numbers.setdefault(row[key], row_id)
        for name in {
            organisation_name.organisation_key(row.get(k, "")) for k in ("name", "short")
        } - {""}:
            self._names.setdefault(name, []).append(row_id)


class KnownPeople:
    """The people by name and mailbox, new ones included; namesakes of two parties are two."""

    def __init__(self, book: Book) -> None:
        self._mailboxes: dict[tuple[frozenset[str], str, str], str] = {}
        self._bare: dict[tuple[frozenset[str], str], list[tuple[str, str]]] = {}
        for row_id, row in book.table("people").rows():
            if row.get("status") not in NOT_KNOWN:
                names = name_keys(row.get("first", ""), row.get("last", ""))
                org_id = reference_id(row.get("org", ""))
                self._enter(row_id, names, row.get("email", ""), org_id, row.get("party", ""))

    def known(self, card: Card, org_id: str) -> str:
        """Return the id of the person that a card of an organisation names, else ''.

        With a mailbox it decides, their own one in every organisation; without, the name within
        the organisation, unless the parties differ.
        """
        names, address = name_keys(card.first, card.last), email.mailbox_key(card.get("email"))
        if address:
            own = "" if email.is_role_mailbox(address) or len(names) < 2 else _ANYWHERE
            return self._mailboxes.get((names, address, org_id), "") or (
                self._mailboxes.get((names, address, own), "") if own else ""
            )
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
            self._mailboxes.setdefault((names, mailbox, _ANYWHERE), row_id)
        else:
            self._bare.setdefault((names, org_id), []).append((row_id, fold_header(party)))

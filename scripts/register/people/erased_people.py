"""Erased people: recognised by keyed hashes in ``bans``, so that they are not taken in again.

The hashes are of a mailbox, a mobile phone, or a name in an organisation. A cell of ``hmac`` holds
several hashes with spaces between.
"""

from collections.abc import Iterable, Iterator, Mapping

from register.book.ids import reference_id
from register.book.table import Book
from register.values import phone
from register.values.email import is_role_mailbox, mailbox_key, one_mailbox_key
from register.values.organisation_name import organisation_key
from register.values.person_name import name_keys


class ErasedPeople:
    """The erased people of a register, by their hashes."""

    def __init__(self, book: Book) -> None:
        """Read the hashes in ``bans``, each with the id of its row."""
        self._hashes = book.hashes
        self._rows: dict[str, str] = {
            one: row_id
            for row_id, cell in book.table("bans").column("hmac")
            for one in cell.split()
        }

    @property
    def unreadable(self) -> bool:
        """Whether some hashes were made with a missing key, so that nobody can be compared."""
        known = self._hashes.marks if self._hashes else set()
        return any(one.partition(":")[0] not in known for one in self._rows)

    def row(self, traits: Iterable[str]) -> str:
        """Return the id of the row of ``bans`` that holds one of these traits, '' if none does."""
        if not self._rows or self._hashes is None:
            return ""
        for trait in traits:
            for one in self._hashes.all(trait):
                if one in self._rows:
                    return self._rows[one]
        return ""

    def knows_mailbox(self, address: str) -> bool:
        """Whether a mailbox is that of an erased person."""
        return bool(self._rows) and bool(self.row(_mailbox_traits(address)))


def _mailbox_traits(address: str) -> Iterator[str]:
    """Yield the traits of a mailbox: as it is written, and as its provider treats it."""
    for key in dict.fromkeys((mailbox_key(address), one_mailbox_key(address))):
        yield f"mailbox:{key}"


def person_traits(cells: Mapping[str, str]) -> Iterator[str]:
    """Yield the traits to hash of a person: mailbox, mobile phones, and name in an organisation.

    ``cells`` are ``first``, ``last``, ``org``, ``email``, ``phone`` and ``phone2``.
    """
    address = cells.get("email", "")
    if mailbox_key(address) and not is_role_mailbox(address):
        yield from _mailbox_traits(address)
    for key in ("phone", "phone2"):
        number = phone.read(cells.get(key, "")).value
        if phone.is_mobile(number):
            yield f"phone:{number}"
    names = name_keys(cells.get("first", ""), cells.get("last", ""))
    org = cells.get("org", "")
    org = org.rpartition("·")[0] if reference_id(org) else org
    if len(names) == 2 and organisation_key(org):
        yield f"name:{' '.join(sorted(names))}|{organisation_key(org)}"

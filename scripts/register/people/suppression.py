"""Who must not be written to: the tab ``bans``, asked when letters are planned and when they go.

A ban on everything stops every letter. A ban on invitations stops all but what somebody who has
said yes needs to know: a change, a cancellation, a receipt of the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable

from register.book.table import Book
from register.people.erased import Erased
from register.values.email import one_mailbox_key

_BY_WEIGHT = ("ban-key", "ban-erased", "ban-all", "ban-invitations")
TO_THE_COMING = frozenset(("change", "cancellation", "receipt"))
"""Kinds of letters that only go to people who have said yes to the meeting."""


class Bans:
    """The addresses that letters are stopped to, by what every spelling of a mailbox shares."""

    def __init__(self, book: Book) -> None:
        """Read ``bans``. A scope that cannot be read stops everything; the wider ban counts."""
        self._scopes: dict[str, str] = {}
        self._wished: set[str] = set()
        self._bounced: set[str] = set()
        self._erased = book.once(Erased)
        for _, row in book.table("bans").rows():
            key = one_mailbox_key(row.get("email", ""))
            if not key:
                continue
            scope = "invitations" if row.get("scope") == "invitations" else "all"
            if self._scopes.get(key) != "all":
                self._scopes[key] = scope
            (self._bounced if row.get("reason") == "bounced" else self._wished).add(key)

    def stops(self, address: str, kind: str) -> str:
        """Return why no letter of this kind may go to the address, '' where nothing stops it.

        The reasons are ``ban-all``, ``ban-invitations`` and ``ban-erased``; where the key that
        erased people are known by is lost, nobody can be told from them: ``ban-key``.
        """
        if self._erased.unreadable:
            return "ban-key"
        if self._erased.knows_mailbox(address):
            return "ban-erased"
        scope = self._scopes.get(one_mailbox_key(address))
        if scope == "all" or (scope == "invitations" and kind not in TO_THE_COMING):
            return f"ban-{scope}"
        return ""

    def bounced(self, address: str) -> bool:
        """Whether letters to the address came back."""
        return one_mailbox_key(address) in self._bounced

    def stops_human(self, address: str, others: Iterable[str], kind: str) -> str:
        """Return why no letter of this kind may go to a human, '' where nothing stops it.

        ``others`` are their further mailboxes: a ban of any of them is theirs, wherever they are
        written to; but one of an address that came back is that address's alone.
        """
        wished = (other for other in sorted(others) if one_mailbox_key(other) in self._wished)
        found = {self.stops(one, kind) for one in (address, *wished)}
        return next((why for why in _BY_WEIGHT if why in found), "")

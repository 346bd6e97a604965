"""Who must not be written to: the tab Kiellot, asked when letters are planned and when they go.

A ban on everything stops every letter. A ban on invitations stops all but what somebody who has
said yes needs to know: a change, a cancellation, a receipt of the meeting.
"""

from __future__ import annotations

from register.book.table import Book
from register.values.email import mailbox_key

TO_THE_COMING = frozenset(("change", "cancellation", "receipt"))
"""Kinds of letters that only go to people who have said yes to the meeting."""


class Bans:
    """The addresses that letters are stopped to, by the canonical form of the mailbox."""

    def __init__(self, book: Book) -> None:
        """Read Kiellot. A scope that cannot be read stops everything; the wider ban counts."""
        self._scopes: dict[str, str] = {}
        for _, row in book.table("bans").rows():
            key = mailbox_key(row.get("email", ""))
            if not key:
                continue
            scope = "invitations" if row.get("scope") == "invitations" else "all"
            if self._scopes.get(key) != "all":
                self._scopes[key] = scope

    def stops(self, address: str, kind: str) -> str:
        """Return why no letter of this kind may go to the address, '' where nothing stops it.

        The reasons are ``ban-all`` and ``ban-invitations``.
        """
        scope = self._scopes.get(mailbox_key(address))
        if scope == "all" or (scope == "invitations" and kind not in TO_THE_COMING):
            return f"ban-{scope}"
        return ""

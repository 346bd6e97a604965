"""Bans: who must not be written to, checked when letters are planned and when they are sent.

A ban on everything stops every letter. A ban on invitations also stops letters and reminders, but
not what a recipient who has said yes needs to know: a change, a cancellation, a receipt of the
meeting. Narrower bans stop only letters or only reminders, or everything except letters; one with a
``topic`` stops only mail about that topic. A lifted ban stops nothing.
"""

from collections.abc import Collection, Iterable

from register.book.headers import fold_header
from register.book.schema import schema
from register.book.table import Book
from register.people.erased_people import ErasedPeople
from register.values.areas import split_areas
from register.values.email import one_mailbox_key

TO_THE_COMING = frozenset(("change", "cancellation", "receipt"))
"""The kinds of letters that only go to people who have said yes to the meeting."""

_ONLY = {"letters": ("letter",), "reminders": ("reminder", "poll-reminder")}
_STOPPED = {
    "all": "ban-all",
    "invitations": "ban-invitations",
    "all_but_letters": "ban-invitations",
    "letters": "ban-letters",
    "reminders": "ban-reminders",
}
"""The reason code of each scope, the widest first."""

_BY_WEIGHT = ("ban-key", "ban-erased", *dict.fromkeys(_STOPPED.values()), "ban-topic")


class Bans:
    """The banned addresses, by a key that all spellings of a mailbox share."""

    def __init__(self, book: Book) -> None:
        """Read ``bans``; a row with an unreadable scope stops everything."""
        self._bans: dict[str, set[tuple[str, str]]] = {}
        self._wished: set[str] = set()
        self._bounced: set[str] = set()
        self._written: dict[str, str] = {}
        self._erased = book.once(ErasedPeople)
        known = schema().enum("ban_scope").labels
        self._rows: dict[str, str] = {}
        for row_id, row in book.table("bans").rows():
            key = one_mailbox_key(row.get("email", ""))
            scope = row.get("scope", "")
            if not key or scope == "lifted":
                continue
            self._rows[key] = row_id
            topics = (split_areas(row.get("topic", "")) if scope in known else []) or [""]
            self._written |= {fold_header(topic): topic for topic in topics}
            self._bans.setdefault(key, set()).update(
                (scope if scope in known else "all", fold_header(topic)) for topic in topics
            )
            (self._bounced if row.get("reason") == "bounced" else self._wished).add(key)

    def stops(self, address: str, kind: str, topics: Collection[str] = ()) -> str:
        """Return why no letter of this kind may go to an address, '' if nothing stops it.

        ``topics`` are those of the letter, folded by :func:`fold_header`. The reasons are
        ``ban-all``, ``ban-invitations``, ``ban-letters``, ``ban-reminders``, ``ban-topic`` (of one
        of the topics) and ``ban-erased``. If the key of the erased people's hashes is lost, nobody
        can be told from them, and every address is stopped: ``ban-key``.
        """
        if self._erased.unreadable:
            return "ban-key"
        if self._erased.knows_mailbox(address):
            return "ban-erased"
        found = {
            "ban-topic" if topic else _STOPPED[scope]
            for scope, topic in self._bans.get(one_mailbox_key(address), ())
            if (not topic or topic in topics) and _covers(scope, kind)
        }
        return next((why for why in _BY_WEIGHT if why in found), "")

    def topics(self, addresses: Iterable[str]) -> list[str]:
        """Return the topics of all bans on these addresses, as they are written there."""
        found = {
            topic for one in addresses for _, topic in self._bans.get(one_mailbox_key(one), ())
        }
        return [self._written[one] for one in sorted(found - {""})]

    def row(self, address: str) -> str:
        """Return the id of the latest row that bans the address, '' for none."""
        return self._rows.get(one_mailbox_key(address), "")

    def bounced(self, address: str) -> bool:
        """Whether letters to the address bounced."""
        return one_mailbox_key(address) in self._bounced

    def stops_human(
        self, address: str, others: Iterable[str], kind: str, topics: Collection[str] = ()
    ) -> str:
        """Return why no letter of this kind may go to a human at an address, or ''.

        ``others`` are their other mailboxes: a ban on any of them holds wherever they are written
        to, except one for a bounce, which concerns that address alone.
        """
        wished = (other for other in sorted(others) if one_mailbox_key(other) in self._wished)
        found = {self.stops(one, kind, topics) for one in (address, *wished)}
        return next((why for why in _BY_WEIGHT if why in found), "")


def _covers(scope: str, kind: str) -> bool:
    """Whether a ban of this scope stops this kind of letter."""
    if scope in _ONLY:
        return kind in _ONLY[scope]
    if scope == "all_but_letters" and kind == "letter":
        return False
    return scope == "all" or kind not in TO_THE_COMING

"""The letters that have gone, found by the tokens with which their readers answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from register.book.tokens import Tokens
from register.letters.campaign import REHEARSAL, is_poll
from register.ports.ledger import Ledger
from register.values.email import mailbox_key, one_mailbox_key

_GONE = ("sent", "unknown", "intent", "failed")
_MEETING = re.compile(r"(T-[0-9A-Z]{5})/")
_LOOKALIKES = str.maketrans("oil", "011")


@dataclass(frozen=True, slots=True)
class KnownLetter:
    """A letter that its reader can answer; ``meeting`` is '' for a letter about none."""

    person: str
    mailbox: str
    campaign: str
    meeting: str


class KnownLetters:
    """Finds the letter that a message answers; only letters in the ledger are found."""

    def __init__(self, ledger: Ledger | None, tokens: Tokens) -> None:
        """Read all campaigns of the ledger except rehearsals."""
        self._by_token: dict[str, KnownLetter] = {}
        self._addresses: set[str] = set()
        self._ledger = ledger
        for name in ledger.campaigns("") if ledger else ():
            if name.endswith(REHEARSAL):
                continue
            found = _MEETING.match(name)
            about = found[1] if found else ""
            for entry in ledger.letters(name) if ledger else ():
                if entry.state not in _GONE:
                    continue
                self._addresses.add(mailbox_key(entry.address))
                letter = KnownLetter(entry.person, entry.address, name, about)
                self._by_token[tokens.of(name, entry.person)] = letter
                if about and not is_poll(name):
                    self._by_token.setdefault(tokens.of(about, entry.person), letter)

    def find(self, given: Iterable[str]) -> tuple[KnownLetter | None, bool]:
        """Return the letter to which the tokens belong, and whether any token is wrong.

        The letter is None where no token is known, or where the tokens belong to different people
        or meetings; the latter counts as wrong.
        """
        found = [self._by_token.get(one.lower().translate(_LOOKALIKES)) for one in given]
        ours = [one for one in found if one]
        same = len({(one.person, one.meeting) for one in ours}) == 1
        return (ours[0] if same else None), len(ours) < len(found) or (bool(ours) and not same)

    def polls(self, address: str) -> list[KnownLetter]:
        """Return the poll letters to an address, one for each meeting."""
        found = [one for one in self._by_token.values() if is_poll(one.campaign)]
        mine = {one.meeting: one for one in found if same_mailbox(address, one.mailbox)}
        return list(mine.values())

    def wrote_to(self, address: str) -> bool:
        """Return True if any letter has gone to an address."""
        return bool(address) and mailbox_key(address) in self._addresses

    def announcement(self, meeting: str) -> int:
        """Return the SEQUENCE of the change that a meeting's readers were told last, or 0."""
        last = self._ledger.announcement(meeting) if self._ledger else None
        return last.sequence if last else 0


def same_mailbox(left: str, right: str) -> bool:
    """Return True if two addresses are one mailbox, by the rules of their mail service."""
    return bool(left) and one_mailbox_key(left) == one_mailbox_key(right)

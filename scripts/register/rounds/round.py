"""One round of letters as prepared: its recipients, and why others get none."""

from collections.abc import Sequence
from dataclasses import dataclass

from register.book.phrase import Phrase
from register.letters.campaign import Mailing
from register.letters.kinds import LETTER_KINDS, LetterKind
from register.letters.meeting import InvitableMeeting
from register.letters.people import Recipient
from register.people.mailings import LetterRow, ReleasedRow
from register.ports.ledger import Announcement


@dataclass(frozen=True, slots=True)
class Round:
    """One round as prepared: its recipients, and why others get no letter.

    ``about`` is the meeting and ``told`` the announcement that the letters make to its readers;
    both are None without a meeting. ``letter`` is the row with the text of a letter about no
    meeting. ``held`` are the reasons why others get no letter. ``blocked`` are the ids of rows of
    ``invitations`` that must not be written to any more.
    """

    mailing: Mailing
    readers: Sequence[Recipient]
    about: InvitableMeeting | None = None
    told: Announcement | None = None
    held: Sequence[str] = ()
    notes: Sequence[Phrase] = ()
    blocked: Sequence[str] = ()
    letter: LetterRow | None = None

    @property
    def row(self) -> ReleasedRow | None:
        """The row of the sheet from which the letters are made, or None."""
        return self.letter or (self.about.row if self.about else None)

    @property
    def kind(self) -> LetterKind:
        """The properties of this kind of letter."""
        return LETTER_KINDS[self.mailing.kind]

"""One round of letters as it is prepared: who gets which, and what is said of the others."""

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
    """One round as it is prepared: its letters' readers, and what is said of the others.

    ``about`` is the meeting that it is about, ``told`` what its readers will have been told of it;
    both are None where there is none; ``letter`` is the row that says what a letter about none
    says. ``held`` are the reasons why others get no letter,
    ``blocked`` the rows of invitations that are not to be written to any more.
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
        """The row of the sheet that its letters are made from, if any."""
        return self.letter or (self.about.row if self.about else None)

    @property
    def kind(self) -> LetterKind:
        """What sets its kind of letters apart."""
        return LETTER_KINDS[self.mailing.kind]

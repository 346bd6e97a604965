"""What the first letter to a person tells of the register: the information of GDPR art. 14.

It stands below the letter, in its reader's language (``notice.<language>.j2``), whatever the
letter's own template says. The ledger knows who has had it: :mod:`register.rounds.informed_people`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

from register.book.schema import schema
from register.book.table import Book
from register.letters.people import Recipient
from register.people.origin import ground, origin_to_show
from register.people.records import Person
from register.words.sentences import Sentences

NOTICE = "notice"
"""The kind of the letter that is nothing but this, and the name of the block's template."""

OMBUDSMAN = "https://tietosuoja.fi/"
"""Whom to complain to: the Data Protection Ombudsman's pages."""

_UNSAID = frozenset(("source", "basis", "consent_on", "consent_words", "same_human"))
"""Columns that are said in words of their own."""


@dataclass(frozen=True, slots=True)
class RegisterKeeping:
    """How the register is kept, as the configuration has it.

    ``contact`` and ``officer`` may be '', ``months`` are those of people unconfirmed, by group
    where that differs; ``google`` is whether it is a Google Sheet.
    """

    contact: str = ""
    officer: str = ""
    receivers: tuple[str, ...] = ()
    google: bool = False
    months: int = 24
    by_group: Mapping[str, int] = field(default_factory=dict)


def notice_fields(
    book: Book, keeping: RegisterKeeping, answers: str, to: Recipient
) -> SimpleNamespace:
    """Return what a notice shows of its readers' rows and of how the register is kept.

    ``answers`` is where answers go, the contact where no other is named.
    """
    people = [Person.all(book)[one] for one in to.people]
    sources = dict.fromkeys(filter(None, map(origin_to_show, people)))
    return SimpleNamespace(
        contact=keeping.contact or answers,
        officer=keeping.officer,
        receivers=keeping.receivers,
        google=keeping.google,
        months=max(keeping.by_group.get(one.group, keeping.months) for one in people),
        data=tuple(_columns(book, to)),
        source=", ".join(sources),
        basis=ground(people[0]),
        ombudsman=OMBUDSMAN,
    )


def _columns(book: Book, to: Recipient) -> Iterator[str]:
    """Yield what the columns are called in which something is written of the readers."""
    table = book.table("people")
    for column in schema().tab("people").columns:
        said = not column.tool and column.key not in _UNSAID
        if said and any(table.cell(one, column.key) for one in to.people):
            yield Sentences(to.language).header("people", column.key)

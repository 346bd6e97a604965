"""The register notice in the first letter to a person: the information of GDPR art. 14.

It stands below the letter, in its reader's language (``notice.<language>.j2``), whatever the
letter's own template shows. :mod:`register.rounds.informed_people` finds in the ledger who has had
it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

from register.book.schema import schema
from register.book.table import Book
from register.letters.people import Recipient
from register.people.origin import origin_to_show, shown_basis
from register.people.records import Person
from register.words.sentences import Sentences

NOTICE = "notice"
"""The kind of the letter that holds only the notice, and the name of the notice's template."""

OMBUDSMAN = "https://tietosuoja.fi/"
"""Where to complain: the web site of the Data Protection Ombudsman."""

_UNSAID = frozenset(("source", "basis", "consent_on", "consent_words", "same_human"))
"""Columns that the notice describes in separate sentences."""


@dataclass(frozen=True, slots=True)
class RegisterKeeping:
    """How the register is kept, from the configuration.

    ``contact`` and ``officer`` may be ''. ``months`` is how long unconfirmed people are kept,
    ``by_group`` the exceptions by person group. ``google`` is True if the register is a Google
    Sheet.
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
    """Return the fields of the notice: its readers' data, and how the register is kept.

    ``answers`` is the address that receives answers; it is the contact where none is configured.
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
        basis=shown_basis(people[0]),
        ombudsman=OMBUDSMAN,
    )


def _columns(book: Book, to: Recipient) -> Iterator[str]:
    """Yield the headers of the columns that are filled in for any of the readers."""
    table = book.table("people")
    for column in schema().tab("people").columns:
        said = not column.tool and column.key not in _UNSAID
        if said and any(table.cell(one, column.key) for one in to.people):
            yield Sentences(to.language).header("people", column.key)

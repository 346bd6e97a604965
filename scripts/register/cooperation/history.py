"""The timeline of an organisation, a person, a matter or a topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import is_id
from register.book.table import Book
from register.cooperation.events import CooperationEvent, cooperation_events, merged_ids
from register.people.records import Organisation, Person

_Sort = Literal["organisation", "person", "matter", "topic"]


@dataclass(frozen=True, slots=True)
class History:
    """A timeline: ``title`` is the subject's name, ``subject`` its id, or the word asked for."""

    sort: _Sort
    subject: str
    title: str
    events: tuple[CooperationEvent, ...]

    @property
    def open(self) -> tuple[CooperationEvent, ...]:
        """The open events, the most urgent first."""
        return tuple(
            sorted((e for e in self.events if e.is_open), key=lambda e: (e.due or "9999", e.date))
        )


def history_of(book: Book, asked: str) -> History:
    """Return the timeline of ``O-…``, ``H-…``, a topic's name, or a word of a matter.

    A person's timeline includes what they handed on or took over; an organisation's includes the
    rows that were merged into it.

    Raises UsageError if there is no such row, or no event about the word.
    """
    asked = " ".join(asked.split())
    told = cooperation_events(book)
    if is_id(asked.upper()):
        return _of_row(book, asked.upper(), told)
    word = fold_header(asked)
    topic = next(
        (e.topic for e in told if e.topic and fold_header(e.topic) == word),
        "",
    )
    if topic:
        found = tuple(e for e in told if fold_header(e.topic) == word)
        return History("topic", topic, topic, found)
    if word and (found := tuple(e for e in told if word in fold_header(e.matter))):
        return History("matter", asked, asked, found)
    raise UsageError(
        "Nothing is on record about “{asked}”.",
        remedy="Give an id (O-…, H-…), a topic of {tab:choices}, or a word of a matter in"
        " {tab:cooperation}.",
        asked=asked,
    )


def _of_row(book: Book, row_id: str, told: Sequence[CooperationEvent]) -> History:
    tab = "organisations" if row_id.startswith("O-") else "people"
    if row_id not in book.table(tab):
        raise UsageError(
            "There is no row {row} in the register.",
            remedy="Copy the id from {column:people.id}: O-… of an organisation, H-… of a person.",
            row=row_id,
        )
    now = (Person if tab == "people" else Organisation).current_id(book, row_id)
    title = book.row_name(tab, now)
    if tab == "organisations":
        return History("organisation", now, title, tuple(e for e in told if e.org == now))
    ids = merged_ids(book, now)
    found = tuple(e for e in told if ids & {e.person, *e.handed_from})
    return History("person", now, title, found)

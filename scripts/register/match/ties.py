"""The column ``same_human``: rows of one human in several organisations are tied, never merged."""

from collections.abc import Callable, Iterable, Iterator

from register.book.change import Change
from register.book.ids import reference_id
from register.book.table import Book
from register.match.certain_people import tied_people
from register.match.pair import Pair
from register.people.records import Person

TIE_REASON = "same-human"
"""The reason of a change that ties a row to another, or unties it."""


def ties(
    book: Book, told_apart: Callable[[Pair], bool], said: Iterable[tuple[str, str]] = ()
) -> Iterator[Change]:
    """Yield the changes that make ``same_human`` refer to the oldest live row of each human.

    Tied rows stay tied; ``said`` are pairs of rows that a person has said are one human; the rest
    come from :func:`tied_people`. Rows that a person has told apart are never joined, not even
    through a third row. A tie to a row that was merged, archived or deleted still holds between the
    others.
    """
    table = book.table("people")
    if not table.has("same_human"):
        return
    rows = Person.all(book)
    members: dict[str, set[str]] = {}
    of: dict[str, str] = {}
    for one, two in _edges(book, said):
        a, b = of.setdefault(one, one), of.setdefault(two, two)
        left, right = members.setdefault(a, {one}), members.setdefault(b, {two})
        if a == b or any(told_apart(_pair(x, y)) for x in left for y in right):
            continue
        left |= members.pop(b)
        of.update(dict.fromkeys(left, a))
    for row_id, row in rows.items():
        if row.status == "merged":
            continue
        group = members.get(of.get(row_id, ""), set())
        live = [one for one in group if one in rows and rows[one].is_live]
        first = min(live, key=lambda one: (rows[one].added_on, one), default="")
        wanted = book.reference("people", first) if first and first != row_id else ""
        cell = row.same_human
        if cell != wanted and (wanted or live or reference_id(cell) not in rows):
            yield Change("people", row_id, "same_human", cell, wanted, TIE_REASON)


def _edges(book: Book, said: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the tied pairs of rows, the pairs of ``said``, and those that are certainly one."""
    rows = Person.all(book)
    tied = ((one.id, other) for one in rows.values() if (other := reference_id(one.same_human)))
    for pair in (*tied, *said):
        one, two = (Person.current_id(book, row_id) or row_id for row_id in pair)
        yield one, two
    yield from ((pair.left, pair.right) for pair in tied_people(book))


def _pair(one: str, two: str) -> Pair:
    left, right = sorted((one, two))
    return Pair("people", left, right, "likely", ())

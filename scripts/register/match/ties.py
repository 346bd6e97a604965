"""``same_human`` kept true: rows of one human in several organisations, tied and never merged."""

from collections.abc import Callable, Iterable, Iterator

from register.book.change import Change
from register.book.ids import reference_id
from register.book.table import Book
from register.match.certain_people import tied_people
from register.match.pair import Pair
from register.people.records import Person

TIE_REASON = "same-human"
"""Why a row is tied to another, or no longer."""


def ties(
    book: Book, told_apart: Callable[[Pair], bool], said: Iterable[tuple[str, str]] = ()
) -> Iterator[Change]:
    """Yield what makes ``same_human`` refer to the oldest live row of each human.

    Who is tied stays so; ``said`` are rows that a person has said are one; the rest is
    :func:`tied_people`. Nobody whom a person has told apart is brought together, whoever stands
    between. A tie to a row that was merged, archived or deleted holds among the others.
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
    """Yield the rows that are tied, those that are said to be one, and those that surely are."""
    rows = Person.all(book)
    tied = ((one.id, other) for one in rows.values() if (other := reference_id(one.same_human)))
    for pair in (*tied, *said):
        one, two = (Person.current_id(book, row_id) or row_id for row_id in pair)
        yield one, two
    yield from ((pair.left, pair.right) for pair in tied_people(book))


def _pair(one: str, two: str) -> Pair:
    left, right = sorted((one, two))
    return Pair("people", left, right, "likely", ())

"""First and last names stand in their own columns (told by the list of first names)."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Person
from register.rules.rule import RuleContext, RuleInfo
from register.values.person_name import is_swapped

CODES = (
    RuleInfo(
        "name-swapped",
        "warning",
        "First and last name seem to be the other way round: {cell}. Is it {detail}?",
        why="Letters would greet by the last name, and duplicates are not seen.",
        remedy="Choose “{word:accept}” in {tab:review}.",
        example="Virtanen Matti → Matti Virtanen",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people whose first name stands where the last name should; the swap is proposed."""
    for one in Person.live(book):
        first, last = one.first, one.last
        if is_swapped(first, last):
            yield Finding(
                *("people", one.id, "first", "name-swapped", "warning", f"{first} {last}"),
                suggestion=last,
                others=(("last", first),),
                detail=f"{last} {first}",
            )

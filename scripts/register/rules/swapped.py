"""First and last names stand in their own columns (told by the list of first names)."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Person
from register.rules.rule import RuleContext
from register.values.person_name import is_swapped


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the people whose first and last name are in each other's column; proposes the swap."""
    for one in Person.live(book):
        first, last = one.first, one.last
        if is_swapped(first, last):
            yield Finding(
                *("people", one.id, "first", "name-swapped", f"{first} {last}"),
                suggestion=last,
                others=(("last", first),),
                detail=f"{last} {first}",
            )

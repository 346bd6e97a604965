"""Rows of ``people`` that are one human, with posts in several organisations.

``same_human`` refers to the oldest live row of that human; the oldest itself refers to none.
"""

from collections.abc import Iterable

from register.book.groups import DisjointSets
from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import Person
from register.values.email import mailbox_key


class Humans:
    """The humans of a book, each with all their rows."""

    def __init__(self, book: Book) -> None:
        """Read the ties in ``same_human``, and the merges: a merged row belongs to its survivor."""
        self._rows = Person.all(book)
        self._sets = DisjointSets[str]()
        for row_id, row in self._rows.items():
            for cell in (row.same_human, row.merged_into if row.status == "merged" else ""):
                other = reference_id(cell)
                if other in self._rows:
                    self._sets.unite(row_id, other)
        self._of: dict[str, list[str]] = {}
        for row_id in self._rows:
            self._of.setdefault(self._sets.find(row_id), []).append(row_id)

    def rows(self, row_id: str) -> tuple[str, ...]:
        """Return the ids of the live rows of a row's human, the oldest first; () if unknown."""
        mine = self._of.get(self._sets.find(row_id), ())
        return tuple(sorted((one for one in mine if self._rows[one].is_live), key=self.age))

    def oldest(self, row_id: str) -> str:
        """Return the id that stands for a human: the oldest live row, else the given one."""
        return next(iter(self.rows(row_id)), row_id)

    def are_one(self, one: str, two: str) -> bool:
        """Whether two rows belong to one human."""
        return self._sets.find(one) == self._sets.find(two)

    def mailboxes(self, row_id: str) -> frozenset[str]:
        """Return the mailboxes of a row's human from all their rows, merged ones and notes too."""
        return frozenset(
            key
            for one in self._of.get(self._sets.find(row_id), ())
            for address in self._rows[one].every("email")
            if (key := mailbox_key(address))
        )

    def several_rows(self) -> Iterable[tuple[str, ...]]:
        """Yield the ids of the live rows of each human with several, the oldest first."""
        for members in self._of.values():
            if len(members) > 1 and len(rows := self.rows(members[0])) > 1:
                yield rows

    def age(self, row_id: str) -> tuple[str, str]:
        """Return the sort key of a row by age: the day it was added, then the id.

        A row without a day was written by hand before the tool was used, so it is the oldest.
        """
        return self._rows[row_id].added_on, row_id

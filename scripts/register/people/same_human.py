"""Which rows of ``people`` are one human: one with posts in several organisations.

``same_human`` refers to the oldest live row of that human; the oldest itself refers to nobody.
"""

from collections.abc import Iterable

from register.book.groups import DisjointSets
from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import Person
from register.values.email import mailbox_key


class Humans:
    """The people of a book, each with all the rows that tell of them."""

    def __init__(self, book: Book) -> None:
        """Read the ties of ``same_human``, and the merges: a merged row is its survivor's."""
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
        """Return the live rows of a row's human, the oldest first; none for an unknown id."""
        mine = self._of.get(self._sets.find(row_id), ())
        return tuple(sorted((one for one in mine if self._rows[one].is_live), key=self.age))

    def oldest(self, row_id: str) -> str:
        """Return the row that a human is called by: the oldest live one, else the row itself."""
        return next(iter(self.rows(row_id)), row_id)

    def are_one(self, one: str, two: str) -> bool:
        """Whether two rows tell of one human."""
        return self._sets.find(one) == self._sets.find(two)

    def mailboxes(self, row_id: str) -> frozenset[str]:
        """Return the mailboxes of a row's human in all their rows, gone ones and notes included."""
        return frozenset(
            key
            for one in self._of.get(self._sets.find(row_id), ())
            for address in self._rows[one].every("email")
            if (key := mailbox_key(address))
        )

    def tied(self) -> Iterable[tuple[str, ...]]:
        """Yield the live rows of each human who has several, the oldest first."""
        for members in self._of.values():
            if len(members) > 1 and len(rows := self.rows(members[0])) > 1:
                yield rows

    def age(self, row_id: str) -> tuple[str, str]:
        """Return what rows are ordered by, the oldest first: when they were added, else their id.

        A row without a day was written by hand before the tool came.
        """
        return self._rows[row_id].added_on, row_id

"""What people have told apart: "eri" holds for two rows, and for the rows merged into them."""

from __future__ import annotations

from register.book.ids import fingerprint, reference_id
from register.book.table import Book
from register.match.pair import Pair
from register.review.review import silenced


class ToldApart:
    """Tells whether a person has said "eri" or "ohita" to a pair.

    Who is told apart from one row is so from the row that it was merged into: else the third of
    three would bring together what people keep apart. So is who came as a row of Saapuneet.
    """

    def __init__(self, book: Book) -> None:
        self._silenced = silenced(book)
        self._merged: dict[str, set[str]] = {}
        for tab in ("organisations", "people") if self._silenced else ():
            into = {
                row_id: reference_id(row.get("merged_into", ""))
                for row_id, row in book.table(tab).rows()
                if row.get("status") == "merged"
            }
            for row_id in into:
                seen, at = {row_id}, into[row_id]
                while at in into and at not in seen:
                    seen.add(at)
                    at = into[at]
                self._merged.setdefault(at, set()).update(seen)
        for source, row in book.table("inbox").rows() if self._silenced else ():
            for word in row.get("result", "").split(", "):
                self._merged.setdefault(reference_id(word.rpartition(" ")[2]), set()).add(source)

    def __call__(self, pair: Pair) -> bool:
        """Return whether these two, or what was merged into them, are told apart."""
        if not self._silenced:
            return False
        return any(
            fingerprint("duplicate", *sorted((left, right))) in self._silenced
            for left in {pair.left, *self._merged.get(pair.left, ())}
            for right in {pair.right, *self._merged.get(pair.right, ())}
        )

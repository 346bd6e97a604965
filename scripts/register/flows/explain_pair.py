"""``cleanup.py explain``: why two rows are, or are not, thought to be one."""

from __future__ import annotations

from collections.abc import Sequence

from register.book.ids import is_id
from register.book.schema import schema
from register.book.table import Book
from register.errors import UsageError
from register.fields.henkilotunnus import mask
from register.flows.cases import EVIDENCE
from register.match.pair import Pair
from register.match.pairs import organisation_pairs, people_pairs
from register.report.sentences import Sentences

_CELLS = {
    "name": ("first", "last", "name"),
    "title": ("name", "short"),
    "number": ("business_id", "assoc_no"),
    "contact": ("email", "url"),
    "site": ("email", "url"),
    "business_id": ("business_id",),
    "assoc_no": ("assoc_no",),
    "email": ("email",),
    "mailbox": ("email",),
    "phone": ("phone",),
    "affiliation": ("org", "municipality"),
    "org": ("org",),
    "place": ("municipality", "postcode"),
    "municipality": ("municipality",),
    "role": ("role",),
    "details": ("notes",),
}


def explain_pair(book: Book, words: Sequence[str], say: Sentences) -> list[tuple[str, ...]]:
    """Return the evidence table of two ids: what, weight, the cells of the one and the other.

    Raises UsageError if the ids are not of two rows of one tab that may hold duplicates.
    """
    found_tabs = (schema().tab_of_id(word) for word in words if is_id(word))
    tabs = {one.key for one in found_tabs if one}
    tab = next(iter(tabs), "")
    if len(set(words)) != 2 or len(tabs) != 1 or tab not in ("people", "organisations"):
        raise UsageError(
            "explain needs the ids of two people or of two organisations.",
            remedy="For example: cleanup.py explain H-0JCDN H-WR637 --book BOOK",
        )
    for word in words:
        if word not in book.table(tab):
            raise UsageError("There is no row {id}.", remedy="Check the id.", id=word)
    left, right = sorted(words)
    pairs = people_pairs(book) if tab == "people" else organisation_pairs(book)
    found = [pair for pair in pairs if (pair.left, pair.right) == (left, right)]
    return _lines(book, found[0], say) if found else []


def _lines(book: Book, pair: Pair, say: Sentences) -> list[tuple[str, ...]]:
    rows = [book.table(pair.tab).row(row_id) for row_id in (pair.left, pair.right)]
    weights = pair.weights or (None,) * len(pair.evidence)
    lines = []
    for code, weight in zip(pair.evidence, weights, strict=True):
        keys = _CELLS.get(code) or _CELLS.get(code.partition("_")[0], (code,))
        shown = [mask(" ".join(filter(None, (row.get(key, "") for key in keys)))) for row in rows]
        lines.append((say(EVIDENCE[code]), "" if weight is None else f"{weight:+.1f}", *shown))
    return lines

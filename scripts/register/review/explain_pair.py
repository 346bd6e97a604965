"""``cleanup.py explain``: why two rows are, or are not, thought to be duplicates."""

from collections.abc import Sequence

from register.book.errors import UsageError
from register.book.ids import is_id
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.match.evidence import compare_rows
from register.match.learning import UNTAUGHT, LearnedWeights
from register.match.name_comparison import has_other_word, names_differ
from register.match.organisation_names import parse_name
from register.match.pair import Pair
from register.match.pairs import organisation_pairs, people_pairs
from register.people.household import are_household
from register.people.records import Person
from register.review.pairs import PairsToldApart
from register.values import association_no, business_id
from register.words.sentences import Sentences

_WHY = {
    "apart_decided": "somebody has answered that they are two",
    "apart_business_id": "different Y-tunnus: never one",
    "apart_assoc_no": "different register numbers: never one",
    "household": "one household (one surname, one mailbox or phone): never a reason to merge",
    "apart_name": "names that differ in a place, a number or a word: never one",
}
"""Why two rows are never merged, whatever else they have in common (msgids)."""


def explain_pair(
    book: Book, words: Sequence[str], say: Sentences, learned: LearnedWeights = UNTAUGHT
) -> list[tuple[str, ...]]:
    """Return the evidence table of two ids: (what, weight, cell of the one, cell of the other).

    The weight is a signed text in bits, such as "+4.2", or ''.

    Raises UsageError if the ids are not of two different rows of ``people`` or of
    ``organisations``.
    """
    found_tabs = (schema().tab_of_id(word) for word in words if is_id(word))
    tabs = {one.key for one in found_tabs if one}
    tab = next(iter(tabs), "")
    if len(set(words)) != 2 or len(tabs) != 1 or tab not in ("people", "organisations"):
        raise UsageError(
            "The command explain needs the ids of two people or of two organisations.",
            remedy="For example: python3 scripts/cleanup.py explain H-0JCDN H-WR637 --book BOOK",
        )
    for word in words:
        if word not in book.table(tab):
            raise UsageError("There is no row {id}.", remedy="Check the id.", id=word)
    left, right = sorted(words)
    find, shifts = people_pairs if tab == "people" else organisation_pairs, learned.of(tab).shifts
    pairs = find(book, shifts=shifts)
    found = [pair for pair in pairs if (pair.left, pair.right) == (left, right)]
    pair = found[0] if found else Pair(tab, left, right, "likely", ())
    lines = [
        (one.said, "" if one.weight is None else f"{one.weight:+.1f}", one.left, one.right)
        for one in compare_rows(book, pair, say).evidence()
    ]
    return lines + _apart(book, pair, say)


def _apart(book: Book, pair: Pair, say: Sentences) -> list[tuple[str, ...]]:
    """Return the evidence lines that keep two rows apart, whatever else they have in common."""
    one, two = (book.table(pair.tab).row(row_id) for row_id in (pair.left, pair.right))
    codes: list[str] = []
    if PairsToldApart(book)(pair):
        codes.append("apart_decided")
    if pair.tab == "people" and are_household(
        [Person.at(book, pair.left), Person.at(book, pair.right)]
    ):
        codes.append("household")
    if pair.tab == "organisations":
        for key, read in (("business_id", business_id.read), ("assoc_no", association_no.read)):
            numbers = {read(row.get(key, "")).value for row in (one, two)} - {""}
            codes += [f"apart_{key}"] if len(numbers) > 1 else []
        mine, theirs = (parse_name(row.get("name", ""), row.get("short", "")) for row in (one, two))
        if names_differ(mine, theirs) or (not pair.evidence and has_other_word(mine, theirs, {})):
            codes.append("apart_name")
    keys = {
        "household": "last",
        "apart_business_id": "business_id",
        "apart_assoc_no": "assoc_no",
        "apart_name": "name",
    }
    return [
        (
            say(_WHY[code]),
            "",
            *(mask_identity_codes(row.get(keys.get(code, ""), "")) for row in (one, two)),
        )
        for code in codes
    ]

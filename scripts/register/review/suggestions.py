"""What words or a postal code only suggest: asked about at once for all, never written unasked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from register.book.change import Change
from register.book.table import Book
from register.people.records import live_rows
from register.review.batches import batches
from register.review.question import Changes, Question, accepting, question_cells
from register.rules.rule import is_blank
from register.values import municipality
from register.values.organisation_kinds import suggested_topics, suggested_type
from register.values.places import municipality as municipality_of_code
from register.values.places import postal_code
from register.words.sentences import Sentences

REASON = "suggested"
"""Why a cell gets what was suggested."""

FEWEST = 3
"""So many rows get a question; fewer are sooner filled in by hand."""

_NAMED = 5
_TAB = "organisations"


def suggestion_questions(book: Book, say: Sentences) -> Iterator[Question]:
    """Yield a question for each type that names suggest, one for all places, one for all topics.

    Topics are those of the register's own list.
    """
    types: dict[str, dict[str, str]] = {}
    towns: dict[str, str] = {}
    topics: dict[str, str] = {}
    listed = [cell for _, cell in book.table("choices").column("topics") if cell]
    for row_id, row in live_rows(book.table(_TAB)):
        if is_blank(row.get("type", "x")) and (kind := suggested_type(row.get("name", ""))):
            types.setdefault(kind, {})[row_id] = kind
        if is_blank(row.get("municipality", "x")) and (town := _town(row, book.language)):
            towns[row_id] = town
        if is_blank(row.get("topics", "x")) and (
            found := suggested_topics(row.get("name", ""), listed)
        ):
            topics[row_id] = ", ".join(found)
    for kind, values in types.items():
        yield from _asked(book, (REASON, "type", kind), "type", values, say)
    yield from _asked(book, (REASON, "municipality"), "municipality", towns, say)
    yield from _asked(book, (REASON, "topics"), "topics", topics, say)


def _town(row: Mapping[str, str], language: str) -> str:
    """Return the municipality that a row's postal code lies in, else that its name begins with."""
    known = postal_code(row.get("postcode", "").strip())
    if known is not None and known.kind == "normal" and not known.alternative:
        return municipality_of_code(known.municipality).name(language)
    words = row.get("name", "")[:100].split()
    return municipality.read(words[0], language).value if len(words) > 1 else ""


def _asked(
    book: Book, key: tuple[str, ...], column: str, values: Mapping[str, str], say: Sentences
) -> Iterator[Question]:
    for case_id, rows in batches(book, key, values):
        if len(rows) >= FEWEST or case_id in book.table("review"):
            yield _question(book, case_id, column, {one: values[one] for one in rows}, say)


def _question(
    book: Book, case_id: str, column: str, values: Mapping[str, str], say: Sentences
) -> Question:
    rows = list(values)
    who = [f"{book.reference(_TAB, one)}: {_said(say, column, values[one])}" for one in rows]
    cells = question_cells(
        *(book, say, (_TAB, rows[0]), "intake"),
        say(
            "{column} is empty in {count} rows, and their names or postal codes suggest what"
            " belongs there ({who}). The rows are named under A. Accept, and each gets what is"
            " suggested; where that is wrong, fill in the row first.",
            column=say.header(_TAB, column),
            count=len(rows),
            who=[*who[:_NAMED], *(["…"] if len(who) > _NAMED else [])],
        ),
        severity="info",
        left=" ".join(rows),
        suggestion=", ".join(
            f"{_said(say, column, value)} ({count})"
            for value, count in Counter(values.values()).most_common(_NAMED)
        ),
        link=say.header(_TAB, column),
    )
    return Question(case_id, (), cells, accepting(_changes(values, column)))


def _said(say: Sentences, column: str, value: str) -> str:
    return say.value(_TAB, column, value)


def _changes(values: Mapping[str, str], column: str) -> Changes:
    return tuple(
        Change(_TAB, row_id, column, "", value, REASON) for row_id, value in values.items()
    )

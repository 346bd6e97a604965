"""Findings that one question asks about together: shared posts, names and values nobody knows.

A list can bring dozens of these, and a person settles them at one sitting. The rows keep their
state and their notes; the decision covers what is named under A (``left``).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from register.book.change import Change
from register.book.choice_lists import choice_additions
from register.book.finding import Finding
from register.book.headers import fold_header
from register.book.ids import named_ids
from register.book.schema import Column, schema
from register.book.table import Book
from register.review.batches import MOST, batches
from register.review.question import (
    SILENT,
    Cell,
    Changes,
    Question,
    choices_for_proposal,
    question_cells,
)
from register.rules.readings import unlisted_values
from register.rules.sentences import finding_sentence
from register.words.display import display_text
from register.words.sentences import Sentences

_FEWEST = 3
"""The fewest findings that are asked about together; fewer are asked about one by one."""

_REASON = "unlisted"
"""The reason of a change that adds a value to a list of ``choices``."""

_POST, _CHOICE, _NOBODY = "same-post", "choice-unknown", "reference-nobody"
_TABS = ("organisations", "people", "networks")
_LONGEST = 40
"""The longest value that may be added to a dropdown (characters)."""

_MOST = 40
"""The most values or posts that one question names: its cell has no room for more."""

_NAMED = 5

_Kind = tuple[str, ...]
"""``(code, tab, column)``, and the name that the cells say if no row has it."""


def gather_findings(book: Book, found: Iterable[Finding]) -> dict[_Kind, list[Finding]]:
    """Return the findings that are asked about together, by their kind.

    A finding that a person has begun to decide in its own row is left out.
    """
    review = book.table("review")
    kinds: dict[_Kind, list[Finding]] = {}
    for finding in found:
        if _is_of_many(book, finding) and not (
            review.cell(case := finding.case_id, "decision") or review.cell(case, "value")
        ):
            name = (finding.cell,) if finding.code == _NOBODY else ()
            kind = (finding.code, finding.tab, finding.column, *name)
            kinds.setdefault(kind, []).append(finding)
    return {
        kind: of_it
        for kind, of_it in kinds.items()
        if len(of_it) >= _FEWEST or _is_asked(book, kind, of_it)
    }


def gathered_questions(
    book: Book, kinds: dict[_Kind, list[Finding]], say: Sentences
) -> Iterator[Question]:
    """Yield the question about each kind's findings, or several if one would name too many."""
    for kind, found in kinds.items():
        named = {one.case_id: _named(book, one) for one in found}
        for case_id, names in _batches(book, kind, named.values()):
            asked = set(names)
            about = [one for one in found if not asked.isdisjoint(named[one.case_id])]
            if kind[0] == _POST:
                names = list(dict.fromkeys(n for one in about for n in named[one.case_id]))
            if kind[0] == _NOBODY:
                yield _about_name(book, case_id, about, say)
            else:
                yield _question(book, case_id, about, names, say)


def _batches(
    book: Book, kind: _Kind, named: Iterable[Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each question's id with the names that identify its findings.

    Of a post that is only the first holder, so that all who hold one post are in one question.
    """
    every = (name for names in named for name in (names[:1] if kind[0] == _POST else names))
    separator = "; " if kind[0] == _CHOICE else None
    most = MOST if kind[0] == _NOBODY else _MOST
    return batches(book, ("gathered", *kind), dict.fromkeys(every), separator, most)


def _is_of_many(book: Book, finding: Finding) -> bool:
    if finding.code in (_POST, _NOBODY):
        return True
    is_unlisted = finding.code == _CHOICE and finding.tab in _TABS and not finding.proposed
    return is_unlisted and bool(_named(book, finding))


def _is_asked(book: Book, kind: _Kind, found: Sequence[Finding]) -> bool:
    """Whether a question in ``review`` covers any of these; then none is asked about alone."""
    first, rows = next(_batches(book, kind, (_named(book, one) for one in found)), ("", []))
    return not rows or first in book.table("review")


def _named(book: Book, finding: Finding) -> list[str]:
    """Return what a question names of a finding: the ids of its rows, or values.

    [] means that the finding is not asked about together with others.
    """
    if finding.code == _POST:
        return [finding.row_id, *named_ids(finding.detail)]
    if finding.code == _NOBODY:
        return [finding.row_id]
    column = _column(finding)
    if not column.block:
        return []
    values = unlisted_values(book, column, finding.cell)
    usable = all(len(one) <= _LONGEST and one[0].isalnum() and ";" not in one for one in values)
    return values if usable and choice_additions(book, column.block, values, _REASON) else []


def _column(finding: Finding) -> Column:
    return schema().tab(finding.tab).column(finding.column)


def _question(
    book: Book, case_id: str, found: Sequence[Finding], names: Sequence[str], say: Sentences
) -> Question:
    first = found[0]
    answer: tuple[Change, ...] = ()
    if first.code == _POST:
        message, suggestion = _about_posts(book, found, say), ""
        left = " ".join(names)
    else:
        message, suggestion = _about_values(book, found, names, say)
        block = _column(first).block
        wanted: dict[str, str] = {}
        for name in names:
            wanted.setdefault(fold_header(name), name)
        answer = choice_additions(book, block, [*wanted.values()], _REASON, f"case {case_id}")
        left = "; ".join(names)
    rows = list(dict.fromkeys((one.tab, one.row_id) for one in found))
    cells = question_cells(
        *(book, say, rows[0], "warning", message),
        severity="info",
        left=left,
        suggestion=suggestion,
        link=say.header(first.tab, first.column),
    )
    notes = _notes(book, found, say)
    return Question(case_id, tuple(rows), cells, choices_for_proposal(answer), notes=notes)


def _about_name(book: Book, case_id: str, found: Sequence[Finding], say: Sentences) -> Question:
    """Return the question about a name that many rows refer to: one value goes into all of them."""
    first = found[0]
    who = [book.row_name(one.tab, one.row_id) for one in found[:_NAMED]]
    message = say(
        "“{name}” stands in {count} rows under {column}, but nothing in {tab} is called so"
        " ({who}). All of them are named under A. Add it there; or write into"
        " {column:review.value} what is meant, and it goes into all of these rows.",
        name=display_text(first.cell, limit=_LONGEST),
        count=len(found),
        column=say.header(first.tab, first.column),
        tab=say.title(_column(first).to),
        who=[*who, *(["…"] if len(found) > _NAMED else [])],
    )
    cells = question_cells(
        *(book, say, (first.tab, first.row_id), "warning", message),
        left=" ".join(one.row_id for one in found),
        link=say.header(first.tab, first.column),
    )

    def written(values: Mapping[Cell, str]) -> Changes:
        value = values[first.place]
        return tuple(Change(*one.place, one.cell, value, first.code) for one in found)

    about = tuple((one.tab, one.row_id) for one in found)
    notes = _notes(book, found, say)
    return Question(case_id, about, cells, SILENT, (first.place,), written, notes=notes)


def _notes(
    book: Book, found: Iterable[Finding], say: Sentences
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the note of each finding's row."""
    return {
        (one.tab, one.row_id): (one.column, finding_sentence(say, one, book, named=False))
        for one in found
    }


def _about_posts(book: Book, found: Sequence[Finding], say: Sentences) -> str:
    who = [
        f"{book.row_name(one.tab, one.row_id)} + "
        + " + ".join(book.row_name(one.tab, row) for row in named_ids(one.detail))
        + f": {one.cell}"
        for one in found[:_NAMED]
    ]
    return say(
        "In {count} organisations more than one person holds a post that one holds at a time"
        " ({who}). All of them are named under A, and their rows have a note. Fill in"
        " {column:people.end} of those who have left; choose “{word:ignore}” when the rest is"
        " right.",
        count=len(found),
        who=[*who, *(["…"] if len(found) > _NAMED else [])],
    )


def _about_values(
    book: Book, found: Sequence[Finding], names: Sequence[str], say: Sentences
) -> tuple[str, str]:
    first = found[0]
    times = Counter(name for one in found for name in set(_named(book, one)) if name in set(names))
    common = [f"{name} ({count})" for name, count in times.most_common(_NAMED)]
    listed = [*common, *(["…"] if len(times) > _NAMED else [])]
    message = say(
        "{column} says in {count} rows what its list does not offer ({values}). Correct the"
        " misspelled ones in their rows; choose “{word:carry_out}”, and {tab:choices} offers the"
        " rest from now on.",
        column=say.header(first.tab, first.column),
        count=len(found),
        values=listed,
    )
    return message, f"{say.title('choices')}: {', '.join(names[:_NAMED])}" + (
        ", …" if len(names) > _NAMED else ""
    )

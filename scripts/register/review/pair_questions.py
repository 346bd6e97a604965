"""Candidate pairs as questions: those that the comparison finds, and those already decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b

from register.book.table import Book
from register.match.certain_people import are_across_organisations
from register.match.evidence import evidence_in_words
from register.match.merge import banned_mailboxes
from register.match.pair import Pair
from register.people.records import living_row
from register.review.merged_name import merged_name_sentence
from register.review.merging import are_one
from register.review.pairs import PAIR_KIND, pair_id, pair_of_question
from register.review.question import (
    BatchKey,
    Changes,
    Pairing,
    Question,
    ReviewCells,
    kept_cells,
    open_rows,
    question_cells,
)
from register.review.standing import STANDING
from register.review.words import YES, read_decision
from register.words.sentences import Sentences

CHOICES: Mapping[str, Changes] = {"same": (), "different": (), "ignore": ()}
"""The decisions about a candidate pair; "same" merges their whole group, or ties
rows of two organisations."""


_LIKELY = 0.95
"""Pairs at least this probable may be decided together; a person looks at each of the others."""


def pair_questions(book: Book, pairs: Iterable[Pair], say: Sentences) -> list[Question]:
    """Return a question for each candidate pair, with the cells that differ."""
    questions = []
    everywhere = (say.language, book.language, sorted(banned_mailboxes(book).items()))
    surroundings = blake2b(repr(everywhere).encode("utf-8", "replace")).hexdigest()
    typed = {
        key: [
            table.places[one.key]
            for one in table.tab.columns
            if table.has(one.key) and not one.tool
        ]
        for key, table in book.tables.items()
    }
    for pair in pairs:
        is_across, table = _is_across(book, pair), book.table(pair.tab)
        evidence = evidence_in_words(pair, say)
        is_upper = table.numbers[pair.left] < table.numbers[pair.right]
        put = partial(_cells, book, pair, say, is_across, evidence)
        sides = [
            [table.cells[row][place] for place in typed[pair.tab]]
            for row in (pair.left, pair.right)
        ]
        made_of = (surroundings, table.columns, is_across, evidence, is_upper, sides)
        cells = STANDING.cells(book, pair_id(pair), made_of, put)
        rows = ((pair.tab, pair.left), (pair.tab, pair.right))
        alike = _alike(pair, say, is_across) if pair.probability >= _LIKELY else None
        asked = _question(pair_id(pair), rows, cells, row_pairing(pair), is_across)
        questions.append(replace(asked, pair=pair, alike=alike))
    return questions


def _cells(
    book: Book, pair: Pair, say: Sentences, is_across: bool, evidence: tuple[str, str]
) -> ReviewCells:
    """Return the cells of the question about a candidate pair."""
    left, right = book.table(pair.tab).row(pair.left), book.table(pair.tab).row(pair.right)
    differs = [
        column.key
        for column in book.table(pair.tab).tab.columns
        if not column.tool
        and left.get(column.key, "") != right.get(column.key, "")
        and column.key not in ("source", "notes")
    ]
    asked = _asks(book, pair, say, is_across, evidence)
    return question_cells(
        *(book, say, (pair.tab, pair.left), PAIR_KIND, asked),
        left=differing_cells(pair.tab, left, differs, say),
        right=differing_cells(pair.tab, right, differs, say),
        suggestion=say.label("decision", "tie" if is_across else "same"),
    )


def _alike(pair: Pair, say: Sentences, is_across: bool) -> BatchKey:
    """Return the key a likely pair shares with others: their tab, and whether it merges or ties."""
    if is_across:
        return BatchKey(
            (PAIR_KIND, pair.tab, "tie"), say("{tab}: likely one human", tab=say.title(pair.tab))
        )
    return BatchKey((PAIR_KIND, pair.tab), say("{tab}: likely duplicates", tab=say.title(pair.tab)))


def _asks(
    book: Book, pair: Pair, say: Sentences, is_across: bool, evidence: tuple[str, str]
) -> str:
    """Return the question in words; for rows of two organisations, whether they are one human."""
    speaks_for, against = evidence
    values = {
        "left": book.reference(pair.tab, pair.left),
        "right": book.reference(pair.tab, pair.right),
        "evidence": speaks_for,
        "against": against,
    }
    if is_across:
        return say(
            "Are {left} and {right} one person who has a post in each organisation? They have"
            " {evidence}, but {against}. Both rows stay."
            if against
            else "Are {left} and {right} one person who has a post in each organisation? They have"
            " {evidence}. Both rows stay.",
            **values,
        )
    asked = say(
        "Are {left} and {right} the same? They have {evidence}, but {against}. Merged, they are one"
        " row that keeps what both say."
        if against
        else "Are {left} and {right} the same? They have {evidence}. Merged, they are one row that"
        " keeps what both say.",
        **values,
    )
    return " ".join(filter(None, (asked, merged_name_sentence(book, row_pairing(pair), say))))


def _is_across(book: Book, pair: Pair | Pairing) -> bool:
    """Whether two people's rows are of two organisations: they are tied, and both stay."""
    return pair.tab == "people" and are_across_organisations(book, pair.left, pair.right)


def row_pairing(pair: Pair) -> Pairing:
    """Return a candidate pair as a Pairing."""
    return Pairing(pair.tab, pair.left, pair.right)


def _question(
    case_id: str,
    rows: tuple[tuple[str, str], ...],
    cells: ReviewCells,
    pairing: Pairing,
    is_across: bool,
) -> Question:
    def done(book: Book, decision: str) -> bool:
        one, other = (living_row(book, pairing.tab, r) for r in (pairing.left, pairing.right))
        return decision != "same" or bool(one and other and are_one(book, pairing.tab, one, other))

    words = {"same": "tie"} if is_across else {}
    return Question(case_id, rows, cells, CHOICES, pairing=pairing, done=done, words=words)


def decided_pairs(book: Book, asked: Collection[str]) -> list[Question]:
    """Return the questions answered with "sama" that are not asked any more.

    Their rows have changed since, or another pair of their group is asked about. The decision still
    holds, and so does a name that was given for the merged row.
    """
    questions = []
    for case_id, row in open_rows(book, PAIR_KIND):
        said = read_decision(row.get("decision", ""))
        is_named = bool(row.get("value")) and (said == "value" or not row.get("decision"))
        if case_id in asked or not (is_named or said in ("same", "accept", YES)):
            continue
        pairing = pair_of_question(case_id, row)
        if pairing is None or pairing.left not in book.table(pairing.tab):
            continue
        rows = tuple((pairing.tab, row_id) for row_id in (pairing.left, pairing.right))
        is_across = _is_across(book, pairing)
        questions.append(_question(case_id, rows, kept_cells(row), pairing, is_across))
    return questions


def differing_cells(tab: str, row: Mapping[str, str], columns: list[str], say: Sentences) -> str:
    """Return cells as "Header: value; …" in one line, eight at most."""
    parts = [
        f"{say.header(tab, key)}: {say.value(tab, key, row.get(key, '')) or '–'}"
        for key in columns[:8]
    ]
    return "; ".join(parts)

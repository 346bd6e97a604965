"""What a list says otherwise than the row of somebody known: a question for each cell.

The rows of ``inbox`` keep what each list has said. What a list only repeats of a time when the
row held it is not asked about: somebody has corrected the row since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from register.book.change import Change
from register.book.headers import fold_header
from register.book.ids import fingerprint
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import Card, card_as_organisation, card_of
from register.people.records import NOT_LIVE
from register.review.question import Alike, Question, accepting, question_cells
from register.rules.readings import reader
from register.rules.references import living_row
from register.values.email import mailbox_key
from register.words.sentences import Sentences

LIST_KIND = "list"
"""The kind of these rows of ``review``."""

LIST_REASON = "list"

_COMPARED = {
    "organisations": (
        *("type", "municipality", "email", "phone", "phone2", "url", "address", "postcode"),
    ),
    "people": ("role", "body", "party", "email", "phone", "phone2", "language"),
}
_PHONES = ("phone", "phone2")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a row of ``inbox`` says of a cell; ``new``: it has brought the cell's row in."""

    card: str
    source: str
    value: str
    new: bool


def list_change_questions(book: Book, say: Sentences) -> list[Question]:
    """Return a question for each cell of a known row that the newest list says otherwise."""
    questions = []
    for (tab, row_id), cards in _told_of(book).items():
        row = book.table(tab).row(row_id)
        if row.get("status") in NOT_LIVE or row.get("end"):
            continue
        for column in _COMPARED[tab]:
            claim = _newest(book, tab, column, cards)
            if claim and row.get(column) and not _holds(book, tab, row, column, claim.value):
                question = _question(book, (tab, row_id, column), claim, say)
                if not _was_settled(book, question):
                    questions.append(question)
    return questions


def _told_of(book: Book) -> dict[tuple[str, str], list[tuple[Card, bool]]]:
    """Return by row the cards that are about it, oldest first, and whether one brought it in."""
    words = schema().enum("intake_result").labels
    new, known = (frozenset(words[key].values()) for key in ("new", "known"))
    found: dict[tuple[str, str], list[tuple[Card, bool]]] = {}
    inbox = sorted(book.table("inbox").rows(), key=lambda one: one[1].get("at", ""))
    for card_id, cells in inbox:
        card = None
        for word in cells.get("result", "").split(", "):
            label, _, named = word.rpartition(" ")
            tab = schema().tab_of_id(named) if label in new | known else None
            row_id = living_row(book, tab.key, named) if tab and tab.key in _COMPARED else ""
            if tab and row_id:
                card = card or card_of(card_id, cells, book)
                found.setdefault((tab.key, row_id), []).append((card, label in new))
    return {row: cards for row, cards in found.items() if len(cards) > 1 or not cards[0][1]}


def _newest(book: Book, tab: str, column: str, cards: list[tuple[Card, bool]]) -> _Claim | None:
    """Return what the newest list says; None where it repeats what the row has held.

    A list that says several things of one cell, such as the posts of one person, says nothing.
    """
    claims: list[_Claim] = []
    for card, new in cards:
        cells = card_as_organisation(card) if tab == "organisations" else card.row
        value = (card.get("type") if column == "type" else cells.get(column, "")) or ""
        if value:
            claims.append(_Claim(card.row_id, card.get("source"), value, new))
    if not claims:
        return None
    last = claims[-1]
    moment = {card.row_id: (card.get("source"), card.get("at")) for card, _ in cards}
    together = {c.value for c in claims if moment[c.card] == moment[last.card]}
    if len(together) > 1:
        return None
    for claim in reversed(claims):
        if not _is_same(book, tab, column, claim.value, last.value):
            break
        if claim.new:
            return None
    return last


def _holds(book: Book, tab: str, row: Row, column: str, value: str) -> bool:
    """Whether a row says so already: a phone may stand in either column, a post among others."""
    columns = _PHONES if column in _PHONES else (column,)
    cells = [row.get(key, "") for key in columns]
    if column == "role":
        cells += row.get(column, "").split(", ")
    return any(cell and _is_same(book, tab, column, cell, value) for cell in cells)


def _is_same(book: Book, tab: str, column: str, one: str, other: str) -> bool:
    if column == "email":
        return mailbox_key(one) == mailbox_key(other)
    return _form(book, tab, column, one) == _form(book, tab, column, other)


def _form(book: Book, tab: str, column: str, cell: str) -> str:
    """Return how a cell is compared: as its column's rule writes it, small letters."""
    read = reader(book, schema().tab(tab).column(column))
    return fold_header((read(cell, "").value if read else "") or cell)


def _question(book: Book, cell: tuple[str, str, str], claim: _Claim, say: Sentences) -> Question:
    tab, row_id, column = cell
    definition = schema().tab(tab).column(column)
    read = reader(book, definition)
    reading = read(claim.value, "") if read else None
    value = (reading.value if reading and not reading.problem else "") or claim.value
    before = book.table(tab).cell(row_id, column)
    header, new = say.header(tab, column), say.value(tab, column, value)
    source = claim.source or claim.card
    cells = question_cells(
        *(book, say, (tab, row_id), LIST_KIND),
        say(
            "{row}, {column}: “{new}” in the list {source}, “{old}” here. Accept writes what the "
            "list says; the old value stays in {tab:log}.",
            row=book.reference(tab, row_id),
            column=header,
            new=new,
            old=say.value(tab, column, before),
            source=source,
        ),
        left=f"{header}: {say.value(tab, column, before)}",
        right=f"{header}: {new}",
        suggestion=new,
    )
    usable = reading is None or (reading.value and not reading.problem)
    change = Change(*cell, before, value, LIST_REASON)
    return Question(
        fingerprint(LIST_KIND, row_id, column, fold_header(value)),
        ((tab, row_id),),
        cells,
        accepting((change,) if usable else ()),
        (cell,),
        alike=Alike((LIST_KIND, source), source) if usable else None,
    )


def _was_settled(book: Book, question: Question) -> bool:
    """Whether the list's word was accepted and the cell has been given another one since."""
    review = book.table("review")
    done = question.id in review and review.cell(question.id, "done")
    if not done or not review.cell(question.id, "decision").strip():
        return False
    return review.cell(question.id, "left") != question.shown["left"]

"""Differences between a list and a known row: a question for each cell.

The rows of ``inbox`` keep what each list has said. An older list's value that the row itself held,
and that somebody has corrected since, is not asked about when a list repeats it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from register.book.change import Change
from register.book.headers import fold_header
from register.book.ids import fingerprint
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import Card, card_as_organisation, card_of
from register.people.departure_notes import departure_note
from register.people.records import NOT_LIVE, living_row
from register.review.question import BatchKey, Question, choices_for_proposal, question_cells
from register.rules.readings import reader
from register.values.date import day
from register.values.email import mailbox_key
from register.values.post import post_key
from register.values.reading import Reading
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
_LAST = "9999"
"""The time assumed for rows that were typed into ``inbox`` without one: sorts last."""

_Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Claim:
    """The values that a row of ``inbox`` gives for a known row; ``new`` if it created that row."""

    card: Card
    cells: _Row
    new: bool

    @property
    def source(self) -> str:
        """The name of the list, or the id of the ``inbox`` row."""
        return self.card.get("source") or self.card.row_id

    @property
    def moment(self) -> tuple[str, str]:
        """The list and the time it came; rows of one import share both."""
        return self.card.get("source"), self.card.get("at")


def list_change_questions(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return a question for each cell of a known row that differs in the newest list.

    A note that the person has left, such as "lopetti 2024" in ``text``, raises the question whether
    the post has ended, and no other for that row.
    """
    questions = []
    for (tab, row_id), claims in _claims(book).items():
        row = book.table(tab).row(row_id)
        if row.get("status") in NOT_LIVE or row.get("end"):
            continue
        if tab == "people" and (left := _left(book, row_id, claims[-1], today, say)):
            questions.append(left)
            continue
        for column in _COMPARED[tab]:
            claim = _newest(book, tab, row, column, claims) if row.get(column) else None
            if claim:
                question = _question(book, (tab, row_id, column), claim, say)
                if not _was_settled(book, question):
                    questions.append(question)
    return questions


def _claims(book: Book) -> dict[tuple[str, str], list[_Claim]]:
    """Return the claims about each row, by (tab, row id), oldest first.

    Rows whose newest claim created them are left out: there is nothing to compare.
    """
    words = schema().enum("intake_result").labels
    new, known = (frozenset(words[key].values()) for key in ("new", "known"))
    found: dict[tuple[str, str], list[tuple[str, _Row, bool]]] = {}
    inbox = sorted(book.table("inbox").rows(), key=lambda one: one[1].get("at") or _LAST)
    for card_id, cells in inbox:
        for word in cells.get("result", "").split(", "):
            label, _, named = word.rpartition(" ")
            tab = schema().tab_of_id(named) if label in new | known else None
            row_id = living_row(book, tab.key, named) if tab and tab.key in _COMPARED else ""
            if tab and row_id:
                found.setdefault((tab.key, row_id), []).append((card_id, cells, label in new))
    return {
        row: [_claim(book, row[0], *one) for one in said]
        for row, said in found.items()
        if not said[-1][2]
    }


def _claim(book: Book, tab: str, card_id: str, row: _Row, new: bool) -> _Claim:
    card = card_of(card_id, dict(row), book)
    if tab == "people":
        return _Claim(card, card.row, new)
    cells = card_as_organisation(card) | {"type": card.get("type")}
    return _Claim(card, cells | ({"municipality": ""} if card.is_person else {}), new)


def _newest(
    book: Book, tab: str, row: _Row, column: str, claims: Sequence[_Claim]
) -> _Claim | None:
    """Return the first claim of the unbroken run of lists that say what the newest says.

    None if the row holds that value, or did when it was created. Also None if one list gives
    several values for the cell, such as the posts of one person.
    """
    said = [claim for claim in claims if claim.cells.get(column)]
    if not said or _holds(book, tab, row, column, said[-1].cells[column]):
        return None
    last = first = said[-1]
    if len({one.cells[column] for one in said if one.moment == last.moment}) > 1:
        return None
    for claim in reversed(said):
        if not _is_same(book, tab, column, claim.cells[column], last.cells[column]):
            break
        if claim.new:
            return None
        first = claim
    return first


def _holds(book: Book, tab: str, row: _Row, column: str, value: str) -> bool:
    """Whether a row holds a value already: a phone in either column, a post among several."""
    columns = _PHONES if column in _PHONES else (column,)
    cells = [row.get(key, "") for key in columns]
    if column == "role":
        cells += row.get(column, "").split(", ")
    return any(cell and _is_same(book, tab, column, cell, value) for cell in cells)


def _is_same(book: Book, tab: str, column: str, one: str, other: str) -> bool:
    if column == "email":
        read = [mailbox_key(_read(book, tab, column, cell) or cell) for cell in (one, other)]
        return read[0] == read[1]
    if column == "role":
        return post_key(one) == post_key(other)
    return _form(book, tab, column, one) == _form(book, tab, column, other)


def _form(book: Book, tab: str, column: str, cell: str) -> str:
    """Return the comparison form of a cell: canonical for its column, in small letters."""
    return fold_header(_read(book, tab, column, cell) or cell)


def _read(book: Book, tab: str, column: str, cell: str) -> str:
    """Return a text in a column's canonical form, else its rule's suggestion, else ''."""
    read = reader(book, schema().tab(tab).column(column))
    reading = read(cell, "") if read else Reading(cell)
    return reading.suggestion if reading.problem else reading.value


def _question(book: Book, cell: tuple[str, str, str], claim: _Claim, say: Sentences) -> Question:
    tab, row_id, column = cell
    usable = _read(book, tab, column, claim.cells[column])
    value = usable or claim.cells[column]
    before = book.table(tab).cell(row_id, column)
    header, new = say.header(tab, column), say.value(tab, column, value)
    cells = question_cells(
        *(book, say, (tab, row_id), LIST_KIND),
        say(
            "{row}, {column}: “{new}” in the list {source}, “{old}” here. Is the list right? "
            "If it is written, the old value stays in {tab:log}.",
            row=book.reference(tab, row_id),
            column=header,
            new=new,
            old=say.value(tab, column, before),
            source=claim.source,
        ),
        left=f"{header}: {say.value(tab, column, before)}",
        right=f"{header}: {new}",
        suggestion=new,
    )
    change = Change(*cell, before, value, LIST_REASON)
    return Question(
        fingerprint(LIST_KIND, row_id, column, fold_header(value)),
        ((tab, row_id),),
        cells,
        choices_for_proposal((change,) if usable else ()),
        (cell,),
        alike=BatchKey((LIST_KIND, claim.source), claim.source) if usable else None,
    )


def _left(book: Book, row_id: str, claim: _Claim, today: date, say: Sentences) -> Question | None:
    """Return the question raised if the newest list notes that a person has left, else None."""
    said = departure_note(claim.card.get("text"), today.isoformat())
    if claim.new or not said:
        return None
    told = day(said) or day(claim.card.get("at"))
    known = told or today.isoformat()
    end, source = say.value("people", "end", known), claim.source
    cells = question_cells(
        *(book, say, ("people", row_id), LIST_KIND),
        say(
            "{row}: the list {source} says “{said}”. Has the post ended? “{word:accept}” writes "
            "{end} into {column:people.end}.",
            row=book.reference("people", row_id),
            source=source,
            said=said,
            end=end,
        ),
        left=say.header("people", "end"),
        right=said,
        suggestion=end,
    )
    cell = ("people", row_id, "end")
    return Question(
        fingerprint(LIST_KIND, row_id, "end", said),
        (("people", row_id),),
        cells,
        choices_for_proposal((Change(*cell, "", known, LIST_REASON),)),
        (cell,),
        dated=() if told else (cell,),
        alike=BatchKey((LIST_KIND, source), source),
    )


def _was_settled(book: Book, question: Question) -> bool:
    """Whether the list's value was accepted earlier, and somebody has changed the cell since."""
    review = book.table("review")
    done = question.id in review and review.cell(question.id, "done")
    if not done or not review.cell(question.id, "decision").strip():
        return False
    return review.cell(question.id, "left") != question.shown["left"]

"""Values that rows of ``inbox`` offer for known rows; blank cells are one question a tab.

Where a tab has only a few offers, each is asked about by itself. So is a cell with several
different offers: a person says which of them is right.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from register.book.change import Change
from register.book.ids import fingerprint
from register.book.table import Book
from register.intake.completions import Completion
from register.review.batches import batches
from register.review.question import SILENT, Cell, Question, choices_for_proposal, question_cells
from register.words.sentences import Sentences

_FEWEST = 3
"""The fewest offers for a tab's cells that are asked about together."""

_REASON = "intake"
"""The reason of a change that fills in an offer of ``inbox``."""

_NAMED = 5
_BETWEEN = ", "


def completion_questions(
    book: Book, offers: Iterable[Completion], say: Sentences
) -> Iterator[Question]:
    """Yield the questions about blank cells of known rows that ``inbox`` could fill."""
    cells: dict[Cell, list[Completion]] = {}
    for offer in offers:
        cells.setdefault((offer.tab, offer.row_id, offer.column), []).append(offer)
    tabs: dict[str, list[Completion]] = {}
    for cell, known in cells.items():
        if cell[2] == "notes":
            yield _besides(book, known[0], say)
        elif len(known) > 1:
            yield _which(book, cell, known, say)
        elif _is_being_decided(book, known[0]):
            yield _one(book, known[0], say)
        else:
            tabs.setdefault(cell[0], []).append(known[0])
    for tab, every in tabs.items():
        yield from _of_tab(book, tab, every, say)


def _of_tab(
    book: Book, tab: str, every: Sequence[Completion], say: Sentences
) -> Iterator[Question]:
    """Yield the questions about a tab: one for many rows of ``inbox``, or one for each offer."""
    cards = list(dict.fromkeys(offer.source for offer in every))
    for case_id, named in batches(book, (_REASON, tab), cards, _BETWEEN):
        offers = [offer for offer in every if offer.source in named]
        if len(offers) >= _FEWEST or case_id in book.table("review"):
            yield _many(book, case_id, offers, say)
        else:
            yield from (_one(book, offer, say) for offer in offers)


def _id(offer: Completion) -> str:
    return fingerprint(_REASON, offer.row_id, offer.column, _said(offer))


def _said(offer: Completion) -> str:
    return offer.value.removeprefix(offer.before).strip()


def _is_being_decided(book: Book, offer: Completion) -> bool:
    """Whether a person has written something beside the separate question about this offer."""
    review, case_id = book.table("review"), _id(offer)
    return bool(review.cell(case_id, "decision") or review.cell(case_id, "value"))


def _one(book: Book, offer: Completion, say: Sentences) -> Question:
    place = (offer.tab, offer.row_id, offer.column)
    header, value = say.header(*place[::2]), say.value(*place[::2], offer.value)
    cells = question_cells(
        *(book, say, place[:2], "intake"),
        say(
            "{source} in {tab:inbox} knows {column} of {row}: “{value}”. Shall it be filled in?",
            source=offer.source,
            column=header,
            row=book.reference(*place[:2]),
            value=value,
        ),
        left=header,
        suggestion=value,
    )
    return Question(
        _id(offer), (place[:2],), cells, choices_for_proposal(_changes([offer])), (place,)
    )


def _besides(book: Book, offer: Completion, say: Sentences) -> Question:
    """Return the question whether a remark typed in ``inbox`` about a row goes into its notes."""
    place = (offer.tab, offer.row_id, offer.column)
    header, said = say.header(*place[::2]), _said(offer)
    message = say(
        "{source} in {tab:inbox} says of {row}: “{value}”. Shall it go into {column}?",
        source=offer.source,
        row=book.reference(*place[:2]),
        value=said,
        column=header,
    )
    cells = question_cells(*(book, say, place[:2], "intake", message), left=header, suggestion=said)
    return Question(
        _id(offer), (place[:2],), cells, choices_for_proposal(_changes([offer])), (place,)
    )


def _which(book: Book, place: Cell, known: Sequence[Completion], say: Sentences) -> Question:
    tab, row_id, column = place
    said = [f"{say.value(tab, column, one.value)} ({one.source})" for one in known[:_NAMED]]
    cells = question_cells(
        *(book, say, (tab, row_id), "intake"),
        say(
            "{tab:inbox} knows several things for {column} of {row}: {values}. Write the right"
            " one into {column:review.value}.",
            column=say.header(tab, column),
            row=book.reference(tab, row_id),
            values=[*said, *(["…"] if len(known) > _NAMED else [])],
        ),
        left=say.header(tab, column),
    )
    case_id = fingerprint(_REASON, row_id, column, *sorted(one.value for one in known))
    return Question(case_id, ((tab, row_id),), cells, SILENT, (place,))


def _many(book: Book, case_id: str, offers: Sequence[Completion], say: Sentences) -> Question:
    tab = offers[0].tab
    who = [
        f"{book.reference(tab, one.row_id)}, {say.header(tab, one.column)}:"
        f" {say.value(tab, one.column, one.value)}"
        for one in offers[:_NAMED]
    ]
    times = Counter(say.header(tab, one.column) for one in offers).most_common()
    cells = question_cells(
        *(book, say, (tab, offers[0].row_id), "intake"),
        say(
            "{tab:inbox} knows {count} cells that are empty here: {columns}. For instance {who}."
            " Its rows are named under A. Choose “{word:carry_out}”, and they are filled in; where"
            " that is wrong, fill in the cell first.",
            count=len(offers),
            columns=[f"{header} ({number})" for header, number in times],
            who=[*who, *(["…"] if len(offers) > _NAMED else [])],
        ),
        severity="info",
        left=_BETWEEN.join(dict.fromkeys(offer.source for offer in offers)),
        link=", ".join(header for header, _ in times[:_NAMED]),
    )
    header = (tab, offers[0].column)
    return Question(case_id, (), cells, choices_for_proposal(_changes(offers)), header=header)


def _changes(offers: Iterable[Completion]) -> tuple[Change, ...]:
    return tuple(
        Change(one.tab, one.row_id, one.column, one.before, one.value, _REASON) for one in offers
    )

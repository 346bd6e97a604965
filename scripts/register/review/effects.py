"""What each decision of a question would do, in words: the note of its decision cell."""

from collections import Counter
from collections.abc import Iterable, Iterator

from register.book.change import Change
from register.book.table import Book
from register.review.question import Cell, Changes, Question
from register.words.display import display_text
from register.words.sentences import Sentences

_NAMED = 3
"""The most written cells that are named; the others are only counted."""

_LONGEST_VALUE = 80

_EFFECTS = {
    "same": "the two become one row that keeps what both say",
    "tie": "both rows stay; they are one human's, who gets one letter",
    "different": "both rows stay, and nobody asks about them again",
    "settled": "it is in order: nothing is changed, and nobody asks again",
    "accept_all": "each of them gets what its own row proposes",
    "always": "each of them gets what its own row proposes, and what comes later too, without "
    "asking, until somebody empties the rule's cell in {column:choices.always}",
    "ignore": "nothing is changed, and nobody asks again unless the cell changes",
    "unsure": "the question stays and waits",
}
_OF_MANY = ("accept_all", "always")
"""The words that write too many cells to name each."""

_SENTENCES = {
    "written": "{column} becomes “{value}”",
    "elsewhere": "{column} of {row} becomes “{value}”",
    "emptied": "{column} is emptied",
    "added": "a row is added to {tab}",
    "more": "{count} more cells are written: {columns}",
    "today": "the day on which it is written",
    "kept": "what stood there stays in {tab:log}",
    "value": "{columns} becomes what you write into {column:review.value}",
    "named": "the two become one row whose name is what you write into {column:review.value}",
}


def decision_notes(book: Book, questions: Iterable[Question], say: Sentences) -> dict[Cell, str]:
    """Return the note of each open question's decision cell: a line for each word that it offers.

    Cells that get the day of the decision say so in words: a date would change the note every day.
    A question without a row in ``review`` is left out.
    """
    review = book.table("review")
    return {
        ("review", question.id, "decision"): "\n".join(effects(book, question, say))
        for question in questions
        if question.id in review and review.has("decision")
    }


def effects(book: Book, question: Question, say: Sentences) -> Iterator[str]:
    """Yield ``word → what it does`` for each decision word that a question offers."""
    meant = {question.word(choice): changes for choice, changes in question.choices.items()}
    for word in question.offered:
        if word == "value" and not book.table("review").has("value"):
            continue
        changes = meant.get(word, ())
        if word == "value":
            columns = [say.header(tab, column) for tab, _, column in question.fields]
            key = "value" if columns else "named"
            done = say(_SENTENCES[key], columns=say.enumeration(columns))
        elif word in _EFFECTS and (not changes or word in _OF_MANY):
            done = say(_EFFECTS[word])
        else:
            done = "; ".join(_written(book, question, changes, say))
        yield f"{say.label('decision', word)} → {done}"


def _written(book: Book, question: Question, changes: Changes, say: Sentences) -> Iterator[str]:
    """Yield what changes write, in words: the first cells by name, and the tabs that get rows."""
    cells = [change for change in changes if change.kind != "add"]
    added = Counter(change.tab for change in changes if change.kind == "add")
    named = [_cell(book, question, change, say) for change in cells[:_NAMED]]
    named += [say(_SENTENCES["added"], tab=say.title(tab)) for tab in added]
    if more := cells[_NAMED:]:
        columns = Counter(say.header(change.tab, change.column) for change in more)
        told = [f"{header} ({count})" for header, count in columns.most_common()]
        named.append(say(_SENTENCES["more"], count=len(more), columns=told))
    if named:
        yield say.enumeration(named)
    if any(change.before and not _is_tools(book, change) for change in cells):
        yield say(_SENTENCES["kept"])


def _is_tools(book: Book, change: Change) -> bool:
    """Whether a cell belongs to the tool, so that no person's text is lost when it changes."""
    tab = book.table(change.tab).tab
    return any(column.tool for column in tab.columns if column.key == change.column)


def _cell(book: Book, question: Question, change: Change, say: Sentences) -> str:
    value = display_text(say.value(change.tab, change.column, change.after), limit=_LONGEST_VALUE)
    if change.cell in question.dated:
        value = say(_SENTENCES["today"])
    about = (change.tab, change.row_id)
    key = "emptied" if not value else "elsewhere" if about not in question.rows[:1] else "written"
    return say(
        _SENTENCES[key],
        column=say.header(change.tab, change.column),
        row=book.reference(*about),
        value=value,
    )

"""People whose data is of unknown origin: one question about many of them.

No letter goes to them until the source is known (:mod:`register.people.writing`). One answer covers
all people that the question names; a person with another source gets it in their own row.
"""

from collections.abc import Iterator, Mapping

from register.book.change import Change
from register.book.table import Book
from register.people.origin import origin
from register.people.records import Person
from register.review.batches import batches
from register.review.question import SILENT, Cell, Changes, Question, question_cells
from register.words.sentences import Sentences

_REASON = "no-source"
"""The reason of a change that writes the source."""

_NAMED = 5


def source_questions(book: Book, say: Sentences) -> Iterator[Question]:
    """Yield the questions about people in use whose data is of unknown origin."""
    lacking = [one.id for one in Person.live(book) if not origin(one) and (one.first or one.last)]
    for case_id, rows in batches(book, (_REASON, "people"), lacking):
        yield _question(book, case_id, rows, say)


def _question(book: Book, case_id: str, rows: list[str], say: Sentences) -> Question:
    people, field = Person.all(book), ("people", rows[0], "source")

    def written(values: Mapping[Cell, str]) -> Changes:
        return tuple(
            Change(*("people", one, "source", people[one].source), values[field], _REASON)
            for one in rows
        )

    who = [book.reference("people", one) for one in rows[:_NAMED]]
    message = say(
        "Nobody has said where the details of {count} people are from ({who}). No letter goes to"
        " them until it is known, for the law wants them to be told. They are named under A. Write"
        " it into {value} if it is the same for all of them, such as “member list 2024”; else fill"
        " in {column:people.source} in their rows.",
        count=len(rows),
        who=[*who, *(["…"] if len(rows) > _NAMED else [])],
        value=say.header("review", "value" if book.table("review").has("value") else "suggestion"),
    )
    cells = question_cells(
        *(book, say, ("people", rows[0]), "intake", message),
        left=" ".join(rows),
        link=say.header("people", "source"),
    )
    about = tuple(("people", one) for one in rows)
    note = "source", say("No letter goes out until it is written here where the details are from.")
    return Question(case_id, about, cells, SILENT, (field,), written, note=note)

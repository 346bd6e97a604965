"""Refusals that came with a list or a form: each is asked about before it becomes a ban."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from register.book.table import Book
from register.flows.dispatch import Note
from register.flows.questions import ban, suggested
from register.people.refusals import Refusal, open_refusals
from register.report.sentences import Sentences
from register.review.question import Question, accepting, shown_cells

_NAMED = 5


def refusal_cases(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return a case for each refusal that nobody has answered; "hyväksy" makes a ban of it."""
    return [_case(book, one, today, say) for one in open_refusals(book).values()]


def refusals_told(
    book: Book, cases: Iterable[Question], known: Collection[str], say: Sentences
) -> Iterator[Note]:
    """Yield what is said of the refusals among ``cases`` that are asked about for the first time.

    ``known`` are the ids of the questions that Tarkista had before.
    """
    asked = {one.case: one for one in open_refusals(book).values()}
    new = [asked[case.id] for case in cases if case.id in asked and case.id not in known]
    if new:
        who = [one.person or one.source for one in new[:_NAMED]]
        titles = {key: say.title(key) for key in ("review", "bans")}
        yield (
            "{count} have refused letters by a list or a form: they get none, and {review} asks"
            " whether to put them into {bans} ({who}).",
            {"count": len(new), "who": [*who, *(["…"] if len(new) > _NAMED else [])], **titles},
        )


def _case(book: Book, one: Refusal, today: date, say: Sentences) -> Question:
    row = ("people", one.person) if one.person else ("inbox", one.source)
    came = book.table("inbox").row(one.source)
    consent = f"{say.header('inbox', 'consent')}: {say.value('inbox', 'consent', came['consent'])}"
    words = " ".join(came.get("text", "").split())
    cells = {
        "kind": "intake",
        "severity": "warning",
        "link": f"{say.title(row[0])}: {book.reference(*row)}",
        "message": say(
            "{source} in {inbox} says that {who} wants no letters ({words}). Shall {address} go"
            " into {bans}?",
            source=one.source,
            inbox=say.title("inbox"),
            who=book.reference(*row),
            words=consent,
            address=one.address,
            bans=say.title("bans"),
        ),
        "left": words or consent,
        "suggestion": suggested(say, "unsubscribe"),
    }
    answer = tuple(ban(book, one.address, "request", today, one.source))
    return Question(one.case, (row,), "warning", shown_cells(cells), accepting(answer))

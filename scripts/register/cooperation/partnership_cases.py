"""The yearly reviews of partnerships as questions, with the field's checklist."""

from datetime import date

from register.book.change import added_row
from register.book.ids import new_id
from register.book.table import Book
from register.cooperation.partnership import CHECKLIST, YearlyReview, stage_sentence, yearly_reviews
from register.cooperation.prose import Prose
from register.review.question import Question, choices_for_proposal, question_cells
from register.words.sentences import Sentences

_MOST = 30
"""The most reviews asked about at once; the others follow when these are answered."""


def partnership_cases(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return a question for each partnership that has not been reviewed this year.

    "hyväksy" enters the review into ``cooperation``, "ohita" skips it for this year.
    """
    review = book.table("review")
    due = list(yearly_reviews(book, today))
    asked = [one for one in due if one.id in review]
    fresh = [one for one in due if one.id not in review]
    waiting = sum(not review.cell(one.id, "decision") for one in asked)
    return [_case(book, one, today, say) for one in (*asked, *fresh[: max(0, _MOST - waiting)])]


def _case(book: Book, one: YearlyReview, today: date, say: Sentences) -> Question:
    stage = say.label("stage", one.stage)
    sentence = say(
        "The yearly look at {name}, in the stage “{stage}” {since}: is there a {checklist}? "
        "Correct the stage on its row if it has changed; “{word:carry_out}” enters the look in "
        "{tab}.",
        name=say.row(book, "organisations", one.org),
        stage=stage,
        since=stage_sentence(one.since, say),
        checklist=[say(item) for item in CHECKLIST.values()],
        tab=say.title("cooperation"),
    )
    cells = question_cells(
        *(book, say, ("organisations", one.org), "partnership", sentence),
        severity="info",
        left=f"{say.header('organisations', 'stage')}: {stage}",
        right="; ".join(_known(book, one, say)),
        suggestion=say.label("decision", "carry_out"),
    )
    answer = tuple(added_row("cooperation", _row(book, one, today, say), "partnership"))
    return Question(one.id, (("organisations", one.org),), cells, choices_for_proposal(answer))


def _known(book: Book, one: YearlyReview, say: Sentences) -> list[str]:
    """Return what the register knows for each item of the checklist, in words."""
    trusting = ", ".join(say.row(book, "people", person) for person in one.trusting)
    met = say("{count} within a year", count=one.met)
    if one.last:
        met = say("{met}, the last on {day}", met=met, day=Prose(book, say).day(one.last))
    facts = {
        "goal": one.topics or "–",
        "trust": trusting or "–",
        "reciprocity": say("{count} offers and needs", count=one.exchanged),
        "concreteness": say("{count} agreed within a year", count=one.agreed),
        "meetings": met,
    }
    return [f"{say(CHECKLIST[key])}: {fact}" for key, fact in facts.items()]


def _row(book: Book, one: YearlyReview, today: date, say: Sentences) -> dict[str, str]:
    stage = say.label("stage", one.stage)
    return {
        "id": new_id("Y", (one.id,), book.taken()),
        "date": today.isoformat(),
        "org": book.reference("organisations", one.org),
        "kind": "cooperation",
        "matter": say("yearly look at the partnership {year}", year=str(today.year)),
        "agreed": "; ".join([stage, *_known(book, one, say)]),
        "owner": book.table("review").cell(one.id, "by") or one.owner,
        "state": "done",
        "source": one.id,
    }

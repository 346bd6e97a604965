"""Matches of offers and needs as questions of ``review``; no pair is asked about twice."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import SimpleNamespace

from register.book.change import added_row
from register.book.ids import new_id
from register.book.table import Book
from register.cooperation.exchange import EXCHANGE_REASONS, ExchangeMatch, exchange_matches
from register.people.names import has_link_or_hidden_chars
from register.people.records import Organisation, Person
from register.review.life_cycle import silenced_questions
from register.review.question import Question, choices_for_proposal, question_cells
from register.words.sentences import Sentences

_LINES = 2
"""The most matches that a letter shows."""

_MOST = 50
"""The most matches asked about at once; the others follow when these are answered."""


def undecided_matches(book: Book, today: date, us: str) -> list[ExchangeMatch]:
    """Return the matches that nobody has ignored in ``review``, the best first."""
    quiet = silenced_questions(book)
    return [match for match in exchange_matches(book, today, us) if match.id not in quiet]


def exchange_cases(book: Book, today: date, us: str, say: Sentences) -> list[Question]:
    """Return a question for each of the best matches, and for those that were asked about before.

    "hyväksy" adds a row of ``cooperation`` whose next step is to bring the two together.
    """
    review = book.table("review")
    fresh = [match for match in exchange_matches(book, today, us) if match.id not in review]
    asked = [match for match in exchange_matches(book, today, us) if match.id in review]
    quiet = silenced_questions(book)
    room = max(0, _MOST - sum(match.id not in quiet for match in asked))
    return [_case(book, match, say) for match in (*asked, *fresh[:room])]


def exchange_sentence(book: Book, match: ExchangeMatch, say: Sentences) -> str:
    """Return a match in one sentence, with its reasons."""
    values: dict[str, object] = {
        "giver": _who(book, match.offer.org, say),
        "offer": match.offer.matter,
        "taker": _who(book, match.need.org, say),
        "need": match.need.matter,
        "reasons": [say(EXCHANGE_REASONS[reason]) for reason in match.reasons],
    }
    if match.ours == "need":
        return say("{giver} could help us with “{need}”: {offer} ({reasons}).", **values)
    if match.ours == "offer":
        return say("We could help {taker} with “{need}”: {offer} ({reasons}).", **values)
    return say("{giver} could help {taker} with “{need}”: {offer} ({reasons}).", **values)


def _case(book: Book, match: ExchangeMatch, say: Sentences) -> Question:
    need = match.need.row_id
    cells = question_cells(
        *(book, say, ("cooperation", need), "matter", exchange_sentence(book, match, say)),
        severity="info",
        left=f"{say.label('cooperation_kind', 'offer')}: {match.offer.matter}",
        right=f"{say.label('cooperation_kind', 'need')}: {match.need.matter}",
        suggestion=_step(book, match, say),
    )
    answer = tuple(added_row("cooperation", _row(book, match, say), "match"))
    return Question(match.id, (("cooperation", need),), cells, choices_for_proposal(answer))


def _row(book: Book, match: ExchangeMatch, say: Sentences) -> dict[str, str]:
    other = match.offer if match.ours == "need" else match.need
    review = book.table("review")
    return {
        "id": new_id("Y", (match.source,), book.taken()),
        "date": max(match.offer.date, match.need.date),
        "org": book.reference("organisations", other.org) if other.org else "",
        "person": book.reference("people", other.person) if other.person else "",
        "kind": "contact",
        "matter": match.need.matter,
        "topic": match.need.topic,
        "next": _step(book, match, say),
        "due": match.need.due,
        "owner": review.cell(match.id, "by") or match.need.owner or match.offer.owner,
        "state": "open",
        "source": match.source,
    }


def _step(book: Book, match: ExchangeMatch, say: Sentences) -> str:
    giver, taker = (_who(book, e.org, say) for e in (match.offer, match.need))
    if match.ours == "need":
        return say("Ask {giver}: {offer}", giver=giver, offer=match.offer.matter)
    if match.ours == "offer":
        return say("Offer it to {taker}: {offer}", taker=taker, offer=match.offer.matter)
    return say("Bring together {giver} and {taker}", giver=giver, taker=taker)


def _who(book: Book, org: str, say: Sentences) -> str:
    return say.row(book, "organisations", org) if org else say("we")


def exchange_in_letters(book: Book, today: date, us: str) -> Callable[[str], Mapping[str, object]]:
    """Return a function from person id to the matches that a letter to them may show.

    Its result has the key ``exchange``: at most two items with ``side`` (``offer`` or ``need``:
    what the recipient's organisation has), ``ours`` (its matter) and ``theirs`` (the other side's).
    The other side is not named. A matter that contains a link or an address is left out.
    """

    @cache
    def by_org() -> Mapping[str, list[SimpleNamespace]]:
        found: dict[str, list[SimpleNamespace]] = {}
        for match in undecided_matches(book, today, us):
            for side, mine, other in (
                ("offer", match.offer, match.need),
                ("need", match.need, match.offer),
            ):
                lines = found.setdefault(mine.org, [])
                fit = not any(map(has_link_or_hidden_chars, (mine.matter, other.matter)))
                if mine.org and fit and len(lines) < _LINES:
                    lines.append(SimpleNamespace(side=side, ours=mine.matter, theirs=other.matter))
        return found

    def of(person: str) -> Mapping[str, object]:
        org = Organisation.current_id(book, Person.at(book, person).org)
        return {"exchange": by_org().get(org, []) if org else []}

    return of

"""Offers and needs that meet: each pair is a case of Tarkista, and is never asked about twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import SimpleNamespace

from register.book.ids import new_id
from register.book.plan import Change
from register.book.table import Book
from register.cooperation.events import current
from register.cooperation.exchange import REASONS, Match, matches
from register.letters.untrusted import unfit_for_a_name
from register.report.sentences import Sentences
from register.review.life_cycle import silenced
from register.review.question import Question, accepting, shown_cells

LINES = 2
"""So many pairs a letter tells of."""

MOST = 50
"""So many pairs are asked about at once; the others come when these are answered."""


def open_matches(book: Book, today: date, us: str) -> list[Match]:
    """Return the pairs that nobody has passed over in Tarkista, the best first."""
    quiet = silenced(book)
    return [match for match in matches(book, today, us) if match.id not in quiet]


def exchange_cases(book: Book, today: date, us: str, say: Sentences) -> list[Question]:
    """Return a case for each of the best pairs, and for those that were asked about before.

    "hyväksy" makes a row of Yhteistyö whose next step is to bring the two together.
    """
    review = book.table("review")
    fresh = [match for match in matches(book, today, us) if match.id not in review]
    asked = [match for match in matches(book, today, us) if match.id in review]
    quiet = silenced(book)
    room = max(0, MOST - sum(match.id not in quiet for match in asked))
    return [_case(book, match, say) for match in (*asked, *fresh[:room])]


def sentence(book: Book, match: Match, say: Sentences) -> str:
    """Return a pair in one sentence, with its reasons."""
    values: dict[str, object] = {
        "giver": _who(book, match.offer.org, say),
        "offer": match.offer.matter,
        "taker": _who(book, match.need.org, say),
        "need": match.need.matter,
        "reasons": [say(REASONS[reason]) for reason in match.reasons],
    }
    if match.ours == "need":
        return say("{giver} could help us with “{need}”: {offer} ({reasons}).", **values)
    if match.ours == "offer":
        return say("We could help {taker} with “{need}”: {offer} ({reasons}).", **values)
    return say("{giver} could help {taker} with “{need}”: {offer} ({reasons}).", **values)


def _case(book: Book, match: Match, say: Sentences) -> Question:
    need = match.need.row_id
    cells = {
        "kind": "matter",
        "severity": "info",
        "link": f"{say.title('cooperation')}: {book.reference('cooperation', need)}",
        "message": sentence(book, match, say),
        "left": f"{say.label('cooperation_kind', 'offer')}: {match.offer.matter}",
        "right": f"{say.label('cooperation_kind', 'need')}: {match.need.matter}",
        "suggestion": _step(book, match, say),
    }
    answer = tuple(
        Change("cooperation", row_id, column, "", value, "match", kind="add")
        for row_id in [new_id("Y", (match.source,), book.taken())]
        for column, value in _row(book, match, row_id, say).items()
        if value
    )
    return Question(
        match.id, (("cooperation", need),), "info", shown_cells(cells), accepting(answer)
    )


def _row(book: Book, match: Match, row_id: str, say: Sentences) -> dict[str, str]:
    other = match.offer if match.ours == "need" else match.need
    review = book.table("review")
    return {
        "id": row_id,
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


def _step(book: Book, match: Match, say: Sentences) -> str:
    giver, taker = (_who(book, e.org, say) for e in (match.offer, match.need))
    if match.ours == "need":
        return say("Ask {giver}: {offer}", giver=giver, offer=match.offer.matter)
    if match.ours == "offer":
        return say("Offer it to {taker}: {offer}", taker=taker, offer=match.offer.matter)
    return say("Bring together {giver} and {taker}", giver=giver, taker=taker)


def _who(book: Book, org: str, say: Sentences) -> str:
    return say.row(book, "organisations", org) if org else say("we")


def told_in_letters(book: Book, today: date, us: str) -> Callable[[str], Mapping[str, object]]:
    """Return what a letter may tell a reader of the pairs that their organisation is a side of.

    By person id: ``exchange``, at most LINES of ``side`` (``offer`` or ``need``: what the reader's
    organisation has), ``ours`` and ``theirs``, the two matters. Whose the other side is stays
    between us and them; what holds a link or an address is not told.
    """

    @cache
    def by_org() -> Mapping[str, list[SimpleNamespace]]:
        found: dict[str, list[SimpleNamespace]] = {}
        for match in open_matches(book, today, us):
            for side, mine, other in (
                ("offer", match.offer, match.need),
                ("need", match.need, match.offer),
            ):
                lines = found.setdefault(mine.org, [])
                fit = not any(map(unfit_for_a_name, (mine.matter, other.matter)))
                if mine.org and fit and len(lines) < LINES:
                    lines.append(SimpleNamespace(side=side, ours=mine.matter, theirs=other.matter))
        return found

    def of(person: str) -> Mapping[str, object]:
        org = current(book, "organisations", book.table("people").cell(person, "org"))
        return {"exchange": by_org().get(org, []) if org else []}

    return of

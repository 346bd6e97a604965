"""Saapuneet against the register: who is known, who is asked about, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from register.book.ids import fingerprint
from register.book.schema import schema
from register.book.table import Book
from register.intake.intake import Arrival, IntakeLink, arrivals
from register.match.evidence import evidence_in_words
from register.match.linking import linked_organisations, linked_people
from register.match.pair import Pair, live_rows_of
from register.match.pairs import live_people
from register.review.cases import Case, differing, shown_cells
from register.review.review import CARRIED_OUT, silenced
from register.words.sentences import Sentences


@dataclass(frozen=True, slots=True)
class Linked:
    """The links of Saapuneet's rows, and the questions that are open about them."""

    links: tuple[IntakeLink, ...] = ()
    open_pairs: tuple[Pair, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


def link_id(pair: Pair) -> str:
    """Return the id of the question whether a newcomer is a row; "eri" holds for good."""
    return fingerprint("duplicate", *sorted((pair.left, pair.right)))


def linked(book: Book, passed_over: Collection[str]) -> Linked:
    """Link the rows of Saapuneet that wait; what a person has said "eri" to is no link."""
    waiting = arrivals(book, passed_over)
    if not waiting:
        return Linked()
    organisations = [(one.row_id, one.organisation) for one in waiting if one.organisation]
    people = [(one.row_id, one.person) for one in waiting if one.person]
    pairs: list[Pair] = []
    if organisations:
        pairs += linked_organisations(organisations, list(live_rows_of(book, "organisations")))
    if people:
        pairs += linked_people(people, live_people(book))
    apart, same = silenced(book), _said_same(book)
    pairs = _likeliest([pair for pair in pairs if link_id(pair) not in apart], same)
    return Linked(
        tuple(IntakeLink(pair.left, pair.tab, pair.right, link_id(pair) in same) for pair in pairs),
        tuple(pair for pair in pairs if link_id(pair) not in same),
        tuple(waiting),
    )


def _likeliest(pairs: list[Pair], same: frozenset[str]) -> list[Pair]:
    """Return one pair of each newcomer and sort: what was answered, else the likeliest."""
    best: dict[tuple[str, str], Pair] = {}
    for pair in sorted(pairs, key=lambda p: (link_id(p) not in same, -p.probability, p.right)):
        best.setdefault((pair.left, pair.tab), pair)
    return sorted(best.values())


def link_cases(book: Book, found: Linked, say: Sentences) -> list[Case]:
    """Return a case for each newcomer that may be a row: what each says, and why we think so."""
    asked = schema().enum("intake_result").label("asked", book.language)
    newcomers = {one.row_id: one for one in found.arrivals}
    people = dict(live_people(book)) if found.open_pairs else {}
    cases = []
    for pair in found.open_pairs:
        one = newcomers[pair.left]
        if book.table("inbox").row(pair.left).get("result") != asked:
            continue
        mine = one.organisation if pair.tab == "organisations" else one.person
        row = people.get(pair.right) or dict(book.table(pair.tab).row(pair.right))
        columns = [
            column.key
            for column in book.table(pair.tab).tab.columns
            if mine.get(column.key) and mine[column.key] != row.get(column.key, "")
        ]
        speaks_for, against = evidence_in_words(pair, say)
        name = " ".join(mine.get(key, "") for key in ("first", "last", "name")).split()
        cells = {
            "kind": "duplicate",
            "severity": "warning",
            "link": f"{say.title('inbox')}: {pair.left}",
            "message": say(
                "Is {name} ({source} in Saapuneet) the same as {row}? They have {evidence}, "
                "but {against}."
                if against
                else "Is {name} ({source} in Saapuneet) the same as {row}? They have {evidence}.",
                name=" ".join(name),
                source=pair.left,
                row=book.reference(pair.tab, pair.right),
                evidence=speaks_for,
                against=against,
            ),
            "left": differing(pair.tab, mine, columns, say),
            "right": differing(pair.tab, row, columns, say),
            "suggestion": say.label("decision", "same"),
        }
        rows = (("inbox", pair.left), (pair.tab, pair.right))
        cases.append(Case(link_id(pair), rows, "warning", shown_cells(cells)))
    return cases


def _said_same(book: Book) -> frozenset[str]:
    decisions: Iterable[tuple[str, str]] = book.table("review").column("decision")
    return frozenset(row_id for row_id, cell in decisions if cell in CARRIED_OUT)

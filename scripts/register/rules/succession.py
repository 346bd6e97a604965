"""Whoever leaves open matters has a successor: somebody else, whose own do not lead back."""

from collections.abc import Iterator
from datetime import date

from register.book.finding import Finding
from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import Matter, Person
from register.rules.rule import RuleContext
from register.values.post import post_key

_POSTS = tuple(map(post_key, ("puheenjohtaja", "rahastonhoitaja", "toiminnanjohtaja")))
"""Posts that one person holds at a time: an association has one chair (Associations Act 503/1989,
35 §), and by custom one treasurer and one executive director. Deputies have titles of their own.
"""

_NAMED = 5
"""The most successors of a loop that its sentence names."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield people who left open matters without a successor, loops of successors, shared posts."""
    today = setting.today
    yield from _leading_back(book, today)
    yield from _same_post(book, today)
    open_matters: dict[str, int] = {}
    for matter in Matter.all(book).values():
        if matter.is_open:
            person = reference_id(matter.person)
            open_matters[person] = open_matters.get(person, 0) + 1
    for row in Person.live(book):
        if row.ended(today) and not row.successor and row.id in open_matters:
            yield Finding(
                *("people", row.id, "successor", "ended-without-successor"),
                detail=str(open_matters[row.id]),
            )


def _leading_back(book: Book, today: date) -> Iterator[Finding]:
    """Yield every row of a loop of successors, however long, without rows that only lead into it.

    A loop with exactly one person still present is none: that person is back from leave. Each row
    is visited once, since a row seen on an earlier walk cannot close a new loop.
    """
    people = {row.id: row for row in Person.live(book)}
    after = {row_id: reference_id(row.successor) for row_id, row in people.items()}
    walked: set[str] = set()
    for start in after:
        path: dict[str, None] = {}
        at = start
        while at in after and at not in walked and at not in path:
            path[at] = None
            at = after[at]
        walked.update(path)
        if at not in path:
            continue
        order = list(path)
        loop = order[order.index(at) :]
        if len(loop) > 1 and sum(not people[one].ended(today) for one in loop) == 1:
            continue
        for place, row_id in enumerate(loop):
            cell = people[row_id].successor
            where = ("people", row_id, "successor")
            if len(loop) == 1:
                yield Finding(*where, "successor-oneself", cell)
                continue
            ahead = [*loop[place:], *loop[:place]][: _NAMED + 1]
            names = [book.reference("people", one) for one in ahead]
            names.append("…" if len(loop) > _NAMED + 1 else names[0])
            yield Finding(*where, "successor-circle", cell, detail=" → ".join(names))


def _same_post(book: Book, today: date) -> Iterator[Finding]:
    """Yield a finding for each post with several holders, about the row of the first one."""
    holders: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in Person.live(book):
        post, org = post_key(row.role), row.org_id
        if org and post in _POSTS and not row.ended(today) and not row.successor:
            since = row.start or row.added_on
            holders.setdefault((org, post), []).append((since, row.id))
    for found in holders.values():
        first, *later = sorted(found)
        if later:
            cell = book.table("people").cell(first[1], "role")
            names = ", ".join(book.reference("people", one) for _, one in later[:_NAMED])
            yield Finding("people", first[1], "end", "same-post", cell, detail=names)

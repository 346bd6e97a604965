"""Tarkista kept true: new cases added, decided ones carried out, those that are gone closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from register.book.ids import fingerprint, reference_id
from register.book.plan import Change
from register.book.table import Book
from register.flows.cases import Case

SILENCING = ("ignore", "different")
CARRIED_OUT = {"accept", "same"}
LEFT = "left"
"""What tells a mail's case of a change of person from the cleanup's."""

_SHOWN = ("kind", "severity", "link", "message", "left", "right", "suggestion")


def from_mail(row_id: str, row: Mapping[str, str]) -> bool:
    """Whether a mail raised this case: what closes it is in :mod:`register.flows.questions`.

    A change of person is asked about by the cleanup as well; the mail's case has an id of its own.
    """
    if row.get("kind") == "person_change":
        return row_id == mail_says_left(reference_id(row.get("link", "")))
    return row.get("kind") in ("answer", "bounce")


def mail_says_left(person: str) -> str:
    """Return the id of the case that an automatic reply raises: this person has left."""
    return fingerprint("person_change", "people", person, LEFT)


def silenced(book: Book) -> frozenset[str]:
    """Return the ids of the cases that a person has answered with "ohita" or "eri"."""
    return frozenset(
        row_id for row_id, cell in book.table("review").column("decision") if cell in SILENCING
    )


def decided(book: Book) -> frozenset[str]:
    """Return the ids of the cases that a person has said yes to and no run has carried out."""
    return frozenset(
        row_id
        for row_id, row in book.table("review").rows()
        if row.get("decision") in CARRIED_OUT and not row.get("done")
    )


def carried_out(book: Book, cases: Iterable[Case]) -> Iterator[Change]:
    """Yield what the decided cases ask for; each cell and each row of a merge only once."""
    wanted = decided(book)
    touched: set[tuple[str, str]] = set()
    for case in cases:
        if case.id not in wanted or not case.answer:
            continue
        rows = {(change.tab, change.row_id) for change in case.answer}
        merging = any(change.kind == "merge" for change in case.answer)
        if merging and rows & touched:
            continue
        if merging:
            touched |= rows
        yield from answer_of(case)


def answer_of(case: Case) -> tuple[Change, ...]:
    """Return what a case's answer changes, as one group: that of its merge, else its own."""
    group = next((change.group for change in case.answer if change.group), f"case {case.id}")
    return tuple(replace(change, group=group) for change in case.answer)


def kept_true(
    book: Book, cases: Iterable[Case], now: str, acted: Mapping[str, str] | None = None
) -> Iterator[Change]:
    """Yield the changes that make Tarkista say what is asked now.

    A case that has gone, or was carried out (``acted``, with the group of
    what was done), is closed with the time; one that has
    come back is opened again; a decision is never written over.
    """
    table, acted = book.table("review"), acted or {}
    wanted: Mapping[str, Case] = {case.id: case for case in cases}
    for row_id, row in table.rows():
        case = wanted.get(row_id)
        if case is None and from_mail(row_id, row):
            continue
        silent = row.get("decision") in SILENCING
        closed = bool(row.get("done"))
        if (case is None or silent or row_id in acted) and not closed:
            yield Change("review", row_id, "done", "", now, "closed", group=acted.get(row_id, ""))
        if case is None or silent or row_id in acted:
            continue
        if closed:
            yield Change("review", row_id, "done", row["done"], "", "reopened")
        for key in _SHOWN:
            shown = case.shown.get(key, "")
            if row.get(key, "") != shown:
                yield Change("review", row_id, key, row.get(key, ""), shown, "review")
    for case_id, case in wanted.items():
        if case_id not in table:
            for key, value in (("id", case_id), *case.cells):
                if value:
                    yield Change("review", case_id, key, "", value, "review", kind="add")

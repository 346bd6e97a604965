"""Erasure of a person from the register: every cell with their data, and the hashes in ``bans``."""

from collections.abc import Iterator
from datetime import date

from register.book.change import Change, added_row
from register.book.hashes import Hashes
from register.book.ids import new_id
from register.book.plan import Plan
from register.book.table import Book
from register.intake.card import card_of, card_traits
from register.people.erased_people import person_traits
from register.privacy.subject import Subject
from register.privacy.traces import Trace, traces

ERASURE_REASON = "erasure"
"""The reason of the changes that erase a person."""

_ASKED_SORTS = ("words", "matter", "organisation", "meeting", "post")
_NOT_ASKED = ("review", "log", "inbox", "bans", "people", "choices")


def erasure_plan(book: Book, subject: Subject, hashes: Hashes | None, today: date) -> Plan:
    """Return the plan that erases a person from the register; empty if nothing is left of them.

    Without ``hashes``, as for a copy, no hash is kept. Ids stay, so that references to them still
    hold.
    """
    changes = [
        Change(
            *(one.tab, one.row_id, one.column, one.text, one.left),
            reason=ERASURE_REASON,
            kind="note" if one.note else "set",
        )
        for one in traces(book, subject)
        if one.goes
    ]
    status = book.table("people")
    changes += [
        Change("people", one, "status", "", "archived", reason=ERASURE_REASON)
        for one in subject.ids
        if one in status and status.has("status") and not status.cell(one, "status")
    ]
    if hashes is not None:
        changes += _banned(book, subject, hashes, today)
    return Plan.of(changes, book.witnesses(changes))


def traits_of(book: Book, subject: Subject) -> frozenset[str]:
    """Return the traits to hash of a person: mailboxes, mobile phones, names in organisations.

    Traits that another person shares are left out: the hash would keep that person out as well.
    """
    found: list[str] = []
    for row_id in (one for one in subject.ids if one in book.table("people")):
        found += person_traits(book.table("people").row(row_id))
    for row_id in (one for one in subject.cards if one in book.table("inbox")):
        card = card_of(row_id, book.table("inbox").row(row_id), book)
        found += person_traits(card_traits(card))
    orgs = {
        book.table("people").cell(one, "org") for one in subject.ids if one in book.table("people")
    }
    for first, last in subject.own_names:
        for org in orgs:
            found += person_traits({"first": first, "last": last, "org": org})
    found += [f"mailbox:{one}" for one in subject.mailboxes]
    found += [
        trait for one in subject.phones - subject.shared for trait in person_traits({"phone": one})
    ]
    shared = {f"mailbox:{one}" for one in subject.shared} | {f"phone:{o}" for o in subject.shared}
    for row_id, row in book.table("people").rows():
        if row_id not in subject.ids:
            shared |= set(person_traits(row))
    return frozenset(found) - shared


def remaining_mentions(book: Book, subject: Subject) -> list[Trace]:
    """Return the texts by people that named the person, and stay with the id instead."""
    return [
        one
        for one in traces(book, subject)
        if one.left
        and one.left != one.text
        and one.tab not in _NOT_ASKED
        and one.sort in _ASKED_SORTS
        and one.left not in subject.ids
        and not one.note
    ]


def _banned(book: Book, subject: Subject, hashes: Hashes, today: date) -> Iterator[Change]:
    """Yield the row of ``bans`` that keeps an erased person from coming back, by hashes alone."""
    table = book.table("bans")
    wanted = [hashes.made(trait) for trait in sorted(subject.traits)]
    known = {one for _, cell in table.column("hmac") for one in cell.split()}
    if not wanted or known.issuperset(wanted):
        return
    cells = {
        "hmac": " ".join(one for one in wanted if one not in known),
        "scope": "all",
        "reason": "erased",
        "date": today.isoformat(),
    }
    row_id = new_id("E", (cells["hmac"],), book.taken())
    yield from added_row("bans", {"id": row_id, **cells}, ERASURE_REASON)

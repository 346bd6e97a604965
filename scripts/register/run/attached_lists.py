"""Lists attached to mails: their rows go to ``inbox``, and a row of ``requests`` reports it."""

from base64 import b64decode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from register.book.cells import iso_minute
from register.book.change import Change
from register.book.errors import UsageError
from register.book.outcome import Outcome
from register.book.plan import Plan
from register.book.table import Book
from register.replies.desk import Message
from register.replies.mail_requests import request_id, request_row
from register.words.sentences import Sentences

_Brought = Mapping[str, frozenset[tuple[str, str]]]
"""The rows (tab, id) made from a message's lists, by the message's key."""


def with_lists(
    planned: Outcome, messages: Sequence[Message], now: datetime
) -> tuple[Outcome, _Brought]:
    """Return the outcome with the rows of attached lists added, and these rows by message.

    A list that cannot be read adds no rows; its row of ``requests`` says why.
    """
    book = planned.book.with_changes(planned.plan.changes)
    say, brought = Sentences(book.language), dict[str, frozenset[tuple[str, str]]]()
    added: list[Change] = []
    seen = {row_id for _, row_id in book.table("requests").column("id")} | book.taken()
    for message in messages:
        if message.verdict.kind != "request" or not message.verdict.files:
            continue
        first = len(added)
        for number, (name, data) in enumerate(message.verdict.files):
            row_id = request_id(f"{message.verdict.message_id or message.print} {number}")
            if row_id in seen:
                continue
            seen.add(row_id)
            changes = _list_changes(book, row_id, name, b64decode(data), now, say)
            book = book.with_changes(changes)
            added += changes
        brought[message.key] = frozenset(one.row for one in added[first:])
    plan = Plan.of([*planned.plan.changes, *added], planned.plan.witnesses, planned.plan.conditions)
    return replace(planned, plan=plan), brought


def all_rows_written(
    key: str, brought: _Brought, conflicts: Collection[tuple[str, str, str]]
) -> bool:
    """Return True if all rows made from a message's lists were written."""
    return brought.get(key, frozenset()).isdisjoint(cell[:2] for cell in conflicts)


def _list_changes(
    book: Book, row_id: str, name: str, data: bytes, now: datetime, say: Sentences
) -> list[Change]:
    from register.run.request_kinds import plan_list
    from register.sources.files import lists_of

    state, changes = "done", list[Change]()
    try:
        outcome, (msgid, values) = plan_list(book, lists_of(data, name, "", book.language), now)
        changes, sentence = [*outcome.plan.changes], say(msgid, **values)
    except UsageError as fault:
        state, sentence = "failed", say.error_in_row(fault)
    cells = {"what": "import_file", "about": name, "state": state, "answer": sentence}
    cells["at"] = iso_minute(now.replace(microsecond=0))
    told = request_row(book, row_id, cells) if "requests" in book.tables else []
    return [*changes, *told]

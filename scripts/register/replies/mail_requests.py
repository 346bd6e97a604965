"""Requests mailed to the register's own address: a word in the subject, or an attached list.

They are accepted only from a configured address that our own mail server authenticated, and only
for what reads or imports. The answer goes to the configured address, whatever the mail says.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email.message import Message
from typing import TYPE_CHECKING

from register.book.change import Change
from register.book.headers import fold_header
from register.book.ids import new_id
from register.book.schema import LANGUAGES, schema
from register.book.table import Book
from register.replies.mail import ParsedMail
from register.words.display import display_text

if TYPE_CHECKING:  # the process that reads messages needs none of it
    from register.replies.desk import Message as Handled, ReplyDesk

_READING = ("area_list", "gaps", "packet", "history", "labels", "mailing")
"""The requests that may come by mail: they only read."""

_ABOUT = ("packet", "history", "mailing")
"""Requests about a person, an owner, a matter or a mailing; the rest need an area or a topic."""

_BY_MAIL = ("rsvp_via", "email")
"""The enum and key of the word in a mailed request's cell ``by``."""

_LISTS = re.compile(r"\.(?:csv|tsv|txt|xlsx|xls|ods|vcf|ldif)$", re.IGNORECASE)
_MOST_LISTS = 3
_LARGEST = 5_000_000
"""The largest attached list (bytes)."""

MOST_WAITING = 20
"""The most requests that may wait in the tab; further ones by mail are not taken."""

_LONGEST = 200
WAITING_REQUESTS = ("", "asked", "doing")
"""The states of requests that are still to be done."""


def request_in_subject(subject: str) -> tuple[str, str] | None:
    """Return (key of ``request``, subject of it) that a mail's subject asks for, or None."""
    words = " ".join(subject.split())[:_LONGEST]
    for key in _READING:
        for language in LANGUAGES:
            label = schema().enum("request").label(key, language)
            head, rest = words[: len(label)], words[len(label) :]
            if fold_header(head) == fold_header(label) and not rest[:1].isalnum():
                return key, rest.lstrip(" :,–-")
    return None


def attached_lists(mail: ParsedMail) -> tuple[tuple[str, str], ...]:
    """Return (name, bytes in base64) of the lists attached to a mail, the first three."""
    found: list[tuple[str, str]] = []
    for part in mail.message.walk():
        name = _file_name(part)
        if part.is_multipart() or not _LISTS.search(name) or len(found) == _MOST_LISTS:
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and 0 < len(data) <= _LARGEST:
            found.append((name, b64encode(data).decode("ascii")))
    return tuple(found)


def ask_by_mail(desk: ReplyDesk, message: Handled) -> None:
    """Add a mail's request to the tab of requests, once; its lists are imported by the run."""
    verdict, book = message.verdict, desk.book
    if verdict.files:
        desk.said.add("lists", message.key)
        return
    table = book.tables.get("requests")
    row_id = request_id(verdict.message_id or message.print)
    if table is None or not table.has("what"):
        desk.said.add("strange", message.key)
    elif row_id in book.taken():
        desk.said.add("replayed", message.key)
    elif sum(state in WAITING_REQUESTS for _, state in table.column("state")) >= MOST_WAITING:
        desk.said.add("crowded", message.key)
    else:
        column = _column(book, verdict.request, verdict.words)
        cells = {"what": verdict.request, column: verdict.words, "state": "asked"}
        desk.propose(message.key, request_row(book, row_id, cells))
        desk.said.add("requested", row_id)


def request_id(seed: str) -> str:
    """Return the row id of a mail's request, always the same for the same ``seed``."""
    return new_id("P", ("mail", seed), ())


def request_row(book: Book, row_id: str, cells: dict[str, str]) -> list[Change]:
    """Return the changes that add a row of ``requests``, for those columns that the tab has."""
    table = book.table("requests")
    cells = {**cells, "by": schema().enum(_BY_MAIL[0]).label(_BY_MAIL[1], book.language)}
    return [
        Change("requests", row_id, key, "", value, "request", "add", group=f"request {row_id}")
        for key, value in {"id": row_id, **cells}.items()
        if value and table.has(key)
    ]


def is_mail_request(by: str) -> bool:
    """Whether a row's cell ``by`` shows that the request came by mail, in any language."""
    return by in schema().enum(_BY_MAIL[0]).labels[_BY_MAIL[1]].values()


def _column(book: Book, what: str, words: str) -> str:
    """Return the column for the subject of a request."""
    if what in _ABOUT:
        return "about"
    topics = {fold_header(cell) for _, cell in book.table("choices").column("topics")}
    return "topic" if fold_header(words) in topics else "area"


def _file_name(part: Message) -> str:
    """Return an attachment's file name without folders, safe to show, or ''."""
    try:
        name = str(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""
    return display_text(re.split(r"[/\\]", name)[-1].strip())[-80:]

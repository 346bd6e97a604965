"""What a mail makes us ask people in Tarkista, and what their "hyväksy" then does.

These rows are the mailbox's: no cleanup can find their reason again, so only a person's decision,
or what it asks for being done, closes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from register.book.ids import fingerprint, new_id, reference_id
from register.book.plan import Change
from register.book.schema import schema
from register.book.table import Book
from register.fields.email import mailbox_key
from register.fields.henkilotunnus import mask
from register.flows.review import CARRIED_OUT, from_mail
from register.flows.tally import REASON
from register.letters.untrusted import one_line
from register.report.sentences import Sentences
from register.suppression import Bans

_LONGEST = 600
_UNDECIDED = frozenset(("", "unsure", "ask"))


def question(
    book: Book,
    say: Sentences,
    kind: str,
    row: tuple[str, str],
    message: str,
    *seed: str,
    left: str = "",
    right: str = "",
    suggestion: str = "",
) -> Iterator[Change]:
    """Yield a row of Tarkista; nothing where the same has been asked before.

    ``row`` is the tab and id that it is about, ``message`` a sentence that is said already, and
    ``seed`` what makes two questions the same.
    """
    case = fingerprint(kind, *row, *seed)
    if case in book.table("review"):
        return
    cells = {
        "id": case,
        "kind": kind,
        "severity": "warning",
        "link": f"{say.title(row[0])}: {book.reference(*row)}",
        "message": message,
        "left": left,
        "right": right,
        "suggestion": suggestion,
    }
    for column, value in cells.items():
        if shown := mask(one_line(value))[:_LONGEST]:
            yield Change("review", case, column, "", shown, REASON, "add")


def suggested(say: Sentences, guess: str) -> str:
    """Return what the cell of a guess says: an answer's label, or the ban that it would make."""
    if guess == "unsubscribe":
        return f"{say.title('bans')}: {say.label('ban_scope', 'invitations')}"
    return say.label("rsvp", guess) if guess else ""


def ban(book: Book, address: str, reason: str, today: date, source: str) -> Iterator[Change]:
    """Yield a row of Kiellot; nothing where the mailbox has such a ban, or a wider one."""
    scope = "all" if reason == "bounced" else "invitations"
    stops = Bans(book).stops(address, "invitation")
    if stops == "ban-all" or (stops and scope == "invitations"):
        return
    row_id = new_id("E", (mailbox_key(address), scope, reason), book.taken())
    cells = {
        "id": row_id,
        "email": address,
        "scope": scope,
        "reason": reason,
        "date": today.isoformat(),
        "source": source,
    }
    for column, value in cells.items():
        yield Change("bans", row_id, column, "", value, REASON, "add")


def decided(book: Book, say: Sentences, now: str, today: date) -> Iterator[Change]:
    """Yield what people's decisions about mail ask for, and close what is decided or mended."""
    for case, row in book.table("review").rows():
        if not from_mail(case, row) or row.get("done"):
            continue
        about = reference_id(row.get("link", ""))
        decision = row.get("decision", "")
        group = f"case {case}"
        if decision in CARRIED_OUT:
            for change in _accepted(book, say, row, about, today):
                yield replace(change, group=group)
        if decision not in _UNDECIDED or _mended(book, row, about):
            yield Change("review", case, "done", "", now, "closed", group=group)


def _accepted(
    book: Book, say: Sentences, row: dict[str, str], about: str, today: date
) -> Iterator[Change]:
    wanted = row.get("suggestion", "")
    if not wanted:
        return
    person = reference_id(book.table("invitations").cell(about, "person")) or about
    if wanted == suggested(say, "unsubscribe"):
        address = book.table("invitations").cell(about, "email") or book.table("people").cell(
            person, "email"
        )
        if address:
            yield from ban(book, address, "request", today, row.get("id", ""))
        return
    for answer in schema().enum("rsvp").labels:
        if wanted == say.label("rsvp", answer) and about in book.table("invitations"):
            for column, value in (("rsvp", answer), ("rsvp_via", "email")):
                before = book.table("invitations").cell(about, column)
                if before != value:
                    yield Change("invitations", about, column, before, value, REASON)


def _mended(book: Book, row: dict[str, str], about: str) -> bool:
    """Whether a bounced address has been replaced."""
    people = book.table("people")
    if row.get("kind") != "bounce" or about not in people:
        return False
    return mailbox_key(people.cell(about, "email")) != mailbox_key(row.get("left", ""))

"""An organisation's row holds the organisation's mailbox, a person's row the person's."""

from collections.abc import Iterator, Mapping

from register.book.finding import Finding
from register.book.ids import reference_id
from register.book.table import Book
from register.fields.email import is_own_mailbox, is_role_mailbox, mailbox_key
from register.fields.person_name import key
from register.people.same_human import Humans
from register.people.tenure import ended
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
    RuleInfo(
        "mailbox-of-several",
        "warning",
        "{detail} have the address {cell}, in different organisations. Is it right for all of "
        "them?",
        why="One mailbox gets one letter; where an address stands in a wrong row, somebody gets "
        "another's letters, and somebody none.",
        remedy="Correct the address that is wrong. If they do share the mailbox, pass over this "
        "question.",
        example="toimisto@example.org",
    ),
    RuleInfo(
        "role-mailbox-shared",
        "info",
        "{detail} people have the address {cell}; they get one letter together.",
        why="One mailbox gets one letter, addressed to all who share it.",
        remedy="Nothing, if it is so. Otherwise write each person's own address.",
        example="info@example.org",
    ),
    RuleInfo(
        "personal-mailbox-possible",
        "info",
        "{cell} looks like somebody's own address; when they leave, the organisation is out of "
        "reach.",
        why="Whoever leaves takes the address along, and so does the way to the organisation.",
        remedy="Ask for an address of the organisation, such as info@ or toimisto@.",
        example="matti.virtanen@hotmail.com",
    ),
    RuleInfo(
        "personal-mailbox-of-organisation",
        "info",
        "{cell} is the address of {detail}; when they leave, the organisation is out of reach.",
        why="Whoever leaves takes the address along, and so does the way to the organisation.",
        remedy="Ask for an address of the organisation, such as info@ or toimisto@.",
        example="maija.malli@example.org",
    ),
)

_NAMED = 5
"""So many of those who share a mailbox are named."""


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield role mailboxes that several people share, and people's own in organisations' rows."""
    today = setting.today
    users: dict[str, list[tuple[str, str]]] = {}
    for row_id, row in live_rows(book.table("people")):
        if not ended(row, today) and (mailbox := mailbox_key(row.get("email", ""))):
            users.setdefault(mailbox, []).append((row_id, reference_id(row.get("org", ""))))
    yield from _in_several(book, users)
    for mailbox, people in users.items():
        if len(people) > 1 and is_role_mailbox(mailbox):
            for row_id, _ in people:
                cell = book.table("people").cell(row_id, "email")
                yield Finding(
                    *("people", row_id, "email", "role-mailbox-shared", "info", cell),
                    detail=str(len(people)),
                )
    for row_id, row in live_rows(book.table("organisations")):
        cell = row.get("email", "")
        owners = [person for person, org in users.get(mailbox_key(cell), ()) if org == row_id]
        if not owners and is_own_mailbox(cell):
            place = ("organisations", row_id, "email")
            yield Finding(*place, "personal-mailbox-possible", "info", cell)
        if owners and not is_role_mailbox(cell):
            yield Finding(
                *("organisations", row_id, "email", "personal-mailbox-of-organisation", "info"),
                cell=cell,
                detail=book.row_name("people", owners[0]),
            )


def _in_several(book: Book, users: Mapping[str, list[tuple[str, str]]]) -> Iterator[Finding]:
    """Yield each address that different people have in different organisations, once.

    The rows of one human are one person's; so are rows of one name.
    """
    shared = [people for people in users.values() if len({org for _, org in people if org}) > 1]
    if not shared:
        return
    humans, table = Humans(book), book.table("people")
    for people in shared:
        rows = sorted(row_id for row_id, org in people if org)
        called: dict[object, str] = {}
        for row_id in rows:
            name = frozenset(key(table.cell(row_id, part)) for part in ("first", "last")) - {""}
            if not any(humans.are_one(row_id, other) for other in called.values()):
                called.setdefault(name or row_id, row_id)
        homes = {org for row_id, org in people if row_id in called.values()}
        if len(called) < 2 or len(homes) < 2:
            continue
        first, names = rows[0], [book.reference("people", one) for one in called.values()]
        detail = ", ".join((*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])))
        cell = table.cell(first, "email")
        yield Finding(
            "people", first, "email", "mailbox-of-several", "warning", cell, detail=detail
        )

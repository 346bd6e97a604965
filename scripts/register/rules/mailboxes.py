"""An organisation's row holds the organisation's mailbox, a person's row the person's."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.ids import reference_id
from register.book.table import Book
from register.fields.email import is_own_mailbox, is_role_mailbox, mailbox_key
from register.people.tenure import ended
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
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


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield role mailboxes that several people share, and people's own in organisations' rows."""
    today = setting.today
    users: dict[str, list[tuple[str, str]]] = {}
    for row_id, row in live_rows(book.table("people")):
        if not ended(row, today) and (mailbox := mailbox_key(row.get("email", ""))):
            users.setdefault(mailbox, []).append((row_id, reference_id(row.get("org", ""))))
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

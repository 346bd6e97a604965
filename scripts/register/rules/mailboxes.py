"""An organisation's row holds the organisation's mailbox, a person's row the person's."""

from collections.abc import Iterator, Mapping

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import Organisation, Person
from register.people.same_human import Humans
from register.rules.rule import RuleContext
from register.values.email import is_called_as, is_own_mailbox, is_role_mailbox

_NAMED = 5
"""The most people sharing a mailbox that are named."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield role mailboxes that several people have, and personal ones of organisations."""
    users: dict[str, list[Person]] = {}
    for person in Person.live(book):
        if not person.ended(setting.today) and person.mailbox:
            users.setdefault(person.mailbox, []).append(person)
    yield from _in_several(book, users)
    for mailbox, people in users.items():
        if len(people) > 1 and is_role_mailbox(mailbox):
            for one in people:
                yield Finding(
                    *("people", one.id, "email", "role-mailbox-shared", one.email),
                    detail=str(len(people)),
                )
    for row in Organisation.live(book):
        cell, place = row.email, ("organisations", row.id, "email")
        owners = [one.id for one in users.get(row.mailbox, ()) if one.org_id == row.id]
        if not owners and is_own_mailbox(cell):
            yield Finding(*place, "personal-mailbox-possible", cell)
        if owners and not (is_role_mailbox(cell) or is_called_as(cell, row.name)):
            yield Finding(
                *(*place, "personal-mailbox-of-organisation"),
                cell=cell,
                detail=book.row_name("people", owners[0]),
            )


def _in_several(book: Book, users: Mapping[str, list[Person]]) -> Iterator[Finding]:
    """Yield each address that different people have in different organisations, once.

    Rows of one human count as one person, and so do rows with the same name.
    """
    for people in users.values():
        rows = sorted((one for one in people if one.org_id), key=lambda one: one.id)
        if len({one.org_id for one in rows}) < 2:
            continue
        humans, called = book.once(Humans), dict[object, Person]()
        for one in rows:
            if not any(humans.are_one(one.id, other.id) for other in called.values()):
                called.setdefault(one.name_keys or one.id, one)
        if len({one.org_id for one in called.values()}) < 2:
            continue
        names = [book.reference("people", one.id) for one in called.values()]
        detail = ", ".join((*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])))
        yield Finding(
            *("people", rows[0].id, "email", "mailbox-of-several", rows[0].email),
            detail=detail,
        )

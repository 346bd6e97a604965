"""``invite.py freshness``: asks those whose details have grown old whether they still hold.

Whom it asks are the people that the rule ``stale`` finds. One tap answers: ``replies.py`` writes
the day into Vahvistettu. Nobody is asked twice in a year, whatever becomes of the letter.
"""

from __future__ import annotations

from collections.abc import Collection
from types import SimpleNamespace

from register.book.ids import reference_id
from register.book.outcome import Outcome
from register.book.table import Book
from register.fields.email import mailbox_key
from register.flows import apart
from register.flows.invite_plan import counted
from register.flows.mailing import Room
from register.letters.campaign import Mailing
from register.letters.people import People, Recipient, absent
from register.letters.untrusted import unfit_for_a_name
from register.report.sentences import Sentences
from register.rules import stale
from register.rules.rule import Setting

KIND = "freshness"

_SHOWN = ("role", "email", "phone", "municipality", "language")
"""What a reader is asked about besides their name and organisation; the rest is our own work."""


def send_freshness(book: Book, room: Room, setting: Setting) -> Outcome:
    """Ask everybody whose details are stale; one letter to a mailbox, once a year.

    Raises UsageError where a letter cannot be written, SafetyStop where there are others than a
    person agreed to.
    """
    shown: dict[str, dict[str, object]] = {}
    mailing = Mailing(
        f"{KIND}/{room.now.year}", room.now, room.tokens, each=lambda person: shown[person]
    )
    readers, held = _readers(book, setting, apart.had(room, mailing))
    for one in readers:
        shown[one.person] = {"details": _details(book, one)}
    return apart.sent("invite freshness", book, room, mailing, readers, [*counted(held)])


def _readers(
    book: Book, setting: Setting, done: Collection[str]
) -> tuple[list[Recipient], list[str]]:
    """Return who is asked, and the reasons why others are not."""
    people, table = People(book), book.table("people")
    old = [one.row_id for one in stale.check(book, setting) if one.tab == "people"]
    taken: set[str] = set()
    humans: set[str] = set()
    readers: list[Recipient] = []
    held: list[str] = []
    for person_id in sorted(old):
        person = table.row(person_id)
        mailbox = mailbox_key(person.get("email", ""))
        why = absent(person_id, person, setting.today)
        why = why or people.unwritable(person, people.organisation(person), KIND)
        why = why or ("had-it" if mailbox in done else "same-mailbox" if mailbox in taken else "")
        human = people.humans.oldest(person_id)
        why = why or ("same-human" if human in humans else "")
        if why:
            held.append(why)
            continue
        taken.add(mailbox)
        humans.add(human)
        readers.append(people.recipient(mailbox, [person_id], KIND))
    return readers, held


def _details(book: Book, reader: Recipient) -> list[SimpleNamespace]:
    """Return what the register says of a reader, labelled in their language; blanks are left out.

    A cell that could pass for an address or hides something is not repeated in a letter, but for
    the address that the letter goes to.
    """
    say, person = Sentences(reader.language), book.table("people").row(reader.person)
    organisation = book.table("organisations").cell(reference_id(person.get("org", "")), "name")
    found = [
        (say.header("invitations", "person"), ", ".join(reader.names)),
        (say.header("people", "org"), organisation),
        *(
            (say.header("people", key), say.value("people", key, cell))
            for key in _SHOWN
            if (cell := person.get(key, "")) and (key == "email" or not unfit_for_a_name(cell))
        ),
    ]
    return [SimpleNamespace(label=label, value=value) for label, value in found if value]

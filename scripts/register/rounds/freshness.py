"""``invite.py freshness``: asks people whose details are old whether they still hold.

It asks the people whom the rule ``stale`` finds, and those for whom a retention question was
decided as "ask". One tap answers: ``replies.py`` writes the day into ``verified_on``. Nobody is
asked twice in a year, whether or not the letter arrives.
"""

from types import SimpleNamespace

from register.book.outcome import Outcome
from register.book.table import Book
from register.letters.campaign import Mailing, campaign_name
from register.letters.correspondents import standalone_readers
from register.letters.people import Recipient
from register.letters.reasons import count_reasons
from register.people.names import has_link_or_hidden_chars
from register.people.records import Organisation, Person
from register.review.retention import decided_people
from register.rounds.engine import send_round
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round
from register.rules import stale
from register.rules.rule import RuleContext
from register.words.sentences import Sentences

_KIND = "freshness"

_SHOWN = ("role", "email", "phone", "phone2", "municipality", "language")
"""Column keys that a reader is asked about, besides name and organisation."""


def send_freshness(book: Book, room: MailRoom, setting: RuleContext) -> Outcome:
    """Ask everybody whose details are stale; one letter to a mailbox, once a year.

    Raises UsageError where a letter cannot be written, SafetyStop where the letters differ from
    those that a person agreed to.
    """
    old = {one.row_id for one in stale.check(book, setting) if one.tab == "people"}
    decided = decided_people(book, "ask")
    old.update(decided)
    name = campaign_name("", _KIND, room.now.year)
    readers, held = standalone_readers(
        book, sorted(old), _KIND, setting.today, room.already_sent(name), uninvited=decided
    )
    shown = {one.person: {"details": _details(book, one)} for one in readers}
    mailing = Mailing(name, room.now, room.tokens, each=lambda person: shown[person])
    notes = [*count_reasons(held.values())]
    return send_round(book, room, Round(mailing, readers, notes=notes))


def _details(book: Book, reader: Recipient) -> list[SimpleNamespace]:
    """Return a reader's details, labelled in the reader's language; empty cells are left out.

    A cell that looks like a link or has hidden characters is not repeated in a letter, except the
    e-mail address to which the letter goes.
    """
    say, person = Sentences(reader.language), Person.all(book)[reader.person]
    home = Organisation.at(book, person.org_id)
    found = [
        (say.header("invitations", "person"), ", ".join(reader.names)),
        (say.header("people", "org"), home.name),
        *(
            (say.header("people", key), say.value("people", key, cell))
            for key in _SHOWN
            if (cell := getattr(person, key))
            and (key == "email" or not has_link_or_hidden_chars(cell))
        ),
    ]
    return [SimpleNamespace(label=label, value=value) for label, value in found if value]

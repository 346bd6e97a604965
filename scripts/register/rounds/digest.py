"""``invite.py digest``: a weekly letter to each of our owners about what waits for them."""

from collections.abc import Callable, Sequence
from datetime import date
from textwrap import shorten
from types import SimpleNamespace

from register.book.finding import SEVERITIES
from register.book.ids import fingerprint as row_fingerprint
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.table import Book
from register.cooperation.events import CooperationEvent
from register.cooperation.next_steps import SOON, next_steps
from register.letters.campaign import Mailing, campaign_name
from register.letters.links import without_links
from register.letters.people import Recipient
from register.people.names import has_link_or_hidden_chars, name_fault
from register.people.owners import Owner
from register.people.refusals import Refusals
from register.people.tenure import is_end_past
from register.review import incomplete
from register.rounds.engine import send_round
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round
from register.values import email

_KIND = "digest"


_URGENT = 5
"""Number of open questions of ``review`` that a letter shows."""

_LONGEST = 300

Address = Callable[[str, int], str]
"""Returns the web address of a row of a tab: ``(tab, row number)``."""


def send_digest(
    book: Book, room: MailRoom, address: Address | None = None, silent: int = 0
) -> Outcome:
    """Send each owner a letter about what waits for them, at most once a week.

    ``silent`` is the number of days without a successful run, if too many, else 0. With it every
    owner gets the letter, even one who has already had this week's; also at most once a week.

    The letter holds the most urgent questions of ``review``, each with its web address if it has
    one, else with its row number, and the number of all open questions; they are the same for every
    owner. An address inside a cell is left out, so that no one cell can stop the letters.

    Nobody gets an empty letter. An owner who has left, has no readable address or has banned all
    letters gets none; the notes name owners with open matters. Raises UsageError where a letter
    cannot be written, SafetyStop where the letters differ from those that a person agreed to.
    """
    today = room.now.date()
    year, week, _ = today.isocalendar()
    waiting = next_steps(book, today, SOON)
    count, urgent = _urgent(book, address)
    owners, notes = _owners(book, waiting, today, asked=bool(urgent or silent))
    shown = {
        one.person: {
            "urgent": urgent,
            "questions": count,
            "silent": silent,
            "matters": [
                _matter(book, event) for name in one.names for event in waiting.get(name, ())
            ],
            "person": SimpleNamespace(
                first=one.names[0].split()[0], last="", source="", basis="legitimate_interest"
            ),
        }
        for one in owners
    }
    name = campaign_name("", _KIND, f"{year}-W{week:02}")
    told = f"{name}-silent"
    done = room.already_sent(told)
    if silent:
        name = told
    else:
        done |= room.already_sent(name)
    links = tuple(one.link for one in urgent if one.link)
    mailing = Mailing(name, room.now, room.tokens, each=lambda person: shown[person], links=links)
    readers = [one for one in owners if one.mailbox not in done]
    return send_round(book, room, Round(mailing, readers, notes=notes))


def _urgent(book: Book, address: Address | None) -> tuple[int, list[SimpleNamespace]]:
    """Return the number of unanswered questions, and the most urgent of them.

    Questions of the same severity are in the order of the tab.
    """
    review = book.table("review")
    waiting = [
        (SEVERITIES.index(row["severity"]) if row.get("severity") in SEVERITIES else 1, number, row)
        for case_id, row in review.rows()
        for number in [review.numbers[case_id]]
        if not (row.get("done") or row.get("decision") or row.get("value"))
        and row.get("kind") != incomplete.INCOMPLETE
    ]
    urgent = []
    for _, number, row in sorted(waiting, key=lambda one: one[:2])[:_URGENT]:
        link = address("review", number) if address else ""
        shared = link if link.startswith("https://") else ""
        message = shorten(without_links(row["message"]), _LONGEST, placeholder=" …")
        urgent.append(SimpleNamespace(message=message, link=shared, row=number))
    return len(waiting), urgent


def _owners(
    book: Book, waiting: dict[str, list[CooperationEvent]], today: date, *, asked: bool
) -> tuple[Sequence[Recipient], list[Phrase]]:
    """Return the owners for whom something waits, and notes about those who get no letter.

    ``asked`` is True if there is something for every owner.
    """
    refusals, notes = book.once(Refusals), list[Phrase]()
    sharing: dict[str, tuple[str, list[str]]] = {}
    known: set[str] = set()
    for owner in Owner.all(book).values():
        name = owner.owners
        if not name or name in known or is_end_past(owner.owner_end, today):
            continue
        if name not in waiting and not asked:
            continue
        known.add(name)
        address = email.read(owner.owner_email).value
        if (
            not address
            or has_link_or_hidden_chars(name)
            or name_fault(name)
            or refusals.stops(address, _KIND)
        ):
            if name in waiting:
                msgid = "{name} gets no letter: no address in {tab:choices}, or a ban."
                notes.append((msgid, {"name": name}))
            continue
        sharing.setdefault(email.mailbox_key(address), (address, []))[1].append(name)
    for name in waiting.keys() - known:
        count = len(waiting[name])
        if name:
            notes.append(
                (
                    "{count} open matters are {name}'s, who is not among the owners of"
                    " {tab:choices}.",
                    {"name": name, "count": count},
                )
            )
        else:
            notes.append(("{count} open matters are nobody's.", {"count": count}))
    owners = [
        Recipient(
            person=row_fingerprint("owner", names[0]),
            organisation="",
            people=tuple(row_fingerprint("owner", name) for name in names),
            address=address,
            mailbox=mailbox,
            language=book.language,
            names=tuple(names),
            reason=_KIND,
        )
        for mailbox, (address, names) in sharing.items()
    ]
    return owners, notes


def _matter(book: Book, event: CooperationEvent) -> SimpleNamespace:
    """Return a matter's fields for the letter; its ``due`` is a date, or None."""
    org = book.row_name("organisations", event.org) if event.org else ""
    matter, organisation, following = map(without_links, (event.matter, org, event.next))
    due = date.fromisoformat(event.due) if event.due else None
    return SimpleNamespace(matter=matter, organisation=organisation, next=following, due=due)

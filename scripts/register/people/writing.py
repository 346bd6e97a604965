"""Whether a person may be written to, and why not: address, names, bans, refusals, no source."""

from collections.abc import Collection

from register.book.table import Book
from register.people.departure_notes import tells_own_death
from register.people.names import has_link_or_hidden_chars, is_unreviewed_name
from register.people.origin import origin
from register.people.records import OFFERED_STATUS, Person
from register.people.refusals import Refusals
from register.people.suppression import TO_THE_COMING
from register.values import email
from register.values.mojibake import is_garbled


def why_unwritable(
    book: Book,
    person: Person,
    kind: str,
    *,
    coming: bool = False,
    topics: Collection[str] = (),
) -> str:
    """Return why no letter of this kind, about these topics, may go to a person, or ''.

    A change, a cancellation or a receipt passes a ban on invitations only if the person is
    ``coming``. Without a known source of their data a person gets no other letters.
    """
    if not person.email:
        return "no-address"
    if not email.read(person.email).value:
        return "bad-address"
    organisation = person.organisation(book)
    if (
        person.status not in OFFERED_STATUS
        or (organisation and organisation.status not in OFFERED_STATUS)
        or tells_own_death(person.notes)
    ):
        return "maybe-gone"
    names = (person.first, person.last, organisation.name if organisation else "")
    if any(map(has_link_or_hidden_chars, names)):
        return "unsafe-name"
    if is_unreviewed_name(book, person) or (
        organisation and is_unreviewed_name(book, organisation)
    ):
        return "strange-name"
    if any(map(is_garbled, names)):
        return "garbled-name"
    refusals = book.once(Refusals)
    stopped = refusals.stops(person.email, kind, person.id, coming=coming, topics=topics)
    needed = coming and kind in TO_THE_COMING
    return stopped or ("" if origin(person) or needed else "no-source")

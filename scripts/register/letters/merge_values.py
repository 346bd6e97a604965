"""What merge fields stand for in one reader's letter."""

from collections.abc import Iterable, Mapping

from register.book.schema import Language
from register.book.table import Book
from register.letters.filters import any_of, deadline_text, hours_text, join_names, letter_filters
from register.letters.meeting import InvitableMeeting
from register.letters.people import Recipient
from register.letters.settings import Sender
from register.people.records import Organisation, Person
from register.values.places import resolve_place


def merge_values(
    book: Book, about: InvitableMeeting | None, sender: Sender, to: Recipient, language: Language
) -> Mapping[str, str]:
    """Return the value of each of :data:`~register.letters.merge_fields.FIELD_NAMES`, '' for none.

    Those of a meeting are there where the letter is ``about`` one.

    Dates, hours and municipalities are as in ``language``, that of the text, a date as in running
    words: ``torstaina 3.12.2026``. Where several people
    read one mailbox, a name is all of theirs.
    """
    people = [Person.at(book, one) for one in to.people]
    home = Organisation.at(book, to.organisation)
    return {
        "first": _each(language, (one.first for one in people)),
        "last": _each(language, (one.last for one in people)),
        "name": join_names(to.names, language=language) if to.names else "",
        "organisation": home.name,
        "municipality": _municipality(people[0].municipality or home.municipality, language),
        "role": people[0].role if len(people) == 1 else "",
        "sender": sender.name,
        **(_of_meeting(about, language) if about else {}),
    }


def _of_meeting(about: InvitableMeeting, language: Language) -> Mapping[str, str]:
    day = letter_filters(language)["date" if language == "en" else "on_date"]
    return {
        "meeting": about.row.name,
        "date": any_of(about.days, language=language) if about.days else str(day(about.date)),
        "time": hours_text(about.start, about.end, language=language),
        "place": about.row.place,
        "rsvp_by": deadline_text(about.rsvp_by, language=language) if about.rsvp_by else "",
    }


def _each(language: Language, names: Iterable[str]) -> str:
    several = list(dict.fromkeys(filter(None, names)))
    return join_names(several, language=language) if several else ""


def _municipality(cell: str, language: Language) -> str:
    """Return a municipality by its name in a language; what is none stays as it is."""
    known = resolve_place(cell[:200]).municipality if cell else None
    return known.name(language) if known else cell

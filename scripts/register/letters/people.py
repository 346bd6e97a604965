"""People of the register as recipients: mailbox, names and language."""

from dataclasses import dataclass

from register.book.schema import LANGUAGES, Language
from register.book.table import Book
from register.people.household import are_household
from register.people.records import Organisation, Person
from register.people.same_human import Humans
from register.values import email


@dataclass(frozen=True, slots=True)
class Recipient:
    """One letter's recipient: mailbox, language, names to greet and the reason to write.

    ``people`` are the rows of all who are to be invited and share the mailbox, ``person`` first.
    ``names`` are their names, one for each human; a vacant post has none. ``organisation`` is an id
    or ''. ``untold`` is True if no letter has informed the recipient of the register yet
    (:mod:`register.letters.notice`): this letter does.
    """

    person: str
    organisation: str
    people: tuple[str, ...]
    address: str
    mailbox: str
    language: Language
    names: tuple[str, ...]
    reason: str
    untold: bool = False

    @property
    def shared(self) -> bool:
        """Whether several people share this mailbox."""
        return len(self.people) > 1 and len(self.names) != 1


def greeting_names(book: Book, to: Recipient) -> tuple[str, ...]:
    """Return the names to greet: first names in a household, else full names."""
    people = Person.all(book)
    household = [people[one] for one in to.people if one in people]
    if len(household) == len(to.names) > 1 and are_household(household):
        return tuple(one.first for one in household)
    return to.names


def recipient_of(book: Book, mailbox: str, people: list[str], because: str) -> Recipient:
    """Return the recipient for a mailbox; these people share it, and the first is addressed."""
    person = Person.all(book)[people[0]]
    organisation = person.organisation(book)
    return Recipient(
        person=people[0],
        organisation=organisation.id if organisation else "",
        people=tuple(people),
        address=email.read(person.email).value,
        mailbox=mailbox,
        language=_language(book, person, organisation),
        names=_names(book, people),
        reason=because,
    )


def _names(book: Book, people: list[str]) -> tuple[str, ...]:
    """Return the names of the humans among these rows, each once; a vacant post has none."""
    oldest = book.once(Humans).oldest
    humans = {oldest(one): one for one in reversed(people)}
    named = [one for one in people if humans[oldest(one)] == one]
    return tuple(n for one in named if (n := book.row_name("people", one)) != one)


def _language(book: Book, person: Person, organisation: Organisation | None) -> Language:
    """Return a person's language, else the organisation's, else the register's."""
    for one in (person, organisation):
        for language in LANGUAGES:
            if one and one.language.partition("+")[0] == language:
                return language
    return book.language

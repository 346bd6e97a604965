"""People who share a household, as far as the register shows; they are never merged for that."""

from collections.abc import Sequence

from register.people.records import Person
from register.values import phone
from register.values.email import is_role_mailbox, mailbox_key
from register.values.person_name import person_key


def are_household(people: Sequence[Person]) -> bool:
    """Whether people share a surname and a personal mailbox or phone, and their first names differ.

    Two rows with the same first name may be one person.
    """
    firsts = {person_key(one.first) for one in people}
    lasts = {person_key(one.last) for one in people}
    if len(firsts) < len(people) or len(firsts) < 2 or len(lasts) > 1 or "" in firsts | lasts:
        return False
    return bool(frozenset.intersection(*map(_ways, people)))


def _ways(person: Person) -> frozenset[str]:
    """Return a person's mailbox, unless it is a role mailbox, and their phones."""
    address = "" if is_role_mailbox(person.email) else mailbox_key(person.email)
    phones = (phone.read(cell).value or cell for cell in (person.phone, person.phone2))
    return frozenset(filter(None, (address, *phones)))

"""Who lives in one household, as far as a register tells: never a reason to take two for one."""

from collections.abc import Sequence

from register.people.records import Person
from register.values.email import is_role_mailbox, mailbox_key
from register.values.person_name import person_key


def are_household(people: Sequence[Person]) -> bool:
    """Whether several people have one surname and a mailbox or a phone of their own in common.

    Their first names differ: two rows of one first name may be one person.
    """
    firsts = {person_key(one.first) for one in people}
    lasts = {person_key(one.last) for one in people}
    if len(firsts) < len(people) or len(firsts) < 2 or len(lasts) > 1 or "" in firsts | lasts:
        return False
    return bool(frozenset.intersection(*map(_ways, people)))


def _ways(person: Person) -> frozenset[str]:
    """Return the mailbox, unless it is an office's, and the phones of a person."""
    address = "" if is_role_mailbox(person.email) else mailbox_key(person.email)
    return frozenset(filter(None, (address, person.phone, person.phone2)))

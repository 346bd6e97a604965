"""The public directory: organisations only, without names or personal mailboxes of people."""

import re
from dataclasses import dataclass, replace
from datetime import date

from register.book.schema import Language
from register.book.table import Book
from register.lists.directory import Directory, ListedOrganisation, arrange_directory, directory
from register.lists.selection import Selection, apply_selection
from register.people.records import Organisation
from register.values import business_id
from register.values.email import is_role_mailbox
from register.values.person_name import first_names

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PublicOrganisation:
    """The public data of an organisation; cells as in the Book, ``municipality`` a code or ''."""

    id: str
    name: str
    short: str
    type: str
    business_id: str
    municipality: str
    area: str
    topics: str
    email: str
    phone: str
    url: str
    language: str


def public_directory(
    book: Book, today: date, chosen: Selection, language: Language
) -> tuple[Directory, int]:
    """Return the selected lists without people, and the number of organisations left out.

    Addresses and phones that are also those of a person who may not be published are withheld, and
    so are mailboxes that contain a first name. Organisations without a known place are left out.
    """
    lists = directory(book, today, public=True)
    found = [
        replace(one, contacts=(), email="" if _is_somebodys(one.email) else one.email)
        for one in lists.organisations
        if one.municipality or one.nationwide or one.active
    ]
    bare = arrange_directory(found, today, language, public=True)
    return apply_selection(bare, chosen, language), len(lists.organisations) - len(found)


def public_organisations(book: Book, lists: Directory) -> list[PublicOrganisation]:
    """Return the public data of each organisation of a public directory, in its order."""
    return [_public(Organisation.at(book, one.id), one) for one in lists.organisations]


def _public(row: Organisation, one: ListedOrganisation) -> PublicOrganisation:
    return PublicOrganisation(
        *(one.id, one.name, one.short, one.type, business_id.read(row.business_id).value),
        *(one.municipality, one.area, one.topics, one.email, one.phone, one.url, row.language),
    )


def _is_somebodys(address: str) -> bool:
    """Return True if a mailbox contains a first name and is not a role mailbox."""
    words = _WORD.findall(address.partition("@")[0].casefold())
    return not is_role_mailbox(address) and any(word in first_names() for word in words)

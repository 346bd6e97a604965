"""Address labels: the lines of each, and the organisations without a complete address."""

from dataclasses import dataclass

from register.book.table import Book
from register.lists.directory import Directory, ListedOrganisation
from register.people.records import Organisation
from register.values import places


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """A label with its lines from top to bottom."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddressLabels:
    """The labels, and the ids of organisations without a street address or postal code."""

    labels: tuple[AddressLabel, ...]
    without: tuple[str, ...]


def address_labels(book: Book, directory: Directory) -> AddressLabels:
    """Return a label for each organisation with a complete postal address."""
    found: list[AddressLabel] = []
    without: list[str] = []
    for one in directory.organisations:
        if label := _label(book, one):
            found.append(label)
        else:
            without.append(one.id)
    return AddressLabels(tuple(found), tuple(without))


def _label(book: Book, one: ListedOrganisation) -> AddressLabel | None:
    row = book.table("organisations")
    street, code = row.cell(one.id, "address"), row.cell(one.id, "postcode")
    if not (street and code):
        return None
    known = places.postal_code(code)
    swedish = Organisation.at(book, one.id).language == "sv"
    town = ((known.place_sv if swedish else known.place_fi) if known else one.town).upper()
    return AddressLabel((one.name, street, f"{code} {town}"))

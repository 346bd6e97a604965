"""A card: one row of ``inbox``, its cells in canonical form where they can be read."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from register.book.ids import is_id
from register.book.schema import schema
from register.book.table import Book
from register.intake.cell_parts import owner_of_address
from register.values import (
    area,
    association_no,
    business_id,
    email,
    language,
    municipality,
    organisation_name,
    person_name,
    phone,
    postal_code,
)
from register.values.name_language import language_of_form
from register.values.reading import Reading

_TELLING = ("email", "phone", "phone2", "role", "group", "body", "municipality", "url", "address")
_ID = re.compile(r"\b[A-Z]-[0-9A-Z]{5}\b")


@dataclass(frozen=True, slots=True)
class Card:
    """One row of ``inbox``, parsed.

    ``row`` holds the cells by column key. A cell that its reader understands is in canonical form;
    any other keeps its words. ``former`` and ``title`` are set only where one cell held the whole
    name. ``numbers`` are the Y-tunnus and the register number, each '' if blank.
    """

    row_id: str
    row: dict[str, str]
    first: str
    last: str
    former: str
    title: str
    org: str
    numbers: tuple[str, str]
    municipality: str

    def get(self, key: str) -> str:
        """Return the cell of a column, '' if the row has no such column."""
        return self.row.get(key, "")

    @property
    def is_person(self) -> bool:
        """Whether the card names a person; if not, it is about an organisation, or names nobody."""
        return bool(self.first or self.last) and not self.is_half_name

    @property
    def is_half_name(self) -> bool:
        """Whether a typed row holds one word of a name and nothing that identifies the person.

        Rows of lists have a time (``at``) and are never half names.
        """
        alone = not (self.first and self.last) and " " not in f"{self.first}{self.last}"
        said = (self.org, *self.numbers, *map(self.get, _TELLING))
        return bool(self.first or self.last) and alone and not self.get("at") and not any(said)

    @property
    def org_home(self) -> str:
        """The municipality of the card's organisation, '' if unknown.

        A municipality's own organisation is at home in it. A county councillor's home says nothing
        about the county: councillors live anywhere in it.
        """
        form = organisation_name.legal_form(self.org)
        if form == "municipality" and (place := municipality.read(self.org).value):
            return place
        return "" if self.is_person and form == "county" else self.municipality


def pending_cards(book: Book, passed_over: Collection[str]) -> list[Card]:
    """Return the cards that have no result yet, or that wait for a person's answer.

    A result that names a row that was never written (:func:`is_lost_row`) counts as no result.
    ``passed_over`` are ids of rows to skip.
    """
    if not len(book.table("inbox")):
        return []
    taken = book.taken()
    return [
        card_of(row_id, row, book)
        for row_id, row in book.table("inbox").rows()
        if is_waiting(row_id, row, taken) and row_id not in passed_over
    ]


def is_waiting(row_id: str, row: Mapping[str, str], taken: Collection[str]) -> bool:
    """Whether a row of ``inbox`` has an id and no result, or a result that waits for an answer."""
    result = row.get("result", "")
    asked = schema().enum("intake_result").labels["asked"].values()
    return not row_id.startswith("#") and (
        not result or result in asked or is_lost_row(result, taken)
    )


def is_lost_row(result: str, taken: Collection[str]) -> bool:
    """Whether a result names a new row that was never written to the register.

    ``taken`` are the ids of :meth:`register.book.table.Book.taken`. They include the ids in
    ``log``: such a row was written, and a person deleted it later.
    """
    known = schema().enum("intake_result").labels["known"].values()
    new = [word for word in result.split(", ") if not word.startswith(tuple(known))]
    ids = [row_id for word in new for row_id in _ID.findall(word)]
    return any(is_id(row_id, row_id[0]) and row_id not in taken for row_id in ids)


def card_of(row_id: str, row: dict[str, str], book: Book) -> Card:
    """Return the card of a row; a whole name in one cell is split into its parts."""
    first, last, former, title = _name(row)
    org = _certain(organisation_name.read, row.get("org", ""))
    place = municipality.read(row.get("municipality", ""), language=book.language)
    cells = dict(row)
    readers: tuple[tuple[str, Callable[[str], Reading]], ...] = (
        ("email", email.read),
        ("phone", phone.read),
        ("phone2", phone.read),
        ("postcode", postal_code.read),
        ("language", language.read),
    )
    for key, read in readers:
        cells[key] = _certain(read, row.get(key, ""))
    if row.get("area"):
        cells |= _where(row, book)
    return Card(
        row_id=row_id,
        row=cells,
        first=first,
        last=last,
        former=former,
        title=title,
        org=org,
        numbers=(
            _certain(business_id.read, row.get("business_id", "")),
            _certain(association_no.read, row.get("assoc_no", "")),
        ),
        municipality=place.value or row.get("municipality", "").strip(),
    )


def _where(row: dict[str, str], book: Book) -> dict[str, str]:
    """Return the cells that the row's area fills.

    An area that is not known, such as a part of a town, goes into the message (``text``) instead.
    """
    own = tuple(cell for _, cell in book.table("choices").column("areas") if cell)
    found = area.read(row["area"], own, book.language)
    if found.problem != "area-unknown":
        return {"area": found.value or row["area"].strip()}
    header = schema().tab("inbox").column("area").headers[book.language]
    told = f"{header}: {row['area'].strip()}"
    return {"area": "", "text": "\n".join(filter(None, (row.get("text", ""), told)))}


def _name(row: dict[str, str]) -> tuple[str, str, str, str]:
    """Return the first, last and former name and the title, from one cell or from two."""
    if row.get("first") or row.get("last"):
        first = _certain(person_name.read, row.get("first", ""))
        last = _certain(person_name.read, row.get("last", ""))
        return first, last, "", ""
    if not row.get("name", "").strip():
        return "", "", "", ""
    split = person_name.split_name(row["name"])
    return split[0], split[1], split[2], split[3]


def _certain(read: Callable[[str], Reading], cell: str) -> str:
    """Return a cell's canonical form, or its words with single blanks if it has none.

    A cell without a canonical form is taken in all the same; a person is asked about it later.
    """
    return read(cell).value or " ".join(cell.split())


def card_as_person(card: Card) -> dict[str, str]:
    """Return the cells of a card's person, by the column keys that matching compares."""
    cells = {key: card.get(key) for key in ("email", "phone", "postcode", "role")}
    names = {"first": card.first, "last": card.last}
    return {**cells, **names, "org": card.org, "municipality": card.municipality}


def card_traits(card: Card) -> dict[str, str]:
    """Return the cells by which a card is compared with the people who have been erased."""
    cells = {key: card.get(key) for key in ("email", "phone", "phone2")}
    return {**cells, "first": card.first, "last": card.last, "org": card.org}


def card_as_organisation(card: Card) -> dict[str, str]:
    """Return the cells of a card's organisation, by column key of ``organisations``.

    Where the card names a person, the mailbox, the phones, the language and the message are that
    person's and are left out; an office's mailbox is kept.
    """
    mine = not card.is_person
    return {
        "name": card.org,
        "short": card.get("short"),
        "type": card.get("type") or organisation_name.legal_form(card.org),
        "business_id": card.numbers[0],
        "assoc_no": card.numbers[1],
        "municipality": card.org_home,
        "email": card.get("email") if mine or _is_offices(card) else "",
        "phone": card.get("phone") if mine else "",
        "phone2": card.get("phone2") if mine else "",
        "url": card.get("url"),
        "address": card.get("address"),
        "area": card.get("area"),
        "sign": card.get("sign"),
        "topics": card.get("topics"),
        "postcode": card.get("postcode"),
        "language": (card.get("language") if mine else "") or language_of_form(card.org),
        "notes": card.get("text") if mine else "",
    }


def _is_offices(card: Card) -> bool:
    """Whether a person's mailbox is their organisation's: "info@…", or named after it."""
    box = card.get("email")
    named = owner_of_address(box, [f"{card.first} {card.last}"]) is not None
    return email.is_role_mailbox(box) or (not named and email.is_called_as(box, card.org))

"""Blank cells of known rows that recognised rows of ``inbox`` could fill.

The message of a typed row may also be added to the notes of the row that it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from register.book.ids import reference_id
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import card_as_organisation, card_of
from register.intake.refusals import only_refuses
from register.people.records import NOT_LIVE

COMPLETED = {
    "organisations": (
        *("short", "business_id", "assoc_no", "municipality", "email", "phone", "phone2", "url"),
        *("address", "postcode", "area", "topics", "language"),
    ),
    "people": ("org", "role", "body", "email", "phone", "phone2", "language"),
}
"""The cells of a known row that a row of ``inbox`` may fill if they are blank."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A cell of a known row that a row of ``inbox`` could fill; a person decides.

    The cell is blank, except for notes: a message is added to what they hold (``before``).
    """

    source: str
    tab: str
    row_id: str
    column: str
    value: str
    before: str = ""

    @property
    def what(self) -> tuple[str, str, str]:
        """The cell and its new value, whichever row of ``inbox`` proposes it."""
        return self.row_id, self.column, self.value


def completions(book: Book) -> list[Completion]:
    """Return what recognised rows of ``inbox`` could fill, each cell and value once."""
    known = schema().enum("intake_result").label("known", book.language)
    offers: dict[tuple[str, str, str], Completion] = {}
    for source, row in book.table("inbox").rows():
        words = row.get("result", "").split(", ")
        told = (reference_id(word.rpartition(" ")[2]) for word in words)
        org_id = next((one for one in told if one in book.table("organisations")), "")
        for word in words:
            label, _, row_id = word.rpartition(" ")
            if label == known:
                typed = () if row.get("at") else typed_messages(book, source, row, row_id)
                for offer in (*row_completions(book, source, row, row_id, org_id), *typed):
                    offers.setdefault(offer.what, offer)
    return list(offers.values())


def typed_messages(
    book: Book, source: str, row: dict[str, str], row_id: str
) -> Iterator[Completion]:
    """Yield the message of a typed row, if the notes of the row that it is about lack it.

    A message about a person is not added to the notes of their organisation, nor one that only
    refuses letters: ``review`` asks about a ban.
    """
    tab = schema().tab_of_id(row_id)
    if tab is None or tab.key not in COMPLETED or row_id not in book.table(tab.key):
        return
    card, target = card_of(source, row, book), book.table(tab.key).row(row_id)
    if target.get("status") in NOT_LIVE or (tab.key == "organisations" and card.is_person):
        return
    message, notes = mask_identity_codes(card.get("text")), target.get("notes", "")
    if only_refuses(message):
        return
    if message and "notes" in target and message not in notes:
        said = "\n".join(filter(None, (notes, message)))
        yield Completion(source, tab.key, row_id, "notes", said, notes)


def row_completions(
    book: Book, source: str, row: dict[str, str], row_id: str, org_id: str = ""
) -> Iterator[Completion]:
    """Yield the blank cells of a known row that a row of ``inbox`` could fill.

    ``org_id`` is the organisation that the ``inbox`` row names, '' for none.
    """
    tab = schema().tab_of_id(row_id)
    if tab is None or tab.key not in COMPLETED or row_id not in book.table(tab.key):
        return
    target = book.table(tab.key).row(row_id)
    if target.get("status") in NOT_LIVE:
        return
    card = card_of(source, row, book)
    cells = card_as_organisation(card) if tab.key == "organisations" else dict(card.row)
    if tab.key == "people":
        cells["org"] = book.reference("organisations", org_id) if org_id else ""
    for column in COMPLETED[tab.key]:
        if cells.get(column) and column in target and not target[column]:
            yield Completion(source, tab.key, row_id, column, cells[column])

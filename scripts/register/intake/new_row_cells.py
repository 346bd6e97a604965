"""Make the cells of a new row of ``organisations`` or ``people`` from a card of ``inbox``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from register.book.schema import schema
from register.book.table import Book
from register.intake.card import Card, card_as_organisation
from register.intake.completions import COMPLETED
from register.intake.refusals import consent_day, row_tells_wish
from register.intake.titles import is_title
from register.people.departure_notes import departure_note
from register.people.records import OFFICE

_OFFICES = ("municipality", "county", "state")
_OF_SOMEBODY = ("role", "body", "party", "met_at")
"""Cells about people; if a card names nobody, they go into the organisation's notes."""

_PHONES = ("phone", "phone2")
_UNITED = {"role": ", ", "topics": ", ", "notes": "\n"}
"""Cells that hold several things, and what stands between them."""

_ASSOCIATIONS = ("association", "foundation", "parish", "informal")


@dataclass(frozen=True, slots=True)
class NewRowCells:
    """Makes the cells of new rows of a book.

    ``today`` is an ISO date. ``invite`` applies to people whose card says nothing about consent.
    """

    book: Book
    today: str
    invite: bool

    def organisation(self, card: Card) -> dict[str, str]:
        """Return the cells of ``organisations`` for a card.

        If the card names no person, the notes also get its post, body, party and meeting place.
        """
        title = schema().tab("inbox").titles[self.book.language]
        source = _source(card) or f"{title} {card.row_id}"
        cells = {**card_as_organisation(card), "source": source}
        if not card.is_person:
            cells["notes"] = self._with(cells["notes"], card, _OF_SOMEBODY)
        return cells

    def person(self, card: Card, organisation: str, home: str) -> dict[str, str]:
        """Return the cells of ``people`` for a card.

        ``organisation`` is a reference to the person's organisation, ``home`` its municipality; a
        person's municipality is written only if it differs.
        """
        group = card.get("group") or ("elected" if card.get("party") else "")
        agreed = card.get("consent") == "yes"
        consent = self._consent(card) if agreed and not row_tells_wish(card.get("text")) else {}
        invite = agreed or (self.invite and not card.get("consent"))
        gone = departure_note(card.get("text"), self.today)
        title, beside = _parted_title(card)
        return {
            "first": card.first,
            "last": card.last,
            "former_name": card.former,
            "org": organisation,
            "municipality": card.municipality if card.municipality != home else "",
            "role": card.get("role") or title,
            "group": group,
            "body": card.get("body"),
            "party": card.get("party"),
            "email": card.get("email"),
            "phone": card.get("phone"),
            "phone2": card.get("phone2"),
            "language": card.get("language"),
            "invite": "yes" if invite and not gone else "no",
            "met_at": card.get("met_at"),
            "source": _source(card),
            "basis": "consent"
            if consent
            else "public_duty"
            if group in OFFICE
            else "legitimate_interest",
            **consent,
            "notes": "\n".join(filter(None, (card.get("text"), beside))),
        }

    def _with(self, notes: str, card: Card, keys: Sequence[str]) -> str:
        """Return the notes with those cells of a card that ``organisations`` has no column for."""
        headers = {key: schema().tab("people").column(key).headers for key in keys}
        said = [
            f"{headers[key][self.book.language]}: {card.get(key)}" for key in keys if card.get(key)
        ]
        return "\n".join(filter(None, (notes, "; ".join(said))))

    def _consent(self, card: Card) -> dict[str, str]:
        """Return the day of a consent and its words: the box that was ticked, and in which list.

        {} if the day of the consent is in the future.
        """
        box = schema().tab("inbox").column("consent").headers[self.book.language]
        yes = schema().enum("yes_no").label("yes", self.book.language)
        words, where = card.get("consent_words") or f"{box}: {yes}", _source(card)
        given = consent_day(f"{words}\n{card.get('text')}") or card.get("at")[:10] or self.today
        if given > self.today:
            return {}
        return {
            "consent_on": given,
            "consent_words": f"{words} ({where})" if where else words,
        }

    def further(
        self, tab: str, row: Mapping[str, str], cells: Mapping[str, str], *, refuses: bool
    ) -> dict[str, str]:
        """Return the cells of a new row that another card of the same one changes.

        Blank cells are filled, posts and topics united, a second phone is kept, and notes added.
        With ``refuses`` the person is not invited, whatever the earlier card said.
        """
        told = self.fit(tab, {key: cells.get(key, "") for key in (*COMPLETED[tab], "notes")})
        slots = [key for key in _PHONES if self.book.table(tab).has(key)]
        numbers = dict.fromkeys(one[key] for one in (row, told) for key in slots if one.get(key))
        told["notes"] = "\n".join(filter(None, (told["notes"], *[*numbers][len(slots) :])))
        found = {key: cell for key, cell in told.items() if cell and not row.get(key)}
        found |= zip(slots, numbers, strict=False)
        for key, between in _UNITED.items():
            parts = [part for one in (row, told) for part in one.get(key, "").split(between)]
            found[key] = between.join(dict.fromkeys(filter(None, parts)))
        if refuses:
            found["invite"] = "no"
        return {key: cell for key, cell in found.items() if cell != row.get(key, "")}

    def fit(self, tab: str, cells: dict[str, str]) -> dict[str, str]:
        """Move cells whose column the tab lacks into its notes, so that nothing is lost."""
        table = self.book.table(tab)
        homeless = {key: cell for key, cell in cells.items() if cell and not table.has(key)}
        if not homeless:
            return cells
        columns, language = table.tab.column, self.book.language
        said = "; ".join(f"{columns(k).headers[language]}: {c}" for k, c in homeless.items())
        notes = "\n".join(filter(None, (cells.get("notes", ""), said)))
        return {key: cell for key, cell in cells.items() if key not in homeless} | {"notes": notes}


def _parted_title(card: Card) -> tuple[str, str]:
    """Return what stands beside a name as a post, or else as a note; the other is ''.

    A form of address gives ('', ''); a day or another name is a note.
    """
    if is_title(card.title):
        return "", ""
    post = not card.get("role") and re.fullmatch(r"[^\d,;:]{1,40}", card.title)
    return (card.title, "") if post else ("", card.title)


def _source(card: Card) -> str:
    """Return where a card's data is from, '' if it does not say; then a person is asked."""
    return card.get("source") or card.get("met_at")


def suggested_group(org_type: str, body: str) -> str:
    """Return the person group that an organisation's type suggests, '' for none."""
    if org_type in _OFFICES:
        return "elected" if body else "official"
    return "association_actor" if org_type in _ASSOCIATIONS else ""

"""Turn a row of a list into rows of ``inbox``: its own, and one for each person who shares it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.book import personal_identity_code as henkilotunnus
from register.book.headers import fold_header
from register.intake.blank_cells import says_nothing
from register.intake.card_cells import CONSENT_WORDS, CardCells, cell_with_header
from register.intake.cell_parts import (
    NamedPerson,
    contacts_in_cell,
    owner_of_address,
    people_in_cell,
)
from register.intake.column_map import ColumnLink, ColumnMap
from register.intake.contact_names import separate_organisation
from register.intake.further_organisations import rows_by_organisation
from register.intake.header_names import EITHER
from register.intake.lined_people import cards_of_cell
from register.intake.offices import post_of_each
from register.intake.private_columns import is_post_office_box, is_work_header, without_diet
from register.intake.refusals import consent_kind, refuses_letters, withholds_consent
from register.intake.shared_rows import (
    add_post,
    distribute_cells,
    give_family_name,
    name_of_card,
    person_meant_by,
    return_addresses,
    unite_cards,
)
from register.intake.units import separate_unit
from register.people.departure_notes import struck_headers
from register.values import email, phone
from register.values.organisation_name import names_organisation

_REACH = ("email", "phone", "phone2")
_WORDLESS = frozenset(
    ("name", "first", "last", "org", "role", "municipality", "postcode", "business_id", "assoc_no")
)
"""Columns whose words say nothing about letters."""

_AT_LENGTH = frozenset(("text", "email", "phone", "met_at", "source", "body", "party", "language"))
_NAMES = ("name", "first", "last")
_PLAIN = frozenset((*_WORDLESS, EITHER, "email", "phone", "url", "address", "area", "topics"))
"""Columns in which a dash means that there is no value."""
_NAMES_TOO = frozenset(("Vapaa", "Null", "Nan", "None"))
"""Words for no value that are also people's names, as names are written."""

_NAMED_IN = (*_NAMES, "email", "phone", EITHER)
_SEALED = ("left", "private", "secret")
_SHARED = frozenset(
    (
        *("org", "short", "type", "business_id", "assoc_no", "municipality", "language", "at"),
        *("met_at", "source", "url", "address", "postcode", "area", "sign", "topics", "body"),
    )
)
"""Cells that apply to all people of a row; its other cells are the organisation's alone."""

_ALL_SAY = frozenset((*_SHARED, "consent", CONSENT_WORDS))

_IN_WORDS = ("", "text")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RowCards:
    """Reads the rows of a list: its columns, and default cells for what the list lacks.

    ``agreed`` is the importer's word that the people want letters; it does not apply to a row with
    a cell that says otherwise.
    """

    columns: ColumnMap
    defaults: Mapping[str, str]
    agreed: bool = False

    @property
    def _of_people(self) -> bool:
        """Whether the list has columns of people's names."""
        return any(link.holder or link.target in (*_NAMES, EITHER) for link in self.columns.links)

    def diets(self, rows: Iterable[Sequence[str]]) -> int:
        """Return how many cells say what a person may not eat; those words are not kept."""
        words = [link.index for link in self.columns.links
                 if link.is_kept and link.target in _IN_WORDS]  # fmt: skip
        told = (row[n] for row in rows for n in words) if self._of_people else ()
        return sum(without_diet(cell) != cell for cell in told)

    def cards(self, row: Sequence[str]) -> Iterator[dict[str, str]]:
        """Yield the rows of ``inbox`` that a row becomes; each of its cells is in one of them.

        The row's own is left out if the rows of its people hold everything. An office's mailbox
        ("info@") beside nobody's name is the organisation's.
        """
        for one in rows_by_organisation(row, self.columns):
            yield from self._cards(one)

    def _cards(self, row: Sequence[str]) -> Iterator[dict[str, str]]:
        row, lined = self._lined(row)
        own, *others = self._people(row, "")
        if own.get("org") and not (others or lined or self._names_somebody(row, own)):
            own = self._cells(row, private=True)
        office = self._cells(row, self.columns.organisation) if self.columns.organisation else {}
        shared = {key: cell for key, cell in own.items() if key in _SHARED}
        people = [{**shared, **one} for one in (*others, *lined)]
        for holder, role in self.columns.holders.items():
            theirs = [one for one in self._people(row, holder)
                      if (name := name_of_card(one)) and not names_organisation(name)]  # fmt: skip
            people += [{**shared, **one, "role": one.get("role") or role} for one in theirs]
            word = next((cell for link, cell in self._filled(row, holder)
                         if link.target in _NAMES), "")  # fmt: skip
            if not theirs and (same := person_meant_by(word, people)):
                add_post(same, role, self._cells(row, holder))
            elif not theirs:
                nobodys: list[str] = []
                for link, cell in self._filled(row, holder):
                    if (
                        link.target == "email"
                        and not own.get("email")
                        and (
                            email.is_role_mailbox(cell)
                            or email.is_called_as(cell, own.get("org", ""))
                        )
                    ):
                        own["email"] = cell
                    else:
                        nobodys.append(f"{holder}, {cell_with_header(link, cell)}")
                own["text"] = "\n".join(filter(None, (own.get("text", ""), "; ".join(nobodys))))
        give_family_name(own, people)
        people = unite_cards(people)
        return_addresses(own, people)
        self._hand_out(own, people)
        if people and not (own.get("org") or any(map(own.get, _NAMED_IN))):
            for key in ("party", "text"):
                told = (people[0].get(key), own.pop(key, ""))
                people[0][key] = "\n".join(filter(None, told))
        if reached := any(map(office.get, (*_REACH, "text"))):
            yield {**shared, **office}
        apart = any(cell and key not in _ALL_SAY for key, cell in own.items())
        if apart or not (people or reached):
            yield own
        yield from people

    def _hand_out(self, own: dict[str, str], people: Sequence[dict[str, str]]) -> None:
        """Give addresses of the row to the people whose names they are made of.

        An address whose header says that it is the organisation's stays there.
        """
        found = contacts_in_cell(own.get("email", ""))
        told = any(is_work_header(link.header) for link in self.columns.filling("email"))
        if found.rest or (told and len(found.emails) < 2):
            return
        names = [*map(name_of_card, people), name_of_card(own)]
        left = list(found.emails)
        for address in found.emails:
            owner = None if email.is_role_mailbox(address) else owner_of_address(address, names)
            if owner not in (None, len(people)) and not people[owner].get("email"):
                people[owner]["email"] = address
                left.remove(address)
        if left != list(found.emails):
            own["email"] = ", ".join(left)

    def _lined(self, row: Sequence[str]) -> tuple[Sequence[str], list[dict[str, str]]]:
        """Return the row without the cells that name people on lines, and those people's cards."""
        left, cards = list(row), list[dict[str, str]]()
        alone = len(row) > 1 and sum(map(bool, row)) == 1
        for link in self.columns.links:
            if link.target not in (*_NAMED_IN, "") or link.how in _SEALED or _is_struck(link):
                continue
            for one in cards_of_cell(row[link.index], alone=alone):
                left[link.index] = ""
                role = one.get("role") or link.role
                cards.append({**one, "role": role, **self._consent(row, link.holder)})
        return left, cards

    def _consent(self, row: Sequence[str], holder: str) -> dict[str, str]:
        """Return a holder's consent: "no" for a refusal, "yes" if the importer agreed, else {}."""
        if self._refusal(row, holder):
            return {"consent": "no"}
        agreed = self.agreed and not self._withheld(row, holder)
        return {"consent": "yes"} if agreed else {}

    def refusal(self, row: Sequence[str]) -> str:
        """Return the cell of a row that refuses letters, as "header: cell", or ''."""
        holders = (None, *self.columns.holders)
        return next(filter(None, (self._refusal(row, holder) for holder in holders)), "")

    def _names_somebody(self, row: Sequence[str], own: Mapping[str, str]) -> bool:
        """Whether a row names a person besides an organisation, by a name or a personal mailbox."""
        told = (link.target for holder in ("", *self.columns.holders)
                for link, _ in self._filled(row, holder))  # fmt: skip
        named = any(map(own.get, _NAMES)) or not set(_NAMES).isdisjoint(told)
        return named or email.is_own_mailbox(own.get("email", ""))

    def _filled(
        self, row: Sequence[str], holder: str, *, private: bool = False
    ) -> Iterator[tuple[ColumnLink, str]]:
        """Yield the columns and masked cells of a holder that say something.

        With ``private``, or if the address is a post-office box, private columns with a spare
        target count as well.
        """
        private = private or (not holder and self._is_box(row))
        for link in self.columns.links:
            mine = link.holder == holder and (link.is_kept or (private and link.spare))
            cell = _masked(row[link.index], link) if mine else ""
            if cell and link.target in _IN_WORDS and self._of_people:
                cell = without_diet(cell)
            plain = (link.target or link.spare) in _PLAIN
            if cell and not (plain and says_nothing(cell) and not self._is_name(row, link)):
                yield link, cell

    def _is_name(self, row: Sequence[str], link: ColumnLink) -> bool:
        """Whether a cell is half of a name whose other half the row has: "Ville" and "Vapaa"."""
        if row[link.index] not in _NAMES_TOO or link.target not in ("first", "last"):
            return False
        others = (
            row[one.index]
            for one in self.columns.links
            if one.holder == link.holder and {one.target, link.target} == {"first", "last"}
        )
        return any(cell and not says_nothing(cell) for cell in others)

    def _is_box(self, row: Sequence[str]) -> bool:
        """Whether the address that might be a home is a post-office box."""
        homes = (
            one for one in self.columns.links if (one.spare, one.how) == ("address", "private")
        )
        return any(is_post_office_box(row[one.index]) for one in homes)

    def _people(self, row: Sequence[str], holder: str) -> list[dict[str, str]]:
        """Return the card of a holder ('' for the row's own), and of others named in its cells."""
        cells = self._cells(row, holder)
        named = _named(cells)
        if not named:
            return [cells]
        for key in ("first", "last") if len(named) > 1 else ():
            cells.pop(key, None)
        if each := post_of_each(cells.get("role", "")):
            cells["role"] = each
        cards = [
            {**{key: cells[key] for key in ("consent", CONSENT_WORDS) if key in cells},
             "name": one.name, "role": one.role or ("" if one.beside else each)}
            for one in named
        ]  # fmt: skip
        cards[0] = {**cells, **{key: cell for key, cell in cards[0].items() if cell}}
        if len([one for one in named if not one.beside]) > 1:
            distribute_cells(cells, cards, [one.name for one in named])
        return cards

    def _cells(
        self, row: Sequence[str], holder: str = "", *, private: bool = False
    ) -> dict[str, str]:
        """Return the cells of a holder; what its column cannot hold goes into the message.

        With ``private``, cells that would be a home if the row named a person are included.
        """
        cells = {} if holder else dict(self.defaults)
        found = CardCells()
        for link, cell in self._filled(row, holder, private=private):
            found.take(link, cell, cells)
        found.settle(cells)
        if not holder:
            separate_organisation(cells)
            separate_unit(cells)
        consent = self._consent(row, holder)
        if consent.get("consent") == "no" or not cells.get("consent"):
            cells |= consent
        return cells

    def _refusal(self, row: Sequence[str], holder: str | None) -> str:
        for link in self._heard(holder):
            cell = row[link.index]
            if not cell or link.target in _WORDLESS or link.how == "secret":
                continue
            if refuses_letters(self._asks(link), cell, at_length=link.target in _AT_LENGTH):
                return cell_with_header(link, _masked(cell, link)[:_SHOWN])
        return ""

    def _withheld(self, row: Sequence[str], holder: str) -> bool:
        heard = self._heard(holder)
        return any(withholds_consent(self._asks(link), row[link.index]) for link in heard)

    def _asks(self, link: ColumnLink) -> str:
        """Return a column's header; without one, that of the list's column about leave, or ''.

        A separator too many in a row moves its answer to the right, out of the headers.
        """
        asked = (one.header for one in self.columns.links if consent_kind(one.header) == "leave")
        return link.header or next(asked, "")

    def _heard(self, holder: str | None) -> Iterator[ColumnLink]:
        """Yield the columns that speak for a holder: theirs and the row's own.

        The row's own columns speak for all its people, and so do those of a holder whom no column
        names: "Email status" is about everybody.
        """
        named = {link.holder for link in self.columns.links if link.target in _NAMES}
        for link in self.columns.links:
            if link.holder in ("", holder) or link.holder not in named:
                yield link


def _is_struck(link: ColumnLink) -> bool:
    return fold_header(link.header) in struck_headers()


def _named(cells: dict[str, str]) -> list[NamedPerson]:
    """Return the people of a card's name, [] for one person whose names have their own columns."""
    if cells.get("name"):
        return people_in_cell(cells["name"])
    first, last = cells.get("first", ""), cells.get("last", "")
    found = people_in_cell(f"{first} {last}") if first and last else []
    return found if len(found) > 1 else []


def _masked(cell: str, link: ColumnLink) -> str:
    """Mask personal identity codes; "040123-4567" may look like one and is a phone number."""
    if link.how == "secret":
        return henkilotunnus.MASK if cell else ""
    masked = cell
    for span in reversed(henkilotunnus.find_identity_codes(cell)):
        text = cell[span.start : span.end]
        is_phone = text.startswith("0") and bool(phone.read(text).value)
        if not (is_phone and (link.target == "phone" or not span.certain)):
            masked = masked[: span.start] + henkilotunnus.MASK + masked[span.end :]
    return masked

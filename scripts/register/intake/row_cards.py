"""A row of a list as rows of ``inbox``: its own, and one for each person who shares it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from register.book import personal_identity_code as henkilotunnus
from register.intake.cell_looks import choice_key, read_moment, read_yes_no
from register.intake.cell_parts import (
    Named,
    is_title,
    mobile_first,
    people_in,
    plain_cell,
    reach_in,
    says_nothing,
    whose,
)
from register.intake.column_map import ColumnLink, ColumnMap
from register.intake.header_names import EITHER, is_switchboard, last_name_first
from register.intake.offices import whole_role
from register.intake.refusals import refuses, withholds
from register.values import business_id, email, organisation_name, person_name, phone
from register.values.reading import Reading

_WORDLESS = frozenset(
    ("name", "first", "last", "org", "role", "municipality", "postcode", "business_id", "assoc_no")
)
"""The columns whose words say nothing about letters."""

_AT_LENGTH = frozenset(("text", "email", "phone", "met_at", "source", "body", "party", "language"))
_NAMES = ("name", "first", "last")
_PLAIN = frozenset((*_WORDLESS, EITHER, "email", "phone", "url", "address", "topics"))
"""The columns in which a dash is no text."""

_SHARED = frozenset(
    (
        *("org", "short", "type", "business_id", "assoc_no", "municipality", "language", "at"),
        *("met_at", "source", "url", "address", "postcode", "topics"),
    )
)
"""What a row says of all people in it; the rest of its own is its organisation's."""

_SHOWN = 60
_TRIPLE = re.compile(r"\s*:::\s*")
"""What Google puts between several values, the first of which is the primary one."""


@dataclass(frozen=True, slots=True)
class RowCards:
    """How the rows of a list are read: its columns, and what a row says where its list does not.

    ``agreed`` is the importer's word that they want letters; it stands for no row with a cell that
    says otherwise.
    """

    columns: ColumnMap
    defaults: Mapping[str, str]
    agreed: bool = False

    def cards(self, row: Sequence[str]) -> Iterator[dict[str, str]]:
        """Yield the rows of ``inbox`` that a row becomes; each cell of it is in one of them.

        Its own is left out where those of its people say all that it would.
        """
        own, *others = self._people(row, "")
        shared = {key: cell for key, cell in own.items() if key in _SHARED}
        people = [{**shared, **one} for one in others]
        for holder, role in self.columns.holders.items():
            theirs = [one for one in self._people(row, holder) if any(map(one.get, _NAMES))]
            people += [{**shared, "role": role, **one} for one in theirs]
            if not theirs:
                nobodys = "; ".join(
                    f"{holder}, {_said(link, cell)}" for link, cell in self._filled(row, holder)
                )
                own["text"] = "\n".join(filter(None, (own.get("text", ""), nobodys)))
        apart = any(cell and key not in (*_SHARED, "consent") for key, cell in own.items())
        if apart or not people:
            yield own
        yield from people

    def refusal(self, row: Sequence[str]) -> str:
        """Return what of a row refuses letters, as ``header: cell``, or ''."""
        holders = (None, *self.columns.holders)
        return next(filter(None, (self._refusal(row, holder) for holder in holders)), "")

    def _filled(self, row: Sequence[str], holder: str) -> Iterator[tuple[ColumnLink, str]]:
        for link in self.columns.links:
            mine = link.holder == holder and link.how not in ("left", "private")
            cell = _masked(row[link.index], link) if mine else ""
            if cell and not ((link.target or link.spare) in _PLAIN and says_nothing(cell)):
                yield link, cell

    def _people(self, row: Sequence[str], holder: str) -> list[dict[str, str]]:
        """Return the card of the row or of one who shares it, and one for each named beside."""
        cells = self._cells(row, holder)
        named = _named(cells)
        if not named:
            return [cells]
        for key in ("first", "last") if len(named) > 1 else ():
            cells.pop(key, None)
        cards = [
            {**({"consent": cells["consent"]} if "consent" in cells else {}), "name": one.name,
             "role": one.role}
            for one in named
        ]  # fmt: skip
        cards[0] = {**cells, **{key: cell for key, cell in cards[0].items() if cell}}
        if len([one for one in named if not one.beside]) > 1:
            _give(cells, cards, [one.name for one in named])
        return cards

    def _cells(self, row: Sequence[str], holder: str = "") -> dict[str, str]:
        """Return what one of a row says; what a column cannot hold as it is goes to ``message``."""
        cells = {} if holder else dict(self.defaults)
        found = _Found()
        for link, cell in self._filled(row, holder):
            found.take(link, cell, cells)
        found.settle(cells)
        if self._refusal(row, holder):
            cells["consent"] = "no"
        elif self.agreed and not cells.get("consent") and not self._withheld(row, holder):
            cells["consent"] = "yes"
        return cells

    def _refusal(self, row: Sequence[str], holder: str | None) -> str:
        for link in self._heard(holder):
            cell = row[link.index]
            if not cell or link.target in _WORDLESS or link.how == "secret":
                continue
            if refuses(link.header, cell, at_length=link.target in _AT_LENGTH):
                return _said(link, _masked(cell, link)[:_SHOWN])
        return ""

    def _withheld(self, row: Sequence[str], holder: str) -> bool:
        return any(withholds(link.header, row[link.index]) for link in self._heard(holder))

    def _heard(self, holder: str | None) -> Iterator[ColumnLink]:
        """Yield the columns that speak for somebody: the row's own, which speak for all, first."""
        yield from (link for link in self.columns.links if link.holder in ("", holder))


@dataclass(slots=True)
class _Found:
    """What the cells of one card say besides what stands in its columns as it is."""

    emails: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    spare: list[tuple[ColumnLink, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    message: str = ""

    def take(self, link: ColumnLink, cell: str, cells: dict[str, str]) -> None:
        """Put a cell where it belongs."""
        target = link.target
        if target == EITHER:
            target = "org" if organisation_name.names_organisation(cell) else "name"
        match target:
            case "text":
                self.message = cell
            case "phone" if is_switchboard(link.header):
                self.spare.append((replace(link, spare="phone"), cell))
            case "phone":
                self._reach(link, cell, phone.read)
            case "email":
                first, *others = _TRIPLE.split(cell)
                self._reach(link, first, email.read)
                self.elsewhere += others
            case "name":
                self._name(link, _value(link, cell), cells)
            case "org":
                self._organisation(link, cell, cells)
            case "" if link.spare:
                self.spare.append((link, cell))
            case _ if target and (value := _value(link, cell)):
                cells[target] = value
            case _:
                self.said.append(_said(link, cell))

    def settle(self, cells: dict[str, str]) -> None:
        """Fill what is blank from columns of the same kind, and put all that is left into words."""
        for link, cell in self.spare:
            if link.spare in ("email", "phone"):
                read = email.read if link.spare == "email" else phone.read
                kept = self.emails if link.spare == "email" else self.phones
                if read(cell).value and not any(read(one).value for one in kept):
                    self.said += kept
                    kept[:] = [cell]
                    continue
            elif not cells.get(link.spare) and (
                value := _value(replace(link, target=link.spare), cell)
            ):
                cells[link.spare] = value
                continue
            self.said.append(_said(link, cell))
        cells["email"], *others = list(dict.fromkeys((*self.emails, *self.elsewhere))) or [""]
        self.said += others
        phones = mobile_first(self.phones)
        two = len(phones) == 2 and all(phone.read(one).value for one in phones)
        cells["phone"] = phones[0] if two else " / ".join(phones)
        cells["phone2"] = phones[1] if two else ""
        cells["text"] = "\n".join(part for part in (self.message, "; ".join(self.said)) if part)

    def _reach(self, link: ColumnLink, cell: str, read: Callable[[str], Reading]) -> None:
        """Take what reaches somebody out of a cell; a cell with nothing of it stays as it is."""
        plain = plain_cell(cell)
        found = reach_in(plain)
        kept = self.emails if link.target == "email" else self.phones
        clear = found.phones if link.target == "phone" else found.emails
        if (
            read(plain).value
            or len(found.emails) > 1
            or not (found.phones or found.emails)
            or (len(found.phones) > 1 and found.rest and clear)
        ):
            kept.append(plain)
        else:
            (self.emails if link.target == "email" else self.elsewhere).extend(found.emails)
            self.phones += found.phones
            if found.rest:
                self.said.append(_said(link, found.rest))

    def _name(self, link: ColumnLink, cell: str, cells: dict[str, str]) -> None:
        """Take a name, and what reaches the person out of the same cell."""
        found = reach_in(plain_cell(cell))
        if organisation_name.legal_form(cell) and not cells.get("org"):
            self._organisation(link, cell, cells)
        elif (found.emails or found.phones) and found.rest:
            self.elsewhere += found.emails
            self.phones += found.phones
            cells["name"] = found.rest
        elif people_in(cell):
            cells["name"] = cell
        else:
            self.said.append(_said(link, cell))

    def _organisation(self, link: ColumnLink, cell: str, cells: dict[str, str]) -> None:
        """Take the name of an organisation, its number, short name and other name apart."""
        parts = organisation_name.name_parts(cell)
        cells["org"] = parts.name
        if parts.short:
            cells.setdefault("short", parts.short)
        if business_id.read(parts.number).value:
            cells.setdefault("business_id", parts.number)
        elif parts.number:
            self.said.append(_said(link, cell))
        if parts.other:
            self.said.append(_said(link, parts.other))


def _named(cells: dict[str, str]) -> list[Named]:
    """Return the people that a card names, [] where it names one in columns of their own."""
    if cells.get("name"):
        return people_in(cells["name"])
    first, last = cells.get("first", ""), cells.get("last", "")
    found = people_in(f"{first} {last}") if first and last else []
    return found if len(found) > 1 else []


def _give(cells: dict[str, str], cards: list[dict[str, str]], names: list[str]) -> None:
    """Give an address or a number to the one of several people whose it is, or put it in words."""
    for key in ("email", "phone"):
        cell = cells.get(key, "")
        if not cell:
            continue
        cards[0][key] = ""
        owner = whose(cell, names) if key == "email" else None
        if key == "phone" and cells.get("phone2") and len(cards) == 2:
            cards[0]["phone"], cards[1]["phone"] = cell, cells["phone2"]
            cards[0]["phone2"] = ""
        elif owner is not None:
            cards[owner][key] = cell
        elif email.is_role_mailbox(cell):
            cards[0][key] = cell
        else:
            cards[0]["text"] = "; ".join(filter(None, (cards[0].get("text", ""), cell)))


def _said(link: ColumnLink, cell: str) -> str:
    return f"{link.header}: {cell}" if link.header else cell


def _value(link: ColumnLink, cell: str) -> str:
    """Return what goes into the column; '' where a dropdown or a moment cannot be read."""
    match link.target:
        case "consent":
            return read_yes_no(cell)
        case "group":
            return choice_key("person_group", cell)
        case "type":
            return choice_key("organisation_type", cell)
        case "at":
            return read_moment(cell)
        case "name" if last_name_first(link.header):
            return _last_comma_first(cell)
        case "role":
            return "" if is_title(cell) else whole_role(cell) or cell
    return cell


def _last_comma_first(cell: str) -> str:
    """Put a comma after the last name of two, unless just one is known to be a first name."""
    words = cell.split()
    known = [word.casefold() in person_name.first_names() for word in words]
    if len(words) != 2 or "," in cell or sum(known) == 1:
        return cell
    return f"{words[0]}, {words[1]}"


def _masked(cell: str, link: ColumnLink) -> str:
    """Mask personal identity codes; ``040123-4567`` may be one by chance and is a phone."""
    if link.how == "secret":
        return henkilotunnus.MASK if cell else ""
    masked = cell
    for span in reversed(henkilotunnus.find_identity_codes(cell)):
        text = cell[span.start : span.end]
        is_phone = text.startswith("0") and bool(phone.read(text).value)
        if not (is_phone and (link.target == "phone" or not span.certain)):
            masked = masked[: span.start] + henkilotunnus.MASK + masked[span.end :]
    return masked

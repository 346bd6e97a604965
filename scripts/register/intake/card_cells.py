"""The cells of one card: each cell of a list's row goes to its column, shared cells are split."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from register.intake.cell_looks import read_leave
from register.intake.cell_parts import (
    CellReach,
    NamedPerson,
    contacts_in_cell,
    is_cross_reference,
    is_surely_named,
    mobile_first,
    people_in_cell,
    person_in_cell,
    plain_cell,
    split_organisation_and_person,
    split_organisation_and_post,
)
from register.intake.cell_values import cell_value
from register.intake.column_map import ColumnLink
from register.intake.header_names import EITHER, is_post_header, is_switchboard
from register.intake.name_marks import names_nobody, without_marks
from register.intake.parties import split_body, split_party
from register.intake.post_towns import split_address
from register.intake.private_columns import is_profile
from register.intake.refusals import consent_kind, is_consent_day, is_wish_column
from register.intake.spelt_out import spelt_out_addresses
from register.people.departure_notes import without_death
from register.values import (
    association_no,
    business_id,
    email,
    municipality,
    organisation_name,
    phone,
    postal_code,
    url,
)
from register.values.post import whole_role
from register.values.reading import Reading

_NOBODYS = re.compile(
    r"yksityi(?:nen|shenkilö|set)|ei (?:mitään )?(?:järjestöä|yhdistystä)|privatperson|enskild"
    r"|private(?: (?:person|individual))?|free ?lancer?|self[- ]employed|egenföretagare|frilansare?"
    r"|eläkkeellä|eläkeläinen|pensionär|retired|opiskelija|student|studerande|työtön",
    re.IGNORECASE,
)
"""What people write as the organisation of somebody who has none."""
_FORMERLY = re.compile(r"(?:ent(?:inen)?|ex|f\.? ?d|förre|former)\b[.:]?\s*", re.IGNORECASE)
_SINCE = re.compile(
    r"[\s,(]*(?:v:sta|vuodesta|alk(?:aen)?\.?|sedan|från|since|from)\s+\d[\d.]*(?:\s?[-–])?\)?|[\s,(]+\d{4}\s?[-–]\s?(?:\d{4})?\)?",
    re.IGNORECASE,
)
"""Since when somebody has held a post."""
_NO_VALUE = re.compile(
    r"\d(?:[.,]\d+)?E\+\d+|(?:etunimi|förnamn|fornamn|firstname)[._-](?:\w+[._-])?"
    r"(?:sukunimi|efternamn|lastname|surname)@\S+",
    re.IGNORECASE,
)
"""A number that a spreadsheet has rounded ("3,58E+11"), and how addresses of a place are formed."""
_JOINING = frozenset(("tai", "ja", "sekä", "eller", "och", "samt", "or", "and"))
_CAPITAL = re.compile(r"[A-ZÅÄÖ]")
_TRIPLE = re.compile(r"\s*:::\s*")
"""What Google puts between several values; the first is the primary one."""

CONSENT_WORDS = "consent_words"
"""The key of the cell that quotes a consent: the header of the list or form, and the answer."""


@dataclass(slots=True)
class CardCells:
    """What the cells of one card say, apart from the cells that fill a column as they are.

    ``emails`` come from e-mail columns and ``elsewhere`` from other cells. ``spare`` are cells that
    fill a column only if it stays blank. ``named`` are people written beside an address or a
    number. ``said`` are words for the message, ``consented`` cells with the day of a consent.
    """

    emails: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    spare: list[tuple[ColumnLink, str]] = field(default_factory=list)
    named: list[tuple[ColumnLink, NamedPerson, CellReach]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    consented: list[str] = field(default_factory=list)
    message: str = ""
    town: str = ""

    def take(self, link: ColumnLink, cell: str, cells: dict[str, str]) -> None:
        """Put a cell of the list into ``cells`` under its column key, or keep it for ``settle``."""
        target, elected = link.target, dict[str, str]()
        if target in (EITHER, "name", "first", "last"):
            cell, gone = without_death(cell)
            cell, elected["party"] = split_party(cell)
            cell, mark = without_marks(cell)
            self.said += filter(None, (gone, mark))
        elif target == "role":
            cell, elected["party"] = split_party(cell)
            cell, elected["body"] = split_body(cell)
        for key, word in elected.items():
            cells[key] = cells.get(key) or word
        if target in (EITHER, "name", "org") and (both := split_organisation_and_person(cell)):
            self._both(link, *both, cells)
            return
        if target == EITHER:
            target = "org" if organisation_name.names_organisation(cell) else "name"
        match target:
            case "text":
                self.message = cell
            case "phone" if is_switchboard(link.header):
                self.spare.append((replace(link, spare="phone"), cell))
            case "phone":
                self._reach(link, cell, phone.read, cells)
            case "email":
                first, *others = _TRIPLE.split(cell)
                self._reach(link, first, email.read, cells)
                self.elsewhere += others
            case "name" if names_nobody(cell):
                self.said.append(cell_with_header(link, cell))
            case "url" if is_profile(cell):
                self.said.append(cell_with_header(link, cell))
            case "name":
                self._name(link, cell_value(replace(link, target="name"), cell), cells)
            case "org":
                self._organisation(link, cell, cells)
            case "role" if (role := whole_role(_SINCE.sub("", cell))) and role != whole_role(cell):
                cells[target] = role
                self.said.append(cell_with_header(link, cell))
            case "business_id" if association_no.read(cell).value and not (
                business_id.read(cell).value or "-" in cell
            ):
                cells.setdefault("assoc_no", cell)
            case "consent" if is_wish_column(link.header) and cell_value(link, cell) == "yes":
                cells[target] = "yes"
                self.said.append(cell_with_header(link, cell))
            case "consent" if cell_value(link, cell) == "yes":
                cells |= {target: "yes", CONSENT_WORDS: cell_with_header(link, cell)}
            case "address" | "postcode":
                self._place(link, cell, cells)
            case _ if is_consent_day(link.header) and read_leave(cell)[1]:
                self.consented.append(cell_with_header(link, cell))
            case "" if link.spare:
                self.spare.append((link, cell))
            case _ if target and (value := cell_value(link, cell)):
                cells[target] = value
            case _:
                self.said.append(cell_with_header(link, cell))

    def _both(self, link: ColumnLink, org: str, person: str, cells: dict[str, str]) -> None:
        """Take an organisation and a person from one cell; words if ``cells`` has one already."""
        if cells.get("org"):
            self.said.append(cell_with_header(link, org))
        else:
            self._organisation(link, org, cells)
        if cells.get("name"):
            self.said.append(cell_with_header(link, person))
        else:
            cells["name"] = person

    def settle(self, cells: dict[str, str]) -> None:
        """Fill blank cells from spare columns, then put everything left over into the message."""
        for link, cell in self.spare:
            if link.spare == "text":
                self.said.append(cell)
                continue
            if link.spare in ("email", "phone"):
                read = email.read if link.spare == "email" else phone.read
                kept = self.emails if link.spare == "email" else self.phones
                if read(cell).value and not any(read(one).value for one in kept):
                    self.said += kept
                    kept[:] = [cell]
                    continue
            elif link.spare in ("address", "postcode") and not (
                split_address(cell)[0] and cells.get(link.spare)
            ):
                self._place(replace(link, target=link.spare), cell, cells)
                continue
            elif not cells.get(link.spare) and (
                value := cell_value(replace(link, target=link.spare), cell)
            ):
                cells[link.spare] = value
                if link.spare == "consent":
                    cells[CONSENT_WORDS] = cell_with_header(link, cell)
                continue
            self.said.append(cell_with_header(link, cell))
        self._consent(cells)
        self._unread(cells)
        if self.town and not cells.get("municipality"):
            cells["municipality"] = self.town
        self._whose(cells)
        cells["email"], *others = list(dict.fromkeys((*self.emails, *self.elsewhere))) or [""]
        self.said += others
        phones = mobile_first(self.phones)
        two = len(phones) == 2 and all(phone.read(one).value for one in phones)
        cells["phone"] = phones[0] if two else " / ".join(phones)
        cells["phone2"] = phones[1] if two else ""
        cells["text"] = "\n".join(part for part in (self.message, "; ".join(self.said)) if part)

    def _consent(self, cells: dict[str, str]) -> None:
        """Take the day of a consent as a yes, if no other column of the row is about leave."""
        alone = not cells.get("consent") and not any(
            consent_kind(one.partition(":")[0]) == "leave" for one in self.said
        )
        if self.consented and alone:
            cells |= {"consent": "yes", CONSENT_WORDS: self.consented.pop(0)}
        self.said += self.consented

    def _unread(self, cells: dict[str, str]) -> None:
        """Make words of a mailbox that nobody reads, and of a sender who has no other contact."""
        unread = [one for one in self.emails if email.is_unread_mailbox(one)]
        if not unread:
            return
        self.emails = [one for one in self.emails if one not in unread]
        told = () if self.emails or self.phones or cells.get("org") else ("name", "first", "last")
        self.said += [*filter(None, (cells.pop(key, "") for key in told)), *unread]

    def _reach(
        self, link: ColumnLink, cell: str, read: Callable[[str], Reading], cells: dict[str, str]
    ) -> None:
        """Take addresses and numbers from a cell; a cell with none stays as it is."""
        plain = plain_cell(cell)
        plain = spelt_out_addresses(plain)
        found = contacts_in_cell(plain)
        kept = self.emails if link.target == "email" else self.phones
        clear = found.phones if link.target == "phone" else found.emails
        if is_cross_reference(plain) or _NO_VALUE.fullmatch(plain):
            self.said.append(cell_with_header(link, plain))
        elif "@" not in plain and url.read(plain).value and not cells.get("url"):
            cells["url"] = plain
        elif link.target == "phone" and len(found.emails) > 1 and not found.rest:
            self.elsewhere.append(", ".join(found.emails))
            self.phones += found.phones
        elif (
            read(plain).value
            or len(found.emails) > 1
            or not (found.phones or found.emails)
            or (len(found.phones) > 1 and _CAPITAL.search(found.rest) and clear)
        ):
            kept.append(plain)
        else:
            named = person_in_cell(found.rest)
            if named:
                self.named.append((link, named, found))
            else:
                self._reached(link, found)
            if (
                found.rest
                and organisation_name.names_organisation(found.rest)
                and "org" not in cells
            ):
                self._organisation(link, found.rest, cells)
            elif found.rest and not named and found.rest.casefold() not in _JOINING:
                self.said.append(cell_with_header(link, found.rest))

    def _reached(self, link: ColumnLink, found: CellReach) -> None:
        (self.emails if link.target == "email" else self.elsewhere).extend(found.emails)
        self.phones += found.phones

    def _place(self, link: ColumnLink, cell: str, cells: dict[str, str]) -> None:
        """Split a cell into street, postal code and town; an unknown town becomes words."""
        street, code, town = split_address(cell)
        if not code or (street and link.target == "postcode"):
            cells[link.target] = cell
            return
        if street:
            cells["address"] = street
        if cells.setdefault("postcode", code) != code:
            self.said.append(cell_with_header(link, code))
        if municipality.read(town).value:
            self.town = town
        elif town and not postal_code.read(f"{code} {town}").value:
            self.said.append(cell_with_header(link, town))

    def _whose(self, cells: dict[str, str]) -> None:
        """Take the person named beside an address or a number; words if the row names another."""
        for link, named, found in self.named:
            called = [cells.get("name", ""), f"{cells.get('first', '')} {cells.get('last', '')}"]
            if not any(one.strip() for one in called) and is_surely_named(named):
                cells["name"] = named.name
                cells["role"] = cells.get("role") or named.role
            elif not any(_is_one_name(named.name, one) for one in called):
                self.said.append(
                    cell_with_header(link, " ".join((named.name, *found.phones, *found.emails)))
                )
                continue
            self._reached(link, found)

    def _name(self, link: ColumnLink, cell: str, cells: dict[str, str]) -> None:
        """Take a person's name from a cell, and any address or number beside it."""
        found = contacts_in_cell(plain_cell(cell))
        if (found.emails or found.phones) and (found.rest or found.emails):
            self.elsewhere += found.emails
            self.phones += found.phones
            cell = found.rest
        if not cell:
            return
        of_org = organisation_name.legal_form(cell) and organisation_name.names_organisation(cell)
        if of_org and not cells.get("org"):
            self._organisation(link, cell, cells)
        elif people_in_cell(cell):
            cells["name"] = cell
        else:
            self.said.append(cell_with_header(link, cell))

    def _organisation(self, link: ColumnLink, cell: str, cells: dict[str, str]) -> None:
        """Split a cell into an organisation's name, number, short name and other name.

        A name with a post is the row's person; words if it has one, or the post is a former one.
        """
        if _NOBODYS.fullmatch(cell.strip()):
            self.said.append(cell_with_header(link, cell))
            return
        if is_post_header(link.header):
            cell, post = split_organisation_and_post(cell)
            if post and cells.get("role"):
                self.said.append(cell_with_header(link, post))
            elif post:
                cells["role"] = whole_role(post) or post
        named = person_in_cell(_FORMERLY.sub("", cell))
        if named and named.role and not organisation_name.names_organisation(named.name):
            if cells.get("name") or _FORMERLY.match(cell):
                self.said.append(cell_with_header(link, cell))
            else:
                cells["name"] = cell
            return
        parts = organisation_name.name_parts(cell)
        cells["org"] = parts.name
        if parts.short:
            cells.setdefault("short", parts.short)
        if business_id.read(parts.number).value:
            cells.setdefault("business_id", parts.number)
        elif parts.number:
            self.said.append(cell_with_header(link, cell))
        if parts.other:
            self.said.append(cell_with_header(link, parts.other))


def _is_one_name(one: str, other: str) -> bool:
    """Whether two names share a word, in any order and case: "Pirjo" and "Mäki, Pirjo"."""
    words = [set(re.findall(r"[^\W\d_]{3,}", name.casefold())) for name in (one, other)]
    return bool(words[0] & words[1])


def cell_with_header(link: ColumnLink, cell: str) -> str:
    """Return "header: cell", or the cell alone if the column has no header."""
    return f"{link.header}: {cell}" if link.header else cell

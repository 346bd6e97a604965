"""A row of a list as rows of ``inbox``: its own, and one for each person who shares it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.book import personal_identity_code as henkilotunnus
from register.intake.cell_looks import choice_key, read_moment, read_yes_no
from register.intake.cell_parts import says_nothing
from register.intake.columns import ColumnLink, ColumnMap
from register.intake.header_names import last_name_first
from register.intake.refusals import refuses, withholds
from register.values import person_name, phone

_WORDLESS = frozenset(
    ("name", "first", "last", "org", "role", "municipality", "postcode", "business_id", "assoc_no")
)
"""The columns whose words say nothing about letters."""

_AT_LENGTH = frozenset(("text", "email", "phone", "met_at", "source", "body", "party", "language"))
_NAMES = ("name", "first", "last")
_PLAIN = frozenset((*_WORDLESS, "email", "phone"))
"""The columns in which a dash is no text."""

_SHARED = frozenset(
    ("org", "type", "business_id", "assoc_no", "municipality", "language", "at", "met_at", "source")
)
"""What a row says of all people in it; the rest of its own is its organisation's."""

_SHOWN = 60


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
        own = self._cells(row)
        people: list[dict[str, str]] = []
        for holder, role in self.columns.holders.items():
            theirs = self._cells(row, holder)
            if any(theirs.get(key) for key in _NAMES):
                shared = {key: cell for key, cell in own.items() if key in _SHARED}
                people.append({**shared, "role": role, **theirs})
            else:
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
            cell = _masked(row[link.index], link) if link.holder == holder else ""
            if cell and not (link.target in _PLAIN and says_nothing(cell)):
                yield link, cell

    def _cells(self, row: Sequence[str], holder: str = "") -> dict[str, str]:
        """Return what one of a row says; what a column cannot hold as it is goes to ``message``."""
        cells = {} if holder else dict(self.defaults)
        said: list[str] = []
        phones: list[str] = []
        message = ""
        for link, cell in self._filled(row, holder):
            if link.target == "phone":
                phones.append(cell)
            elif link.target == "text":
                message = cell
            elif link.target and (value := _value(link, cell)):
                cells[link.target] = value
            else:
                said.append(_said(link, cell))
        cells["phone"] = " / ".join(dict.fromkeys(phones))
        cells["text"] = "\n".join(part for part in (message, "; ".join(said)) if part)
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

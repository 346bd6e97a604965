"""Turn people with contact details in the text beside a table into rows of the table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from register.intake.cell_looks import share_of_organisation_names
from register.intake.drawn import is_footer
from register.intake.free_text import read_free_text
from register.intake.header_names import EITHER, header_meaning
from register.intake.offices import post_of_each, read_holder
from register.intake.text_line import has_contact_details
from register.intake.text_rows import TEXT_HEADERS, TEXT_KEYS
from register.values import post

_NAME = TEXT_KEYS.index("name")
_ROLE, _CONTACT = TEXT_KEYS.index("role"), "yhteyshenkilö"
_OF_PERSON = ("name", "email", "phone")
_REACH = (TEXT_KEYS.index("email"), TEXT_KEYS.index("phone"))

_LABELS = frozenset(("p", "puh", "puhelin", "gsm", "tel", "tfn", "sähköposti", "s-posti", "e-mail",
                     "email", "e-post", "phone"))  # fmt: skip


@dataclass(slots=True)
class TextBesideTable:
    """A table's headers, the rows for people in the text, and the lines that are left."""

    headers: list[str]
    rows: list[list[str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def read_text_beside_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[str]
) -> TextBesideTable:
    """Read the lines beside a table: people with a number or an address become rows.

    A footer ("Lisätietoja: …") names those who made the list, and is left. If the table has columns
    of names only for holders of posts, the new people get such columns too, so that other columns
    keep their owners.
    """
    if not any(map(has_contact_details, lines)):
        return TextBesideTable([*headers], left=[line for line in lines if line])
    footers = [line for line in lines if is_footer(line)]
    found = TextBesideTable([*headers])
    cards = [
        card
        for card in read_free_text([line for line in lines if line not in footers]).rows
        if card and card[_NAME] and any(card[at] for at in _REACH)
    ]
    columns = _columns(headers, rows)
    posts = {} if columns.keys() & {"name", "first", "last"} else _posts(headers)
    for card in cards:
        cells: dict[int, str] = {}
        held = (card[_ROLE] or _CONTACT) if posts else ""
        for key, header, cell in zip(TEXT_KEYS, TEXT_HEADERS, card, strict=True):
            if not cell or (held and key == "role"):
                continue
            if held in posts and key == "name":
                cells[posts[held]] = cell
                continue
            if held and held not in posts and key in _OF_PERSON:
                key, header = f"{held} {key}", f"{held} {header}" if key != "name" else held
            if key not in columns and key == "name" and {"first", "last"} <= columns.keys():
                cells[columns["first"]], _, cells[columns["last"]] = cell.rpartition(" ")
                continue
            if key not in columns:
                columns[key] = len(found.headers)
                found.headers.append(header)
            cells[columns[key]] = cell
        found.rows.append([cells.get(at, "") for at in range(len(found.headers))])
    told = _words(" ".join(cell for card in cards for cell in card))
    found.left = [line for line in lines if line in footers or not _words(line) <= told]
    return found


def _posts(headers: Sequence[str]) -> dict[str, int]:
    """Return the column of the holder's name for each post that a single person holds."""
    found = ((at, read_holder(header)) for at, header in enumerate(headers))
    return {
        held.role: at
        for at, held in found
        if held and held.role and not (held.contact or held.field or post_of_each(held.role))
    }


def _columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the column of each of a person's cells, by column key, without officers' columns."""
    columns: dict[str, int] = {}
    for at, header in enumerate(headers):
        held = read_holder(header)
        key = "" if held and (held.number or held.role) else header_meaning(header)[0]
        if key == EITHER:
            cells = [row[at] for row in rows if at < len(row) and row[at]]
            key = "org" if 2 * share_of_organisation_names(cells) > 1 else "name"
        columns.setdefault(key, at)
    return columns


def _words(text: str) -> set[str]:
    """Return the words and numbers of a text, without labels such as "puh".

    A word for a post counts as that post's name: "pj" is "puheenjohtaja".
    """
    digits = re.sub(r"(?<=\d)[\s-]+(?=\d)", "", text.casefold())
    found = (word for word in re.findall(r"[\w@.+-]*\w", digits) if word not in _LABELS)
    return {post.whole_role(word) or word for word in found}

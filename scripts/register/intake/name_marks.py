"""What stands beside a name and is not part of it: "(she/her)", "(Guest)", ", VTM"."""

import re
import unicodedata

from register.intake.cell_parts import NamedPerson, is_surely_named
from register.intake.titles import is_degree, is_title
from register.values.organisation_name import names_organisation
from register.values.person_name import first_names
from register.values.post import whole_role

_BEHIND = re.compile(r"(?P<name>[^()]+?)\s*\((?P<mark>[^()]*)\)\s*")
_PRONOUNS = re.compile(r"(?:[^\W\d_]{2,5}\s*/\s*){1,3}[^\W\d_]{2,5}|hän|hen|any|ze")
_GUEST = re.compile(
    r"guest|external|unverified|vieras|ulkoinen|ulkopuolinen|vahvistamaton|gäst|extern\w*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:neuvottelu(?:huone|tila)|kokous(?:huone|tila|sali)|ryhmätyötila|konferensrum|mötesrum"
    r"|sammanträdesrum|(?:meeting|conference|board) ?room|kopiokone|tulostin|skrivare|printer"
    r"|scanner|skanneri)\b.*|(?:\S+ )?(?:slack)?bot|(?:do )?not? ?-?reply|älä vastaa"
    r"|svara (?:inte|ej)|mailer[- ]daemon|postmaster",
    re.IGNORECASE,
)
_ROW_NUMBER = re.compile(r"^\d{1,3}[.)]\s+(?=[^\W\d_])")
_DIGITS = 4
_SIGNS = ("?", "*", "¹", "²", "³")
_FORMERLY = re.compile(r"o\.?s\.?|ent(?:inen)?\.?|née|ex|f\.? ?d\.?", re.IGNORECASE)


def without_marks(cell: str) -> tuple[str, str]:
    """Return the name without marks, and the remark beside it that is worth keeping, '' for none.

    Pictures and the number of a row ("3. Eila Kaski") are marks. A short form gives way to the full
    name in brackets: "Kaisu (Kaisu Ranta)". A name with "?" or the mark of a footnote keeps the
    whole cell as its remark.
    """
    plain = "".join(char for char in cell if unicodedata.category(char) != "So")
    cell = _ROW_NUMBER.sub("", plain.strip(" \ufe0f\u200d"))
    if cell.endswith(_SIGNS) and (bare := cell.rstrip("".join((*_SIGNS, " ")))):
        return bare, cell
    found = _BEHIND.fullmatch(cell)
    if found:
        name, mark = found["name"], found["mark"].strip()
        if _PRONOUNS.fullmatch(mark) or _GUEST.fullmatch(mark) or _is_address(mark):
            return name, ""
        if set(name.casefold().split()) < set(mark.casefold().split()):
            return mark, ""
        if _is_remark(mark) and " " in name and is_surely_named(NamedPerson(name)):
            return name, mark
    name, comma, degrees = cell.partition(",")
    parts = [part.strip() for part in degrees.split(",")]
    if comma and name.strip() and not cell.isupper() and all(map(is_degree, parts)):
        return name.strip(), ", ".join(part for part in parts if not _is_address(part))
    return cell, ""


def _is_address(mark: str) -> bool:
    """Whether a mark is a form of address, such as "Mr"."""
    return is_title(mark) and not mark.isupper()


def _is_remark(mark: str) -> bool:
    """Whether a word in brackets is neither a post, nor an organisation, nor another name."""
    other = whole_role(mark) or names_organisation(mark) or mark.casefold() in first_names()
    return mark.isalpha() and not other and not _FORMERLY.fullmatch(mark)


def names_nobody(cell: str) -> bool:
    """Whether a "name" is a room's, a machine's, a program's or a mailbox's that nobody reads."""
    return bool(_NOBODY.fullmatch(cell.strip())) or _is_device(cell)


def _is_device(cell: str) -> bool:
    """Whether a "name" is a device's, as in lists of online meetings: "iPhone (3)"."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", cell)]
    return 0 < sum(map(str.isdigit, cell)) < _DIGITS and first_names().isdisjoint(words)

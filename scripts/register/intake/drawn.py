"""Rows that are there for the eye: section headings, sums, footers and repeated headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from register.book.headers import fold_header
from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.intake.cell_looks import are_posts, choice_key, is_value
from register.intake.cell_parts import contacts_in_cell, people_in_cell
from register.intake.header_names import header_meaning
from register.intake.offices import post_of_each, read_holder
from register.intake.text_line import has_contact_details
from register.values import municipality, organisation_name
from register.values.person_name import first_names
from register.values.post import whole_role
from register.words.display import first_few

_SUM = re.compile(
    r"(?:kaikki )?(?:yhteensä|yht\.?|summa|välisumma|lukumäärä|määrä|lkm|total(?:t|s)?|sum"
    r"|grand total|subtotal|sammanlagt|totalsumma|delsumma|antal|count"
    r"|keskiarvo|mediaani|medeltal|medelvärde|median|average|mean)\b[\s:=\d.,kpl]*"
    r"(?:kpl|st|pcs|henkeä|jäsentä|rivi\w*)?"
    r"|\d+ (?:yhdistystä|seuraa|kylää|henkilöä|henkeä|jäsentä|osastoa|föreningar|medlemmar"
    r"|members|clubs)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:\d+ )?(?:(?:[^\W\d]+ ){0,2}(?:yhteensä|yht\.?|totalt|sammanlagt|in total)"
    r"|antal|total|lukumäärä|lkm)"
    r"[\s:=\d.,]*(?:(?!(?:ry|rf|sr|oy)\b)[^\W\d]+)?[\s:=\d.,]*",
    re.IGNORECASE,
)
"""A sum with what it counts, in a row with a number: "Yhteensä 24 yhdistystä"."""
_FOOTER = re.compile(
    r"(?:tulostettu|tulostus|päivitetty|viimeksi päivitetty|muokattu|laatinut|laadittu|tilanne"
    r"|sivu|page|printed|updated|last updated|exported|utskriven|utskrivet|uppdaterad|sida"
    r"|sammanställd|lähde|källa|source|luottamuksellinen|confidential|konfidentiellt|huom!?|obs!?|©|copyright)"
    r"(?:[\s:.].*)?"
    r"|(?:lisätie\w+|tiedustelut|frågor|tilläggsuppgifter|more information)\s*:.*|[*†].*"
    r"|[^=]{1,30}\s=\s.*",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = re.compile(
    r"(?:[^\W\d]+ ){0,2}[^\W\d]*(?:järjestöt|seurat|yhdistykset|kerhot|klubit|killat|seurakunnat"
    r"|kunnat|kaupungit|koulut|osastot|säätiöt|liitot|piirit|toimijat|ryhmät|yhteisöt|laitokset"
    r"|föreningar(?:na)?|klubbar(?:na)?|församlingar(?:na)?|kommuner(?:na)?|skolor(?:na)?"
    r"|organisationer(?:na)?|grupper(?:na)?|clubs|associations|organi[sz]ations|groups|schools"
    r"|parishes|societies)",
    re.IGNORECASE,
)
"""A heading for organisations of one kind: "Urheiluseurat"."""

_NUMBERED = re.compile(
    r"(?:alue|lohko|piiri|vyöhyke|seutu|zone?|område|krets|distrikt|region|district|area)"
    r" ?\d{1,3}(?:\s*[/,–-]\s*[^\W\d]+ ?\d{1,3})*",
    re.IGNORECASE,
)
"""A heading for a numbered part of a district: "ALUE 1 / LOHKO 2"."""

_OF_ORGANISATIONS = ("municipality", "postcode", "business_id", "assoc_no", "url")
_BRACKETS = re.compile(r"(?P<heading>[^()]+?)\s*\((?P<inside>[^()]+)\)")
_LETTERS = re.compile(r"[^\W\d_](?:\s?[-–]\s?[^\W\d_])?")
_ORG, _POST = "Yhdistys", "Tehtävä"
_PLURALS = ("t", "er", "s", "")
_DIGITS = re.compile(r"[\d\s.,%€]*")


@dataclass(slots=True)
class ListWithoutDrawnRows:
    """A list without its drawn rows; what they said is now in a column or a note.

    ``is_titled`` means that the line above the headers is the heading of the first rows. ``beside``
    are headings that name whom to ask: "Kolari: yhdyshenkilö Tuija Rytkölä, 040 …".
    """

    headers: list[str]
    rows: list[list[str]]
    notes: list[Phrase] = field(default_factory=list)
    is_titled: bool = False
    beside: list[str] = field(default_factory=list)


def blank_drawn_rows(
    headers: Sequence[str], rows: Sequence[Sequence[str]], first: int, title: str = ""
) -> ListWithoutDrawnRows:
    """Blank the drawn rows of a list, so that the other rows keep their numbers.

    A section heading goes into a new column, in every row down to the next heading. ``first`` is
    the number of the first row in the file. ``title`` is the line above the headers: if it is a
    place or a type like the headings, it is the heading of the first rows.
    """
    body = [list(row) for row in rows]
    found = ListWithoutDrawnRows(list(headers), body)
    _again(found, first)
    _sums(found, first)
    _letters(found, first)
    _contacts_of_headings(found)
    _sections(found, first, title)
    _officers_below(found, first)
    return found


def _again(found: ListWithoutDrawnRows, first: int) -> None:
    """Blank the rows that repeat the headers."""
    names = [fold_header(header) for header in found.headers]
    told = {name for name in names if name}
    numbers = []
    for at, row in enumerate(found.rows):
        filled = [(n, fold_header(cell)) for n, cell in enumerate(row) if cell]
        same = sum(n < len(names) and names[n] == cell for n, cell in filled)
        if len(told) > 1 and filled and same == len(filled) and 2 * same > len(told):
            found.rows[at] = []
            numbers.append(str(first + at))
    if numbers:
        found.notes.append(
            ("{count} rows repeat the headers and were left out: {numbers}.",
             {"count": len(numbers), "numbers": first_few(numbers)})
        )  # fmt: skip


def _sums(found: ListWithoutDrawnRows, first: int) -> None:
    """Blank the rows that are sums or footers; the note lists those with contact details first."""
    left: list[str] = []
    wide = max(map(len, (found.headers, *found.rows)), default=0) > 1
    for at, row in enumerate(found.rows):
        filled = [cell for cell in row if cell]
        if not filled:
            continue
        words = [cell for cell in filled if not _DIGITS.fullmatch(cell)]
        is_sum = len(words) == 1 and (
            _SUM.fullmatch(words[0].strip())
            or (_COUNT.fullmatch(words[0].strip()) and any(c.isdigit() for c in "".join(filled)))
        )
        if is_sum or (len(filled) == 1 and wide and is_footer(filled[0])):
            found.rows[at] = []
            told = mask_identity_codes(" ".join(filled))
            reaches = bool(contacts_in_cell(told).emails or contacts_in_cell(told).phones)
            line = f"{first + at}: {told if reaches else told[:60]}"
            left.insert(0, line) if reaches else left.append(line)
    if left:
        found.notes.append(
            ("{count} rows are sums or footers and were left out: {rows}.",
             {"count": len(left), "rows": first_few(left)})
        )  # fmt: skip


def _letters(found: ListWithoutDrawnRows, first: int) -> None:
    """Blank the rows with a single letter, under which names are sorted."""
    alone = {
        at: cells[0].strip(" .:–-")
        for at, row in enumerate(found.rows)
        if len(row) > 1 and len(cells := list(filter(None, row))) == 1 and _below(found.rows, at)
    }
    letters = {at: cell for at, cell in alone.items() if _LETTERS.fullmatch(cell)}
    if len({*letters.values()}) < max(2, len(letters)):
        return
    for at in letters:
        found.rows[at] = []
    told = [f"{first + at}: {letter}" for at, letter in letters.items()]
    found.notes.append(
        ("{count} rows are headings of the rows below them: {rows}.",
         {"count": len(told), "rows": first_few(told)})
    )  # fmt: skip


def is_footer(line: str) -> bool:
    """Whether a line says who made the list, when it was made, or where to ask about it."""
    return bool(_FOOTER.fullmatch(line.strip()))


def _contacts_of_headings(found: ListWithoutDrawnRows) -> None:
    """Move what stands in brackets behind a sure heading to ``beside``, if one reaches somebody."""
    for row in found.rows:
        cells = [at for at, cell in enumerate(row) if cell]
        told = _BRACKETS.fullmatch(row[cells[0]]) if len(cells) == 1 else None
        if told and is_sure_heading(told["heading"]) and has_contact_details(told["inside"]):
            row[cells[0]] = told["heading"]
            found.beside.append(f"{told['heading']}, {told['inside']}")


def _sections(found: ListWithoutDrawnRows, first: int, title: str) -> None:
    """Turn section headings into a column of municipalities, types, topics, posts or organisations.

    Organisations are headings only where people with posts stand below them, and no column names
    the organisation.
    """
    rows = found.rows
    widths = sorted(sum(map(bool, row)) for row in rows if any(row))
    found.headers += [""] * (max(map(len, rows), default=0) - len(found.headers))
    if len(found.headers) < 2 or not widths or widths[len(widths) // 2] < 2:
        return
    headings = _organisations_above(found) or {
        at: heading.strip(" :–-")
        for at, row in enumerate(rows)
        if (heading := heading_of(row))
        and _below(rows, at)
        and (is_sure_heading(heading) or heading.endswith(":") or not at or not any(rows[at - 1]))
    }
    header = _header(list(headings.values()), found.headers)
    surely = header == _ORG or any(map(is_sure_heading, headings.values()))
    if not headings or (len(headings) < 2 and not surely):
        return
    for at in range(min(headings)):
        if (over := heading_of(rows[at])) and not any(_below(rows, n) for n in range(at)):
            rows[at] = []
            found.notes.append(("Above the headers, left out: {cells}.", {"cells": [over]}))
    titles = header in ("Kunta", "Tyyppi", _ORG)
    found.is_titled = titles and _header([title], found.headers) == header
    found.headers.append(header)
    width, current = len(found.headers) - 1, title.strip(" :–-") if found.is_titled else ""
    for at, row in enumerate(rows):
        if at in headings:
            current, rows[at] = headings[at], []
            current = _post_below(current) if header == _POST else current
        elif any(row):
            rows[at] = [*row[:width], *[""] * (width - len(row)), current]
    told = [f"{first + at}: {mask_identity_codes(text)[:60]}" for at, text in headings.items()]
    if found.is_titled:
        told.insert(0, mask_identity_codes(title)[:60])
    found.notes.append(
        ("{count} rows are headings of the rows below them: {rows}.",
         {"count": len(told), "rows": first_few(told)})
    )  # fmt: skip


def _organisations_above(found: ListWithoutDrawnRows) -> dict[int, str]:
    """Return the organisations that stand as headings above people, by row index; {} if none."""
    meanings = {header_meaning(header)[0] for header in found.headers}
    if "role" not in meanings or "org" in meanings:
        return {}
    alone = {
        at: cells[0].strip(" :–-")
        for at, row in enumerate(found.rows)
        if len(cells := list(filter(None, row))) == 1 and _below(found.rows, at)
    }
    return {at: text for at, text in alone.items() if _names_one(text)}


def _names_one(text: str) -> bool:
    return "\n" not in text and organisation_name.names_organisation(text)


def _officers_below(found: ListWithoutDrawnRows, first: int) -> None:
    """Copy the organisation of the row above to officers without one, as in a merged cell.

    This applies only if each organisation is named once, and rows without one hold nothing else
    about an organisation. In other lists a blank means that the organisation is unknown.
    """
    meanings = [
        header_meaning(header)[0] or ("role" if are_posts(cells) else "")
        for header, cells in zip(
            found.headers, zip_longest(*found.rows, fillvalue=""), strict=False
        )
    ]
    posts = [at for at, meaning in enumerate(meanings) if meaning in ("role", "name")]
    if "org" not in meanings or not posts:
        return
    org = meanings.index("org")
    others = [at for at, meaning in enumerate(meanings) if meaning in _OF_ORGANISATIONS]
    rows = [[*row, *[""] * (len(meanings) - len(row))] for row in found.rows]
    named = [fold_header(row[org]) for row in rows if row[org]]
    nameless = [row for row in rows if any(row) and not row[org]]
    if len(set(named)) < len(named) or any(row[at] for row in nameless for at in others):
        return
    above, numbers = "", []
    for at, row in enumerate(rows):
        if row[org] or not any(row):
            above = row[org] if _is_officer(found.headers, row, posts) else ""
        elif above and _is_officer(found.headers, row, posts):
            row[org], found.rows[at] = above, row
            numbers.append(str(first + at))
    if numbers:
        found.notes.append(
            ("Officers on rows without an organisation are taken for those of the row above: "
             "{numbers}.", {"numbers": first_few(numbers)})
        )  # fmt: skip


def _is_officer(headers: Sequence[str], row: Sequence[str], posts: Sequence[int]) -> bool:
    """Whether a row names a post, beside a name or in its own column, or a contact."""
    return any(
        whole_role(row[at]) or any(one.role for one in people_in_cell(row[at]))
        or (row[at] and (held := read_holder(headers[at])) and held.contact)
        for at in posts
    )  # fmt: skip


def heading_of(row: Sequence[str]) -> str:
    """Return the text of a row with one cell, '' if that cell may be a row of its own."""
    filled = [cell for cell in row if cell]
    if len(filled) != 1 or len(filled[0]) > 60 or "\n" in filled[0] or is_value(filled[0]):
        return ""
    text = filled[0].strip()
    words = text.strip(" :–-").split()
    person = len(words) > 1 and any(word.casefold() in first_names() for word in words)
    if person or organisation_name.legal_form(text) == "association":
        return ""
    named = len(words) > 1 and organisation_name.names_organisation(text)
    return "" if named and not is_sure_heading(text) else text


def is_sure_heading(heading: str) -> bool:
    """Whether a heading is a place, a type of organisations, or a word in capitals."""
    plain = heading.strip(" :–-")
    return (
        bool(municipality.read(plain).value)
        or bool(choice_key("organisation_type", plain))
        or bool(_KINDS.fullmatch(plain))
        or bool(_NUMBERED.fullmatch(plain))
        or (len(plain) > 3 and plain.isalpha() and plain.isupper())
    )


def _post_below(heading: str) -> str:
    """Return the post of the people below a heading ("Sihteerit", "KASSÖRER"), '' for none."""
    plain = heading.casefold()
    ends = (end for end in _PLURALS if plain.endswith(end))
    return post_of_each(plain) or next(
        filter(None, map(whole_role, map(plain.removesuffix, ends))), ""
    )


def _below(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the next row with any cell has more than one."""
    following = next((row for row in rows[at + 1 :] if any(row)), ())
    return sum(map(bool, following)) > 1


def _header(headings: Sequence[str], headers: Sequence[str]) -> str:
    """Return a header for the column of headings, by what they are and which columns exist."""
    taken = {header_meaning(header)[0] for header in headers}
    towns = sum(bool(municipality.read(heading).value) for heading in headings)
    types = sum(bool(choice_key("organisation_type", heading)) for heading in headings)
    if 2 * towns > len(headings):
        return "Otsikko" if "municipality" in taken else "Kunta"
    if 2 * types > len(headings) and "type" not in taken:
        return "Tyyppi"
    if "org" not in taken and headings and all(map(_names_one, headings)):
        return _ORG
    if "role" not in taken and headings and all(map(_post_below, headings)):
        return _POST
    numbered = all(map(_NUMBERED.fullmatch, headings))
    return "Otsikko" if "topics" in taken or numbered else "Aiheet"

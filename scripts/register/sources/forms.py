"""Forms: tables with labels down the first column and values beside them.

Each form becomes a row. Forms stand below each other ("Yhdistys:", "Puheenjohtaja:", then
"Yhdistys:" again), or beside each other, one in each column.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from register.book.headers import fold_header
from register.intake.header_names import EITHER, NONE, header_meaning
from register.intake.offices import read_holder
from register.intake.text_line import strip_line_marks
from register.sources.marks import CellPlace
from register.values import municipality
from register.values.organisation_name import names_organisation

_NAMES = ("org", EITHER, "name", "first", "last")
_REACH = ("email", "phone")
_TELLING = frozenset((*_REACH, "name", "first", "last", "address", "postcode", "url"))
"""Fields of a form; a mere column of types ("Yhdistys", "Kunta") has none of them."""

_OF_ONE = frozenset((*_TELLING, EITHER, "role"))
_FEWEST = 3
_FEWEST_FORMS = 2
_LONGEST_TEXT = 1 << 20
_BEGINNING = 30
"""If the first so many rows have no labels, there are no forms."""

_LABELS, _PLAIN = 0.6, 0.8
_LABEL = re.compile(
    r"\s*(?:([^:@\d]{2,60}?)\s*:(?:\s+|$)|([^\W\d]{1,12})\.\s+(?=[+(\d]))(.*)", re.DOTALL
)
"""A label before a colon, or a shortened one before a number: "Puh. 040 …"."""


@dataclass(slots=True)
class FormsAsList:
    """Forms as a list: a header for each label, a row for each form.

    If forms stand below each other, ``rows[i]`` began in line ``i + 1``. ``moved`` maps the old
    place of each cell to its new one. ``beside`` are the texts outside the forms.
    """

    headers: list[str]
    rows: list[list[str]]
    moved: dict[CellPlace, CellPlace] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Form:
    row: int
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[CellPlace, str] = field(default_factory=dict)
    labels: Counter[str] = field(default_factory=Counter)


def labelled_rows(text: str) -> list[list[str]] | None:
    """Cut lines such as "Nimi: Eila Kaski" at their colons; None if most lines have no label.

    Lines without a label stay whole.
    """
    lines = text.splitlines() if len(text) < _LONGEST_TEXT else []
    cut = [_LABEL.fullmatch(strip_line_marks(line)) for line in lines]
    filled = sum(bool(line.strip()) for line in lines)
    begun = [found for found in cut if found]
    if len(begun) < _LABELS * filled:
        return None
    labels = [name for found in begun if _is_field(name := found[1] or found[2])]
    if len(labels) < _FEWEST or len(labels) < _LABELS * filled or not _tell(labels):
        return None
    return [
        [f"{found[1] or found[2]}:", found[3].strip()] if found else [strip_line_marks(line)]
        for found, line in zip(cut, lines, strict=True)
    ]


def forms_as_list(rows: Sequence[Sequence[str]]) -> FormsAsList | None:
    """Return forms as a list, None for any other table."""
    at = _label_column(rows)
    if at is None:
        return None
    width = max(map(len, rows))
    columns = [c for c in range(at + 1, width) if any(c < len(row) and row[c] for row in rows)]
    said = FormsAsList([], [])
    forms = [form for column in columns for form in _forms(rows, at, column, said)]
    said.headers = _headers([list(form.cells) for form in forms])
    for form in forms:
        place = form.row if len(columns) == 1 else len(said.rows)
        said.rows += [[] for _ in range(place - len(said.rows))]
        said.rows.append([form.cells.get(header, "") for header in said.headers])
        for (row, column), header in form.places.items():
            said.moved[row + 1, column + 1] = (place + 1, said.headers.index(header) + 1)
    return said


def _label_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the column of labels, None if there is none."""
    firsts = Counter(next(n for n, cell in enumerate(row) if cell) for row in rows if any(row))
    if not firsts:
        return None
    at = firsts.most_common(1)[0][0]
    pairs = [row for row in rows if len(row) > at and row[at] and any(row[at + 1 :])]
    pairs = pairs[1:] if pairs and not _is_label(pairs[0][at]) else pairs
    first = pairs[:_BEGINNING]
    if sum(_is_label(row[at]) for row in first) < _LABELS * len(first):
        return None
    labels = [row[at] for row in pairs if _is_label(row[at])]
    if len(pairs) < _FEWEST or len(labels) < _LABELS * len(pairs) or not _tell(labels):
        return None
    plain = sum(not any(cell and _is_field(cell) for cell in row[at + 1 :]) for row in pairs)
    return at if plain >= _PLAIN * len(pairs) and _is_plain(pairs[0][at + 1 :]) else None


def _is_plain(values: Sequence[str]) -> bool:
    """Whether the first row holds values; in a table with headers it holds further headers."""
    filled = [cell for cell in values if cell]
    return 2 * sum(map(_is_field, filled)) < len(filled)


def _tell(labels: Sequence[str]) -> bool:
    meanings = {_meaning(label) for label in labels} - {"", NONE}
    return len(meanings) > 1 and not meanings.isdisjoint(_TELLING)


def _is_label(cell: str) -> bool:
    return (cell.rstrip().endswith(":") and len(cell) <= 80) or _is_field(cell)


def _is_field(cell: str) -> bool:
    """Whether a cell is the name of a column that lists have, or of a post."""
    plain = _bare(cell)
    found, certainty = header_meaning(plain)
    return bool(found and certainty == "header") or bool(_meaning(plain) and _post(plain))


def _post(label: str) -> str:
    held = read_holder(_bare(label))
    return held.role if held else ""


def _meaning(label: str) -> str:
    """Return the column key that a label asks for; a post asks for its holder's name."""
    plain = _bare(label)
    held = read_holder(plain)
    if held and held.role and (not held.field or header_meaning(held.field)[0]):
        return header_meaning(held.field)[0] if held.field else "name"
    return header_meaning(plain)[0]


def _bare(label: str) -> str:
    return label.strip().rstrip(":*? ").strip()


def _forms(
    rows: Sequence[Sequence[str]], at: int, column: int, said: FormsAsList
) -> Iterator[_Form]:
    """Yield the forms of one column; texts outside the forms go to ``said.beside``."""
    form, first, over, after_blank = None, "", "", True
    filled = [n for n, row in enumerate(rows) if at < len(row) and row[at] and any(row[at + 1 :])]
    corner = next((n for n in filled[:1] if not _is_label(rows[n][at])), None)
    header = ""
    again = _labels_of_several(rows, at)
    headings, heading = _headings(rows, at), ""
    for n, row in enumerate(rows):
        label = _bare(row[at]) if at < len(row) else ""
        value = row[column] if column < len(row) else ""
        if n == corner:
            _beside(" ".join(filter(None, (label, value))), said)
            continue
        if not any(row):
            after_blank, header = True, ""
            continue
        if n in headings:
            heading, over = rows[n][at], ""
            continue
        if label and not any(row[at + 1 :]):
            over = label if _post(label) else ""
            if not over and not row[at].rstrip().endswith(":"):
                _beside(row[at], said)
            continue
        if value and not label and not form:
            label = "Nimi"
        if label and value:
            key = fold_header(label)
            if form is None or heading or _begins_anew(label, form, first, over, blank=after_blank):
                if form:
                    yield form
                form, first, over = _Form(n), first or key, over if form is None else ""
            if heading:
                form.cells[headings[n - 1]] = heading
                form.places[n - 1, at] = headings[n - 1]
                heading = ""
            header = _header(label, form, over, again)
            form.labels[key] += 1
            form.cells[header] = value
            form.places[n, column] = header
        elif value and form and header:
            form.cells[header] = f"{form.cells[header]}\n{value}"
            form.places[n, column] = header
        elif value:
            _beside(value, said)
        after_blank = False
    if form:
        yield form


def _headings(rows: Sequence[Sequence[str]], at: int) -> dict[int, str]:
    """Return the headings above forms, by row index, with the header that they belong under.

    Such a line stands just above the first label of each form. Above a single form it is only a
    title, unless it names an organisation and no label does.
    """
    alone = [len(row) > at and bool(row[at]) and not any(row[at + 1 :]) for row in rows]
    labels = ["" if bare or len(row) <= at else fold_header(_bare(row[at]))
              for row, bare in zip(rows, alone, strict=True)]  # fmt: skip
    found = [
        n
        for n, bare in enumerate(alone[:-1])
        if bare and labels[n + 1] and not _is_label(rows[n][at]) and not _post(rows[n][at])
    ]
    first = {labels[n + 1] for n in found}
    if len(first) != 1 or labels.count(next(iter(first))) != len(found):
        return {}
    meanings = {_meaning(label) for label in labels if label}
    alone_names = names_organisation(rows[found[0]][at]) and "org" not in meanings
    if len(found) < _FEWEST_FORMS and not alone_names:
        return {}
    header = "Nimi" if "org" in meanings or meanings.isdisjoint(_NAMES) else "Yhdistys"
    if all(municipality.read(rows[n][at]).value for n in found):
        header = "Kunta"
    return dict.fromkeys(found, header)


def _begins_anew(label: str, form: _Form, first: str, over: str, *, blank: bool) -> bool:
    """Whether a label that a form has already begins the next form."""
    key = fold_header(label)
    named = blank and not over and _meaning(label) in _NAMES
    return key in form.labels and (key == first or named)


def _beside(text: str, said: FormsAsList) -> None:
    if text not in said.beside:
        said.beside.append(text)


def _labels_of_several(rows: Sequence[Sequence[str]], at: int) -> frozenset[str]:
    """Return the labels of addresses and numbers that are not the same person's in all forms.

    They occur more than once in a form, or below names with different labels. A label for the name
    of another person stands between the two, and begins no form.
    """
    labels = [fold_header(_bare(row[at])) for row in rows if at < len(row) and row[at]]
    first = next(iter(labels), "")
    holders: dict[str, set[str]] = {}
    found: set[str] = set()
    seen: set[str] = set()
    holder = ""
    for label in labels:
        meaning = _meaning(label)
        if label == first:
            seen, holder = set(), ""
        elif meaning in _REACH:
            holders.setdefault(label, set()).add(holder)
            if label in seen:
                found.add(label)
        elif meaning == "name":
            holder = label
        seen.add(label)
    return frozenset(found | {label for label, names in holders.items() if len(names) > 1})


def _header(label: str, form: _Form, over: str, again: frozenset[str]) -> str:
    """Return the header for a label, preceded by the person it is about if the label lacks that."""
    header = label
    if over and _meaning(label) in _OF_ONE and not _post(label):
        header = f"{over} {label}"
    elif fold_header(label) in again:
        holder = next((one for one in reversed(form.cells) if _meaning(one) == "name"), "")
        header = f"{holder} {label}" if holder else label
    count = 2
    while header in form.cells:
        header = f"{header.removesuffix(f' {count - 1}')} {count}"
        count += 1
    return header


def _headers(orders: Sequence[Sequence[str]]) -> list[str]:
    """Return all headers in one order, each after the header that it follows in its form."""
    found: list[str] = []
    for order in orders:
        at = 0
        for header in order:
            if header in found:
                at = found.index(header) + 1
            else:
                found.insert(at, header)
                at += 1
    return found

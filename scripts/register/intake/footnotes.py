"""Footnotes: marks behind cells ("Eila Kaski*", "Ivo Tamm 1)"), explained below the list."""

import re
import unicodedata

from register.intake.refusals import refuses_letters

_MARK = r"(?:\*{1,3}[)⁾]?|[¹²³⁴-⁹]{1,2}[)⁾]?|\d{1,2}\))"
_NOTE = re.compile(rf"(?P<mark>{_MARK})\s*(?P<text>\S.*)", re.DOTALL)
_MARKED = re.compile(rf"(?P<said>\S.*?)\s*(?P<mark>{_MARK})", re.DOTALL)
_HEADER = "Alaviite"


def join_footnotes(headers: list[str], rows: list[list[str]]) -> list[str]:
    """Move footnotes into a new column, in place: each to the rows with a cell that has its mark.

    A footnote is a line of its own below the last row, and its mark stands behind a cell above. One
    whose mark stands behind a header is about a column: it goes to the rows with a cell there if it
    refuses letters, and is left out and returned if it does not.
    """
    end = max((at for at, row in enumerate(rows, start=1) if sum(map(bool, row)) > 1), default=0)
    alone = {at: next(filter(None, rows[at])) for at in range(end, len(rows)) if any(rows[at])}
    notes = {_key(found["mark"]): (at, found["text"]) for at, cell in alone.items()
             if (found := _NOTE.fullmatch(cell))}  # fmt: skip
    used = [(at, column, found["said"], *notes[key]) for at, row in enumerate(rows[:end])
            for column, cell in enumerate(row)
            if (found := _marked(cell)) and (key := _key(found["mark"])) in notes]  # fmt: skip
    of_columns = [(column, *notes[key]) for column, header in enumerate(headers)
                  if (found := _marked(header))
                  and (key := _key(found["mark"])) in notes]  # fmt: skip
    for column, below, text in of_columns:
        if refuses_letters("", text, at_length=True):
            used += [(at, column, row[column], below, text) for at, row in enumerate(rows[:end])
                     if column < len(row) and row[column]]  # fmt: skip
    left = dict.fromkeys(rows[below][0] or text for _, below, text in of_columns
                         if below not in {one[3] for one in used})  # fmt: skip
    for below in {below for _, below, _ in of_columns}:
        rows[below] = []
    if not used:
        return [*left]
    width = max(len(headers), *map(len, rows))
    headers += [*[""] * (width - len(headers)), _HEADER]
    for row in rows:
        row += [*[""] * (width - len(row)), ""] if row else []
    for at, column, said, below, text in used:
        rows[at][column], rows[below] = said, []
        if text not in rows[at][width]:
            rows[at][width] = "; ".join(filter(None, (rows[at][width], text)))
    return [*left]


def _marked(cell: str) -> re.Match[str] | None:
    """Return a cell parted from its mark, None for a cell without one: "(klo 9-12)" has none."""
    found = _MARKED.fullmatch(cell)
    return found if found and found["said"].count("(") == found["said"].count(")") else None


def _key(mark: str) -> str:
    plain = unicodedata.normalize("NFKC", mark)
    return plain.rstrip(")") if plain[0].isdigit() else plain

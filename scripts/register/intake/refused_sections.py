"""Headings that refuse letters for the rows below them: "EI ENÄÄ KUTSUTA", "Ei saa lähettää:"."""

from collections.abc import Container, Sequence

from register.book.phrase import Phrase
from register.intake.drawn import heading_of
from register.intake.refusals import only_refuses
from register.words.display import first_few

_HEADER = "Kielto"


def join_refused_sections(
    headers: list[str],
    rows: list[list[str]],
    first: int,
    above: Sequence[str],
    painted: Container[int] = (),
) -> list[Phrase]:
    """Move headings that refuse letters into a new column, in place; return a note or [].

    Such a heading counts for the rows down to the next heading. The lines ``above`` the headers
    count from the first row. ``first`` is the number of that row in the file. ``painted`` are the
    numbers of coloured rows, which explain their colour where nothing stands below them.
    """
    width = max((len(headers), *map(len, rows)), default=0)
    current = next((line for line in above if refuses_below(line)), "")
    told: dict[int, str] = {}
    headings: list[str] = []
    for at, row in enumerate(rows):
        cells = [cell for cell in row if cell]
        if len(cells) == 1 and width > 1:
            heads = any(sum(map(bool, one)) > 1 for one in rows[at + 1 :])
            if refuses_below(cells[0]) and (heads or first + at not in painted):
                current, rows[at] = cells[0], []
                headings.append(f"{first + at}: {current}")
                continue
            current = "" if heading_of(row) else current
        if cells and current:
            told[at] = current
    if told:
        headers += [*[""] * (width - len(headers)), _HEADER]
    for at, row in enumerate(rows):
        row += [*[""] * (width - len(row)), told.get(at, "")] if told and row else []
    msgid = "{count} rows are headings of the rows below them: {rows}."
    return [(msgid, {"count": len(headings), "rows": first_few(headings)})] if headings else []


def refuses_below(line: str) -> bool:
    """Whether a line refuses letters and says nothing else, so that it heads those who do."""
    return "=" not in line and only_refuses(line.strip(" :–-"))

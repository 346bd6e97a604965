"""Columns of posts in which a mark shows who holds them: an x under "pj" or "siht."."""

from collections.abc import Sequence

from register.intake.cell_looks import read_yes_no
from register.intake.header_names import header_meaning
from register.intake.offices import named_post


def join_marked_posts(headers: list[str], rows: Sequence[list[str]]) -> None:
    """Rewrite such columns in place as one column with the names of each row's posts.

    There must be two at least, and no column that names the posts.
    """
    marked = {at: post for at, header in enumerate(headers)
              if (post := named_post(header)) and _are_marks(_column(rows, at))}  # fmt: skip
    if len(marked) < 2 or any(header_meaning(header)[0] == "role" for header in headers):
        return
    first = min(marked)
    for row in rows:
        held = [
            post for at, post in marked.items() if read_yes_no("".join(row[at : at + 1])) == "yes"
        ]
        for at in marked:
            row[at : at + 1] = [""] if at < len(row) else []
        if held:
            row[first] = ", ".join(held)
    for at in marked:
        headers[at] = "Tehtävä" if at == first else ""


def _are_marks(cells: Sequence[str]) -> bool:
    return "yes" in (read := list(map(read_yes_no, cells))) and all(read)


def _column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row) and row[at]]

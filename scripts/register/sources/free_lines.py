"""Tell a letter, a signature or a pasted page from a table."""

import re
from collections.abc import Sequence

from register.intake.header_names import header_meaning
from register.intake.text_line import TextLine, is_bulleted, is_chat_line, read_text_line
from register.sources.delimited import common_width

_REACH = re.compile(r"@|\d[\d\s()./–-]{4,}\d")
_FEWEST = 2
_BEGINNING = 25
"""The headers of a table stand within the first so many lines."""

MOST_FREE_LINES = 2_000
"""A longer text is not a letter."""


def is_free_text(lines: Sequence[str]) -> bool:
    """Whether lines have contact details and are not a table, by headers or a steady separator.

    Numbered people need no contact details, if they are most lines or have organisations.
    """
    begun = [(line, read_text_line(line)) for line in lines if line.strip()][:_BEGINNING]
    named = [one for line, one in begun if is_bulleted(line) and one.people]
    are_people = 2 * len(named) > len(begun) or sum(bool(one.org) for one in named) >= _FEWEST
    if (
        not (any(map(_REACH.search, lines)) or (are_people and len(named) >= _FEWEST))
        or any(_is_header(*one) for one in begun)
        or _is_headed(begun)
    ):
        return False
    listed = sum(is_bulleted(line) for line, _ in begun)
    posts = sum(any(person.role for person in one.people) for _, one in begun)
    spoken = sum(is_chat_line(line) for line, _ in begun)
    told = 2 * max(listed, spoken) >= len(begun) or (
        2 * posts >= len(begun) and ";" not in "".join(lines)
    )
    if not told and common_width("\n".join(lines)) >= _FEWEST:
        return False
    return not any(_is_header(line, read_text_line(line)) for line in lines)


def _is_header(line: str, read: TextLine) -> bool:
    """Whether a line holds column names: several of them, no person and no contact details."""
    cells = [cell for cell in re.split(r"[;,|\t]|\s{2,}", line.strip()) if cell.strip(' "')]
    known = sum(bool(header_meaning(cell.strip(' "'))[0]) for cell in cells)
    named = read.people or read.reaches
    several = 2 * known > len(cells) or (known > _FEWEST and 3 * known >= len(cells))
    return known >= _FEWEST and several and not named


def _is_headed(told: Sequence[tuple[str, TextLine]]) -> bool:
    """Whether the first line has the same separators as most lines, but no person or contact."""
    (first, read), *below = told
    if read.people or read.reaches or not below:
        return False
    counts = [(first.count(mark), mark) for mark in ",;\t|"]
    return any(
        count > 1 and 2 * sum(line.count(mark) == count for line, _ in below) > len(below)
        for count, mark in counts
    )

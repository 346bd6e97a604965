"""Tables as Markdown and as CSV; cells are mere data in both."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from io import StringIO
from typing import Any

_SEPARATOR = re.compile(r"([,;\t])")
_SIGNS = (
    "=+\\-@\u2212\u207a-\u207c\u208a-\u208c\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
)
_SIGN = re.compile(f"[{_SIGNS}]")
"""``= + - @``, the minus sign, and characters that NFKC turns into one of them."""


def markdown_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    figures: int,
    safe: Callable[[Any], str],
) -> Iterator[str]:
    """Yield the lines of a Markdown table; its last ``figures`` columns are aligned right.

    ``safe`` escapes the text of a cell.
    """

    def line(cells: Sequence[object]) -> str:
        return f"| {' | '.join(map(safe, cells))} |"

    yield line(headers)
    yield f"|{' --- |' * (len(headers) - figures)}{' --: |' * figures}"
    yield from map(line, rows)


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV that is safe to open in a spreadsheet."""
    out = StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    write.writerow(heads)
    write.writerows([no_formula(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


@lru_cache(maxsize=1 << 17)
def no_formula(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula, whatever separator it uses.

    An apostrophe is put before ``= + - @`` at the start and after each ``,``, ``;`` or tab. Blanks
    and invisible characters before them are ignored, and full-width forms count, too. An apostrophe
    is also put before a tab or a line break at the start (OWASP, CSV injection).
    """
    if text[:1] in ("\t", "\r", "\n"):
        return f"'{text}"
    if not _SIGN.search(text):
        return text
    return "".join(f"'{part}" if _runs(part) else part for part in _SEPARATOR.split(text))


def _runs(text: str) -> bool:
    for char in text:
        if unicodedata.category(char)[0] != "Z" and unicodedata.category(char) not in ("Cc", "Cf"):
            return bool(_SIGN.match(char))
    return False

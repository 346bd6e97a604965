r"""Displaying cells as mere data: characters that control a terminal or are invisible are escaped.

Control, direction and invisible characters appear as ``\x1b`` or ``\u202e`` (Unicode categories Cc,
Cf, Zl, Zp and lone surrogates); a henkilötunnus is masked.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from register.book.personal_identity_code import LONGEST_CODE, mask_identity_codes

_SUSPECT = re.compile(r"[^\x20-\x7e\xa0-\xac\xae-\u02ff]")
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
"""Characters that Markdown (CommonMark 0.31, 2.4) and GitHub's automatic links act on in a line."""

_FIRST = re.compile(r"^(\s*(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=])))")
"""The beginning of a list item, of the underline of a heading, or of a rule."""

_FEW = 10
_ALPHABET_END = str.maketrans({"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}"})
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def display_text(text: str, *, limit: int = 0, keep: str = "") -> str:
    """Return a text that is safe to show, at most ``limit`` characters of it (0 for all).

    The characters of ``keep`` stay (a page keeps line breaks). Applying it twice changes nothing.
    """
    # Masking shortens a code to a fifth at most, so text further on cannot move within the limit.
    safe = mask_identity_codes(text[: 5 * limit + LONGEST_CODE] if limit else text)
    if limit and len(safe) > limit:
        safe = safe[: limit - 1] + "…"
    return _SUSPECT.sub(lambda found: found[0] if found[0] in keep else _spelt(found[0]), safe)


def first_few(names: Sequence[str]) -> list[str]:
    """Return the first ten of many names, and "…" if there are more."""
    return [*names[:_FEW], *(["…"] if len(names) > _FEW else [])]


def display_day(moment: date) -> str:
    """Return a date, or a moment to the minute, in the Finnish form: ``23.11.2026``."""
    written = f"{moment.day}.{moment.month}.{moment.year}"
    return f"{written} {moment:%H.%M}" if isinstance(moment, datetime) else written


def finnish_sort_key(text: str) -> tuple[str, str]:
    """Return the key that sorts names as in Finland: å, ä and ö after z, other accents ignored."""
    wanted = text.casefold().translate(_ALPHABET_END)
    if wanted.isascii():
        return wanted, text
    plain = unicodedata.normalize("NFKD", wanted)
    return "".join(char for char in plain if not unicodedata.combining(char)), text


def escape_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is, in a line or at the start of one."""
    return _FIRST.sub(r"\1\\", _MARKS.sub(r"\\\1", display_text(text)))


@cache
def _spelt(char: str) -> str:
    if unicodedata.category(char) not in _HIDDEN:
        return char
    code = ord(char)
    if char in _NAMED:
        return _NAMED[char]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"

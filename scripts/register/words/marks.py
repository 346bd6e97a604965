"""What a cell says inside Markdown: text, and never a mark of it (CommonMark 0.31, 2.4)."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_FIRST = re.compile(r"^(\s*(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=])))")


def strip_markdown(text: str) -> str:
    """Return a text so that Markdown shows just it, also at the beginning of a line."""
    escaped = _MARKS.sub(r"\\\1", text)
    return _FIRST.sub(r"\1\\", escaped)

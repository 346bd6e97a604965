"""The text of an HTML page, what it quotes marked with ``>``; in linear time, whatever it is."""

from __future__ import annotations

import html
import re

from register.answers.quoting import QUOTED_BELOW

_LONGEST = 200_000
_BLOCKS = ("blockquote", "div", "h1", "h2", "h3", "li", "ol", "p", "pre", "table", "tr", "ul")
_BREAKING = frozenset(("br", "hr", *_BLOCKS, *(f"/{name}" for name in _BLOCKS)))
_SILENT = ("style", "script", "head", "title")
_QUOTES = re.compile(
    r"gmail_attr|divRplyFwdMsg|moz-cite-prefix|appendonsend|yahoo_quoted|OutlookMessageHeader"
    r"|mobile_quote|protonmail_quote|moz-email-headers-table"
)
_HIDDEN = re.compile(r"display:\s?none", re.IGNORECASE)


def plain_text(page: str) -> str:
    """Return a page's text, lines within a blockquote marked as in a mail that is but text."""
    pieces: list[str] = []
    silent, depth, plain = "", 0, False
    for number, piece in enumerate(page[:_LONGEST].split("<")):
        tag, closed, text = piece.partition(">")
        if not number:
            tag, text = "", piece
        elif not closed:
            continue
        name = tag[:30].split(None, 1)[0].lower().rstrip("/") if tag.strip() else ""
        if silent:
            silent = "" if name == f"/{silent}" else silent
            if silent:
                continue
        elif name in _SILENT:
            silent = name
            continue
        depth = max(0, depth + (name == "blockquote") - (name == "/blockquote"))
        plain = name == "pre" or (plain and name != "/pre")
        if _QUOTES.search(tag[:400]) and not depth:
            pieces.append(f"\n{QUOTED_BELOW}\n")
        if name in _BREAKING:
            pieces.append("\n> " if depth else "\n")
        if _HIDDEN.search(tag[:1_000]):
            continue
        shown = html.unescape(text)
        pieces.append(shown.replace("\n", "\n> " if depth else "\n") if plain else _line(shown))
    lines = (line.rstrip() for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line != ">").strip()


def _line(text: str) -> str:
    """Return a piece of a page on one line: there, an end of line is but a space."""
    return re.sub(r"[ \t\r\n]+", " ", text)

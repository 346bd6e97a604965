"""A letter's shape: Markdown parsed once for all readers whose letters differ only in fields.

While a template is rendered, each field becomes a mark (two characters of Unicode's private use
area around a number). The result is the letter's shape. It is parsed as Markdown, styled and
written as HTML and text once; each reader's letter is the shape with the fields inserted, escaped.
So no field can change how a letter is parsed, and 5,000 letters cost as much Markdown as a handful.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from register.letters.frame import LetterFrame
from register.letters.own_words import own_tokens
from register.letters.plain import plain_text

BEGIN, END = "\ue000", "\ue001"
_MARK = re.compile(f"{BEGIN}([a-z]?[0-9]*){END}")
_MARK_IN_LINK = re.compile(r"%EE%80%80([0-9]+)%EE%80%81")

_HOURS = re.compile(r"\d{1,2}[.:]\d\d–\d{1,2}[.:]\d\d")

_Pieces = Sequence[str]
"""Literal text at even indexes, the names of marks at odd indexes."""


def field_mark(name: object) -> str:
    """Return the mark of a field."""
    return f"{BEGIN}{name}{END}"


def text_mark(number: int) -> str:
    """Return the mark of a text from the sheet."""
    return field_mark(f"w{number}")


@dataclass(frozen=True, slots=True)
class LetterShape:
    """One shape of a letter: HTML, text and links, each split at the marks."""

    html: _Pieces
    text: _Pieces
    links: Sequence[_Pieces]

    def filled(
        self,
        values: Sequence[str],
        *,
        subject: str,
        preheader: str,
        normal: Callable[[str], str],
        own: Collection[str] = (),
    ) -> tuple[str, str, tuple[str, ...]]:
        """Return a letter's HTML, text and links; ``normal`` normalises a link as Markdown does.

        ``own`` are our own links, in normal form: the plain text shows them in angle brackets,
        where mail programs recognise them however long they are (RFC 3986, appendix C).
        """
        plain = {str(number): value for number, value in enumerate(values)}
        raw = [_filled(pieces, plain) for pieces in self.links]
        links = tuple(link if link in own else normal(link) for link in raw)
        for number, link in enumerate(links):
            plain[f"h{number}"] = link
            plain[f"t{number}"] = (
                f" <{link}>" if link in own else f": {link.removeprefix('mailto:')}"
            )
        safe = {name: escape(value) for name, value in plain.items()}
        safe |= {name: _unbroken(safe[name]) for name in map(str, range(len(values)))}
        safe |= {"s": escape(subject), "p": escape(preheader)}
        return _filled(self.html, safe), _filled(self.text, plain), links


def shape_of(
    markdown: MarkdownIt, body: str, frame: LetterFrame, texts: Sequence[str] = ()
) -> LetterShape:
    """Return the shape of a body with marks: HTML inside its frame, text and links.

    ``texts`` are the texts from the sheet; each is parsed separately and replaces the paragraph
    that is its mark. Raises ValueError where such a mark is not a paragraph of its own.
    """
    tokens = _with_texts(markdown.parse(body), texts)
    links: list[_Pieces] = []
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                _name_link(child, links)
    text = plain_text(tokens)
    html = frame.filled(markdown, tokens, subject=field_mark("s"), preheader=field_mark("p"))
    return LetterShape(_MARK.split(html), _MARK.split(text), links)


def _with_texts(tokens: list[Token], texts: Sequence[str]) -> list[Token]:
    """Replace marks of the sheet's texts by their tokens; raise ValueError where one remains."""
    marks = {text_mark(number): text for number, text in enumerate(texts)}
    found: list[Token] = []
    replaced = False
    for token in tokens:
        if token.content in marks and token.type == "inline" and found[-1].tag == "p":
            found[-1:] = own_tokens(marks[token.content])
            replaced = True
        elif replaced:
            replaced = False
        else:
            found.append(token)
    if any(mark in token.content for token in found for mark in marks):
        raise ValueError("a text of people's own stands in a paragraph of its own")
    return found


def _name_link(opened: Token, links: list[_Pieces]) -> None:
    """Replace a link's address by a mark; append the address, split at its marks, to ``links``."""
    href = _MARK_IN_LINK.sub(lambda found: field_mark(found[1]), str(opened.attrGet("href") or ""))
    opened.meta["label"] = href
    opened.meta["shown"] = field_mark(f"t{len(links)}")
    opened.attrSet("href", field_mark(f"h{len(links)}"))
    links.append(_MARK.split(href))


def _unbroken(html: str) -> str:
    """Keep hours on one line: ``17.30–19.30`` could otherwise break after the dash."""
    return _HOURS.sub(r'<span style="white-space: nowrap">\g<0></span>', html)


def _filled(pieces: _Pieces, values: Mapping[str, str]) -> str:
    return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(pieces))

"""The HTML frame of letters: ``mail.html.j2``, with its CSS inlined into the elements.

That is done once a language: the frame is inlined around a sample of every element that Markdown
produces, and the sample's styles are then used for the letters' own elements.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import css_inline
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from register.book.errors import UsageError
from register.book.schema import Language
from register.letters.templates import FRAME, Templates

_Styles = Mapping[str, str]
"""The ``style`` attribute of each element, by tag."""

_SLOTS = ("subject", "preheader", "letter", "small")
_ANSWER = "answer"
"""The class of links that stand alone on a line: the reader is meant to tap them."""

_BETWEEN = "·|"
"""Separators between such links; as buttons they need none."""

_TAGS = ("p", "a", "strong", "em", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "code")
_SLOT = re.compile(r"@@(subject|preheader|letter|small)@@")
_STYLE = re.compile(r'<(\w+)[^>]*? data-slot="(letter|small|answer)"[^>]*>')
_ATTRIBUTE = re.compile(r'\bstyle="([^"]*)"')


@dataclass(frozen=True, slots=True)
class LetterFrame:
    """A language's frame: the HTML between its slots, and the styles of elements in each slot."""

    pieces: tuple[str, ...]
    styles: Mapping[str, _Styles]

    def filled(
        self, markdown: MarkdownIt, tokens: Sequence[Token], *, subject: str, preheader: str
    ) -> str:
        """Return a letter's whole HTML; the part after its last horizontal rule is small print."""
        rules = [number for number, token in enumerate(tokens) if token.type == "hr"]
        end = rules[-1] if rules else len(tokens)
        words = {
            "subject": escape(subject),
            "preheader": escape(preheader),
            "letter": self._body(markdown, tokens[:end], "letter"),
            "small": self._body(markdown, tokens[end + 1 :], "small"),
        }
        return "".join(
            words[piece] if number % 2 else piece for number, piece in enumerate(self.pieces)
        )

    @property
    def _has_buttons(self) -> bool:
        """Whether the style sheet has a style for buttons; an older custom frame may not."""
        return self.styles[_ANSWER].get("a", "") != self.styles["letter"].get("a", "")

    def _body(self, markdown: MarkdownIt, tokens: Sequence[Token], slot: str) -> str:
        for token in tokens:
            for one in (token, *(token.children or ())):
                style = self.styles[slot].get(one.tag, "")
                if style and one.nesting >= 0:
                    one.attrSet("style", style)
            if slot == "letter" and self._has_buttons and _is_choice(token.children or ()):
                _as_buttons(token.children or (), self.styles[_ANSWER]["a"])
        return str(markdown.renderer.render(tokens, markdown.options, {})) if tokens else ""


def letter_frame(templates: Templates, language: Language, organisation: str) -> LetterFrame:
    """Return an organisation's frame; raise UsageError where the template is missing or faulty."""
    if FRAME not in templates:
        raise UsageError(
            "There is no letter template {file}.",
            remedy="Copy it from templates/letters of the project.",
            file=FRAME,
        )
    specimen = "".join(f'<{tag} data-slot="{{slot}}"></{tag}>' for tag in _TAGS)
    button = f'<a class="{_ANSWER}" data-slot="{_ANSWER}"></a>'
    slots = {name: Markup(f"@@{name}@@") for name in _SLOTS}  # noqa: S704, no field is in it
    slots["letter"] += Markup(specimen.format(slot="letter") + button)  # noqa: S704
    slots["small"] += Markup(specimen.format(slot="small"))  # noqa: S704
    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        page = env.from_string(templates[FRAME]).render(
            slots, language=language, organisation=organisation
        )
    except TemplateError as fault:
        raise UsageError(
            "The letter template {file} has a fault in line {line}: {fault}",
            remedy="Compare it with templates/letters/mail.html.j2 of the project.",
            file=FRAME,
            line=getattr(fault, "lineno", None) or "?",
            fault=fault.message or type(fault).__name__,
        ) from fault
    inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
    page = inliner.inline(page)
    styles: dict[str, dict[str, str]] = {"letter": {}, "small": {}, _ANSWER: {}}
    for found in _STYLE.finditer(page):
        style = _ATTRIBUTE.search(found[0])
        styles[found[2]][found[1]] = style[1].replace("&quot;", "'") if style else ""
    page = re.sub(r'<(\w+)[^>]*? data-slot="(?:letter|small|answer)"[^>]*>(?:</\1>)?', "", page)
    return LetterFrame(tuple(_SLOT.split(page)), styles)


def _is_choice(children: Sequence[Token]) -> bool:
    """Return True if a paragraph holds only several links, or only one in bold."""
    inside, links = 0, 0
    bold = any(child.type == "strong_open" for child in children)
    for child in children:
        inside += child.nesting if child.tag == "a" else 0
        links += child.type == "link_open"
        if not inside and child.type == "text" and child.content.strip(f" {_BETWEEN}"):
            return False
    return links > (0 if bold else 1)


def _as_buttons(children: Sequence[Token], style: str) -> None:
    inside = 0
    for child in children:
        inside += child.nesting if child.tag == "a" else 0
        if child.type == "link_open":
            child.attrSet("class", _ANSWER)
            child.attrSet("style", style)
        elif not inside and child.type == "text":
            child.content = " "

"""The HTML that a letter stands in: ``mail.html.j2``, its CSS put into the elements.

That is done once a language: the frame is inlined around a specimen of every element that Markdown
makes, and the styles that the specimen got are what the letters' own elements get.
"""

from __future__ import annotations

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

from register.book.schema import Language
from register.errors import UsageError
from register.letters.settings import Sender
from register.letters.templates import FRAME, Templates

Styles = Mapping[str, str]
"""The ``style`` of each element, by its tag."""

_SLOTS = ("subject", "preheader", "letter", "small")
_TAGS = ("p", "a", "strong", "em", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "code")
_SLOT = re.compile(r"@@(subject|preheader|letter|small)@@")
_STYLE = re.compile(r'<(\w+)[^>]*? data-slot="(letter|small)"[^>]*>')
_ATTRIBUTE = re.compile(r'\bstyle="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Frame:
    """A language's frame: HTML between its slots, and the elements' styles in the two bodies."""

    pieces: tuple[str, ...]
    styles: Mapping[str, Styles]

    def filled(
        self, markdown: MarkdownIt, tokens: Sequence[Token], *, subject: str, preheader: str
    ) -> str:
        """Return a letter's whole HTML; what follows its last rule is the small print."""
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

    def _body(self, markdown: MarkdownIt, tokens: Sequence[Token], slot: str) -> str:
        for token in tokens:
            for one in (token, *(token.children or ())):
                style = self.styles[slot].get(one.tag, "")
                if style and one.nesting >= 0:
                    one.attrSet("style", style)
        return str(markdown.renderer.render(tokens, markdown.options, {})) if tokens else ""


def frame(templates: Templates, language: Language, sender: Sender) -> Frame:
    """Return the frame in a language; raises UsageError where the template has a fault."""
    if FRAME not in templates:
        raise UsageError(
            "There is no letter template {file}.",
            remedy="Copy it from templates/letters of the project.",
            file=FRAME,
        )
    specimen = "".join(f'<{tag} data-slot="{{slot}}"></{tag}>' for tag in _TAGS)
    slots = {name: Markup(f"@@{name}@@") for name in _SLOTS}  # noqa: S704, no field is in it
    slots["letter"] += Markup(specimen.format(slot="letter"))  # noqa: S704
    slots["small"] += Markup(specimen.format(slot="small"))  # noqa: S704
    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        page = env.from_string(templates[FRAME]).render(
            slots, language=language, organisation=sender.organisation
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
    styles: dict[str, dict[str, str]] = {"letter": {}, "small": {}}
    for found in _STYLE.finditer(page):
        style = _ATTRIBUTE.search(found[0])
        styles[found[2]][found[1]] = style[1].replace("&quot;", "'") if style else ""
    page = re.sub(r'<(\w+)[^>]*? data-slot="(?:letter|small)"[^>]*>(?:</\1>)?', "", page)
    return Frame(tuple(_SLOT.split(page)), styles)

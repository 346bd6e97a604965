"""Rendering of letters: one Markdown source a language gives subject, text and HTML."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from markdown_it import MarkdownIt

from register.book.errors import UsageError
from register.book.schema import Language, schema
from register.book.table import Book
from register.letters.campaign import INVITATION, Mailing
from register.letters.filters import letter_filters
from register.letters.frame import LetterFrame, letter_frame
from register.letters.kinds import LETTER_KINDS
from register.letters.letter_words import LetterWords, read_letter_words
from register.letters.links import foreign_links
from register.letters.meeting import InvitableMeeting
from register.letters.notice import NOTICE
from register.letters.own_words import OwnWords, parse_own_words, preview_remarks
from register.letters.people import Recipient
from register.letters.sandbox import LetterEnvironment, RenderLimitExceeded
from register.letters.settings import Sender
from register.letters.shape import LetterShape, shape_of
from register.letters.template_fields import TemplateFields, own_links
from register.letters.templates import Templates, TemplateSource, letter_source, with_includes
from register.letters.untrusted import breaks_header
from register.people.mailings import LetterRow

MAX_FAULTS = 10
"""Maximum number of faults reported at once."""

_MAX_HEADER = 200
"""Maximum length of a header (characters)."""

_MAX_SHAPES = 1_000
"""Maximum number of cached shapes of a letter; at the limit the cache is emptied."""

_WHY = {
    "template": "{template}, line {line}, for {person}: {why}",
    "empty": "{template}, line {line}, for {person}: the letter is empty.",
    "link": "{template}, line {line}, for {person}: it leads to {link}, which [letters]"
    " allowed_links does not allow.",
    "header": "{template}, line {line}, for {person}: {header} has a line break, a hidden"
    " character or too many characters.",
}


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """One letter, rendered but not sent: header values, text and HTML."""

    recipient: Recipient
    template: str
    subject: str
    preheader: str
    from_name: str
    text: str
    html: str
    remarks: tuple[str, ...] = ()
    """Remarks for the preview, by code (:mod:`register.letters.reasons`)."""
    agreed: tuple[str, ...] = ()
    """Text and HTML of a person's first letter without the register notice; else empty.

    Another letter may have brought the notice by the time that this one is sent. What a person
    approves must be the same in both cases.
    """


@dataclass(frozen=True, slots=True)
class _Language:
    source: TemplateSource
    frame: LetterFrame
    headers: LetterEnvironment
    body: LetterEnvironment
    shapes: dict[tuple[str, ...], LetterShape] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    """Headers that hold no field of the reader, and so are the same for all."""

    def shape(self, markdown: MarkdownIt, body: str) -> LetterShape:
        """Return the shape of the body rendered last; cached."""
        key = (body, *self.body.texts)
        if key not in self.shapes:
            if len(self.shapes) >= _MAX_SHAPES:
                self.shapes.clear()
            self.shapes[key] = shape_of(markdown, body, self.frame, self.body.texts)
        return self.shapes[key]


_FaultKey = tuple[str, int, str, tuple[tuple[str, str], ...]]


class _Fault(Exception):
    """A letter cannot be rendered: the template, the line of it, and the reason.

    Without a msgid of its own, ``why`` is the message of the template engine.
    """

    def __init__(
        self, template: str, line: int, msgid: str = _WHY["template"], **values: str
    ) -> None:
        super().__init__(template, line, msgid)
        self.key = (template, line, msgid, tuple(values.items()))


def render_letters(
    book: Book,
    about: InvitableMeeting | None,
    recipients: Iterable[Recipient],
    templates: Templates,
    sender: Sender,
    mailing: Mailing,
    letter: LetterRow | None = None,
) -> tuple[RenderedLetter, ...]:
    """Return all letters of a mailing, each in its reader's language.

    ``about`` is the meeting, or None. ``letter`` is the row of ``letters`` with the text of a
    letter about no meeting. Raises UsageError where any letter has a fault, so that nothing is sent
    before all letters are right. The error names template, line and person of the first MAX_FAULTS
    different faults.
    """
    kind = about.template if about and mailing.kind == INVITATION else mailing.kind

    sources = tuple(templates.items())

    @cache
    def compiled(language: Language) -> _Language:
        source = _source(sources, kind, language)
        if isinstance(words, OwnWords) and mailing.kind == INVITATION:
            _check_shown(book, words, templates, source)
        return _Language(
            source,
            _frame(sources, language, sender.organisation),
            *_environments(sources, language),
        )

    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])
    normal = lru_cache(maxsize=1 << 10)(markdown.normalizeLink)
    ours = [*mailing.links, *([about.row.url] if about else []), *sender.links]
    allowed = tuple(map(normal, filter(None, ours)))
    words: OwnWords | LetterWords | None = None
    sort = LETTER_KINDS[mailing.kind]
    if letter:
        words = read_letter_words(book, letter, allowed)
    elif about and (sort.own_words or sort.attaches):
        files = sort.attaches or "attachments"
        words = parse_own_words(book, about.row, allowed, files, texts=sort.own_words)
    if words:
        allowed += tuple(map(normal, words.links))
    known = TemplateFields(book, about, sender, mailing, words, letter)
    clerk = _Clerk(known, markdown, normal, allowed)
    written: list[RenderedLetter] = []
    faults: dict[_FaultKey, str] = {}
    for recipient in recipients:
        tools = compiled(recipient.language)
        try:
            written.append(clerk.draft(recipient, tools))
        except _Fault as fault:
            faults.setdefault(fault.key, recipient.person)
            if len(faults) == MAX_FAULTS:
                break
    if faults:
        raise _all_faults(faults)
    return tuple(written)


_Sources = tuple[tuple[str, str], ...]
"""Templates as a hashable cache key: one run renders many mailings from the same templates."""


@lru_cache(maxsize=1 << 6)
def _source(templates: _Sources, kind: str, language: Language) -> TemplateSource:
    return letter_source(dict(templates), kind, language)


@lru_cache(maxsize=1 << 4)
def _frame(templates: _Sources, language: Language, organisation: str) -> LetterFrame:
    return letter_frame(dict(templates), language, organisation)


@lru_cache(maxsize=1 << 4)
def _environments(
    templates: _Sources, language: Language
) -> tuple[LetterEnvironment, LetterEnvironment]:
    """Return the cached environments of a language's headers and bodies, in that order."""
    known, filters = dict(templates), letter_filters(language)
    return LetterEnvironment(known, filters, headers=True), LetterEnvironment(known, filters)


def _all_faults(faults: Mapping[_FaultKey, str]) -> UsageError:
    """Return the error that names all faults, each with one person whose letter has it."""
    return UsageError(
        "The letters cannot be written; none has been sent.",
        remedy="Correct the template or the cell that is named.",
        faults=[
            (msgid, {"template": name, "line": line, "person": person, **dict(values)})
            for (name, line, msgid, values), person in faults.items()
        ],
    )


def _check_shown(book: Book, words: OwnWords, templates: Templates, source: TemplateSource) -> None:
    """Raise UsageError where a custom template omits a text that is in the meeting's row."""
    if left_out := [*words.left_out(with_includes(templates, source))]:
        tab = schema().tab("meetings")
        raise UsageError(
            "The letter template {file} does not show what is written under {columns}.",
            remedy="Add it as templates/letters/invitation.fi.md.j2 of the project has it, or empty"
            " the cells.",
            file=source.name,
            columns=[tab.column(key).headers[book.language] for key in left_out],
        )


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Renders the letters of one mailing; ``allowed`` are permitted links, in Markdown's form."""

    fields: TemplateFields
    markdown: MarkdownIt
    normal: Callable[[str], str]
    allowed: tuple[str, ...]

    def draft(self, recipient: Recipient, tools: _Language) -> RenderedLetter:
        source = tools.source
        context: dict[str, Any] = self.fields.of(recipient)
        own = frozenset(own_links(context))
        headers: dict[str, str] = dict(tools.same)
        for key, (line, template) in source.headers.items():
            if key in headers:
                continue
            value = _rendered(tools.headers, template, source.name, line, context).strip(" \n")
            headers[key] = value
            if breaks_header(value) or len(value) > _MAX_HEADER:
                raise _Fault(source.name, line, _WHY["header"], header=key)
            if not tools.headers.varies(template, self.fields.common):
                tools.same[key] = value
        text, html = self._body(source.body, context, headers, own, tools)
        agreed: tuple[str, ...] = ()
        if recipient.untold:
            agreed = (text, html)
            context["notice"] = self.fields.notice(recipient)
            whole = f"{source.body}\n\n{{% include '{NOTICE}.{recipient.language}.j2' %}}\n"
            text, html = self._body(whole, context, headers, own, tools)
        return RenderedLetter(
            recipient,
            source.name,
            headers["subject"],
            headers["preheader"],
            headers["from-name"],
            text,
            html,
            tuple(preview_remarks(context.get("words"))),
            agreed,
        )

    def _body(
        self,
        template: str,
        context: dict[str, object],
        headers: Mapping[str, str],
        own: frozenset[str],
        tools: _Language,
    ) -> tuple[str, str]:
        """Return a letter's text and HTML; ``own`` are its links that only its reader gets."""
        source = tools.source
        body = _rendered(tools.body, template, source.name, source.line, context)
        try:
            shape = tools.shape(self.markdown, body)
        except ValueError as fault:
            raise _Fault(source.name, source.line, why=str(fault)) from fault
        html, text, links = shape.filled(
            tools.body.values,
            subject=headers["subject"],
            preheader=headers["preheader"],
            normal=self.normal,
            own=own,
        )
        if not text.strip():
            raise _Fault(source.name, source.line, _WHY["empty"])
        for link in foreign_links((one for one in links if one not in own), text, self.allowed):
            raise _Fault(source.name, source.line, _WHY["link"], link=link)
        return text, html


def _rendered(
    env: LetterEnvironment, template: str, name: str, line: int, context: dict[str, object]
) -> str:
    """Render a part of a template that begins at a line; raise _Fault with the faulty line."""
    try:
        return env.render("\n" * (line - 1) + template, name, context)
    except TemplateSyntaxError as fault:
        raise _Fault(fault.name or name, fault.lineno, why=fault.message or "") from fault
    except (
        TemplateError,
        RenderLimitExceeded,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
    ) as fault:
        where = name, line
        for step in traceback.extract_tb(fault.__traceback__):
            if step.filename.endswith(".j2") and step.lineno:
                where = step.filename, step.lineno
        raise _Fault(*where, why=str(fault)) from fault

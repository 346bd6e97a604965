"""Letters as drafts: one Markdown source a language gives the subject, the text and the HTML."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from types import SimpleNamespace

from jinja2 import TemplateError, TemplateSyntaxError
from markdown_it import MarkdownIt

from register.book.errors import UsageError
from register.book.ids import reference_id
from register.book.schema import Language
from register.book.table import Book
from register.letters.answering import answer_links
from register.letters.campaign import INVITATION, Mailing
from register.letters.filters import letter_filters
from register.letters.frame import LetterFrame, letter_frame
from register.letters.kinds import LETTER_KINDS
from register.letters.links import foreign_links
from register.letters.meeting import InvitableMeeting
from register.letters.merge_values import merge_values
from register.letters.own_words import OwnWords, read_own_words, remarks_on
from register.letters.people import Recipient
from register.letters.sandbox import LetterEnvironment, RenderLimitExceeded
from register.letters.settings import Sender
from register.letters.shape import LetterShape, shape_of
from register.letters.templates import Source, Templates, letter_source
from register.letters.untrusted import breaks_header
from register.people.names import has_link_or_hidden_chars, unseen
from register.people.records import Organisation, Person

MAX_FAULTS = 10
"""So many faults are told at once."""

_MAX_HEADER = 200
"""A longer subject is refused."""

_MAX_SHAPES = 1_000
"""So many shapes of a letter are kept; where a template makes more, they are read again."""


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """One letter, written but not sent: header values, text and HTML."""

    recipient: Recipient
    template: str
    subject: str
    preheader: str
    from_name: str
    text: str
    html: str
    remarks: tuple[str, ...] = ()
    """What a preview says of it, by code (:mod:`register.letters.reasons`)."""


@dataclass(frozen=True, slots=True)
class _Language:
    source: Source
    frame: LetterFrame
    headers: LetterEnvironment
    body: LetterEnvironment
    shapes: dict[tuple[str, ...], LetterShape] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    """Headers that no reader's fields are in: the same for all."""

    def shape(self, markdown: MarkdownIt, body: str) -> LetterShape:
        """Return the shape of the body that was rendered last, read once."""
        key = (body, *self.body.texts)
        if key not in self.shapes:
            if len(self.shapes) >= _MAX_SHAPES:
                self.shapes.clear()
            self.shapes[key] = shape_of(markdown, body, self.frame, self.body.texts)
        return self.shapes[key]


class _Fault(Exception):
    """A letter that cannot be written: which template, which line of it, and why."""

    def __init__(self, template: str, line: int, why: str) -> None:
        super().__init__(template, line, why)
        self.key = (template, line, why)


def render_letters(
    book: Book,
    about: InvitableMeeting | None,
    recipients: Iterable[Recipient],
    templates: Templates,
    sender: Sender,
    mailing: Mailing,
) -> tuple[RenderedLetter, ...]:
    """Return everybody's letter of a mailing, each in their language.

    ``about`` is the meeting that it is about, or None. Raises UsageError where any letter has a
    fault; it names template, line and person of the first MAX_FAULTS different ones, so that
    nothing is sent before all letters are right.
    """
    kind = about.template if about and mailing.kind == INVITATION else mailing.kind

    @cache
    def compiled(language: Language) -> _Language:
        filters = letter_filters(language)
        return _Language(
            letter_source(templates, kind, language),
            letter_frame(templates, language, sender),
            LetterEnvironment(templates, filters, headers=True),
            LetterEnvironment(templates, filters),
        )

    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])
    normal = lru_cache(maxsize=1 << 10)(markdown.normalizeLink)
    ours = [*mailing.links, *([about.row.url] if about else [])]
    ours += [sender.privacy_url, *sender.allowed_links, f"mailto:{sender.answers}"]
    if sender.form_url:
        ours.append(sender.form_url.partition("?")[0].rpartition("/")[0] + "/")
    allowed = tuple(map(normal, filter(None, ours)))
    words = None
    if about and LETTER_KINDS[mailing.kind].own_words:
        words = read_own_words(book, about.row, allowed)
        allowed += tuple(map(normal, words.links))
    known = TemplateFields(book, about, sender, mailing, words)
    clerk = _Clerk(known, markdown, normal, allowed)
    written: list[RenderedLetter] = []
    faults: dict[tuple[str, int, str], str] = {}
    for recipient in recipients:
        tools = compiled(recipient.language)
        try:
            written.append(clerk.draft(recipient, tools))
        except _Fault as fault:
            faults.setdefault(fault.key, recipient.person)
            if len(faults) == MAX_FAULTS:
                break
    if faults:
        raise UsageError(
            "The letters cannot be written; none has been sent.",
            remedy="Correct the template or the cell that is named, then give the command again.",
            faults=[
                (
                    "{template}, line {line}, for {person}: {why}",
                    {"template": name, "line": line, "person": person, "why": why},
                )
                for (name, line, why), person in faults.items()
            ],
        )
    return tuple(written)


class TemplateFields:
    """What a mailing's templates may show.

    That is ``person``, ``organisation``, ``greeted`` (names), ``shared``, ``sender``, ``answer``
    (addresses of links: ``coming``, ``maybe``, ``not_coming``, ``yes``, ``unsubscribe``,
    ``form``), ``exchange`` (offers and needs of the reader's that meet others'; empty unless the
    mailing fills it), and of a letter about a meeting ``meeting``, ``host`` (or None) and, where
    its kind has them, the ``words`` of its row; besides, what the mailing adds. Dates and times of
    the meeting are such, all else is text.
    """

    def __init__(
        self,
        book: Book,
        about: InvitableMeeting | None,
        sender: Sender,
        mailing: Mailing,
        words: OwnWords | None = None,
    ) -> None:
        """Take from the book what all readers' letters show, once."""
        self._about, self._sender, self._mailing = about, sender, mailing
        self._book, self._words = book, words
        self._common: dict[str, object] = {
            "sender": SimpleNamespace(
                name=sender.name,
                organisation=sender.organisation,
                address=sender.answers,
                privacy_url=sender.privacy_url,
            ),
        }
        if about:
            shown = {key: getattr(about, key) for key in ("id", "date", "start", "end", "rsvp_by")}
            cells = {
                key: getattr(about.row, key) for key in ("name", "kind", "place", "url", "area")
            }
            self._common["meeting"] = SimpleNamespace(**shown, **cells)
            self._common["host"] = _host(book, about)

    @property
    def common(self) -> Collection[str]:
        """The names that mean the same in all letters."""
        return self._common.keys()

    def of(self, to: Recipient) -> dict[str, object]:
        """Return what one reader's letter may show."""
        person = Person.at(self._book, to.person)
        links = answer_links(
            self._sender, self._mailing, to, self._about.row.name if self._about else ""
        )
        links["form"] = self._sender.form_url.replace("{token}", self._mailing.token(to.person))
        return {
            **self._common,
            "person": SimpleNamespace(
                first=person.first,
                last=person.last,
                source="" if has_link_or_hidden_chars(person.source) else person.source,
                basis=person.basis,
            ),
            "organisation": SimpleNamespace(name=Organisation.at(self._book, to.organisation).name),
            "greeted": to.names,
            "shared": to.shared,
            "answer": SimpleNamespace(**links),
            "exchange": (),
            **self._own_words(to),
            **self._mailing.fields(to.person),
        }

    def _own_words(self, to: Recipient) -> dict[str, object]:
        """Return the meeting's own words as a reader sees them, where the kind has them."""
        if self._words is None or self._about is None:
            return {}
        values = partial(merge_values, self._book, self._about, self._sender, to)
        attached = LETTER_KINDS[self._mailing.kind].attaches
        return {"words": self._words.shown(to.language, values, attached=attached)}


def _host(book: Book, about: InvitableMeeting) -> SimpleNamespace | None:
    """Return the meeting's host, if still there; their phone only where it may be published."""
    host = Person.all(book).get(reference_id(about.row.host))
    if host is None or has_link_or_hidden_chars(name := book.row_name("people", host.id)):
        return None
    if unseen(book, host) or host.ended(about.date):
        return None
    return SimpleNamespace(name=name, phone=host.phone if host.publish == "yes" else "")


@dataclass(frozen=True, slots=True)
class _Clerk:
    """Writes the letters of one mailing; ``allowed`` are links as Markdown writes them."""

    fields: TemplateFields
    markdown: MarkdownIt
    normal: Callable[[str], str]
    allowed: tuple[str, ...]

    def draft(self, recipient: Recipient, tools: _Language) -> RenderedLetter:
        source = tools.source
        context = self.fields.of(recipient)
        own = frozenset(link for key, link in vars(context["answer"]).items() if key != "form")
        headers: dict[str, str] = dict(tools.same)
        for key, (line, template) in source.headers.items():
            if key in headers:
                continue
            value = _rendered(tools.headers, template, source.name, line, context).strip(" \n")
            headers[key] = value
            if breaks_header(value) or len(value) > _MAX_HEADER:
                why = f"{key}: a line break, a hidden character, or over {_MAX_HEADER} characters"
                raise _Fault(source.name, line, why)
            if not tools.headers.varies(template, self.fields.common):
                tools.same[key] = value
        body = _rendered(tools.body, source.body, source.name, source.line, context)
        try:
            shape = tools.shape(self.markdown, body)
        except ValueError as fault:
            raise _Fault(source.name, source.line, str(fault)) from fault
        html, text, links = shape.filled(
            tools.body.values,
            subject=headers["subject"],
            preheader=headers["preheader"],
            normal=self.normal,
            own=own,
        )
        if not text.strip():
            raise _Fault(source.name, source.line, "the letter is empty")
        for link in foreign_links((one for one in links if one not in own), text, self.allowed):
            why = f"links to {link}, which [letters] allowed_links does not allow"
            raise _Fault(source.name, source.line, why)
        return RenderedLetter(
            recipient,
            source.name,
            headers["subject"],
            headers["preheader"],
            headers["from-name"],
            text,
            html,
            tuple(remarks_on(context.get("words"))),
        )


def _rendered(
    env: LetterEnvironment, template: str, name: str, line: int, context: dict[str, object]
) -> str:
    """Render a part of a template that begins at a line; raises _Fault with the line at fault."""
    try:
        return env.render("\n" * (line - 1) + template, name, context)
    except TemplateSyntaxError as fault:
        raise _Fault(fault.name or name, fault.lineno, fault.message or "") from fault
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
        raise _Fault(*where, str(fault)) from fault

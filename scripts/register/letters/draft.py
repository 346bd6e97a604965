"""Letters as drafts: one Markdown source a language gives the subject, the text and the HTML."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

from jinja2 import TemplateError, TemplateSyntaxError
from markdown_it import MarkdownIt

from register.book.ids import reference_id
from register.book.schema import Language
from register.book.table import Book
from register.errors import UsageError
from register.letters.audience import Recipient
from register.letters.filters import letter_filters
from register.letters.frame import Frame, frame
from register.letters.links import strange_links
from register.letters.meeting import Meeting
from register.letters.plain import plain_text
from register.letters.sandbox import LetterEnvironment, TooMuch
from register.letters.settings import Sender
from register.letters.templates import Source, Templates, letter_source
from register.letters.untrusted import unfit_for_a_name, unfit_for_header

MAX_FAULTS = 10
"""So many faults are told at once."""

MAX_HEADER = 200
"""A longer subject is refused."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter, written but not sent: header values, text and HTML."""

    recipient: Recipient
    template: str
    subject: str
    preheader: str
    from_name: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Language:
    source: Source
    frame: Frame
    headers: LetterEnvironment
    body: LetterEnvironment


class _Fault(Exception):
    """A letter that cannot be written: which template, which line of it, and why."""

    def __init__(self, template: str, line: int, why: str) -> None:
        super().__init__(template, line, why)
        self.key = (template, line, why)


def drafts(
    book: Book,
    about: Meeting,
    recipients: Iterable[Recipient],
    templates: Templates,
    sender: Sender,
) -> tuple[Draft, ...]:
    """Return everybody's letter about a meeting, each in their language.

    Raises UsageError where any letter has a fault; it names template, line and person of the
    first MAX_FAULTS different ones, so that nothing is sent before all letters are right.
    """

    @cache
    def compiled(language: Language) -> _Language:
        filters = letter_filters(language)
        return _Language(
            letter_source(templates, about.template, language),
            frame(templates, language, sender),
            LetterEnvironment(templates, filters, headers=True),
            LetterEnvironment(templates, filters),
        )

    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])
    written: list[Draft] = []
    faults: dict[tuple[str, int, str], str] = {}
    for recipient in recipients:
        tools = compiled(recipient.language)
        try:
            written.append(_draft(book, about, recipient, tools, sender, markdown))
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


def fields(book: Book, about: Meeting, recipient: Recipient, sender: Sender) -> dict[str, object]:
    """Return what a template may show.

    That is ``meeting``, ``person``, ``organisation``, ``greeted`` (names), ``shared``, ``host``
    (or None) and ``sender``. Dates and times of the meeting are such, all else is text.
    """
    person = book.table("people").row(recipient.person)
    source = person.get("source", "")
    return {
        "meeting": SimpleNamespace(
            **{
                key: getattr(about, key)
                for key in ("id", "name", "kind", "date", "start", "end", "place", "url", "area")
            },
            rsvp_by=about.rsvp_by,
        ),
        "person": SimpleNamespace(
            first=person.get("first", ""),
            last=person.get("last", ""),
            source="" if unfit_for_a_name(source) else source,
            basis=person.get("basis", ""),
        ),
        "organisation": SimpleNamespace(
            name=book.table("organisations").cell(recipient.organisation, "name")
        ),
        "greeted": recipient.names,
        "shared": recipient.shared,
        "host": _host(book, about),
        "sender": SimpleNamespace(
            name=sender.name,
            organisation=sender.organisation,
            address=sender.answers,
            privacy_url=sender.privacy_url,
        ),
    }


def _host(book: Book, about: Meeting) -> SimpleNamespace | None:
    """Return the meeting's host; their phone only where they let it be published."""
    people = book.table("people")
    host = reference_id(about.host)
    if host not in people or unfit_for_a_name(name := book.row_name("people", host)):
        return None
    published = people.cell(host, "publish") == "yes"
    return SimpleNamespace(name=name, phone=people.cell(host, "phone") if published else "")


def _draft(
    book: Book,
    about: Meeting,
    recipient: Recipient,
    tools: _Language,
    sender: Sender,
    markdown: MarkdownIt,
) -> Draft:
    source = tools.source
    context = fields(book, about, recipient, sender)
    headers: dict[str, str] = {}
    for key, (line, template) in source.headers.items():
        headers[key] = _rendered(tools.headers, template, source.name, line, context).strip(" \n")
        if unfit_for_header(headers[key]) or len(headers[key]) > MAX_HEADER:
            why = f"{key}: a line break, a hidden character, or more than {MAX_HEADER} characters"
            raise _Fault(source.name, line, why)
    body = _rendered(tools.body, source.body, source.name, source.line, context)
    tokens = markdown.parse(body)
    text = plain_text(tokens)
    allowed = (about.url, sender.privacy_url, *sender.allowed_links, f"mailto:{sender.answers}")
    for link in strange_links(markdown, tokens, text, allowed):
        why = f"links to {link}, which [letters] allowed_links does not allow"
        raise _Fault(source.name, source.line, why)
    subject, preheader = headers["subject"], headers["preheader"]
    html = tools.frame.filled(markdown, tokens, subject=subject, preheader=preheader)
    return Draft(recipient, source.name, subject, preheader, headers["from-name"], text, html)


def _rendered(
    env: LetterEnvironment, template: str, name: str, line: int, context: dict[str, object]
) -> str:
    """Render a part of a template that begins at a line; raises _Fault with the line at fault."""
    try:
        return env.render("\n" * (line - 1) + template, name, context)
    except TemplateSyntaxError as fault:
        raise _Fault(fault.name or name, fault.lineno, fault.message or "") from fault
    except (TemplateError, TooMuch, TypeError, ValueError, LookupError, AttributeError) as fault:
        where = name, line
        for step in traceback.extract_tb(fault.__traceback__):
            if step.filename.endswith(".j2") and step.lineno:
                where = step.filename, step.lineno
        raise _Fault(*where, str(fault)) from fault

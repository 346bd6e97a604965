"""A timeline as text, Markdown, JSON and a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from register.book.personal_identity_code import mask
from register.book.table import Book
from register.cooperation.events import Event
from register.cooperation.history import History
from register.cooperation.prose import Prose
from register.show.pages import pages
from register.words.sentences import Sentences


def as_text(history: History, book: Book, say: Sentences) -> str:
    """Return the timeline, a line for each event and one for each thing that it left open."""
    prose = Prose(book, say)
    lines = [heading(history, say), ""]
    for event in history.events:
        lines.append(f"{prose.day(event.date):>10}  {prose.headline(event)}")
        lines += [f"{'':>10}  {detail}" for detail in prose.details(event)]
    lines += ["", *(f"! {prose.still_open(event)}" for event in history.open)]
    return "\n".join(lines).rstrip()


def as_markdown(history: History, book: Book, say: Sentences) -> str:
    """Return the same as Markdown; what cells say is never read as its marks."""
    prose = Prose(book, say, markdown=True)
    lines = [f"# {prose.safe(heading(history, say))}", ""]
    for event in history.events:
        lines.append(f"- **{prose.day(event.date)}** {prose.headline(event)}")
        lines += [f"    - {detail}" for detail in prose.details(event)]
    if history.open:
        lines += ["", f"## {say('What is open')}", ""]
        lines += [f"- {prose.still_open(event)}" for event in history.open]
    return "\n".join(lines) + "\n"


def as_html(history: History, book: Book, say: Sentences) -> str:
    """Return the same as a page that needs nothing else."""
    prose = Prose(book, say)
    page = pages(say.language).get_template("history.html.j2")
    return page.render(title=heading(history, say), history=history, prose=prose)


def as_contract(history: History) -> dict[str, Any]:
    """Return the timeline for programs: keys and values as the schema names them."""
    return {
        "sort": history.sort,
        "subject": history.subject,
        "title": mask(history.title),
        "events": [dict(_cells(event)) for event in history.events],
    }


def heading(history: History, say: Sentences) -> str:
    """Return what the timeline is about, in one line."""
    match history.sort:
        case "topic":
            return say("What was done about {topic}", topic=history.title)
        case "matter":
            return say("What was done in the matter “{matter}”", matter=history.title)
        case _:
            return say("What was done with {name}", name=history.title)


def _cells(event: Event) -> Iterator[tuple[str, str | list[str]]]:
    for key in Event.__dataclass_fields__:
        value = getattr(event, key)
        yield key, mask(value) if isinstance(value, str) else [mask(one) for one in value]

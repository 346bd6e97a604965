"""A timeline as text, Markdown, JSON and a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.book.table import Book
from register.cooperation.events import CooperationEvent
from register.cooperation.exchange import ExchangeMatch
from register.cooperation.history import History
from register.cooperation.prose import Prose
from register.show.document import Document, PagePart, PageSection
from register.show.pages import page_environment
from register.words.sentences import Sentences


def history_text(history: History, book: Book, say: Sentences) -> str:
    """Return the timeline, a line for each event and one for each thing that it left open."""
    prose = Prose(book, say)
    lines = [history_heading(history, say), ""]
    for event in history.events:
        lines.append(f"{prose.day(event.date):>10}  {prose.headline(event)}")
        lines += [f"{'':>10}  {detail}" for detail in prose.details(event)]
    lines += ["", *(f"! {prose.still_open(event)}" for event in history.open)]
    return "\n".join(lines).rstrip()


def history_markdown(history: History, book: Book, say: Sentences) -> str:
    """Return the same as Markdown; what cells say is never read as its marks."""
    prose = Prose(book, say, markdown=True)
    lines = [f"# {prose.safe(history_heading(history, say))}", ""]
    for event in history.events:
        lines.append(f"- **{prose.day(event.date)}** {prose.headline(event)}")
        lines += [f"    - {detail}" for detail in prose.details(event)]
    if history.open:
        lines += ["", f"## {say('What is open')}", ""]
        lines += [f"- {prose.still_open(event)}" for event in history.open]
    return "\n".join(lines) + "\n"


def history_page(history: History, book: Book, say: Sentences) -> str:
    """Return the same as a page that needs nothing else."""
    prose = Prose(book, say)
    page = page_environment(say.language).get_template("history.html.j2")
    return page.render(title=history_heading(history, say), history=history, prose=prose)


def history_values(history: History) -> dict[str, Any]:
    """Return the timeline for programs: keys and values as the schema names them."""
    return {
        "sort": history.sort,
        "subject": history.subject,
        "title": mask_identity_codes(history.title),
        "events": [dict(_cells(event)) for event in history.events],
    }


def history_heading(history: History, say: Sentences) -> str:
    """Return what the timeline is about, in one line."""
    match history.sort:
        case "topic":
            return say("What was done about {topic}", topic=history.title)
        case "matter":
            return say("What was done in the matter “{matter}”", matter=history.title)
        case _:
            return say("What was done with {name}", name=history.title)


def _cells(event: CooperationEvent) -> Iterator[tuple[str, str | list[str]]]:
    for key in CooperationEvent.__dataclass_fields__:
        value = getattr(event, key)
        yield (
            key,
            mask_identity_codes(value)
            if isinstance(value, str)
            else [mask_identity_codes(one) for one in value],
        )


def offers_document(
    found: Sequence[ExchangeMatch], sentence: Callable[[ExchangeMatch], str], say: Sentences
) -> Document:
    """Return the pairs in three sections, the best first; ``sentence`` says one."""
    titles = {
        "need": say("Who could help us"),
        "offer": say("Whom we could help"),
        "": say("Partners who could help each other"),
    }
    sections = (
        PageSection(
            f"match-{key or 'partners'}",
            title,
            "",
            (PagePart(lines=tuple(sentence(match) for match in found if match.ours == key)),),
        )
        for key, title in titles.items()
        if any(match.ours == key for match in found)
    )
    return Document(
        say("Offers and needs that meet"),
        say(
            "{count} pairs; answer them in {tab:review}, and they are not shown again.",
            count=len(found),
        ),
        tuple(sections),
    )

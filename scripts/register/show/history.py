"""Documents of a timeline, and of matching offers and needs."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from register.book.personal_identity_code import mask_identity_codes
from register.book.table import Book
from register.cooperation.events import CooperationEvent
from register.cooperation.exchange import ExchangeMatch
from register.cooperation.history import History
from register.cooperation.prose import Prose
from register.show.document import Document, PageEntry, PagePart, PageSection
from register.words.sentences import Sentences


def history_document(history: History, book: Book, say: Sentences) -> Document:
    """Return what is open, then what was done, the latest first."""
    prose = Prose(book, say)
    entries = tuple(
        PageEntry(
            prose.day(event.date),
            event.matter,
            prose.label("cooperation_kind", event.kind),
            tuple(filter(None, (prose.parties(event), *prose.details(event)))),
            event.is_open,
        )
        for event in reversed(history.events)
    )
    left = tuple(prose.still_open(event) for event in history.open)
    opened = PageSection("open", say("What is open"), "", (PagePart(lines=left),))
    nothing = "" if entries else say("Nothing is on record yet.")
    done = PageSection("events", say.title("cooperation"), nothing, (PagePart(entries=entries),))
    return Document(
        history_heading(history, say),
        say("{count} entries on record", count=len(history.events)),
        (opened, done) if left else (done,),
    )


def history_values(history: History) -> dict[str, Any]:
    """Return the timeline as JSON values, with keys and values of the schema."""
    return {
        "sort": history.sort,
        "subject": history.subject,
        "title": mask_identity_codes(history.title),
        "events": [dict(_cells(event)) for event in history.events],
    }


def history_heading(history: History, say: Sentences) -> str:
    """Return the heading of a timeline: what it is about."""
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
    """Return the matches in up to three sections, the best first; ``sentence`` describes one."""
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

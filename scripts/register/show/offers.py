"""Pairs of offers and needs as a document: tips for us, help from us, partners to be introduced."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from register.cooperation.exchange import ExchangeMatch
from register.show.document import Document, PagePart, PageSection
from register.words.sentences import Sentences


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

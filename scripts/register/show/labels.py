"""Address labels as a page to print: A4, three by seven."""

from __future__ import annotations

from register.lists.labels import AddressLabels
from register.show.pages import page_environment
from register.words.sentences import Sentences

_OF_SHEET = 21


def labels_page(found: AddressLabels, say: Sentences, title: str) -> str:
    """Return the page; without a label it is blank."""
    labels = found.labels
    sheets = [labels[at : at + _OF_SHEET] for at in range(0, len(labels), _OF_SHEET)]
    page = page_environment(say.language).get_template("labels.html.j2")
    return page.render(title=title, sheets=sheets)

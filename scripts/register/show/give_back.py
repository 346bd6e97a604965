"""Forms of public registers: a sheet for each organisation, ready to be copied into a form.

They are for Lähellä.fi, which forwards to Suomi.fi's register, and for a municipality's own list:
what we know goes back to where others look for it. The organisation itself reviews it first.
"""

from collections.abc import Iterator

from register.book.table import Book
from register.lists.directory import Directory
from register.show.directory_cells import cached_national_phone, clean_cell
from register.show.document import Document, PagePart, PageSection
from register.values import places
from register.words.sentences import Sentences

_ASKED = (
    *("name", "short", "business_id", "assoc_no", "type", "municipality", "area", "topics"),
    *("email", "phone", "url", "address", "postcode", "language"),
)
_PHONES = ("phone", "phone2")


def give_back_document(book: Book, lists: Directory, say: Sentences, title: str) -> Document:
    """Return a sheet for each organisation of a directory, without data of people."""
    sections = tuple(
        PageSection(
            f"o{number}",
            clean_cell(one.name) or one.id,
            "",
            (PagePart(facts=tuple(_facts(book, one.id, say))),),
        )
        for number, one in enumerate(lists.organisations)
    )
    lead = say(
        "A sheet an organisation, to paste into the form of a public register (Lähellä.fi passes "
        "it on to Suomi.fi) when the organisation has looked it over."
    )
    return Document(title, lead, sections)


def give_back_values(book: Book, lists: Directory, say: Sentences) -> list[dict[str, str]]:
    """Return JSON values: headers and cells of each organisation's sheet."""
    return [dict(_facts(book, one.id, say)) for one in lists.organisations]


def _facts(book: Book, row_id: str, say: Sentences) -> Iterator[tuple[str, str]]:
    row = book.table("organisations")
    for key in _ASKED:
        cell = row.cell(row_id, key)
        shown = clean_cell(say.value("organisations", key, cell)) if cell else ""
        if key == "phone":
            shown = cached_national_phone(cell)
        if key == "postcode" and (known := places.postal_code(cell)):
            shown = (
                f"{shown} {(known.place_sv if say.language == 'sv' else known.place_fi).upper()}"
            )
        yield say.header("organisations", key), shown or say("(ask)")

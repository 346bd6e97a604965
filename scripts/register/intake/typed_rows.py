"""Read rows that a person typed into ``inbox`` as carefully as the rows of a list.

A name with an organisation, a post or a number in its cell, several people in one row, a business
card copied into ``text``: each part moves to its own cell, and each further person to a new row.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from register.book.change import Change, added_row
from register.book.ids import new_id
from register.book.personal_identity_code import find_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import is_waiting
from register.intake.cell_parts import contacts_in_cell
from register.intake.column_map import ColumnLink, ColumnMap
from register.intake.free_text import read_free_text
from register.intake.header_names import EITHER
from register.intake.parties import party_named
from register.intake.row_cards import RowCards
from register.intake.sentence_contact import contact_in_sentence, first_form
from register.intake.text_rows import TEXT_KEYS
from register.intake.told_cells import (
    MET,
    TOLD,
    is_bare_organisation,
    is_sentence,
    organisation_said,
    post_said,
    with_told_cells,
)
from register.people.departure_notes import leaves_or_is_away, leaving_word
from register.people.named_in_text import all_people_named, people_called, person_named
from register.people.new_names import new_last_name
from register.people.records import Person
from register.people.refusal_words import refuses_plainly
from register.values.email import is_role_mailbox
from register.values.organisation_name import names_organisation
from register.values.person_name import first_names

TYPED_ROW_REASON = "typed"
"""The reason of changes to cells of a typed row, and of the rows added beside it."""

_READ = ("name", "first", "last", "org", "short", "business_id", "assoc_no", "role", "email",
         "phone", "phone2", "url", "address", "postcode", "municipality", "text")  # fmt: skip
"""Columns whose cells may hold what belongs to other columns."""

_NEW_REACH = re.compile(
    r"(?:(?:uusi|ny|nytt|new)\s)?(?:sähköposti)?(?:osoite|sähköposti|numero|puhelinnumero|adress"
    r"|e-?post(?:adress)?|nummer|telefon|address|e-?mail|number|phone)(?:\s(?:on|är|is))?:?",
    re.IGNORECASE,
)
"""Words that only announce an address or a number."""

_TARGETS = {"name": EITHER, "phone2": "phone"}
_SILENT = ("id", "at", "result")
_LONGEST = 4_000
_LONGEST_NAME = 80
_CARD = 3
_MOST = 12
"""A row that would become more rows than this is left for a person."""


def read_typed_rows(book: Book, passed_over: Collection[str] = ()) -> Iterator[Change]:
    """Yield the changes that make each waiting typed row one of one person or organisation.

    Rows of lists and forms have a time (``at``); they were read when they came in. ``passed_over``
    are ids of rows whose intake a person has undone, or that tell of a matter.
    """
    for row_id, row in waiting_rows(book, passed_over):
        yield from read_row(book, row_id, row)


def read_row(book: Book, row_id: str, row: Mapping[str, str], name: str = "") -> Iterator[Change]:
    """Yield the changes that make a row one of one person or organisation.

    ``name`` is the person's name if the row lacks it.
    """
    named = {**row, "name": name, "first": "", "last": ""} if name else row
    cards = _cards(book, named)
    if name and not cards:
        cards = [{**named}]
    table = book.table("inbox")
    told = [key for key in (*TOLD, "consent") if cards and cards[0].get(key) and table.has(key)]
    for key in (*_READ, *told) if cards else ():
        before, after = row.get(key, ""), cards[0].get(key, "")
        if " ".join(before.split()) != " ".join(after.split()):
            yield Change(
                "inbox", row_id, key, before, after, TYPED_ROW_REASON, group=_group(row_id)
            )
    yield from rows_of_further_people(book, row_id, row, cards[1:])


def waiting_rows(
    book: Book, passed_over: Collection[str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the id and cells of each typed row of ``inbox`` that has no result yet."""
    taken = book.taken() if len(book.table("inbox")) else ()
    for row_id, row in book.table("inbox").rows():
        if not row.get("at") and row_id not in passed_over and is_waiting(row_id, row, taken):
            yield row_id, row


def rows_of_further_people(
    book: Book, row_id: str, row: Mapping[str, str], cards: Sequence[Mapping[str, str]]
) -> Iterator[Change]:
    """Yield new rows of ``inbox`` for further people of a row, unless they were added before.

    They get the row's other cells, such as the source, where the person was met, and the group.
    """
    if not cards:
        return
    kept = {key: cell for key, cell in row.items() if key not in (*_READ, *_SILENT)}
    taken = book.taken()
    for number, card in enumerate(cards, start=1):
        cells = kept | {key: cell for key, cell in card.items() if cell}
        added = new_id("S", (row_id, str(number), *sorted(cells.values())), ())
        if added not in taken:
            yield from added_row("inbox", {"id": added, **cells}, TYPED_ROW_REASON, _group(row_id))


def cards_in_text(text: str) -> list[dict[str, str]]:
    """Return the people and organisations that a text surely names, as rows of ``inbox``.

    [] if it says more about one of them than their cells hold: a person must read it.
    """
    if len(text) > _LONGEST:
        return []
    cards = list[dict[str, str]]()
    for cells in filter(any, read_free_text(text.splitlines()).rows):
        # an organisation alone may hold a person's name as well
        keys = TEXT_KEYS if cells[0] else [EITHER if key == "org" else key for key in TEXT_KEYS]
        cards += _read(keys, TEXT_KEYS, cells)
    for card in cards:
        if card.get("name"):
            card["name"] = first_form(card["name"], card.get("email", ""))
    if len(cards) == 1 and len(text.strip().splitlines()) >= _CARD:
        _take_organisation(cards[0])
    named = [card for card in cards if any(card.get(key) for key in ("name", "first", "org"))]
    unread = len(cards) - len(named)
    if any(is_sentence(card.get("name", "")) or _is_no_name(card) for card in named):
        return []
    for card in named:
        if not _names_person(card) and _NEW_REACH.fullmatch(card.get("text", "")):
            card["text"] = ""
    vague = [card for card in named if card.get("text") and not _names_person(card)]
    return [] if unread or vague else named


def _predecessor(book: Book, text: str, card: Mapping[str, str]) -> tuple[Person, str] | None:
    """Return whom a card's person follows or stands in for, and the clause that says so.

    None if the text does not tell that exactly one known person leaves or is away.
    """
    clauses = re.split(r",\s+|\.\s+", text)
    clause = next((one for one in clauses if leaves_or_is_away(one)), "")
    names = {name for name, _ in all_people_named(book, clause)} - {card.get("name")}
    who = [one for one in Person.live(book) if f"{one.first} {one.last}" in names]
    who = who or [*people_called(book, clause)]
    return (who[0], clause) if len(who) == 1 else None


def _goes(name: str, cards: Sequence[Mapping[str, str]]) -> bool:
    """Whether a text only says that a known person leaves or is away: "Maija Malli: eläkkeelle"."""
    said = cards[0].get("text", "") if len(cards) == 1 and cards[0].get("name") == name else ""
    return leaves_or_is_away(said)


def _is_no_name(card: Mapping[str, str]) -> bool:
    """Whether a sentence was taken for the name of an organisation."""
    return bool(card.get("org")) and not is_bare_organisation(card["org"])


def _take_organisation(card: dict[str, str]) -> None:
    """Move the line of a business card that its mail domain is named after to the organisation."""
    _, _, domain = card.get("email", "").rpartition("@")
    for line in card.get("text", "").split("; ") if domain and not card.get("org") else ():
        words = re.findall(r"[^\W\d_]{4,}", line)
        if words and line[0].isupper() and domain.split(".")[0] in {w.casefold() for w in words}:
            kept = [other for other in card["text"].split("; ") if other != line]
            card |= {"org": line, "text": "; ".join(kept)}


def _cards(book: Book, row: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows that a row becomes, [] if it stays as it is or must not be read."""
    table, language = book.table("inbox"), book.language
    filled = [key for key in _READ if row.get(key) and table.has(key)]
    if any(find_identity_codes(row[key]) for key in filled):
        return []  # masking it is a person's decision
    if filled == ["text"] and refuses_plainly(row["text"]):
        return []  # review asks whom it means
    if filled == ["text"]:
        cards = cards_in_text(row["text"])
        told = {} if cards or len(row["text"]) > _LONGEST else contact_in_sentence(row["text"])
        name, said = person_named(book, row["text"])
        if name and (new_last_name(row["text"], name.partition(" ")[0]) or _goes(name, cards)):
            return []
        only = told or (cards[0] if len(cards) == 1 and said != name else {})
        if name and only.get("name") == name and not only.get("org"):
            return []  # a known person: review asks whether the number is new
        cards = [with_told_cells(card) for card in cards or ([told] if told else [])]
        for card in cards:
            if _names_person(card) and not card.get("role"):
                card["role"] = post_said(row["text"], card.get("name", ""))
            beside = re.search(rf"{re.escape(card.get('name', ''))}\s*\(([^()]+)\)", row["text"])
            if _names_person(card) and beside and (party := party_named(beside[1])):
                card |= {"party": party, "group": "elected"}
            if card.get("role") and not card.get("org"):
                card["org"] = organisation_said(book, row["text"])
        if len(cards) == 1 and (before := _predecessor(book, row["text"], cards[0])):
            one, said = before
            home = book.table("organisations").cell(one.org_id, "name") if one.org_id else ""
            cards[0] |= {"org": cards[0].get("org") or home or one.org}
            if leaving_word(said):
                cards[0] |= {"role": cards[0].get("role") or one.role}
            cards.append({"text": said})
        if cards and not _holds(cards, _NEW_REACH.sub(" ", MET.sub(" ", row["text"]))):
            cards[0]["text"] = row["text"]
    elif any(len(row[key]) > _LONGEST for key in filled):
        return []
    else:
        headers = [schema().tab("inbox").column(key).headers[language] for key in filled]
        cards = _read(filled, headers, [row[key] for key in filled])
        cards = [with_told_cells(card, row.get("group", "")) for card in _with_told(cards, row)]
        if len(cards) == 1 and refuses_plainly(row.get("text", "")):
            cards[0]["consent"] = "no"
            return cards
    stays = len(cards) == 1 and {k for k in (*_READ, *TOLD) if cards[0].get(k)} == {*filled}
    return [] if stays or len(cards) > _MOST else cards


def _read(
    keys: Sequence[str], headers: Sequence[str], cells: Sequence[str]
) -> list[dict[str, str]]:
    links = (
        ColumnLink(at, header, _TARGETS.get(key, key), "asked")
        for at, (key, header) in enumerate(zip(keys, headers, strict=True))
    )
    return list(RowCards(ColumnMap(tuple(links)), {}).cards(cells))


def _with_told(cards: list[dict[str, str]], row: Mapping[str, str]) -> list[dict[str, str]]:
    """Return a row's cards with the number, address or people that its message holds.

    A single person gets the number and address, an organisation alone its people or its mailbox.
    """
    text = row.get("text", "")
    if len(cards) != 1 or not text:
        return cards
    (one,) = cards
    if not _names_person(one):
        people = cards_in_text(text) if one.get("org") else []
        surely = people and all(map(_names_person, people))
        if surely and not any(person.get("org") or person.get("text") for person in people):
            own = {key: cell for key, cell in one.items() if key != "text"}
            apart = any(cell for key, cell in own.items() if key != "org")
            return [*([own] if apart else []), *({"org": one["org"], **each} for each in people)]
        mailboxes = [
            address for address in contacts_in_cell(text).emails if is_role_mailbox(address)
        ]
        if one.get("org") and len(mailboxes) == 1 and not one.get("email"):
            one["email"] = mailboxes[0]
        return cards
    found = contacts_in_cell(text)
    alone = len(found.phones) < 2 and len(found.emails) < 2
    if any(map(one.get, ("phone", "phone2", "email"))) or not alone or _names_another(found.rest):
        return cards
    one |= {"phone": (*found.phones, "")[0], "email": (*found.emails, "")[0]}
    if not one.get("org") and names_organisation(found.rest) and len(found.rest) < _LONGEST_NAME:
        one["org"] = found.rest
    if not re.sub(r"\W", "", found.rest.replace(one.get("org", ""), "")):
        one["text"] = ""
    return cards


def _names_another(rest: str) -> bool:
    """Whether the words beside a number may name another person, whose number it would be."""
    words = re.findall(r"[^\W\d_]+", rest)
    if not first_names().isdisjoint(map(str.casefold, words)):
        return True
    return any(word[0].isupper() for word in words[1:]) and not names_organisation(rest)


def _names_person(card: Mapping[str, str]) -> bool:
    return any(card.get(key) for key in ("name", "first", "last"))


def _holds(cards: Sequence[Mapping[str, str]], text: str) -> bool:
    """Whether the cells apart from the message hold every word and number of a text."""
    held = " ".join(card[key] for card in cards for key in card if key != "text").casefold()
    words, digits = set(re.findall(r"\w+", held)), re.sub(r"\D", "", held)
    return all(
        word in words or (word.isdigit() and word in digits)
        for word in re.findall(r"\w+", text.casefold())
    )


def _group(row_id: str) -> str:
    return f"typed {row_id}"

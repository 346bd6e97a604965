"""Refusals of letters that people tell in words, and all whom the words may mean.

They stand in a row that somebody typed into ``inbox``, in the notes of a contact, an organisation
or an invitation, or in a matter of ``cooperation``. A cell of ``bans`` that is no address tells by
other words whose it is: a name, an organisation, a phone number, a mail domain.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from register.book.ids import named_ids
from register.book.table import Book
from register.people.departure_notes import tells_death
from register.people.named_in_text import (
    organisations_named,
    people_called,
    people_maybe_named,
    people_surnamed,
    people_with_phone,
)
from register.people.records import Organisation, Person, live_cells
from register.people.refusal_words import refuses_plainly, tells_bounce_of_address
from register.people.same_human import Humans
from register.values import email
from register.values.email import mailbox_key

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-][\w.-]*\w")

_DOMAIN = re.compile(r"(?<![\w.+-])@[\w-]+(?:\.[\w-]+)+")
_WEBSITE = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)

_HEADER = re.compile(r"^\s*[^:]{3,60}:\s")

_WHO = ("name", "first", "last", "org", "email")
"""Columns of ``inbox`` that say who refuses, beside ``text``."""

_ELSEWHERE = (
    ("people", ("notes",), ("id", "org")),
    ("organisations", ("notes",), ("person", "id")),
    ("invitations", ("notes",), ("person", "org")),
    ("cooperation", ("matter", "agreed", "next"), ("person", "org")),
)
"""Other tabs: the columns that may tell it, and those of the person and the organisation."""


@dataclass(frozen=True, slots=True)
class ToldRefusal:
    """Words of a row that refuse letters, and an addressee whom they may mean.

    ``person`` and ``org`` are ids or ''; the questions about one ``org`` are asked together.
    ``sure`` is False where the words may mean several people, of whom only one is meant.
    """

    tab: str
    row_id: str
    words: str
    address: str
    person: str = ""
    org: str = ""
    sure: bool = True


def told_refusals(book: Book) -> tuple[ToldRefusal, ...]:
    """Return the refusals that a book tells in words, by row and addressee."""
    return (*_typed(book), *_noted(book), *_banned(book))


def _typed(book: Book) -> Iterator[ToldRefusal]:
    """Yield those of rows that somebody typed: a row of a list has a time.

    Nobody writes to a person who is said to have died, either, until that is answered.
    """
    inbox = book.table("inbox")
    for row_id, at, text in inbox.select("at", "text"):
        if at or not text:
            continue
        row = inbox.row(row_id)
        if tells_death(text) and not row.get("result"):
            dead = people_maybe_named(book, text) or people_called(book, text)
            dead = dead or people_surnamed(book, text)
            yield from _people("inbox", row_id, text, dead, sure=False)
        if not (refuses_plainly(text) or tells_bounce_of_address(text)):
            continue
        who = Person.current_id(book, row.get("result", ""))
        if who in Person.all(book):
            meant: Iterable[ToldRefusal] = _people("inbox", row_id, text, [Person.at(book, who)])
        else:
            named = " ".join(filter(None, (*map(row.get, _WHO), text)))
            meant = _meant(book, "inbox", row_id, text, named)
        yield from meant


def _noted(book: Book) -> Iterator[ToldRefusal]:
    """Yield those of other tabs, about the row's person or organisation, else whom they name."""
    for tab, columns, who in _ELSEWHERE:
        for row_id, person, org, *cells in live_cells(book.table(tab), *who, *columns):
            text = next(filter(None, map(_refusing_remark, cells)), "")
            if not text or text in book.once(_listed).get(row_id, ""):
                continue
            one = Person.all(book).get(Person.current_id(book, person))
            there = Organisation.all(book).get(Organisation.current_id(book, org))
            if one:
                yield from _people(tab, row_id, text, [one])
            elif there and not people_called(book, text):
                yield from _organisation(book, tab, row_id, text, there)
            else:
                yield from _meant(book, tab, row_id, text, f"{person} {org} {text}")


def _banned(book: Book) -> Iterator[ToldRefusal]:
    """Yield all whom the cells of ``bans`` may mean that are no address."""
    for row_id, row in book.table("bans").rows():
        cell = row.get("email", "")
        if not cell or row.get("scope") == "lifted" or (read := email.read(cell)).value:
            continue
        domain = _WEBSITE.fullmatch(cell.strip())
        said = f"@{domain[1]}" if domain else f"{cell} {read.suggestion}"
        yield from _meant(book, "bans", row_id, cell, said)


def _listed(book: Book) -> dict[str, str]:
    """Return what lists said of each row they became; their column of leave decides about that."""
    found: dict[str, str] = {}
    for _, row in book.table("inbox").rows():
        if row.get("at") and row.get("consent"):
            for one in named_ids(row.get("result", "")):
                found[one] = f"{found.get(one, '')}\n{row.get('text', '')}"
    return found


@lru_cache(maxsize=1 << 17)
def _refusing_remark(cell: str) -> str:
    """Return the first remark in a cell that refuses letters, without its header, or ''.

    A header is what a column of a list was called: "Opt-out: no".
    """
    remarks = (_HEADER.sub("", one).strip() for one in re.split(r"[;\n]", cell)) if cell else ()
    return next(filter(refuses_plainly, remarks), "")


def _meant(book: Book, tab: str, row_id: str, words: str, text: str) -> Iterator[ToldRefusal]:
    """Yield all whom a text may mean: by address or whole name, else by organisation or first name.

    A phone number or a mail domain means all whom it reaches. In an organisation that is named,
    somebody with the first name is asked about apart. Where there is none of these, a surname
    counts.
    """
    addresses = _ADDRESS.findall(text)
    for address in addresses:
        owners = [one for one in Person.live(book) if one.mailbox == mailbox_key(address)]
        person = owners[0].id if len(owners) == 1 else ""
        yield ToldRefusal(tab, row_id, words, address, person)
    at_domain = list(_at_domains(book, tab, row_id, words, text))
    yield from at_domain
    people = () if addresses else (*people_maybe_named(book, text), *people_with_phone(book, text))
    if addresses or at_domain or people:
        sure = tab == "bans" or _is_each_alone(book, people)
        yield from _people(tab, row_id, words, people, sure=sure)
        return
    called, organisations = people_called(book, text), organisations_named(book, text)
    parts = ["first"] if called else []
    called = called or (() if organisations else people_surnamed(book, text))
    members = [one for one in called if one.org_id in {org.id for org in organisations}]
    if members or not organisations:
        people = (*(members or called),)
        sure = tab != "inbox" or _is_each_alone(book, people, parts)
        yield from _people(tab, row_id, words, people, sure=sure)
    for org in organisations:
        yield from _organisation(book, tab, row_id, words, org)


def _people(
    tab: str, row_id: str, words: str, people: Iterable[Person], *, sure: bool = True
) -> Iterator[ToldRefusal]:
    for one in people:
        if one.email:
            yield ToldRefusal(tab, row_id, words, one.email, one.id, sure=sure)


def _at_domains(book: Book, tab: str, row_id: str, words: str, text: str) -> Iterator[ToldRefusal]:
    """Yield everybody with a mailbox at a domain that a text names: "@example.org"."""
    ends = tuple(map(str.casefold, _DOMAIN.findall(text)))
    for org in Organisation.live(book) if ends else ():
        if org.mailbox.endswith(ends):
            yield ToldRefusal(tab, row_id, words, org.email, org=org.id)
    for one in Person.live(book) if ends else ():
        if one.mailbox.endswith(ends):
            there = Organisation.current_id(book, one.org)
            yield ToldRefusal(tab, row_id, words, one.email, "" if there else one.id, there)


def _organisation(
    book: Book, tab: str, row_id: str, words: str, org: Organisation
) -> Iterator[ToldRefusal]:
    if org.email:
        yield ToldRefusal(tab, row_id, words, org.email, org=org.id)
    for one in Person.live(book):
        if one.email and Organisation.current_id(book, one.org) == org.id:
            yield ToldRefusal(tab, row_id, words, one.email, org=org.id)


def _is_each_alone(
    book: Book, people: Iterable[Person], parts: Iterable[str] = ("first", "last")
) -> bool:
    """Whether no two humans among these people have the same parts of a name."""
    humans = book.once(Humans)
    named: dict[str, set[str]] = {}
    for one in people:
        name = " ".join(getattr(one, part) for part in parts)
        named.setdefault(name.casefold(), set()).add(humans.oldest(one.id))
    return all(len(rows) == 1 for rows in named.values())

"""Everything that the register and its files hold on one person, as a page to send and as JSON."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from register.book.table import Book
from register.people.records import Person
from register.privacy.subject import Subject
from register.privacy.traces import Trace, without_person


@dataclass(frozen=True, slots=True)
class FileTrace:
    """Personal data outside the register's tabs: the file, the sort of data, and its values."""

    place: str
    sort: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Of one row of the person: legal basis, source, dates, consent and permission to publish."""

    row_id: str
    basis: str
    source: str
    added_on: str
    verified_on: str
    consent_on: str
    consent_words: str
    publish: str


@dataclass(frozen=True, slots=True)
class Export:
    """Everything on one person.

    ``others`` are the other people of the register that the texts may name as well.
    """

    subject: Subject
    traces: Sequence[Trace]
    files: Sequence[FileTrace]
    grounds: Sequence[Grounds]
    others: Sequence[Subject] = ()

    def without_others(self, text: str) -> str:
        """Return a text with other people's data replaced by their ids: it is not the subject's."""
        return reduce(without_person, self.others, text)

    @property
    def places(self) -> dict[str, int]:
        """The number of places found, by tab and by file."""
        counts = Counter(trace.tab for trace in self.traces if trace.how != "doubt")
        counts.update(one.place for one in self.files)
        return dict(counts)

    def values(self) -> dict[str, object]:
        """Return the export for programs, with keys and values as in the schema."""
        return {
            "person": {
                "ids": list(self.subject.ids),
                "names": [" ".join(name) for name in sorted(self.subject.names)],
                "addresses": sorted(self.subject.addresses),
                "phones": sorted(self.subject.phones),
            },
            "grounds": [
                {key: getattr(one, key) for key in Grounds.__dataclass_fields__}
                for one in self.grounds
            ],
            "register": [
                {
                    "tab": trace.tab,
                    "row": trace.row_id,
                    "column": trace.column,
                    "value": self.without_others(trace.text),
                    "sort": trace.sort,
                    "why": trace.how,
                }
                for trace in self.traces
                if trace.how != "doubt"
            ],
            "files": [
                {
                    "file": one.place,
                    "sort": one.sort,
                    **{key: self.without_others(text) for key, text in one.values.items()},
                }
                for one in self.files
            ],
            "counts": self.places,
        }


def other_people_named(book: Book, subject: Subject, texts: Iterable[str]) -> list[Subject]:
    """Return the other people whose name, address or phone may be in any of the texts.

    It may return too many: names are compared by their first two letters, since Finnish inflects
    them.
    """
    said = "\n".join(texts).casefold()
    digits = re.sub(r"\D", "", said)
    found = []
    for one in Person.all(book).values():
        phones = frozenset(
            number for key in ("phone", "phone2") for number in one.every(key) if number[4:]
        )
        addresses = frozenset(one.every("email"))
        named = one.first and one.last and _root(one.first) in said and _root(one.last) in said
        reached = any(address.casefold() in said for address in addresses) or any(
            number[4:] in digits for number in phones
        )
        if one.id not in subject.ids and (named or reached):
            hers = subject.addresses | subject.phones
            theirs = frozenset({(one.first, one.last)} - subject.names)
            found.append(Subject((one.id,), (), theirs, addresses - hers, phones - hers))
    return found


def people_named(book: Book, text: str) -> list[str]:
    """Return the ids of the people that a text names, by id, name, address or phone."""
    ids = set(re.findall(r"\bH-[0-9A-Z]{5}\b", text))
    return [one for one in Person.all(book) if one in ids] + [
        one.mark
        for one in other_people_named(book, Subject(), [text])
        if one.mark not in ids and one.mentions(text)
    ]


def _root(word: str) -> str:
    """Return the beginning of a word that stays the same in all its case forms."""
    return word.casefold()[:2]


def grounds_of(book: Book, subject: Subject) -> list[Grounds]:
    """Return the grounds of each row of the person, except merged rows."""
    people, table = Person.all(book), book.table("people")
    return [
        Grounds(
            *(one, people[one].basis, people[one].source, people[one].added_on),
            *(table.cell(one, "verified_on"), people[one].consent_on),
            *(people[one].consent_words, people[one].publish),
        )
        for one in subject.ids
        if people[one].status != "merged"
    ]

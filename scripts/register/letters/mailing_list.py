"""Who is in a mailing: a row of ``mailings``, evaluated on the register as it is today.

A person must match every column that is filled in; within a column the values are alternatives.
People in ``plus`` are included regardless, people in ``minus`` are excluded. Nobody is included who
has ended or is not to be invited. A row without any criteria matches nobody, not everybody.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.phrase import Phrase
from register.book.schema import schema
from register.book.table import Book
from register.letters.reach import AreaReach
from register.letters.target import read_target
from register.people.mailings import MailingList
from register.people.meetings import Invitation, Meeting
from register.people.records import Organisation, Person
from register.people.same_human import Humans
from register.values.areas import Areas, split_areas

_CRITERIA = ("area", "audience", "stage", "was_at", "no_answer", "met_at")
_NESTED = "{column}: “{word}” is a mailing itself; name what it is made of."
_STRANGE = "{column}: nobody knows what “{word}” is."

NOBODY = "Nobody is in the mailing “{name}”."
EVERYBODY = (
    "The mailing “{name}” is everybody in the register. If that is meant, say so in"
    " {column:mailings.everybody}."
)


@dataclass(frozen=True, slots=True)
class ListedPeople:
    """The people in a mailing today, by person id, in the order of the tab.

    ``everybody`` is True if these are all people who may be invited although the row does not say
    that everybody is meant.
    """

    people: tuple[str, ...]
    everybody: bool = False


def find_list(book: Book, text: str) -> str:
    """Return the id of the mailing that a person names by id, reference or exact name.

    Raises UsageError where no mailing, or more than one, matches.
    """
    table = book.table("mailings")
    row_id = reference_id(text)
    if row_id in table:
        return row_id
    word = fold_header(text)
    named = [one for one, name in table.column("name") if word and fold_header(name) == word]
    if len(named) == 1:
        return named[0]
    names = [name for _, name in table.column("name") if name]
    raise UsageError(
        "“{name}” is no mailing, or several.",
        remedy="{tab:mailings} has these: {known}." if names else "{tab:mailings} has none yet.",
        name=text[:80],
        known=names[:12],
    )


def people_of_lists(book: Book, lists: Collection[str], today: date) -> frozenset[str] | None:
    """Return the people in any of these mailings; None where none is given.

    Raises UsageError where a mailing cannot be read, has nobody in it, or is everybody without its
    row saying so.
    """
    if not lists:
        return None
    found: set[str] = set()
    for row_id in sorted(lists):
        found |= set(chosen_people(book, row_id, today))
    return frozenset(found)


def chosen_people(book: Book, row_id: str, today: date) -> tuple[str, ...]:
    """Return the people in a mailing, for use.

    Raises UsageError where nobody is in it, or where it is everybody without its row saying so: a
    person must confirm that.
    """
    found = listed_people(book, row_id, today)
    if found.people and not found.everybody:
        return found.people
    raise UsageError(
        EVERYBODY if found.everybody else NOBODY,
        name=book.row_name("mailings", row_id),
    )


def listed_people(book: Book, row_id: str, today: date) -> ListedPeople:
    """Return who is in a mailing today.

    Raises UsageError where its row has no criteria or an unknown word; nobody is in it then.
    """
    row = MailingList.at(book, row_id)
    oldest = book.once(Humans).oldest
    plus, minus = _people(book, row.plus), set(map(oldest, _people(book, row.minus)))
    asked = row.everybody == "yes" or any(getattr(row, key) for key in _CRITERIA)
    if not (asked or row.plus):
        raise UsageError(
            "The mailing “{name}” does not say who is in it.",
            remedy="Fill in one of its columns; if everybody is meant, say so in"
            " {column:mailings.everybody}.",
            name=row.name,
        )
    tests = _tests(book, row)
    there = [
        (person, home)
        for person in Person.all(book).values()
        if not person.why_absent(today)
        and ((home := person.organisation(book)) is None or home.is_live)
    ]
    found = tuple(
        person.id
        for person, home in there
        if oldest(person.id) not in minus
        and (person.id in plus or (asked and all(fits(person, home) for fits in tests)))
    )
    return ListedPeople(found, row.everybody != "yes" and 0 < len(found) == len(there))


_Fits = Callable[[Person, Organisation | None], bool]


def _tests(book: Book, row: MailingList) -> list[_Fits]:
    """Return the tests that a mailing's people must pass; raise UsageError at unknown words."""
    areas, tests = Areas(book), list[_Fits]()
    codes, strange = areas.codes(row.area)
    reach = AreaReach(areas, codes)
    if row.area:
        tests.append(lambda person, home: bool(reach.inside(person, home)))
    target = read_target(book, row.audience)
    nested = [book.row_name("mailings", one) for one in sorted(target.lists)]
    tests.append(lambda person, home: not target.misses(person, home))
    stages, no_stages = _stages(row.stage)
    if stages:
        tests.append(lambda _, home: home is not None and home.stage in stages)
    meetings: list[str] = []
    for key, wanted in (("was_at", _was_there), ("no_answer", _is_silent)):
        if cell := getattr(row, key):
            tests.append(_invited(book, cell, wanted))
            meetings += (f"{key} {one}" for one in _no_meetings(book, cell))
    words = [fold_header(one) for one in split_areas(row.met_at)]
    if words:
        tests.append(lambda person, _: any(one in fold_header(person.met_at) for one in words))
    faults = [
        *(("area", one) for one in strange),
        *(("audience", one) for one in target.unknown),
        *(("nested", one) for one in nested),
        *(("stage", one) for one in no_stages),
        *(one.split(" ", 1) for one in meetings),
        *(("plus", one) for one in _nobody(book, row.plus)),
        *(("minus", one) for one in _nobody(book, row.minus)),
    ]
    if faults:
        raise UsageError(
            "Who is in the mailing “{name}” cannot be told:",
            remedy="Correct the cells named here in the tab {tab:mailings}.",
            faults=[*_told(book, faults)],
            name=row.name,
        )
    return tests


def _told(book: Book, faults: Collection[Collection[str]]) -> Iterator[Phrase]:
    columns = schema().tab("mailings")
    for key, word in faults:
        if key == "nested":
            yield (
                _NESTED,
                {"column": columns.column("audience").headers[book.language], "word": word},
            )
        else:
            yield _STRANGE, {"column": columns.column(key).headers[book.language], "word": word}


def _stages(cell: str) -> tuple[frozenset[str], list[str]]:
    """Return the keys of the stages that a cell names, and the words that are not stages."""
    known = {
        fold_header(word): key
        for key, labels in schema().enum("stage").labels.items()
        for word in (key, *labels.values())
    }
    words = split_areas(cell)
    found = frozenset(known[one] for one in map(fold_header, words) if one in known)
    return found, [one for one in words if fold_header(one) not in known]


def _was_there(row: Invitation) -> bool:
    return row.attended == "yes" and not row.substitute


def _is_silent(row: Invitation) -> bool:
    return row.send_state == "sent" and not row.rsvp


def _invited(book: Book, cell: str, wanted: Callable[[Invitation], bool]) -> _Fits:
    """Return the test whether a human has a ``wanted`` invitation to one of the cell's meetings."""
    humans = book.once(Humans)
    found = {
        humans.oldest(row.person_id)
        for one in split_areas(cell)
        for row in Invitation.to(book, reference_id(one))
        if wanted(row)
    }
    return lambda person, _: humans.oldest(person.id) in found


def _no_meetings(book: Book, cell: str) -> Iterator[str]:
    return (one for one in split_areas(cell) if reference_id(one) not in Meeting.all(book))


def _people(book: Book, cell: str) -> frozenset[str]:
    return frozenset(Person.current_id(book, one) for one in split_areas(cell)) - {""}


def _nobody(book: Book, cell: str) -> Iterator[str]:
    people = Person.all(book)
    return (one for one in split_areas(cell) if Person.current_id(book, one) not in people)

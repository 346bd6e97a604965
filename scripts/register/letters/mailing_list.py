"""Who is in a mailing: a row of ``mailings``, told from the register as it is today.

Its columns are asked all together; within one, what it names are alternatives. ``plus`` are in it
whatever else they are, ``minus`` are not. Who is no longer there, or is not to be invited, is in no
mailing. A row that asks for nothing is in doubt nobody's: it stands for nobody, not for everybody.
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


@dataclass(frozen=True, slots=True)
class ListedPeople:
    """Who is in a mailing today, by person id, in the order of the tab.

    ``everybody`` says that these are all who are to be invited, and the row does not say that they
    may be.
    """

    people: tuple[str, ...]
    everybody: bool = False


def find_list(book: Book, text: str) -> str:
    """Return the id of the mailing that a person means: its id, its reference, its very name.

    Raises UsageError where that is no one mailing.
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
    """Return who is in any of these mailings; None where none is asked for.

    Raises UsageError where it cannot be told of one, or one is everybody without saying so.
    """
    if not lists:
        return None
    found: set[str] = set()
    for row_id in sorted(lists):
        found |= set(chosen_people(book, row_id, today))
    return frozenset(found)


def chosen_people(book: Book, row_id: str, today: date) -> tuple[str, ...]:
    """Return who is in a mailing that is to be used; raises UsageError where it has to be asked."""
    found = listed_people(book, row_id, today)
    if found.people and not found.everybody:
        return found.people
    raise UsageError(
        EVERYBODY if found.everybody else NOBODY,
        name=book.row_name("mailings", row_id),
    )


NOBODY = "Nobody is in the mailing “{name}”."
EVERYBODY = (
    "The mailing “{name}” is everybody in the register. If that is meant, say so in"
    " {column:mailings.everybody}."
)


def listed_people(book: Book, row_id: str, today: date) -> ListedPeople:
    """Return who is in a mailing today.

    Raises UsageError where its row asks for nothing, or for something that nobody knows: nobody is
    in it then.
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
    """Return what everybody of a mailing must fit; raises UsageError at what nobody knows."""
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
    """Return the stages that a cell names, and its words that are none."""
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
    """Return the test whether a human's invitation to one of these meetings is as wanted."""
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

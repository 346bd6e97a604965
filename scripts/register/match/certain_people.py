"""People who are certainly one: rows of one organisation to merge, posts in several to tie.

They have the same whole name and the same personal mailbox, and nothing contradicts. Initials,
placeholders for a name, and the mailbox of a family or an office are no evidence.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from register.book.headers import fold_header
from register.book.table import Book
from register.match.blocks import rows_by_value
from register.match.certain import SAFE_CERTAIN, Certain
from register.match.folding import fold_name
from register.match.mailbox_owner import (
    has_several_owners,
    is_called_by_name,
    is_named_for_another,
    is_written_out,
    may_be_turned,
    tells_first_name,
)
from register.match.pair import Pair
from register.people.records import Organisation, Person
from register.values import person_name
from register.values.email import is_role_mailbox, one_mailbox_key
from register.values.placeholder import is_placeholder


@dataclass(frozen=True, slots=True)
class _Person:
    row_id: str
    first: str
    last: str
    names: frozenset[str]
    org: str
    mailbox: str
    phones: frozenset[str]
    party: str
    role: str
    end: str

    @property
    def whole(self) -> str:
        return " ".join(sorted(self.names))

    @property
    def phone(self) -> str:
        """One of the phones, the same in whatever order they stand; '' if there is none."""
        return min(self.phones, default="")


def certain_people(book: Book, trusted: Collection[Certain] = SAFE_CERTAIN) -> list[Pair]:
    """Return the pairs of rows to merge: certainly one person, in one organisation or in none.

    Both rows have the same whole name, and one of the ``trusted`` pieces of evidence:

    - ``mailbox``: the same personal one, and phones that do not differ or a mailbox that contains
      the first name.
    - ``phone``: the same personal one.
    - ``organisation``: the same one, and neither mailbox nor phone differs.

    A value shared by several people is a question, not certain. So is a row that fits two rows that
    contradict each other, and a row without an organisation that fits rows of several.
    """
    rows = book.once(_people)
    found: dict[tuple[str, str], Pair] = {}
    ways: tuple[tuple[Certain, Callable[[_Person], str]], ...] = (
        ("mailbox", lambda row: row.mailbox),
        ("phone", lambda row: row.phone),
        ("organisation", lambda row: row.org),
    )
    for way, value in ways:
        if way not in trusted:
            continue
        for block in rows_by_value(rows, value, shared=way == "organisation"):
            if way != "organisation" and _is_family(block):
                continue
            apart = _contacts_differ if way == "organisation" else _contradict
            for namesakes in _by_name(block):
                for group in _by_organisation(namesakes):
                    for one, row in _surely_one(group, apart):
                        # Of two roles, one that ended and one that goes on: two rows.
                        if bool(one.end) == bool(row.end) or one.role == row.role:
                            _enter(found, one, row, {"organisation": "org"}.get(way, way))
    return sorted(found.values())


def tied_people(book: Book) -> list[Pair]:
    """Return the pairs of rows in two organisations that are certainly one human.

    They have the same whole name and the same personal mailbox. Not certain, but a question: a
    mailbox of a family or one that says nothing of the name, different phones, and a row that fits
    two namesakes who contradict each other.
    """
    found: dict[tuple[str, str], Pair] = {}
    for block in rows_by_value(book.once(_people), lambda row: row.mailbox, shared=False):
        if _is_family(block):
            continue
        for namesakes in _by_name(block):
            placed = [row for row in namesakes if row.org and _is_own(row)]
            for one, row in _surely_one(placed, _apart, lambda one, row: one.org != row.org):
                _enter(found, one, row, "mailbox")
    return sorted(found.values())


def are_across_organisations(book: Book, one: str, two: str) -> bool:
    """Return True if two people belong to two organisations: such rows are tied, never merged."""
    left, right = (_organisation(book, Person.at(book, row).org) for row in (one, two))
    return bool(left and right) and left != right


def _people(book: Book) -> list[_Person]:
    """Return the rows as they are compared, but for those with nothing that another row has."""
    live = list(Person.live(book))
    firsts = frozenset(fold_name(row.first) for row in live)
    keys = [_shareable(row) for row in live]
    times = Counter(chain.from_iterable(keys))
    rows = (
        _person(book, row, firsts)
        for row, own in zip(live, keys, strict=True)
        if any(times[key] > 1 for key in own)
    )
    return [row for row in rows if row]


def _shareable(row: Person) -> set[object]:
    """Return the row's whole name, mailbox and phone, without blank ones."""
    names = frozenset((person_name.person_key(row.first), person_name.person_key(row.last)))
    phone = min(filter(None, (row.phone, row.phone2)), default="")
    return {*filter(None, (names, one_mailbox_key(row.email), phone))}


def _person(book: Book, row: Person, firsts: Collection[str]) -> _Person | None:
    """Return the row as it is compared, None if its name is initials only or a placeholder.

    Its mailbox is '' if that is a role's or another person's; ``firsts`` are all first names.
    """
    first, last = (person_name.person_key(name) for name in (row.first, row.last))
    folded = fold_name(first), fold_name(last)
    if is_placeholder(first, last) or not is_written_out(*folded):
        return None
    address = one_mailbox_key(row.email)
    nobodys = is_role_mailbox(row.email) or is_named_for_another(address, *folded, firsts)
    return _Person(
        row.id,
        first,
        last,
        frozenset((first, last)),
        _organisation(book, row.org),
        "" if nobodys else address,
        frozenset(filter(None, (row.phone, row.phone2))),
        fold_header(row.party),
        fold_header(row.role),
        row.end,
    )


def _organisation(book: Book, cell: str) -> str:
    """Return the organisation that a cell names: its current id, else the folded text."""
    return Organisation.current_id(book, cell) or fold_header(cell)


def _by_name(block: Iterable[_Person]) -> Iterator[list[_Person]]:
    found: dict[frozenset[str], list[_Person]] = {}
    for row in block:
        found.setdefault(row.names, []).append(row)
    yield from (rows for rows in found.values() if len(rows) > 1)


def _by_organisation(namesakes: Sequence[_Person]) -> Iterator[list[_Person]]:
    """Yield the rows of each organisation that has two or more.

    Rows without an organisation join the others if those are of one organisation at most; if there
    are several, nothing says which one is meant, and they are left out.
    """
    placed: dict[str, list[_Person]] = {}
    for row in namesakes:
        placed.setdefault(row.org, []).append(row)
    loose = placed.pop("", [])
    if len(placed) < 2:
        group = [*next(iter(placed.values()), []), *loose]
        placed = {"": sorted(group, key=lambda row: row.row_id)}
    yield from (rows for rows in placed.values() if len(rows) > 1)


def _is_family(block: Iterable[_Person]) -> bool:
    """Return True if the rows have first names that are no forms of one another: several people."""
    return has_several_owners({(fold_name(row.first), fold_name(row.last)) for row in block})


def _surely_one(
    namesakes: Sequence[_Person],
    apart: Callable[[_Person, _Person], bool],
    may_be: Callable[[_Person, _Person], bool] = lambda one, row: True,
) -> Iterator[tuple[_Person, _Person]]:
    """Yield each row with the first earlier row that it certainly is, ``(earlier, row)``.

    Two rows are certainly one if the same namesakes contradict (``apart``) both of them: a row that
    fits two namesakes who contradict each other is paired with neither.
    """
    against = [
        frozenset(n for n, one in enumerate(namesakes) if apart(row, one)) for row in namesakes
    ]
    for number, row in enumerate(namesakes):
        for earlier, one in enumerate(namesakes[:number]):
            if may_be(one, row) and against[earlier] == against[number]:
                yield one, row
                break


def _contradict(left: _Person, right: _Person) -> bool:
    """Return True if two namesakes with one mailbox or phone may be two people.

    They belong to two parties, or have two phones and a mailbox without their first name, or have
    the same names in the other order where that may be two people (:func:`may_be_turned`).
    """
    parties = bool(left.party and right.party and left.party != right.party)
    phones = _phones_differ(left, right) and not tells_first_name(
        left.mailbox, left.first, left.last
    )
    return parties or phones or _turned(left, right)


def _apart(left: _Person, right: _Person) -> bool:
    """Return True if two namesakes with one mailbox may be two people; here two phones suffice."""
    return _contradict(left, right) or _phones_differ(left, right)


def _is_own(row: _Person) -> bool:
    return is_called_by_name(row.mailbox, fold_name(row.first), fold_name(row.last))


def _turned(left: _Person, right: _Person) -> bool:
    return left.first != right.first and may_be_turned(fold_name(left.first), fold_name(left.last))


def _phones_differ(left: _Person, right: _Person) -> bool:
    return bool(left.phones and right.phones and left.phones.isdisjoint(right.phones))


def _contacts_differ(left: _Person, right: _Person) -> bool:
    parties = bool(left.party and right.party and left.party != right.party)
    mailboxes = bool(left.mailbox and right.mailbox and left.mailbox != right.mailbox)
    return parties or mailboxes or _phones_differ(left, right) or _turned(left, right)


def _enter(
    found: dict[tuple[str, str], Pair], left: _Person, right: _Person, evidence: str
) -> None:
    name = "name" if left.first == right.first else "name_swapped"
    ids = (left.row_id, right.row_id)
    found.setdefault(ids, Pair("people", *ids, "certain", (name, evidence)))

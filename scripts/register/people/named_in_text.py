"""People that a sentence names, in any case form: "Soitin Leena Virralle" is Leena Virta."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from register.book.table import Book
from register.people.records import Organisation, Person
from register.values import phone
from register.values.organisation_name import organisation_key
from register.values.person_name import person_key

_PAIR = re.compile(r"(?=(?<![\w-])([^\W\d_][\w-]+) ([^\W\d_][\w-]+))")
_FIRST = re.compile(
    r"(?<![\w@.-])([A-ZÅÄÖ][^\W\d_]+)\b"
    r"(?! [A-ZÅÄÖ][^\W\d_]+(?<!lta|ltä|sta|stä|ssa|ssä)\b)(?: ([A-ZÅÄÖ])(?=[.\s]|$))?"
)
"""A first name without the last: alone, with a town ("Annu Keravalta"), or with the initial."""

_CASES = frozenset(("n", "lle", "lta", "ltä", "lla", "llä", "a", "ä", "in", "ille", "s"))
"""The case endings of a first name."""

_LONGEST = 4_000
_INFLECTED = re.compile(r"(?:n|lle|l[lt][aä]|ss[aä]|st[aä]|t?[aä]|s)$")
"""The endings of a last name in any case form."""

_ENDING = 3
"""How many last letters of a name may change before a case ending."""

_ADDED = 5
_WORDS = re.compile(r"[^\W\d_][\w-]+")
_STEM = 4
"""The fewest first letters that the last word of an organisation keeps in a case form."""

_PHONE = re.compile(r"(?<![\w.])\+?\d[\d -]{5,16}\d(?![\w.])")
_MOST_WORDS = 4
_MOST_READ = 60


def person_named(book: Book, text: str) -> tuple[str, str]:
    """Return the whole name of the only person that a text names, and its words there.

    Two '' if it names nobody or several people.
    """
    found = all_people_named(book, text)
    return found[0] if len({name for name, _ in found}) == 1 else ("", "")


def all_people_named(book: Book, text: str) -> tuple[tuple[str, str], ...]:
    """Return (whole name, words in the text) of the people that a text names, in order.

    The first name must stand as it is, the last name may be in any case form; capitals do not
    count where the last name ends as a name does. If any words fit several names, nobody is named.
    """
    firsts = book.once(_by_exact_first_name)
    found: dict[str, set[str]] = {}
    for first, last in _PAIR.findall(text[:_LONGEST]):
        is_form = _is_form if first[0].isupper() and last[0].isupper() else _is_plain_form
        for one in firsts.get(first.casefold(), ()):
            if one.last and is_form(last.casefold(), one.last):
                found.setdefault(f"{first} {last}", set()).add(f"{one.first} {one.last}")
    if any(len(names) > 1 for names in found.values()):
        return ()
    return tuple((name, said) for said, names in found.items() for name in names)


def people_called(book: Book, text: str) -> tuple[Person, ...]:
    """Return the people that a first name in a text may mean: "Heikki", "Pirkko H.", "Leenan"."""
    called = {
        (first.casefold(), initial.casefold()) for first, initial in _FIRST.findall(text[:_LONGEST])
    }
    return tuple(
        one
        for one in Person.live(book)
        if any(
            _is_first(said, one.first) and one.last.casefold().startswith(initial)
            for said, initial in called
        )
    )


def people_maybe_named(book: Book, text: str) -> tuple[Person, ...]:
    """Return all whom a whole name in a text may mean, however it is spelt; for being careful.

    Case, accents and the order do not count, the last name may be in any case form, and namesakes
    are all meant: "natalia kivelä soitti", "Vaino Salolle".
    """
    words = list(map(_plain, _WORDS.findall(text[:_LONGEST])))
    firsts = book.once(_by_first_name)
    pairs = [pair for one, two in pairwise(words) for pair in ((one, two), (two, one))]
    return tuple(
        dict.fromkeys(
            one
            for first, last in pairs
            for one in firsts.get(first, ())
            if _is_form(last, _plain(one.last))
        )
    )


def people_with_phone(book: Book, text: str) -> tuple[Person, ...]:
    """Return all whose phone number a text holds."""
    numbers = {phone.read(one).value for one in _PHONE.findall(text[:_LONGEST])} - {""}
    return tuple(
        one
        for one in (Person.live(book) if numbers else ())
        if not numbers.isdisjoint(phone.read(cell).value for cell in (one.phone, one.phone2))
    )


def people_surnamed(book: Book, text: str) -> tuple[Person, ...]:
    """Return all whom a surname in a text may mean, in any case form where nobody has it as is."""
    words = {word.casefold() for word in _WORDS.findall(text[:_LONGEST]) if word[0].isupper()}
    lasts = {one: one.last.casefold() for one in Person.live(book) if one.last} if words else {}
    exact = tuple(one for one, last in lasts.items() if last in words)
    return exact or tuple(
        one for one, last in lasts.items() if any(_is_ending(word, last) for word in words)
    )


def organisations_named(book: Book, text: str) -> tuple[Organisation, ...]:
    """Return the live organisations that a text names; the longest names alone count.

    The last word stands in any case form: "Hangon kuoro ry ei …", "Keravan allergiayhdistykselle",
    "Lempäälän lapsiperheiden"; a name of one word stands in the nominative.
    """
    known = book.once(_by_beginning)
    words = re.findall(r"[^\s,;()]+", text)[:_MOST_READ]
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        said = (" ".join(words[at : at + count]) for at in range(len(words) - count + 1))
        found = dict.fromkeys(
            org
            for beginning, _, word in (organisation_key(name).rpartition(" ") for name in said)
            for last, org in known.get(beginning, ())
            if word == last or (beginning and _is_ending(word, last))
        )
        if found:
            return tuple(found)
    return ()


def _is_ending(word: str, last: str) -> bool:
    """Whether a word is a surname, or the last word of an organisation's name, in a case form."""
    stem = last[: max(_STEM, len(last) - _ENDING)]
    return len(last) > _STEM and word.startswith(stem) and len(word) <= len(last) + _ADDED


def _by_beginning(book: Book) -> dict[str, list[tuple[str, Organisation]]]:
    """Return (last word, organisation) by the words before it, as comparison keys."""
    found: dict[str, list[tuple[str, Organisation]]] = {}
    for one in Organisation.live(book):
        for key in {organisation_key(name) for name in (one.name, one.short)} - {""}:
            beginning, _, last = key.rpartition(" ")
            found.setdefault(beginning, []).append((last, one))
    return found


def _by_exact_first_name(book: Book) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for one in Person.live(book):
        found.setdefault(one.first.casefold(), []).append(one)
    return found


def _by_first_name(book: Book) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for one in Person.live(book):
        if one.first and one.last:
            found.setdefault(_plain(one.first), []).append(one)
    return found


@lru_cache(maxsize=1 << 14)
def _plain(name: str) -> str:
    """Return a name without case and accents."""
    parts = unicodedata.normalize("NFKD", person_key(name))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _is_first(said: str, first: str) -> bool:
    plain = first.casefold()
    if said == plain:
        return True
    ending = said[len(plain) :] if said.startswith(plain) else ""
    return len(plain) > _ENDING and ending in _CASES


def _is_form(word: str, last: str) -> bool:
    plain = last.casefold()
    stem = plain[: max(2, len(plain) - _ENDING)]
    return bool(plain) and word.startswith(stem) and len(word) <= len(plain) + _ADDED


def _is_plain_form(word: str, last: str) -> bool:
    """Whether a word without a capital is a last name, or surely a case form of it.

    "leena virralle" is Leena Virta, "pekka kotona" is not Pekka Koe.
    """
    plain = last.casefold()
    stem = plain if len(plain) <= _ENDING else plain[: max(_ENDING, len(plain) - _ENDING)]
    return word == plain or (
        _is_form(word, last) and word.startswith(stem) and bool(_INFLECTED.search(word))
    )

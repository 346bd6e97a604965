"""A letter, a signature or a pasted web page as rows: a person or an organisation each.

What a person's lines say stands on one row: those that only name a post, an organisation, a number
or an address tell of the person above them. A line that nobody can be told of is kept whole, as a
message for people to read, where anybody may be reached by it; else it is said to be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from register.book.headers import fold_header
from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.intake.text_line import (
    TextLine,
    TextPerson,
    bare_line,
    read_line,
)
from register.values import municipality

HEADERS = ("Full name", "Role", "Organization", "City", "E-mail", "Phone", "Message")
_OF_MAIL = re.compile(
    r"(?P<from>lähettäjä|from|från)\s*:\s*"
    r"|(?:vastaanottaja|kopio|lähetetty|päivämäärä|aihe|liitteet|to|cc|sent|date|subject|attachments"
    r"|till|kopia|skickat|datum|ämne|bilagor)\s*:",
    re.IGNORECASE,
)


@dataclass(slots=True)
class FreeText:
    """What was read of a text: ``rows[i]`` is its line i (blank where it tells nothing new).

    Two people of one line stand on lines of their own, at the end.
    """

    rows: list[list[str]]
    notes: list[Phrase] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """What is known so far: who was named, and whom the next line may tell of."""

    found: list[TextPerson] = field(default_factory=list)
    current: TextPerson | None = None
    org: str = ""
    orgs: list[str] = field(default_factory=list)
    headed: bool = False
    town: str = ""
    role: str = ""
    is_letter: bool = False
    named: list[TextPerson] = field(default_factory=list)
    waiting: dict[int, list[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def read_free_text(lines: Sequence[str]) -> FreeText:
    """Read a text line by line: whom and what it names."""
    read = [read_line(line) for line in lines]
    state = _Reading()
    for paragraph in _paragraphs(lines):
        state.current, state.role = None, ""
        state.named = []
        told = [at for at in paragraph if _is_sentence(lines[at], read[at])]
        if told and not any(read[at].people and not read[at].words for at in paragraph):
            _keep_whole(paragraph, lines, read, state)
            continue
        for at in paragraph:
            if at in told:
                state.waiting[at] = [bare_line(lines[at])]
            else:
                _take(at, lines[at], read[at], state)
    return _laid_out(state, len(lines))


def _paragraphs(lines: Sequence[str]) -> Iterator[list[int]]:
    """Yield the numbers of the lines between blank ones."""
    block: list[int] = []
    for at, line in enumerate(lines):
        if bare_line(line):
            block.append(at)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_sentence(line: str, read: TextLine) -> bool:
    """Whether a line reaches somebody in the middle of a sentence."""
    return read.is_sentence and not _OF_MAIL.match(bare_line(line))


def _keep_whole(
    paragraph: Sequence[int], lines: Sequence[str], read: Sequence[TextLine], state: _Reading
) -> None:
    state.waiting[paragraph[0]] = [bare_line(lines[at]) for at in paragraph]
    for at in paragraph:
        state.is_letter |= read[at].signed or read[at].greeted


def _take(at: int, line: str, read: TextLine, state: _Reading) -> None:
    """Take in what a line says, and of whom."""
    plain = bare_line(line)
    state.is_letter |= read.signed or read.greeted
    if plain.startswith("©"):
        state.left.append(plain)
        return
    if of_mail := _OF_MAIL.match(plain):
        state.is_letter = True
        if not of_mail["from"]:
            state.left.append(plain)
            return
        read = read_line(plain[of_mail.end() :])
    if read.people:
        _take_people(at, read, state)
    elif read.org:
        _take_organisation(at, read, state)
    elif read.role and not (read.words or read.reaches):
        _take_role(read.role, state)
    elif read.reaches or (read.words and state.current):
        _take_reach(at, plain, read, state)
    elif read.town:
        _take_town(read, state)
    elif read.words:
        state.left.append(plain)


def _take_people(at: int, read: TextLine, state: _Reading) -> None:
    for one in read.people:
        one.role = one.role or state.role
        one.org, one.town, one.line = read.org or state.org, read.town or state.town, at
    state.found += read.people
    state.named += read.people
    state.current, state.role = read.people[-1], ""
    loose = [*read.loose.emails, *read.loose.phones]
    read.people[0].said += [*read.words, *loose]
    if read.org:
        state.orgs.append(read.org)


def _take_organisation(at: int, read: TextLine, state: _Reading) -> None:
    """Take the organisation of the person above, else of the people who follow."""
    state.orgs.append(read.org)
    one = state.current
    if one and one.name and not read.signed and (not one.org or one.org == state.org):
        for other in state.named:
            other.org = read.org if other.org in ("", state.org) else other.org
        state.headed |= len(state.named) > 1
    else:
        state.headed = True
        state.org = "" if read.signed else read.org
        one = TextPerson(org=read.org, town=read.town or state.town, line=at)
        state.found.append(one)
        state.current = one
    if read.role:
        _take_role(read.role, state)
    one.emails += read.loose.emails
    one.phones += read.loose.phones
    one.said += [words for words in read.words if not _is_named_in(words, state)]


def _is_named_in(words: str, state: _Reading) -> bool:
    return any(set(words.casefold().split()) <= set(one.name.casefold().split())
               for one in state.found)  # fmt: skip


def _take_role(role: str, state: _Reading) -> None:
    """A post stands below its person where nothing else does yet; else above the next one."""
    one = state.current
    if one and one.name and not (one.role or one.emails or one.phones):
        one.role = role
    else:
        state.role = role


def _take_reach(at: int, plain: str, read: TextLine, state: _Reading) -> None:
    one = state.current
    if one is None and not read.words:
        one = TextPerson(line=at)
        state.found.append(one)
    if one is None:
        state.waiting.setdefault(at, []).append(plain)
        return
    one.emails += read.loose.emails
    one.phones += read.loose.phones
    one.town = one.town or read.town
    one.said += read.words
    if read.role:
        _take_role(read.role, state)


def _take_town(read: TextLine, state: _Reading) -> None:
    if state.current:
        state.current.town = read.town
    else:
        state.town, state.org = read.town, ""


def _laid_out(state: _Reading, count: int) -> FreeText:
    """Lay out one row for each person, organisation and kept paragraph, on its line."""
    _share_organisation(state)
    people = [one for one in _united(state.found) if _tells(one, state)]
    rows: list[list[str]] = [[] for _ in range(count)]
    for one in people:
        row = _row(one)
        if rows[one.line]:
            rows.append(row)
        else:
            rows[one.line] = row
    for at, lines in state.waiting.items():
        rows[at] = [""] * (len(HEADERS) - 1) + ["\n".join(lines)]
    text = FreeText(rows)
    if state.left:
        told = [mask_identity_codes(line) for line in state.left]
        text.notes.append(
            ("{count} lines of the text name nobody and were left out: {lines}.",
             {"count": len(told), "lines": told})
        )  # fmt: skip
    if state.waiting:
        text.notes.append(
            ("{count} parts of the text are sentences: they wait in {tab:inbox} word for word.",
             {"count": len(state.waiting)})
        )  # fmt: skip
    return text


def _share_organisation(state: _Reading) -> None:
    """Give the one organisation of a letter, or of a heading, to all who are named beside it.

    Who is named beside words that begin with a town ("Keravan Omaiset") has another one, maybe.
    """
    orgs = {fold_header(org): org for org in state.orgs}
    if len(orgs) == 1 and (state.headed or state.is_letter):
        for one in state.found:
            if one.name and not any(map(_is_local, one.said)):
                one.org = one.org or next(iter(orgs.values()))


def _is_local(words: str) -> bool:
    town, _, rest = words.partition(" ")
    return bool(rest and municipality.read(town).value)


def _tells(one: TextPerson, state: _Reading) -> bool:
    """Whether a row says more than others do: an organisation alone is named by its people, too."""
    if one.name or one.emails or one.phones or one.said:
        return True
    return not any(other.name and other.org == one.org for other in state.found)


def _united(found: Sequence[TextPerson]) -> list[TextPerson]:
    """Make one of those of one name and organisation: who signs a letter may stand in it, too."""
    people: list[TextPerson] = []
    for one in found:
        known = next((other for other in people if _is_same(one, other)), None)
        if known is None:
            people.append(one)
            continue
        known.org = known.org or one.org
        known.role, known.town = known.role or one.role, known.town or one.town
        for mine, more in (
            (known.emails, one.emails), (known.phones, one.phones), (known.said, one.said)
        ):  # fmt: skip
            mine += [cell for cell in more if cell not in mine]
        if one.role and fold_header(one.role) != fold_header(known.role):
            known.said.append(one.role)
    return people


def _is_same(one: TextPerson, other: TextPerson) -> bool:
    orgs = {fold_header(one.org), fold_header(other.org)} - {""}
    return bool(one.name) and fold_header(one.name) == fold_header(other.name) and len(orgs) < 2


def _row(one: TextPerson) -> list[str]:
    said = [*one.emails[1:], *one.said]
    return [
        *(one.name, one.role, one.org, one.town),
        *(next(iter(one.emails), ""), " / ".join(one.phones), "; ".join(said)),
    ]

"""Turn a letter, a signature or a pasted web page into rows: one for each person or organisation.

A person's row holds what the lines about that person say. A line with only a post, an organisation,
a number or an address belongs to the person above it. Where a line has an address or number but no
plain owner, it is kept whole as a message for people to read. Other lines are left out, and a note
says so.
"""

import re
from collections.abc import Iterator, Sequence

from register.intake.mailboxes import MAIL_HEADER
from register.intake.refused_sections import refuses_below
from register.intake.text_line import (
    ADDRESS,
    MAY_BE_POST,
    TextLine,
    read_text_line,
    strip_line_marks,
)
from register.intake.text_people import TextPerson
from register.intake.text_rows import FreeText, TextReading, text_rows
from register.match.folding import fold_name
from register.match.mailbox_owner import is_named_for_another
from register.values.post import posts

_WHEN_AND_WHERE = re.compile(
    r"(?:aika|paikka|kokouspaikka|tid|plats|time|place|venue)\s*:", re.IGNORECASE
)
"""How the first lines of minutes begin; the place of a meeting is no partner."""

_NO_MEMBERS = frozenset(("sinä", "sinä itse", "du", "you", "meta ai"))
"""How a chat lists its reader, and its program."""

_HEADERS_OF_MAIL = 3
_NUMBERED = re.compile(r"\s*\(?\d{1,2}[.)]\s")
"""How a line begins that is an entry of its own, and says nothing about the one above."""

_HEADING = re.compile(r"[^\W\d_a-zåäö][\w'’-]+(?: (?:ja |och |and )?[^\W\d_a-zåäö][\w'’-]+){1,3}")
_MAY_BE_NAME = re.compile(r"[^\W\d_a-zåäö][\w'’-]+(?: [^\W\d_a-zåäö][\w'’-]+){1,2}")


def read_free_text(lines: Sequence[str]) -> FreeText:
    """Read a text line by line, and return its people and organisations as rows."""
    read = [read_text_line(line) for line in lines]
    state = TextReading()
    paragraphs = list(_paragraphs(lines))
    _name_headings([[read[at] for at in paragraph] for paragraph in paragraphs])
    for paragraph in paragraphs:
        state.current, state.role = None, ""
        state.named = []
        told = {at for at in paragraph if _is_sentence(lines[at], read[at])}
        if told and not any(read[at].people and not read[at].words for at in paragraph):
            _keep_whole(paragraph, lines, read, state)
            continue
        waits = None
        for at in paragraph:
            if at in told:
                waits = at if waits is None else waits
                state.waiting.setdefault(waits, []).append(strip_line_marks(lines[at]))
            else:
                waits = None
                _take(at, lines[at], read[at], state)
    return text_rows(state, len(lines))


def is_mail(cell: str) -> bool:
    """Whether a text begins with the headers of a mail: sender, recipients, date, subject."""
    if cell.count("\n") < _HEADERS_OF_MAIL:
        return False
    lines = map(strip_line_marks, cell.splitlines())
    return sum(bool(MAIL_HEADER.match(line)) for line in lines) >= _HEADERS_OF_MAIL


def _paragraphs(lines: Sequence[str]) -> Iterator[list[int]]:
    """Yield the indexes of the lines of each paragraph; blank lines separate paragraphs."""
    block: list[int] = []
    for at, line in enumerate(lines):
        if strip_line_marks(line):
            block.append(at)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _name_headings(paragraphs: Sequence[Sequence[TextLine]]) -> None:
    """Take the headings of people for organisations, if most of them surely are.

    "Venetpalon Hirvenhiihtäjät" is no organisation by its words, and no part of the one above it.
    """
    headed = [lines[0] for lines in paragraphs
              if not lines[0].people and any(one.people for one in lines[1:])]  # fmt: skip
    sure = sum(bool(line.org) for line in headed)
    unsure = [line for line in headed if not (line.org or line.role or line.reaches or line.about)
              and _HEADING.fullmatch(" ".join(line.words))]  # fmt: skip
    if sure > max(1, len(unsure)):
        for line in unsure:
            line.org, line.words = " ".join(line.words), []


def _is_sentence(line: str, read: TextLine) -> bool:
    """Whether a line is a sentence with an address or number in it, and no mail header."""
    return read.is_sentence and not MAIL_HEADER.match(strip_line_marks(line))


def _keep_whole(
    paragraph: Sequence[int], lines: Sequence[str], read: Sequence[TextLine], state: TextReading
) -> None:
    state.waiting[paragraph[0]] = [strip_line_marks(lines[at]) for at in paragraph]
    for at in paragraph:
        state.is_letter |= read[at].signed or read[at].greeted


def _take(at: int, line: str, read: TextLine, state: TextReading) -> None:
    """Take in what a line says, and decide whom it is about."""
    plain = strip_line_marks(line)
    state.is_letter |= read.signed or read.greeted
    if plain.casefold() in _NO_MEMBERS or plain.startswith("©") or _WHEN_AND_WHERE.match(plain):
        state.left.append(plain)
        return
    if of_mail := MAIL_HEADER.match(plain):
        state.is_letter = True
        if not of_mail["from"]:
            state.left.append(plain)
            return
        state.mails.append(at)
        state.org = ""
        read = read_text_line(plain[of_mail.end() :])
    if read.people:
        _take_people(at, read, state)
    elif read.org:
        _take_organisation(at, read, state)
    elif read.role and not (read.words or read.reaches):
        _take_role(read.role, state)
    elif read.about and not read.reaches:
        _take_about(read, state)
    elif read.reaches or (read.words and state.current and not _NUMBERED.match(line)):
        _take_reach(at, plain, read, state)
    elif read.town:
        _take_town(read, state)
    elif read.words:
        state.refused = plain if refuses_below(plain) else ""
        state.left.append(plain)


def _take_people(at: int, read: TextLine, state: TextReading) -> None:
    """Add the people of a line; the line's other parts belong to them."""
    plain = not any(one.role for one in read.people)
    goes_on = state.role if plain and state.role in posts()["several"] else ""
    for one in read.people:
        one.role = one.role or state.role
        one.org, one.town, one.line = read.org or state.org, read.town or state.town, at
        one.said += [state.refused] if state.refused else []
    state.right_below += at == state.org_at + 1 and read.reaches
    state.found += read.people
    state.named += read.people
    state.current, state.role = read.people[-1], read.role or goes_on
    for one in read.people:
        if one.perhaps in read.words:
            read.words.remove(one.perhaps)
            one.said.append(one.perhaps)
    loose = [*read.loose.emails, *read.loose.phones]
    read.people[0].said += [*read.words, *loose]
    _take_about(read, state)
    if read.org:
        state.orgs.append(read.org)


def _take_organisation(at: int, read: TextLine, state: TextReading) -> None:
    """Give an organisation to the person above it, or else to the people below.

    A person directly below an earlier organisation, with an address or number, keeps that one.
    """
    state.orgs.append(read.org)
    one = state.current
    own = one and one.line == state.org_at + 1 and (one.phones or one.emails)
    if one and one.name and not read.signed and (not one.org or one.org == state.org) and not own:
        for other in state.named:
            other.org = read.org if other.org in ("", state.org) else other.org
        state.headed |= len(state.named) > 1
    else:
        state.headed = True
        state.org, state.org_at = "" if read.signed else read.org, at
        one = TextPerson(org=read.org, town=read.town or state.town, line=at)
        state.found.append(one)
        state.current = one
    if read.role:
        _take_role(read.role, state)
    _take_about(read, state)
    one.emails += read.loose.emails
    one.phones += read.loose.phones
    one.said += [words for words in read.words if not _is_named_in(words, state)]


def _is_named_in(words: str, state: TextReading) -> bool:
    return any(set(words.casefold().split()) <= set(one.name.casefold().split())
               for one in state.found)  # fmt: skip


def _take_role(role: str, state: TextReading) -> None:
    """Give a post to the person above if only the name is known yet, else to the next person."""
    one = state.current
    if one and one.name and not (one.role or one.emails or one.phones):
        one.role = role
    else:
        state.role = role


def _take_reach(at: int, plain: str, read: TextLine, state: TextReading) -> None:
    """Give the contacts and words of a line to the person or organisation above it.

    With nothing above, or with mailboxes named for somebody else, contacts alone begin an entry of
    their own, and a line with words is kept whole.
    """
    one = state.current
    if is_anothers := bool(one and _are_anothers(read.loose.emails, one.name)):
        one = state.current = None
    if one is None and not read.words:
        one = TextPerson(line=at)
        state.found.append(one)
        state.current = one if is_anothers else None
    if one is None:
        state.waiting.setdefault(at, []).append(plain)
        return
    if at == one.line + 1 and not (one.role or read.reaches) and MAY_BE_POST.fullmatch(plain):
        state.below.append((one, plain))
    if at == state.org_at + 1 and not one.name and len(read.words) == 1 and read.reaches:
        state.nameless += [(one, words) for words in read.words if _MAY_BE_NAME.fullmatch(words)]
    _take_about(read, state)
    one.emails += read.loose.emails
    one.phones += read.loose.phones
    one.town = one.town or read.town
    one.said += read.words
    if read.role:
        _take_role(read.role, state)


def _are_anothers(mailboxes: Sequence[str], name: str) -> bool:
    """Return True if mailboxes have a first name other than this person's, and not the surname.

    A mailbox with the same surname may be a spouse's, which people do give as their own.
    """
    first, _, last = fold_name(name).rpartition(" ")
    return bool(first and mailboxes) and all(
        is_named_for_another(mailbox, first, last) and last not in fold_name(mailbox)
        for mailbox in mailboxes
    )


def _take_about(read: TextLine, state: TextReading) -> None:
    """Give an address, a website or a Y-tunnus to the person or organisation above it.

    Below a heading of its own it goes to the text's only organisation. A street beside a person is
    left out: it is as likely as not their home.
    """
    one = state.current
    if one is None and len(set(state.orgs)) == 1:
        one = next((other for other in state.found if not other.name and other.org), None)
    for header, words in read.about.items():
        if one is None or (one.name and header == ADDRESS):
            state.left.append(words)
        else:
            both = dict.fromkeys(filter(None, (one.about.get(header), words)))
            one.about[header] = ", ".join(both)


def _take_town(read: TextLine, state: TextReading) -> None:
    if state.current and not state.current.town:
        state.current.town = read.town
    else:
        state.town, state.org = read.town, ""

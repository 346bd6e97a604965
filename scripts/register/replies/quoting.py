"""Extracts what a writer wrote, without what they quote and what we sent.

Programs quote in many ways: ``>`` before each line, nothing at all, a line or a block of headers
above, in any language, wrapped or not; people write above, below or in between. What we sent is
recognised by its words (:mod:`register.replies.sent_text`), what others wrote by marks and headers.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from register.letters.answering import ANSWER_WORDS
from register.replies.sent_text import SentText, plain_words, visible_text, words_with_places
from register.replies.words import guess_answer

QUOTED_BELOW = "-----Original Message-----"
"""The line put where the quote of an HTML page begins (:mod:`register.replies.mail`)."""

_LONGEST = 2_000
_READ = 20_000
_LINES = 1_500
_OURS = 6
_OURS_BELOW = 10
_MARK = re.compile(r"^\s*(?:[A-Z]{0,3}>|\|(?= ))\s?")
_MARKS = re.compile(r"^[\s>|]*")
_RULE = re.compile(r"^(?:[-_*=]{2,}\s?[^\W\d_][^\n]{2,50}?\s?[-_*=]{2,}|_{10,}|\*~\*~\*.*)$")
_LABELLED = re.compile(r"^\*{0,2}[^\W\d_][\w .-]{1,24}\*{0,2}\s?[:：]\*{0,2}(?:\s|$)")
_FROM = re.compile(
    r"^\*{0,2}(?:from|lähettäjä|från|von|saatja|de|da|fra|van|от)\s?:", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s<>@()]{1,64}@[^\s<>@()]{1,255}")
_WROTE = re.compile(
    r"\b(?:kirjoitti|wrote|writes|skrev|schrieb|écrit|kirjutas|escribió|escreveu|ha scritto|schreef"
    r"|написал|пишет|napisał|napsal|rakstīja|rašė)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b20\d\d\b|\b\d{1,2}[.:/]\d{1,2}[.:/]")
_FIELD = re.compile(rf"{_DATED.pattern}|\b\d{{1,2}}[.:]\d\d\b|https?://|www\.")
_GREETINGS = ("hei", "hej", "hello")
_SHORT = 6
_ENDS = re.compile(r"[:：]\s*$")
_SIGNATURE = re.compile(r"^-- ?$")
_MACHINE = re.compile(
    r"^(?:lähetetty|skickat från|sent from|hanki outlook|get outlook|hämta outlook)\b.{0,60}$",
    re.IGNORECASE,
)
_ANSWER_WORDS = "|".join(
    re.escape(word) for words in ANSWER_WORDS.values() for word in words.values()
)
_WRAP = r"(?:\r?\n[ \t>|]*+)?"
_ANSWER_LINK = re.compile(
    rf"(?m)(?:^([ \t>|]*+)(?:{_ANSWER_WORDS})(?:[ \t]|\n[ \t>|]*+)++)?"
    rf"{_WRAP.join('<mailto:')}(?:[^>\n]|\n[ \t>|]*+){{1,900}}?>"
)
"""An answer link as our text shows it, however wrapped, with its word if they have a line alone.

The word is not the writer's answer: it stands in every letter.
"""


@dataclass(slots=True)
class _Line:
    text: str
    marked: bool
    words: list[str]
    ours: int = 0
    left: str = ""


@dataclass(slots=True)
class _Section:
    """The lines between two quote headers; the first section is the writer's own."""

    own: bool
    lines: list[_Line] = field(default_factory=list)


def unquoted_text(text: str, sent: SentText | None = None, subject: str = "") -> str:
    """Return what a writer wrote, at most 2,000 characters; '' if nothing.

    ``sent`` recognises our letters. ``subject`` is the message's: it names the meeting, as the
    letter does.
    """
    lines = _looked_at(_ANSWER_LINK.sub(r"\1", visible_text(text[:_READ])), sent)
    known = frozenset(plain_words(subject))
    kept: list[str] = []
    for section in _sections(lines):
        quotes = sum(one.ours for one in section.lines) >= (_OURS if section.own else _OURS_BELOW)
        if section.own or quotes:
            kept += _kept(section, sent, known, quotes=quotes)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()[:_LONGEST]


def _looked_at(text: str, sent: SentText | None) -> list[_Line]:
    lines: list[_Line] = []
    stream: list[str] = []
    places: list[list[tuple[int, int]]] = []
    for raw in text.splitlines()[:_LINES]:
        marked = bool(_MARK.match(raw))
        bare = (_MARKS.sub("", raw, count=1) if marked else raw).rstrip()
        found = words_with_places(bare)
        lines.append(_Line(bare, marked, [word for word, _, _ in found], left=bare.strip()))
        places.append([(begin, end) for _, begin, end in found])
        stream += lines[-1].words
    ours = iter(sent.covers(stream) if sent else ())
    for line, where in zip(lines, places, strict=True):
        covered = [next(ours, False) for _ in where]
        line.ours = sum(covered)
        if line.ours:
            line.left = _left(line.text, where, covered)
    return lines


def _left(text: str, where: list[tuple[int, int]], covered: list[bool]) -> str:
    """Return the parts of a line that are not ours, one on each line."""
    pieces: list[str] = []
    begin: int | None = None
    for (start, _), ours in zip(where, covered, strict=True):
        if ours:
            if begin is not None:
                pieces.append(text[begin:start].strip(" .,:;–-"))
            begin = None
        else:
            begin = start if begin is None else begin
    if begin is not None:
        pieces.append(text[begin:].strip())
    return "\n".join(pieces)


def _sections(lines: list[_Line]) -> list[_Section]:
    found = [_Section(own=True)]
    number = 0
    while number < len(lines):
        length = _header(lines, number)
        if not length:
            found[-1].lines.append(lines[number])
            number += 1
            continue
        _drop_dates(found[-1].lines)
        number += length
        while number < len(lines) and not lines[number].text.strip():
            number += 1
        while number < len(lines) and not lines[number].marked and _still_header(lines, number):
            number += 1
        if number < len(lines) and _header(lines, number):
            continue
        following = lines[number] if number < len(lines) else None
        if following is not None and not following.marked:
            found.append(_Section(own=False))
    return found


def _still_header(lines: list[_Line], number: int) -> bool:
    text = lines[number].text.strip()
    return bool(_LABELLED.match(text)) and not lines[number].ours and not guess_answer(text)


def _header(lines: list[_Line], number: int) -> int:
    """Return how many lines from here form a quote header, 0 if none."""
    text = lines[number].text.strip()
    if not text or lines[number].marked:
        return 0
    if _RULE.match(text) and not lines[number].ours:
        return 1
    if _ENDS.search(text) and (_WROTE.search(text) or _dated_address(lines, number)):
        return 1
    if not _LABELLED.match(text):
        return 0
    block = 0
    for line in lines[number : number + 8]:
        if not _LABELLED.match(line.text.strip()):
            break
        block += 1
    addressed = any(_ADDRESS.search(one.text) for one in lines[number : number + block])
    return block if (block >= 3 and addressed) or (_FROM.match(text) and block >= 2) else 0


def _dated_address(lines: list[_Line], number: int) -> bool:
    """Whether a line has an address, and it or the two lines before it a digit."""
    before = " ".join(one.text for one in lines[max(0, number - 2) : number + 1])
    return bool(_ADDRESS.search(lines[number].text)) and bool(re.search(r"\d", before))


def _drop_dates(lines: list[_Line]) -> None:
    """Remove the beginning of a wrapped quote header from the end of the lines above it."""
    for _ in range(3):
        text = lines[-1].text.strip() if lines else ""
        if not text or not (_DATED.search(text) or text.endswith("<")) or guess_answer(text):
            return
        lines.pop()


def _kept(
    section: _Section, sent: SentText | None, known: Collection[str], *, quotes: bool
) -> list[str]:
    kept: list[str] = []
    signed = False
    below = not section.own
    for line in section.lines:
        if line.marked or (line.ours and quotes):
            signed, below = False, below or quotes
            if line.marked or not (line.left and guess_answer(line.left)):
                continue
        elif _SIGNATURE.match(line.text):
            signed = True
        if signed or _MACHINE.match(line.left):
            continue
        if quotes and sent and _shown(line, sent, known, below=below):
            continue
        kept.append(line.left if quotes else line.text.strip())
    return kept


def _shown(line: _Line, sent: SentText, known: Collection[str], *, below: bool) -> bool:
    """Whether a line next to our own shows a field of the letter, a name, or its heading."""
    words = line.words
    if not words:
        return bool(line.text.strip())
    if words == [words[0]] and words[0] in _GREETINGS:
        return False
    if tuple(words) in sent.lines or (len(words) > 1 and set(words) <= set(known)):
        return True
    if guess_answer(line.text):
        return False
    head = line.text.partition(":")[0]
    return (
        set(words) <= set(known)
        or (words[0] in _GREETINGS and 1 < len(words) <= _SHORT)
        or (":" in line.text and " ".join(plain_words(head)) in sent.labels)
        or (below and bool(_FIELD.search(line.text)))
    )

"""Reads an answer in a writer's own words: beyond doubt, or for a person to judge.

The text is split into sentences and clauses. The phrases that our letters ask for count if a clause
holds nothing else (:mod:`register.replies.phrases`), and nothing in the message makes them
conditional, doubtful or a question, or says something else as well.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from register.letters.answering import PREFERENCES
from register.replies.phrases import (
    CLOSERS,
    CONDITIONS,
    CORES,
    DOUBTS,
    EXTRAS,
    FAREWELLS,
    FILLERS,
    PROGRAMS,
    SENTENCE_PATTERN,
    TO_THE_READER,
)
from register.replies.words import answer_hints, guess_answer

_LONGEST = 2_000
_WRAPPED = 60
_SMILEYS = re.compile(r"[:;=]'?-?[)(DPp/|]+(?=\s|$)")
_CLAUSE = re.compile(
    r"[,;:()/]|\s[-–—]+\s|^[-–—]+|\b(?:mutta|men|but|joten|eli|sekä|ja|och|and)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_WITH = re.compile(r"\b\w+n kanssa\b|\btillsammans med \w+\b|\bwith \w+\b")
_CONDITION, _DOUBT, _FAREWELL, _PROGRAMS, _TO_THE_READER = (
    re.compile(one, re.IGNORECASE)
    for one in (CONDITIONS, DOUBTS, FAREWELLS, PROGRAMS, TO_THE_READER)
)
_ASKED_FOR = re.compile(
    r"\b(?:ei (?:enää |lisää )?kutsuja|inga (?:fler |mer )?inbjudningar"
    r"|no (?:more |further )?invitations|unsubscribe)\b"
    r"(?! (?:ole|ollut|tul\w*|näkyn\w*|saatu|saapu\w*|har|kom\w*|fått|have|has|came|were|yet"
    r"|received|arrived|link|button))"
)
"""The opt-out in the words that our letters ask for; the sentence may say more."""
_AFTER_ALL = re.compile(
    r"\b(pääse|tule|osallistu|ehdi|voi|pysty|ole|onnistu)k(?:ään|aan)\b"
    r"|\b((?:pääse|tule|osallistu|ole)(?:n|mme))kin\b"
)
"""``En pääsekään``, ``tulenkin`` ("after all"): the suffix does not change the answer."""


_SORTS = (
    r"(?:kutsuja|kirjeitä|muistutuksia|inbjudningar|brev|påminnelser"
    r"|invitations|letters|reminders)"
)
_SEVERAL = re.compile(
    rf"(?P<lead>[^,;]*?)\b(?P<sorts>{_SORTS}(?:,? (?:ja|tai|enkä|eikä|emmekä|sekä|och|eller|samt"
    rf"|and|or|nor) {_SORTS}|, {_SORTS}\b)+)",
    re.IGNORECASE,
)
"""Kinds of letters that share the verb before them: ``en halua kirjeitä enkä muistutuksia``."""

_LESS = frozenset(("unsubscribe", "no_letters", "no_reminders"))

_ANSWERS = ("coming", "maybe", "not_coming")
_PLAIN = {
    key: frozenset(
        plain
        for phrase in phrases
        if (plain := " ".join(one for one in phrase.split() if one not in FILLERS))
    )
    for key, phrases in CORES.items()
}


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """A reading of free text. ``guess`` is a key of rsvp, a preference, ``unsubscribe`` or ''.

    ``clear`` means that the guess is beyond doubt. ``also`` are further preferences of a writer who
    clearly has several. ``added`` is the text if a clear answer has more to it than a greeting or a
    signature, else ''. ``silent`` means that the text is nothing but greeting and signature.
    """

    guess: str = ""
    clear: bool = False
    added: str = ""
    silent: bool = False
    also: tuple[str, ...] = ()


def read_answer_text(own: str, names: Collection[str] = ()) -> AnswerReading:
    """Return what a writer's own words say; ``names`` are words of their name, in small letters."""
    text = _SMILEYS.sub(" ", own[:_LONGEST])
    found, doubtful, rest = set[str](), False, list[str]()
    ended = False
    for sentence, starts_line in _sentences(text):
        asked = sentence.rstrip().endswith("?")
        sentence = _SEVERAL.sub(_each, sentence)
        clauses = [one for one in _CLAUSE.split(sentence) if one and one.strip()]
        said_here, left = set[str](), list[str]()
        for number, clause in enumerate(clauses):
            words = _words(clause)
            if not words:
                continue
            if words[0] in CLOSERS and (number or starts_line) and _closes(words, names):
                ended = True
            key, extra = _clear(words)
            if key and ended:
                ended = False
            if key:
                said_here.add(key)
            signs = ended and len(words) <= 6 and not guess_answer(clause)
            if extra or not (key or signs or _says_nothing(clause, words, names)):
                left.append(clause)
        if "unsubscribe" not in said_here and _wish(sentence):
            said_here.add("unsubscribe")
            left = [sentence]
        if said_here and (asked or _doubted(sentence, said_here)):
            doubtful = True
        found |= said_here
        if left:
            rest.append(" ".join(left))
    return _judged(own, text, found, doubtful, rest)


def _judged(own: str, text: str, found: set[str], doubtful: bool, rest: list[str]) -> AnswerReading:
    if "unsubscribe" in found and not doubtful and not _CONDITION.search(text):
        more = own.strip() if rest or not found <= _LESS else ""
        return AnswerReading("unsubscribe", clear=True, added=more)
    others = set(answer_hints(_FAREWELL.sub(" ", "\n".join(rest)))) - found
    if len(found) == 1:
        (key,) = found
        if doubtful or _CONDITION.search(text) or others:
            return AnswerReading(_doubtful(key, text))
        return AnswerReading(key, clear=True, added=own.strip() if rest else "")
    if len(found) > 1 and not (doubtful or _CONDITION.search(text) or others) and _agree(found):
        first, *more_of = sorted(found)
        return AnswerReading(
            first, clear=True, added=own.strip() if rest else "", also=tuple(more_of)
        )
    return AnswerReading("" if found else guess_answer(text), silent=not found and not rest)


def _each(found: re.Match[str]) -> str:
    """Return a clause of its own for each kind of letter in a match of ``_SEVERAL``."""
    sorts = re.findall(_SORTS, found["sorts"], re.IGNORECASE)
    return ", ".join(f"{found['lead'].strip()} {one}" for one in sorts)


def _agree(found: set[str]) -> bool:
    """Whether all are preferences, and no two are about the same kind of letter."""
    sorts = [one.rpartition("_")[2] for one in found]
    return found <= set(PREFERENCES) and len(set(sorts)) == len(sorts)


def _doubtful(key: str, text: str) -> str:
    """Return the guess to propose for an answer that other words make doubtful."""
    if key in PREFERENCES:
        return ""
    return guess_answer(text) if key == "coming" and guess_answer(text) == "maybe" else key


def _clear(words: list[str]) -> tuple[str, bool]:
    """Return what a clause says beyond doubt, or '', and whether a person should read it, too."""
    bare = [one for one in words if one not in FILLERS]
    plain = " ".join(bare)
    for key, phrases in _PLAIN.items():
        if " ".join(words) in CORES[key] or (plain and plain in phrases):
            return key, False
    alone = _WITH.sub(" ", plain).split()
    fewer = [one for one in alone if one not in EXTRAS and not one.isdigit()]
    short = " ".join(fewer)
    if short and len(fewer) < len(bare):
        for key, phrases in _PLAIN.items():
            if key in _ANSWERS and short in phrases:
                return key, True
    return "", False


def _wish(sentence: str) -> bool:
    small = " ".join(_words(sentence))
    return bool(_ASKED_FOR.search(small)) and not _TO_THE_READER.search(small)


def _doubted(sentence: str, said_here: set[str]) -> bool:
    return said_here != {"maybe"} and bool(_DOUBT.search(sentence))


def _says_nothing(clause: str, words: list[str], names: Collection[str]) -> bool:
    """Whether a clause is only a greeting, a name, or a line added by a program."""
    shown = clause.strip(" *_.!-–—\t")
    if all(one in FILLERS or one in names or one in CLOSERS for one in words):
        return True
    if _PROGRAMS.search(shown) or _FAREWELL.search(shown):
        return True
    named = shown.split()
    return len(named) <= 3 and all(one[:1].isupper() for one in named) and not guess_answer(shown)


def _closes(words: list[str], names: Collection[str]) -> bool:
    """Whether a clause begins a signature: ``terv`` and a name, or ``best regards``."""
    return all(one in CLOSERS or one in FILLERS or one in names for one in words[:2]) or (
        len(words) <= 4 and words[0] != "best"
    )


def _words(clause: str) -> list[str]:
    return _WORD.findall(_AFTER_ALL.sub(r"\1\2", clause.casefold().replace("’", "'")))


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield (sentence, whether it begins a line); wrapped lines are joined first."""
    lines: list[str] = []
    open_ = False
    for line in text.splitlines():
        bare = line.strip(" \t*_>")
        if open_ and bare and bare[:1].islower():
            lines[-1] += f" {bare}"
        elif bare:
            lines.append(bare)
        open_ = len(line.rstrip()) >= _WRAPPED and bare[-1:] not in ".!?"
    for line in lines:
        for number, one in enumerate(SENTENCE_PATTERN.findall(line)):
            if one.strip():
                yield one.strip(), number == 0

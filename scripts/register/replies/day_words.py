"""Which days suit, in free text: ``ma ja ke käy``, ``tisdag passar inte``, ``all days``.

Each word is a day, a yes or a no about days, or neutral. A clause that holds anything else beside a
day is for a person to judge, and so is everything conditional, doubtful or asked.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from register.book.package_data import package_table, table_words
from register.replies.phrases import CLOSERS, DOUBTS, FILLERS, IFS, PROGRAMS

_LONGEST = 2_000
_IN_FINNISH = ("", "na", "sin", "kin", "nakin", "t")
_TABLE = ("register.replies", "day_words")
DAYS: Mapping[str, str] = package_table(*_TABLE)["days"]
"""The days of the week as marks, Monday first, with their names except the long Finnish ones."""

_STEMS = (
    *("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai"),
    *("lauantai", "sunnuntai"),
)
_SEVERAL: Mapping[str, str] = package_table(*_TABLE)["several"]
_KINDS: Mapping[str, str] = package_table(*_TABLE)["kinds"]
_MARKS = {
    **{word: mark for mark, words in {**DAYS, **_SEVERAL}.items() for word in words.split()},
    **{f"{s}{end}": mark for mark, s in zip(DAYS, _STEMS, strict=True) for end in _IN_FINNISH},
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_NEUTRAL = (FILLERS - {"till", "to"}) | table_words(*_TABLE, "neutral")
_GO_ON = ("and", "and no", "only", "except")
_IN_A_LIST = table_words(*_TABLE, "in_a_list")
"""Words that may stand beside a day that shares its neighbour's verdict."""

_FOREIGN = {
    "en": re.compile(r"\b(?:dag\w*|\w+dag(?:en)?|passar|går|kan|jag|och|inte)\b"),
    "fri": re.compile(r"\b(?:dag\w*|\w+dag(?:en)?|jag|är|och)\b"),
    "to": re.compile(r"\b(?:\w+days?|the|works?|suits?|from)\b"),
}
"""Words that are a day or a no in one language, and have another meaning beside these words."""

_DAY_INSIDE = re.compile(rf"{'|'.join(_STEMS)}|keskiviik|(?:mån|tis|ons|tors|fre|lör|sön)dag|day")
_ADDED = re.compile(rf"{PROGRAMS}|^\S*%[0-9A-F]{{2}}\S*$", re.IGNORECASE)
"""Lines added by programs, and the rest of a link that a program has broken."""

_UNSURE = re.compile(rf"{DOUBTS}|\b(?:{IFS})\b", re.IGNORECASE)
_DATE = (
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{4})?"
    r"|\d{1,2}\s?\.\s?\d{1,2}(?:\s?\.\s?(?:\d{4}|\d\d)\b(?!\.)|\s?\.)?|\d{1,2}\.(?!\d)"
)
_TOKEN = re.compile(
    rf"(?P<date>(?<![\d.])(?:{_DATE}))|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)|(?P<end>[.!?…;\n])"
    r"|(?P<comma>,)|(?P<dash>[-–—])|(?P<number>\d+)"
)
_NEW_SENTENCE = re.compile(r"\s+[A-ZÅÄÖ]")
_WRAPPED = 60
"""The shortest line that a program may have wrapped (characters)."""


@dataclass(frozen=True, slots=True)
class DayWords:
    """The days in a text. ``said`` are (mark, whether it suits).

    A mark is a day as people write it (``tue``, ``12.1.``, ``tue 12.1.``), or ``all``, ``both``,
    ``none`` or ``rest``. ``clear`` means that the days are beyond doubt, ``added`` that a person
    should read the rest of the text.
    """

    said: tuple[tuple[str, bool], ...] = ()
    clear: bool = False
    added: bool = False

    @property
    def cells(self) -> dict[str, object]:
        """The days under their field names in a verdict."""
        return {"days": self.said, "days_added": self.added}


@dataclass(slots=True)
class _Clause:
    """A piece between commas: its days, in how many runs; its verdicts; all other words."""

    days: list[str] = field(default_factory=list)
    but: list[str] = field(default_factory=list)
    runs: int = 0
    noes: int = 0
    yeses: int = 0
    only: bool = False
    strange: list[str] = field(default_factory=list)
    fillers: list[str] = field(default_factory=list)
    opening: str = ""
    leads: str = ""

    @property
    def judged(self) -> bool:
        return bool(self.noes or self.yeses or "none" in self.days)

    @property
    def bare(self) -> bool:
        """Whether it only names days, so that their verdict must stand in a neighbouring clause."""
        return bool(self.days) and not (self.judged or self.only or self.but)


class _Unclear(Exception):
    """Raised where a text is for a person to judge."""


def read_day_words(own: str, names: Collection[str] = ()) -> DayWords:
    """Return what a writer's own words say about days; ``names`` are words of their name."""
    if len(own) >= _LONGEST:
        return DayWords(added=True)
    text = own.replace("’", "'")
    small = text.casefold()
    words = set(re.findall(r"[^\W\d_]+", small))
    said: dict[str, bool] = {}
    added = False
    try:
        for sentence, asked in _sentences(text):
            if sentence and sentence[0].opening in CLOSERS and _is_signature(sentence):
                break
            days = any(one.days for one in sentence)
            if days and asked:
                raise _Unclear
            added |= asked
            for number, clause in enumerate(sentence):
                added |= _is_news(clause, names)
                for mark, suits in _judged(sentence, number):
                    if said.setdefault(mark, suits) is not suits:
                        raise _Unclear
        if said and (
            _UNSURE.search(small)
            or any(one in words and _FOREIGN[one].search(small) for one in _FOREIGN)
        ):
            raise _Unclear
    except _Unclear:
        return DayWords(added=True)
    return DayWords(tuple(said.items()), bool(said), added)


def _judged(sentence: list[_Clause], number: int) -> Iterator[tuple[str, bool]]:
    """Yield the days of a clause with their verdict; raises _Unclear if that is in doubt."""
    clause = sentence[number]
    if not clause.days:
        if clause.noes or clause.only or any(map(_DAY_INSIDE.search, clause.strange)):
            raise _Unclear
        return
    if clause.strange or clause.runs > 1 or clause.noes > 1:
        raise _Unclear
    suits = not clause.noes
    if clause.bare:
        suits = _shared(sentence, number)
    days = set(clause.days)
    if days == {"all", "rest"}:
        days = {"rest"}
    if "none" in days:
        days, suits = days - {"none"}, False
        yield "all", False
    if clause.but and days not in ({"all"}, {"rest"}):
        raise _Unclear
    if (clause.only or clause.but or "all" in days) and not suits:
        raise _Unclear
    for day in days:
        yield ("rest" if clause.but else day), suits
    if clause.only:
        yield "rest", False
    for day in clause.but:
        yield day, not suits


def _shared(sentence: list[_Clause], number: int) -> bool:
    """Return the verdict of days in a list: ``ma, ti ja ke käy``, ``not Mon or Tue``."""
    if not any(one.judged for one in sentence):
        return True
    if not _IN_A_LIST.issuperset(sentence[number].fillers):
        raise _Unclear
    left = next((one for one in reversed(sentence[:number]) if not one.bare), None)
    right = next((one for one in sentence[number + 1 :] if not one.bare), None)
    before = left if left and left.judged and left.leads == "verdict" else None
    after = right if right and right.judged and right.days and right.leads == "day" else None
    if bool(before) is bool(after):
        raise _Unclear
    found = before or after
    assert found  # noqa: S101, one of the two is there
    if "none" in found.days or (found.only and found is after):
        raise _Unclear
    return not found.noes


def _is_news(clause: _Clause, names: Collection[str]) -> bool:
    """Whether a clause says something about other matters, which a person should read."""
    unknown = [one for one in clause.strange if one.casefold() not in names]
    return bool(unknown) and not (len(unknown) <= 3 and all(one[:1].isupper() for one in unknown))


def _is_signature(sentence: list[_Clause]) -> bool:
    words = [word for one in sentence for word in (*one.strange, *one.fillers)]
    return len(words) <= 4 and not any(one.days for one in sentence)


def _sentences(text: str) -> Iterator[tuple[list[_Clause], bool]]:
    """Yield the clauses of each sentence, and whether it is a question."""
    tokens = list(_TOKEN.finditer(_unwrapped(text)))
    reader = _Reader()
    for token, following in zip_longest(tokens, tokens[1:]):
        if token["end"]:
            yield reader.clauses, token[0] == "?"
            reader = _Reader()
            continue
        reader.take(token, following)
        if (token["date"] or "").endswith(".") and _NEW_SENTENCE.match(token.string, token.end()):
            yield reader.clauses, False
            reader = _Reader()
    yield reader.clauses, False


def _unwrapped(text: str) -> str:
    """Return a text with wrapped lines joined: after a full line, a comma or an "and"."""
    lines: list[str] = []
    for line in text.splitlines():
        bare = line.strip(" \t*_>")
        if _ADDED.search(bare):
            continue
        before = lines[-1] if lines else ""
        last = re.findall(r"[^\W\d_]+|,$", before.casefold())[-1:]
        open_ = len(before) >= _WRAPPED or last == [","] or _KIND.get(*last or ("",)) in _GO_ON
        if bare[:1].islower() and open_ and before[-1:] not in (*".!?", ""):
            lines[-1] += f" {bare}"
        else:
            lines.append(bare)
    return "\n".join(lines)


class _Reader:
    """Sorts the words of one sentence into clauses."""

    def __init__(self) -> None:
        self.clauses = [_Clause()]
        self._last, self._excepts = "", False

    def take(self, token: re.Match[str], following: re.Match[str] | None) -> None:
        """Add a token to the clause that it belongs to; ``following`` is the next one."""
        clause, word = self.clauses[-1], token[0].casefold()
        if token["comma"]:
            self._split()
        elif token["dash"]:
            if self._last in ("day", "weekday") and following and _is_day(following):
                clause.strange.append(token[0])
        elif token["number"]:
            clause.strange.append(token[0])
        elif token["date"]:
            self._day(re.sub(r"\s", "", word), dated=True)
        else:
            clause.opening = clause.opening or word
            self._word(token[0], following)

    def _word(self, shown: str, following: re.Match[str] | None) -> None:
        word, clause = shown.casefold(), self.clauses[-1]
        kind = _KIND.get(word, "")
        ends = following is None or not (following["word"] or following["date"])
        if word == "ja" and ends:
            kind = "yes"  # Swedish "ja", not Finnish "and"
        elif word == "no" and following and following[0].casefold() in ("day", "days"):
            self._day("none")
            return
        if word == "no" and clause.days and ends:
            kind = "no"
        if kind in ("and", "and no", "but"):
            self._split(always=kind != "and")
        if kind in ("no", "and no", "yes"):
            self._verdict(no=kind != "yes")
        elif kind == "only":
            clause.only = True
        elif kind == "except":
            self._except()
        elif word in _MARKS:
            self._day(_MARKS[word])
        elif word == "no" and not (following and following[0].endswith("day")):
            pass  # Finnish "no" ("well")
        elif not kind:
            (clause.fillers if word in _NEUTRAL else clause.strange).append(shown)

    def _verdict(self, *, no: bool) -> None:
        clause = self.clauses[-1]
        clause.noes, clause.yeses = clause.noes + no, clause.yeses + (not no)
        clause.leads = clause.leads or "verdict"
        self._last = "verdict"

    def _day(self, mark: str, *, dated: bool = False) -> None:
        clause = self.clauses[-1]
        days = clause.but if self._excepts else clause.days
        if dated and self._last == "weekday" and days:
            days[-1] += f" {mark}"
        else:
            days.append(mark)
            clause.runs += self._last in ("", "verdict") and not self._excepts
        clause.leads = clause.leads or "day"
        self._last = "weekday" if mark in DAYS else "day"

    def _except(self) -> None:
        if len(self.clauses) > 1 and not (self.clauses[-1].days or self.clauses[-1].judged):
            self.clauses.pop()
        self._excepts = True

    def _split(self, *, always: bool = False) -> None:
        clause = self.clauses[-1]
        if self._excepts and not always:
            return
        if clause.days or clause.judged or clause.strange or clause.fillers:
            self.clauses.append(_Clause())
        self._last, self._excepts = "", False


def _is_day(token: re.Match[str]) -> bool:
    return bool(token["date"]) or token[0].casefold() in _MARKS

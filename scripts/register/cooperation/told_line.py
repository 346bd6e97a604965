"""Parses sentences about a matter with people: "Eilen tapasin Leena Virran, lupasi tilan".

There is no colon, so they are split around the people they name: the clause of the name, what was
said, the next step. A person named in a clause of their own has the clauses that follow it.
"""

import re
from collections.abc import Sequence
from datetime import date

from register.cooperation.line import (
    HOW,
    NUMBERED,
    NotedLine,
    is_next_step,
    is_promise,
    is_step,
    split_clauses,
    split_matter,
    written_on,
)
from register.people.departure_notes import tells_absence
from register.values.noted_days import due_day, first_day_named, has_hour
from register.values.text import tidy_line

_LONGEST = 1_000
_FEWEST = 2
"""The fewest words beside the name that count as the matter; one is a place or a particle."""

_AND = re.compile(r"\s+(?:ja|och|and)\s+(?=(?:minä|jag|I|I'll|we)\b)|;\s+")
_BEING_MET = re.compile(
    r"\b(?:treffit|tapaaminen|palaveri|tapaan|tavataan|nähdään|träff|möte|meeting)\b", re.IGNORECASE
)
_HAPPENED = re.compile(
    r"\b(?:tapasi\w*|tavattiin|nähtiin|näin|soitin|soitti\w*|puhuin|puhuttiin|juttelin|juteltiin"
    r"|keskusteltiin|sovittiin|sovimme|kävi(?:n|mme|vät)?|käytiin|oli(?:n|mme|vat)?|lupasi\w*|kertoi\w*"
    r"|pyysi\w*|kysyi\w*|lähetin|lähetettiin|sain|saatiin|päätettiin|päätimme"
    r"|träffade\w*|möttes?|ringde|talade|pratade|diskuterade|kom överens|besökte|var|lovade"
    r"|berättade|bad|frågade|skickade|fick|beslöt"
    r"|met|called|talked|spoke|discussed|agreed|visited|was|were|promised|told|asked|sent|got"
    r"|decided)\b",
    re.IGNORECASE,
)
"""Words that tell of something past: their day without a year is the latest one."""

_UNTIL = re.compile(r"\s*(?:mennessä|asti|saakka)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:viimeistään|senast|före|innan|by|before)\s*$", re.IGNORECASE)
"""Words behind or before a day that make it the last day for something."""

_SESSION = re.compile(
    r"(?P<what>(?:[\w-]+[ -])?(?:palaveri|kokous|tapaaminen|puhelu|möte|träff|samtal|meeting|call))"
    r"(?:\s[^:]{0,40})?:\s",
    re.IGNORECASE,
)
"""The head of a note about several people at once: "Zoom-palaveri: Mika Helminen, Ella …"."""

_DECIDED = re.compile(
    r"(?:päätettiin|päätimme|sovittiin|sovimme|beslöts?|beslutade|beslutades|decided|agreed)\b",
    re.IGNORECASE,
)
"""Words of a decision, which is still to be carried out."""

_NEAR = 60
"""The most days ahead at which a day with a time, but without a year, is read as future."""


def read_told_lines(
    text: str, named: Sequence[tuple[str, str]], today: date
) -> tuple[NotedLine, ...]:
    """Return a line for each person or group that sentences tell about; () if there is no matter.

    ``named`` are pairs of a whole name and the words of the text that name the person. Sentences
    without a day, a promise and a next step are no matter.
    """
    plain = NUMBERED.sub("; ", tidy_line(text, _LONGEST) or "")
    day = first_day_named(plain, today)
    on, rest = today, plain
    if day and not _is_to_come(plain, day, today):
        comma = "," if plain[day[1] : day[2]].rstrip().endswith(",") else ""
        on, rest = day[0], f"{plain[: day[1]].rstrip()}{comma} {plain[day[2] :]}"
    else:
        day = None
    if session := _SESSION.match(rest.strip()):
        return _session(session, rest.strip(), named, on, today)
    clauses = [one for clause in _AND.split(rest) for one in split_clauses(clause)]
    clauses = [one for clause in clauses for one in _steps_apart(clause, today)]
    shared = _shared(clauses, named)
    lines = [_line(names, part, on, today, dated=day is not None) for names, part in shared]
    if not all(lines):
        everybody = tuple(pair for names, _ in shared for pair in names)
        lines = [_line(everybody, clauses, on, today, dated=day is not None)] if shared else []
    return tuple(line for line in lines if line)


def _session(
    head: re.Match[str], text: str, named: Sequence[tuple[str, str]], on: date, today: date
) -> tuple[NotedLine, ...]:
    """Return the line of a meeting whose note first names those present; () if it says no more."""
    said = text[head.end() :]
    for _, words in named:
        said = said.replace(words, "")
    clauses = split_clauses(said.replace(" ,", ",").lstrip(" ,.;"))
    steps = [one for one in clauses if is_next_step(one) or _is_due(one, today)]
    steps = steps or [one for one in clauses if _DECIDED.match(one)]
    agreed = ", ".join(one for one in clauses if one not in steps)
    if not clauses:
        return ()
    matters = split_matter(agreed or head["what"], "", steps, written_on(on, today), "meeting")
    return (NotedLine(on.isoformat(), tuple(name for name, _ in named), tuple(matters), True),)


def _is_due(clause: str, today: date) -> bool:
    """Whether a clause sets the last day for something: "Tom kirjoittaa sen 15.12. mennessä"."""
    day = first_day_named(clause, today)
    return bool(day and (_UNTIL.match(clause, day[2]) or _BY.search(clause, 0, day[1])))


def _steps_apart(clause: str, today: date) -> list[str]:
    """Return the steps of a clause, each with its day: "soitan 5.12. ja lähetän sen 9.12."."""
    parts = re.split(r"\s+(?:ja|och|and)\s+", clause)
    apart = len(parts) > 1 and all(is_next_step(one) and due_day(one, today) for one in parts)
    return parts if apart else [clause]


def _is_to_come(text: str, day: tuple[date, int, int], today: date) -> bool:
    """Whether a day is that of a next step or a future meeting, not of the event told about."""
    on, start, end = day
    if on > today or _UNTIL.match(text, end) or _BY.search(text, 0, start):
        return True
    clause = next((one for one in split_clauses(text) if text[start:end].strip(" ,") in one), "")
    if is_step(clause, today) or (is_promise(clause) and not _says_agreed(clause)):
        return True
    due = due_day(text[start:end], today)
    if due is None or due < today:
        return False
    if (due - today).days <= _NEAR and (has_hour(text[start:end]) or _BEING_MET.search(clause)):
        return True
    return due - today < today - on and not _HAPPENED.search(text)


_AGREED = re.compile(r"\b(?:sovittiin|sovimme|kom överens|agreed)\b", re.IGNORECASE)


def _says_agreed(clause: str) -> bool:
    return bool(_AGREED.search(clause))


def _shared(
    clauses: Sequence[str], named: Sequence[tuple[str, str]]
) -> list[tuple[tuple[tuple[str, str], ...], list[str]]]:
    """Return the people named together, each time with the clauses from there on."""
    found: list[tuple[tuple[tuple[str, str], ...], list[str]]] = []
    before: list[str] = []
    for clause in clauses:
        here = tuple(pair for pair in named if pair[1] in clause)
        if here and not (found and here == found[-1][0]):
            found.append((here, before))
            before = []
        (found[-1][1] if found else before).append(clause)
    return found


def _line(
    named: Sequence[tuple[str, str]],
    clauses: Sequence[str],
    on: date,
    today: date,
    *,
    dated: bool,
) -> NotedLine | None:
    head = next((one for one in clauses if any(said in one for _, said in named)), "")
    since = written_on(on, today)
    promised = [one for one in clauses if is_promise(one)]
    owed = [one for one in promised if not _says_agreed(one)]
    steps = [
        one
        for one in clauses
        if not tells_absence(one)
        and (
            is_next_step(one)
            or _is_due(one, today)
            or (due_day(one, since) and (one == head or one in owed))
        )
    ] or ([] if dated and not owed else owed)
    promised = [one for one in promised if one not in steps]
    if not head or not (dated or steps or promised):
        return None
    about = head
    for _, said in named:
        about = about.replace(said, " ")
    kind = "contact"
    for wanted, words in HOW:
        if words.search(about.strip()):
            kind, about = wanted, words.sub("", about.strip())
    others = [one for one in clauses if one not in (head, *steps, *promised)]
    beside = " ".join(about.split()) if head not in (*steps, *promised) else ""
    if len(beside.split()) >= _FEWEST:
        others.append(beside)
    matter = next(iter((*others, *promised, *steps)), " ".join(head.split()))
    agreed = ", ".join(one for one in clauses if one not in (head, matter, *steps))
    matters = split_matter(matter, agreed, steps, since, kind)
    return NotedLine(on.isoformat(), tuple(name for name, _ in named), tuple(matters), dated)

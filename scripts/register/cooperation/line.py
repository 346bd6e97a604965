"""Parses a line of notes: "12.3. Espoo / Maija Malli: hanke, lupasi tilan, soitetaan".

Before the colon stand the day and the parties; after it the matter, what was agreed, and last the
next step, if it names a time or begins with a word about the future. A semicolon begins another
matter, unless a word of agreement or of a next step follows it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from register.values.noted_days import due_day, first_day_named
from register.values.text import tidy_line

_LONGEST = 1_000
_NEAR = timedelta(days=2)
_MOST_PARTIES = 8
_LONGEST_HEAD = 160
_CONTACT = (
    r"(?:soitto|puhelu|puhelin|soitettiin|soitin|soitti|viesti|kirjoitti|laittoi viestiä|samtal"
    r"|ringde|skrev|called|wrote|phone call|call)"
)
_MEETING = (
    r"(?:tavattu|tavattiin|tapasin|tavatessa|tapaaminen|tapaamisessa|palaveri|palaverissa|kokous"
    r"|kokouksessa|kävi|träffade|träffat|träff|möte|mötet|mötte|met(?: with)?|meeting(?: with)?)"
)
HOW = tuple(
    (kind, re.compile(rf"^{words}\b|\b{words}$", re.IGNORECASE))
    for kind, words in (("meeting", _MEETING), ("contact", _CONTACT))
)
"""The kind of contact, before or after the names: "soitto Espoo", "Maija Malli soitti"."""

_EXCHANGE = re.compile(
    r"^(?:(?P<offer>tarjous|tarjoaa|tarjoavat|erbjudande|erbjuder|offers?)"
    r"|(?P<need>tarve|tarvitsee|tarvitsevat|etsii|etsivät|behov|behöver|söker|needs?"
    r"|is looking for))\b[\s:–-]*",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?:\w+[tdlnr](?:aan|ään)|(?:minä )?(?:soitan|lähetän|palaan|kysyn|varaan|teen|kutsun|vien"
    r"|hoidan|muistutan|järjestän|sovin|selvitän|otan|tapaan|maksan|tilaan|haen|toimitan)"
    r"|maksa|tilaa|hae|toimita|kiitä|soita|lähetä|kysy|varaa|kutsu|muista|muistuta|hoida|järjestä"
    r"|sovi|selvitä|palaa|peru|peruuta|siirrä|korjaa|tarkista|päivitä|kirjoita|vastaa|ilmoita|etsi"
    r"|laita|pyydä|tulosta|valmistele|vaihda|(?:pitää|täytyy|pitäisi) \w+[aä]"
    r"|on (?:vielä )?\w+(?:ttava|tävä)"
    r"|seuraavaksi|seuraava tapaaminen"
    r"|(?:vi |jag )?(?:ringer|ringa|skickar|skicka|återkommer|frågar|fråga|bokar|boka|träffas"
    r"|möts|bjuder|bjud|påminner|hör av|ses)|ring|svara|skriv|avboka|flytta|kolla|kom ihåg"
    r"|(?:vi |jag )?(?:måste|ska|skall|bör) \w+|nästa steg|nästa möte"
    r"|(?:we |we'll |we will |i will |i'll |to )?(?:call|be called|send|ask|meet|get back|book"
    r"|invite|remind|follow up|cancel|write|answer|check|prepare|update)"
    r"|(?:we |i )?(?:must|need to|have to|should) \w+|next step|next meeting)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:lupasi\w*|\w+ttiin|sovimme|sopi\w*|antoi\w*|kertoi\w*|pyysi\w*|toivoi\w*|halusi\w*|ei|on"
    r"|lovade|vi kom|kom överens|gav|berättade|bad|ville|promised|agreed|we agreed|told|gave|said"
    r"|asked|wanted)\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:lupa(?:si\w*|a|avat|utu\w+)|luvattiin|luvattu|sovittiin|sovittu|sovimme"
    r"|sopi(?:vat)?(?= että)|lova(?:de|t|r)|överens|överenskom\w*|avtalad?e?s?|enades"
    r"|promise[sd]?|agree[sd]?|undertook)(?!\w)",
    re.IGNORECASE,
)
_NAME = r"(?-i:[A-ZÅÄÖ])[\w-]+ "
_PLEDGE = re.compile(
    rf"(?:[\d.]+ )?(?:hän |{_NAME}){{0,2}}(?:lähettää|toimittaa|selvittää|hoitaa|järjestää"
    r"|kysyy|varaa|soittaa|etsii|palaa|ottaa yhteyttä)\b"
    rf"|(?:hon |han |de |{_NAME}){{0,2}}(?:skickar|återkommer|ordnar|frågar|bokar|ringer"
    r"|tar reda|hör av)\b"
    rf"|(?:she |he |they |{_NAME}){{0,2}}(?:will|sends|calls|asks|books|finds out|gets back)\b",
    re.IGNORECASE,
)
"""What another person is to do: a promise if it names a day after the meeting."""

_NEGATED = re.compile(
    r"\b(?:ei|eivät|emme|inte|ingen|inget|inga|not|no|nothing|never|didn't|did not)\b",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(
    r"(?:jo |on |redan |already |it is )?"
    r"(?:hoidettu|hoitui|tehty|lähetetty|lähetti|toimitettu|saatu|saatiin|valmis|kunnossa"
    r"|klart?|gjort|skickat|ordnat|fått|done|sent|received|delivered)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?:^|(?<=[\s:]))\d{1,2}\)\s+")
"""The number of a list item: "1) hinnasto 2) soitan"."""

_NOTE_PARTS = re.compile(r"[;\n]\s*|\s+[-–—]\s+|\s*[()]\s*")
_PARTS = re.compile(r",\s+|(?<=[^\W\d_]{4})\.\s+(?=[A-ZÅÄÖ])")
_ENDING = re.compile(r"^[ .,;]+|(?<!\.\d)(?<!\.\d\d)[ .,;]+$")
_CASES = r"(?:n|s|in|iin|hin|aan|a|ä|ta|tä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|na|nä)\b"
_ENDS = re.compile(rf":(?!\d\d|{_CASES})")
"""The colon after the names: not one in a time or before a case ending ("EJY:n")."""

_EXCHANGED = re.compile(
    r"\s(?=(?:tarvitsee|tarvitsevat|etsii|etsivät|tarjoaa|tarjoavat|behöver|söker|erbjuder"
    r"|needs?|offers?|is looking for)\s+\w)",
    re.IGNORECASE,
)
"""The end of the names in a sentence about a need or an offer, which has no colon."""

_CASE = re.compile(rf":{_CASES}$")

_UNREADABLE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
"""The beginning of a line with an impossible day: "32.11."."""

_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=[A-ZÅÄÖ])")
_DASH = re.compile(r"\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class NotedMatter:
    """A matter in a line: what was agreed, the next step, and its day (ISO, or '').

    ``kind`` is a key of the schema's kinds of cooperation: contact, meeting, offer or need.
    """

    matter: str
    agreed: str
    next: str
    due: str
    kind: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act, or may answer an offer or a need."""
        return bool(self.next) or self.kind in ("offer", "need")


@dataclass(frozen=True, slots=True)
class NotedLine:
    """A parsed line: an ISO day ('' if it is impossible), the parties as typed, and the matters."""

    date: str
    parties: tuple[str, ...]
    matters: tuple[NotedMatter, ...]
    dated: bool
    """Whether the line names a day and has a colon after the names."""


def read_noted_line(text: str, today: date) -> NotedLine | None:
    """Return a parsed line, or None if it has no party before the colon or no matter after it.

    Instead of the colon, a dash between spaces may end the names if the line names a day, or a
    word of a need or an offer. A day without a year is the latest one that is not in the future; a
    month ahead means its end.
    """
    plain = tidy_line(text, _LONGEST) or ""
    dated = first_day_named(plain, today)
    if dated and not _end_of_names(plain, dated[1]):
        on, rest = dated[0], " ".join(f"{plain[: dated[1]]} {plain[dated[2] :]}".split())
        rest = rest[1:] if rest.startswith(":") else rest
    else:
        dated, on, rest = None, today, plain
    ends = _end_of_names(rest, len(rest))
    colon = bool(ends and ends[0] == ":")
    head, body = (rest[: ends.start()], rest[ends.end() :]) if ends else (rest, "")
    if not ends and dated:
        head, *more = _DASH.split(rest, maxsplit=1)
        if not more and (said := _FULL_STOP.search(rest)):
            head, more = rest[: said.start()], [rest[said.end() :]]
        body = more[0] if more else ""
    if body.startswith("//") or len(head) > _LONGEST_HEAD:
        return None
    kind = "contact"
    for wanted, words in HOW:
        if words.search(head.strip()):
            kind, head = wanted, words.sub("", head.strip())
    named = (_CASE.sub("", part.strip(" ,;")) for part in head.split("/"))
    parties = tuple(filter(None, named))
    matters = tuple(_matters(body, written_on(on, today), kind))
    if not (parties and matters) or len(parties) > _MOST_PARTIES:
        return None
    day = "" if not dated and _UNREADABLE.match(plain) else on.isoformat()
    return NotedLine(day, parties, matters, dated is not None and colon)


def _end_of_names(text: str, before: int) -> re.Match[str] | None:
    """Return the colon after the names, else the space before a word of a need or an offer."""
    return _ENDS.search(text, 0, before) or (
        None if _ENDS.search(text) else _EXCHANGED.search(text[:_LONGEST_HEAD], 0, before)
    )


def read_noted_lines(text: str, today: date) -> tuple[NotedLine, ...]:
    """Return the lines of a cell, each parsed; if one of them cannot be, the cell as one line."""
    found = [read_noted_line(one, today) for one in text.splitlines() if one.strip()]
    if len(found) > 1 and all(found):
        return tuple(one for one in found if one)
    whole = read_noted_line(text, today)
    return (whole,) if whole else ()


@dataclass(frozen=True, slots=True)
class NotedPromise:
    """What a note about a participant of a meeting says was agreed there.

    ``matter`` is '' if the note names none. ``is_said`` means that there is a word of promise or
    agreement, and not only something that a person is to do.
    """

    matter: str
    agreed: str
    next: str
    due: str
    is_said: bool
    is_concluded: bool
    later: tuple[tuple[str, str], ...] = ()
    """Further steps, each with its ISO day."""


def read_promise(note: str, on: date) -> NotedPromise | None:
    """Return the promise in a note about a meeting on the day ``on``, or None if there is none.

    It is written like the part after the colon in :func:`read_noted_line`: "lupasi tilan, soitetaan
    12.1."
    """
    clauses = _NOTE_PARTS.split(note[:_LONGEST])
    parts = [part for one in clauses for part in split_clauses(tidy_line(one, _LONGEST) or "")]
    matter = ""
    if parts and not _is_said(parts[0]) and not _days_after(parts[0], on):
        matter, *parts = parts
    elif parts and (colon := _ENDS.search(parts[0])):
        head = parts[0][: colon.start()]
        if not (_is_said(head) or _days_after(head, on)):
            matter, parts[0] = head, parts[0][colon.end() :].strip()
    promised = [
        one
        for one in parts
        if _PROMISE.search(one) and not _NEGATED.search(one) and due_day(one, on) != on
    ]
    ahead = [one for one in parts if _AHEAD.match(one) and one not in promised]
    pledged = [one for one in parts if _PLEDGE.match(one) and _days_after(one, on)]
    if not (promised or pledged or any(_days_after(one, on) for one in ahead)):
        return None
    concluded = any(_CONCLUDED.match(one) for one in parts)
    steps = [] if concluded else ahead or pledged or promised[-1:]
    days = sorted(day for one in (*promised, *pledged, *steps) for day in _days_after(one, on))
    first, *later = [([], "")] if concluded else dated_steps(steps, on)
    return NotedPromise(
        matter=matter,
        agreed=", ".join(one for one in parts if one not in ahead),
        next=", ".join(first[0]),
        due=days[0].isoformat() if days and not concluded else "",
        is_said=bool(promised),
        is_concluded=concluded,
        later=tuple((", ".join(part), due) for part, due in later),
    )


def split_clauses(clause: str) -> list[str]:
    """Return the parts between commas; a full stop stays if it belongs to a day."""
    plain = (_ENDING.sub("", part.strip(" ,;")) for part in _PARTS.split(clause))
    return [part for part in plain if part]


def written_on(day: date, today: date) -> date:
    """Return the day from which a note counts ahead.

    It is the note's own, or today if that is at most two days later. "eilen" and "ensi viikolla" in
    one line mean the week after today's.
    """
    return today if timedelta() <= today - day <= _NEAR else day


def is_next_step(clause: str) -> bool:
    """Whether a clause says what somebody is to do next."""
    return bool(_AHEAD.match(clause) or _PLEDGE.match(clause))


def is_step(clause: str, on: date) -> bool:
    """Whether a clause is a next step: of ours, or of another person by a day."""
    return bool(_AHEAD.match(clause) or (_PLEDGE.match(clause) and due_day(clause, on)))


def is_promise(clause: str) -> bool:
    """Whether a clause says what was promised or agreed."""
    return bool(_PROMISE.search(clause)) and not _NEGATED.search(clause)


def _is_said(part: str) -> bool:
    patterns = (_SAID.match, _AHEAD.match, _PLEDGE.match, _PROMISE.search)
    return any(matches(part) for matches in patterns)


def _days_after(part: str, on: date) -> tuple[date, ...]:
    """Return the day that a part sets, as a tuple; () if none, or not after the meeting."""
    day = due_day(part, on)
    return (day,) if day and day > on else ()


def _matters(body: str, on: date, kind: str) -> list[NotedMatter]:
    """Return the matters after the colon; each semicolon or number begins another."""
    told: list[list[str]] = []
    for clause in re.split(rf";\s*|{NUMBERED.pattern}", body):
        parts = split_clauses(clause)
        if not parts:
            continue
        if told and not NUMBERED.search(body) and (_SAID.match(parts[0]) or _AHEAD.match(parts[0])):
            told[-1] += parts
        else:
            told.append(parts)
    return [made for parts in told for made in _matters_of(parts, on, kind)]


def _matters_of(parts: list[str], on: date, kind: str) -> list[NotedMatter]:
    name, said = parts[0], parts[1:]
    if found := _EXCHANGE.match(name):
        kind, name = ("offer" if found["offer"] else "need"), name[found.end() :]
        if not name:
            name, said = (said[0], said[1:]) if said else ("", [])
    ahead = [part for part in said if is_step(part, on)]
    if not said:
        ahead = [name] if is_step(name, on) else []
    elif not ahead and due_day(said[-1], on):
        ahead = said[-1:]
    agreed = ", ".join(part for part in said if part not in ahead)
    if kind in ("offer", "need") and name and not ahead and (day := due_day(name, on)):
        return [NotedMatter(name, agreed, "", day.isoformat(), kind)]
    return split_matter(name, agreed, ahead, on, kind) if name else []


def split_matter(
    matter: str, agreed: str, steps: Sequence[str], on: date, kind: str
) -> list[NotedMatter]:
    """Return a matter, and another one for each further step with a day of its own."""
    return [
        NotedMatter(matter, "" if number else agreed, ", ".join(part), due, kind)
        for number, (part, due) in enumerate(dated_steps(steps, on))
    ]


def dated_steps(steps: Sequence[str], on: date) -> list[tuple[list[str], str]]:
    """Return (steps, ISO day) by day; steps without a day go with the first."""
    by_day: dict[str, list[str]] = {}
    for step in steps:
        day = due_day(step, on)
        by_day.setdefault(day.isoformat() if day else "", []).append(step)
    undated = by_day.pop("", [])
    if not by_day:
        return [(undated, "")]
    first, *more = sorted(by_day)
    own = [step for step in steps if step in undated or step in by_day[first]]
    return [(own, first), *((by_day[day], day) for day in more)]

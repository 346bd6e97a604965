"""What one line of a letter or a web page names: posts, people, organisations, places, reach.

A line is cut at what people put between things: commas, dashes, brackets, tabs, two blanks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from register.intake.card_words import STREET, is_task
from register.intake.cell_parts import (
    Named,
    is_surely_named,
    people_in,
    reach_in,
    whose,
    without_years,
)
from register.intake.offices import named_post
from register.intake.posts_of_several import POSTS_OF_SEVERAL
from register.values import business_id, municipality, organisation_name, postal_code, url
from register.values.person_name import first_names

_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_BULLET = re.compile(r"^\s*(?:[-–—•·*▪●‣◦➢]\s+|\(?[1-9]\d?[.)]\s+|[a-h]\)\s+)")
_CUT = re.compile(
    r"\s*[,;|\t<>\[\]]\s*|\s{2,}|:\s+|:$|\s+[-–—]\s+(?!\d)|(?<!\d)\s*/\s+|\s+/\s*(?!\d)|[!?]+(?:\s+|$)"
    r"|\((?!\+?\d{1,4}\))|(?<!\(\d)(?<!\(\d\d)(?<!\(\d\d\d)(?<!\(\+\d\d\d)\)"
)
_SIGNED = re.compile(
    r"^(?:t|terv|terveisin|(?:ystävällisin|parhain) terveisin|yt|mvh|(?:med )?vänlig(?:a)? häls\w+"
    r"|hälsningar|br|(?:best|kind) regards|regards|sincerely|cheers)\b[.,:]?\s*",
    re.IGNORECASE,
)
_GREETED = re.compile(r"^(?:hei|moi|terve|hyvä|hej|bästa|hello|hi|dear|tervehdys)\b", re.IGNORECASE)
_BOARD = re.compile(
    r"\b(?:hallitu\w+|johtokun\w+|toimihenkilö\w*|yhteystiedo\w+|yhteyshenkilö\w*|jäsenet|styrelse\w*"
    r"|funktionärer\w*|kontaktuppgifter\w*|kontaktpersoner\w*|board|committee|officers|contacts)\b"
    r"|(?<!\d)20\d\d(?:\s*[-–]\s*20\d\d)?(?!\d)",
    re.IGNORECASE,
)
"""What stands beside the name of an organisation in the heading of its board."""

_SAID = re.compile(
    r"\b(?:tähän|tässä|tämä|ohessa|liitteenä|meidän|teille|uuden|uusi|kommer|här|nya|är|here|new|is|are"
    r"|the|on|ovat|laitan|lähetän|oheisena)\b",
    re.IGNORECASE,
)
"""What is said around a name and stands in none."""

_CASE = re.compile(r"(?:(?<=ry)|(?<=rf)|(?<=r\.y\.))[:’'](?:n|s|in)$", re.IGNORECASE)
_IS = re.compile(r"^(?P<post>.+?)\s+(?:on|är|is)\s+(?P<name>.+)$")
_ARE = re.compile(
    r"(?i:(?:[^\W\d]+ )?(?P<post>(?:vara)?jäsen(?:inä|iä|et)|ledamöter|suppleanter|members)"
    r" (?:ovat|on|är|are)(?: (?:lisäksi|myös|muun muassa|dessutom|också|also))?)"
    r" (?=[^\W\d_a-zåäö])"
)
"""How a sentence names the members of a board: "Hallituksen jäseniä ovat lisäksi Pia Holm …"."""

_ONE_OF = {
    "jäs": "jäsenet",
    "var": "varajäsenet",
    "led": "ledamöter",
    "sup": "suppleanter",
    "mem": "members",
}
_LED = re.compile(
    r"(?P<lead>[^\W\d_]+(?: (?![A-ZÅÄÖ])[^\W\d_]+){0,3}) (?P<name>[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+)"
)
"""A name behind words that are none: but for the first they have no capitals."""

_OURS = re.compile(r"(?:mme|nne)$")
_NUMBERED_NAME = re.compile(r"\d{1,2}[^\W\d]")
"""How the name of an organisation may begin: "4H"."""

ADDRESS, WEBSITE, BUSINESS_ID = "Work address", "Website", "Business ID"
_POST_TOWN = re.compile(r"(?:FI-)?(\d{5})(?:\s+[^\W\d]|$)")
_OF_ORGANISATIONS = re.compile(
    r"\w*(?:osoite|adress|address)|y-?tunnus|fo-?nummer|business id|(?:koti|verkko|netti)?sivut?"
    r"|hemsida|web(?:site)?|www",
    re.IGNORECASE,
)
"""Labels of what stands after them: an address, a number, a website."""

INFLECTED = re.compile(r"[^\W\d_]{2,}(?:lle|lta|ltä|ssa|ssä|sta|stä)$")
"""How a name stands in a sentence that tells of somebody, and never by itself."""

_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_AT = re.compile(r"\s*[(\[]\s*(?:at|ät)\s*[)\]]\s*", re.IGNORECASE)
_CHAT = re.compile(
    r"\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s+(?:(?:klo|kl\.?|at)\s+)?\d{1,2}[.:]\d\d"
    r"(?:(?:[.:]\d\d)?(?: ?[ap]m)?\]?\s*(?:[-–]\s*)?[^:\s][^:]{0,60}:\s+(?P<said>\S.*))?",
    re.IGNORECASE,
)
"""How what somebody said begins: "2.2.2026 klo 9.12 Eila Kaski kirjoitti:", "[2.2.2026 9.12] …"."""

MAY_BE_POST = re.compile(r"[a-zåäö][^\W\d_-]{4,}(?:[ -][a-zåäö][^\W\d_-]+){0,2}")
_BESIDE = "\x01"
"""Begins a post that stands in brackets behind a name."""

_LONGEST = 15
_NAMES, _DIGITS = 2, 5
"""So many capitals or digits beside an organisation may be somebody's name or number."""

_BEFORE = 3
"""So many words before a number or an address are a sentence about it."""

_WORDS = 5
"""More words than these beside a name are a sentence: what it says of whom is for people."""


@dataclass(slots=True)
class TextPerson:
    """A person of a text, with what is told of them; ``line`` counts from 0.

    ``about`` is what an organisation has and people's own is not kept, under its header.
    """

    name: str = ""
    role: str = ""
    org: str = ""
    town: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    line: int = 0
    perhaps: str = ""
    """What of ``said`` stands where a post would: "Juha Eskola, kirkkoherra, 040 …"."""


@dataclass(slots=True)
class TextLine:
    """What a line names; ``loose`` reaches nobody of the line, ``words`` are none of all this.

    ``role`` is a post that no person of the line has, ``about`` what organisations
    have. ``signed`` and ``greeted`` say that it ends
    or begins a letter, ``spoken`` that it is what somebody said.
    """

    people: list[TextPerson] = field(default_factory=list)
    org: str = ""
    role: str = ""
    town: str = ""
    about: dict[str, str] = field(default_factory=dict)
    loose: TextPerson = field(default_factory=TextPerson)
    words: list[str] = field(default_factory=list)
    signed: bool = False
    greeted: bool = False
    spoken: bool = False

    @property
    def is_sentence(self) -> bool:
        """Whether so much stands beside what it names that it says something of its own."""
        if self.spoken:
            return True
        return self.reaches and sum(len(words.split()) for words in self.words) > _WORDS

    @property
    def reaches(self) -> bool:
        """Whether an address or a number stands in it."""
        return any(one.emails or one.phones for one in (*self.people, self.loose))


def bare_line(line: str) -> str:
    """Return a line without the marks of a quotation and of a list."""
    return _BULLET.sub("", _QUOTED.sub("", line)).strip(" \xa0\r\n")


def reaches(text: str) -> bool:
    """Whether an address or a number stands in a text."""
    found = reach_in(text)
    return bool(found.emails or found.phones)


def is_bulleted(line: str) -> bool:
    """Whether a line is one of a list: "- …", "• …", "1. …"."""
    return bool(_BULLET.match(_QUOTED.sub("", line)))


def is_chat(line: str) -> bool:
    """Whether a line is what somebody said, with the time before it."""
    return bool(_CHAT.match(bare_line(line)))


def read_text_line(line: str) -> TextLine:
    """Read one line; what somebody said in a chat as itself, where it is a contact and no more."""
    plain = bare_line(line)
    chat = _CHAT.match(plain)
    if chat and (said := chat["said"]):
        card = read_text_line(said)
        if (card.people or card.org) and card.reaches and not (card.words or card.greeted):
            return card
    if listed := _ARE.match(plain):
        plain = f"{_ONE_OF[listed['post'][:3].casefold()]}: {plain[listed.end() :]}"
    found = TextLine()
    found.greeted = bool(_GREETED.match(plain))
    if signed := _SIGNED.match(plain):
        found.signed, plain = True, plain[signed.end() :]
    found.spoken = bool(chat)
    plain = _BRACKETS.sub(_marked_post, _AT.sub("@", without_years(plain)))
    together: list[TextPerson] = []
    for piece in _CUT.split(plain):
        if piece.startswith(_BESIDE) and found.people:
            found.people[-1].role = named_post(piece.lstrip(_BESIDE))
            continue
        reach = reach_in(piece.lstrip(_BESIDE))
        rest = reach.rest.strip(" .,:-–—")
        if rest:
            before = len(found.words)
            last = found.people[-1] if found.people else None
            together = _placed(rest, found)
            told = found.words[before:] if reach.emails or reach.phones else []
            if last and not (last.role or last.perhaps) and found.words[before:] == [rest]:
                last.perhaps = rest if MAY_BE_POST.fullmatch(rest) else ""
            found.spoken |= any(len(words.split()) >= _BEFORE for words in told)
        for address in reach.emails:
            _owner(address, found).emails.append(address)
        for number in reach.phones:
            of_one = found.people[-1] if found.people and len(together) < 2 else found.loose
            of_one.phones.append(number)
    for one in found.people:
        one.perhaps = one.perhaps if one.emails or one.phones else ""
    if found.role and found.people and not found.people[-1].role:
        found.people[-1].role, found.role = found.role, ""
    if found.greeted and not found.reaches:
        found.words += [one.name for one in found.people]
        found.people = []
    return found


def _marked_post(found: re.Match[str]) -> str:
    return f"; {_BESIDE}{found[1]}; " if named_post(found[1]) else found[0]


def organisation_in(text: str) -> str:
    """Return the organisation that a heading or a sentence about its board names, '' for none."""
    for part in (piece for board in _BOARD.split(text) for piece in _SAID.split(board)):
        words = part.strip(" .,:-–—").split()
        while words and not (words[0][0].isupper() or _NUMBERED_NAME.match(words[0])):
            words.pop(0)
        name = _CASE.sub("", " ".join(words))
        if len(words) > 1 and organisation_name.names_organisation(name):
            return name
    return ""


def _placed(rest: str, found: TextLine) -> list[TextPerson]:
    """Put what a piece of a line says in its place; return the people whom it names."""
    if _is_of_organisation(rest, found):
        return []
    if role := named_post(rest) or (rest.casefold() if is_task(rest) else ""):
        last = found.people[-1] if found.people else None
        if last and not last.role and not found.role:
            last.role = role
        else:
            found.role = role
        return []
    people = _people(rest, sure=bool(found.role))
    for one in people:
        one.role = one.role or found.role
    if people:
        several = found.role in POSTS_OF_SEVERAL
        found.role = found.role if several else ""
        found.people += people
        return people
    if not found.org and len(rest.split()) < _LONGEST and (org := organisation_in(rest)):
        found.org = org
        if beside := _beside(rest, org):
            found.words.append(beside)
    elif not found.town and municipality.read(rest).value:
        found.town = rest
    elif _BOARD.sub("", rest).strip():
        found.words.append(rest)
    return []


def _is_of_organisation(rest: str, found: TextLine) -> bool:
    """Whether a piece is a place, a website or a number that organisations have; take it then."""
    code = _POST_TOWN.match(rest)
    if STREET.search(rest) or (code and postal_code.read(code[1]).value):
        found.about[ADDRESS] = ", ".join(filter(None, (found.about.get(ADDRESS), rest)))
    elif rest[-1:].isdigit() and business_id.read(rest).value:
        found.about.setdefault(BUSINESS_ID, rest)
    elif "." in rest and " " not in rest and ((site := url.read(rest)).value or site.suggestion):
        found.about.setdefault(WEBSITE, rest)
    else:
        return bool(_OF_ORGANISATIONS.fullmatch(rest))
    return True


def _beside(text: str, org: str) -> str:
    """Return what a heading says beside an organisation, where that may be a name or a number."""
    rest = " ".join(_BOARD.sub(" ", text.replace(org, " ", 1)).split()).strip(" .,:-–—'’")
    names = [word for word in rest.split() if word[:1].isupper()]
    digits = sum(map(str.isdigit, rest))
    return rest if len(names) >= _NAMES or digits >= _DIGITS or "@" in rest else ""


def _people(piece: str, *, sure: bool) -> list[TextPerson]:
    """Return the people whom a piece names; [] unless it names nothing else."""
    if said := _IS.match(piece):
        role = _OURS.sub("", said["post"].split()[-1])
        role = named_post(role) or named_post(role[:-1]) or named_post(f"{role}n")
        named = people_in(said["name"]) if role else []
        return [TextPerson(one.name, role) for one in named if _is_named(one, sure=True)]
    first, _, rest = piece.partition(" ")
    if role := named_post(first):
        named = people_in(rest)
        if named and all(_is_named(one, sure=True) for one in named):
            return [TextPerson(one.name, one.role or role) for one in named]
    named = people_in(piece)
    if named and all(_is_named(one, sure=sure) for one in named):
        return [TextPerson(one.name, one.role) for one in named]
    return _led_to(piece)


def _led_to(piece: str) -> list[TextPerson]:
    """Return the person whose name ends a few words: "uusi sihteeri Eila Kaski", [] for none."""
    found = _LED.fullmatch(piece)
    if not found or _BOARD.search(piece):
        return []
    named = people_in(found["name"])
    if len(named) != 1 or not _is_named(named[0], sure=False):
        return []
    *before, last = found["lead"].split()
    role = named_post(last)
    said = before if role else [*before, last]
    return [TextPerson(named[0].name, role, said=[" ".join(said)] if said else [])]


def _is_named(one: Named, *, sure: bool) -> bool:
    words = one.name.split()
    if organisation_name.names_organisation(one.name) or not 2 <= len(words) <= 4:
        return False
    if INFLECTED.search(words[-1]) and words[-1].casefold() not in first_names():
        return False
    capital = all(word[:1].isupper() or word in ("von", "af", "de", "van", "der") for word in words)
    return capital and not any(map(str.isdigit, one.name)) and (sure or is_surely_named(one))


def _owner(address: str, found: TextLine) -> TextPerson:
    """Return the one of a line's people whose an address is: the one named in it, else the last."""
    if not found.people:
        return found.loose
    at = whose(address, [one.name for one in found.people])
    return found.people[-1 if at is None else at]

"""What one line of a letter or web page names: posts, people, organisations, places, contacts.

A line is cut at commas, dashes, brackets, tabs and double blanks.
"""

import re
from dataclasses import dataclass, field

from register.intake.card_words import STREET, is_task
from register.intake.cell_parts import (
    CellReach,
    contacts_in_cell,
    owner_of_address,
    without_years,
)
from register.intake.header_names import header_meaning
from register.intake.offices import named_post
from register.intake.spelt_out import spelt_out_addresses, with_misread_digits
from register.intake.text_people import BOARD_WORDS, TextPerson, people_of_piece
from register.values import business_id, municipality, organisation_name, postal_code, url
from register.values.person_name import first_names
from register.values.post import posts

_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_BULLET = re.compile(r"^\s*(?:[-–—•·*▪●‣◦➢]\s+|\(?[1-9]\d?[.)]\s+|[a-h]\)\s+)")
_SIGNS = re.compile("[\U0001f000-\U0001faff\u2600-\u2705\u2708-\u2789\u2b00-\u2bff\ufe0f\u200d]+")
"""Pictures beside a line: a thumb, a tick, a flag."""

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
_SAID = re.compile(
    r"\b(?:tähän|tässä|tämä|ohessa|liitteenä|meidän|teille|uuden|uusi|kommer|här|nya|är|here|new|is|are"
    r"|(?<!of )(?<!for )(?<!and )the|on|ovat|laitan|lähetän|oheisena)\b",
    re.IGNORECASE,
)
"""Words around a name that no name contains."""

_CASE = re.compile(r"(?:(?<=ry)|(?<=rf)|(?<=r\.y\.))[:’'](?:n|s|in)$", re.IGNORECASE)
_OF_ONE = re.compile(r"(?:yhdistyksen|seuran|kerhon|liiton|järjestön|piirin) [a-zåäö]")
"""Words about an organisation that are not its name: "kyläyhdistyksen puheenjohtaja"."""

_ARE = re.compile(
    r"(?i:(?:[^\W\d]+ )?(?P<post>(?:vara)?jäsen(?:inä|iä|et)|ledamöter|suppleanter|members)"
    r" (?:ovat|on|är|are)(?: (?:lisäksi|myös|muun muassa|dessutom|också|also))?)"
    r" (?=[^\W\d_a-zåäö])"
)
"""How a sentence lists the members of a board: "Hallituksen jäseniä ovat lisäksi Pia Holm …"."""

_ONE_OF = {
    "jäs": "jäsenet",
    "var": "varajäsenet",
    "led": "ledamöter",
    "sup": "suppleanter",
    "mem": "members",
}
_NUMBERED_NAME = re.compile(r"\d{1,2}[^\W\d]")
"""A number at the start of an organisation's name: "4H"."""

ADDRESS, WEBSITE, BUSINESS_ID = "Work address", "Website", "Business ID"
_POST_TOWN = re.compile(r"(?:FI-)?(\d{5})(?:\s+[^\W\d]|$)")
_OF_ORGANISATIONS = re.compile(
    r"\w*(?:osoite|adress|address)|y-?tunnus|fo-?nummer|business id|(?:koti|verkko|netti)?sivut?"
    r"|hemsida|web(?:site)?|www",
    re.IGNORECASE,
)
"""Labels of an address, a number or a website that follows."""

_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_CHAT = re.compile(
    r"\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},?\s+(?:(?:klo|kl\.?|at)\s+)?\d{1,2}[.:]\d\d"
    r"(?:(?:[.:]\d\d)?(?: ?[ap]m)?\]?\s*(?:[-–]\s*)?[^:\s][^:]{0,60}:\s+(?P<said>\S.*))?",
    re.IGNORECASE,
)
"""How a chat message begins: "2.2.2026 klo 9.12 Eila Kaski kirjoitti:", "[2.2.2026 9.12] …"."""

MAY_BE_POST = re.compile(r"[a-zåäö][^\W\d_-]{4,}(?:[ -][a-zåäö][^\W\d_-]+){0,2}")
_BESIDE = "\x01"
"""Marks the start of a post that stood in brackets behind a name."""

_KEEPER = re.compile(
    r"(?<=\d)\s+(?:(?:ryhmän )?ylläpitäjä|(?:grupp)?administratör|(?:group )?admin)$", re.IGNORECASE
)
"""What a chat writes behind the number of who keeps the group."""

_AGE = re.compile(r"\d{1,3} ?(?:v(?:uotta)?|år|years(?: old)?|y\.?o)\.?", re.IGNORECASE)
"""A person's age, which a register does not keep."""

_LONGEST = 15
_NAMES, _DIGITS = 2, 5
"""So many capitalised words or digits beside an organisation may be a person's name or number."""

_BEFORE = 3
"""So many words beside a number or an address are a sentence about it."""

_WORDS = 5
"""More words than these beside a contact are a sentence, which is left for people to read."""


@dataclass(slots=True)
class TextLine:
    """What one line names.

    ``role`` is a post that no person of the line has. ``about`` holds an organisation's address,
    website and number. ``loose`` holds addresses and numbers of no person of the line, ``words``
    everything else. ``signed`` means that the line ends a letter, ``greeted`` that it begins one,
    ``spoken`` that it is a chat message or a sentence.
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
        """Whether the line says so much beside its contacts that people must read it."""
        if self.spoken:
            return True
        return self.reaches and sum(len(words.split()) for words in self.words) > _WORDS

    @property
    def reaches(self) -> bool:
        """Whether the line has an address or a number."""
        return any(one.emails or one.phones for one in (*self.people, self.loose))


def strip_line_marks(line: str) -> str:
    """Return a line without quotation marks of mail (">"), bullets and pictures."""
    plain = _BULLET.sub("", _SIGNS.sub("", _QUOTED.sub("", line)))
    return plain.strip(" ~\xa0\r\n")


def has_contact_details(text: str) -> bool:
    """Whether a text has an address or a number."""
    found = contacts_in_cell(text)
    return bool(found.emails or found.phones)


def is_bulleted(line: str) -> bool:
    """Whether a line is an item of a list: "- …", "• …", "1. …"."""
    return bool(_BULLET.match(_QUOTED.sub("", line)))


def is_chat_line(line: str) -> bool:
    """Whether a line is a chat message, which begins with its time."""
    return bool(_CHAT.match(strip_line_marks(line)))


def read_text_line(line: str) -> TextLine:
    """Read one line; a chat message that is only a contact is read without its beginning."""
    plain = strip_line_marks(line)
    chat = _CHAT.match(plain)
    if chat and (said := chat["said"]):
        card = read_text_line(said)
        if (card.people or card.org) and card.reaches and not (card.words or card.greeted):
            return card
    if listed := _ARE.match(plain):
        plain = f"{_ONE_OF[listed['post'][:3].casefold()]}: {plain[listed.end() :]}"
    plain = _KEEPER.sub("", plain)
    found = TextLine()
    found.greeted = bool(_GREETED.match(plain))
    if signed := _SIGNED.match(plain):
        found.signed, plain = True, plain[signed.end() :]
    found.spoken = bool(chat)
    plain = _BRACKETS.sub(
        _marked_post, with_misread_digits(spelt_out_addresses(without_years(plain)))
    )
    together: list[TextPerson] = []
    for piece in _CUT.split(plain):
        if piece.startswith(_BESIDE) and found.people:
            found.people[-1].role = named_post(piece.lstrip(_BESIDE))
            continue
        reach = contacts_in_cell(piece.lstrip(_BESIDE))
        for rest in _named_apart(reach):
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
    if not (found.people or found.org) and found.reaches and len(found.words) == 1:
        found.people = _first_name_alone(found)
    for one in found.people:
        one.perhaps = one.perhaps if one.emails or one.phones else ""
    if found.role and found.people and not found.people[-1].role:
        found.people[-1].role, found.role = found.role, ""
    if found.greeted and not found.reaches:
        found.words += [one.name for one in found.people]
        found.people = []
    return found


def _named_apart(reach: CellReach) -> list[str]:
    """Return the words beside an address or number, cut there if a side names an organisation."""
    several = len(reach.around) > 1 and any(map(organisation_name.names_organisation, reach.around))
    parts = reach.around if several else (reach.rest,)
    return [rest for part in parts if (rest := part.strip(" .,:-–—"))]


def _first_name_alone(found: TextLine) -> list[TextPerson]:
    """Return the person of a line with a known first name alone; [] if there is none."""
    name = found.words[0]
    if name.casefold() not in first_names() or not name[0].isupper():
        return []
    one, found.loose, found.words = found.loose, TextPerson(), []
    one.name, one.role, found.role = name, found.role, ""
    return [one]


def _marked_post(found: re.Match[str]) -> str:
    return f"; {_BESIDE}{found[1]}; " if named_post(found[1]) else found[0]


def organisation_in(text: str) -> str:
    """Return the organisation in a heading or a sentence about its board, '' for none."""
    for part in (piece for board in BOARD_WORDS.split(text) for piece in _SAID.split(board)):
        words = part.strip(" .,:-–—").split()
        while words and not (words[0][0].isupper() or _NUMBERED_NAME.match(words[0])):
            words.pop(0)
        name = _CASE.sub("", " ".join(words))
        if len(words) > 1 and organisation_name.names_organisation(name):
            return "" if _OF_ONE.search(name) else name
    return ""


def _placed(rest: str, found: TextLine) -> list[TextPerson]:
    """Put a piece of a line where it belongs in ``found``; return the people whom it names."""
    if _is_of_organisation(rest, found):
        return []
    if role := named_post(rest) or (rest.casefold() if is_task(rest) else ""):
        last = found.people[-1] if found.people else None
        if last and not last.role and not found.role:
            last.role = role
        else:
            found.role = role
        return []
    people = people_of_piece(rest, sure=bool(found.role))
    for one in people:
        one.role = one.role or found.role
    if people:
        several = found.role in posts()["several"]
        found.role = found.role if several else ""
        found.people += people
        return people
    if not found.org and len(rest.split()) < _LONGEST and (org := organisation_in(rest)):
        found.org = org
        if beside := _beside(rest, org):
            found.words.append(beside)
    elif not found.town and municipality.read(rest).value:
        found.town = rest
    elif BOARD_WORDS.sub("", rest).strip() and not _AGE.fullmatch(rest):
        found.words.append(rest)
    return []


def _is_of_organisation(rest: str, found: TextLine) -> bool:
    """Whether a piece is an organisation's address, website or number, or the label of one.

    Put the address, website or number into ``found.about``.
    """
    code = _POST_TOWN.match(rest)
    if STREET.search(rest) or (code and postal_code.read(code[1]).value):
        found.about[ADDRESS] = ", ".join(filter(None, (found.about.get(ADDRESS), rest)))
    elif rest[-1:].isdigit() and business_id.read(rest).value:
        found.about.setdefault(BUSINESS_ID, rest)
    elif "." in rest and " " not in rest and ((site := url.read(rest)).value or site.suggestion):
        found.about.setdefault(WEBSITE, rest)
    else:
        reaching = header_meaning(rest) in (("phone", "header"), ("email", "header"))
        return reaching or len(rest) == 1 or bool(_OF_ORGANISATIONS.fullmatch(rest))
    return True


def _beside(text: str, org: str) -> str:
    """Return the words beside an organisation if they may be a person's name or number, or ''."""
    rest = " ".join(BOARD_WORDS.sub(" ", text.replace(org, " ", 1)).split()).strip(" .,:-–—'’")
    names = [word for word in rest.split() if word[:1].isupper()]
    digits = sum(map(str.isdigit, rest))
    return rest if len(names) >= _NAMES or digits >= _DIGITS or "@" in rest else ""


def _owner(address: str, found: TextLine) -> TextPerson:
    """Return the person of a line who owns an address: the one named in it, else the last."""
    if not found.people:
        return found.loose
    at = owner_of_address(address, [one.name for one in found.people])
    return found.people[-1 if at is None else at]

"""Wishes about letters on one topic: no more of them, or some again.

Only a few known ways of saying it count, and nothing that is asked, doubted or conditional. Which
topic is meant is decided where the register is known (:mod:`register.replies.topics`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from register.replies.phrases import CONDITIONS, DOUBTS, SENTENCE_PATTERN, TO_THE_READER

_LONGEST = 2_000
_POLITE = r"(?:,? ?(?:kiitos|kiitti|jatkossa|tack|framöver|thanks|thank you|please|pliis))*"
_TOPIC = r"[”“\"'«»]?(?P<topic>[^\W_][^.!?;:,\n]{1,60}?)[”“\"'«»]?"
_ENDS = rf"{_POLITE} *$"
_ABOUT = r"(?:aiheesta|teemasta|aihepiiristä)[ :]+"
_SORTS = r"(?:viestejä|kirjeitä|kutsuja|sähköposteja|postia|tietoa)"
_BREV = r"(?:brev|inbjudningar|mejl|meddelanden|utskick|post)"
_MAILS = r"(?:letters|invitations|messages|e?mails?|mail)"
_MATTERS = r"[ -]?(?:asioita|asioista|aiheita|aiheista|juttuja|viestejä|kirjeitä|kutsuja)"
_VAGUE = r"(?:enää|lisää|mitään|uusia|muita|näitä|tällaisia|teidän|saada|taas|jälleen)\b"
_NO = (
    r"(?:en halua|emme halua|älkää (?:enää )?lähettäkö|älä (?:enää )?lähetä|ei(?= enää| lisää))"
    r"(?: (?:enää|lisää|mitään|saada|minulle|meille))*"
)
_INGA = (
    r"(?:inga|inget|ingenting|(?:jag|vi) vill inte (?:ha|få)|vill inte (?:ha|få)"
    r"|skicka (?:inga|inget|inte))(?: (?:fler|mer|mera|något|några))*"
)
_NO_MORE = (
    r"(?:(?:no|nothing)(?: (?:more|further|else))+|no (?=[a-z-]+ about)"
    r"|(?:i|we) (?:don't|do not) want(?: to get| to receive)?(?: (?:any|more|further))*"
    r"|(?:please )?(?:stop sending|do not send|don't send)(?: (?:me|us|any|more|further))*)"
)
_AGAIN = (
    r"(?:(?:haluan|haluamme|lähettäkää|saa lähettää)(?: (?:taas|jälleen|uudelleen|saada))*"
    r"|taas|jälleen)"
)
_VILL_HA = r"(?:(?:jag|vi) vill (?:ha|få)|vill ha|skicka)(?: gärna| mer| igen)*"
_WANT = r"(?:(?:i|we) (?:want|would like)(?: to get| to receive)?)"
_WAYS: tuple[tuple[str, str], ...] = (
    ("no_topic", rf"{_NO} (?:{_SORTS} )?{_ABOUT}{_TOPIC}"),
    ("no_topic", rf"{_NO} (?:{_SORTS} )?(?P<topic>tästä aiheesta|[\w -]+st[aä])"),
    ("no_topic", rf"{_NO} (?!{_VAGUE}){_TOPIC}{_MATTERS}"),
    ("no_topic", rf"{_INGA}(?: {_BREV})? om[ :]+{_TOPIC}"),
    ("no_topic", rf"{_NO_MORE}(?: ?{_MAILS})? about[ :]+{_TOPIC}"),
    ("want_topic", rf"{_AGAIN} (?:{_SORTS} )?{_ABOUT}{_TOPIC}"),
    ("want_topic", rf"{_AGAIN} (?:{_SORTS} )?(?P<topic>[\w -]+st[aä])"),
    ("want_topic", rf"{_AGAIN} (?!{_VAGUE}){_TOPIC}{_MATTERS}"),
    ("want_topic", rf"(?:gärna )?igen om[ :]+{_TOPIC}"),
    ("want_topic", rf"{_VILL_HA}(?: {_BREV})? om[ :]+{_TOPIC}(?: igen)?"),
    ("want_topic", rf"(?:gärna )?(?:{_BREV} )?om[ :]+{_TOPIC} igen"),
    ("want_topic", rf"again about[ :]+{_TOPIC}"),
    ("want_topic", rf"{_WANT}(?: more)?(?: {_MAILS})? about[ :]+{_TOPIC}(?: again)?"),
    ("want_topic", rf"{_MAILS} about[ :]+{_TOPIC} again"),
)
_READ = tuple((key, re.compile(rf"^{way}{_ENDS}", re.IGNORECASE)) for key, way in _WAYS)
_NO_TOPIC = re.compile(
    r"\b(?:kutsuja|kirjeitä|muistutuksia|inbjudningar|brev|påminnelser|invitations|letters"
    r"|reminders|enkä|eikä|emmekä|tai|eller|nor|or)\b",
    re.IGNORECASE,
)
"""Kinds of letters, and words between two wishes: never the name of a topic."""

_AT_END = re.compile(rf"{_MATTERS}$", re.IGNORECASE)
_UNSURE = tuple(re.compile(one, re.IGNORECASE) for one in (CONDITIONS, DOUBTS, TO_THE_READER))
_LEAD = re.compile(
    r"^(?:\W*(?:hei|moi|terve|hej|hello|hi|kiitos|tack|thanks|mutta|men|but|ja|och|and)\b)*\W*",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?<=,)|(?<=;)|(?= (?:mutta|men|but) )")

Wishes = tuple[tuple[str, str], ...]
"""Pairs of a key of TOPIC_WISHES and the words that name the topic."""


@dataclass(frozen=True, slots=True)
class TopicWishes:
    """The wishes in a text, and the rest of the text."""

    wishes: Wishes = ()
    rest: str = ""


def topic_wishes(own: str) -> TopicWishes:
    """Return the wishes about topics in a writer's own words."""
    found, rest = list[tuple[str, str]](), ""
    for sentence in SENTENCE_PATTERN.findall(own[:_LONGEST]):
        sure = not sentence.endswith("?") and not any(one.search(sentence) for one in _UNSURE)
        for clause in _CLAUSE.split(sentence) if sure else [sentence]:
            heard = next(_heard(clause), None) if sure else None
            if heard:
                found.append(heard)
            rest += "\n" if heard else clause
    return TopicWishes(tuple(found), (rest + own[_LONGEST:]).strip(" \n,;") if found else own)


def _heard(clause: str) -> Iterator[tuple[str, str]]:
    plain = " ".join(_LEAD.sub("", clause.rstrip(" .!…,;")).replace("’", "'").split())
    for key, way in _READ:
        if (said := way.match(plain)) and not _NO_TOPIC.search(said["topic"]):
            yield key, _AT_END.sub("", said["topic"]).strip(" -")

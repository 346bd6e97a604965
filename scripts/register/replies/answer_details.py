"""What an answer says besides yes or no: party size, a substitute, needs, a question.

Only a few known ways of saying it count; everything else stays in the text for a person to read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from register.book.package_data import pattern_of
from register.replies.phrases import CONDITIONS, SENTENCE_PATTERN
from register.replies.topic_wishes import Wishes, topic_wishes
from register.replies.words import answer_hints

_LONGEST = 2_000
_CELL = 300

_COUNTED: Mapping[int, str] = {
    1: "yksin yksi ensam en ett one alone",
    2: "kaksi kahdestaan kaksin kahden molemmat två båda bägge two both",
    3: "kolme kolmestaan kolmisin kolmen tre three",
    4: "neljä neljästään nelisin neljän fyra four",
    5: "viisi viisin viiden viidestään fem five",
    6: "kuusi kuuden kuusin sex six",
    7: "seitsemän sju seven",
    8: "kahdeksan åtta eight",
    9: "yhdeksän nio nine",
    10: "kymmenen tio ten",
    11: "yksitoista elva eleven",
    12: "kaksitoista tolv twelve",
    20: "kaksikymmentä tjugo twenty",
}
_NUMBERS = {word: number for number, words in _COUNTED.items() for word in words.split()}
_N = "(" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"|\d{1,5})"
_PEOPLE = rf"(?: ?(?:{pattern_of('register.replies', 'answer_details', 'people')}))"
_ENDS = (
    r"(?=\s*(?:[.,:](?!\s*[a-zåäö\d])|,\s|[;!?()\n]|$|\bja\b|\boch\b|\band\b|\bsekä\b"
    r"|\byhteensä|\bin all|\btotalt))"
)
_STARTS = r"(?:^|(?<=[.,;:!?()\n])\s*)"
_THERE = rf"(?:{pattern_of('register.replies', 'answer_details', 'there_are')})"
_COME = (
    r"(?:tulemme|tullaan|pääsemme|päästään|osallistumme|ilmoittaudumme|olemme tulossa"
    r"|ollaan tulossa|tulossa(?: ollaan| on)?|kommer(?: vi)?(?: att vara)?|deltar(?: vi)?"
    r"|coming(?: with)?|(?:we will|we'll|will|we) come|attending|we will attend)"
    r"(?: meitä| meiltä| täältä| vi| as| som)?"
)
_COMPANION = rf"(?:{pattern_of('register.replies', 'answer_details', 'companion')})"
_I = re.IGNORECASE
_WE = {"b": "we", "m": "me", "v": "vi"}
_THERE_ARE = re.compile(rf"\b{_THERE} {_N}{_PEOPLE}?{_ENDS}", _I)
_THEY_COME = re.compile(rf"\b({_COME})[ ,:–-]+{_N}{_PEOPLE}?{_ENDS}", _I)
_BARE = re.compile(rf"{_STARTS}{_N}{_PEOPLE}{_ENDS}", _I)
_BOTH = re.compile(
    r"\b(?:both of us|me molemmat|vi båda|vi bägge)\b(?= (?:are|will|come|tul|pää|kom|del))", _I
)
_WITH_ONE = re.compile(rf"\b{_COMPANION}\b", _I)
_PLUS = re.compile(r"(?:^|\s)(?:\+ ?(\d{1,4})|plus (one|yksi|en)|(avec))(?=[\s.,;!)]|$)", _I)
_ALONE = re.compile(
    rf"\b({_COME}|tulen|osallistun|pääsen) (?:yksin|ensam|alone|by myself){_ENDS}", _I
)

_NAME = r"([^\W\d_a-zåäö][\w'’-]+(?: [^\W\d_a-zåäö][\w'’-]+){0,3})"
_MINE = (
    r"(?:tilalleni|tilallani|sijaani|sijastani|puolestani|paikalleni|sijaisenani|meidän tilallemme"
    r"|tilallemme|sijastamme)"
)
_I_MY = r"(?:i mitt ställe|i stället för mig|istället för mig|i vårt ställe|för min del)"
_IN_MY = r"(?:in my place|instead of me|in my stead|on my behalf|in our place|instead of us)"
_INSTEAD = tuple(
    re.compile(one)
    for one in (
        rf"\b{_NAME} (?:tulee|pääsee|osallistuu|saapuu|on tulossa|voi tulla) (?:minun )?{_MINE}\b",
        rf"\b(?i:{_MINE}) (?:tulee|pääsee|osallistuu|saapuu|on tulossa) {_NAME}",
        rf"\b{_NAME} (?:kommer|deltar|kan komma) {_I_MY}",
        rf"\b(?i:{_I_MY}) (?:kommer|deltar) {_NAME}",
        rf"\b{_NAME} (?:ersätter mig|är min ersättare|kommer som min ersättare)\b",
        rf"\b{_NAME} (?:will come|comes|is coming|will attend|will be there|can come|will join)"
        rf" {_IN_MY}\b",
        rf"\b(?i:{_IN_MY}),? {_NAME} (?:will come|comes|is coming|will attend)",
    )
)

_DIET = pattern_of("register.replies", "answer_details", "diet")
_ACCESS = pattern_of("register.replies", "answer_details", "access")
_NEED = re.compile(rf"\b(?:{_DIET}|{_ACCESS})\b", _I)
_CONDITION = re.compile(CONDITIONS, _I)
_PART = re.compile(r"(?:,|;|\s[-–—]\s|\b(?:mutta|men|but|ja|och|and)\b)", _I)
_GAP = "…"


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """The details of an answer. ``party`` is how many come in all, 0 if not said.

    ``substitute``, ``needs`` and ``question`` are the writer's words. ``wishes`` are about topics,
    and ``rest`` is the answer without them. ``plain`` is the answer for further reading, without
    what is understood here. ``shown`` is the answer without the needs, which are stored in their
    own cell only.
    """

    party: int = 0
    substitute: str = ""
    needs: str = ""
    question: str = ""
    plain: str = ""
    shown: str = ""
    wishes: Wishes = ()
    rest: str = ""

    @property
    def cells(self) -> dict[str, object]:
        """The details under their field names in a verdict."""
        return {
            "party": self.party,
            "substitute": self.substitute,
            "needs": self.needs,
            "question": self.question,
            "wishes": self.wishes,
            "rest": self.rest,
        }


def answer_details(own: str) -> AnswerDetails:
    """Return the details in a writer's own words."""
    text = own[:_LONGEST]
    needs, shown, plain = _needs(text)
    party, plain = _party(plain)
    told = "".join(one for one in SENTENCE_PATTERN.findall(text) if not one.endswith("?"))
    topics = topic_wishes(plain)
    questions = [one.strip() for one in SENTENCE_PATTERN.findall(shown) if one.endswith("?")]
    return AnswerDetails(
        party,
        next((found[1] for one in _INSTEAD if (found := one.search(told))), ""),
        "; ".join(needs)[:_CELL],
        " ".join(one for one in questions if _GAP not in one)[:_CELL],
        plain,
        shown + own[_LONGEST:],
        topics.wishes,
        topics.rest,
    )


def _needs(text: str) -> tuple[list[str], str, str]:
    """Return the clauses about a diet or access, and two versions of the text without them.

    In the first version "…" stands for each clause. The second keeps the clauses that the answer
    may depend on: questions, conditions, and those with an answer of their own.
    """
    found, shown, plain = list[str](), "", ""
    for sentence in SENTENCE_PATTERN.findall(text):
        at = 0
        for cut in (*_PART.finditer(sentence), None):
            part = sentence[at : cut.start() if cut else len(sentence)]
            between, at = (cut[0], cut.end()) if cut else ("", len(sentence))
            if not _NEED.search(part):
                shown, plain = shown + part + between, plain + part + between
                continue
            found.append(" ".join(part.split()).rstrip(".! "))
            end = part.rstrip()[-1:] if part.rstrip()[-1:] in ".!?" else ""
            shown += f" {_GAP}{end}{between}"
            kept = end == "?" or answer_hints(part) or _CONDITION.search(part)
            plain += (part if kept else f"{end}\n") + between
    return found, shown.strip(), plain.strip()


def _party(text: str) -> tuple[int, str]:
    """Return the party size and the text without it; 0 and the whole text if two are given."""
    counts = set[int]()

    def heard(number: int, left: str) -> str:
        counts.add(number)
        return left

    plain = _THERE_ARE.sub(lambda one: heard(_number(one[1]), "tulossa"), text)
    plain = _ALONE.sub(lambda one: heard(1, one[1]), plain)
    plain = _THEY_COME.sub(lambda one: heard(_number(one[2]), one[1]), plain)
    plain = _BOTH.sub(lambda one: heard(2, _WE[one[0].casefold()[0]]), plain)
    plain = _BARE.sub(lambda one: heard(_number(one[1]), ""), plain)
    plain = _WITH_ONE.sub(lambda one: heard(2, ""), plain)
    plain = _PLUS.sub(lambda one: heard(int(one[1] or 1) + 1, ""), plain)
    return (counts.pop(), plain) if len(counts) == 1 else (0, text)


def _number(text: str) -> int:
    small = text.casefold()
    return _NUMBERS.get(small) or int(small)

"""Find the rows of a list that refuse letters, by columns that ask for leave or take it back.

A word that plainly refuses letters (*unsubscribed*, *ei saa lähettää*, *avanmäld*) counts in any
column. A bare *no* counts only where the column asks whether letters may be sent. Where it asks
about something else, such as a newsletter or photographs, *no* refuses only that. In doubt it
counts: a person is asked before anything is written into ``bans``.
"""

import re
from functools import lru_cache
from typing import Literal

from register.book.package_data import pattern_of
from register.intake.cell_looks import read_leave, read_moment, read_yes_no
from register.intake.header_names import header_letters, header_meaning
from register.people.refusal_words import normal_form, refuses_plainly

Sort = Literal["leave", "opt-out", "newsletter", "list", "answer", "other"]
"""What a column asks for: leave to send, a refusal, a newsletter, whether somebody is on a list of
letters, an answer to an invitation."""

_OPT_OUT = re.compile(pattern_of("register.intake", "refusals", "opt_out"))
_LEAVE = re.compile(pattern_of("register.intake", "refusals", "leave"))
_ASKED_LEAVE = re.compile(pattern_of("register.intake", "refusals", "asked_leave"))
"""A form's question or statement about letters, whoever it says it to: "Saako osallistujalle …"."""

_OTHER_LEAVE = re.compile(pattern_of("register.intake", "refusals", "other_leave"))
_NEWSLETTER = re.compile(
    r"uutiskirje|nyhetsbrev|newsletter|jasenkirje|medlemsbrev|tiedote|infobrev"
)
_ON_LIST = re.compile(pattern_of("register.intake", "refusals", "on_list"))
_ANSWER = re.compile(pattern_of("register.intake", "refusals", "answer"))

_IN_LISTS = re.compile(pattern_of("register.intake", "refusals", "in_lists"))
"""Words that refuse letters in any column of a list, where other texts may mean a meeting."""

_ALONE = re.compile(
    rf"(?:on |har |has |är |is )?(?:{pattern_of('register.intake', 'refusals', 'alone')})"
)
"""Words that refuse letters if they are the whole cell, or if the column is about letters."""

_WHEN = re.compile(r"[\s,:(]*[\d./:\- ]*\)?")
_NO = re.compile(
    r"(?:ei|nej|no|never|pois)\b(?! (?:vielä|tied|kysy|vastan|ännu|vet|svar|yet|known|asked"
    r"|answer)).{0,40}"
)
_NOTHING = re.compile(
    r"(?:ei|nej|no|none|null|nan|n/?a|not)(?: (?:ole|vielä|ännu|mitään|tietoa|tiedossa|yet|set"
    r"|finns|known))?"
)


_CLAUSES = re.compile(r"[,;.:]\s|\n")
_WISH = ("kutsutaan", "kutsut", "bjudsin", "invite", "invited", "toinvite")
_CONSENT_DAY = re.compile(
    r"(?:suostumu(?:s|ksen)|samtyckes?t?s?|consent)"
    r"(?:pvm|paiva(?:ys|maara|na)?|antopaiva|annettu|saatu|datum|dag|givet|date|day|given|on)+"
)
_SAID = re.compile(r"(?:^|[\n;])\s*([^:\n;]{3,60}):\s*([^\n;]+)")
_WISHED = re.compile(r"(?:^|[\n;])\s*([^:\n;]{3,30}):\s*\S")


def is_wish_column(header: str) -> bool:
    """Whether a column says whom the list's keeper wants to invite, not who has consented."""
    return header_letters(header) in _WISH


def row_tells_wish(text: str) -> bool:
    """Whether a row's message quotes such a column: its yes is a wish, not a consent."""
    return any(is_wish_column(found[1]) for found in _WISHED.finditer(text))


def consent_day(text: str) -> str:
    """Return the ISO day on which a row's message says consent was given, '' for none."""
    for found in _SAID.finditer(text):
        if consent_kind(found[1]) == "leave" and (day := read_leave(found[2].strip())[1]):
            return day
    return ""


def is_consent_day(header: str) -> bool:
    """Whether a column holds the day on which consent was given."""
    return _CONSENT_DAY.fullmatch(header_letters(header)) is not None


@lru_cache(maxsize=1 << 10)
def consent_kind(header: str) -> Sort:
    """Return what a column asks for, by its header in any of the three languages."""
    plain = header_letters(header)
    known = header_meaning(header)[0]
    if known == "consent":
        return "leave"
    if _OTHER_LEAVE.search(plain):
        return "other"
    if _ASKED_LEAVE.search(plain) and not _OPT_OUT.search(plain):
        return "leave"
    if _ANSWER.search(plain):
        return "answer"
    if _OPT_OUT.search(plain):
        return "opt-out"
    if _NEWSLETTER.search(plain):
        return "newsletter"
    if _LEAVE.search(plain):
        return "leave"
    return "list" if _ON_LIST.search(plain) else "other"


def refuses_letters(header: str, cell: str, *, at_length: bool = False) -> bool:
    """Whether a cell under this header refuses letters.

    ``at_length`` is for columns of free text, such as notes: there only a plain refusal of letters
    counts.
    """
    return bool(cell.strip()) and _refuses(consent_kind(header), cell, at_length=at_length)


def only_refuses(message: str) -> bool:
    """Whether a message refuses letters in a single clause, and says nothing else."""
    return refuses_letters("", message, at_length=True) and not _CLAUSES.search(message)


def withholds_consent(header: str, cell: str) -> bool:
    """Whether a filled cell about leave or a newsletter is neither a yes nor a time.

    The importer's word that all agree (``agreed``) does not stand for such a row.
    """
    return (
        bool(cell.strip())
        and consent_kind(header) in ("leave", "newsletter")
        and read_leave(cell)[0] != "yes"
        and not read_moment(cell)
    )


def _refuses(sort: Sort, cell: str, *, at_length: bool) -> bool:
    plain = normal_form(cell)
    if refuses_plainly(cell) or _IN_LISTS.search(plain):
        return True
    no = read_yes_no(plain) == "no"
    if sort == "opt-out":
        return bool(plain) and not no and not _NOTHING.fullmatch(plain)
    if sort == "answer" or at_length:
        return False
    if sort in ("leave", "list") and (no or _NO.fullmatch(plain)):
        return True
    alone = _ALONE.match(plain)
    return alone is not None and (sort != "other" or bool(_WHEN.fullmatch(plain[alone.end() :])))

"""Who a list says wants no letters: by a column that asks for leave, or one that takes it back.

A word that plainly refuses letters (*unsubscribed*, *ei saa lähettää*, *avanmäld*) counts in any
column. *No* alone counts where the column asks whether letters may be sent; where it asks about
something else, a newsletter or photographs, it refuses that and no more. In doubt it counts: a
person is asked before anything is written into ``bans``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from register.intake.cell_looks import read_leave, read_moment, read_yes_no
from register.intake.header_names import header_letters, header_meaning

Sort = Literal["leave", "opt-out", "newsletter", "answer", "other"]
"""What a column asks for: leave to send, a refusal, a newsletter, an answer to an invitation."""

_LONGEST = 500

_OPT_OUT = re.compile(
    r"optout|optedout|unsub|donot|dont(?:mail|send|contact|invite)|nomail|noemail|suppress"
    r"|declined"
    r"|blacklist|blocklist|eisaa|eihalua|eikutsu|eiposti|eimarkkin|eisahkoposti|eiyhteyden"
    r"|alalaheta"
    r"|perunut|peruttu|peruuttan|peruutettu|peruutus|perumis|kielto|kiellot|kieltan|kielsi|kieltay"
    r"|estolista|avboj|avanmal|avregistr|avbest|sparr|farinte|farej|villinte|villej|inga(?:inbj"
    r"|utsk|mejl)"
    r"|reklamforbud|forbud"
)
_LEAVE = re.compile(
    r"suostum|samtyck|consent|gdpr|optin|permission|tillstand|markkinoin|marknadsfor|marketing"
    r"|mailing|lahetyssallit|lahettaminensallit|sallii?(?:tut)?(?:lahet|kutsu|viest|posti)"
    r"|viestinta|saalahettaa|saakutsua|saaottaa|farskick|farkontakt|farbjud|maycontact"
    r"|maybe(?:contact|invit)"
    r"|haluankutsu|haluatkokutsu|halukkuuskutsu|kutsutaan|kutsulista|(?:posti|postitus|lahetys"
    r"|kutsu|viesti|yhteydenotto|rekisteri|tieto)lupa|lupa(?:kutsu|posti|lahet|viesti)|tietosuoja"
)
_OTHER_LEAVE = re.compile(
    r"kuva|kuvau|valokuv|video|julkais|julkist|foto|bild|publi|photo|image|recording|tallenne"
    r"|nauhoit|ajo"
    r"|eväste|evaste|cookie|kaytto|alaikais|huoltaj"
)
_NEWSLETTER = re.compile(
    r"uutiskirje|nyhetsbrev|newsletter|jasenkirje|medlemsbrev|tiedote|infobrev"
)
_ANSWER = re.compile(
    r"vastau|rsvp|osallistu|ilmoittau|tulossa|paasee|attend|participa|^svar|deltar|deltagan"
    r"|anmalan"
    r"|response|answer|lasnao|narvaro"
)

_PLAINLY = re.compile(
    r"unsubscri|\bopt(?:ed)?[ -]?out\b|\bun-?subbed\b|\bsuppressed\b|\b(?:spam )?complain"
    r"|\b(?:do not|don['’]?t|never|please stop|must not|may not|not allowed to|no permission to)"
    r" (?:be )?(?:contact|mail|e-?mail|send|invit|writ|call)"
    r"|\bno (?:more )?(?:invitations|letters|e-?mails|mails|mailings?|marketing"
    r"|newsletters?)\b"
    r"|\b(?:withdr(?:ew|awn)|revoked|refus(?:ed|es)|denied) (?:the )?(?:consent|permission"
    r"|invitations|e-?mails?)"
    r"|\bconsent (?:withdrawn|revoked|refused|denied)"
    r"|\bei (?:enää )?saa (?:enää )?(?:lähettää|kutsua|postittaa|mailata|soittaa|ottaa yhteyttä"
    r"|olla yhteydessä)"
    r"|\bei (?:saa |enää |mitään )?(?:kutsuja|kutsuta|kutsu[ta]?\b|postia|postitusta"
    r"|sähköposteja|viestejä"
    r"|kirjeitä|mainoksia|markkinointia|yhteydenottoja|lähetyslupaa|lupaa lähettää|suostumusta)"
    r"|\bei (?:enää )?(?:halua|tahdo) (?:enää |mitään )*(?:kutsu|viest|postia|sähköpost|kirje"
    r"|yhteyden|meil|mail)"
    r"|\bälä (?:enää )?(?:lähetä|kutsu|ota yhteyttä|mailaa|kirjoita|laita)"
    r"|\b(?:kielsi|kieltänyt|kieltää|kieltäytynyt|kieltäytyi|peru[it]?|perunut|peruutti"
    r"|peruuttanut|peruttu|peruutettu)\b"
    r".{0,40}\b(?:tilau|kutsu|lupa|luva|suostumu|posti(?!ts)|viesti(?!ll)|kirje|lähet|markkino|yhteyden|lista)"
    r"|\b(?:tilau\w*|suostumu\w*|lupa|kutsut)\b.{0,20}\b(?:peru|kiel)"
    r"|\b(?:markkinointi|suoramarkkinointi|posti|lähetys|kutsu|yhteydenotto)kielto|\bkieltolis"
    r"|\bavböj|\bavanmäl|\bavregistrer|\bavbeställ|\bvill (?:inte|ej) (?:ha|få|bli|längre)"
    r"|\b(?:får|skall?|bör) (?:inte|ej) (?:skick|kontakt|bjud|mejla|mail)|\b(?:kontakta|skicka"
    r"|mejla|bjud) (?:inte|ej)\b"
    r"|\binga (?:fler |mera? )?(?:inbjudningar|utskick|mejl|e-?post|brev|meddelanden)\b|\b(?:ej"
    r"|inga?) utskick"
    r"|\b(?:återkalla|drog tillbaka|nekat|nekade?)\w* (?:sitt )?(?:samtyck|tillstånd)"
)
"""Words that refuse letters whatever column they stand in."""

_ALONE = re.compile(
    r"(?:on |har |has |är |is )?(?:perunut|perui|peruu?ttanut|peruutti|peruttu|peruutettu"
    r"|kielsi|kieltänyt"
    r"|kieltää|kielletty|kielto|kieltäytyi|kieltäytynyt|estetty|declined|refused|rejected"
    r"|denied|withdrawn"
    r"|withdrew|revoked|removed|blocked|cleaned|avsagt|avsade|nekat|nekad|nekar|återkallat|spärrad|stop"
    r"|stopp)"
)
"""Words that refuse where they are all that a cell says, or the column speaks of letters."""

_WHEN = re.compile(r"[\s,:(]*[\d./:\- ]*\)?")
_NO = re.compile(
    r"(?:ei|nej|no|never)\b(?! (?:vielä|tied|kysy|vastan|ännu|vet|svar|yet|known|asked"
    r"|answer)).{0,40}"
)
_NOTHING = re.compile(
    r"(?:ei|nej|no|none|null|nan|n/?a|not)(?: (?:ole|vielä|ännu|mitään|tietoa|tiedossa|yet|set"
    r"|finns|known))?"
)


_WISH = ("kutsutaan", "kutsut", "bjudsin", "invite", "invited", "toinvite")
_CONSENT_DAY = re.compile(
    r"(?:suostumu(?:s|ksen)|samtyckes?t?s?|consent)"
    r"(?:pvm|paiva(?:ys|maara|na)?|antopaiva|annettu|saatu|datum|dag|givet|date|day|given|on)+"
)
_SAID = re.compile(r"(?:^|[\n;])\s*([^:\n;]{3,60}):\s*([^\n;]+)")
_WISHED = re.compile(r"(?:^|[\n;])\s*([^:\n;]{3,30}):\s*\S")


def is_wish(header: str) -> bool:
    """Whether a column says whom its list's keeper would invite, and not who has agreed to it."""
    return header_letters(header) in _WISH


def tells_wish(text: str) -> bool:
    """Whether a row's words say that its yes is such a wish, which is no consent."""
    return any(is_wish(found[1]) for found in _WISHED.finditer(text))


def consent_day(text: str) -> str:
    """Return the ISO day that a row's words give a consent, '' where they give none."""
    for found in _SAID.finditer(text):
        if sort_of(found[1]) == "leave" and (day := read_leave(found[2].strip())[1]):
            return day
    return ""


def is_consent_day(header: str) -> bool:
    """Whether a column says on which day a consent was given, and that it was."""
    return _CONSENT_DAY.fullmatch(header_letters(header)) is not None


@lru_cache(maxsize=1 << 10)
def sort_of(header: str) -> Sort:
    """Return what a column asks for, by its header in any of the three languages."""
    plain = header_letters(header)
    known = header_meaning(header)[0]
    if known == "consent":
        return "leave"
    if _OTHER_LEAVE.search(plain):
        return "other"
    if _ANSWER.search(plain):
        return "answer"
    if _OPT_OUT.search(plain):
        return "opt-out"
    if _NEWSLETTER.search(plain):
        return "newsletter"
    if _LEAVE.search(plain):
        return "leave"
    return "other"


def refuses(header: str, cell: str, *, at_length: bool = False) -> bool:
    """Whether a cell under this header refuses letters.

    ``at_length`` says that people write there what comes to mind, as in notes: only what plainly
    speaks of letters counts.
    """
    return bool(cell.strip()) and _refuses(sort_of(header), cell, at_length=at_length)


def withholds(header: str, cell: str) -> bool:
    """Whether a cell says no to something near to letters, so that nobody's word stands for it."""
    return (
        bool(cell.strip())
        and sort_of(header) in ("leave", "newsletter")
        and read_leave(cell)[0] != "yes"
        and not read_moment(cell)
    )


def _refuses(sort: Sort, cell: str, *, at_length: bool) -> bool:
    plain = " ".join(unicodedata.normalize("NFKC", cell[:_LONGEST]).casefold().split()).strip(" .!")
    no = read_yes_no(plain) == "no"
    if _PLAINLY.search(plain):
        return True
    if sort == "opt-out":
        return bool(plain) and not no and not _NOTHING.fullmatch(plain)
    if sort == "answer" or at_length:
        return False
    if sort == "leave" and (no or _NO.fullmatch(plain)):
        return True
    alone = _ALONE.match(plain)
    return alone is not None and (sort != "other" or bool(_WHEN.fullmatch(plain[alone.end() :])))

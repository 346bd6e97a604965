"""Notes of a row which say that its post or membership has ended, as lists write it.

A list says so in a column ("Jäsenyyden tila: Eronnut"), or the whole row is struck through.
"""

import re
from datetime import date, timedelta
from functools import cache

from register.book.headers import fold_header
from register.book.schema import LANGUAGES
from register.values.date import day
from register.values.noted_days import due_day, first_day_named
from register.words.sentences import Sentences

_LONGEST = 5_000
_DAY = r"(?P<day>\d[\d.\-/]*)"
_DEATH = re.compile(
    r"[\s,]*(?:\(\s*(?:(?i:(?P<inside>kuollut|kuoli|kuol\.|edesmennyt|edesm\.|menehtynyt|avliden"
    r"|avled|bortgången|död|deceased|died|passed away)|(?P<short>[kd]\.(?=\s?\d))))\s*"
    + _DAY.replace("day", "within")
    + r"?\s*\)|(?:(?P<word>[†✝]|\b(?:kuollut|kuoli|kuol\.|edesmennyt|edesm\.|menehtynyt|avliden"
    r"|avled|bortgången|död|deceased|died|passed away)|\b[kd]\.(?=\s?\d))\s*" + _DAY + r"?)(?!\w))"
)
"""The cross or the word beside the name of a person who has died, with the day or the year."""
_STATES = frozenset(
    (
        *("tila", "status", "jäsenyys", "asema", "medlemskap", "ställning", "membership", "state"),
        *("jäsentila", "medlemsstatus"),
    )
)
"""The last words of headers for the state of a membership or post."""

_AROUND = re.compile(r"^(?:toiminta|verksamheten) (?:on |har )?|,? (?:19|20)\d\d$")
"""The words around a state: its subject, and since when."""

_GONE = frozenset(
    (
        *("eronnut", "erotettu", "lopettanut", "päättynyt", "poistunut", "poistettu", "entinen"),
        *("entinen jäsen", "ex-jäsen", "vanhentunut", "avgått", "avslutad", "avslutat", "utträtt"),
        *("utesluten", "f.d", "f.d. medlem", "före detta", "resigned", "former", "former member"),
        *("left", "ended", "expired", "lapsed", "terminated", "†", "kuollut", "edesmennyt"),
        *("avliden", "död", "deceased"),
    )
)
_DIED_WORDS = (
    r"(?P<died>kuollut|kuoli|menehtynyt|menehtyi|edesmennyt|nukkunut pois|nukkui pois"
    r"|poisnukkunut|poismennyt|haudattu|avlidit|avled|avliden|död|dött|dog(?=\s(?:\w+\s)?\d)"
    r"|gått bort|gick bort|bortgången|died|dead|deceased|passed away|r\.? ?i\.? ?p)"
)
_ENDED = re.compile(
    r"(?:(?:yhdistys|seura|kerho|järjestö|toiminta|toimintansa|toiminnan|hän|föreningen"
    r"|verksamheten|the association|activity)\s+)?(?:(?:on|har|är|has|was)\s+)?"
    r"(?:päättynyt|päättyi|lopetti|lopettanut|lopetettu|loppui|loppunut|lakannut|lakkasi|lakkautettu|lakkautunut"
    r"|purettu|purkautui|purkautunut|erosi|eronnut|poistunut|kuopattu|hajonnut"
    rf"|{_DIED_WORDS}"
    r"|ei (?:ole )?enää (?:toiminnassa|mukana|jäsen|jäsenenä|toimi|olemassa|hallituksessa)"
    r"|ei (?:toimi|ole mukana|ole toiminnassa|ole jäsen) enää"
    r"|upphört|upphörde|lagts ner|lades ner|nedlagd|nerlagd|upplöst|upplöstes|avgått|avgick"
    r"|slutat|slutade|inte längre (?:med|aktiv|verksam|medlem)|finns (?:inte|ej) (?:längre|mer)"
    r"|dissolved|closed down|ceased|resigned|no longer (?:active|a member|exists|involved))"
    r"(?:\s+(?:toimintansa|toiminnan|toimintaa|sin verksamhet|verksamheten))?"
    r"(?:[\s,:(]{1,3}(?:(?:vuonna|vuoden|år|in|on|den|keväällä|syksyllä|kesällä|talvella|hösten"
    r"|våren|sommaren)\s){0,2}(?:v\.\s?)?(?P<day>\d[\d.\-/]*)?(?:\slopussa|\salussa)?\)?)?[.!]?",
    re.IGNORECASE,
)
"""A remark that says only that a person or an association has stopped: "lopetti 2024"."""

_LEFT = re.compile(
    r"\b(?:on |har |has |is )?(?:lopettanut|lopetti|eronnut|erosi|irtisanoutu(?:i|nut)"
    r"|(?:jäi|jäänyt|siirtyi|siirtynyt|lähti|lähtenyt) eläkkeelle|eläköity(?:i|nyt)"
    r"|lopetin(?= (?:\w+ )?(?:tehtäv|työ|puheenjoht|sihteer|hallitu))"
    r"|e[in] ole enää(?! kiinnost)|e[in] enää (?:töissä|mukana|hommissa|hallituksessa|jäsen\w*)"
    r"|kuollut|kuoli|menehtynyt|menehtyi"
    r"|slutat|slutade|(?:gått|gick) i pension|pensionerades|avgått|avgick|sagt upp sig"
    r"|avlidit|avled|inte längre (?!intresserad)"
    r"|stepped down|left(?= us|$|[.,])|retired|resigned|no longer (?!interested)"
    r"|died|passed away)(?!\w)",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:is )?(?:lopettaa|lopettelee|eroaa|irtisanoutuu|eläköityy"
    r"|(?:jää pois|jättäytyy pois|väistyy|luopuu|jättää)"
    r"(?= (?:\w+ ){0,2}\w*(?:tehtäv|hallitu|puheenjoht|sihteeri|rahastonhoit|toimikun))"
    r"|(?:jää |siirtyy |lähtee )?eläkkeelle(?! (?:jäävi|siirtyvi))|e[in] (?:enää )?jatka"
    r"|lopetan(?= (?:\w+ )?(?:tehtäv|työ|puheenjoht|sihteer|hallitu))"
    r"|slutar|(?:går )?i pension|pensioneras|avgår|säger upp sig|fortsätter inte"
    r"|steps down|stepping down|retires|retiring|resigns|resigning)(?!\w)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:(?:äitiys|isyys|vanhempain|perhe|hoito|opinto|virka|toimi|vuorottelu|sairas|kesä)"
    r"(?:lomal|vapaal)(?:la|le)|lomalla"
    r"|(?:föräldra|tjänst|mamma|pappa|studie|sjuk)(?:ledig|skriven)\w*"
    r"|on (?:maternity|paternity|parental|sick|study) leave)(?!\w)",
    re.IGNORECASE,
)
_LATELY = timedelta(days=14)


def leaving_word(sentence: str) -> str:
    """Return the words of a sentence that say a person leaves a post or has died, or ''."""
    found = _LEFT.search(sentence) or _LEAVES.search(sentence)
    return found[0].strip() if found else ""


def leaves_or_is_away(sentence: str) -> bool:
    """Whether a sentence says that a person leaves a post, or is away from it for a time."""
    return bool(leaving_word(sentence)) or tells_absence(sentence)


def leaving_day(sentence: str, today: date) -> str:
    """Return the ISO day on which a sentence says that a person leaves, '' if it names none.

    A day without a year is to come for one who is leaving, unless it has been within two weeks; it
    is past for one who has left.
    """
    named, due = first_day_named(sentence, today), due_day(sentence, today)
    lately = named is not None and named[0] >= today - _LATELY
    if named and (lately or _LEFT.search(sentence) or due is None):
        due = named[0]
    return due.isoformat() if due else ""


def tells_absence(sentence: str) -> bool:
    """Whether a sentence says that somebody is away for a time, and comes back to the post."""
    return bool(_ABSENT.search(sentence))


_DIES = re.compile(
    r"\b(?:kuollut|kuoli|menehtynyt|menehtyi|nukkui pois|nukkunut pois|edesmennyt|avlidit|avled"
    r"|avliden|gått bort|gick bort|dött|died|has died|passed away|deceased)(?!\w)",
    re.IGNORECASE,
)


_IDLE = re.compile(
    r"ei (?:ole )?(?:enää )?(?:aktiivista |mitään )?toimintaa|toiminta (?:tauolla|lepää)"
    r"|lepotilassa|ingen verksamhet|vilande|inactive|no activity",
    re.IGNORECASE,
)


def tells_state(cell: str) -> bool:
    """Whether a cell says only that something has ended or rests: "ei toimintaa"."""
    plain = cell.strip(" .!")
    return bool(_ENDED.fullmatch(plain) or _IDLE.fullmatch(plain))


def tells_death(sentence: str) -> bool:
    """Whether a sentence says that somebody has died."""
    return bool(_DIES.search(sentence))


def tells_own_death(notes: str) -> bool:
    """Whether notes say that their row's person has died: "kuollut 2025", "Tila: †"."""
    for part in re.split(r"[;\n]", notes[:_LONGEST]) if notes else ():
        header, _, value = (one.strip(" .") for one in part.casefold().partition(":"))
        is_state = header.rpartition(" ")[2] in _STATES
        said = _ENDED.fullmatch(value if is_state else part.strip())
        if (said and said["died"]) or (is_state and value == "†") or (header in _DEATHS and value):
            return True
    return False


_DEATHS = frozenset(
    (
        *("kuollut", "kuolinpäivä", "död", "avliden", "dödsdag", "died", "deceased"),
        "date of death",
    )
)
"""Headers for the day on which a person died."""
_DAYS = _DEATHS | frozenset(
    (
        *("eroamispäivä", "eropäivä", "eronnut", "lopettanut", "jäsenyyden loppu", "päättynyt"),
        *("jäsenyys päättynyt", "jäsenyys päättyi", "jäsenyys loppunut", "medlemskapet avslutat"),
        *("medlemskap avslutat", "membership ended", "toimikausi päättynyt", "term ended"),
        *("jäsenyyden päättyminen", "päättymispäivä", "utträdesdatum", "utträdesdag", "utträtt"),
        *("avslutad", "medlemskapets slut", "end date", "membership end", "membership end date"),
        *("resigned on", "left on", "ended"),
    )
)
"""Headers for the day on which a person left."""


_DEAD = {
    **dict.fromkeys(("†", "✝"), ("Tila", "†")),
    **dict.fromkeys(("edesmennyt", "edesm", "menehtynyt"), ("Tila", "edesmennyt")),
    **dict.fromkeys(("avliden", "avled", "bortgången", "död"), ("Status", "avliden")),
    **dict.fromkeys(("deceased", "died", "passed away", "d"), ("Status", "deceased")),
}
"""The header and value in the notes for words and signs other than Finnish "kuollut"."""
_DIED = {
    **dict.fromkeys(("†", "kuollut", "edesmennyt"), "Kuollut"),
    "avliden": "Avliden",
    "deceased": "Died",
}
"""The header of :data:`_DAYS` for the day of death."""


def without_death(name: str) -> tuple[str, str]:
    """Return a name without the mark of death, and the mark as the notes keep it, or ''.

    "Aune Koski †", "Onni Lahtinen k. 3.2.2025", "Lahtinen Onni (kuollut 2024)".
    """
    found = _DEATH.search(name)
    if not found:
        return name, ""
    word = (found["word"] or found["inside"] or found["short"]).casefold().rstrip(".")
    day_told = found["day"] or found["within"]
    header, state = _DEAD.get(word, ("Tila", "kuollut"))
    if day_told and day(day_told):
        told = f"{_DIED[state]}: {day_told}"
    else:
        told = f"{header}: {state}" + (f"; {day_told}" if day_told else "")
    return f"{name[: found.start()]}{name[found.end() :]}".strip(" ,"), told


def departure_note(notes: str, today: str) -> str:
    """Return how notes say that the row has ended: an ISO day, else the words, else ''.

    A day after ``today`` (ISO) does not count.
    """
    found = ""
    for part in re.split(r"[;\n]", notes[:_LONGEST]):
        header, _, value = (one.strip(" .") for one in part.partition(":"))
        plain = header.casefold()
        if plain in _DAYS and (left_on := day(value)):
            return _not_to_come(left_on, today)
        state = _AROUND.sub("", value.casefold())
        is_state = plain.rpartition(" ")[2] in _STATES and state in _GONE
        ended = _ENDED.fullmatch(part.strip())
        if ended and ended["day"] and day(ended["day"]):
            return _not_to_come(day(ended["day"]), today)
        has_died = plain in _DEATHS and value
        if is_state or ended or has_died or part.strip() in _marks():
            found = found or part.strip()
    return found


def _not_to_come(left_on: str, today: str) -> str:
    return left_on if left_on <= today else ""


@cache
def struck_headers() -> frozenset[str]:
    """Return the folded names of import's column of struck-through cells, in each language."""
    return frozenset(fold_header(say("Struck through")) for say in map(Sentences, LANGUAGES))


@cache
def _marks() -> frozenset[str]:
    """Return the text that import writes for a row that is struck through, in each language."""
    return frozenset(
        f"{say('Struck through')}: {say('the whole row')}" for say in map(Sentences, LANGUAGES)
    )

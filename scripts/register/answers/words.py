"""What free text seems to say: a guess that a person judges."""

from __future__ import annotations

import re

_LONGEST = 2_000
_MANY = r"(?:mitään |enää |lisää |näitä |fler |några |more |any |further )*"
_GUESSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "unsubscribe",
        re.compile(
            r"\bunsubscribe\b|älkää\b.{0,20}\blähet|älä\b.{0,20}\blähet"
            rf"|en halua {_MANY}(?:kutsuja|viestejä|postia|näitä)"
            rf"|poista(?:kaa)?\b.{{0,40}}\blistalta"
            r"|poista(?:kaa)?\b.{0,20}\btietoni|ta bort (?:mig|min)|avregistrera"
            rf"|vill inte (?:ha|få) {_MANY}(?:inbjudningar|mejl|post|utskick)"
            rf"|stop (?:sending|emailing|writing)|remove me\b|no {_MANY}(?:e?mails|invitations)"
            r"|ei kutsuja|inga inbjudningar|perun tilauksen",
        ),
    ),
    (
        "not_coming",
        re.compile(
            r"\ben (?:\w+ )?(?:pääse|tule|ehdi|voi(?:tule)?|osallistu|valitettavasti|ole tulossa)\b"
            r"|\bemme (?:\w+ )?(?:pääse|tule|ehdi|voi|osallistu|ole tulossa)\b|\bei (?:pääse"
            r"|päästä)\b"
            r"|\bei (?:valitettavasti )?(?:onnistu|sovi|käy)\b|\bjää väliin\b|\bolen estynyt\b"
            r"|\best(?:e|yn|ynyt|eellinen|että)\b|\bperun\b|joudun (?:peru|jättä)"
            r"|kan (?:\w+ )?inte\b|kommer (?:\w+ )?inte|har förhinder|förhindrad|deltar inte"
            r"|(?:can'?t|cannot|can not|won'?t|unable to|not able to) (?:\w+ )?(?:come|make"
            r"|attend|join|be)?"
            r"|not (?:coming|attending)|unfortunately|\bdecline\b|have to cancel",
        ),
    ),
    (
        "maybe",
        re.compile(
            r"\behkä\b|\bmahdollisesti\b|en (?:vielä )?tiedä|yritän (?:tulla|päästä)|jos pääsen"
            r"|\bkanske\b|vet inte (?:än|ännu)|försöker komma"
            r"|\bmaybe\b|\bperhaps\b|\bnot sure\b|\btentative|try to (?:come|make|attend)"
            r"|might (?:come|be)",
        ),
    ),
    (
        "coming",
        re.compile(
            r"\b(?:olen|olemme) (?:\w+ )?(?:tulossa|mukana|paikalla)|\btulen\b|\btulemme\b"
            r"|\btulossa\b"
            r"|\bpääsen\b|\bpääsemme\b|\bilmoittaudun\b|\bosallistu(?:n|mme)\b|\bnähdään\b"
            r"|\btullaan\b|\bilmoitan (?:\w+ ){0,3}mukaan\b"
            r"|\bmukana ollaan\b"
            r"|\bkommer\b|\bska delta\b|\bär med\b|\bjag deltar\b|\bvi deltar\b"
            r"|\bvi ses\b|\bkommer gärna\b"
            r"|\b(?:i|we)(?:'ll| will| am|'m| are|'re) (?:\w+ )?(?:come|coming|attend|attending"
            r"|be there|join)"
            r"|\bcount me in\b|\bsee you\b|^(?:yes|kyllä|joo|ja)\b|\bi accept\b",
        ),
    ),
)


def hints(text: str) -> list[str]:
    """Return all that free text may say: keys of Vastaus, and ``unsubscribe`` first."""
    small = " ".join(text.casefold().split())[:_LONGEST].replace("’", "'")
    return [key for key, pattern in _GUESSES if pattern.search(small)]


def guessed(text: str) -> str:
    """Return what free text seems to say: a key of Vastaus, ``unsubscribe``, or '' (no idea).

    Text that seems to say two things is nobody's to guess, but that a no outweighs a yes in it.
    """
    found = hints(text)
    if found[:1] == ["not_coming"] and "maybe" in found:
        small = text.casefold()
        return "maybe" if "en tiedä" in small or "not sure" in small else ""
    return found[0] if found else ""

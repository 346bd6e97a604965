"""What a writer wrote themself, without what they quote, and what it seems to say."""

from __future__ import annotations

import html
import re

_LONGEST = 2_000
_QUOTE = re.compile(
    r"^(?:>|-{2,}\s*(?:original (?:message|appointment)|alkuperäinen (?:viesti|tapaaminen)"
    r"|ursprunglig(?:t meddelande|a? (?:avtalad|möte))|forwarded)"
    r"|_{10,}\s*$|\*~\*~\*|(?:from|lähettäjä|från|von)\s*:\s|-- ?$"
    r"|(?:on|le|am|den|ma|ti|ke|to|pe|la|su|mån|tis|ons|tors|fre|lör|sön)\b.{0,200}"
    r"(?:wrote|kirjoitti|skrev|a écrit|schrieb)[^:]{0,80}:\s*$"
    r"|.{0,200}\b(?:kirjoitti|wrote|skrev)(?: viestin| näin)?[^:]{0,60}:\s*$"
    r"|(?:lähetetty|skickat från|sent from)\b.{0,60}$)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?m)^-- ?$")
_GREETING = re.compile(
    r"hei|moi|terve|hyvää (?:päivää|huomenta|iltaa)|hej|hello|hi|good (?:morning|afternoon)"
    r"|(?:ystävällisin |parhain |terveisin|lämpimin )*terveisin|terv|t|yt|ystävällisesti|kiitos"
    r"|kiitos kutsusta|(?:med )?vänlig(?:a|en)? ?(?:hälsning(?:ar)?)?|mvh|hälsningar|tack"
    r"|(?:best |kind |warm )*regards|br|sincerely|yours|thanks|thank you|cheers"
    r"|(?:lähetetty|skickat från|sent from|hanki outlook|get outlook)\b.{0,60}"
    r"|(?:when|where|milloin|missä|när|var|plats|paikka|aika)\s*:.{0,200}"
    r"|[+0-9][0-9 ()\-]{5,20}|\S+@\S+|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_HTML_QUOTE = re.compile(
    r"<blockquote|<div[^<>]{0,200}(?:gmail_quote|divRplyFwdMsg|moz-cite-prefix|appendonsend)",
    re.IGNORECASE,
)
_BREAKING = ("br", "p", "/p", "div", "/div", "tr", "li")

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


def own_words(text: str) -> str:
    """Return what stands above the quoted letter and the signature, at most 2,000 characters."""
    kept: list[str] = []
    for line in text[: 10 * _LONGEST].splitlines():
        if _QUOTE.match(line.strip()[:400]) and (any(map(str.strip, kept)) or line[:1] == ">"):
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()[:_LONGEST]


def added_words(text: str) -> str:
    """Return a writer's own words besides an answer that is clear without them.

    '' where they are but a greeting and what programs add: what else there is, a person reads.
    """
    said = _SIGNATURE.split(own_words(text))[0].strip()
    lines = [line.strip(" *_,.!") for line in said.splitlines()]
    return "" if all(not line or _GREETING.fullmatch(line) for line in lines) else said


def guess_answer(text: str) -> str:
    """Return what free text seems to say: a key of Vastaus, ``unsubscribe``, or '' (no idea).

    Text that seems to say two things is nobody's to guess, but that a no outweighs a yes in it.
    """
    small = " ".join(text.casefold().split())[:_LONGEST].replace("’", "'")
    said = [key for key, pattern in _GUESSES if pattern.search(small)]
    if not said:
        return ""
    if said[0] == "not_coming" and "maybe" in said:
        return "maybe" if "en tiedä" in small or "not sure" in small else ""
    return said[0]


def html_to_text(page: str) -> str:
    """Return the text of an HTML page above what it quotes; in linear time, whatever it is."""
    if found := _HTML_QUOTE.search(page):
        page = page[: found.start()]
    pieces: list[str] = []
    silent = ""
    for piece in page[: 50 * _LONGEST].split("<"):
        tag, closed, text = piece.partition(">")
        if not pieces and not closed:
            pieces.append(piece)
            continue
        name = tag[:30].split(None, 1)[0].lower().rstrip("/") if tag.strip() else ""
        if silent:
            silent = "" if name == f"/{silent}" else silent
            continue
        if name in ("style", "script", "head", "title"):
            silent = name
            continue
        pieces.append(("\n" if name in _BREAKING else "") + text)
    return html.unescape("".join(pieces)).replace("\xa0", " ").strip()

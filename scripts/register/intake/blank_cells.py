"""Cells that only say that there is no value: "-", "ei tiedossa", "valitaan myöhemmin"."""

import re

_NOTHING = re.compile(
    r"[\s\-–—_.*/?()]+"
    r"|\(?(?:(?:ei(?: ole)?(?: vielä)? )(?:tiedossa|tietoa|ilmoitettu|sähköpostia|s-postia"
    r"|puhelinta|numeroa|osoitetta|yhteyshenkilöä|yhteystietoja|tiedetä|mitään|valittu|nimetty"
    r"|käytössä|muistu)(?: vielä)?"
    r"|ei ole|en muista|anonyymi|anonymous|anonym|(?:\w+ )?puuttuu|avoin"
    r"|avoinna|vapaa|ei"
    r"|(?:valitaan|nimetään|ilmoitetaan|täydennetään|täytetään|lisätään|selviää|vahvistuu)"
    r"(?: myöhemmin| syksyllä| keväällä| vuosikokouksessa)?|haussa|tulossa|tba|tbc|tbd"
    r"|(?:utses|väljs|meddelas|kompletteras) (?:senare|på årsmötet)|to be (?:announced|confirmed)"
    r"|ingen(?: (?:e-post|telefon|uppgift|kontaktperson))?|saknas|inget|finns (?:ej|inte)"
    r"|vakant|ej (?:känd|känt)"
    r"|okänd|okänt|none|no (?:e-?mail|phone|contact(?: person)?)|n/?a|not known|unknown|vacant"
    r"|missing|null|nan"
    r"|\#(?:n/a|puuttuu|\#+|[^\W\d]+(?:/0)?[!?])|(?:err|virhe|fel):\d{3})\)?[.!]?",
    re.IGNORECASE,
)


def says_nothing(cell: str) -> bool:
    """Whether a cell only says that there is no value: "-", "?", "ei sähköpostia".

    An X.500 address of Exchange ("/o=…") counts too: no mail reaches it.
    """
    return cell.startswith("/o=") or (len(cell) < 40 and bool(_NOTHING.fullmatch(cell.strip())))

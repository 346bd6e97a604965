"""The party behind an elected person's post ("Kansanedustaja (sd.)"), and the body before it."""

import re

_BEHIND = re.compile(r"(?P<post>[^()]*[^()\s])\s*\((?P<party>[^()\d]{1,12})\)(?P<more>[^()]*)")
_BODY = re.compile(
    r"(?P<stem>(?:kaupungin|kunnan|alue|maakunta|maakunnan)(?:valtuusto|hallitukse)"
    r"|(?:[^\W\d_][^\d(),;]{0,60})?lautakunna)n (?P<post>.+)",
    re.IGNORECASE,
)
_PARTIES = {
    **dict.fromkeys(("sd", "sdp", "demarit"), "SDP"),
    **dict.fromkeys(("kok", "saml", "kokoomus", "samlingspartiet"), "KOK"),
    **dict.fromkeys(("kesk", "cent", "keskusta", "centern"), "KESK"),
    **dict.fromkeys(("ps", "saf", "perussuomalaiset", "sannfinländarna"), "PS"),
    **dict.fromkeys(("vihr", "gröna", "vihreät", "greens"), "VIHR"),
    **dict.fromkeys(("vas", "vänst", "vasemmistoliitto", "vänsterförbundet"), "VAS"),
    **dict.fromkeys(("r", "rkp", "sfp"), "RKP"),
    **dict.fromkeys(("kd", "skd"), "KD"),
    **dict.fromkeys(("liik", "rör"), "LIIK"),
}
"""As the parliament abbreviates them in Finnish and Swedish, and as the election files do."""


def party_named(word: str) -> str:
    """Return the short name of the party that a word is, '' for none."""
    return _PARTIES.get(word.casefold().strip(" .()")[:20], "")


def split_party(cell: str) -> tuple[str, str]:
    """Return a post without its party, and the party's short name; '' for none."""
    found = _BEHIND.fullmatch(cell.strip()[:200])
    party = _PARTIES.get(found["party"].casefold().strip(" ."), "") if found else ""
    return (f"{found['post']}{found['more']}", party) if found and party else (cell, "")


def split_body(cell: str) -> tuple[str, str]:
    """Return an elected person's post and its body: "kaupunginvaltuuston jäsen"; '' for no body."""
    found = _BODY.fullmatch(cell.strip()[:200])
    if not found:
        return cell, ""
    stem = re.sub("hallitukse$", "hallitus", found["stem"])
    return found["post"], re.sub("lautakunna$", "lautakunta", stem)

"""What a template's writer has left to be filled in: no reader shall ever see it.

Every mail merge has a way of its own to write a field; a template that was copied from another one
shows them. Only Jinja's own ``{{ … }}`` is filled here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WORD = (
    r"nim\w*|etunim\w*|sukunim\w*|osoite|päiv\w*|pvm|kello\w*|aika|paik\w*|aihe|linkki|teksti|tähän"
    r"|täydennä|lisää|kirjoita|järjestö\w*|yhdistys\w*|organisaatio\w*|vastaanottaja|allekirjoitus"
    r"|namn\w*|förnamn\w*|efternamn\w*|adress|datum|klockslag|plats|ort|ämne|länk|här|fyll i|skriv"
    r"|organisation|förening\w*|mottagare|underskrift|\w*name\w*|address|date|time|place|venue|here"
    r"|insert\w*|your|fill in|recipient|signature|subject|link|text|tbd|todo|xx+|\.\.\.|…"
)
_FIELD = r"[A-Za-zÅÄÖåäö_][\w .\-]{0,40}"
_LEFTOVERS = re.compile(
    "|".join(
        (
            r"\{\{\s*\}\}",
            rf"[$#]?\{{{{?\s*{_FIELD}\s*\}}?\}}",
            rf"<<\s*{_FIELD}\s*>>|«\s*{_FIELD}\s*»",
            rf"(?i:<(?:{_WORD})(?: [^<>\n]{{0,40}})?>)",
            rf"%{_FIELD}%|%%{_FIELD}%%|\*\|{_FIELD}\|\*|@@{_FIELD}@@|#[A-ZÅÄÖ_]{{3,40}}#",
            rf"\[\[\s*{_FIELD}\s*\]\]",
            r"\[(?=[^\]\n]*[A-ZÅÄÖ]{2})[A-ZÅÄÖ0-9 _,.:/\-]{3,60}\](?![(\[:])",
            rf"(?i:\[[^\[\]\n]{{0,30}}(?<!\w)(?:{_WORD})(?!\w)[^\[\]\n]{{0,30}}\])(?![(\[:])",
            r"(?<!\w)[Xx]{3,}(?!\w)|(?<!\w)(?:[Xx]{1,2}[.:]){1,2}[Xx]{1,4}(?!\w)",
            r"(?<=\S)[ \t]*_{4,}|_{4,}(?=[ \t]*\S)",
            r"\b[Ll]orem\b|\bipsum dolor\b|\bdolor sit amet\b|\bTODO\b|\bTBD\b|\bFIXME\b",
            r"\b(?:kirjoita|lisää|täydennä) tähän\b|\b(?:skriv|fyll i) här\b|\binsert here\b",
        )
    )
)


def leftovers(source: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield ``(line, text)`` of what was left to be filled in, outside of Jinja's own tags."""
    plain = _JINJA.sub(_blanked, source)
    for found in _LEFTOVERS.finditer(plain):
        yield first_line + plain.count("\n", 0, found.start()), found[0].strip()


def is_empty(source: str) -> bool:
    """Whether a template says nothing: blank but for comments and rules."""
    return not re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL).strip(" \t\r\n-_*\u200b\ufeff")


def _blanked(tag: re.Match[str]) -> str:
    """Return a tag's place with its line breaks; an empty one is left, for nothing fills it."""
    if tag[0].startswith("{{") and not tag[0].strip("{} \n"):
        return tag[0]
    return re.sub(r"[^\n]", " ", tag[0])

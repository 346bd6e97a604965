"""What stands where a name is not known: "Ei tiedossa", "N.N.", "puheenjohtaja", "-" are no names.

Two rows with such a name are two vacant or unknown posts, never one person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from register.fields.person_name import key

_UNKNOWN = frozenset(
    (
        *("ei", "tiedossa", "tiedetä", "tietoa", "tuntematon", "tuntemattomia", "nimi", "nimeä"),
        *("puuttuu", "puuttuva", "nimetön", "nimeämättä", "nimetään", "avoin", "avoinna", "vapaa"),
        *(
            "paikka",
            "kuka",
            "joku",
            "täytetään",
            "myöhemmin",
            "ilmoitetaan",
            "valitaan",
            "anonyymi",
        ),
        *("okänd", "okänt", "vakant", "vakans", "namn", "saknas", "ej", "känd", "ingen", "utses"),
        *("ledig", "öppen", "namnlös", "anonym", "senare", "meddelas", "uppgift"),
        *("unknown", "vacant", "vacancy", "none", "name", "missing", "tba", "tbd", "tbc", "na"),
        *("anonymous", "nobody", "someone", "not", "known", "null", "nomen"),
        *("nescio",),
    )
)
_POSTS = frozenset(
    (
        *("puheenjohtaja", "varapuheenjohtaja", "pj", "vpj", "sihteeri", "rahastonhoitaja"),
        *("jäsensihteeri", "toiminnanjohtaja", "yhteyshenkilö", "koordinaattori", "jäsen"),
        *("varajäsen", "taloudenhoitaja", "hallitus", "toimisto", "vastaava", "johtaja"),
        *("yhdistyksen", "seuran", "järjestön", "hallituksen", "kerhon", "osaston", "säätiön"),
        *("ordförande", "viceordförande", "sekreterare", "kassör", "kontaktperson", "styrelsen"),
        *("styrelse", "medlem", "föreningens", "klubbens", "verksamhetsledare", "kansli"),
        *("chair", "chairperson", "secretary", "treasurer", "contact", "person", "coordinator"),
        *("board", "member", "office", "uusi", "ny", "new"),
    )
)
_SIGN = re.compile(r"(?:n|x|y|nn|xx+|yy+)")


@lru_cache(maxsize=1 << 16)
def is_placeholder(first: str, last: str) -> bool:
    """Whether what stands in the two cells of a name names nobody; blank cells do not tell."""
    text = f"{first} {last}".strip()
    if not text:
        return False
    words = key(text).split()
    if not words:
        return True
    if all(_SIGN.fullmatch(word) for word in words):
        return len(set(words)) == 1
    return all(word in _UNKNOWN or word in _POSTS for word in words)

"""What stands where a name is not known: "Ei tiedossa", "N.N.", "puheenjohtaja", "-" are no names.

Two rows with such a name are two vacant or unknown posts, never one person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from register.values.office_words import names_post
from register.values.person_name import person_key

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
        *("nescio", "no", "new", "person", "henkilö", "ihminen", "vakanssi", "toimisto", "kansli"),
        *("office",),
    )
)
_SIGN = re.compile(r"(?:n|x|y|nn|xx+|yy+)")


@lru_cache(maxsize=1 << 16)
def is_placeholder(first: str, last: str) -> bool:
    """Whether what stands in the two cells of a name names nobody; blank cells do not tell."""
    text = f"{first} {last}".strip()
    if not text:
        return False
    words = person_key(text).split()
    if not words:
        return True
    if all(_SIGN.fullmatch(word) for word in words):
        return len(set(words)) == 1
    return names_post(tuple(word for word in words if word not in _UNKNOWN))

"""Which days suit, as people say it in three languages; and what only a person can judge."""

from __future__ import annotations

from datetime import date

import pytest

from register.replies.day_answers import resolve_days
from register.replies.day_words import read_day_words

DAYS = (date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 16))
CLEAR = {
    "ma ja ke käy": "+?+", "tiistai ei käy": "?-?", "kaikki käyvät": "+++", "Ma ja ke.": "+?+",
    "Hei,\n\nma ja ke käy.\n\nTerveisin\nMaija Malli\nToimisto avoinna ma-pe 9-16": "+?+",
    "ma käy, ti ei, ke käy": "+-+", "Pääsen maanantaina ja keskiviikkona, en tiistaina": "+-+",
    "en pääse ma enkä ti": "--?", "mikään ei käy": "---", "kaikki paitsi ti": "+-+",
    "kaikki muut paitsi ti ja ke käyvät": "+--", "vain ke käy": "--+", "Pääsen vain ma ja ke": "+-+",
    "ti ei käy, muut käyvät": "+-+", "Kaikki käyvät, paitsi ti": "+-+", "Ma ok\nti ei\nke ok": "+-+",
    "14.12. ja 16.12. käy": "+?+", "Ma 14.12. käy, ti 15.12. ei": "+-?", "14. ja 16. käy": "+?+",
    "Käy 14.12. Ti ei käy.": "+-?", "Ma kyllä, ti ei": "+-?", "No ma käy": "+??", "Sopii 2026-12-14": "+??",
    "En pääse maanantaina, tiistaina enkä\nkeskiviikkona": "---", "ma tai ti kävisi": "++?",
    "Minulle sopivat maanantai ja keskiviikko, kiitos!": "+?+", "ti EI": "?-?", "ma 14.12.26 sopii": "+??",
    "må och ons passar": "+?+", "tisdag passar inte": "?-?", "inte tisdag": "?-?", "alla passar": "+++",
    "Ingen dag passar": "---", "alla utom tisdag": "+-+", "måndag ja, tisdag nej": "+-?",
    "Måndag går bra, onsdag går inte": "+?-", "bara onsdag": "--+", "Kan onsdagen den 16.12.": "??+",
    "Monday and Wednesday are fine": "+?+", "not Tuesday": "?-?", "Tuesday doesn't work": "?-?",
    "No day suits": "---", "All days suit me": "+++", "Not Monday or Tuesday": "--?", "Tuesday no": "?-?", "Wednesday does not suit": "??-",
    "I can do Monday and Wednesday": "+?+", "Monday works for me, Tuesday doesn't.": "+-?",
    "any day is fine": "+++", "everything except Wed": "????", "all except Wed": "++-", "Ma käy\n\nSent from my iPhone\n040 123 4567": "+??",
}  # fmt: skip
"""What each says of Monday, Tuesday and Wednesday."""

UNCLEAR = (
    "ma käy jos lapsi nukkuu", "ma-ke käy", "ehkä ma", "käykö ma?", "ma klo 18 jälkeen", "ei käy", "ok",
    "Tiistaiksi en ehdi, ma käy", "Kaikki eivät käy", "Monday to Wednesday works", "en måndag passar",
    "jag är fri måndag", "kan måndag inte tisdag", "ma ei huono", "Ma käy, mutta tulen vasta kuudelta",
    "pe käy paitsi ti", "Ma käy. Emme ehdi tiistaiksi.", "from Monday to Thursday", "14.-16.12. käy",
    "Ma käy ja ma ei käy", "Kaikki käyvät, ti ei", "vain ti ei käy", "No Monday please", "pe käy", "12. käy",
    "ti 14.12. käy", "molemmat käyvät", "", "Mon 99.99. is fine", "från måndag till onsdag", "13.12. käy",
    "If I must, Monday", "Ma käy mutta ke paremmin", "1" * 5000, "ma " * 600 + "ei ti", ",;.!?-–()" * 200,
)  # fmt: skip


def meant(text):
    found = read_day_words(text, {"maija", "malli"})
    said = resolve_days(found.said, DAYS) if found.clear else None
    return "".join({True: "+", False: "-", None: "?"}[(said or {}).get(one)] for one in DAYS), found


@pytest.mark.parametrize(("text", "wanted"), CLEAR.items())
def test_what_is_said_beyond_doubt(text, wanted):
    shown, found = meant(text)
    assert shown == wanted[:3]
    assert wanted == "????" or not found.added


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_a_person_must_judge(text):
    assert meant(text)[0] == "???"


def test_what_else_is_said_is_read_by_a_person_and_the_days_count():
    for text in ("Kiva kun järjestätte tämän meille! Ma ja ke käy.", "Ma, ke. Onko siellä hissi?"):
        shown, found = meant(text)
        assert (shown, found.added) == ("+?+", True)


def test_both_are_two_days():
    assert resolve_days((("both", True),), DAYS[:2]) == dict.fromkeys(DAYS[:2], True)

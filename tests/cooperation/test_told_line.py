"""A sentence about somebody who is known tells of a matter without a colon, in three languages."""

from datetime import date

import pytest

from register.cooperation.cases import cooperation_cases
from register.cooperation.matter_lines import cooperation_rows, matter_lines
from register.words.sentences import Sentences
from tests.making import book

MONDAY = date(2026, 11, 30)
NAMES = (("Mikko", "Immonen"), ("Satu", "Peltola"), ("John", "Brown"), ("Anna", "Forsman"))
KNOWN = {
    "organisations": [{"id": "O-0QXJF", "name": "Kaislan Apu ry"}],
    "people": [
        {"id": row_id, "first": first, "last": last, "org": "Kaislan Apu ry · O-0QXJF"}
        for row_id, (first, last) in zip(
            ("H-0QXJF", "H-C30J9", "H-MYRB1", "H-0JCDN"), NAMES, strict=True
        )
    ],
}


def lines(text, today=MONDAY):
    there = book(inbox=[{"id": "S-0QXJF", "text": text}], **KNOWN)
    return [entry.line for told in matter_lines(there, today) for entry in told.entries]


@pytest.mark.parametrize(
    ("text", "on", "who", "what", "agreed", "steps", "due"),
    [
        ("Eilen tapasin Mikko Immosen Sipoosta, sovittiin tila, soitan ensi viikolla", "2026-11-29", "Mikko Immonen", "sovittiin tila", "", "soitan ensi viikolla", "2026-12-11"),
        ("Muista kiittää Satu Peltolaa vinkistä", "2026-11-30", "Satu Peltola", "Muista kiittää Satu Peltolaa vinkistä", "", "Muista kiittää Satu Peltolaa vinkistä", ""),
        ("ensi viikolla soita Satu Peltolalle, avustukset", "2026-11-30", "Satu Peltola", "avustukset", "", "ensi viikolla soita Satu Peltolalle", "2026-12-11"),
        ("Met John Brown yesterday, promised to translate the leaflet, call him next week", "2026-11-29", "John Brown", "promised to translate the leaflet", "", "call him next week", "2026-12-11"),
        ("Träffade Anna Forsman igår, tältet, hon lovade låna det", "2026-11-29", "Anna Forsman", "tältet", "", "hon lovade låna det", ""),
        ("Soitin Satu Peltolalle 27.11.", "2026-11-27", "Satu Peltola", "Soitin Satu Peltolalle", "", "", ""),
        ("Satu Peltolan syntymäpäivä 3.3., muista onnitella", "2026-11-30", "Satu Peltola", "Satu Peltolan syntymäpäivä 3.3.", "", "Satu Peltolan syntymäpäivä 3.3., muista onnitella", "2027-03-03"),
        ("Anna Forsman kommer 14.1. med två vänner", "2026-11-30", "Anna Forsman", "Anna Forsman kommer 14.1. med två vänner", "", "Anna Forsman kommer 14.1. med två vänner", "2027-01-14"),
        ("Tapasin Satu Peltolan 14.1., sovittiin tila", "2026-01-14", "Satu Peltola", "sovittiin tila", "", "", ""),
        ("Satu Peltola tuli 12.6. mukaan", "2026-06-12", "Satu Peltola", "tuli mukaan", "", "", ""),
        ("Lupasin Satu Peltolalle pöydän messuilta, varmista 10.12. mennessä", "2026-11-30", "Satu Peltola", "Lupasin Satu Peltolalle pöydän messuilta", "", "varmista 10.12. mennessä", "2026-12-10"),
        ("Zoom-palaveri: Satu Peltola. Tila varattu, Satu kirjoittaa luonnoksen 15.12. mennessä", "2026-11-30", "Satu Peltola", "Tila varattu", "", "Satu kirjoittaa luonnoksen 15.12. mennessä", "2026-12-15"),
        ("soitin satu peltolalle, lupasi keittiön kevätjuhlaan", "2026-11-30", "Satu Peltola", "lupasi keittiön kevätjuhlaan", "", "lupasi keittiön kevätjuhlaan", ""),
        ("Satu Peltola jää opintovapaalle tammikuussa, soitan 5.12.", "2026-11-30", "Satu Peltola", "jää opintovapaalle tammikuussa", "", "soitan 5.12.", "2026-12-05"),
        ("12.10. Mikko Immosen kanssa, leiri, soitetaan ensi viikolla", "2026-10-12", "Mikko Immonen", "leiri", "", "soitetaan ensi viikolla", "2026-10-23"),
    ],
)  # fmt: skip
def test_it_is_read_around_the_name(text, on, who, what, agreed, steps, due):
    (line,) = lines(text)
    (matter,) = line.matters
    assert (line.date, line.parties) == (on, (who,))
    assert (matter.matter, matter.agreed, matter.next, matter.due) == (what, agreed, steps, due)


@pytest.mark.parametrize(
    "text",
    [
        "Satu Peltola ei halua enää kutsuja",
        "korjaus: Anna Forsman on sihteeri, ei koordinaattori",
        "Anna Forsman slutar vid årsskiftet",
        "Eilen tapasin Olli Kosken, sovittiin tila",
        "Mikko Immonen lupasi tilan, mikko@sipoo.example",
        "Kaislan Apu ry: uusi osoite info@kaisla.example",
        "Satu Peltola: eläkkeelle vuoden lopussa",
        "Satu Peltola: föräldraledig till augusti",
        "Satu Peltola äitiyslomalla maaliskuuhun",
        "",
    ],
)
def test_what_tells_of_no_matter_of_one_is_left_to_other_questions(text):
    assert lines(text) == []


def test_yesterday_goes_on_meaning_the_day_that_it_was_when_it_was_first_asked_about():
    inbox = [{"id": "S-0QXJF", "text": "Eilen tapasin Mikko Immosen, leiri, soitan ensi viikolla"}]
    say = Sentences("fi")
    (first,) = cooperation_cases(book(inbox=inbox, **KNOWN), MONDAY, say)
    asked = [{"id": first.id, "suggestion": first.proposal}]
    later = book(inbox=inbox, review=asked, **KNOWN)
    (again,) = cooperation_cases(later, date(2026, 12, 10), say)
    assert again.id == first.id and again.proposal == first.proposal
    assert "Pvm: 29.11.2026" in first.proposal and "Määräpäivä: 11.12.2026" in first.proposal
    assert again.choices == first.choices


def test_a_line_that_begins_with_a_day_that_there_is_not_gets_no_other_day():
    (line,) = lines("32.11. Mikko Immonen: hakemus, palataan")
    assert line.date == "" and not line.dated


def told(text):
    """Return (with whom, what comes next, by when) of each matter of a text."""
    return [
        (line.parties, matter.next, matter.due) for line in lines(text) for matter in line.matters
    ]


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("Anna Forsman lupasi esitteet torstaiksi ja minä lähetän listan 4.12., Satu Peltola varaa salin", [(("Anna Forsman",), "Anna Forsman lupasi esitteet torstaiksi", "2026-12-03"), (("Anna Forsman",), "minä lähetän listan 4.12.", "2026-12-04"), (("Satu Peltola",), "Satu Peltola varaa salin", "")]),
        ("Puhuttiin Satu Peltolan kanssa: 1) leiri keväällä 2) Satu lähettää hinnaston 11.12. mennessä 3) soitan tammikuussa", [(("Puhuttiin Satu Peltolan kanssa",), "", ""), (("Puhuttiin Satu Peltolan kanssa",), "Satu lähettää hinnaston 11.12. mennessä", "2026-12-11"), (("Puhuttiin Satu Peltolan kanssa",), "soitan tammikuussa", "2027-01-31")]),
        ("26.11. Mikko Immonen ja John Brown, lupasin heille oppaan", [(("Mikko Immonen", "John Brown"), "lupasin heille oppaan", "")]),
        ("Eilen tapasin Mikko Immosen ja Satu Peltolan, sovittiin tila", [(("Mikko Immonen", "Satu Peltola"), "", "")]),
        ("Tapasin Mikko Immosen 12.11.2026, soitan 5.12. ja lähetän listan tammikuussa", [(("Mikko Immonen",), "soitan 5.12.", "2026-12-05"), (("Mikko Immonen",), "lähetän listan tammikuussa", "2027-01-31")]),
        ("Satu Peltolan kanssa treffit 8.12. klo 10 kahvila Ainossa", [(("Satu Peltola",), "Satu Peltolan kanssa treffit 8.12. klo 10 kahvila Ainossa", "2026-12-08")]),
        ("Satu Peltola lupasi tilan", [(("Satu Peltola",), "Satu Peltola lupasi tilan", "")]),
        ("Satu Peltola lähetti laskun, maksa pe", [(("Satu Peltola",), "maksa pe", "2026-12-04")]),
        ("12.11. Satu Peltola: hanke, lähettää hinnaston 11.12., soitan 15.12.", [(("Satu Peltola",), "lähettää hinnaston 11.12.", "2026-12-11"), (("Satu Peltola",), "soitan 15.12.", "2026-12-15")]),
    ],
)  # fmt: skip
def test_each_promise_and_each_step_with_a_day_is_a_matter_of_its_own(text, matters):
    assert told(text) == matters


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("viime perjantaina Satu Peltola, sovittiin tila", "2026-11-27"),
        ("i fredags Anna Forsman, vi kom överens om tältet", "2026-11-27"),
        ("last Monday John Brown, agreed on the hall", "2026-11-23"),
    ],
)
def test_a_day_of_last_week_is_when_it_was(text, on):
    (line,) = lines(text)
    assert line.date == on


def test_a_note_of_a_meeting_names_those_present_first_and_its_decision_is_not_done():
    (line,) = lines("Zoom-palaveri: Mikko Immonen, Satu Peltola. Päätettiin yhteinen esite")
    assert line.parties == ("Mikko Immonen", "Satu Peltola")
    (matter,) = line.matters
    assert (matter.kind, matter.next, matter.is_open) == (
        *("meeting", "Päätettiin yhteinen esite", True),
    )


def test_what_was_promised_to_somebody_who_came_in_with_it_is_a_matter():
    text = "Lupasin Anneli Koskiselle (Kaislan Apu ry, anneli@kaisla.example) lähettää pohjat ensi viikolla"
    row = {"id": "S-0QXJF", "name": "Anneli Koskinen", "text": text, "result": "uusi H-MYRB1"}
    new = {
        "id": "H-MYRB1",
        "first": "Anneli",
        "last": "Koskinen",
        "added_on": "2026-11-30",
        "org": "Kaislan Apu ry · O-0QXJF",
    }
    there = book(inbox=[row], organisations=KNOWN["organisations"], people=[new])
    (told,) = matter_lines(there, MONDAY)
    ((matter,),) = (entry.line.matters for entry in told.entries)
    assert matter.due == "2026-12-11"
    changes = cooperation_rows(there, told, "", MONDAY)
    assert changes[-1].after.startswith("uusi H-MYRB1, uusi Y-")
    assert not list(matter_lines(there.with_changes(changes), MONDAY))
    assert not list(matter_lines(there, date(2027, 1, 30)))

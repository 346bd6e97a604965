"""Letters in three languages, hostile fields that stay text, and faults that stop everything."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st

from register.book.errors import UsageError
from register.letters import sandbox
from register.letters.audience import audience
from register.letters.draft import MAX_FAULTS, render_letters
from tests.letters.correspondence import (
    AMINA,
    ESPOO,
    MAIJA,
    MAILING,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    T,
    meeting,
    named,
    organisation,
    person,
    register,
    three_languages,
)

HEAD = "---\nsubject: {{ meeting.name }}\npreheader: x\nfrom-name: y\n---\n"


def written(book, templates=TEMPLATES, sender=SENDER):
    who = audience(book, T, NOW.date())
    return {
        draft.recipient.person: draft
        for draft in render_letters(book, who.meeting, who.invited, templates, sender, MAILING)
    }


def with_body(body, head=HEAD):
    """The templates with another Finnish invitation."""
    return {**TEMPLATES, "invitation.fi.md.j2": head + body}


def only(book, body, head=HEAD, sender=SENDER):
    """The one letter of a book, from this template."""
    (draft,) = written(book, with_body(body, head), sender).values()
    return draft


class Seen(HTMLParser):
    """The elements, links and words of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for key, value in attrs if key in ("href", "src")]

    def handle_data(self, data):
        self.words.append(data)


SAYS = {
    MAIJA: (
        "Kutsu: Syystapaaminen, 3.12.2026",
        [
            "Hei Maija!",
            "torstai 3.12.2026 klo 17.30–19.30",
            "Kulttuurikeskus",
            "Vastaathan torstaihin 26.11.2026 mennessä.",
            "vastaamalla tähän viestiin",
            "ei kutsuja",
            "Tietojesi lähde: Järjestömessut 2026.",
            "oikeutetun edun",
            "vastustaa",
            "Espoon",
            "tietosuojaselosteesta: https://example.org/tietosuoja",
            "Espoon Kylät ry on mukana",
        ],
    ),
    NILS: (
        "Inbjudan: Syystapaaminen, 3.12.2026",
        [
            "Hej Nils!",
            "torsdag 3.12.2026 kl. 17.30–19.30",
            "Kulttuurikeskus",
            "i Esbo",
            "senast torsdagen den 26 november 2026",
            "svara på det här meddelandet",
            "inga inbjudningar",
            "Båtmässan",
            "med stöd av ditt samtycke",
            "invända mot",
        ],
    ),
    AMINA: (
        "Invitation: Syystapaaminen, 3 December 2026",
        [
            "Hello Amina,",
            "Thursday 3 December 2026, 17:30–19:30",
            "Kulttuurikeskus",
            "in Espoo",
            "by Thursday 26 November 2026",
            "reply to this message",
            "no invitations",
            "came from: Järjestömessut 2026.",
            "your public duty",
            "object to their use",
        ],
    ),
}


@pytest.mark.parametrize("who", SAYS)
def test_each_language_says_all(who):
    """Place, time, how and by when to answer, how to opt out, where the details came from."""
    letter = written(three_languages())[who]
    subject, sentences = SAYS[who]
    assert letter.subject == subject
    page = " ".join("".join(Seen(letter.html).words).split())
    for sentence in sentences:
        assert sentence in " ".join(letter.text.split())
        assert sentence.partition(": https")[0] in page


def test_hours_stay_on_one_line():
    for one in written(three_languages(start="17:30", end="19:30")).values():
        (hours,) = re.findall(r'<span style="white-space: nowrap">([^<]*)</span>', one.html)
        assert re.fullmatch("17[.:]30–19[.:]30", hours) and hours in one.text


def test_each_letter_is_in_its_own_language():
    """No sentence of one language strays into another's letter."""
    letters = written(three_languages())
    assert all("mennessä" not in letters[who].text for who in (NILS, AMINA))
    assert all("senast" not in letters[who].text for who in (MAIJA, AMINA))
    assert {re.search('lang="(..)"', letter.html)[1] for letter in letters.values()} == {
        "fi",
        "sv",
        "en",
    }


@pytest.mark.parametrize("kind", ["network_meeting", "training", "event", "seminar", "muu", ""])
@pytest.mark.parametrize("rsvp_by", ["", "2026-11-26"])
@pytest.mark.parametrize("url", ["", "https://meet.example.org/a?b=1&c=%402"])
def test_every_kind_of_meeting_can_be_written(kind, rsvp_by, url):
    """Optional cells may be empty: the letter says nothing of them, and nothing is left behind."""
    book = three_languages(kind=kind, rsvp_by=rsvp_by, url=url, end="", host=f"Nils · {NILS}")
    for letter in written(book).values():
        assert "None" not in letter.text + letter.html
        assert "{" not in letter.text
        assert "\n\n\n" not in letter.text
        assert letter.text.count("https://meet.example.org/") == bool(url)
        assert "Nils Berg" in letter.text


def test_a_shared_mailbox_is_greeted_as_such():
    """Both are named, and asked who of them comes."""
    book = register([person(), person(NILS, first="Nils", last="Berg")])
    (letter,) = written(book).values()
    assert re.search(r"Hei (Maija Meri ja Nils Berg|Nils Berg ja Maija Meri)!", letter.text)
    assert "yhteiseen postilaatikkoonne" in letter.text


def test_a_household_is_greeted_by_first_names():
    (letter,) = written(register([person(), person(NILS, first="Nils", last="Meri")])).values()
    assert re.search(r"Hei (Maija ja Nils|Nils ja Maija)!", letter.text)


def test_one_reader_is_not_told_of_a_shared_mailbox():
    """The sentence about sharing is only for those who share."""
    assert "postilaatikkoonne" not in written(register())[MAIJA].text


def test_a_vacant_post_greets_the_organisation():
    """No name, no first name: the association is greeted."""
    book = register([person(first="", last="")])
    assert "Hei, Espoon Kylät ry!" in written(book)[MAIJA].text


@pytest.mark.parametrize(("publish", "shown"), [("yes", "040 1234567"), ("no", None), ("", None)])
def test_the_hosts_phone(publish, shown):
    """A host's phone is only told where they let it be published."""
    host = person(
        NILS, first="Nils", last="Berg", phone="+358401234567", publish=publish, invite="no"
    )
    book = register([person(), host], meetings=[meeting(host=f"Nils Berg · {NILS}")])
    text = written(book)[MAIJA].text
    assert "Nils Berg" in text
    assert ("1234567" in text) == bool(shown)


HOSTILE = [
    "Matti {{ 7 * 7 }}",
    "{% include 'mail.html.j2' %}",
    "{{ ''.__class__.__mro__ }}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></body>",
    "[klikkaa](javascript:alert(1))",
    "![kuva](x)",
    "**lihava** _vino_ `koodi`",
    "# otsikko",
    "> lainaus",
    "- luettelo",
    "1. luettelo",
    "Matti ---",
    "&lt;b&gt; &amp; &#60;",
    "<javascript:alert(1)>",
    "a\\",
    "|a|b|",
    "~~a~~",
    '" onmouseover="alert(1)',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_field_is_text_wherever_it_stands(text):
    """Template, HTML and Markdown in a cell come out as they were typed, in text and in HTML."""
    plain = written(register())[MAIJA]
    book = register(
        [person(first=text)],
        meetings=[meeting(name=text, place=text)],
        organisations=[organisation(name=text)],
    )
    letter = written(book)[MAIJA]
    assert f"Hei {text}!" in letter.text
    assert f"Paikka: {text}\n" in letter.text
    assert text in letter.subject
    seen, before = Seen(letter.html), Seen(plain.html)
    assert seen.tags == before.tags
    assert [one.partition("?")[0] for one in seen.links] == [
        one.partition("?")[0] for one in before.links
    ]
    assert not any(set(one) & set('"<>{} ') for one in seen.links)
    assert f"Hei {text}!" in "".join(seen.words)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), max_size=60)
)
def test_any_place_leaves_the_page_as_it_is(place):
    """Whatever a place is called, the letter has the elements that it always has."""
    book = register(meetings=[meeting(place=f"x{place}x")])
    if "://" in place or "www" in place.lower():
        return
    letter = written(book)[MAIJA]
    assert Seen(letter.html).tags == Seen(written(register())[MAIJA].html).tags
    assert " ".join(f"x{place}x".split()) in letter.text


def test_line_breaks_in_a_field_are_spaces():
    """A field is one line; what follows a break begins no line of its own."""
    letter = only(
        register([person(role="a\n\n# b\r\nc\x0bd")]), "{{ person.first }}|{{ meeting.place }}"
    )
    assert letter.text == "Maija|Kulttuurikeskus\n"
    book = register(meetings=[meeting(place="a\n\n# b\r\nc")])
    assert only(book, "{{ meeting.place }}").text == "a # b c\n"


@pytest.mark.parametrize(
    "name", ["Kutsu\r\nBcc: x@paha.example", "a\nb", "a\x0bb", "a\x85b", "a\u2028b"]
)
def test_a_line_break_in_a_meetings_name_is_a_blank_and_ends_no_header(name):
    letter = written(register(meetings=[meeting(name=name)]))[MAIJA]
    assert " ".join(name.split()) in letter.subject and len(letter.subject.splitlines()) == 1


@pytest.mark.parametrize("name", ["a\u202eb", "a" * 300])
def test_a_subject_with_a_hidden_character_stops_all(name):
    """Nothing that could end a header reaches the mail; the error names the meeting and its cell."""
    with pytest.raises(UsageError) as stop:
        written(register(meetings=[meeting(name=name)]))
    (fault,) = stop.value.faults
    assert (fault[1]["column"], fault[1]["cell"][:1]) == ("Nimi", "a")
    assert stop.value.values["meeting"] == T


FAULTS = [
    ("an undefined name", "Hei\n{{ persom.first }}", 7, "persom"),
    ("an undefined field", "{{ person.shoe }}", 6, "shoe"),
    ("a field that is empty", "\n\n{{ host }}", 8, "empty"),
    ("syntax", "a\n{% if %}", 7, ""),
    ("an unknown filter", "a\n\n{{ person.first|shout }}", 8, "shout"),
    ("Jinja's safe", "{{ person.first|safe }}", 6, "safe"),
    ("a date of a text", "a\n{{ person.first|date }}", 7, "date"),
    ("a private attribute", "{{ person.__class__ }}", 6, "__class__"),
    ("a call", "{{ person.first.upper() }}", 6, "Call"),
    ("range", "{% for n in range(9) %}{% endfor %}", 6, "Call"),
    ("arithmetic", "{{ 'a' * 999999999 }}", 6, "Mul"),
    ("a power", "{{ 9 ** 9 ** 9 }}", 6, "Pow"),
    ("gluing", "{{ 'a' ~ 'b' }}", 6, "Concat"),
    ("a variable", "{% set a = 'b' %}", 6, "Assign"),
    ("a macro", "{% macro m() %}{% endmacro %}", 6, "Macro"),
    (
        "a loop in a loop",
        "{% for a in greeted %}\n{% for b in a %}x{% endfor %}{% endfor %}",
        7,
        "For",
    ),
    ("inheritance", "{% extends 'mail.html.j2' %}", 6, "Extends"),
    ("an import", "{% import 'mail.html.j2' as m %}", 6, "Import"),
    ("a file outside", "{% include '../pages/outbox.html.j2' %}", 6, "folder"),
    ("an absolute file", "{% include '/etc/passwd' %}", 6, "folder"),
    ("a file of a field", "a\n{% include person.first %}", 7, "folder"),
    (
        "a file in a loop",
        "{% for a in greeted %}{% include 'mail.html.j2' %}{% endfor %}",
        6,
        "Include",
    ),
    ("itself", "{% include 'invitation.fi.md.j2' %}", 6, "no other"),
    ("a link", "[a](https://paha.example/)", 6, "paha.example"),
    ("a link below a host", "[a](https://example.org/muu)", 6, "example.org/muu"),
    ("a bare link", "Katso www.paha.example nyt.", 6, "www.paha.example"),
    ("a far too long letter", "{{ sender.name }}" * 8000, 6, "more than"),
]


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [pytest.param(*case[1:], id=case[0]) for case in FAULTS],
)
def test_a_fault_names_letter_line_and_person(body, line, why):
    """Everything that a template must not do is refused where it stands."""
    with pytest.raises(UsageError) as stop:
        only(register(), body)
    (fault,) = stop.value.faults
    assert fault[1]["template"] == "invitation.fi.md.j2"
    assert fault[1]["line"] == line
    assert fault[1]["person"] == MAIJA
    assert why in fault[0].format(**fault[1])


ALLOWED = [
    ("a filter", "{{ person.first|upper }}", "MAIJA"),
    ("a loop", "{% for name in greeted %}{{ name }}.{% endfor %}", "Maija Meri."),
    ("a choice", "{{ 'a' if shared else 'b' }}", "b"),
    ("a default", "{{ person.shoe|default('38') }}", "38"),
    ("a list", "{% if meeting.kind in ('training', 'network_meeting') %}a{% endif %}", "a"),
    ("an include", "{% include 'terms.md.j2' %}", "Ehdot Maija"),
    (
        "the privacy notice",
        "[a](https://example.org/tietosuoja)",
        "a: https://example.org/tietosuoja",
    ),
    (
        "answers",
        "[a](mailto:vastaukset@example.org?subject=Tulen)",
        "a: vastaukset@example.org?subject=Tulen",
    ),
]


@pytest.mark.parametrize(
    ("body", "text"), [pytest.param(*case[1:], id=case[0]) for case in ALLOWED]
)
def test_what_a_template_may_do(body, text):
    """Fields, filters, choices, loops, files of the folder, links that the configuration allows."""
    templates = {**with_body(body), "terms.md.j2": "Ehdot {{ person.first }}"}
    assert written(register(), templates)[MAIJA].text.strip() == text


@pytest.mark.parametrize(
    ("allowed", "link", "ok"),
    [
        ("https://example.org/", "https://example.org/a/b", True),
        ("https://example.org/a", "https://example.org/a", True),
        ("https://example.org/a", "https://example.org/ab", False),
        ("https://example.org", "https://example.org.paha.example", False),
        ("https://", "https://paha.example", False),
        ("", "https://paha.example", False),
    ],
)
def test_allowed_links(allowed, link, ok):
    """An address that ends in a slash allows all below it, any other only itself."""
    sender = replace(SENDER, allowed_links=(allowed,))
    if ok:
        assert link in only(register(), f"[a]({link})", sender=sender).html
    else:
        with pytest.raises(UsageError, match="cannot be written"):
            only(register(), f"[a]({link})", sender=sender)


def test_a_letter_that_takes_too_long(monkeypatch):
    """Time is limited as well as size."""
    monkeypatch.setattr(sandbox, "MAX_RENDER_SECONDS", -1.0)
    with pytest.raises(UsageError) as stop:
        only(register(), "Hei")
    assert "seconds" in stop.value.faults[0][1]["why"]


ASLEEP = """
import os, signal, sys
from register.letters.sandbox import LetterEnvironment
def stop(value):
    os.kill(os.getpid(), signal.SIGSTOP)
    return value
letter = LetterEnvironment({}, {"stop": stop})
sys.stdout.write(letter.render("{{ name|stop }}, tervetuloa{% if name %}!{% endif %}", "x", {"name": "Maija"}))
print(letter.values)
"""


def test_a_computer_that_slept_blames_no_letter():
    """Stopped for longer than a letter may take: its processor's time is what is bound."""
    child = subprocess.Popen(
        [sys.executable, "-c", ASLEEP], stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    _, how = os.waitpid(child.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(how)
    time.sleep(sandbox.MAX_RENDER_SECONDS + 0.3)
    child.send_signal(signal.SIGCONT)
    said, _ = child.communicate(timeout=60)
    assert said.endswith(", tervetuloa!['Maija']\n") and child.returncode == 0


def test_a_letter_that_takes_the_processor(monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_RENDER_SECONDS", 0.05)

    def spin(value):
        until = time.thread_time() + 0.1
        while time.thread_time() < until:
            pass
        return value

    letter = sandbox.LetterEnvironment({}, {"spin": spin})
    with pytest.raises(sandbox.RenderLimitExceeded, match="seconds"):
        letter.render("{{ name|spin }}, hei{% if name %}!{% endif %}", "x", {"name": "Maija"})


def test_one_bad_letter_of_many_stops_all():
    """The person whose letter has the fault is named, not the one whose letter comes first."""
    body = "{% if person.first == 'Nils' %}{{ oops }}{% endif %}x"
    book = register([person(), person(NILS, first="Nils", email="nils@example.org")])
    with pytest.raises(UsageError) as stop:
        written(book, with_body(body))
    assert [fault[1]["person"] for fault in stop.value.faults] == [NILS]


def test_one_fault_of_many_letters_is_told_once():
    """A hundred people with the same fault are one line; different faults are all told."""
    people = [person(named("H", str(n)), email=f"h{n}@example.org") for n in range(30)]
    with pytest.raises(UsageError) as stop:
        written(register(people), with_body("{{ oops }}"))
    assert len(stop.value.faults) == 1
    people = [one | {"last": f"x{n}"} for n, one in enumerate(people)]
    with pytest.raises(UsageError) as stop:
        written(register(people), with_body("[a](https://paha.example/{{ person.last }})"))
    assert len(stop.value.faults) == MAX_FAULTS


def test_no_template_in_a_language():
    """A reader whose language has no letter stops all; nobody gets a letter in a wrong one."""
    without = {name: text for name, text in TEMPLATES.items() if ".sv." not in name}
    with pytest.raises(UsageError, match=r"invitation\.sv\.md\.j2"):
        written(three_languages(), without)
    assert MAIJA in written(register(), without)


@pytest.mark.parametrize(
    "head", ["", "---\nsubject: a\n---\n", "---\nsubject: a\npreheader: b\nfrom-name: c\n"]
)
def test_front_matter_is_needed(head):
    """Subject, preheader and sender's name are not guessed."""
    with pytest.raises(UsageError, match="must begin with"):
        only(register(), "Hei", head)


def test_a_fault_in_a_header_has_its_line():
    """Each line of the front matter is a small template of its own."""
    head = "---\nsubject: a\npreheader: {{ oops }}\nfrom-name: y\n---\n"
    with pytest.raises(UsageError) as stop:
        only(register(), "Hei", head)
    assert stop.value.faults[0][1]["line"] == 3


def test_a_fault_in_the_frame():
    """The frame's faults are named as the frame's."""
    with pytest.raises(UsageError, match=r"mail\.html\.j2"):
        written(register(), {**TEMPLATES, "mail.html.j2": "{{ oops }}"})


def test_another_kind_of_letter():
    """Kutsupohja chooses another template of the folder."""
    book = register(meetings=[meeting(template="Talkoot")])
    templates = {**TEMPLATES, "talkoot.fi.md.j2": HEAD + "Tule talkoisiin!"}
    assert written(book, templates)[MAIJA].text == "Tule talkoisiin!\n"
    with pytest.raises(UsageError, match="talkoot"):
        written(book)


def test_the_css_is_in_the_elements():
    """Mail programs that drop style sheets still show the letter; dark ones get their colours."""
    html = written(register())[MAIJA].html
    assert re.search(r'<p style="[^"]*line-height[^"]*">Hei Maija!', html)
    assert re.search(r'<a href="[^"]*" style="[^"]*color', html)
    assert "prefers-color-scheme: dark" in html
    assert "data-slot" not in html
    assert "@@" not in html
    assert not {"script", "img", "link"} & set(Seen(html).tags)


def test_of_a_source_with_a_link_the_site_alone_is_named():
    """Where the details came from is told in words, never as somebody's link."""
    letter = written(register([person(source="https://paha.example/klikkaa?a=1")]))[MAIJA]
    assert "Tietojesi lähde: sivusto paha.example." in letter.text
    for text in (letter.text, letter.html):
        assert "//paha" not in text and "klikkaa" not in text
    letter = written(register([person(source="katso https://paha.example")]))[MAIJA]
    assert "paha" not in letter.text and "Kerromme pyynnöstä" in letter.text
    assert ESPOO not in text


def test_answers_are_buttons():
    """Links that stand alone in a paragraph are; the text has each with its address in a line."""
    (found,) = re.findall(
        r"<p [^>]*>((?:<a [^>]*class=.answer.[^>]*>[^<]*</a> ?)+)</p>", one_html()
    )
    assert re.sub(r"<[^>]*>", "", found).split(" ", 2) == ["Tulossa", "Ehkä", "En pääse"]
    letter = only(register(), "[a]({{ answer.coming }}) · [b]({{ answer.maybe }})")
    a, b = letter.text.splitlines()
    assert a.startswith("a <mailto:vastaukset@example.org?subject=Tulossa") and a.endswith(">")
    assert b.startswith("b <mailto:vastaukset@example.org?subject=Ehk") and b.endswith(">")
    assert only(register(), "**[a]({{ answer.yes }})**").html.count('class="answer"') == 1


@pytest.mark.parametrize(
    "body",
    [
        "[a]({{ answer.coming }})",
        "Vastaa [a]({{ answer.coming }}) · [b]({{ answer.maybe }})",
        "- [a]({{ answer.coming }}) tai\n- [b]({{ answer.maybe }})",
        "x\n\n---\n\n[a]({{ answer.coming }}) · [b]({{ answer.maybe }})",
    ],
)
def test_other_links_are_not(body):
    assert 'class="answer"' not in only(register(), body).html


def test_a_frame_of_ones_own_that_knows_no_buttons():
    """Its links stay links, with the dots between them."""
    own = re.sub(r"\.letter a\.answer \{[^}]*\}", "", TEMPLATES["mail.html.j2"])
    (draft,) = written(register(), {**TEMPLATES, "mail.html.j2": own}).values()
    assert 'class="answer"' not in draft.html
    assert re.search(r">Tulossa</a> · <a ", draft.html)


def test_an_included_file_ends_its_paragraph():
    """As its empty line says, and not the tag that includes it."""
    assert re.search(r"En pääse <mailto:\S+>\n\nJos ajankohta", written(register())[MAIJA].text)


def one_html():
    return written(register())[MAIJA].html

"""Every kind of letter in every language: whole, readable, in one language, with its own links."""

from __future__ import annotations

import re
from datetime import date, time
from html import unescape
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from register.letters.audience import audience
from register.letters.campaign import Mailing, campaign_name
from register.letters.draft import render_letters
from register.letters.kinds import LETTER_KINDS
from register.letters.meeting import read_meeting
from register.letters.reasons import SHORT_REASONS
from tests.letters.correspondence import (
    AMINA,
    FOLDER,
    MAIJA,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    three_languages,
)

WHO = {"fi": MAIJA, "sv": NILS, "en": AMINA}
MATTERS = [
    SimpleNamespace(matter="Yhteinen tila", organisation="Kylät ry", next="soita", due=NOW.date()),
    SimpleNamespace(matter="Retki", organisation="", next="", due=None),
]
URGENT = [
    SimpleNamespace(
        message="Puhelin 123?", link="https://docs.google.com/x/edit#gid=7&range=A3", row="3"
    ),
    SimpleNamespace(message="Kunta *Esppo*?", link="", row="4"),
]
CHANGED = {
    "changed": SimpleNamespace(name=False, time=True, place=True, url=False),
    "before": SimpleNamespace(name="", date=date(2026, 12, 1), start=time(18), place="Kirjasto"),
}
WORDS = SimpleNamespace(
    subject="Messut 2027", before="PTV 7.1.", after="", language="", lists_meetings=False,
    attachments=(), links=(),
)  # fmt: skip
FIELDS = {
    "invitation": [{}],
    "details": [{}],
    "letter": [{"words": WORDS}],
    "poll": [{}],
    "poll-reminder": [{}],
    "poll-cancellation": [{}],
    "reminder": [{}],
    "change": [
        CHANGED,
        {**CHANGED, "changed": SimpleNamespace(name=True, time=False, place=False, url=True)},
    ],
    "cancellation": [{}],
    "thanks": [{}],
    "receipt": [
        {"given": one, "party": party}
        for one in ("coming", "placed", "maybe", "waitlisted", "not_coming")
        for party in (1, 2)
    ],
    "unsubscribed": [
        *({"scope": one, "topic": ""} for one in ("all", "invitations", "letters", "reminders")),
        {"scope": "topic", "topic": "PTV"},
    ],
    "digest": [
        {"matters": MATTERS, "urgent": URGENT, "questions": 7, "silent": 0},
        {"matters": [], "urgent": [], "questions": 0, "silent": 4},
    ],
    "freshness": [{"details": [SimpleNamespace(label="Puhelin", value="040 1234567")]}],
    "notice": [{}],
    "follow-up": [{"event": "Messut", "note": "hanke"}, {"event": "Messut", "note": ""}],
}
ALONE = frozenset(("letter", "digest", "freshness", "follow-up", "notice", "unsubscribed"))
"""Kinds that are not about a meeting."""

STRAYS = {
    "fi": re.compile(r"\b(och|inte|the|you|är)\b"),
    "sv": re.compile(r"\b(ja|ei|the|you|on|että)\b"),
    "en": re.compile(r"\b(och|inte|ei|että|är)\b"),
}
CASES = [(kind, number) for kind, several in FIELDS.items() for number in range(len(several))]


def written(kind, common, **cells):
    if kind.startswith("poll"):
        cells = {"date": "", "day_options": "14.12.2026, 15.12.2026", **cells}
    book = three_languages(**cells)
    who = audience(book, T, NOW.date(), polling=True).invited
    about = None if kind in ALONE else read_meeting(book, T, polling=True)
    name = f"{kind}/2026-11" if kind in ALONE else campaign_name(T, kind)
    links = (URGENT[0].link,) if kind == "digest" else ()
    mailing = Mailing(name, NOW, TOKENS, common, links=links)
    made = render_letters(book, about, who, TEMPLATES, SENDER, mailing)
    return {one.recipient.language: one for one in made}, mailing


def test_every_kind_is_among_them():
    """A preview is a mail to our own people, of no template; each kind says why it came."""
    assert FIELDS.keys() == LETTER_KINDS.keys() - {"preview"}
    theirs = {name: kind for name, kind in LETTER_KINDS.items() if kind.informs}
    unsaid = [name for name, kind in theirs.items() if kind.because not in SHORT_REASONS]
    assert unsaid == ["invitation", "poll"]  # each reader of these has a reason of their own


@pytest.mark.parametrize("language", WHO)
@pytest.mark.parametrize(("kind", "number"), CASES)
def test_each_kind_in_each_language(kind, number, language):
    """It has a subject and a text, greets its reader, says why it came, and nothing is left over."""
    letters, _ = written(kind, FIELDS[kind][number])
    letter = letters[language]
    assert letter.subject and letter.preheader
    assert re.search(r"(Hei|Hej|Hello) (Maija|Nils|Amina)[!,]", letter.text)
    assert not re.search(r"None|[{}\ue000\ue001]|@@|%E", letter.text)
    assert "\n\n\n" not in letter.text and not re.search(r"[^\S\n]\n", letter.text)
    main = letter.text.replace("Kulttuurikeskus", "")
    assert not STRAYS[language].search(main), STRAYS[language].search(main)
    assert "Espoon verkosto ry" in letter.text and "https://example.org/tietosuoja" in letter.text
    assert f'lang="{language}"' in letter.html


@pytest.mark.parametrize("kind", ["invitation", "reminder", "change", "receipt"])
def test_one_tap_answers(kind):
    """Three links that open a mail to us, the reader's token and answer in its subject."""
    letters, mailing = written(kind, FIELDS.get(kind, [{}])[0])
    words = {
        "fi": ["Tulossa", "Ehkä", "En pääse"],
        "sv": ["Kommer", "Kanske", "Kommer inte"],
        "en": ["Coming", "Maybe", "Not coming"],
    }
    for language, letter in letters.items():
        token = mailing.token(WHO[language])
        found = re.findall(r'href="mailto:([^?"]*)\?subject=([^"]*)"', letter.html)
        subjects = [unquote(subject) for _, subject in found]
        assert [f"{word}: Syystapaaminen [{token}]" for word in words[language]] == subjects[:3]
        assert {address for address, _ in found} == {"vastaukset@example.org"}
        shown = re.findall(r"<mailto:[^?>]*\?subject=([^>]*)>", letter.text)
        assert [unquote(subject) for subject in shown[:3]] == subjects[:3]


def test_a_change_says_what_was_before():
    letters, _ = written("change", CHANGED)
    assert "tiistai 1.12.2026 klo 18.00" in letters["fi"].text
    assert "tisdag 1.12.2026 kl. 18.00" in letters["sv"].text
    assert "Tuesday 1 December 2026, 18:00" in letters["en"].text
    assert all("Kirjasto" in one.text for one in letters.values())


def test_no_link_leaves_the_list_of_allowed_ones():
    """Whatever the kind: our answers' mailbox, the privacy notice, and nothing else."""
    for kind, several in FIELDS.items():
        for letter in written(kind, several[0])[0].values():
            for link in re.findall(r'href="([^"]*)"', letter.html):
                assert link.startswith(("mailto:vastaukset@example.org", SENDER.privacy_url)) or (
                    kind == "digest" and unescape(link) == URGENT[0].link
                )


@pytest.mark.parametrize("language", WHO)
def test_our_own_people_are_not_told_that_they_are_in_somebody_elses_register(language):
    """The digest is for those who keep the register: no source of data, no end of invitations."""
    ours, _ = written("digest", FIELDS["digest"][0])
    theirs, _ = written("freshness", FIELDS["freshness"][0])
    words = {"fi": "ei kutsuja", "sv": "inga inbjudningar", "en": "no invitations"}[language]
    assert words in theirs[language].text.lower()
    assert words not in ours[language].text.lower()


def test_a_line_that_ends_in_a_tag_does_not_swallow_the_blank_line_after_it():
    """Jinja drops the end of such a line: two blank lines are wanted before a paragraph."""
    swallowed = re.compile(
        r"^(?!---|\w+-?\w*: ).*[^%}\s].*\{% end(?:for|if) %\}\n\n(?=[^\s{])", re.MULTILINE
    )
    found = {path.name for path in FOLDER.glob("*.j2") if swallowed.search(path.read_text("utf-8"))}
    assert found == set()


@pytest.mark.parametrize("kind", ["poll", "poll-reminder"])
def test_each_choice_of_a_poll_is_in_a_line_of_its_own(kind):
    """Days are apart from all of them and none, also where links are buttons."""
    for letter in written(kind, {})[0].values():
        lines = [line for line in letter.text.split("\n") if " <mailto:" in line]
        assert [line.count("mailto:") for line in lines[:4]] == [1, 1, 1, 1]
        buttons = [part.count('class="answer"') for part in letter.html.split("<p ")]
        assert [count for count in buttons if count] == [2, 2]


@pytest.mark.parametrize("language", WHO)
def test_how_to_stop_is_said_once(language):
    words = {"fi": "vastaa ”ei kutsuja”", "sv": "svara ”inga inbjudningar”",
             "en": "reply “no invitations”"}[language]  # fmt: skip
    text = written("reminder", {})[0][language].text
    assert text.count(words) == 1

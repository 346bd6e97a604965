"""Letters and their preview in a real browser: wide and narrow, light and dark, in three languages."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

import pytest

from register.letters.audience import audience
from register.letters.draft import render_letters
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    MAILING,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    T,
    person,
    register,
    three_languages,
)
from tests.letters.test_preview import page

pytestmark = pytest.mark.browser

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
NARROW, WIDE = 360, 800

CONTRAST = """
const channel = (value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const light = (text) => {
  const [r, g, b] = rgb(text).map((one) => channel(one / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let one = element; one; one = one.parentElement) {
    const color = getComputedStyle(one).backgroundColor;
    if (rgb(color)[3] !== 0) return color;
  }
  return "rgb(255, 255, 255)";
};
const contrast = (element) => {
  const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};
"""


def browsed(path, *, dark=False, width=1280):
    """Open a page; return its DOM after the scripts ran, and what the browser complained of."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    done = subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"),
            *(f"--window-size={width},900", "--virtual-time-budget=3000", "--dump-dom"),
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            *(f"--user-data-dir={path.parent / 'profile'}", path.as_uri()),
        ],
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return done.stdout, re.findall(r"CONSOLE[^\n]*", done.stderr)


def asked(path, source, script, **given):
    """Return what a script at the end of a page gives, as JSON's value."""
    ask = f"<script>setTimeout(() => {{ document.title = 'said: ' + JSON.stringify((() => {{ {script} }})()); }}, 500);</script>"
    path.write_text(source + ask, encoding="utf-8")
    dom, complaints = browsed(path, **given)
    assert complaints == []
    return json.loads(html.unescape(re.search(r"<title>said: (.*?)</title>", dom, re.DOTALL)[1]))


def letter(language):
    book = three_languages(url="https://meet.example.org/syys")
    who = audience(book, T, NOW.date())
    made = render_letters(book, who.meeting, who.invited, TEMPLATES, SENDER, MAILING)
    return next(one.html for one in made if one.recipient.language == language)


def framed(source, width):
    """A letter in a window as wide as a telephone's, which a headless browser's own cannot be."""
    return (
        "<!DOCTYPE html><title>x</title><body style='margin: 0'>"
        f"<iframe id=f style='border: 0; width: {width}px; height: 900px' "
        f'srcdoc="{html.escape(source)}"></iframe>'
    )


LOOKED_AT = (
    CONTRAST
    + """
const inside = document.getElementById("f").contentDocument;
const getComputedStyle = (one) => inside.defaultView.getComputedStyle(one);
const root = inside.documentElement;
const read = Array.from(inside.querySelectorAll(".sheet *")).filter((one) =>
  Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim()));
const answers = Array.from(inside.querySelectorAll("a.answer"));
return {
  fits: root.scrollWidth <= root.clientWidth,
  faint: read.filter((one) => contrast(one) < 4.5).map((one) => [one.tagName, contrast(one)]),
  read: read.length,
  answers: answers.map((one) => one.textContent),
  taps: answers.map((one) => one.getBoundingClientRect().height),
  hidden: getComputedStyle(inside.querySelector(".preheader")).display,
  ground: light(getComputedStyle(inside.querySelector(".letter")).backgroundColor),
  small: Math.min(...read.map((one) => parseFloat(getComputedStyle(one).fontSize))),
};
"""
)
ANSWERS = {
    "fi": ["Tulossa", "Ehkä", "En pääse"],
    "sv": ["Kommer", "Kanske", "Kommer inte"],
    "en": ["Coming", "Maybe", "Not coming"],
}


@pytest.mark.parametrize("language", ANSWERS)
@pytest.mark.parametrize(("width", "dark"), [(WIDE, False), (NARROW, False), (NARROW, True)])
def test_a_letter_looks_right(tmp_path, language, width, dark):
    """It fits, everything can be read (WCAG 2.1, 1.4.3), answers are large enough for a thumb."""
    seen = asked(tmp_path / "a.html", framed(letter(language), width), LOOKED_AT, dark=dark)
    assert seen["fits"] and seen["faint"] == [] and seen["read"] > 8
    assert seen["answers"] == ANSWERS[language] and min(seen["taps"]) >= 40
    assert seen["hidden"] == "none" and seen["small"] >= 12
    assert (seen["ground"] < 0.1) is dark


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_mail_program_that_knows_no_style_sheet(tmp_path, width):
    """The styles are in the elements: without the sheet it looks the same in the light."""
    bare = re.sub(r"<style>.*?</style>", "", letter("fi"), flags=re.DOTALL)
    seen = asked(tmp_path / "a.html", framed(bare, width), LOOKED_AT)
    assert seen["fits"] and seen["faint"] == [] and seen["hidden"] == "none"
    assert seen["ground"] > 0.9 and min(seen["taps"]) >= 40


# The preview


def typed(folder, script, book=None, *, width=1280):
    """Do something on the preview's page and return what that gives; its policy is taken off."""
    source = re.sub(
        r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page(book or three_languages())
    )
    common = (
        "const key = (name) => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: name, bubbles: true}));"
        "const text = (id) => document.getElementById(id).textContent;"
        "const names = () => Array.from(document.querySelectorAll('#list .who'), (e) => e.textContent);"
        "const chosen = () => document.querySelector('#list [aria-selected=true]').id;"
    )
    return asked(folder / "p.html", source, common + script, width=width)


@pytest.mark.parametrize("width", [1280, 500])
def test_the_preview_runs_under_its_policy(tmp_path, width):
    """No complaint of the browser; names that are orders are names."""
    book = register([person(), person(NILS, first=HOSTILE, email="b@example.org")])
    safe = register([person(), person(NILS, first="Nils", email="b@example.org", source=HOSTILE)])
    for number, one in enumerate((book, safe)):
        path = tmp_path / f"{number}.html"
        path.write_text(page(one), encoding="utf-8")
        dom, complaints = browsed(path, width=width)
        assert complaints == [] and "<title>taken" not in dom
        assert "Maija Meri" in dom


def test_it_finds_whom_one_looks_for(tmp_path):
    script = (
        "const field = document.getElementById('search'); const seen = [names()];"
        "for (const words of ['båtklubb', 'example.org maija', 'eiole']) {"
        "field.value = words; field.dispatchEvent(new Event('input')); seen.push(names()); }"
        "return [seen, document.getElementById('none').hidden, document.getElementById('letter').hidden];"
    )
    seen, none_hidden, letter_hidden = typed(tmp_path, script)
    assert [sorted(names) for names in seen] == [
        ["Amina Osei", "Maija Meri", "Nils Berg"],
        ["Nils Berg"],
        ["Maija Meri"],
        [],
    ]
    assert not none_hidden and letter_hidden


def test_it_is_read_with_the_keyboard(tmp_path):
    """Arrows turn the letters, digits the views; each shows its part."""
    script = (
        "const shown = () => Array.from(document.querySelectorAll('.view'))"
        ".filter((e) => !e.hidden).map((e) => e.id); const seen = [];"
        "seen.push(chosen()); key('ArrowDown'); seen.push(chosen()); key('ArrowUp');"
        "for (const digit of '1234') { key(digit); seen.push(shown()); }"
        "return [seen, text('plain'), text('entry'), text('fields'), text('warnings')];"
    )
    seen, plain, entry, headers, warnings = typed(tmp_path, script)
    people = sorted((MAIJA, AMINA, NILS))
    assert seen[:2] == [f"item-{people[0]}", f"item-{people[1]}"]
    assert seen[2:] == [["view-html"], ["view-text"], ["view-calendar"], ["view-headers"]]
    assert "Maija" in plain and entry.startswith("BEGIN:VCALENDAR") and "ATTENDEE" in entry
    assert "List-Unsubscribe" in headers and warnings == ""


def test_a_letter_is_shown_as_on_a_telephone(tmp_path):
    script = (
        "const wide = document.getElementById('frame').getBoundingClientRect().width;"
        "key('l'); const narrow = document.getElementById('frame').getBoundingClientRect().width;"
        "const frame = document.getElementById('frame');"
        "return [wide, narrow, frame.getAttribute('sandbox'), frame.srcdoc.includes('Maija')];"
    )
    wide, narrow, sandbox, there = typed(tmp_path, script)
    assert wide > 800 and 380 < narrow < 400 and sandbox == "" and there


def test_what_looks_wrong_stands_with_the_letter(tmp_path):
    script = f"document.getElementById('item-{NILS}').click(); return text('warnings');"
    book = register(
        [person(), person(NILS, first="Nils", email="b@example.org", org="", municipality="Espoo")]
    )
    assert typed(tmp_path, script, book) == "Organisaatio puuttuu."


def test_a_small_window_shows_the_list_then_the_letter(tmp_path):
    script = (
        "const there = (name) => document.querySelector(name).checkVisibility();"
        "const seen = [[there('#readers'), there('#reading')]];"
        "document.querySelector('#list li').click(); seen.push([there('#readers'), there('#reading')]);"
        "document.getElementById('back').click(); seen.push([there('#readers'), there('#reading')]);"
        "const root = document.documentElement; return [seen, root.scrollWidth <= root.clientWidth];"
    )
    assert typed(tmp_path, script, width=500) == [
        [[True, False], [False, True], [True, False]],
        True,
    ]

"""The outbox page: everything is in it, nothing of it can run or reach the network."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from register.book.errors import UsageError
from register.post.outbox import Outbox
from register.rounds.mail_room import MailRoom
from register.rounds.trial import PREVIEW_FILE, preview_invitations
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    NILS,
    NOW,
    PAGE,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    meeting,
    person,
    register,
    three_languages,
)


def page(book, source=PAGE):
    room = MailRoom(Outbox(Path("outbox")), None, TEMPLATES, SENDER, TOKENS, NOW)
    outcome = preview_invitations(book, T, room, page=source)
    assert not outcome.plan.changes
    return outcome.files[PREVIEW_FILE]


def letters(html):
    (found,) = re.findall(r'<script type="application/json" id="letters">(.*)</script>', html)
    return json.loads(found)


def test_every_letter_is_there():
    """Person, address, text, HTML and headers of each."""
    found = {one["person"]: one for one in letters(page(three_languages()))}
    assert set(found) == {MAIJA, NILS, AMINA}
    nils = found[NILS]
    assert nils["address"] == "nils@example.com"
    assert "Hej Nils!" in nils["text"]
    assert "Hej Nils!" in nils["html"]
    assert ["X-Campaign-ID", f"{T}/invitation/1"] in nils["headers"]
    assert found[MAIJA]["warnings"] == []


@pytest.mark.parametrize("state", ["draft", "released", "cancelled", ""])
def test_a_preview_needs_no_release(state):
    """Looking is always allowed."""
    assert len(letters(page(register(meetings=[meeting(state=state)])))) == 1


def test_nobody():
    """An audience of nobody is a page that says so."""
    html = page(register([person(invite="no")]))
    assert letters(html) == []
    assert "Kukaan ei saa kutsua." in html
    assert "ei kutsuta</span><span>1" in html


def test_the_policy_allows_the_pages_own_script_and_no_other():
    """The script's hash is in the policy; everything else is refused."""
    html = page(three_languages())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert 'sandbox=""' in html
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", PAGE)


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<!-- Matti", "Matti {{ 7*7 }}"]
)
def test_a_field_cannot_leave_its_place(name):
    """What a cell holds is data in the page as well."""
    book = register([person(last=name)], meetings=[meeting(place=name)])
    html = page(book)
    assert html.count("<script") == page(register()).count("<script") == 3
    assert html.count("</script>") == 3
    assert len(letters(html)) == 1


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Kirje"), ("sv", "Mottagare"), ("en", "Headers")]
)
def test_the_page_speaks_the_registers_language(language, word):
    """Labels follow the register, the letters their readers."""
    html = page(register(language=language))
    assert f'<html lang="{language}">' in html
    assert word in html


def test_a_fault_in_the_page_is_named():
    """The page's template is named, with the line."""
    with pytest.raises(UsageError, match="line 2"):
        page(register(), "a\n{% if %}")

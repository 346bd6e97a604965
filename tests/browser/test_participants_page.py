"""The participants' page as it is used: on a telephone at the door, and on paper with name tags."""

import pytest

from register.lists.participants import Participant, Participants
from register.show.participants import participants_page
from register.words.sentences import Sentences

pytestmark = pytest.mark.browser

NAMES = (
    ("Alho", "Li"),
    ("von der Ceder-Strömfors", "Ylva Maria Elisabet"),
    ("Al-Mohammed Abdulrahman", "Abdirizak"),
)
LONG = "Suomalais-venäläinen monikulttuurinen naisten ja lasten tukiyhdistys Sateenkaari ry"
CUT = "boxes => boxes.filter(b => b.scrollWidth > b.clientWidth || b.scrollHeight > b.clientHeight)"


@pytest.fixture
def page_file(tmp_path):
    people = tuple(
        Participant(last, first, LONG, "toiminnanjohtaja", "coming", "", "gluteeniton, tulkki")
        for last, first in NAMES * 4
    )
    found = Participants("T-1", "Kevätkokous", "2027-04-09", "17:00", "Kirjasto", people)
    path = tmp_path / "participants.html"
    path.write_text(participants_page(found, Sentences("fi")), encoding="utf-8")
    return path


@pytest.mark.parametrize("media", ["screen", "print"])
def test_name_tags_are_whole(opened, page_file, media):
    with opened(page_file) as page:
        page.emulate_media(media=media)
        assert page.locator(".tags .tag").count() == 12
        assert page.locator(".tags .tag").evaluate_all(f"boxes => ({CUT})(boxes).length") == 0


@pytest.mark.parametrize(("width", "media"), [(390, "screen"), (1280, "screen"), (700, "print")])
def test_nothing_is_wider_than_the_page(opened, page_file, width, media):
    with opened(page_file, width=width) as page:
        page.emulate_media(media=media)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".tick").count() == 12

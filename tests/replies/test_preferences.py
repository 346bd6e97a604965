"""Which kinds of letters somebody wants: by a link or a word, fewer and some again."""

import pytest

from register.letters.answering import ANSWER_WORDS, PREFERENCES
from register.people.refusals import Refusals
from tests.letters.correspondence import NILS, named
from tests.replies.clients import AT, later, mail, replied, tapped as tapped_link
from tests.replies.quotes import PROGRAMS, WHERE
from tests.replies.test_flow import Club, added

WISH = "Inga inbjudningar"
AUTOMATIC = ("unsubscribed", "receipt")
MAILBOX = "nils@example.com"


def tapped(asked, word, at=AT, sender=f"Nils Berg <{MAILBOX}>"):
    """Return what a tap on a link sends, though the letter shows a reader only some of them."""
    address, subject = asked.link(WISH)
    return mail(sender, address, subject.replace(WISH, word), "", at=at)


@pytest.fixture
def club(tmp_path):
    return Club(tmp_path)


def gets(club):
    """Return which kinds of letters Nils gets."""
    refusals = club.book.once(Refusals)
    kinds = ("invitation", "letter", "reminder")
    return {kind for kind in kinds if not refusals.stops(MAILBOX, kind, NILS)}


def banned(club, scope, reason="request"):
    """Return a register in which Nils was banned before this came."""
    cells = {"email": MAILBOX, "scope": scope, "reason": reason, "date": "2025-01-01"}
    club.book = added(club.book, "bans", named("E", "nils"), **cells)


@pytest.mark.parametrize("language", ANSWER_WORDS)
@pytest.mark.parametrize("by", [tapped, replied])
@pytest.mark.parametrize(
    ("key", "left", "scope"),
    [
        ("no_letters", {"invitation", "reminder"}, "letters"),
        ("no_reminders", {"invitation", "letter"}, "reminders"),
    ],
)
def test_fewer_kinds_in_each_language(club, language, by, key, left, scope):
    club.get(by(club.nils, ANSWER_WORDS[language][key]), automatic=AUTOMATIC)
    assert gets(club) == left
    assert club.receipts == [(NILS, scope)]
    assert not club.rows("review") and club.answer(NILS) == ("", "")


@pytest.mark.parametrize("language", ANSWER_WORDS)
@pytest.mark.parametrize("by", [tapped, replied])
@pytest.mark.parametrize(
    ("scope", "key", "expected", "after"),
    [
        ("invitations", "want_letters", {"letter"}, "all_but_letters"),
        ("letters", "want_letters", {"invitation", "letter", "reminder"}, "lifted"),
        ("reminders", "want_reminders", {"invitation", "letter", "reminder"}, "lifted"),
        ("invitations", "want_invitations", {"invitation", "letter", "reminder"}, "lifted"),
        ("all_but_letters", "want_invitations", {"invitation", "letter", "reminder"}, "lifted"),
    ],
)
def test_some_again_in_each_language(club, language, by, scope, key, expected, after):
    banned(club, scope)
    club.get(by(club.nils, ANSWER_WORDS[language][key]))
    assert gets(club) == expected
    (row,) = club.rows("bans")
    assert row["scope"] == after and not club.rows("review")


@pytest.mark.parametrize("wider", ["no_letters", "no_reminders"])
def test_who_refused_invitations_before_this_came_gets_neither_letters_nor_reminders(club, wider):
    banned(club, "invitations")
    assert gets(club) == set()
    club.get(tapped(club.nils, ANSWER_WORDS["sv"][wider]))
    assert len(club.rows("bans")) == 1 and gets(club) == set()


def test_back_and_forth(club):
    for word, expected in (
        ("Inga brev", {"invitation", "reminder"}),
        ("Inga inbjudningar", set()),
        ("Jag vill ha brev", {"letter"}),
        ("Inga brev", set()),
        ("Jag vill ha inbjudningar", {"invitation", "reminder"}),
    ):
        club.get(tapped(club.nils, word, later(len(club.rows("bans")) + len(word))))
        assert gets(club) == expected, word


@pytest.mark.parametrize(
    ("scope", "reason"), [("all", "request"), ("all", "bounced"), ("invitations", "deceased")]
)
def test_what_they_did_not_ask_for_a_person_takes_back(club, scope, reason):
    banned(club, scope, reason)
    club.get(tapped(club.nils, "Jag vill ha brev"))
    (row,) = club.rows("review")
    assert "haluaisi taas" in row["message"]
    assert club.rows("bans")[0]["scope"] == scope


def test_nobody_takes_back_anothers_refusal(club):
    banned(club, "invitations")
    club.get(tapped(club.nils, "Jag vill ha brev", sender="Nils <x@evil.example>"))
    assert gets(club) == set()


def test_in_doubt_a_person_reads_it(club):
    club.get(replied(club.nils, "Inga brev, om jag inte betalar?"))
    assert gets(club) == {"invitation", "letter", "reminder"}
    (row,) = club.rows("review")
    assert row["suggestion"] == ""


def test_the_footer_links_to_what_can_be_changed(club):
    club.get(tapped_link(club.nils, "Inga brev"))
    assert gets(club) == {"invitation", "reminder"}


def test_our_own_footer_says_nothing(club):
    places = [(program, where) for program in PROGRAMS.values() for where in WHERE]
    club.get(*(program(club.nils, "", where) for program, where in places))
    assert not club.rows("bans") and club.answer(NILS) == ("", "")


def test_every_preference_has_a_word_in_each_language():
    assert all(set(PREFERENCES) <= set(words) for words in ANSWER_WORDS.values())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("En halua enää kutsuja enkä kirjeitä", set()),
        ("Ei kutsuja eikä kirjeitä, kiitos", set()),
        ("Jag vill inte ha inbjudningar eller brev längre", set()),
        ("No invitations, letters or reminders please", set()),
        ("Ei muistutuksia eikä kirjeitä", {"invitation"}),
        ("inga brev och inga påminnelser", {"invitation"}),
        ("No more letters or reminders. Thanks, Nils", {"invitation"}),
    ],
)
def test_several_kinds_in_one_breath(club, words, expected):
    club.get(replied(club.nils, words))
    assert gets(club) == expected and not club.rows("review")


@pytest.mark.parametrize(
    "words",
    ["haluan taas kutsuja ja kirjeitä", "Jag vill ha inbjudningar och brev igen"],
)
def test_several_kinds_again_in_one_breath(club, words):
    banned(club, "invitations")
    club.get(replied(club.nils, words))
    assert gets(club) == {"invitation", "letter", "reminder"} and not club.rows("review")

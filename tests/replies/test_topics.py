"""Which topics somebody wants letters about: by a link or a word, none of one, or some again."""

from email import message_from_bytes
from email.policy import default

import pytest

from register.letters.answering import ANSWER_WORDS
from register.letters.audience import audience
from register.people.refusals import Refusals
from register.people.suppression import Bans
from register.replies.topic_wishes import topic_wishes
from register.rounds.receipts import send_receipts
from register.state.answers import SqliteMailboxState
from tests.letters.correspondence import NILS, NOW, T, named
from tests.making import book, with_headers
from tests.replies.clients import later, mail, replied
from tests.replies.quotes import PROGRAMS, WHERE
from tests.replies.test_flow import Club, added
from tests.replies.test_preferences import MAILBOX, tapped
from tests.rounds.test_follow import Archive
from tests.rounds.test_invite import room

AUTOMATIC = ("unsubscribed", "receipt")
TOPICS = "liikunta, kulttuuri, nuoret"


@pytest.fixture
def club(tmp_path):
    """A club whose meeting is about sports, in a register that knows three topics."""
    return Club(tmp_path, topics=TOPICS, audience="liikunta, kulttuuri")


def hears(club, topic="liikunta", kind="letter"):
    return not club.book.once(Refusals).stops(MAILBOX, kind, NILS, topics=(topic,))


def by_link(asked, word, at=None):
    """Tap the link of the footer whose subject begins with a word."""
    address, subject = asked.link(word)
    more = {"at": at} if at else {}
    return mail(f"Nils Berg <{MAILBOX}>", address, subject, "", **more)


@pytest.mark.parametrize(
    "said",
    [
        *("Ei enää liikunta-asioita", "Hei, ei enää liikunta-asioita kiitos. Terv. Nils"),
        *("en halua enää viestejä liikunnasta", "Ei enää viestejä aiheesta liikunta."),
        "Ei enää kutsuja liikunta-asioista",
        *("Inga fler brev om motion", "Jag vill inte ha fler inbjudningar om motion, tack"),
        *("Inget mer om motion", "No more about sports", "No more letters about sports please"),
        "I don't want any more messages about sports. Thanks, Nils",
    ],
)
def test_no_more_of_one_topic_in_words(club, said):
    club.get(replied(club.nils, said), automatic=AUTOMATIC)
    assert not hears(club) and not hears(club, kind="invitation") and hears(club, "kulttuuri")
    assert not club.book.once(Refusals).stops(MAILBOX, "letter", NILS)
    assert club.receipts == [(NILS, "topic:liikunta")]
    (row,) = club.rows("bans")
    assert (row["scope"], row["topic"], row["reason"]) == ("invitations", "liikunta", "request")
    assert not club.rows("review") and club.answer(NILS) == ("", "")
    club.get(replied(club.nils, f"{said}!", at=later(1)), automatic=AUTOMATIC)
    assert len(club.rows("bans")) == 1 and not club.receipts


@pytest.mark.parametrize(
    "said",
    [
        *("Taas liikunta-asioita", "haluan taas viestejä liikunnasta", "Taas aiheesta liikunta"),
        *("Gärna igen om motion", "jag vill ha brev om motion igen", "Again about sports"),
        "I want letters about sports again",
    ],
)
def test_some_again_in_words(club, said):
    club.get(by_link(club.nils, "Inget mer om: motion"))
    assert not hears(club)
    club.get(replied(club.nils, said, at=later(1)))
    assert hears(club) and [row["scope"] for row in club.rows("bans")] == ["lifted"]
    assert not club.rows("review")


def test_each_topic_of_a_letter_has_its_link(club):
    club.get(by_link(club.nils, "Inget mer om: motion"), automatic=AUTOMATIC)
    assert not hears(club) and hears(club, "kulttuuri")
    club.get(by_link(club.nils, "Inget mer om: kultur", later(1)), automatic=AUTOMATIC)
    assert not hears(club, "kulttuuri") and club.receipts == [(NILS, "topic:kulttuuri")]


def test_a_topic_and_an_answer_in_one_mail(club):
    club.get(replied(club.nils, "Jag kommer. Inga fler brev om motion."))
    assert club.answer(NILS) == ("coming", "email") and not hears(club)
    assert not club.rows("review")
    club.get(replied(club.nils, "Kommer inte, men inget mer om kultur", at=later(1)))
    assert club.answer(NILS)[0] == "not_coming" and not hears(club, "kulttuuri")


def test_an_answer_by_link_keeps_the_wish_beside_it(club):
    address, subject = club.nils.link("Kommer:")
    club.get(mail(f"Nils <{MAILBOX}>", address, subject, "Inget mer om motion, tack!"))
    assert club.answer(NILS) == ("coming", "email") and not hears(club)
    assert not club.rows("review")


def test_of_the_letters_own_topic(tmp_path):
    club = Club(tmp_path, topics=TOPICS, audience="liikunta")
    club.get(replied(club.nils, "no more about this topic"))
    assert not hears(club)


def test_of_two_topics_it_is_asked_which(club):
    club.get(replied(club.nils, "no more about this topic"))
    (row,) = club.rows("review")
    assert "this topic" in row["message"] and not club.rows("bans")


@pytest.mark.parametrize(
    "said",
    [
        *("Ei enää golf-asioita", "Inget mer om golf", "No more letters about golf, thanks"),
        "ei enää liikunta- ja kulttuuri-asioita",
    ],
)
def test_a_topic_that_nobody_knows_is_asked_about(club, said):
    club.get(replied(club.nils, said))
    (row,) = club.rows("review")
    assert "sellaista aihetta meillä ei ole" in row["message"]
    assert not club.rows("bans")


@pytest.mark.parametrize(
    ("said", "banned"),
    [
        ("Inga fler inbjudningar om motion?", False),
        ("Inget mer om motion, om jag inte hinner", False),
        ("Ehkä ei enää liikunta-asioita", False),
        ("Ei enää kutsuja golfista, kiitos", True),
    ],
)
def test_in_doubt_nothing_narrower_is_guessed(club, said, banned):
    club.get(replied(club.nils, said))
    assert [row.get("topic") or "" for row in club.rows("bans")] == [""] * banned
    assert len(club.rows("review")) == 1


def test_nobody_takes_back_anothers_wish(club):
    club.get(by_link(club.nils, "Inget mer om: motion"))
    club.get(tapped(club.nils, "Gärna igen om: motion", later(1), "Nils <x@evil.example>"))
    assert not hears(club)


def test_who_refused_everything_gets_no_topic_again_by_a_word(club):
    club.book = added(
        club.book, "bans", named("E", "nils"), email=MAILBOX, scope="all", reason="bounced"
    )
    club.get(tapped(club.nils, "Gärna igen om: motion"))
    (row,) = club.rows("review")
    assert "haluaisi taas" in row["message"] and not hears(club)


def test_kinds_and_topics_are_taken_back_apart(club):
    club.get(by_link(club.nils, "Inget mer om: motion"))
    club.get(tapped(club.nils, "Jag vill ha inbjudningar", later(1)))
    assert not hears(club)
    club.get(tapped(club.nils, "Inga inbjudningar", later(2)))
    club.get(tapped(club.nils, "Jag vill ha inbjudningar", later(3)))
    assert not hears(club) and hears(club, "kulttuuri", "invitation")


def test_who_wants_nothing_of_a_topic_is_not_invited_to_it(club):
    assert audience(club.book, T, NOW.date()).why(NILS) == "already-invited"
    club.get(by_link(club.nils, "Inget mer om: motion"))
    assert audience(club.book, T, NOW.date()).why(NILS) == "ban-topic"


@pytest.mark.parametrize("language", ANSWER_WORDS)
def test_our_own_footer_says_nothing(club, language):
    asked = {"fi": club.maija, "sv": club.nils, "en": club.amina}[language]
    club.get(*(program(asked, "", where) for program in PROGRAMS.values() for where in WHERE))
    assert not club.rows("bans")
    ours = ("aiheesta", "liikunta", "motion", "sports", "kultur", "culture")
    assert not [row["left"] for row in club.rows("review") if any(o in row["left"] for o in ours)]


def test_a_register_without_the_column_asks(club):
    club.book = with_headers(club.book, "bans", ["topic"])
    club.get(by_link(club.nils, "Inget mer om: motion"))
    assert not club.rows("bans") and len(club.rows("review")) == 1


def test_a_ban_of_several_topics_stops_each():
    row = {"email": MAILBOX, "scope": "letters", "topic": "Nuoret, liikunta"}
    bans = Bans(book(bans=[row]))
    assert [bans.stops(MAILBOX, "letter", (one,)) for one in ("nuoret", "liikunta", "muu")] == [
        *("ban-topic", "ban-topic", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("ei enää kutsuja", "Ei kutsuja", "inga fler brev", "No more invitations", "Ei pääse"),
        *("en halua kutsuja enkä kirjeitä", "haluan taas kutsuja ja kirjeitä"),
        *("haluan taas kirjeitä", "ei enää uusia kutsuja", "Onko enää liikunta-asioita?"),
        *("Kiitos tiedosta aiheesta liikunta", "Send me more information about parking"),
        *("Jos et halua viestejä siitä, vastaa: ei enää aiheesta liikunta", "I have no idea"),
        "If you want no messages about it, reply: no more about sports",
        "Vill du inte ha meddelanden om det, svara: inget mer om motion",
    ],
)
def test_what_is_no_wish_about_a_topic(text):
    assert not topic_wishes(text).wishes and topic_wishes(text).rest == text


def test_each_wish_about_a_topic_is_confirmed_once(club):
    wishes = (
        by_link(club.nils, "Inget mer om: motion"),
        by_link(club.nils, "Inget mer om: kultur"),
    )
    read, post = club.get(*wishes, automatic=AUTOMATIC), Archive()
    memory = SqliteMailboxState(club.folder)
    memory.owe(read.receipts)
    assert len(memory.owed()) == 2
    texts = []
    for _ in range(2):
        with room(post, club.folder) as opened:
            done = send_receipts(club.book, memory.owed()[:1], opened)
        assert not done.failed
        texts.append(message_from_bytes(post.letters[MAILBOX].data, policy=default))
        memory.replace_owed(memory.owed()[1:])
    subjects = [one["Subject"] for one in texts]
    assert subjects == [
        f"Vi skickar dig inga fler meddelanden om {one}" for one in ("motion", "kultur")
    ]
    shown = texts[-1].get_body(("plain",)).get_content()
    assert "gärna igen om motion" in shown and "gärna igen om kultur" in shown
    with room(post, club.folder) as opened:
        send_receipts(club.book, read.receipts, opened)
    assert len(post.taken) == 2

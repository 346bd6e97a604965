"""The weekly digest: whose steps wait, who gets a letter, once a week."""

from email import message_from_bytes
from email.policy import default

import pytest

from register.book.errors import UsageError
from register.post.outbox import Outbox
from register.rounds.digest import send_digest
from register.rounds.resolve import resolve_unknown
from register.rounds.status import invitation_status
from tests.letters.correspondence import MAIJA, NILS, person, register
from tests.rounds.test_follow import Archive
from tests.rounds.test_invite import Killed, room

OWNERS = [
    {"owners": "Anna Jatko", "owner_email": "anna@example.org"},
    {"owners": "Jari Alku", "owner_email": "jari@example.org", "owner_end": "2026-09-30"},
    {"owners": "Ilman Osoitetta"},
]


def matter(name, owner="Anna Jatko", **cells):
    return {"matter": name, "owner": owner, "state": "open", "date": "2026-01-01", **cells}


MATTERS = [
    matter("Myöhässä", due="2026-11-01", next="soitetaan"),
    matter("Pian", due="2026-12-01"),
    matter("Kaukana", due="2027-03-01"),
    matter("Valmis", state="done"),
    matter("Tarjous", kind="offer"),
    matter("Lähteneen", owner="Jari Alku"),
    matter("Osoitteeton", owner="Ilman Osoitetta"),
    matter("<b>Ei kenenkään</b>", owner=""),
]


def went(book, post, folder, **flags):
    with room(post, folder) as opened:
        return send_digest(book, opened, **flags)


def text_of(letter):
    mail = message_from_bytes(letter.data, policy=default)
    return mail["X-Campaign-ID"], mail.get_body(("plain",)).get_content()


def test_each_owner_gets_what_waits_and_only_once_a_week(tmp_path):
    book = register(choices=OWNERS, cooperation=MATTERS)
    post = Archive()
    outcome = went(book, post, tmp_path)
    assert list(post.letters) == ["anna@example.org"]
    mail = message_from_bytes(post.letters["anna@example.org"].data, policy=default)
    text = mail.get_body(("plain",)).get_content()
    assert "Hei Anna!" in text and text.index("Myöhässä") < text.index("Pian")
    assert "1.11.2026" in text and "soitetaan" in text
    assert not any(word in text for word in ("Kaukana", "Valmis", "Tarjous", "Lähteneen"))
    assert mail["X-Campaign-ID"] == "digest/2026-W48"
    said = dict(outcome.notes)
    assert (
        said["{name} gets no letter: no address in {tab:choices}, or a ban."]["name"]
        == "Ilman Osoitetta"
    )
    assert "{count} open matters are nobody's." in said
    again = Archive()
    went(book, again, tmp_path)
    assert not getattr(again, "letters", {})


@pytest.mark.parametrize("matters", [[], MATTERS])
def test_silent_days_are_told_to_every_owner_once(tmp_path, matters):
    """Also where nothing else waits, and where the week's letter has gone already."""
    book = register(choices=OWNERS, cooperation=matters)
    posts = first, second, third, fourth = [Archive() for _ in range(4)]
    for post, silent in zip(posts, (0, 5, 6, 0), strict=True):
        went(book, post, tmp_path, silent=silent)
    assert bool(getattr(first, "letters", {})) == bool(matters)
    assert not matters or "päivään" not in text_of(first.letters["anna@example.org"])[1]
    name, text = text_of(second.letters["anna@example.org"])
    assert "5 päivään" in text and name == "digest/2026-W48-silent"
    mail = message_from_bytes(second.letters["anna@example.org"].data, policy=default)
    assert mail["Subject"].startswith("Yöajo ei onnistunut 5 päivään.")
    assert not any(getattr(post, "letters", {}) for post in (third, fourth))


def test_a_digest_of_unknown_fate_is_told_and_settled(tmp_path):
    """Killed at the final dot: never sent again by itself, until a person says it has not gone."""
    book = register(choices=OWNERS, cooperation=MATTERS)
    with pytest.raises(Killed):
        went(book, Archive({"anna@example.org": Killed()}), tmp_path)
    again = Archive()
    assert went(book, again, tmp_path).failed == 1
    assert not getattr(again, "letters", {})
    with room(Archive(), tmp_path) as opened:
        (row,) = invitation_status(book, "digest", opened.ledger)["letters"]
        assert row["state"] == "unknown"
        with pytest.raises(UsageError):
            resolve_unknown(book, "digest", opened, unsent=["H-XV6BG"])
        resolve_unknown(book, "digest", opened, unsent=[row["person"]])
    last = Archive()
    went(book, last, tmp_path)
    assert last.taken == ["anna@example.org"]


def test_a_rehearsal_is_shown_only_until_the_letter_itself_has_gone(tmp_path):
    book = register(choices=OWNERS, cooperation=MATTERS)
    for post, state in ((Outbox(tmp_path / "out"), "rehearsed"), (Archive(), "sent")):
        went(book, post, tmp_path)
        with room(post, tmp_path) as opened:
            (row,) = invitation_status(book, "digest", opened.ledger)["letters"]
        assert row["state"] == state


def test_nobody_gets_an_empty_letter_and_a_ban_is_kept(tmp_path):
    bans = [{"email": "anna@example.org", "scope": "all"}]
    for tabs in ({"cooperation": []}, {"cooperation": MATTERS, "bans": bans}):
        post = Archive()
        went(register(choices=OWNERS, **tabs), post, tmp_path)
        assert not getattr(post, "letters", {})


def test_two_who_share_a_mailbox_get_one_letter(tmp_path):
    owners = [OWNERS[0], {"owners": "Bea Toinen", "owner_email": "Anna@Example.org"}]
    post = Archive()
    went(
        register(choices=owners, cooperation=[*MATTERS, matter("Bean", owner="Bea Toinen")]),
        post,
        tmp_path,
    )
    (one,) = post.letters.values()
    text = message_from_bytes(one.data, policy=default).get_body(("plain",)).get_content()
    assert "Bean" in text and "Pian" in text


OTHER = {"email": "anna.jatko@koti.example", "org": "", "invite": "no"}
ANNA = {"first": "Anna", "last": "Jatko", "email": "Anna@example.org", "invite": "no"}


@pytest.mark.parametrize(
    "refused",
    [
        {"bans": [{"email": "anna.jatko@koti.example", "scope": "all", "reason": "request"}]},
        {"inbox": [{"id": "S-HY5K6", "email": "anna@example.org", "consent": "no", "result": "x"}]},
    ],
)
def test_an_owner_who_has_refused_letters_in_the_register_gets_none(tmp_path, refused):
    """Whatever address of theirs the refusal names, and whether somebody has looked at it yet."""
    people = [person(MAIJA, **ANNA), person(NILS, **ANNA | OTHER, same_human=f"x · {MAIJA}")]
    post = Archive()
    outcome = went(register(people, choices=OWNERS, cooperation=MATTERS, **refused), post, tmp_path)
    assert not getattr(post, "letters", {})
    assert "Anna Jatko" in [values.get("name") for _, values in outcome.notes]


QUESTIONS = [
    {
        "id": f"R-{n}",
        "severity": severity,
        "message": f"Kysymys {n}",
        "decision": said,
        "done": done,
    }
    for n, (severity, said, done) in enumerate(
        [
            ("info", "", ""),
            ("warning", "", ""),
            ("error", "", ""),
            ("error", "accept", ""),
            ("error", "", "2026-11-01T09:00"),
            *([("warning", "", "")] * 4),
        ]
    )
]


def test_the_five_most_urgent_questions_stand_in_it_each_with_its_link(tmp_path):
    book = register(choices=OWNERS, cooperation=MATTERS, review=QUESTIONS)
    post = Archive()
    with room(post, tmp_path) as opened:
        send_digest(book, opened, lambda tab, row: f"https://sheet.example/#{tab}&range=A{row}")
    mail = message_from_bytes(post.letters["anna@example.org"].data, policy=default)
    text = mail.get_body(("plain",)).get_content()
    places = [text.index(f"Kysymys {n}") for n in (2, 1, 5, 6, 7)]
    assert places == sorted(places)
    assert not any(f"Kysymys {n}" in text for n in (0, 3, 4, 8))
    assert all(f"https://sheet.example/#review&range=A{row}" in text for row in (3, 4, 7, 8, 9))


def test_a_question_that_has_no_link_for_others_is_told_by_its_row(tmp_path):
    book = register(choices=OWNERS, cooperation=MATTERS, review=QUESTIONS)
    post = Archive()
    with room(post, tmp_path) as opened:
        send_digest(book, opened, lambda tab, row: f"file:///home/x/r.xlsx#{row}")
    mail = message_from_bytes(post.letters["anna@example.org"].data, policy=default)
    text = mail.get_body(("plain",)).get_content()
    assert "Kysymys 2" in text and "file:" not in text and "/home/" not in text
    assert all(f"(Tarkista, rivi {row})" in text for row in (3, 4, 7, 8, 9))


def test_questions_alone_are_told_but_no_line_that_only_counts_blanks(tmp_path):
    long = {"id": "R-9", "severity": "error", "message": "pitkä " * 80}
    book = register(choices=OWNERS[:2], cooperation=[], review=[*QUESTIONS, long])
    post = Archive()
    went(book, post, tmp_path / "asked")
    mail = message_from_bytes(post.letters["anna@example.org"].data, policy=default)
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert mail["Subject"] == "Viikon asiat: 0, kysymykset: 8"
    assert "pitkä …" in text and "Kysymys 2" in text and "Mikään yhteistyön asia ei odota" in text
    blanks = [{"id": "R-1", "severity": "info", "kind": "incomplete", "message": "43 riviä"}]
    none = Archive()
    went(register(choices=OWNERS[:2], review=blanks), none, tmp_path / "blanks")
    assert not getattr(none, "letters", {})


@pytest.mark.parametrize(
    "hostile",
    [
        '=HYPERLINK("https://evil.example/x";"katso")',
        "[katso](https://evil.example)",
        "ks. www.evil.example, kiitos",
        "<a href='ftp://evil.example'>x</a>",
        "//evil.example javascript:alert(1) `{{ 7*7 }}` {% raw %}",
        "\u202egpj.elpmaxe\u202c \u200b hidden",
    ],
)
def test_an_address_in_a_cell_stops_nobodys_letter_and_is_no_link(tmp_path, hostile):
    question = {"id": "R-9", "severity": "error", "message": f"Alku {hostile} loppu"}
    matters = [matter(f"Asia {hostile}", next=f"{hostile} sitten", due="2026-11-01")]
    post = Archive()
    went(register(choices=OWNERS[:1], cooperation=matters, review=[question]), post, tmp_path)
    mail = message_from_bytes(post.letters["anna@example.org"].data, policy=default)
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    assert all("Alku" in body and "loppu" in body for body in bodies)
    assert not any(f"{scheme}evil" in body for body in bodies for scheme in ("://", "www."))


def test_an_owner_without_an_address_is_named_only_where_matters_are_theirs(tmp_path):
    """Each run would say it: what cron prints, it mails."""
    book = register(choices=OWNERS, cooperation=[], review=QUESTIONS)
    told = dict(went(book, Archive(), tmp_path).notes)
    assert "{name} gets no letter: no address in {tab:choices}, or a ban." not in told

"""Lists as associations keep them: each comes in as ``tests/data/lists/expected.toml`` says."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from register.imports.contact_list import import_contacts, unclear_names
from register.intake.columns import guess_columns
from register.intake.intake import take_in
from register.intake.sheet import ListSheet
from register.sources.files import read_file, read_list, read_lists
from tests.conftest import TickingClock
from tests.list_corpus import EXPECTED, FILES, rows, taken_in, unlike
from tests.making import book, with_headers


def test_each_list_has_what_is_right():
    assert set(FILES) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_list_comes_in_as_it_should(name):
    after, wanted = taken_in(*read_lists(FILES[name])), EXPECTED[name]
    for tab in ("organisations", "people"):
        assert unlike(rows(after, tab), wanted.get(tab, [])) == ([], []), tab
    waiting = [row["text"] for row in rows(after, "inbox") if not row.get("result")]
    for word in wanted.get("waits", ()):
        assert word in "\n".join(waiting)
    for word in wanted.get("never", ()):
        assert word not in str([row for tab in after.tables for row in rows(after, tab)])


NOW = TickingClock().now()
OFFICERS = {
    "Yhdistys": "Kaislan kerho ry",
    "Puhelin": "02 333 4444",
    "Pj nimi": "Eila Kaski",
    "Pj puhelin": "0401112222",
    "Siht.": "Ivo Tamm",
    "Siht. puh": "0503334444",
    "Siht. sähköposti": "ivo@kaisla.example",
    "Kasvattajavastaava": "Pia Holm",
    "Kasvattajavastaavan sposti": "pia@kaisla.example",
    "Yhteyshenkilö 1": "Reza Amiri",
    "Yhteyshenkilö 1 puh.": "0403334445",
}


@given(st.permutations(list(OFFICERS)))
def test_columns_of_officers_stand_in_any_order(headers):
    """But for the club's own phone, which stands first: after a name it would be that one's."""
    headers = ["Puhelin", *(header for header in headers if header != "Puhelin")]
    cells = tuple(OFFICERS[header] for header in headers)
    after = taken_in(ListSheet("list.csv", tuple(headers), (cells,)))
    (club,) = rows(after, "organisations")
    assert (club["name"], club["phone"]) == ("Kaislan kerho ry", "+35823334444")
    assert {
        (row["last"], row["role"], row.get("phone", ""), row.get("email", ""))
        for row in rows(after, "people")
    } == {
        ("Kaski", "puheenjohtaja", "+358401112222", ""),
        ("Tamm", "sihteeri", "+358503334444", "ivo@kaisla.example"),
        ("Holm", "kasvattajavastaava", "", "pia@kaisla.example"),
        ("Amiri", "yhteyshenkilö", "+358403334445", ""),
    }


POSTS = ("pj", "Siht.", "Rahastonhoitaja", "Ordförande", "Sekr.", "Chair", "Hallituksen jäsen 1")
FIELDS = {
    "name": ("nimi", "namn", "name", ""),
    "phone": ("puh.", "gsm", "Matkapuhelin", "tel", "mobil", "phone"),
    "email": ("sposti", "Sähköpostiosoite", "e-post", "e-mail"),
}


@given(
    st.lists(st.sampled_from(POSTS), min_size=1, max_size=3, unique=True),
    st.fixed_dictionaries({key: st.sampled_from(words) for key, words in FIELDS.items()}),
    st.booleans(),
)
def test_a_post_stands_before_or_after_its_field(posts, words, after_it):
    def named(post, word):
        return f"{word} ({post})" if after_it and word else f"{post} {word}".strip()

    headers = ["Yhdistys", *(named(post, word) for post in posts for word in words.values())]
    of = ListSheet("list.csv", tuple(headers), (("q",) * len(headers),))
    assert [(link.target, bool(link.holder)) for link in guess_columns(of).links] == [
        ("org", False),
        *((key, True) for _ in posts for key in words),
    ]


def test_where_nothing_tells_whose_the_names_are_it_is_asked():
    of = ListSheet("list.csv", ("Nimi", "Puhelin"), (("Aallotar", "1"), ("Kaisla", "2")))
    unclear = guess_columns(of).unclear
    assert unclear and unclear.header == "Nimi"
    error = unclear_names(unclear)
    assert error.values["samples"] == ["Aallotar", "Kaisla"] and "--kind" in error.remedy
    targets = {kind: guess_columns(of, kind=kind) for kind in ("organisations", "people", "both")}
    assert [found.unclear for found in targets.values()] == [None] * 3
    assert [found.links[0].target for found in targets.values()] == ["org", "name", "either"]


@given(st.sampled_from(["Nimi", "Namn", "Name"]), st.permutations(["url", "name", "phone"]))
def test_a_website_or_a_word_tells_organisations(header, order):
    cells = {"url": ("Kotisivu", "a.example"), "name": (header, "Aallotar"), "phone": ("Puh", "1")}
    of = ListSheet("l.csv", tuple(cells[k][0] for k in order), (tuple(cells[k][1] for k in order),))
    assert guess_columns(of).unclear is None
    assert {link.target for link in guess_columns(of).links} == {"url", "org", "phone"}


def test_an_older_register_keeps_in_words_what_it_has_no_column_for():
    old = book()
    for tab, columns in {
        "inbox": ("phone2", "url", "address", "short", "topics"),
        "people": ("phone2",),
        "organisations": ("address", "phone2"),
    }.items():
        old = with_headers(old, tab, columns)
    of, inbox = read_file(FILES["outlook-en"]), old.table("inbox")
    targets = [column.key for column in inbox.tab.columns if inbox.has(column.key)]
    outcome, _ = import_contacts(old, of, guess_columns(of, targets=targets), TickingClock().now())
    waiting = old.with_changes(outcome.plan.changes)
    after = waiting.with_changes(take_in(waiting, date(2026, 11, 23)))
    eila = next(row for row in rows(after, "people") if row["last"] == "Kaski")
    assert eila["phone"] == "+358401112222"
    for kept in ("09 310 1691", "Toritie 2", "www.kaisla.example"):
        assert kept in eila["notes"]


def test_a_refusal_of_the_row_holds_for_all_who_share_it_and_ones_own_for_one():
    headers = ("Yhdistys", "Lupa kutsuihin", "Pj nimi", "Siht nimi", "Siht sposti")
    row = ("Kaisla ry", "ei", "Eila Kaski", "Ivo Tamm", "älä lähetä ivo@kaisla.example")
    for cells, invited in ((row, set()), ((row[0], "", *row[2:]), {"Kaski"})):
        of = ListSheet("l.csv", headers, (cells,))
        outcome, _ = import_contacts(
            book(), of, guess_columns(of), TickingClock().now(), agreed=True
        )
        waiting = book().with_changes(outcome.plan.changes)
        after = waiting.with_changes(take_in(waiting, date(2026, 11, 23)))
        people = rows(after, "people")
        assert len(people) == 2
        assert {row["last"] for row in people if row["invite"] == "yes"} == invited


def test_a_no_that_a_separator_too_many_moved_out_of_the_headers_is_heard():
    of = read_file(FILES["no-beyond-the-headers"])
    outcome, _ = import_contacts(book(), of, guess_columns(of), TickingClock().now(), agreed=True)
    waiting = rows(book().with_changes(outcome.plan.changes), "inbox")
    assert [row["consent"] for row in waiting] == ["yes", "no", "yes"]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Email status", "Unsubscribed"),
        ("E-poststatus", "Avregistrerad"),
        ("Postituslupa (s-posti)", "Ei"),
        ("Nõusolek", "Ei"),
        ("Subscription", "cancelled"),
        ("Status", "Deactivated"),
        ("Tila", "Virheellinen osoite"),
        ("Jakelulista", "pois"),
        ("Kutsu", "EI"),
        ("Lähetetäänkö kutsu", "ei"),
        ("Huom", "pyytänyt poistamaan tietonsa"),
        ("Huom", "please remove"),
        ("Obs", "bett att bli borttagen"),
    ],
)
def test_a_no_is_heard_though_all_are_said_to_have_agreed(header, cell):
    rest = ("Ivo Tamm", "ivo@example.org", "")
    for cells, consent in ((("Eila Kaski", "eila@example.org", cell), "no"), (rest, "yes")):
        text = "\n".join(map(";".join, (("Nimi", "Sähköposti", header), cells, rest)))
        of = read_list(text.encode(), "list.csv")
        outcome, _ = import_contacts(book(), of, guess_columns(of), NOW, agreed=True)
        first = rows(book().with_changes(outcome.plan.changes), "inbox")[0]
        assert first["consent"] == consent

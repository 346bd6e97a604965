"""Laws of lists: whatever the order of the columns and their headers, the same cards come in."""

import tomllib
from importlib.resources import files

from hypothesis import given, strategies as st

from register.book.schema import schema
from register.intake.header_names import is_last_name_first, is_switchboard
from register.intake.header_row import header_row, joined_headers
from register.intake.offices import read_holder
from register.intake.sheet import ListSheet
from tests.list_corpus import rows, taken_in

SYNONYMS = tomllib.loads(
    files("register.intake").joinpath("synonyms.toml").read_text(encoding="utf-8")
)
ROWS = (
    {
        "org": "Kaislan kerho ry",
        "name": "Eila Kaski",
        "role": "sihteeri",
        "email": "eila@kaisla.example",
        "phone": "0401112222",
        "url": "www.kaisla.example",
        "text": "kesällä mökillä",
    },
    {
        "org": "Tuulian seura",
        "name": "Matti Tamm",
        "role": "puheenjohtaja",
        "email": "matti@tuulia.example",
        "phone": "0501112223",
        "url": "tuulia.example",
        "text": "",
    },
)
KEYS = tuple(ROWS[0])
WHOSE = ("org", "first", "last", "role", "email", "phone", "url", "name")


def headers_of(key):
    """Return the headers that mean a column, in three languages.

    Left out are those that say more: a house's number, which part of a name is first, a post.
    """
    own = schema().tab("inbox").column(key).headers.values()
    return [
        name
        for name in (*own, *SYNONYMS[key])
        if not is_switchboard(name) and not is_last_name_first(name) and not names_post(name)
    ]


def names_post(header):
    found = read_holder(header)
    return bool(found and found.role and not found.contact)


def cards(headers, cells):
    after = taken_in(ListSheet("list.csv", tuple(headers), tuple(map(tuple, cells))))
    return {
        tab: sorted(
            tuple(row.get(key, "").partition(" · ")[0] for key in WHOSE) for row in rows(after, tab)
        )
        for tab in ("organisations", "people")
    }


USUAL = ("Yhdistys", "Koko nimi", "Tehtävä", "Sähköposti", "Puhelin", "Kotisivu", "Huom")
RIGHT = cards(USUAL, [row.values() for row in ROWS])


def test_the_usual_headers_give_what_is_right():
    assert [row[0] for row in RIGHT["people"]] == ["Kaislan kerho ry", "Tuulian seura"]
    assert [row[3:6] for row in RIGHT["people"]] == [
        ("sihteeri", "eila@kaisla.example", "+358401112222"),
        ("puheenjohtaja", "matti@tuulia.example", "+358501112223"),
    ]


@given(
    st.permutations(KEYS),
    st.fixed_dictionaries({key: st.sampled_from(headers_of(key)) for key in KEYS}),
)
def test_any_header_of_three_languages_in_any_order(order, headers):
    cells = [[row[key] for key in order] for row in ROWS]
    assert cards([headers[key] for key in order], cells) == RIGHT


POSTS = ("Puheenjohtaja", "SIHTEERI", "Rahastonhoitaja", "Ordförande", "Sekr.", "Kassör", "Chair")
FIELDS = {
    "name": ("Nimi", "Namn", "Name"),
    "phone": ("Puh", "Puhelin", "Telefon", "Mobile"),
    "email": ("S-posti", "Sähköposti", "E-post", "Email"),
}
PEOPLE = (
    {"name": "Eila Kaski", "phone": "0401112222", "email": "eila@kaisla.example"},
    {"name": "Matti Tamm", "phone": "0501112223", "email": "matti@kaisla.example"},
    {"name": "Raija Holm", "phone": "0401112224", "email": "raija@kaisla.example"},
)


@given(
    st.lists(st.sampled_from(POSTS), min_size=1, max_size=3, unique=True),
    st.permutations(list(FIELDS)),
    st.fixed_dictionaries({key: st.sampled_from(words) for key, words in FIELDS.items()}),
    st.sampled_from(["merged", "each", "joined"]),
    st.booleans(),
)
def test_any_header_of_two_rows(posts, order, words, drawn, titled):
    told = list(zip(posts, PEOPLE, strict=False))
    below = ["Yhdistys", *(words[key] for _ in told for key in order)]
    above = ["", *(post if drawn == "each" or not n else "" for post, _ in told for n in range(3))]
    body = ["Kaislan kerho ry", *(person[key] for _, person in told for key in order)]
    if drawn == "joined":
        headers = ["Yhdistys", *(f"{post} {words[key]}" for post, _ in told for key in order)]
    else:
        lines = [*([["Luettelo", *[""] * (len(below) - 1)]] if titled else []), above, below, body]
        at = header_row(lines)
        assert at is not None
        headers, _, _ = joined_headers(lines, at)
    found = cards(headers, [body])
    assert [(row[-1], row[4], row[5]) for row in found["organisations"]] == [
        ("Kaislan kerho ry", "", "")
    ]
    assert {row[2]: (row[4], row[5]) for row in found["people"]} == {
        person["name"].split()[1]: (person["email"], "+358" + person["phone"][1:])
        for _, person in told
    }

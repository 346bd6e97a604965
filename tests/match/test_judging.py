import pytest

from register.match.certain_people import certain_people
from register.match.judging import judge_people
from register.match.pairs import people_pairs
from tests.making import book
from tests.match.contacts import Town
from tests.match.evaluation import figures

MAIJA = {"first": "Maija", "last": "Aalto", "org": "Apu ry", "municipality": "Espoo",
         "email": "majava@posti.example", "phone": "+358401234567"}  # fmt: skip


def decisions(*rows):
    return [(one.left, one.right, one.decision) for one in judge_people(rows)]


def test_a_register_it_was_not_trained_on():
    town = Town(21, 1_000)
    reached = figures(town.rows, town.who)
    assert reached.f1 >= 0.97 and reached.certain_precision == 1.0
    assert reached.recall >= 0.97 and reached.proposals_true >= 0.7


def test_the_order_of_the_rows_makes_no_difference():
    rows = Town(22, 200).rows
    there = {(one.left, one.right, one.decision) for one in judge_people(rows)}
    last = len(rows) - 1
    back = {
        (*sorted((last - one.left, last - one.right)), one.decision)
        for one in judge_people(rows[::-1])
    }
    assert there == back


@pytest.mark.parametrize(
    "other",
    [
        {"last": "Alto"},
        {"first": "Aalto", "last": "Maija", "email": ""},
        {"first": "M", "email": "", "phone": ""},
        {"last": "Salmi", "email": ""},
        {"org": "Toinen ry", "municipality": "Vantaa", "email": ""},
    ],
)
def test_typos_swaps_initials_marriages_and_moves_are_asked_about(other):
    assert decisions(MAIJA, {**MAIJA, **other}) == [(0, 1, "likely")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Mohammed Al-Hashimi", "Muhammad Alhashimi"),
        ("Fatima Nur", "Faadumo Nuur"),
        ("Abdirahman Warsame", "Cabdiraxmaan Warsame"),
        ("Jekaterina Smirnova", "Kateryna Smirnova"),
        ("Yevgeni Volkov", "Evgeny Volkov"),
        ("Oleksandr Petrenko", "Alexander Petrenko"),
    ],
)
def test_names_written_from_other_alphabets_are_asked_about_where_the_phone_is_one(one, two):
    rows = [
        {**MAIJA, "email": "", "first": name.split()[0], "last": name.split()[1]}
        for name in (one, two)
    ]
    assert decisions(*rows) == [(0, 1, "likely")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (MAIJA, {**MAIJA, "first": "Pekka", "email": ""}),
        (MAIJA, {**MAIJA, "first": "Pekka"}),
        ({**MAIJA, "email": "info@apu.example", "phone": ""},
         {**MAIJA, "first": "Seppo", "last": "Niemi", "email": "info@apu.example", "phone": ""}),
        ({**MAIJA, "email": "maija.aalto1@posti.example", "phone": ""},
         {**MAIJA, "first": "Mirja", "email": "maija.aalto2@posti.example", "phone": ""}),
        ({"org": "Apu ry"}, {"org": "Apu ry"}),
    ],
)  # fmt: skip
def test_families_couples_and_colleagues_are_never_asked_about(one, two):
    assert decisions(one, two) == []


def test_a_mailbox_that_many_names_share_is_nobodys_own():
    names = ("Aino Aalto", "Eero Berg", "Irma Niemi", "Olli Salo")
    rows = [dict(zip(("first", "last"), name.split(), strict=True)) for name in names]
    people = [{**row, "email": "kerho@posti.example"} for row in (*rows, rows[0])]
    assert certain_people(book(people=people)) == []


def test_a_chain_is_never_certain():
    """One mailbox, three surnames: each link is alike, the ends are not."""
    rows = [{**MAIJA, "last": last, "phone": ""} for last in ("Aalto", "Alto", "Salmi")]
    assert {decision for *_, decision in decisions(*rows)} == {"likely"}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{}],
        [{}, {}],
        [{"first": ""}, {"first": " ", "last": "\t"}],
        [{"first": "A"}, {"first": "A"}],
        [{"first": "x" * 200, "last": "y" * 200}] * 3,
        [{"first": "😀", "last": "🎉"}, {"first": "😀🎉", "last": ""}],
        [{"first": "Мария", "last": "Иванова"}, {"first": "محمد", "last": "علي"}],
        [{"first": "'; drop table x; --", "last": '"'}, {"first": "=1+1", "last": "\x00"}],
        [{"last": "Aalto"}, {"email": "a@b.example"}, {"phone": "1"}],
    ],
)
def test_bad_input_is_judged_without_harm(rows):
    for one in judge_people(rows):
        assert 0 <= one.left < one.right < len(rows) and 0.5 <= one.probability <= 1


def test_rows_that_are_all_alike_are_one_group():
    assert len(judge_people([MAIJA] * 12)) == 66


def test_one_mailbox_and_one_town_for_all_end_in_time():
    rows = [
        {**row, "email": "info@apu.example", "municipality": "Espoo", "org": "Apu ry", "phone": ""}
        for row in Town(3, 5_000).rows
    ]
    assert len(judge_people(rows)) < 100_000


def test_reasons_say_what_agrees_and_what_does_not():
    people = [{"id": "H-0JCDN", **MAIJA}, {"id": "H-WR637", **MAIJA, "last": "Salmi", "role": "x"}]
    (pair,) = people_pairs(book(people=people))
    assert pair.certainty == "likely" and 0.5 <= pair.probability <= 1
    assert set(pair.evidence) >= {"name_other_last", "email_same", "phone_same"}
    assert dict(zip(pair.evidence, pair.weights, strict=True))["email_same"] > 6


@pytest.mark.parametrize(
    "other",
    [
        {"first": "Maria", "email": ""},
        {"last": "Salmi (ent. Aalto)", "email": ""},
        {"last": "Salmi o.s. Aalto", "email": "", "phone": ""},
        {"last": "Salmi-Aalto", "email": "", "phone": ""},
        {"first": "Aalto", "last": "Maria", "email": ""},
        {"phone": "040 123 4567", "email": "", "org": ""},
    ],
)
def test_short_forms_and_former_surnames_are_asked_about(other):
    assert decisions(MAIJA, {**MAIJA, **other}) == [(0, 1, "likely")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Anne Kuusilampi", "Janne Kuusilampi"),
        ("Anna-Liisa Lepiskangas", "Anneli Lepiskangas"),
        ("Sami Björklund", "Sari Björklund"),
        ("Fatima Elena Kumar", "Hassan Elena Kumar"),
    ],
)
def test_two_names_that_people_bear_are_no_slip_of_the_pen(one, two):
    """Brother and sister with one phone, in one association."""
    rows = [{**MAIJA, "email": ""} for _ in (one, two)]
    for row, name in zip(rows, (one, two), strict=True):
        row["first"], row["last"] = name.rsplit(" ", 1)
    assert decisions(*rows) == []


def test_many_spellings_of_one_name_do_not_make_a_mailbox_shared():
    spelt = ("Aalto", "Alto", "Aaltto", "Aaltoo", "Aaltp")
    rows = [{**MAIJA, "last": last, "phone": ""} for last in spelt]
    assert len(decisions(*rows)) == 10


def test_a_landline_of_two_tells_of_the_office():
    office = {"org": "", "municipality": "", "email": "", "phone": "09 123 4567"}
    rows = [
        {**MAIJA, **office},
        {**MAIJA, **office, "last": "Salmi"},
        {**MAIJA, **office, "first": "Seppo", "last": "Niemi"},
    ]
    assert decisions(*rows) == []

"""Who waits stands first, then what blocks an invitation, then duplicates, then the rest."""

from datetime import date

from register.book.ids import fingerprint, new_id
from register.book.moves import moves_to
from register.match.pair import Pair
from register.review.bulk import BulkLine
from register.review.question import BULK_KIND, Question
from register.review.urgency import (
    Urgency,
    order_with_messages,
    review_order,
    urgency,
    with_urgency,
)
from tests.making import book

TODAY = date(2026, 3, 2)


def own(letter, number):
    return new_id(letter, (str(number),), set())


PEOPLE = [
    {"id": own("H", 1), "first": "Maija", "last": "Virtanen", "invite": "yes"},
    {"id": own("H", 2), "first": "Pekka", "last": "Koski", "invite": "no"},
    {"id": own("H", 3), "first": "Anna", "last": "Laine", "invite": "yes"},
]
MEETINGS = [
    {"id": own("T", 1), "name": "Lähitapaaminen", "date": "2026-03-16", "state": "released"},
    {"id": own("T", 2), "name": "Myöhempi", "date": "2026-03-17", "state": "released"},
    {"id": own("T", 3), "name": "Peruttu", "date": "2026-03-09", "state": "cancelled"},
]
INVITED = [{"id": own("K", 1), "meeting": own("T", 1), "person": own("H", 3)}]


def case(number, kind, link, severity="warning", **cells):
    row = {"id": fingerprint("case", str(number)), "kind": kind, "severity": severity}
    return row | {"link": link, **cells}


def person(number):
    return f"Yhteyshenkilöt: Nimi · {own('H', number)}"


def meeting(number):
    return f"Tapaamiset: Nimi · {own('T', number)}"


QUESTIONS = [
    case(1, "answer", f"Kutsut: {own('K', 1)}"),
    case(2, "bounce", person(2)),
    case(3, "person_change", person(2)),
    case(4, "error", meeting(1), "error"),
    case(5, "error", person(3), "error"),
    case(6, "error", person(2), "error"),
    case(7, "warning", person(1), left="Sähköposti"),
    case(8, "duplicate", person(1)),
    case(9, "duplicate", person(2)),
    case(10, "warning", meeting(2)),
    case(11, "warning", person(2), left="Sähköposti: x@example.org"),
    case(12, "stale", person(2), "info"),
]
LIKELY = {QUESTIONS[7]["id"]: 0.99, QUESTIONS[8]["id"]: 0.6}


def asked(case_id, probability):
    pair = Pair("people", "", "", "likely", (), (), probability)
    return Question(case_id, (), (), pair=pair)


def order(rows, likely=LIKELY, lines=(), **tabs):
    tabs = {"people": PEOPLE, "meetings": MEETINGS, "invitations": INVITED} | tabs
    questions = [asked(*one) for one in likely.items()]
    return list(review_order(book(review=rows, **tabs), TODAY, questions, lines))


def ids(rows):
    return [row["id"] for row in rows]


def test_the_most_urgent_stands_first():
    alike = (0, 1, 2, 4, 3, 6, 5, 7, 8, 10, 9, 11)
    assert order(QUESTIONS[::-1]) == ids(QUESTIONS[n] for n in alike)


def test_how_urgent_each_is():
    register = book(review=QUESTIONS, people=PEOPLE, meetings=MEETINGS, invitations=INVITED)
    told = [urgency(register, row["id"], row, TODAY) for row in QUESTIONS]
    waiting, blocking, doubled, other = Urgency
    assert told == [waiting] * 5 + [blocking] * 2 + [doubled] * 2 + [other] * 3


def test_nothing_that_waits_longer_stands_above_what_is_said_to_be_urgent():
    register = book(review=QUESTIONS, people=PEOPLE, meetings=MEETINGS, invitations=INVITED)
    asked = [
        Question(row["id"], (), tuple((key, text) for key, text in row.items() if key != "id"))
        for row in QUESTIONS
    ]
    told = [one.severity for one in with_urgency(register, TODAY, asked)]
    assert told == ["error"] * 7 + ["warning"] * 4 + ["info"]
    line = BulkLine(asked[9], (asked[6], asked[10]))
    told = {one.id: one.severity for one in with_urgency(register, TODAY, asked, [line])}
    assert told[asked[10].id] == told[asked[6].id] == "error"


def test_the_likeliest_of_two_who_may_be_one_stand_first():
    pairs = [case(n, "duplicate", person(1)) for n in range(20, 24)]
    likely = dict(zip(ids(pairs), (0.2, 0.9, 0.5, 0.7), strict=True))
    assert order(pairs, likely) == ids(pairs[n] for n in (1, 3, 2, 0))


def test_where_no_pair_was_judged_they_stay_as_they_stand():
    pairs = [case(n, "duplicate", person(1)) for n in range(20, 24)]
    assert order(pairs, {}) == ids(pairs)


def test_what_is_handled_stands_below_all_that_is_open_the_latest_first():
    handled = [
        case(30, "answer", person(1), done="2026-02-01T09:00"),
        case(31, "error", person(1), "error", done="2026-03-01T09:00"),
    ]
    assert order([*handled, QUESTIONS[11]]) == ids([QUESTIONS[11], handled[1], handled[0]])


def test_who_wants_no_letters_waits():
    inbox = [{"id": own("S", 1), "email": "h@example.org", "consent": "no", "at": "2026-03-01"}]
    refused = case(40, "intake", f"Saapuneet: {own('S', 1)}", left=own("S", 1))
    new = Question(refused["id"], (), tuple(refused.items()))
    (told,) = with_urgency(book(inbox=inbox), TODAY, [new])
    assert told.severity == "error", "also when it is asked for the first time"
    rows = [QUESTIONS[1], QUESTIONS[5], refused]
    assert order(rows, inbox=inbox) == ids([refused, QUESTIONS[1], QUESTIONS[5]])


def test_a_meeting_is_near_for_two_weeks_and_never_when_it_is_over_or_cancelled():
    rows = [case(n, "warning", meeting(n)) for n in (1, 2, 3)]
    register = book(review=rows, meetings=MEETINGS)
    waits = [urgency(register, row["id"], row, TODAY) is Urgency.WAITING for row in rows]
    assert waits == [True, False, False]
    later = [urgency(register, row["id"], row, date(2026, 3, 17)) for row in rows]
    assert later == [Urgency.OTHER, Urgency.WAITING, Urgency.OTHER]


def test_alike_questions_stay_in_the_order_in_which_they_were_asked():
    rows = [case(n, "warning", person(2)) for n in (54, 51, 53, 52)]
    assert order(rows) == ids(rows)
    assert not moves_to(ids(rows), order(rows))


def test_rows_that_people_wrote_are_not_ordered():
    rows = [{"message": "Kysy Pirjolta"}, QUESTIONS[11], QUESTIONS[0]]
    assert order(rows) == ids([QUESTIONS[0], QUESTIONS[11]])


def bulk(line, *members):
    return BulkLine(
        Question(line["id"], (), ()), tuple(Question(one["id"], (), ()) for one in members)
    )


def test_a_line_for_many_stands_directly_above_them():
    members = [case(n, "warning", person(2)) for n in (60, 61, 62)]
    line = case(63, BULK_KIND, "3 riviä")
    rows = [QUESTIONS[11], members[0], QUESTIONS[9], members[1], members[2], line]
    told = order(rows, lines=[bulk(line, *members)])
    assert told == ids([line, *members, QUESTIONS[9], QUESTIONS[11]])
    rows.sort(key=lambda row: told.index(row["id"]))
    assert order(rows, lines=[bulk(line, *members)]) == told


def test_many_at_once_are_as_urgent_as_the_most_urgent_of_them():
    members = [case(60, "warning", person(2)), case(61, "error", person(1), "error")]
    line = case(63, BULK_KIND, "2 riviä")
    rows = [QUESTIONS[7], *members, line, QUESTIONS[0]]
    told = order(rows, lines=[bulk(line, *members)])
    assert told == ids([QUESTIONS[0], line, members[1], members[0], QUESTIONS[7]])


def test_nobody_waits_in_a_crowd():
    members = [case(n, "person_change", person(2)) for n in (60, 61, 62)]
    line = case(63, BULK_KIND, "3 riviä")
    rows = [*members, line, QUESTIONS[5]]
    told = order(rows, lines=[bulk(line, *members)])
    assert told == ids([QUESTIONS[5], line, *members])


def test_a_handled_member_goes_below_although_its_line_is_open():
    members = [case(60, "warning", person(2), done="2026-03-01T09:00"), *QUESTIONS[10:]]
    line = case(63, BULK_KIND, "2 riviä")
    told = order([line, *members], lines=[bulk(line, *members[1:])])
    assert told == ids([line, *members[1:], members[0]])


def test_after_a_mail_only_who_waits_goes_up_and_what_is_handled_down():
    rows = [
        case(70, "error", person(1), "error", done="2026-03-01"),
        *QUESTIONS[4:],
        *QUESTIONS[:2],
    ]
    told = list(order_with_messages(book(review=rows, people=PEOPLE)))
    assert told == ids([*QUESTIONS[:2], *QUESTIONS[4:], rows[0]])

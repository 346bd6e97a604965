"""The whole spring of sixty people in three languages, from the shared sheet alone.

Two open meetings, the day of one asked for, a monthly letter, a queue, a form, a wave of spam, a
run that is killed. What is looked at is what people's mailboxes hold and what the sheet says.
"""

from __future__ import annotations

import re
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.postfix.spring import AT, HELSINKI, LIISA, MEETING, a_spring, address, wait
from tests.postfix.test_letters import LETTER
from tests.replies.clients import CALENDARS, Asked, tapped
from tests.replies.quotes import PROGRAMS

pytestmark = [pytest.mark.postfix, pytest.mark.timeout(1500)]

NAMES = """
Maija Malli, Nils Prov, Amina Test, Väinö Veto, Seija Koe, Olli Oma, Kerttu Kivi, Eero Esko,
Greta Gran, Hugo Holm, Ilta Isola, Jouko Jokela, Aino Aalto, Björn Berg, Celia Costa, Daavid Dahl,
Elsa Eriksson, Fredrik Fors, Gita Gupta, Heikki Harju, Irja Ilves, Johan Jansson, Kira Kumar,
Lauri Laine, Martta Mäki, Niklas Nyman, Olivia Owens, Pentti Peltola, Raili Rinne, Sixten Sandell,
Thea Tanaka, Urpo Uotila, Venla Vainio, Wilhelm Wikman, Xenia Xu, Yrjö Ylinen, Åke Åberg,
Ärja Ärjälä, Önni Öman, Auli Ahola, Birgitta Backman, Caspar Crane, Dora Diaz, Einari Einola,
Fanny Finne, Gunnar Grönroos, Helvi Hiltunen, Ismo Inkinen, Jenny Jones, Kaino Karppi, Lahja Lampi,
Mikael Melin, Noora Novak, Oiva Ojala, Pirkko Pesonen, Rolf Roos, Sirkka Salmi, Taisto Tuominen,
Ulla Untamo, Vilho Vuori"""
LANGUAGES = ("suomi", "ruotsi", "englanti", "suomi")
PLACES = ["Espoo"] * 36 + ["Vantaa"] * 18 + ["Tampere"] * 6
PEOPLE = [
    (*name.split(), LANGUAGES[n % 4], place)
    for n, (name, place) in enumerate(zip(NAMES.split(","), PLACES, strict=True))
]
SPEAKS = {address(first, last): language for first, last, language, _ in PEOPLE}
ESPOO, VANTAA = list(SPEAKS)[:36], list(SPEAKS)[36:54]
SPRING, EVENING = "Kevättapaaminen", "Vantaan ilta"
SEATS = {SPRING: 20, EVENING: 8}
OPEN = MEETING | {"Avoin ilmoittautuminen": "kyllä"}

SHAPES = ("gmail fi", "outlook sv", "apple", "nothing", "gmail page", "outlook page", "apple page")
DAYS = {
    "suomi": {"ti ja ke käy": "++?", "Kaikki käyvät": "+++", "keskiviikko ei käy": "?-?",
              "Mikään ei käy": "---", "Tiistaina pääsen, keskiviikkona en.": "+-?"},
    "ruotsi": {"onsdag passar inte": "?-?", "Alla dagar passar": "+++"},
    "englanti": {"Tuesday works for me": "+??", "Wednesday does not suit": "?-?"},
}  # fmt: skip
"""What each says of Tuesday, Wednesday and Thursday."""

WORDS = {
    "suomi": {"Tulossa": 1, "Tulemme kaksi. Olen vegaani.": 2, "En pääse": 0, "Olen tulossa!": 1,
              "Tulen, tarvitsen esteettömän pääsyn pyörätuolilla.": 1},
    "ruotsi": {"Kommer": 1, "Vi kommer två, en är gluteenintolerant": 2, "Kommer inte": 0},
    "englanti": {"Coming": 1, "There will be three of us.": 3, "Not coming": 0},
}  # fmt: skip
"""How many come who say so."""

TAPS = {"suomi": "Tulossa", "ruotsi": "Kommer", "englanti": "Coming"}
REGRETS = {
    "suomi": "Valitettavasti en pääsekään.",
    "ruotsi": "Tyvärr kan jag inte komma.",
    "englanti": "Sorry, I can't make it.",
}
HEADERS = [
    "Aikaleima",
    "Tapaaminen",
    "Nimi",
    "Sähköposti",
    "Puhelin",
    "Yhdistys",
    "Henkilöitä",
    "Tarpeet",
]
EVIL = '\'=HYPERLINK("http://x.example";"<script>alert(1)</script>")'
ULLA, TIMO = "ulla.uusi@koti.example", ("timo@tyo.example", "timo@koti.example")


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


class WholeSpring:
    """What is done and said, and beside it who should have been told what, and how often."""

    def __init__(self, spring) -> None:
        self.spring, self.told = spring, Counter()
        self.desk = spring.place.desk.person
        self.lines = 1
        self.clock = moment("2026-11-20T08:00")

    def runs(self, when):
        """Run, as cron does; nobody is ever let in over the places."""
        self.spring.runs(when, code=None)
        for meeting, most in SEATS.items():
            assert (
                sum(heads for said, heads in self.stand(meeting).values() if said == "tulossa")
                <= most
            )

    def stand(self, meeting):
        """Return how people stand to a meeting: the answer and how many, by address."""
        rows = [one for one in self.spring.invitations() if one["Tapaaminen"].startswith(meeting)]
        assert len({one["Yhteyshenkilö"] for one in rows}) == len(rows)
        return {one["Osoite"]: (one["Vastaus"], int(one["Henkilöitä"] or 1)) for one in rows}

    def code(self, name):
        """Return the code of the last preview of this row."""
        mine = [one for one in self.spring.mails() if str(one["To"]) == LIISA]
        found = [one["Subject"] for one in mine if one["Subject"].endswith(f"Esikatselu: {name}")]
        return re.match(r"\[(\d+-[0-9A-Z]{4})\]", found[-1])[1]

    def asks(self, row, **cells):
        self.spring.types(row, **cells)

    def letters(self, kind, meeting=""):
        """Return the letters of a kind, once all have come that should have."""
        wanted = sum(count for (_, what), count in self.told.items() if what == kind)
        wait(lambda: self.spring.letters(kind).total() >= wanted)
        return {
            str(one["To"]): bytes(one)
            for one in self.spring.mails()
            if f"/{kind}/" in str(one["X-Campaign-ID"]) and LIISA not in str(one["To"])
        }

    def hands_in(self, data):
        """Hand in a mail, a minute after the one before.

        Its day is none to come, by the mail server's clock: such a day is not believed.
        """
        self.clock += timedelta(minutes=1)
        head = f"Date: {format_datetime(self.clock)}".encode()
        self.spring.post.takes(re.sub(rb"(?m)^Date: [^\r\n]*", head, data, count=1))

    def come(self, count):
        """Wait until our mailbox holds so many mails that nobody has read."""
        box = self.spring.post.root / "mail" / "ours" / "new"
        wait(lambda: len([*box.glob("*")]) >= count)

    def forms(self, *rows):
        self.desk.types("Ilmoittautumiset", f"A{self.lines + 1}", [list(row) for row in rows])
        self.lines += len(rows)

    def decides(self, text, decision):
        head, *rows = self.spring.place.rows("Tarkista")
        at = head.index("Mitä")
        (row,) = [n for n, one in enumerate(rows, 2) if text in one[at]]
        self.spring.place.types("Tarkista", row, "Päätös", decision)

    def should_be_told(self, kind, people):
        self.told.update((one, kind) for one in people)


@pytest.fixture
def whole(tmp_path):
    with a_spring("google", tmp_path, PEOPLE) as spring:
        file = spring.place.folder / "config.toml"
        config = file.read_text(encoding="utf-8")
        config = config.replace("release = ", 'automatic = ["receipt"]\nrelease = ')
        form = '[sign_up_form]\ntab = "Ilmoittautumiset"\n\n'
        file.write_text(form + config, encoding="utf-8")
        whole = WholeSpring(spring)
        whole.desk.add_tab("Ilmoittautumiset")
        whole.desk.types("Ilmoittautumiset", "A1", [HEADERS])
        yield whole


def test_a_whole_spring(whole):
    letters_ask_whom_they_are_for(whole)
    unclear = a_killed_run_is_gone_on_with(whole)
    the_day_is_asked_for(whole)
    answers_fill_the_places(whole)
    a_form_brings_guests_and_spam(whole)
    people_decide(whole)
    the_queue_moves_on(whole)
    the_meeting_moves_and_is_held(whole)
    mailboxes_hold_just_what_they_should(whole, unclear)


def letters_ask_whom_they_are_for(whole):
    """A mailing that says nothing, or is everybody, is asked about; a code is one row's."""
    spring = whole.spring
    days = {"Pvm": "", "Päivävaihtoehdot": "20.4.2027, 21.4.2027, 22.4.2027"}
    gather = {"Tila": "kokoa kutsuttavat"}
    spring.fills(2, OPEN | days | gather | {"Paikkoja": str(SEATS[SPRING])})
    where = {"Nimi": EVENING, "Alue": "Vantaa", "Pvm": "28.4.2027", "Kiitos": ""}
    spring.fills(3, OPEN | where | gather | {"Paikkoja": str(SEATS[EVENING])})
    spring.fills(2, {"Nimi": "Kuukausikirje"}, "Jakelut")
    spring.fills(2, LETTER | {"Tila": "esikatselu"}, "Kirjeet")
    whole.runs("2027-02-22 09:00")
    assert "ei kerro, keitä" in spring.cell("Huomautus", 2, "Kirjeet")
    spring.fills(2, {"Alue": "Espoo, Vantaa, Tampere"}, "Jakelut")
    for row in (2, 3):
        whole.asks(row, Tila="esikatselu")
    whole.runs("2027-02-22 09:15")
    assert "on koko rekisteri" in spring.cell("Huomautus", 2, "Kirjeet")
    spring.fills(2, {"Alue": "Espoo, Vantaa"}, "Jakelut")
    for row in (2, 3):
        whole.asks(row, Tila="saa lähettää", Lupa=whole.code(SPRING))
    whole.should_be_told("poll", ESPOO)
    whole.runs("2027-02-22 09:30")
    assert spring.cell("Huomautus", 3).startswith("Sarakkeessa Lupa on toisten kirjeiden koodi")
    assert not spring.letters("invitation") and not spring.letters("J-")


def a_killed_run_is_gone_on_with(whole):
    """The power goes while letters go; what is left goes, and one at most nobody knows of."""
    spring, box = whole.spring, whole.spring.post.root / "mail" / "all" / "new"
    whole.asks(3, Lupa=whole.code(EVENING))
    spring.types(2, "Kirjeet", Tila="saa lähettää", Lupa=whole.code("Maaliskuun kirje"))
    whole.letters("poll")
    here = len([*box.glob("*")])
    killed = spring.begins("2027-02-23 10:00")
    while len([*box.glob("*")]) < here + 24 and killed.poll() is None:
        time.sleep(0.003)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    whole.runs("2027-02-23 10:20")
    assert spring.cell("Tila", 3) == spring.cell("Tila", 2, "Kirjeet") == "lähetetty"
    unclear = [spring.cell("Huomautus", 3), spring.cell("Huomautus", 2, "Kirjeet")]
    whole.should_be_told("invitation", VANTAA)
    whole.should_be_told("letter", ESPOO + VANTAA)
    return sum(one.startswith("1 kirje ehkä lähti") for one in unclear)


def the_day_is_asked_for(whole):
    spring, asked, suits = whole.spring, whole.letters("poll"), Counter()
    for n, who in enumerate(ESPOO[:30]):
        said = list(DAYS[SPEAKS[who]].items())
        words, marks = said[n // 4 % len(said)]
        letter = Asked.of(asked[who])
        if n % 6 == 5:
            marks = "+++"
            whole.hands_in(
                tapped(
                    letter, {"suomi": "Kaikki", "ruotsi": "Alla", "englanti": "All"}[SPEAKS[who]]
                )
            )
        else:
            whole.hands_in(PROGRAMS[SHAPES[n % 7]](letter, words, "above"))
        suits.update(
            day for day, mark in zip(("ti", "ke", "to"), marks, strict=True) if mark == "+"
        )
    whole.come(30)
    whole.runs("2027-02-26 09:00")
    tally = f"ti 20.4. {suits['ti']}, ke 21.4. {suits['ke']}, to 22.4. {suits['to']} / 30 vastasi"
    assert spring.cell("Vastaukset") == tally
    whole.asks(2, Pvm="20.4.2027", Tila="esikatselu")
    whole.runs("2027-03-01 09:00")
    whole.asks(2, Tila="saa lähettää", Lupa=whole.code(SPRING))
    whole.should_be_told("invitation", ESPOO)
    whole.runs("2027-03-01 09:15")
    assert spring.cell("Tila") == "lähetetty"


def answers_fill_the_places(whole):
    """In the shapes of people's programs and calendars; who comes too late for a place waits."""
    whole.clock = moment("2026-11-21T12:00")
    letters, wanted = whole.letters("invitation"), {}
    for n, who in enumerate(ESPOO[:30]):
        letter, said = Asked.of(letters[who]), list(WORDS[SPEAKS[who]].items())
        words, heads = said[n // 4 % len(said)]
        if n % 5 == 4:
            program, heads = ("gmail", "exchange", "outlook", "apple")[n // 5 % 4], n % 2
            at = (whole.clock + timedelta(minutes=1)).astimezone(UTC)
            whole.hands_in(CALENDARS[program](letter, "ACCEPTED" if heads else "DECLINED", at))
        else:
            whole.hands_in(PROGRAMS[SHAPES[n % 7]](letter, words, "above"))
        wanted[who] = heads
        by_calendar = n % 5 == 4 and program == "gmail"
        if not by_calendar or (heads and heads > SEATS[SPRING] - seated(wanted, who)):
            whole.should_be_told("receipt", [who])
    for who in VANTAA:
        whole.hands_in(tapped(Asked.of(letters[who]), TAPS[SPEAKS[who]]))
    whole.should_be_told("receipt", VANTAA)
    whole.come(48)
    whole.runs("2027-03-02 10:00")
    there = whole.stand(SPRING)
    for who, heads in wanted.items():
        room = heads <= SEATS[SPRING] - seated(wanted, who)
        said = ("tulossa" if room else "jonossa") if heads else "ei pääse"
        assert there[who] == (said, max(heads, 1)), who
    assert [one[0] for one in list(whole.stand(EVENING).values())].count("tulossa") == 8
    waiting = {who for who, (said, _) in whole.stand(EVENING).items() if said == "jonossa"}
    assert waiting == set(VANTAA[8:])
    assert not [one for one in spring_questions(whole) if one["Laji"] == "vastaus"]


def seated(wanted, who):
    """Return how many have a place before somebody, who answers last of these."""
    taken = 0
    for one, heads in wanted.items():
        if one == who:
            break
        taken += heads if heads <= SEATS[SPRING] - taken else 0
    return taken


def spring_questions(whole):
    return [one for one in whole.spring.rows("Tarkista") if not one["Käsitelty"]]


def row(clock, meeting, name, mailbox, phone="", party="", needs="", org=""):
    return f"2027-03-02 {clock}:00", meeting, name, mailbox, phone, org, party, needs


def a_form_brings_guests_and_spam(whole):
    """Who is known is in the queue; who is new comes in; the rest of it changes nothing."""
    spring, sirkka, pirkko = whole.spring, address("Sirkka", "Salmi"), address("Pirkko", "Pesonen")
    spring.fills(4, OPEN | {"Nimi": "Peruttu ilta", "Tila": "peruttu", "Pvm": "12.5.2027"})
    over = {"Nimi": "Syysilta", "Tila": "pidetty", "Pvm": "12.10.2026", "Vastaa viimeistään": ""}
    spring.fills(5, OPEN | over | {"Kiitos": "", "Muistutus (pv ennen)": ""})
    rolf = "Rolf Roos", address("Rolf", "Roos")
    whole.forms(
        row("12:00", SPRING, "Pirkko Pesonen", pirkko, party="2"),
        row("12:01", SPRING, "Ulla Uusi", ULLA, "040 700 0001", needs="gluteeniton"),
        row("12:02", SPRING, "Seija Koe", "seija@koti.example"),
        row("12:03", SPRING, "Timo Tupla", TIMO[0], "040 700 0002"),
        row("12:04", SPRING, "Timo Tupla", TIMO[1], "040 700 0002"),
        row("12:05", SPRING, "Yrjö Ylinen", ESPOO[0]),
        row("12:06", SPRING, "Suuri Seurue", "suuri@koti.example", party="400"),
        row("12:07", "Ei mikään", *rolf),
        row("12:08", "Peruttu ilta", *rolf),
        row("12:09", "Syysilta", *rolf),
        row("12:10", SPRING, EVIL, "paha@koti.example", needs=EVIL, org=EVIL),
        row("12:11", EVENING, "Sirkka Salmi", sirkka),
        *(
            row(f"13:{n % 60:02}", SPRING, f"Roska Nro{n}", f"roska{n}@roska.example")
            for n in range(500)
        ),
    )
    whole.runs("2027-03-02 14:00")
    assert (whole.stand(SPRING)[pirkko], whole.stand(EVENING)[sirkka][0]) == (
        ("jonossa", 2),
        "jonossa",
    )
    whole.runs("2027-03-02 14:15")
    there = whole.stand(SPRING)
    assert not [one for one in there if "roska" in one]
    assert [there[one][0] for one in (ULLA, *TIMO)] == ["jonossa"] * 3
    assert not {"seija@koti.example", "suuri@koti.example", rolf[1], "paha@koti.example"} & {*there}
    whole.should_be_told("receipt", [pirkko, sirkka, ULLA, *TIMO])
    told = " ".join(one["Mitä"] for one in spring_questions(whole))
    for words in ("500 ilmoittautumista", "yli 10 henkilöä", "(Ei mikään)", "kaava"):
        assert words in told, words


def people_decide(whole):
    """One of two addresses is one human with one place; who was signed up by another is asked."""
    whole.decides("500 ilmoittautumista", "jätä näin")
    whole.decides("Ovatko Timo Tupla", "yhdistä")
    whole.decides("Onko Seija Koe (Saapuneet", "yhdistä")
    whole.runs("2027-03-03 08:00")
    timo = [one for one in whole.stand(SPRING) if one in TIMO]
    seija = address("Seija", "Koe")
    assert len(timo) == 1 and whole.stand(SPRING)[seija][0] == "jonossa"
    assert whole.stand(SPRING)[address("Yrjö", "Ylinen")][0] == ""
    whole.should_be_told("receipt", [seija])
    before = [whole.spring.place.rows(tab) for tab in ("Kutsut", "Tarkista", "Loki", "Saapuneet")]
    mails = len(whole.spring.mails())
    whole.runs("2027-03-03 08:15")
    after = [whole.spring.place.rows(tab) for tab in ("Kutsut", "Tarkista", "Loki", "Saapuneet")]
    assert after == before and len(whole.spring.mails()) == mails


def the_queue_moves_on(whole):
    """Who cannot come after all makes room for the first in the queue whom there is room for."""
    whole.clock = moment("2026-11-23T12:00")
    letters, before = whole.letters("invitation"), whole.stand(SPRING)
    leaving = [one for one in ESPOO if before[one] == ("tulossa", 1)][:3]
    for who in (*leaving, VANTAA[0]):
        data = PROGRAMS["apple page"](Asked.of(letters[who]), REGRETS[SPEAKS[who]], "above")
        whole.hands_in(data)
    whole.come(4)
    whole.runs("2027-03-04 08:00")
    after, left = whole.stand(SPRING), SEATS[SPRING]
    left -= sum(heads for said, heads in before.values() if said == "tulossa") - len(leaving)
    seija, placed = address("Seija", "Koe"), []
    queue = [
        *(one for one in ESPOO[:30] if one != seija),
        address("Pirkko", "Pesonen"),
        ULLA,
        seija,
    ]
    for who in (one for one in queue if before[one][0] == "jonossa"):
        if before[who][1] <= left:
            left -= before[who][1]
            placed.append(who)
    assert placed and [after[one][0] for one in leaving] == ["ei pääse"] * 3
    assert {one for one in before if before[one][0] == "jonossa" != after[one][0]} == {*placed}
    evening = whole.stand(EVENING)
    assert (evening[VANTAA[0]][0], evening[VANTAA[8]][0]) == ("ei pääse", "tulossa")
    assert [evening[one][0] for one in VANTAA[9:]] == ["jonossa"] * 9
    whole.should_be_told("receipt", [*leaving, *placed, VANTAA[0], VANTAA[8]])


def the_meeting_moves_and_is_held(whole):
    """Who is silent is reminded; who joined by themselves hears what the others do."""
    spring = whole.spring
    silent = [one for one in ESPOO if not whole.stand(SPRING)[one][0]]
    whole.should_be_told("reminder", silent)
    whole.runs("2027-04-08 08:05")
    whole.asks(2, Paikka="Kulttuurikeskus", Tila="siirretty")
    whole.runs("2027-04-09 09:00")
    whole.asks(2, Lupa=whole.code(SPRING))
    whole.runs("2027-04-09 09:15")
    assert spring.cell("Tila") == "lähetetty"
    there = whole.stand(SPRING)
    whole.should_be_told("change", {*ESPOO, *there})
    coming = [one for one, (said, _) in there.items() if said == "tulossa"]
    whole.should_be_told("details", coming)
    whole.runs("2027-04-18 08:05")
    whole.asks(2, Tila="pidetty")
    whole.should_be_told("thanks", coming)
    whole.runs("2027-04-21 08:05")
    whole.runs("2027-04-21 08:20")


def mailboxes_hold_just_what_they_should(whole, unclear):
    spring, wanted = whole.spring, whole.told
    wait(lambda: len(kinds(spring)) and kinds(spring).total() >= wanted.total() - unclear)
    got = kinds(spring)
    assert got - wanted == Counter()
    lacking = wanted - got
    assert lacking.total() <= unclear, lacking
    every = Counter(
        (str(one["To"]), str(one["X-Campaign-ID"]))
        for one in spring.mails()
        if one["X-Campaign-ID"] and "preview" not in one["X-Campaign-ID"]
    )
    assert set(every.values()) == {1}
    assert {to for to, _ in every if to.endswith(f"@{AT}")} <= {*SPEAKS}


def kinds(spring):
    """Return how many letters of each kind each mailbox holds, but for the coordinator's."""
    campaigns = [(str(one["To"]), str(one["X-Campaign-ID"])) for one in spring.mails()]
    return Counter(
        (to, "letter" if name.startswith("letter/") else name.split("/")[1])
        for to, name in campaigns
        if to != LIISA and name != "None"
    )

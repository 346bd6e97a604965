"""Registers made to mislead: rows that have much in common and that their maker tells apart.

Nothing here is typed wrongly but for what makes two alike. ``rows`` are cells, ``who`` tells them.
"""

from random import Random

FIRSTS = ("Maija", "Mauri", "Matti", "Mikko", "Anna", "Anne", "Antti", "Heikki", "Juha", "Juhani",
          "Liisa", "Elisa", "Kari", "Katri", "Aleksi", "Aleksandra", "Mohamed", "Mohamud")  # fmt: skip
LASTS = ("Virtanen", "Virta", "Laine", "Laina", "Heikki", "Antti", "Mäki", "Mäkinen", "Ali")
TOWNS = ("Espoo", "Kuopio", "Turku", "Oulu", "Vantaa", "Raahe")
GENITIVES = dict(
    zip(TOWNS, ("Espoon", "Kuopion", "Turun", "Oulun", "Vantaan", "Raahen"), strict=True)
)
SWEDISH = dict(zip(TOWNS, ("Esbo", "Kuopio", "Åbo", "Uleåborg", "Vanda", "Brahestad"), strict=True))
NUMBERS = ("0171450-7", "0211675-2", "0142249-1", "0116003-0")
TWINS = (
    ("{g} Sydänyhdistys ry", "{g} Syöpäyhdistys ry", "{g} Diabetesyhdistys ry", "{g} Hengitysyhdistys ry"),
    ("{g} Sotainvalidit ry", "{g} Sotaveteraanit ry", "{g} Rintamaveteraanit ry"),
    ("{g} Mieskuoro ry", "{g} Naiskuoro ry", "{g} Nuorisokuoro ry", "{g} Lapsikuoro ry"),
    ("{g} Kuulovammaiset ry", "{g} Kuurot ry", "{g} Kuuroyhdistys ry", "{g} Kuuloyhdistys ry"),
    ("{g} Eläkeläiset ry", "{g} Eläkkeensaajat ry", "{g} Eläkkeensaajat sr"),
    ("{g} Pallo ry", "{g} Palo ry", "{g} Pallo Oy"),
    ("Kaitaan koulu", "Karakallion koulu", "Kaitaan lukio", "{g} koulu", "{g} lukio"),
    ("{g} seurakunta", "{g} seurakunta, lapsityö", "{g} seurakunta, diakonia", "{g} seurakunta / nuoret"),
    ("{g} kaupunki (nuorisopalvelut)", "{g} kaupunki (liikuntapalvelut)", "{g} kaupunki"),
    ("{g} kaupunki - nuorisotalo", "{g} kaupunki - kirjasto", "{g} kaupunki – uimahalli"),
    ("Marttapiiri A", "Marttapiiri B", "Marttapiiri 1", "Marttapiiri 2", "Marttapiiri II"),
    ("Raamattupiiri maanantai", "Raamattupiiri tiistai", "Raamattupiiri"),
    ("{g} Invalidit ry", "{g} Liikuntavammaiset ry", "{g} Vammaiset ry"),
    ("{g} Veteraanit ry", "{g} Sotaveteraanit ry"),
    ("Lions Club {t}", "Lions Club {t}/Hannat", "Lions Club {t} / Merikoski", "Lions Club {t} Ladies"),
    ("{g} Vesaiset ry", "{g} Vasaiset ry"),
    ("JHL 123", "JHL 132", "JHL 123 nuoret"),
    ("Itä-{g} Latu ry", "Länsi-{g} Latu ry", "{g} Latu ry"),
    ("Martat ry", "Marttaliitto ry"),
    ("{g} kaupunki", "{g} kaupunki - {s} Arbis", "{g} kaupunki - {s} stadsbibliotek", "{g} kaupunki / {s} svenska bildningstjänster"),
    ("Luckan {s}", "Luckan {s} - Kulttuurikeskus Luckan", "Luckan {s} - Luckan Youth Centre"),
    ("{s} svenska församling", "{s} svenska församling - Ungdomsarbetet", "{g} seurakunta | {s} barnkör", "{g} seurakunta – {t} Parish Choir"),
    ("{g} kaupunki (NUPA)", "{g} kaupunki (LIPA)", "{g} kaupunki"),
    ("Vapaakirkko ({t})", "Vapaakirkko"),
    ("{g} Urheilijat ry", "{g} Urheilijat ry, hiihtojaosto", "{g} Urheilijat ry / jalkapallo", "{g} Urheilijat P12"),
    ("{g} Palloseura ry", "{g} Pallokerho ry", "{g} Palloseura ry juniorit"),
    ("{g} Eläkeläiset ry", "{s} pensionärer rf", "{g} Eläkkeensaajat ry"),
    ("{g} Sotaveteraanit ry", "{s} veteraner rf", "{g} Veteraanit ry"),
    ("Iranin kulttuuriyhdistys ry", "Irakin kulttuuriyhdistys ry"),
    ("{g} Vihreät ry", "{g} Vihreät Nuoret ry", "{g} Demarit ry", "{g} Demarinaiset ry"),
    ("Nord Oy", "Nord Kiinteistöt Oy", "Nord Holding Oy", "N. Holding Oy", "Nord Oy (2)", "Nord Oy (3)"),
    ("{g} Palloseura ry", "{g} Palloseura 2010 ry", "FC {g} Palloseura ry", "Uusi {g} Palloseura ry"),
    ("Kauppa {t} 12", "Kauppa {t} 21", "Kauppa {t} 1", "Kauppa {t} II", "Kauppa {t} (2)", "Kauppa {t}"),
    ("{g} Perhetuki ry", "{g} Perheiden tuki ry", "{g} P. tuki ry", "{g} Perhetyö ry", "{g} Perh. työ ry"),
    ("Nord Oy", "Nord Holding Ab", "Nord Group Oyj", "Nord-koncernen Ab", "Nord Konserni Oy", "Nord Gruppe GmbH"),
    ("Pelastakaa Lapset {t}", "Pelastakaa Lapset {t}, kummitoiminta", "Pelastakaa Lapset {g} piiri", "Rädda Barnen i {s}"),
    ("SPR {g} osasto", "SPR {g} osasto, ystävätoiminta", "SPR {g} osasto nuoret", "SPR {g} piiri", "FRK {s} avdelning stödtjänst"),
    ("{g} Reserviläiset ry", "{g} Reserviupseerit ry", "{g} Reservialiupseerit ry", "{g} Reservin Upseerit ry"),
    ("{g} 4H-yhdistys ry", "{g} 4H-kerho", "{g} 4H-piiri"),
    ("{g} Veikot ry (ent. {g} Visa ry)", "{g} Visa ry", "{g} Veikot 1999 ry", "{g} Veikot-47 ry", "{g} Veikot-74 ry"),
    ("Eläkeliiton {g} yhdistys ry", "Eläkeliiton {g} piiri ry", "Eläkeliiton {g} kerho", "Eläkeliitto"),
    ("{g} Martat ry", "{g} Nuoret Martat ry", "{g} Maamiesseura ry", "{g} Maanaiset ry", "{s} Marthaförening rf"),
    ("Koti ja Koulu {t} ry", "Kodin ja koulun {t} ry", "Hem och Skola i {s} rf", "{g} koulun vanhempainyhdistys ry"),
    ("MLL:n {g} yhdistys ry", "MLL:n {g} yhdistyksen perhekahvila", "MLL {g} piiri", "MLL {t} Perhekeskus"),
    ("Folkhälsan i {s} rf", "Folkhälsan i {s} rf - Perhekahvila Nalle", "Folkhälsan i {s} rf / The Swedish Family Club"),
)  # fmt: skip
MAILBOXES = ("virtaset@koti.example", "perhe@koti.example", "puheenjohtaja.espoo@liitto.example",
             "martat@liitto.example", "hannele52@posti.example", "m.virtanen@posti.example",
             "maija.virtanen@posti.example", "info@liitto.example", "espoo.sihteeri@liitto.example")  # fmt: skip


def organisations(random, rows=40):
    """Units, branches and twins of names under one number, and one number on wrong rows."""
    found, who = [], []
    names = {}
    while len(found) < rows:
        town = random.choice(TOWNS)
        number, site = random.choice(NUMBERS), random.choice(("liitto.example", "koti.example", ""))
        for name in random.sample(family := random.choice(TWINS), random.randint(2, len(family))):
            name = name.format(g=GENITIVES[town], t=town, s=SWEDISH[town])
            key = (name, town)
            if key in names:
                continue
            names[key] = len(names)
            found.append({
                "name": name, "business_id": number, "municipality": town, "url": site,
                "email": random.choice(("", f"info@{site}")) if site else "",
                "phone": random.choice(("", "+35891112222", f"+3589{random.randrange(10**7)}")),
            })  # fmt: skip
            who.append(names[key])
    for house in range(3):
        found.append({"name": "Päiväkoti Touhu", "business_id": NUMBERS[0], "municipality": "Espoo",
                      "url": "touhu.example", "address": f"{('Koivu', 'Mänty', 'Kuusi')[house]}kuja {house + 2}",
                      "phone": f"+35840111222{house}"})  # fmt: skip
        who.append(len(names) + house)
    return found, who


def people(random, rows=40):
    """Families, couples, seniors and juniors, successors in a post, and posts without a holder."""
    found, who = [], []
    kinds = (
        _family,
        _successors,
        _unnamed,
        _generations,
        _turned,
        _fathers,
        _clubs,
        _kin,
        _twins,
        _colleagues,
        _handed_on,
        _offices,
        _namesakes,
        _named_after,
        _invented,
    )
    while len(found) < rows:
        # Who has the same name in another of these houses is a namesake: a mailbox is of one house.
        house = f"@{len(found)}."
        for row in random.choice(kinds)(random):
            found.append({**row, "email": row["email"].replace("@", house)})
            who.append(len(who))
    return found, who


def _contact(random, first, last, mailbox, **more):
    return {"first": first, "last": last, "email": mailbox, "phone": f"+35840{random.randrange(10**7):07}",
            "org": f"{GENITIVES[random.choice(TOWNS)]} Martat ry", "municipality": random.choice(TOWNS),
            "role": random.choice(("", "sihteeri", "puheenjohtaja")), **more}  # fmt: skip


def _family(random):
    last, mailbox = random.choice(LASTS), random.choice(MAILBOXES)
    phone = random.choice(({}, {"phone": ""}, {"phone": "+358409998888"}))
    org = random.choice(({}, {"org": "Apu ry", "municipality": "Espoo"}))
    for first in random.sample(FIRSTS, random.randint(2, 3)):
        yield _contact(random, first, last, mailbox, **phone, **org)
    for _ in range(2):
        yield _contact(random, "M.", last, mailbox, **org)


def _successors(random):
    mailbox, org = random.choice(MAILBOXES), {"org": "Apu ry", "municipality": "Espoo"}
    for first, last in zip(random.sample(FIRSTS, 2), random.sample(LASTS, 2), strict=True):
        yield _contact(random, first, last, mailbox, role="sihteeri", **org)


def _unnamed(random):
    mailbox = random.choice(MAILBOXES)
    names = (("Ei", "Tiedossa"), ("N", "N"), ("Yhdistyksen", "Sihteeri"), ("", "Puheenjohtaja"), ("M", "V"),
             ("M. K.", "Virtanen"), ("Matti", ""), ("", "Virtanen"), ("Osaston", "Sihteeri"),
             ("Nimi", "Puuttuu"), ("Ordförande", "Vakant"), ("TBA", ""), ("Uusi", "Puheenjohtaja"))  # fmt: skip
    first, last = random.choice(names)
    for _ in range(2):
        yield _contact(random, first, last, mailbox, phone=random.choice(("", "+358401234567")))


def _generations(random):
    first, last, mailbox = random.choice(FIRSTS), random.choice(LASTS), random.choice(MAILBOXES)
    marks = random.choice(
        (("sr", "jr"), ("vanh.", "nuor."), ("d.ä.", "d.y."), ("", "jr"), ("I", "II"))
    )
    for mark in marks:
        yield _contact(random, first, f"{last} {mark}".strip(), mailbox, phone="+358407776666")


def _turned(random):
    mailbox = random.choice(MAILBOXES)
    for first, last in (("Heikki", "Antti"), ("Antti", "Heikki")):
        yield _contact(random, first, last, mailbox, phone="")


def _fathers(random):
    """A father whose first name is his son's last, in a mailbox of both."""
    one, two = random.choice((("Hassan", "Ali"), ("Abdi", "Warsame"), ("Haile", "Bekele"), ("Van", "Nguyen"), ("Karim", "Said"), ("Abebe", "Tesfaye"),
                              ("Petros", "Ivan"), ("Goran", "Milan"), ("Juan", "Martin"), ("Kim", "Min"), ("Nagy", "Peter"), ("Giorgi", "David"),
                              ("Stefan", "Marin"), ("Andrius", "Jonas"), ("Jan", "Pieter"), ("Nikola", "Milan"), ("Artem", "Danylo"), ("Bjarne", "Olaf")))  # fmt: skip
    phone = random.choice(({}, {"phone": ""}))
    for first, last in ((one, two), (two, one)):
        yield _contact(random, first, last, "perhe@koti.example", org="Apu ry", **phone)


def _clubs(random):
    """Namesakes of two clubs in a mailbox that goes with a post, whatever it is called."""
    box = random.choice(("kirjuri", "p12", "jojo", "huoltaja", "vl", "dpo", "uimakoulu", "ilta"))
    for org, town in (("Apu ry", "Espoo"), ("Hoiva ry", "Turku")):
        yield _contact(
            random, "Matti", "Virtanen", f"{box}@liitto.example", org=org, municipality=town
        )


def _twins(random):
    """Twins with one phone and mailbox, of whom one is called nearly as the other."""
    last = random.choice(LASTS)
    one, two = random.choice((("Anna", "Anne"), ("Mikko", "Mika"), ("Eeva", "Eeva-Liisa"), ("Jan", "Janne"), ("Maria", "Marja"), ("Ari", "Arie"),
                              ("M.", "M. A."), ("Anna K.", "Anna L."), ("Anna-Kaisa", "Anna Kaija")))  # fmt: skip
    for first in (one, two):
        yield _contact(random, first, last, "kaksoset@koti.example", phone="+358405554444", org="Apu ry", municipality="Espoo")  # fmt: skip


def _colleagues(random):
    """Two of one name in one house, each with a phone of their own, in a mailbox of their team."""
    box = random.choice(("juhatus", "vorstand", "kontakt", "secretaria", "buero", "biuro", "raamatupidaja", "huolto2", "tiim", "kassenwart"))  # fmt: skip
    for _ in range(2):
        yield _contact(random, "Matti", "Virtanen", f"{box}@liitto.example", org="Apu ry", municipality="Espoo")  # fmt: skip


def _handed_on(random):
    """Two of one name whose mailbox is still called by who had it before, or by a spouse."""
    box = random.choice(("heikki.laine", "liisa", "mauri.virta", "antti.makinen"))
    for org, phone in ((random.choice(("Apu ry", "")), ""), ("", "")):
        yield _contact(random, "Katri", "Mäki", f"{box}@{random.choice(('gmail.com', 'liitto.example'))}", org=org, phone=phone, municipality="")  # fmt: skip


def _offices(random):
    """Two of one name in two houses, in an office's mailbox of another language."""
    box = random.choice(("juhataja", "esimees", "kontor", "predsedatel", "sekretar", "buhgalter", "pravlenie", "klub",
                         "leder", "styret", "kasserer", "dagligleder", "nestleder", "geschaeftsstelle", "schriftfuehrer", "kassier", "vorsitz",
                         "postkontor", "sekretariat", "raamatukogu", "abi", "pochta"))  # fmt: skip
    first, last = random.choice(FIRSTS), random.choice(LASTS)
    for org, town in (("Apu ry", "Espoo"), ("Hoiva ry", "Turku")):
        yield _contact(random, first, last, f"{box}@liitto.example", org=org, municipality=town)


def _namesakes(random):
    """Two of one name in one house, with a mailbox and a phone of their own each."""
    first, last = random.choice(FIRSTS), random.choice(LASTS)
    for number in ("1", "2"):
        yield _contact(random, first, last, f"{first}.{last}{number}@liitto.example".lower(), org="Apu ry", municipality="Espoo")  # fmt: skip


def _named_after(random):
    """Father and son of one initial in a mailbox of the surname."""
    last = random.choice(("Virtanen", "Laine", "Mäkinen"))
    boxes = (f"{last}@posti.example", f"j.{last}@posti.example", "jv@posti.example", f"perhe.{last}@posti.example")  # fmt: skip
    mailbox = random.choice(boxes).lower().replace("ä", "a")
    phone = random.choice(({}, {"phone": ""}, {"phone": "+358403332222"}))
    for first in random.choice((("Juha", "Jussi"), ("J.", "Juha"), ("J", "Jorma"), ("Juha J.", "Juha K."), ("Jari", "Jarmo"), ("J. P.", "J. K."))):  # fmt: skip
        yield _contact(random, first, last, mailbox, org="Apu ry", municipality="Espoo", **phone)


def _invented(random):
    """Two of one name, whose mailbox is called by a third, whom only this register has."""
    third = random.choice(("Zbigna", "Daisy", "Thorvid", "Oihane"))
    yield _contact(random, third, "Kask", "", phone="")
    for org, phone in (("Apu ry", ""), ("", "")):
        yield _contact(random, "Katri", "Mäki", f"{third.lower()}.kask@liitto.example", org=org, phone=phone, municipality="")  # fmt: skip


def _kin(random):
    """Whom forms and families call by no name, and mother and daughter by the same two."""
    pairs = (("Perhe", "Virtanen"), ("Isä", "Virtanen"), ("Testi", "Testi"), ("Matti", "Meikäläinen"), ("Etunimi", "Sukunimi"),
             ("Lag", "Ledare"), ("Sama", "Henkilö"), ("Projekti", "Päällikkö"), ("Lapsen", "Huoltaja"), ("John", "Doe"))  # fmt: skip
    one = random.choice((*((pair, pair) for pair in pairs), (("Aino Helena", "Laine"), ("Helena Aino", "Laine"))))  # fmt: skip
    for first, last in one:
        yield _contact(
            random, first, last, "perhe@koti.example", phone="", org="Apu ry", municipality="Espoo"
        )


def register(seed, make, rows=40):
    """Return rows in random order, with who each is."""
    random = Random(seed)
    found, who = make(random, rows)
    order = list(range(len(found)))
    random.shuffle(order)
    return [found[i] for i in order], [who[i] for i in order]

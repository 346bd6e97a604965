"""Pairs by the kind of their difference: the same, written otherwise, and others who look alike.

Each pair is there in several lights: what else the two rows have in common is a phone, a mailbox,
or no more than where they are. ``PEOPLE`` and ``ORGANISATIONS`` are of one, ``LOOKALIKES`` of two.
"""

from random import Random

ARABIC = (
    ("Mohammed Al-Hashimi", "Muhammad Alhashimi"), ("Ahmad Hussein", "Ahmed Hussain"),
    ("Yousef Khalil", "Yusuf Khaleel"), ("Fatima Al-Zahra", "Fatimah Alzahraa"),
    ("Khadija Saleh", "Khadeeja Salih"), ("Abdulrahman Qasim", "Abdul Rahman Kassem"),
    ("Noor Hamdan", "Nour Hamdaan"), ("Jamal Haddad", "Gamal Hadad"), ("Layla Mansour", "Leila Mansur"),
    ("Omar Sharif", "Umar Shareef"), ("Zainab Jaafar", "Zeinab Jafar"), ("Ibrahim Othman", "Ebrahim Usman"),
    ("Mariam Suleiman", "Maryam Sulaiman"), ("Tariq Aziz", "Tarek Azeez"), ("Said Mahmoud", "Saeed Mahmud"),
)  # fmt: skip
SOMALI = (
    ("Abdirahman Warsame", "Cabdiraxmaan Warsame"), ("Ahmed Hersi", "Axmed Xirsi"), ("Hodan Jama", "Xodan Jaamac"),
    ("Ali Mohamed", "Cali Maxamed"), ("Fadumo Nur", "Faadumo Nuur"), ("Halima Osman", "Xaliimo Cismaan"),
    ("Ibrahim Farah", "Ibraahim Faarax"), ("Sahra Abdi", "Zahra Cabdi"), ("Hussein Adan", "Xuseen Aadan"),
    ("Amina Isse", "Aamina Ciise"), ("Yusuf Duale", "Yuusuf Ducaale"), ("Mohamud Omar", "Maxamuud Cumar"),
)  # fmt: skip
RUSSIAN = (
    ("Jekaterina Smirnova", "Ekaterina Smirnova"), ("Yevgeni Volkov", "Evgeny Volkov"),
    ("Sergei Tšernov", "Sergey Chernov"), ("Juri Žukov", "Yuri Zhukov"), ("Natalja Fjodorova", "Natalia Fedorova"),
    ("Aleksei Štšerbakov", "Alexey Shcherbakov"), ("Tatjana Kuznetsova", "Tatiana Kuznecova"),
    ("Dmitri Vasiljev", "Dmitry Vasilyev"), ("Ksenia Zaitseva", "Xenia Zajtseva"),
    ("Mihail Gorbunov", "Mikhail Gorbunov"), ("Julia Solovjova", "Yulia Solovieva"),
    ("Aleksandr Pugatšov", "Alexander Pugachev"),
)  # fmt: skip
ESTONIAN = (
    ("Jüri Mägi", "Juri Magi"), ("Ülle Kõiv", "Ulle Koiv"), ("Tõnu Õunapuu", "Tonu Ounapuu"),
    ("Kätlin Sõber", "Katlin Sober"), ("Žanna Põld", "Zanna Pold"), ("Külli Väli", "Kulli Vali"),
    ("Märt Jõgi", "Mart Jogi"), ("Õnne Pärn", "Onne Parn"), ("Krõõt Tšekan", "Kroot Tsekan"), ("Šarlotte Rüütel", "Sarlotte Ruutel"),
)  # fmt: skip
NAMES = (
    "Katariina Lindqvist", "Kristoffer Söderholm", "Annikki Vainionpää", "Sebastian Rautavaara",
    "Marjatta Hietaniemi", "Johannes Kortelainen", "Pirkko-Liisa Ojanperä", "Alexandra Wahlström",
    "Heikki Mustonen", "Tellervo Haapakoski", "Rainer Kilpeläinen", "Susanna Tuominen",
)  # fmt: skip
HUSBANDS = (
    "Pekka",
    "Rolf",
    "Tauno",
    "Esko",
    "Ilmari",
    "Veli",
    "Kalle",
    "Ossi",
    "Bruno",
    "Urho",
    "Lauri",
    "Jorma",
)
BODIES = (
    ("Mannerheimin Lastensuojeluliiton {g} yhdistys ry", "Mannerheims Barnskyddsförbund {s} förening rf"),
    ("{g} eläkkeensaajat ry", "{s} pensionärer rf"), ("{g} omaishoitajat ry", "{s} närståendevårdare rf"),
    ("{g} sydänyhdistys ry", "{s} hjärtförening rf"), ("{g} marttayhdistys ry", "{s} marthaförening rf"),
    ("{g} nuorisoseura ry", "{s} ungdomsförening rf"), ("{g} invalidit ry", "{s} invalider rf"),
    ("{g} näkövammaiset ry", "{s} synskadade rf"), ("{g} kaupunki", "{s} stad"), ("{g} seurakunta", "{s} församling"),
    ("{g} diabetesyhdistys ry", "{s} diabetesförening rf"), ("{g} mielenterveysseura ry", "{s} förening för mental hälsa rf"),
    ("{g} urheiluseura ry", "{s} idrottsförening rf"), ("{g} kuoro ry", "{s} kör rf"), ("{g} sotaveteraanit ry", "{s} krigsveteraner rf"),
)  # fmt: skip
TOWNS = (
    ("Espoo", "Espoon", "Esbo"),
    ("Turku", "Turun", "Åbo"),
    ("Vaasa", "Vaasan", "Vasa"),
    ("Porvoo", "Porvoon", "Borgå"),
)
OLD_TOWNS = (
    ("Nummi-Pusulan Martat ry", "Lohjan Martat ry, Nummi-Pusula", "Lohja"), ("Hauhon Latu ry", "Hauhon Latu", "Hämeenlinna"),
    ("Piikkiön eläkkeensaajat ry", "Kaarinan Piikkiön eläkkeensaajat ry", "Kaarina"),
    ("Vammalan seurakunta", "Sastamalan seurakunta (Vammala)", "Sastamala"),
    ("Anjalankosken Reumayhdistys ry", "Kouvolan Reumayhdistys ry", "Kouvola"),
    ("Karjaan nuorisoseura ry", "Raaseporin nuorisoseura ry", "Raasepori"),
    ("Haukiputaan Sydänyhdistys ry", "Oulun Sydänyhdistys ry / Haukipudas", "Oulu"),
    ("Lammin Lions Club", "Lions Club Hämeenlinna/Lammi", "Hämeenlinna"),
)  # fmt: skip
CLUBS = (
    ("Kuopion Palloseura ry", "KuPS", "Kuopio"), ("Helsingin Jalkapalloklubi ry", "HJK", "Helsinki"),
    ("Ikaalisten Urheilijat ry", "IkU", "Ikaalinen"), ("Seinäjoen Jalkapallokerho ry", "SJK", "Seinäjoki"),
    ("Turun Palloseura ry", "TPS", "Turku"), ("Lahden Hiihtoseura ry", "LHS", "Lahti"),
    ("Vaasan Palloseura ry", "VPS", "Vaasa"), ("Oulun Kärpät ry", "Kärpät", "Oulu"),
    ("Jyväskylän Kenttäurheilijat ry", "JKU", "Jyväskylä"), ("Espoon Tapiot ry", "EsTa", "Espoo"),
)  # fmt: skip
PARENTS = (
    ("{a} koulun vanhempainyhdistys ry", "{a} koulun vanh.yhd. ry"), ("{a} koulun vanhempainyhdistys ry", "{a} koulun VY"),
    ("{a} koulun vanhempainyhdistys ry", "Vanhempainyhdistys, {a} koulu"), ("{a} koulun vanhempainyhdistys ry", "{a} koulun vanhemmat ry"),
    ("{a} päiväkodin vanhempainyhdistys ry", "{a} päiväkodin vanhempainyhd."), ("Hem och Skola i {a} rf", "{a} Hem & Skola r.f."),
)  # fmt: skip
AREAS = ("Tapiolan", "Kaitaan", "Mäkkylän", "Saunalahden")
LIONS = (
    ("Lions Club {t} ry", "LC {t}"), ("Lions Club {t}/Meri ry", "LC {t}/Meri"), ("Lions Club {t} ry", "{t} Lions"),
    ("LC {t}/Kanta", "Lions Club {t} Kanta ry"),
)  # fmt: skip
CHAPTERS = (
    ("Julkisten ja hyvinvointialojen liitto JHL ry, osasto {n}", "JHL {n}"), ("JHL ry {t} osasto {n}", "JHL:n osasto {n}"),
    ("Palvelualojen ammattiliitto PAM ry {t} osasto {n}", "PAM {t} ao. {n}"), ("Metalliliiton ao. {n}", "Teollisuusliitto, ammattiosasto {n}"),
    ("Tehyn {t} ammattiosasto {n}", "Tehy ao {n}"), ("Rakennusliitto ry osasto {n}", "Rakennusliiton os. {n}"),
)  # fmt: skip
PARISHES = (
    ("{g} evankelis-luterilainen seurakunta", "{g} ev.lut. seurakunta"), ("{g} seurakunta", "{g} srk"),
    ("{g} seurakuntayhtymä", "{g} srk-yhtymä"), ("{g} tuomiokirkkoseurakunta", "{g} tuomiokirkkosrk"),
    ("{g} ortodoksinen seurakunta", "{g} ort. srk"), ("{g} helluntaiseurakunta ry", "{g} helluntaisrk"),
)  # fmt: skip
RENAMED = (
    ("Reumayhdistys", "Tule-yhdistys"), ("Invalidit", "Fyysisesti vammaiset"), ("Kehitysvammaisten tuki", "Me Itse"),
    ("Työttömien yhdistys", "Toimintakeskus"), ("Siviilirekisterit", "Prometheus"), ("Luonnonystävät", "Ympäristöyhdistys"),
)  # fmt: skip
LIGHTS = ("phone", "mailbox", "place")


def slipped(text, random):
    """Read as a machine reads: one or two letters taken for others."""
    pairs = (
        ("l", "1"),
        ("o", "0"),
        ("rn", "m"),
        ("m", "rn"),
        ("ä", "a"),
        ("ö", "o"),
        ("i", "l"),
        ("e", "c"),
        ("n", "ri"),
    )
    for _ in range(2):
        there = [(a, b) for a, b in pairs if a in text[1:]]
        if there:
            a, b = random.choice(there)
            at = text.index(a, 1)
            text = text[:at] + b + text[at + len(a) :]
    return text


def person_pairs():
    """Yield ``(kind, one, two)``, two rows of one person."""
    random = Random(5)
    named = {"Arabic": ARABIC, "Somali": SOMALI, "Russian": RUSSIAN, "Estonian": ESTONIAN}
    for kind, names in named.items():
        for n, (one, two) in enumerate(names):
            yield from _lit(f"transliterated: {kind}", n, one, two)
    for n, name in enumerate(NAMES):
        first, last = name.split()
        yield from _lit(
            "two people in a row",
            n + 100,
            f"{first} ja {HUSBANDS[n]}|{last}",
            name,
            ("phone", "mailbox"),
        )
        yield from _lit("swapped columns", n + 200, f"{last}|{first}", name)
        yield from _lit("truncated", n + 300, f"{first[:6]}|{last[:7]}", name)
        yield from _lit("read by a machine", n + 400, f"{first}|{slipped(last, random)}", name)
        married = NAMES[(n + 5) % len(NAMES)].split()[1]
        yield from _lit(
            "renamed, the same contacts", n + 500, f"{first}|{married}", name, ("phone", "mailbox")
        )
        for kind, one, two in _lit("employer's new domain", n + 600, name, name, ("mailbox",)):
            yield kind, one, {**two, "email": two["email"].replace("@", "@uusi-")}


def _lit(kind, number, one, two, lights=LIGHTS):
    """Yield a pair in each light: with one phone, one mailbox, or one organisation and place."""
    for n, light in enumerate(lights):
        town = TOWNS[(number + n) % len(TOWNS)][0]
        home = {"org": f"Järjestö {number}-{n} ry", "municipality": town}
        rows = [
            dict(zip(("first", "last"), _parts(name), strict=True)) | home for name in (one, two)
        ]
        for row in rows:
            if light == "phone":
                row["phone"] = f"+35840{7000000 + number * 31 + n}"
            if light == "mailbox":
                row["email"] = (
                    f"{_parts(two)[0][:3].lower()}.{_parts(two)[1].lower()}{number}@posti{n}.example"
                )
        yield kind, *rows


def _parts(name):
    first, _, last = name.partition("|") if "|" in name else name.rpartition(" ")
    return first, last


def organisation_pairs():
    """Yield ``(kind, one, two)``, two rows of one organisation."""
    random = Random(6)
    for n, (one, two) in enumerate(BODIES):
        place, genitive, swedish = TOWNS[n % len(TOWNS)]
        yield from _placed(
            "Finnish and Swedish", n, one.format(g=genitive), two.format(s=swedish), place
        )
        cut = one.format(g=genitive).removesuffix(" ry")
        yield from _placed(
            "truncated", n + 700, one.format(g=genitive), cut[: max(18, len(cut) - 6)], place
        )
        whole = one.format(g=TOWNS[(n + 1) % 4][1])
        yield from _placed(
            "read by a machine", n + 800, whole, slipped(whole, random), TOWNS[(n + 1) % 4][0]
        )
    for n, (one, two, place) in enumerate(OLD_TOWNS):
        yield from _placed("old municipality in the name", n + 100, one, two, place)
    for n, (one, two, place) in enumerate(CLUBS):
        yield from _placed("acronyms of clubs", n + 200, one, two, place)
    for n, (one, two) in enumerate(PARENTS):
        area = AREAS[n % len(AREAS)]
        yield from _placed(
            "parents' associations", n + 300, one.format(a=area), two.format(a=area), "Espoo"
        )
    for m, (place, genitive, _) in enumerate(TOWNS):
        for n, (one, two) in enumerate(LIONS):
            if (n + m) % 2:
                yield from _placed(
                    "Lions", n + 400 + 10 * m, one.format(t=place), two.format(t=place), place
                )
        for n, (one, two) in enumerate(CHAPTERS):
            if (n + m) % 2:
                words = {"t": place, "n": 110 + 7 * n + 31 * m}
                yield from _placed(
                    "union chapters",
                    n + 500 + 10 * m,
                    one.format(**words),
                    two.format(**words),
                    place,
                )
        for n, (one, two) in enumerate(PARISHES):
            if (n + m) % 2:
                yield from _placed(
                    "parishes",
                    n + 600 + 10 * m,
                    one.format(g=genitive),
                    two.format(g=genitive),
                    place,
                )
        for n, (one, two) in enumerate(RENAMED):
            if (n + m) % 2:
                names = (f"{genitive} {one} ry", f"{genitive} {two} ry")
                yield from _placed(
                    "renamed, the same contacts", n + 900 + 10 * m, *names, place, ("both",)
                )


def _placed(kind, number, one, two, place, lights=LIGHTS):
    for n, light in enumerate(lights):
        rows = [{"name": name, "municipality": place} for name in (one, two)]
        for row in rows:
            if light in ("phone", "both"):
                row["phone"] = f"+35850{7000000 + number * 31 + n}"
            if light in ("mailbox", "both"):
                row["email"] = f"posti{number}@yhdistys{number}{n}.example"
        yield kind, *rows


def lookalikes():
    """Yield ``(kind, one, two)``, rows of two people who have much in common."""
    lasts = [name.split()[1] for name in NAMES]
    for n, last in enumerate(lasts):
        home = {"org": f"Kyläyhdistys {n} ry", "municipality": TOWNS[n % 4][0]}
        shared = {"phone": f"+35896{100000 + n}", "email": f"perhe{n}@koti.example"}
        fathers, wives = (
            (("Matti", "Mikko"), ("Juha", "Juhani"), ("Kari", "Karri")),
            (("Maija", "Mari"), ("Anna", "Anne"), ("Liisa", "Liina")),
        )
        father, son = fathers[n % 3]
        yield (
            "father and son",
            {"first": father, "last": last, **home, **shared},
            {"first": son, "last": last, **home, **shared},
        )
        yield (
            "father and son",
            {"first": f"{father} sr", "last": last, **home},
            {"first": f"{father} jr", "last": last, **home, **shared},
        )
        wife, daughter = wives[n % 3]
        yield (
            "mother- and daughter-in-law",
            {"first": wife, "last": last, **home, **shared},
            {"first": daughter, "last": last, **home, **shared},
        )
        mine, theirs = (
            {
                "org": f"Seura {n}{k} ry",
                "municipality": TOWNS[(n + k) % 4][0],
                "phone": f"+35845{200000 + 2 * n + k}",
            }
            for k in (0, 1)
        )
        yield (
            "another's initial",
            {"first": f"{wife[0]}.", "last": last, **mine},
            {"first": wife, "last": last, **theirs},
        )
        yield (
            "namesakes",
            {"first": daughter, "last": last, **mine},
            {"first": daughter, "last": last, **theirs},
        )

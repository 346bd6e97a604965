"""Lists with headers of their own, as others export them: grants, venues, leads, a census, names, customers.

Each maker returns ``(rows, who)`` as :mod:`tests.match.lists_from_elsewhere` does, but rows go by
the headers of the list, which the reading of a list has to understand. American, German, Estonian
and Indian; an address, or several names, in one cell; all capitals; mojibake; clusters of 2 to 10.
They were written before anything was tried on them.
"""

from random import Random

from register.imports.match_list import ListColumns
from register.intake.sheet import ListSheet

GIVEN = {
    "us": ["Christopher", "Amanda", "Joshua", "Brittany", "Tyler", "Heather", "Brandon", "Melissa", "Jonathan", "Stephanie", "Gregory", "Katherine", "Samuel", "Deborah", "Benjamin", "Rebecca", "Alexander", "Victoria", "Frances", "Eugene", "Francis", "Eugenia"],
    "de": ["Jürgen", "Käthe", "Wolfgang", "Sabine", "Günther", "Ursula", "Hans-Peter", "Anneliese", "Björn", "Heike", "Matthias", "Brigitte", "Jörg", "Renate", "Karl-Heinz", "Gisela"],
    "ee": ["Jaan", "Tiiu", "Mart", "Kersti", "Toomas", "Piret", "Ülo", "Maire", "Andrus", "Külli", "Priit", "Õie", "Rein", "Aino", "Urmas", "Leelo"],
    "in": ["Rajesh", "Sunita", "Venkatesh", "Lakshmi", "Mohammed", "Priya", "Suresh", "Anjali", "Ramakrishnan", "Deepa", "Harpreet", "Kavita", "Arjun", "Meenakshi", "Sanjay", "Fathima"],
}  # fmt: skip
SUR = {
    "us": ["Ramirez", "Sullivan", "Kowalski", "Washington", "O'Brien", "McDonald", "Freeman", "Ortiz", "Schneider", "Hoffman", "Larson", "Patterson", "Hughes", "Vaughn", "Whitaker", "Delgado", "Pruitt", "Lindqvist", "St._Clair", "Van_Dyke"],
    "de": ["Müller", "Schröder", "Weiß", "Schmidt", "Krämer", "Jäger", "Böhm", "Vogel", "Großmann", "Köhler", "Lehmann", "Kühn", "von_Stein", "Hartmann"],
    "ee": ["Tamm", "Saar", "Sepp", "Mägi", "Kask", "Kukk", "Rebane", "Ilves", "Pärn", "Koppel", "Õunapuu", "Lõhmus", "Järve", "Vaher"],
    "in": ["Sharma", "Iyer", "Krishnamurthy", "Patel", "Reddy", "Khan", "Singh", "Nair", "Chatterjee", "Banerjee", "Gupta", "Subramaniam", "Pillai", "Deshpande"],
}  # fmt: skip
SUR = {land: [name.replace("_", " ") for name in names] for land, names in SUR.items()}
CALLED = {"Christopher": "Chris", "Amanda": "Mandy", "Joshua": "Josh", "Brittany": "Britt", "Jonathan": "Jon", "Stephanie": "Steph", "Gregory": "Greg", "Katherine": "Kathy",
          "Samuel": "Sam", "Deborah": "Debbie", "Benjamin": "Ben", "Rebecca": "Becky", "Alexander": "Alex", "Victoria": "Vicky", "Frances": "Fran", "Eugene": "Gene",
          "Wolfgang": "Wolf", "Hans-Peter": "Hans", "Matthias": "Matze", "Venkatesh": "Venkat", "Mohammed": "Mohd.", "Ramakrishnan": "Ram", "Meenakshi": "Meena", "Fathima": "Fatima"}  # fmt: skip
TOWNS = {
    "us": (("Austin", "787", "512"), ("Round Rock", "786", "512"), ("San Antonio", "782", "210"), ("Waco", "767", "254")),
    "de": (("Nürnberg", "904", "911"), ("Fürth", "907", "911"), ("Köln", "506", "221"), ("Düsseldorf", "402", "211")),
    "ee": (("Tallinn", "101", "6"), ("Tartu", "510", "7"), ("Pärnu", "800", "44"), ("Võru", "656", "78")),
    "in": (("Bengaluru", "5600", "80"), ("Chennai", "6000", "44"), ("Mumbai", "4000", "22"), ("Pune", "4110", "20")),
}  # fmt: skip
ROADS = {
    "us": ("Congress Ave", "E 6th St", "Burnet Rd", "Guadalupe Street", "N Lamar Blvd", "Ranch Rd 620", "Barton Springs Rd"),
    "de": ("Königstraße", "Am Plärrer", "Bahnhofstr.", "Schillerplatz", "Färberstraße", "Rothenburger Straße"),
    "ee": ("Narva mnt", "Pikk tn", "Riia", "Vabaduse pst", "Lai tn", "Õpetajate"),
    "in": ("MG Road", "4th Cross, Indiranagar", "Anna Salai", "Linking Road, Bandra", "Brigade Road", "2nd Main, Jayanagar"),
}  # fmt: skip
LONG, SHORT = (
    ("Street", "Avenue", "Ave", "Road", "Rd", "Boulevard", "Blvd", "straße", "str."),
    ("St.", "Av.", "Av.", "Rd.", "Road", "Blvd.", "Boulevard", "str.", "strasse"),
)


def grants(seed=101, several=230):
    """Bodies that got grants, by the books of ten offices: each with its own habits."""
    random, found, taken = Random(seed), [], set()
    for number in range(several):
        land = random.choice(tuple(SUR))
        town, zone, area = random.choice(TOWNS[land])
        name = _body(random, land, town)
        if (bare := _without_end(name)) in taken:
            continue
        taken.add(bare)
        one = {"src": f"R{random.randrange(10):02}", "orgname": name, "addr1": _address(random, land), "town": town, "zip": _code(random, zone), "country": land.upper(), "tel": _tel(random, area)}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((0, 0, 0, 1, 1, 2, 3, 9)) if random.random() < 0.9 else 0):
            again = {"src": f"R{random.randrange(10):02}", "orgname": _renamed(random, name, town)}
            again |= random.choice(({}, {"addr1": _readdressed(one["addr1"])}, {"addr1": f"PO Box {random.randrange(900)}"}, {"addr1": ""}))  # fmt: skip
            again |= random.choice(
                ({}, {}, {"tel": ""}, {"tel": _retold(one["tel"])}, {"tel": _tel(random, area)})
            )
            again |= random.choice(
                ({}, {}, {"zip": ""}, {"town": town.upper()}, {"town": _key(random, town)})
            )
            found.append((number, {**one, **again}))
        for branch in random.sample(range(1, 9), random.choice((0, 0, 0, 2))):
            label = random.choice(("- Branch {}", "Chapter No. {}", "Unit {}", "({})"))
            other = {"orgname": f"{name} {label.format(branch)}", "addr1": _address(random, land)}
            found.append((number + 1_000 * branch, {**one, **other, "tel": random.choice((one["tel"], _tel(random, area)))}))  # fmt: skip
    return _shuffled(random, found)


def venues(seed=102, several=300):
    """Eateries with the whole address in one cell; chains stand there with each of their houses."""
    random, found = Random(seed), []
    heads = ["Salt", "Ember", "Magnolia", "Fonda", "Lucky", "Saffron", "Copper", "Juniper", "Tandoor", "Jade", "Rosa", "Biergarten", "Katz", "Tupelo", "Pho", "Taqueria"]  # fmt: skip
    tails = ("Kitchen", "& Vine", "Smokehouse", "Tea Room", "Cantina", "Diner", "Oyster Bar", "Deli", "Café", "Biryani House", "Weinstube", "Kohvik")  # fmt: skip
    chains = ("Taco Cabana", "Whataburger", "Saravanaa Bhavan", "Peter Pizza", "Nordsee")
    for number in range(several):
        land = random.choice(("us", "us", "de", "in", "ee"))
        town, zone, area = random.choice(TOWNS[land])
        middle = random.choice((*SUR[land], "", ""))
        name = random.choice(chains) if random.random() < 0.15 else " ".join(filter(None, (random.choice(heads), f"{middle}'s" if middle else "", random.choice(tails))))  # fmt: skip
        street, tel = _address(random, land), _tel(random, area)
        found.append((number, {"venue": name, "where": f"{street}, {town} {_code(random, zone)}", "tel": tel, "cuisine": random.choice(("", "Fusion", "BBQ", "Indian"))}))  # fmt: skip
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            words = name.split()
            told = random.choice((name, name.upper(), " ".join(words[:-1]) if len(words) > 2 else name, f"{name} {town}", f"The {name}", _mojibake(name), _key(random, name), name.replace("&", "and"), f"{name} Restaurant", name.replace("'s", "s")))  # fmt: skip
            where = random.choice((f"{_readdressed(street)}, {town}", f"{town}, {street}", _readdressed(street), f"{street}; {town.upper()}"))  # fmt: skip
            found.append((number, {"venue": told, "where": where, "tel": random.choice((tel, _retold(tel), "", tel[-7:])), "cuisine": random.choice(("", "American"))}))  # fmt: skip
    return _shuffled(random, found)


def leads(mess, seed=103, several=330):
    """An export of leads of a mess of 1 to 3: two kinds of phone, one cell of address, colleagues."""
    random, found = Random(seed + mess), []
    firms = ("Systems GmbH", "Technologies Pvt Ltd", "Software OÜ", "Holdings LLC", "Consulting", "& Co.", "Verlag AG", "Foods Inc.")  # fmt: skip
    number = 0
    while number < several:
        land = random.choice(tuple(SUR))
        town, zone, area = random.choice(TOWNS[land])
        firm = f"{random.choice(SUR[land])} {random.choice(firms)}"
        site = f"{_plain(firm.split()[0]).lower()}{random.randrange(90)}.example"
        office = f"{_address(random, land)}, {_code(random, zone)} {town}"
        board, taken = _tel(random, area), set()
        for _ in range(random.choice((1, 1, 2, 4))):
            number += 1
            given, sur = random.choice(GIVEN[land]), random.choice(SUR[land])
            second = "2" if (given, sur) in taken else ""
            taken.add((given, sur))
            one = {"given": given, "sur": sur, "company": firm, "mail": f"{_plain(given)}.{_plain(sur)}{second}@{site}".lower().replace(" ", ""), "cell": _tel(random, "17"), "landline": board,
                   "addr1": office, "country": land.upper(), "owner": random.choice(("kt", "mz"))}  # fmt: skip
            found.append((number, one))
            for _ in range(
                random.choice((0, 0, 0, 1, 1, 2))
                if random.random() < 0.98
                else random.randint(4, 9)
            ):
                double = {**one, "owner": random.choice(("kt", "mz", "import"))}
                for _ in range(mess):
                    double |= random.choice((
                        {"given": CALLED.get(given, given), "sur": sur.upper()}, {"given": _key(random, given)}, {"sur": _key(random, sur)}, {"given": sur, "sur": given}, {"given": f"{given[0]}."},
                        {"given": _mojibake(given), "sur": _mojibake(sur)}, {"given": _plain(given), "sur": _plain(sur)}, {"mail": f"{_plain(given)[0]}{_plain(sur)}{number}@gmail.com".lower().replace(" ", "")}, {"mail": ""},
                        {"cell": ""}, {"cell": "", "landline": _retold(board)}, {"company": firm.split()[0]}, {"company": firm.upper()}, {"company": "", "addr1": ""}, {"addr1": _readdressed(office)},
                        {"given": given.upper(), "sur": sur.upper(), "company": firm.upper(), "addr1": office.upper()}, {"sur": f"{sur}-{random.choice(SUR[land])}"}, {"given": f"Mr {given}"},
                        {"company": f"{random.choice(SUR[land])} {random.choice(firms)}", "mail": ""},
                    ))  # fmt: skip
                found.append((number, double))
    return _shuffled(random, found)


def parish_books(seed=104, households=170):
    """Two books of a parish ten years apart, and copies of them: no births, many of one name."""
    random, found = Random(seed), []
    given = ["Johann", "Hinrich", "Anna", "Catharina", "Peter", "Margaretha", "Jacob", "Elisabeth", "Claus", "Maria", "Friedrich", "Dorothea", "Carl", "Sophia"]  # fmt: skip
    family = ["Petersen", "Hansen", "Jürgens", "Thomsen", "Boysen", "Asmussen", "Lorenzen", "Feddersen", "Ketelsen", "Carstensen", "Brodersen", "Nissen", "Matthiesen", "Wulff", "Detlefs", "Paulsen", "Ingwersen"]  # fmt: skip
    short = {"Johann": "Joh.", "Catharina": "Cath.", "Margaretha": "Marg.", "Elisabeth": "Elsabe", "Friedrich": "Friedr.", "Jacob": "Jac.", "Hinrich": "Heinrich", "Carl": "Karl", "Sophia": "Sophie"}  # fmt: skip
    crafts = ("Bauer", "Weber", "Schmied", "Tagelöhner", "Magd", "Witwe", "")
    for house in range(households):
        sur, village = random.choice(family), random.choice(("Niebüll", "Deezbüll", "Risum", "Lindholm"))  # fmt: skip
        for n in range(random.randint(1, 5)):
            first = " ".join(random.sample(given, random.choice((1, 2, 2))))
            one = {"Surname": sur, "Christian name": first, "village": village, "house no": str(random.randrange(1, 60) if n == 0 else found[-1][1]["house no"]), "craft": random.choice(crafts), "birthplace": random.choice((village, "Leck", "Tondern", ""))}  # fmt: skip
            found.append((10 * house + n, one))
            for _ in range(random.choice((0, 1, 1, 2))):
                again = {}
                for _ in range(random.choice((0, 1, 1, 2))):
                    again |= random.choice((
                        {"Christian name": " ".join(short.get(name, name) for name in first.split())}, {"Christian name": first.split()[0]}, {"Surname": _key(random, sur)},
                        {"Surname": sur.replace("sen", "ßen")}, {"house no": ""}, {"house no": str(random.randrange(1, 60))}, {"craft": random.choice(crafts)}, {"village": "", "birthplace": ""},
                        {"Surname": sur.replace("ck", "k").replace("th", "t").replace("ff", "f")}, {"Christian name": _key(random, first)},
                    ))  # fmt: skip
                found.append((10 * house + n, {**one, **again}))
    return _shuffled(random, found)


def full_names(seed=105, several=420):
    """A column of names in one cell, and nothing else: turned, titled, in capitals, in couples."""
    random, found, taken = Random(seed), [], set()
    for number in range(several):
        land = random.choice(tuple(SUR))
        given, sur = random.choice(GIVEN[land]), random.choice(SUR[land])
        middle = random.choice((*GIVEN[land], "", ""))
        if (given, middle, sur) in taken:
            continue
        taken.add((given, middle, sur))
        whole = " ".join(filter(None, (given, middle, sur)))
        found.append((number, {"Full Name": whole}))
        if random.random() < 0.35:
            told = random.choice((
                f"{sur}, {given} {middle}".strip(), whole.upper(), f"Dr. {whole}", f"{given} {middle[:1]}. {sur}" if middle else f"Mr. {given} {sur}", _key(random, whole), _mojibake(whole), _plain(whole),
                f"{CALLED.get(given, given)} {middle} {sur}".replace("  ", " "), f"{sur.upper()} {given} {middle}".strip(), f"{whole}, PhD", whole.replace(" ", "  "),
            ))  # fmt: skip
            found.append((number, {"Full Name": told}))
    return _shuffled(random, found)


def customers_of_three_systems(seed=106, several=300):
    """Customers by a matching company's columns: twins, juniors, movers, three systems' records."""
    random, found = Random(seed), []
    for number in range(several):
        land = random.choice(("us", "us", "us", "de", "in", "ee"))
        town, zone, area = random.choice(TOWNS[land])
        given, sur, day = random.choice(GIVEN[land]), random.choice(SUR[land]), (random.randrange(1935, 2004), random.randrange(1, 13), random.randrange(1, 29))  # fmt: skip
        one = {"DATA_SOURCE": "CRM", "RECORD_ID": str(1_000 + len(found)), "PRIMARY_NAME_FIRST": given, "PRIMARY_NAME_LAST": sur, "DATE_OF_BIRTH": f"{day[1]}/{day[2]}/{day[0]}",
               "ADDR_LINE1": _address(random, land), "ADDR_CITY": town, "ADDR_POSTAL_CODE": _code(random, zone), "PHONE_NUMBER": _tel(random, area),
               "EMAIL_ADDRESS": f"{_plain(given)[0]}{_plain(sur)}{number}@mail.example".lower().replace(" ", "")}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((0, 0, 1, 1, 2, 4))):
            again = {"DATA_SOURCE": random.choice(("LOYALTY", "WEB", "CRM")), "RECORD_ID": str(1_000 + len(found))}  # fmt: skip
            for _ in range(random.choice((1, 2, 3))):
                again |= random.choice((
                    {"PRIMARY_NAME_FIRST": CALLED.get(given, given)}, {"PRIMARY_NAME_FIRST": given[0]}, {"PRIMARY_NAME_LAST": _key(random, sur)}, {"PRIMARY_NAME_LAST": sur.upper(), "PRIMARY_NAME_FIRST": given.upper()},
                    {"DATE_OF_BIRTH": f"{day[2]:02}-{day[1]:02}-{day[0]}"}, {"DATE_OF_BIRTH": ""}, {"DATE_OF_BIRTH": f"{day[1]}/{day[2]}/{day[0] % 100:02}"}, {"EMAIL_ADDRESS": ""},
                    {"ADDR_LINE1": _address(random, land), "ADDR_POSTAL_CODE": _code(random, zone)}, {"ADDR_LINE1": _readdressed(one["ADDR_LINE1"])}, {"ADDR_LINE1": "", "ADDR_CITY": "", "ADDR_POSTAL_CODE": ""},
                    {"PHONE_NUMBER": ""}, {"PHONE_NUMBER": _retold(one["PHONE_NUMBER"])}, {"PHONE_NUMBER": _tel(random, area)}, {"PRIMARY_NAME_LAST": random.choice(SUR[land])} if random.random() < 0.3 else {},
                ))  # fmt: skip
            found.append((number, {**one, **again}))
        if random.random() < 0.2:
            kin = random.choice(({"PRIMARY_NAME_FIRST": random.choice(GIVEN[land])}, {"PRIMARY_NAME_LAST": f"{sur} Jr"}))  # fmt: skip
            born = {
                "DATE_OF_BIRTH": one["DATE_OF_BIRTH"]
                if "PRIMARY_NAME_FIRST" in kin
                else f"{day[1]}/3/{day[0] + 29}"
            }
            if kin.get("PRIMARY_NAME_FIRST") != given:
                found.append((number + several, {**one, **kin, **born, "RECORD_ID": str(1_000 + len(found)), "EMAIL_ADDRESS": random.choice(("", one["EMAIL_ADDRESS"]))}))  # fmt: skip
    return _shuffled(random, found)


def _body(random, land, town):
    cause = {"us": ("Watershed Conservancy", "Community Theater", "Food Bank", "Historical Society", "Little League", "Humane Society", "Public Library Foundation"),
             "de": ("Sportverein", "Heimatverein", "Tierschutzverein", "Kulturverein", "Schützengesellschaft"), "ee": ("Laulu- ja Mänguselts", "Spordiklubi", "Naisliit", "Külaselts", "Noortekeskus"),
             "in": ("Education Trust", "Welfare Society", "Rural Development Foundation", "Mahila Mandal", "Seva Samiti")}[land]  # fmt: skip
    end = {"us": ("Inc.", "", "of Texas"), "de": ("e.V.", "gGmbH"), "ee": ("MTÜ", "SA"), "in": ("(Regd.)", "Trust", "")}[land]  # fmt: skip
    begin = random.choice((town, random.choice(SUR[land]), f"{random.choice(SUR[land])} {town}", f"St. {random.choice(GIVEN[land])}"))  # fmt: skip
    return " ".join(filter(None, (begin, random.choice(cause), random.choice(end))))


def _without_end(name):
    ends = ("Inc.", "e.V.", "gGmbH", "MTÜ", "SA", "(Regd.)", "Trust", "of Texas")
    return next((name.removesuffix(end).strip() for end in ends if name.endswith(end)), name)


def _renamed(random, name, town):
    words, bare = name.split(), _without_end(name)
    swaps = (("Society", "Soc"), ("Foundation", "Fdn."), ("Community", "Comm."), ("Education", "Edn"), ("verein", "ver."), ("Conservancy", "Cons."), ("Historical", "Hist."), ("St.", "Saint"), ("Development", "Dev."))  # fmt: skip
    short = bare
    for long, abbreviated in swaps:
        short = short.replace(long, abbreviated)
    return random.choice((
        name, name.upper(), bare, bare.lower(), short, _key(random, name), _mojibake(name), _plain(name), f"The {bare}", f"{bare} {town}" if town not in bare else bare, f"{name} c/o Treasurer",
        " ".join((f"{words[0][0]}.", *words[1:])) if len(words) > 2 else name, f"{words[-2]} {words[-1]} {words[0]}" if len(words) > 3 else name, f"{bare} / {town}", name.replace(" ", "-", 1),
    ))  # fmt: skip


def _address(random, land):
    house, road = random.randrange(1, 2_000 if land == "us" else 180), random.choice(ROADS[land])
    return f"{house} {road}" if land in ("us", "in") else f"{road} {house}"


def _readdressed(text):
    for long, short in zip(LONG, SHORT, strict=True):
        if long in text:
            return text.replace(long, short)
    return f"{text}, 2nd floor" if len(text) % 2 else text.replace(",", " ").upper()


def _code(random, zone):
    return zone + "".join(random.choice("0123456789") for _ in range((6 if len(zone) == 4 else 5) - len(zone)))  # fmt: skip


def _tel(random, area):
    return f"{area}-{random.randrange(1_000):03}-{random.randrange(10_000):04}"


def _retold(tel):
    area, middle, end = tel.split("-")
    return f"+{area} ({middle}) {end}" if int(end) % 2 else f"0{area}/{middle}{end}"


def _plain(text):
    for letters in ("äae", "öoe", "üue", "ÄAe", "ÖOe", "ÜUe", "ßss", "õo", "ÕO", "ée"):
        text = text.replace(letters[0], letters[1:])
    return text.replace("'", "").replace(".", "")


def _mojibake(text):
    return text.encode("utf-8").decode("cp1252", "replace")


def _key(random, text):
    """Write a letter for its neighbour on the keyboard, double one, or lose one."""
    rows = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    at = random.randrange(1, len(text)) if len(text) > 2 else 0
    row = next((row for row in rows if text[at].lower() in row), "")
    near = row[(row.find(text[at].lower()) + 1) % len(row)] if row else "."
    return random.choice((text[:at] + near + text[at + 1 :], text[: at + 1] + text[at:], text[:at] + text[at + 1 :]))  # fmt: skip


def _shuffled(random, found):
    random.shuffle(found)
    return _read([row for _, row in found]), [who for who, _ in found]


def _read(rows):
    """Return the rows by the register's keys, as the reading of a list understands its headers."""
    headers = tuple(dict.fromkeys(header for row in rows for header in row))
    cells = tuple(tuple(row.get(header, "") for header in headers) for row in rows)
    sheet = ListSheet("list.csv", headers, cells)
    columns = ListColumns.of(sheet)
    return [columns.read(row)[0] for row in sheet.rows]


ORGANISATIONS = (
    ("grants of ten offices", grants, ()),
    ("venues, the address in a cell", venues, ()),
)
PEOPLE = (
    ("leads, little mess", leads, (1,)),
    ("leads, some mess", leads, (2,)),
    ("leads, much mess", leads, (3,)),
    ("books of a parish", parish_books, ()),
    ("full names alone", full_names, ()),
    ("customers of three systems", customers_of_three_systems, ()),
)

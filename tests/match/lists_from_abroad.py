"""Further lists of kinds that nothing was tuned to: two guides, a CRM, companies of many countries.

As :mod:`tests.match.lists_from_elsewhere`: ``(rows, who)``, written before anything was tried.
"""

from itertools import product
from random import Random

from register.values.person_name import split_name
from tests.match.lists_from_elsewhere import FIRSTS, LASTS, SHORT, _parted, _slip

KITCHENS = ("Trattoria", "Cafe", "Bistro", "Grill", "Pizzeria", "Brasserie", "Noodle House", "Steak House", "Tavern", "Ristorante", "Bakery")  # fmt: skip
CALLED = ("Roma", "Luna", "Chez Paul", "Golden Dragon", "Campanile", "La Scala", "Mesa", "Shanghai", "Le Cirque", "Posto", "Philippe", "Citrus", "Arnie's", "Da Silvano",
          "Gotham", "Palm", "Lespinasse", "Mark's", "Osteria Nonni", "Blue Door", "Joe's", "Sparks", "Indigo", "Heritage", "Boulevard", "Fringale", "Zuni", "Aqua", "Stars",
          "Acquarello", "Masa", "Vivande", "Rubicon", "Bonton", "Bertolini", "Isis", "Bacchanalia", "Coyote", "Emeril's", "Brava")  # fmt: skip
CORNERS = (("Sunset Blvd.", "Sunset Boulevard"), ("W. 46th St.", "West 46th Street"), ("Broadway", "Broadway"), ("Peachtree Rd. NE", "Peachtree Road"),
           ("Las Vegas Blvd. S", "Las Vegas Boulevard South"), ("E. 58th St.", "58th St. at Park Ave."), ("Melrose Ave.", "Melrose Avenue"), ("Third Ave.", "3rd Ave."))  # fmt: skip
TOWNS = (("Los Angeles", "W. Hollywood", "213"), ("New York", "New York City", "212"), ("Atlanta", "Atlanta", "404"), ("Las Vegas", "Las Vegas", "702"))  # fmt: skip

COMPANIES = (
    ("DE", ("GmbH", "G.m.b.H.", "GmbH & Co. KG"), ("Nordwind", "Müller", "Rheintal", "Grünwald", "Köster", "Hansa"), ("Logistik", "Maschinenbau", "Handel", "Papier", "Elektronik"),
     ("Hamburg", "Köln", "München"), ("Hauptstraße {}|Hauptstr. {}", "Bahnhofstraße {}|Bahnhofstr. {}", "Lindenweg {}|Lindenweg {}")),
    ("GB", ("Ltd", "Limited", "Ltd."), ("Ashford", "Crown", "Riverside", "Harrow", "Kestrel", "Albion"), ("Logistics", "Engineering", "Trading", "Paper", "Electronics"),
     ("London", "Leeds", "Bristol"), ("{} High Street|{} High St", "{} Station Road|{} Station Rd.", "Unit 4, {} Mill Lane|{} Mill Lane")),
    ("FR", ("SA", "S.A.", "S.A.R.L."), ("Lefèvre", "Bois Clair", "Côte d'Or", "Moreau", "Étoile", "Rivière"), ("Transports", "Industrie", "Négoce", "Papeterie", "Électronique"),
     ("Paris", "Lyon", "Nantes"), ("{} rue de la Paix|{}, r. de la Paix", "{} avenue Foch|{} av. Foch", "{} quai Voltaire|{} Quai Voltaire")),
    ("SE", ("AB", "Aktiebolag", "AB (publ)"), ("Norrsken", "Ängelholm", "Skärgård", "Björk", "Västkust", "Mälar"), ("Logistik", "Verkstad", "Handel", "Papper", "Elektronik"),
     ("Stockholm", "Göteborg", "Malmö"), ("Storgatan {}|Storg. {}", "Kungsgatan {}|Kungsg. {}", "Hamnvägen {}|Hamnv. {}")),
)  # fmt: skip
PLAIN = str.maketrans({"ü": "ue", "ö": "oe", "ä": "ae", "ß": "ss", "é": "e", "è": "e", "É": "E", "ô": "o", "å": "a", "Ä": "Ae", "Ö": "Oe"})  # fmt: skip
MAIDEN = ("Fletcher", "Cooper", "Marsh", "Hayes", "Bishop", "Warren", "Doyle", "Pearce", "Sutton", "Lowe")  # fmt: skip


def two_guides(seed=21, several=320):
    """Eateries of two guides: kinds before or after the name, quarters for towns."""
    random, found = Random(seed), []
    places = random.sample(list(product(KITCHENS, CALLED, TOWNS)), several)
    for number in range(several):
        kind, name, (town, quarter, code) = places[number]
        corner = random.choice(CORNERS)
        house, end = random.randrange(1, 9_900), f"{random.randrange(1_000):03}-{random.randrange(10_000):04}"  # fmt: skip
        one = {"name": f"{kind} {name}", "street": f"{house} {corner[0]}", "municipality": town, "phone": f"{code}-{end}"}  # fmt: skip
        found.append((number, one))
        if random.random() < 0.4:
            told = random.choice((f"{name} {kind}", f"{name} {kind} & Bar", f"{name}, {kind}", name, f"The {kind} {name}", f"{kind} {name} ({town})", _slip(random, f"{kind} {name}")))  # fmt: skip
            phone = random.choice((f"{code}/{end}", f"{code}/{end}", f"({code}) {end}", ""))
            found.append((number, {"name": told, "street": f"{house} {corner[1]}", "municipality": quarter, "phone": phone}))  # fmt: skip
    return _parted(found)


def accounts(mess, seed=22, several=350):
    """Contacts of a CRM, ``mess`` 1 to 3: names in one cell, extensions, titles, other domains."""
    random, found = Random(seed + mess), []
    for number in range(several):
        first, last, middle = random.choice(FIRSTS), random.choice(LASTS), random.choice("ABCDEFGHJKLMR")  # fmt: skip
        company = f"{random.choice(LASTS)} {random.choice(('& Sons Ltd', 'Consulting Group', 'Manufacturing Co.', 'Partners LLP', 'Media Inc.'))}"  # fmt: skip
        domain = f"{company.split()[0]}{number % 40}.example".lower()
        area, phone = random.choice(("312", "415", "206")), f"{random.randrange(10**7):07}"
        one = {"name": f"{first} {last}", "org": company, "email": f"{first}.{last}@{domain}".lower(), "phone": f"({area}) {phone[:3]}-{phone[3:]}",
               "municipality": random.choice(("Chicago", "Seattle", "Oakland")), "role": random.choice(("VP Sales", "Buyer", "Engineer", "Director"))}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((0, 0, 1, 1, 3))):
            double = dict(one)
            for _ in range(mess):
                double |= random.choice((
                    {"name": f"{last}, {first}"}, {"name": f"{first} {middle}. {last}"}, {"name": f"{first} {last}".upper()}, {"name": f"{SHORT.get(first, first)} {_slip(random, last)}"},
                    {"name": f"Dr. {first} {last}"}, {"name": f"{first[0]}. {last}"}, {"email": f"{first[0]}{last}@{domain}".lower()}, {"email": ""}, {"email": f"info@{domain}"},
                    {"phone": f"+1 {area} {phone[:3]} {phone[3:]} x{random.randrange(10, 99)}"}, {"phone": f"{area}.{phone[:3]}.{phone[3:]}"}, {"phone": ""},
                    {"org": company.split()[0]}, {"org": "", "role": ""}, {"municipality": ""}, {"role": random.choice(("Sales", "", "Manager"))},
                ))  # fmt: skip
            found.append((number, double))
    rows, who = _parted(found)
    return [_named(row) for row in rows], who


def companies_of_four_countries(seed=23, several=420):
    """Companies by legal forms, transliterated, by another name; sisters abroad are others."""
    random, found, taken = Random(seed), [], set()
    for number in range(several):
        land, forms, firsts, lasts, towns, streets = random.choice(COMPANIES)
        name = ""
        while not name or name in taken:
            name = (
                f"{random.choice(firsts)} {random.choice((*MAIDEN, *LASTS))} {random.choice(lasts)}"
            )
        taken.add(name)
        town, street = random.choice(towns), random.choice(streets)
        house, code, phone = random.randrange(1, 200), f"{random.randrange(10**5):05}", f"+44{random.randrange(10**9):09}"  # fmt: skip
        one = {"name": f"{name} {forms[0]}", "street": street.split("|")[0].format(house), "postcode": code, "municipality": town, "phone": phone, "url": f"https://www.c{number}.example"}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((0, 0, 1, 2))):
            alias = f"{random.choice(MAIDEN)} {name.split()[-1]}"
            told = random.choice((
                f"{name} {random.choice(forms)}", f"{name} {forms[-1]}".upper(), name.translate(PLAIN), _slip(random, name), f"{alias} {forms[0]} (formerly {name} {forms[0]})",
                f"{name} {forms[0]} t/a {alias}", f"{name.split()[0][:1]}. {name.split()[-1]} {forms[0]}", f"{forms[0]} {name}", f"{name} Holding {forms[0]}"))  # fmt: skip
            lacks = {key: "" for key in ("phone", "url", "postcode", "street") if random.random() < 0.35}  # fmt: skip
            found.append((number, {**one, "name": told, "street": street.split("|")[1].format(house), **lacks}))  # fmt: skip
        if random.random() < 0.15:
            _, theirs, _, _, abroad, _ = random.choice(
                [other for other in COMPANIES if other[0] != land]
            )
            found.append((several + number, {"name": f"{name} {random.choice(theirs)}", "municipality": random.choice(abroad), "url": one["url"]}))  # fmt: skip
    return _parted(found)


def names_and_birth_years(seed=24, several=700):
    """Nothing but names and the year of birth: maiden names, short forms, years miswritten."""
    random, found = Random(seed), []
    for number in range(several):
        first, last, year = random.choice(FIRSTS), random.choice((*LASTS, *MAIDEN)), random.randrange(1930, 2008)  # fmt: skip
        one = {"first": first, "last": last, "born": str(year)}
        found.append((number, one))
        if random.random() < 0.35:
            other = str(year)[:2] + str(year)[:1:-1]
            again = random.choice((
                {}, {"first": SHORT.get(first, first)}, {"last": _slip(random, last)}, {"first": _slip(random, first)}, {"first": last, "last": first},
                {"born": other}, {"born": ""}, {"born": f"{random.randrange(1, 28)}.{random.randrange(1, 13)}.{year}"}, {"last": f"{last}-{random.choice(MAIDEN)}"}))  # fmt: skip
            found.append((number, {**one, **again}))
    return _parted(found)


def houses_and_streets(seed=25, several=130):
    """Two enumerations of a town: surname, first name, an initial, a house and its street."""
    random, found = Random(seed), []
    streets = [f"{name}{kind}" for name in ("Ferris", "Broad", "Locust", "Quarry", "Chestnut", "Mason") for kind in ("", " St", " Av")]  # fmt: skip
    for house in range(several):
        last, number, street = random.choice((*LASTS, *MAIDEN)), random.randrange(1, 2_000), random.choice(streets)  # fmt: skip
        for n, first in enumerate(random.sample(FIRSTS, random.randint(1, 4))):
            middle = random.choice("ABCDEFHJLMRTW ").strip()
            one = {"first": f"{first} {middle}".strip(), "last": last, "street": f"{number} {street}"}  # fmt: skip
            found.append((10 * house + n, one))
            if random.random() < 0.7:
                again = {}
                for _ in range(random.choice((0, 1, 1, 2))):
                    again |= random.choice(({"first": first}, {"first": _slip(random, first)}, {"first": f"{SHORT.get(first, first)} {middle}".strip()}, {"last": _slip(random, last)},
                                            {"street": f"{number + random.choice((1, 10))} {street}"}, {"street": street}, {"street": f"{number} {_slip(random, street)}"}))  # fmt: skip
                found.append((10 * house + n, {**one, **again}))
    return _parted(found)


def _named(row):
    """Read a name in one cell as a list's is read."""
    first, last, _, _ = split_name(row["name"])
    return {**row, "first": first, "last": last}


ORGANISATIONS = (
    ("eateries of two guides", two_guides, ()),
    ("companies of four countries", companies_of_four_countries, ()),
)
PEOPLE = (
    ("accounts of a CRM, little mess", accounts, (1,)),
    ("accounts of a CRM, some mess", accounts, (2,)),
    ("accounts of a CRM, much mess", accounts, (3,)),
    ("names and birth years", names_and_birth_years, ()),
    ("houses and streets of a town", houses_and_streets, ()),
)

"""Lists of kinds that nothing was tuned to, with who each row is: exports, a census, clubs of a coast.

Each maker returns ``(rows, who)``. They were written before anything was tried on them.
"""

from random import Random

WORDS = (
    ("Golden", "Blue", "River", "Harbor", "Summit", "Cedar", "Pioneer", "Liberty", "Union", "Maple", "Valley", "Iron", "Heritage", "Metro", "Eagle"),
    ("Family", "Youth", "Senior", "Arts", "Health", "Legal", "Food", "Housing", "Literacy", "Music", "Veterans", "Garden", "Sports", "Refugee", "Women's"),
    ("Center", "Foundation", "Alliance", "Services", "Network", "Coalition", "Society", "Council", "Project", "Club", "Institute", "Association"),
)  # fmt: skip
CITIES = (("Chicago", "60601"), ("Oak Park", "60301"), ("Evanston", "60201"), ("Cicero", "60801"))
STREETS = ("Main St", "Oak Ave", "W Division St", "N Clark St", "S Halsted St", "Lake Shore Dr", "Washington Blvd", "Pine Rd")  # fmt: skip
FIRSTS = ["James", "Robert", "John", "Michael", "David", "Mary", "Patricia", "Jennifer", "Linda", "Elizabeth", "William", "Richard", "Thomas", "Sarah", "Karen", "Nancy", "Lisa", "Margaret", "Daniel", "Matthew", "Anthony", "Donald", "Steven", "Emily", "Donna", "Carol", "Laura", "Amy", "Angela", "Kevin", "Brian", "George", "Edward", "Susan", "Rachel"]  # fmt: skip
LASTS = ["Smith", "Johnson", "Williams", "Brown", "Jones", "Miller", "Davis", "Wilson", "Anderson", "Taylor", "Moore", "Jackson", "Martin", "Lee", "Thompson", "White", "Harris", "Clark", "Lewis", "Robinson", "Walker", "Young", "Allen", "King", "Wright", "Scott", "Hill", "Green", "Adams", "Baker", "Nelson", "Carter", "Mitchell", "Roberts", "Turner", "Phillips"]  # fmt: skip
SHORT = {"James": "Jim", "Robert": "Bob", "William": "Bill", "Richard": "Rick", "Thomas": "Tom", "Elizabeth": "Liz", "Michael": "Mike", "Daniel": "Dan",
         "Matthew": "Matt", "Anthony": "Tony", "Steven": "Steve", "Susan": "Sue", "Patricia": "Pat", "Margaret": "Maggie", "Edward": "Ed"}  # fmt: skip
OLD = {"William": "Wm", "Thomas": "Thos", "Elizabeth": "Eliza", "James": "Jas", "John": "Jno", "Robert": "Robt", "George": "Geo"}  # fmt: skip
VILLAGES = ["Pargas", "Nagu", "Korpo", "Kimito", "Ekenäs", "Hangö", "Ingå", "Lovisa", "Pernå", "Sibbo", "Närpes", "Korsnäs", "Malax", "Vörå", "Oravais", "Nykarleby", "Jeppo", "Larsmo", "Kronoby", "Terjärv", "Replot", "Solf", "Petalax", "Bergö", "Övermark", "Sideby"]  # fmt: skip
CLUBS = ("{} hembygdsförening", "{} ungdomsförening", "{} Marthaförening", "{} IF", "{} byaråd", "{} jaktförening", "Folkhälsan i {}", "{} FBK",
         "{} pensionärsklubb", "{} båtklubb", "Hem och Skola i {}", "{} manskör", "Lions Club {}", "{} musikkår")  # fmt: skip
NEWCOMERS = ("Mohamed Ali|Ahmed Hassan|Hassan Ahmed|Ali Mohamed|Abdi Ismail|Fatima Hussein|Amina Yusuf|Maryam Karimi|Reza Karimi|Olga Ivanova|"
             "Dmitri Sokolov|Natalia Volkova|Oksana Shevchenko|Olena Bondarenko|Wei Zhang|Li Wang|Mehmet Yilmaz|Jose Garcia|Blessing Okafor|"
             "Abebe Bekele|Bekele Abebe|Saba Tesfay|Priya Sharma|Omar Rashid|Layla Haddad|Hodan Warsame|Ayaan Farah")  # fmt: skip
SPELT = {"Mohamed": "Maxamed", "Ahmed": "Ahmad", "Hassan": "Hasan", "Hussein": "Hussain", "Yusuf": "Yousef", "Fatima": "Fadumo", "Dmitri": "Dmitry",
         "Natalia": "Natalya", "Olena": "Elena", "Oksana": "Oxana", "Omar": "Umar", "Layla": "Leila", "Farah": "Faarax", "Abdi": "Cabdi", "Ali": "Cali"}  # fmt: skip
SECTIONS = [
    "hiihto",
    "jalkapallo",
    "salibandy",
    "koripallo",
    "lentopallo",
    "yleisurheilu",
    "suunnistus",
    "paini",
]
SPORTS = (("Kirkkonummen Urheilijat", "KirU", "Kirkkonummi"), ("Laaksolahden Pallo", "LaPa", "Espoo"), ("Lempäälän Kisa", "LeKi", "Lempäälä"),
          ("Nokian Pyry", "NoPy", "Nokia"), ("Raahen Vesa", "RaVe", "Raahe"), ("Kontiolahden Urheilijat", "KonU", "Kontiolahti"))  # fmt: skip
NUMBERS = ("0171450-7", "0211675-2", "0142249-1", "0116003-0", "0112038-9", "0201256-6")


def organisations_of_ten_sources(seed=11, several=220):
    """Each source has its own columns, forms of names and of streets."""
    random, found = Random(seed), []
    for number in range(several):
        name = " ".join(map(random.choice, WORDS))
        city, code = random.choice(CITIES)
        street, site = f"{random.randrange(1, 9_900)} {random.choice(STREETS)}", f"www.o{number}.example"  # fmt: skip
        phone = _phone(random)
        for source in random.sample(range(10), random.choice((1, 1, 2, 3, 4))):
            told = {
                1: name.upper(), 2: name + random.choice((", Inc.", " Inc", f" of {city}")), 4: _slip(random, name), 5: f"The {name}",
                3: name.replace("Association", "Assoc.").replace("Center", "Ctr").replace("Services", "Svcs"), 6: f"{name} - Main Office",
            }.get(source, name)  # fmt: skip
            found.append((number, {
                "name": told, "municipality": city.upper() if source == 1 else city, "postcode": code if source < 4 else "",
                "street": "" if source in (7, 8) else street.replace("Ave", "Avenue") if source == 3 else street,
                "phone": "" if source in (5, 8) else _phone(random) if source == 9 else phone, "url": site if source in (0, 2, 6, 7) else "",
            }))  # fmt: skip
        if random.random() < 0.15:
            program = f"{name} - {random.choice(WORDS[1])} Program"
            found.append((several + number, {"name": program, "municipality": city, "street": f"1 {random.choice(STREETS)}", "phone": _phone(random), "url": site}))  # fmt: skip
    return _parted(found)


def names_alone(seed=14, several=300):
    rows, who = organisations_of_ten_sources(seed, several)
    return [{"name": row["name"]} for row in rows], who


def customers(mess, seed=12, several=400):
    """An export of customers of ``mess`` 1 to 3: so many more things are wrong in each double."""
    random, found = Random(seed + mess), []
    for number in range(several):
        first, last = random.choice(FIRSTS), random.choice(LASTS)
        org = f"{random.choice(WORDS[0])} {random.choice(('Logistics Inc', 'Software', 'Holdings LLC', 'Foods'))}"  # fmt: skip
        one = {"first": first, "last": last, "org": org, "email": f"{first}.{last}{number}@{org.split()[0]}.example".lower(), "phone": _phone(random),
               "municipality": random.choice(CITIES)[0], "role": random.choice(("CEO", "Sales Manager", ""))}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            double = dict(one)
            for _ in range(1 + mess):
                double |= random.choice((
                    {"first": SHORT.get(first, first)}, {"last": _slip(random, last)}, {"email": f"{first[0]}{last}{number}@gmail.com".lower()}, {"email": ""},
                    {"phone": ""}, {"org": org.upper().removesuffix(" INC")}, {"first": double["last"], "last": double["first"]}, {"org": "", "role": ""},
                    {"phone": one["phone"][:-1] + random.choice("0123456789")},
                ))  # fmt: skip
            if mess == 3 and random.random() < 0.2:
                double["first"] = first[0]
            found.append((number, double))
    return _parted(found)


def census(seed=13, households=150):
    """Two counts of a town in which nobody's birth is told: families, abbreviations, moves."""
    random, found = Random(seed), []
    for house in range(households):
        last, parish = random.choice(LASTS) + random.choice(("", "", "e")), random.choice(("St Giles", "Holy Cross", "Trinity"))  # fmt: skip
        street = f"{random.randrange(1, 120)} {random.choice(('High Street', 'Mill Lane', 'Church Row', 'Bridge End'))}"  # fmt: skip
        for n, first in enumerate(random.sample(FIRSTS[:24], 4)):
            one = {"first": first, "last": last, "municipality": parish, "street": street, "role": random.choice(("labourer", "servant", "weaver", ""))}  # fmt: skip
            found.append((4 * house + n, one))
            if random.random() < 0.6:
                again = {"first": OLD.get(first, first)} if random.random() < 0.4 else {}
                again |= {"last": _slip(random, last)} if random.random() < 0.35 else {}
                again |= {"street": f"{random.randrange(1, 120)} Mill Lane"} if random.random() < 0.3 else {}  # fmt: skip
                found.append((4 * house + n, {**one, **again}))
    return _parted(found)


def clubs_of_a_coast(seed=1):
    """Clubs of Swedish-speaking villages, few of which are municipalities."""
    random, found = Random(seed), []
    for at, village in enumerate(VILLAGES):
        for n, kind in enumerate(random.sample(CLUBS, 8)):
            name = kind.format(village)
            one = {"name": f"{name} rf", "municipality": village, "email": random.choice((f"info@k{at}{n}.example", "")), "phone": random.choice(("", _phone(random)))}  # fmt: skip
            found.append((8 * at + n, one))
            if random.random() < 0.3:
                told = random.choice((name.replace("förening", "fören."), name.upper(), name.replace("å", "a").replace("ä", "a").replace("ö", "o"), _slip(random, name)))  # fmt: skip
                lacks = {key: "" for key in ("email", "phone") if random.random() < 0.4}
                found.append((8 * at + n, {**one, "name": told, **lacks}))
    return _parted(found)


def newcomers(seed=3, several=240):
    """Members of a multicultural association: namesakes, families in one mailbox, spellings."""
    random, found = Random(seed), []
    names = [name.split() for name in NEWCOMERS.split("|")]
    for number in range(0, 2 * several, 2):
        first, last = random.choice(names)[0], random.choice(names)[1]
        mailbox = random.choice((f"{first}{last}{number}@gmail.com".lower(), "", f"perhe{number}@gmail.com"))  # fmt: skip
        one = {"first": first, "last": last, "municipality": random.choice(("Helsinki", "Vantaa", "Turku")), "email": mailbox, "phone": _phone(random),
               "org": random.choice(("", "Sateenkaari ry"))}  # fmt: skip
        found.append((number, one))
        if random.random() < 0.35:
            again = random.choice(({"first": SPELT.get(first, first), "last": SPELT.get(last, last)}, {"first": last, "last": first}, {"last": f"{last} {random.choice(names)[1]}"}))  # fmt: skip
            found.append((number, {**one, **again}))
        if mailbox and random.random() < 0.3:
            child = random.choice([name for name, _ in names if name not in (first, SPELT.get(first))])  # fmt: skip
            found.append((number + 1, {**one, "first": child, "last": random.choice((last, first))}))  # fmt: skip
    return _parted(found)


def sections_of_clubs(seed=4):
    """Sports clubs and their sections, all with the club's number and half with its phone."""
    random, found = Random(seed), []
    for at, (name, short, town) in enumerate(SPORTS):
        domain = f"{short.lower()}.example"
        one = {"name": f"{name} ry", "business_id": NUMBERS[at], "municipality": town, "url": f"www.{domain}", "email": f"toimisto@{domain}", "phone": _phone(random)}  # fmt: skip
        found += [(100 * at, one), (100 * at, {**one, "name": f"{name} ({short}) r.y."})]
        for n, section in enumerate(random.sample(SECTIONS, 6), start=1):
            own = {**one, "email": f"{section}@{domain}", "phone": random.choice((one["phone"], _phone(random)))}  # fmt: skip
            forms = (f"{name} ry / {section}", f"{name} {section}", f"{name} ry, {section}jaosto", f"{short} {section}")  # fmt: skip
            found += [(100 * at + n, {**own, "name": form}) for form in random.sample(forms, random.choice((1, 2, 2)))]  # fmt: skip
            found += [(100 * at + 10 * n + k, {**own, "name": f"{name} {section} {team}"}) for k, team in enumerate(("P12", "T14"))]  # fmt: skip
    return _parted(found)


def _parted(found):
    return [row for _, row in found], [who for who, _ in found]


def _phone(random):
    return f"+35840{random.randrange(10**7):07}"


def _slip(random, text):
    at = random.randrange(1, max(len(text) - 2, 2))
    return random.choice((text[:at] + text[at + 1 :], text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :], text[:at] + "e" + text[at:]))  # fmt: skip


ORGANISATIONS = (
    ("organisations of ten sources", organisations_of_ten_sources, ()),
    ("their names alone", names_alone, ()),
    ("clubs of a Swedish-speaking coast", clubs_of_a_coast, ()),
    ("sections under a club's number", sections_of_clubs, ()),
)
PEOPLE = (
    ("customers, little mess", customers, (1,)),
    ("customers, some mess", customers, (2,)),
    ("customers, much mess", customers, (3,)),
    ("a census without birth dates", census, ()),
    ("members of a multicultural association", newcomers, ()),
)

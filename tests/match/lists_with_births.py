"""Lists with days of birth: a register office's, with letters mixed up, and a shop's customers.

Each maker returns ``(rows, who)``, by the headers of the list, as
:mod:`tests.match.lists_of_other_hands` does.
"""

from datetime import date, timedelta
from random import Random

from tests.match.lists_of_other_hands import _key, _shuffled

FIRSTS = (
    *("Harriet", "Rosie", "Callum", "Imogen", "Declan", "Freya", "Toby", "Niamh", "Rhys", "Poppy", "Angus", "Beatrice"),
    *("Kieran", "Maisie", "Owen", "Tabitha", "Lewis", "Erin", "Felix", "Megan", "Dylan", "Phoebe", "Ewan", "Lottie"),
)  # fmt: skip
LASTS = (
    *("Barlow", "Pritchard", "Okafor", "Lennox", "Sharma", "Whittle", "Gallagher", "Penrose", "Iqbal", "Hargreaves", "Mistry"),
    *("Colley", "Duffy", "Thackray", "Oyelaran", "Bevan", "Cartwright", "Sinclair", "Nolan", "Rowntree", "Begum", "Fairley"),
)  # fmt: skip
TOWNS = ("London", "London", "London", "Swindon", "Wrexham", "Dundee", "Newry", "Stockport", "Bury St Edmunds")  # fmt: skip
WORDS = ("otter", "mkelly", "frances", "dmurray", "tulip", "henryf", "sdoyle", "paulb", "irisw", "jgrant")  # fmt: skip
SIGNS = (
    {"王": "Wang", "李": "Li", "陈": "Chen"},
    {"伟": "Wei", "芳": "Fang", "杰": "Jie", "丽": "Li"},
)
STREETS = ("Foothill Dr", "Overpass Rd", "Constitution Street", "W. 15th St", "Poppy Hills Dr")


def office_register(seed=301, people=250):
    """Up to nine rows of a person; letters of a name, town or mailbox change places, names their
    columns, births their day; the mailbox is named after somebody else."""
    random, found = Random(seed), []
    for number in range(people):
        first, last, town = random.choice(FIRSTS), random.choice(LASTS), random.choice(TOWNS)
        born = date(1970, 1, 1) + timedelta(random.randrange(365 * 48))
        email = f"{random.choice(WORDS)}{random.choice(('', random.randrange(10, 99)))}@{random.choice(LASTS).lower()}.example"  # fmt: skip
        for copy in range(random.choice((1, 1, 2, 3, 3, 4, 5, 7, 9))):
            names, day = [first, last], born
            if copy:
                names = [_mixed(random, name) if random.random() < 0.2 else name for name in names]
                names[random.random() < 0.5] *= random.random() > 0.12
                names = names[::-1] if random.random() < 0.2 else names
                day += timedelta(random.randrange(-90, 90) * (random.random() < 0.25))
            row = {"first_name": names[0], "surname": names[1], "dob": day.isoformat()}
            for key, cell in (("city", town), ("email", email)):
                row[key] = _mixed(random, cell) if copy and random.random() < 0.15 else cell
                row[key] *= random.random() > 0.13
            found.append((number, row))
    return _shuffled(random, found)


def customers_with_births(seed=302, homes=130):
    """Families at one address and mailbox, twins; births in every style; names in Chinese signs."""
    random, found, number = Random(seed), [], 0
    for _ in range(homes):
        last, street = random.choice(LASTS), f"{random.randrange(1, 2000)} {random.choice(STREETS)}"
        town, code = random.choice((("Camden", "08030"), ("Salem", "97301"), ("Las Vegas", "89132")))  # fmt: skip
        email = f"{last.lower()}{random.randrange(100)}@mail.example"
        day = date(1950, 1, 1) + timedelta(random.randrange(20_000))
        for first in random.sample(FIRSTS, random.choice((1, 1, 2, 3))):
            number, born = number + 1, day + timedelta(random.choice((0, 900, 9_000)))
            signs, chinese = "".join(random.choice(tuple(part)) for part in SIGNS), random.random() < 0.15  # fmt: skip
            named = (first, last) if not chinese else (SIGNS[1][signs[1]], SIGNS[0][signs[0]])
            one = {"PRIMARY_NAME_FIRST": named[0], "PRIMARY_NAME_LAST": named[1], "DATE_OF_BIRTH": _told(random, born),
                   "ADDR_FULL": f"{street}, {town} {code}", "EMAIL_ADDRESS": email}  # fmt: skip
            found.append((number, one))
            for _ in range(random.choice((0, 0, 1, 2, 3))):
                again = {"DATE_OF_BIRTH": _told(random, born)}
                for _ in range(random.choice((1, 2, 3))):
                    again |= random.choice((
                        {"PRIMARY_NAME_FIRST": _key(random, named[0]), "PRIMARY_NAME_LAST": named[1]}, {"PRIMARY_NAME_FIRST": named[0], "PRIMARY_NAME_LAST": _key(random, named[1])}, {"PRIMARY_NAME_FIRST": named[1], "PRIMARY_NAME_LAST": named[0]},
                        {"PRIMARY_NAME_FIRST": named[0][0], "PRIMARY_NAME_LAST": named[1]}, {"DATE_OF_BIRTH": ""}, {"ADDR_FULL": f"{street}, {code}"}, {"ADDR_FULL": ""}, {"ADDR_FULL": f"Oak Apartments, {street}, {town}"}, {"EMAIL_ADDRESS": ""},
                        {"EMAIL_ADDRESS": f"{first} {last} <{email}>"}, {"PRIMARY_NAME_FIRST": "", "PRIMARY_NAME_LAST": signs} if chinese else {},
                    ))  # fmt: skip
                found.append((number, {**one, **again}))
    return _shuffled(random, found)


def _mixed(random, text):
    """Lose a letter, or let two or three pairs of letters change places."""
    letters = list(text)
    for _ in range(random.choice((0, 1, 2, 3))):
        a, b = random.randrange(len(letters)), random.randrange(len(letters))
        letters[a], letters[b] = letters[b], letters[a]
    if random.random() < 0.6:
        del letters[random.randrange(len(letters))]
    return "".join(letters)


def _told(random, day):
    style = random.choice(("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d-%b-%y", "%b %d %Y"))
    return day.strftime(style)


ORGANISATIONS = ()
PEOPLE = (
    ("births of an office, letters mixed up", office_register, ()),
    ("customers with births", customers_with_births, ()),
)

"""A register of invented contacts with what is true of them: who is there more than once.

The hard cases of real lists: families, colleagues behind one mailbox or switchboard, marriages,
moves, people in two organisations, slips of the pen, swapped columns, initials, half-empty rows.
"""

import csv
import tomllib
from importlib.resources import files
from itertools import accumulate
from random import Random

from register.sample.messy import swap_letters
from register.values.email import is_role_mailbox
from register.values.places import municipalities, postal_codes

NAMES = tomllib.loads(files("register.sample").joinpath("names.toml").read_text("utf-8"))
FIRST = [
    row["name"]
    for row in csv.DictReader(
        files("register.values").joinpath("first_names.csv").read_text("utf-8").splitlines()
    )
]
LAST = NAMES["surnames_fi"] + NAMES["surnames_sv"]
FREE = ("example.com", "example.net", "posti.example", "mail.example")
ROLES = ("puheenjohtaja", "sihteeri", "toiminnanjohtaja", "rahastonhoitaja", "jäsen", "")
SHORT = {"Johannes": "Jussi", "Matti": "Masa", "Katariina": "Kati", "Aleksi": "Ale"}


def ranked(values, flat=25):
    """Return cumulative weights by which the first values come oftest, as names do (Zipf)."""
    return list(accumulate(1 / (rank + flat) for rank in range(len(values))))


def plain(text):
    return text.lower().translate(str.maketrans("äöåé -", "aoae..")).replace("..", ".")


class Town:
    """Draws organisations and people; ``rows`` are cells, ``who`` the person of each row."""

    def __init__(self, seed, rows, *, twice=0.25, streets=False):
        self.streets = streets
        self.random = random = Random(seed)
        self.surnames = LAST + self.long_tail()
        self.weights = {id(FIRST): ranked(FIRST), id(self.surnames): ranked(self.surnames, 60)}
        self.addresses = set()
        places = [m for m in municipalities() if m.region in ("01", "06", "02", "04")]
        codes = {}
        for code in postal_codes():
            codes.setdefault(code.municipality, []).append(code.code)
        self.homes = []
        for number in range(max(rows // 6, 3)):
            place = random.choice(places)
            kind = random.choice(NAMES["organisations_fi"])
            name = (
                kind.format(place=place.name_fi, genitive=place.genitive_fi)
                if "{" in kind
                else kind
            )
            self.homes.append(
                (
                    name,
                    place.name_fi,
                    random.choice(codes.get(place.code, ["00100"])),
                    f"yhdistys{number}.example",
                    f"+3589{random.randrange(10**6, 10**7)}",
                )
            )
        self.weights[id(self.homes)] = ranked(self.homes)
        self.rows, self.who = [], []
        number = 0
        while len(self.rows) < rows:
            for person in self.household():
                number += 1
                self.add(person, number)
                for _ in range(random.choice((1, 1, 1, 2, 3)) if random.random() < twice else 0):
                    self.add(self.changed(person), number)
        del self.rows[rows:], self.who[rows:]
        order = list(range(rows))
        random.shuffle(order)
        self.rows, self.who = [self.rows[i] for i in order], [self.who[i] for i in order]

    def long_tail(self):
        starts = [
            "Ala",
            "Ylä",
            "Iso",
            "Vähä",
            "Kivi",
            "Koivu",
            "Leppä",
            "Haapa",
            "Honka",
            "Salo",
            "Suo",
            "Ranta",
            "Vuori",
            "Mylly",
            "Hieta",
            "Kallio",
            "Karhu",
            "Korpi",
            "Kuusi",
            "Laakso",
            "Lehti",
            "Metsä",
            "Mänty",
            "Nurmi",
            "Paju",
            "Palo",
            "Rauta",
            "Tammi",
            "Tuomi",
            "Vesi",
        ]
        ends = [
            "niemi",
            "maa",
            "lahti",
            "saari",
            "koski",
            "mäki",
            "järvi",
            "vaara",
            "harju",
            "kangas",
            "pelto",
            "oja",
            "aho",
            "talo",
            "luoma",
            "viita",
            "nen",
            "la",
            "lampi",
            "ranta",
            "salmi",
            "virta",
        ]
        return [start + end for start in starts for end in ends]

    def common(self, values):
        return self.random.choices(values, cum_weights=self.weights[id(values)])[0]

    def address(self, first, last, domain):
        """Return a mailbox that nobody has yet: the name, and a number where it is taken."""
        wanted = f"{plain(first)}.{plain(last)}".replace(" ", "")
        while (address := f"{wanted}@{domain}") in self.addresses:
            wanted += str(self.random.randrange(1, 99))
        self.addresses.add(address)
        return address

    def household(self):
        """One person, or a family that shares a surname and a phone and a home."""
        random = self.random
        first = self.person()
        yield first
        if random.random() < 0.08:
            for _ in range(random.choice((1, 1, 2))):
                other = self.person()
                other |= {
                    key: first[key] for key in ("last", "org", "municipality", "postcode", "street")
                }
                if other["email"] and not is_role_mailbox(other["email"]):
                    domain = other["email"].partition("@")[2]
                    other["email"] = self.address(other["first"], other["last"], domain)
                if random.random() < 0.5:
                    other["phone"] = first["phone"]
                yield other

    def person(self):
        random = self.random
        first, last = self.common(FIRST), self.common(self.surnames)
        if random.random() < 0.06:
            first += f"-{random.choice(FIRST)}"
        name, place, code, domain, switchboard = self.common(self.homes)
        drawn = random.random()
        if drawn < 0.25:
            email = self.address(first, last, domain)
        elif drawn < 0.6:
            email = self.address(first, last, random.choice(FREE))
        elif drawn < 0.68:
            email = f"{random.choice(('info', 'toimisto', 'puheenjohtaja'))}@{domain}"
        else:
            email = ""
        phone = f"+3584{random.randrange(10**7, 10**8)}" if random.random() < 0.6 else ""
        if random.random() < 0.06:
            phone = switchboard
        return {
            "first": first, "last": last, "org": name, "municipality": place, "postcode": code,
            "email": email, "phone": phone, "role": random.choice(ROLES),
            "street": self.street() if self.streets else "",
        }  # fmt: skip

    def street(self):
        random = self.random
        name = random.choice(self.surnames).lower() + random.choice(
            ("katu", "tie", "kuja", "polku")
        )
        flat = f"{random.choice('ABC')} {random.randrange(1, 60)}" if random.random() < 0.6 else ""
        return f"{name} {random.randrange(1, 90)} {flat}".strip()

    def changed(self, person):
        """The same person as another list has them."""
        random, row = self.random, dict(person)
        for column, share in (
            ("email", 0.25),
            ("phone", 0.35),
            ("role", 0.4),
            ("postcode", 0.4),
            ("municipality", 0.15),
            ("org", 0.1),
        ):
            if random.random() < share:
                row[column] = ""
        changes = random.choices(
            (
                self.slipped,
                self.swapped,
                self.initial,
                self.married,
                self.moved,
                self.mailed,
                self.called,
                self.nothing,
            ),
            (20, 6, 6, 5, 10, 12, 12, 29),
            k=random.choice((1, 1, 2)),
        )
        for change in changes:
            change(row)
        if random.random() < 0.03:
            row[random.choice(("first", "first", "last"))] = ""
        if random.random() < 0.3:
            row["role"] = random.choice(ROLES)
        if self.streets:
            self.misread(row)
        if not any(row[column] for column in ("email", "phone", "org", "municipality")):
            row["org"] = person["org"]
        return self.findable(row, person)

    def findable(self, row, person):
        """Leave something to know a moved or married person by: their own mailbox or phone.

        Who has nothing in common with their former row but a first name, or a name that several
        people have, is nobody's to find.
        """
        elsewhere = row["org"] != person["org"] and row["municipality"] != person["municipality"]
        renamed = (
            person["last"] not in (row["first"], row["last"])
            and row["last"][:3] != person["last"][:3]
        )
        if not (elsewhere or renamed):
            return row
        own = [
            k
            for k in ("phone", "email")
            if person[k] and not is_role_mailbox(person[k]) and not person[k].startswith("+3589")
        ]
        if own:
            row[own[0]] = person[own[0]]
        elif elsewhere:
            row |= {k: person[k] for k in ("org", "municipality", "postcode", "street")}
        if not own and renamed:
            row["last"] = person["last"]
        return row

    def misread(self, row):
        """Write the address as another hand reads it."""
        random = self.random
        for column, share in (("street", 0.35), ("municipality", 0.15), ("postcode", 0.15)):
            while row[column] and random.random() < share:
                row[column] = swap_letters(random, row[column])
        words = row["street"].split()
        if len(words) > 2 and random.random() < 0.15:
            random.shuffle(words)
        if len(words) > 2 and random.random() < 0.1:
            words.pop()
        if random.random() < 0.05:
            words = [str(random.randrange(1, 90)) if word.isdigit() else word for word in words]
        row["street"] = " ".join(words)

    def slipped(self, row):
        column = self.random.choice(
            ("first", "last", "last", "org", "email", "street", "municipality")
        )
        if len(row[column]) > 3:
            row[column] = swap_letters(self.random, row[column])

    def swapped(self, row):
        row["first"], row["last"] = row["last"], row["first"]

    def initial(self, row):
        row["first"] = self.random.choice(
            (row["first"][0], SHORT.get(row["first"], row["first"].split("-")[0]))
        )

    def married(self, row):
        other = self.common(self.surnames)
        row["last"] = self.random.choice((other, f"{row['last']}-{other}"))

    def moved(self, row):
        name, place, code, domain, _ = self.common(self.homes)
        row |= {"org": name, "municipality": place, "postcode": code}
        if self.streets:
            row["street"] = self.street()
        if row["email"] and self.random.random() < 0.5:
            row["email"] = self.address(row["first"], row["last"], domain)

    def mailed(self, row):
        row["email"] = self.address(row["first"], row["last"], self.random.choice(FREE))

    def called(self, row):
        row["phone"] = f"+3584{self.random.randrange(10**7, 10**8)}"

    def nothing(self, row):
        pass

    def add(self, row, number):
        self.rows.append(row)
        self.who.append(number)

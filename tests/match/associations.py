"""A register of invented organisations with what is true of them: which are there more than once.

The hard cases of real lists: chains of one name in many towns, districts and quarters whose names
differ in the place alone, sections and foundations beside an association, houses where many share a
phone, umbrella domains; and the same one with another legal form, with its acronym, in the other
language, mistyped, without its town, with a number in one list only.
"""

from random import Random

from register.sample.messy import swap_letters
from register.values.places import municipalities, postal_codes, regions
from tests.match.contacts import NAMES, plain

QUARTERS = (
    "Tapiola", "Tapanila", "Tapulikaupunki", "Olari", "Oulunkylä", "Kallio", "Kalliola", "Pitäjänmäki",
    "Haaga", "Hakunila", "Haukilahti", "Laajasalo", "Lauttasaari", "Leppävaara", "Leppäkorpi",
    "Malmi", "Malminkartano", "Matinkylä", "Mellunmäki", "Myllypuro", "Niittykumpu", "Pakila",
    "Puotila", "Roihuvuori", "Soukka", "Suutarila", "Tikkurila", "Viherlaakso", "Vuosaari", "Westend",
)  # fmt: skip
QUARTER_NAMES = (
    "MLL {q}n yhdistys ry", "{q}-seura ry", "{q}n asukasyhdistys ry", "{q}n Eläkkeensaajat ry",
    "{q}n Martat ry", "{q}n Nuorisoseura ry", "{q}n Omakotiyhdistys ry",
)  # fmt: skip
DISTRICT_NAMES = (
    "Suomen Esimerkkiliiton {g} piiri ry", "{g} Näkövammaiset ry", "{g} Sydänpiiri ry",
    "SPR {g} piiri", "{g} Muistiyhdistys ry", "{g} Syöpäyhdistys ry",
)  # fmt: skip
CHAINS = (
    "Martat ry", "Kalliolan Setlementti ry", "Eläkkeensaajat ry", "Nuorten Ystävät ry", "Ystäväpiiri",
    "Kotiseutuyhdistys ry", "VPK ry",
)  # fmt: skip
OWN = (
    ("Aurinko", "Valo", "Kaiku", "Silta", "Toivo", "Elo", "Tähti", "Lähde", "Virta", "Poiju", "Majakka",
     "Puro", "Kipinä", "Tuike", "Vire", "Kide", "Sointu", "Helmi", "Kuukkeli", "Peippo"),
    ("talo", "piha", "verkosto", "ryhmä", "yhteisö", "paja", "liike", "tupa", "ketju", "pysäkki"),
    ("ry", "ry", "ry", "ry", "osk", "säätiö sr"),
)  # fmt: skip
PAIRS = (
    ("{g} kotiseutuyhdistys ry", "{s} hembygdsförening rf"), ("{g} Eläkkeensaajat ry", "{s} pensionärer rf"),
    ("{g} Martat ry", "{s} marthaförening rf"), ("{g} nuorisoseura ry", "{s} ungdomssällskap rf"),
    ("{g} kaupunki", "{s} stad"), ("{g} seurakunta", "{s} församling"), ("{g} VPK ry", "{s} FBK rf"),
    ("Suomen Punainen Risti {g} osasto", "Finlands Röda Kors {s} avdelning"),
    ("{g} teatteriyhdistys ry", "{s} teaterförening rf"), ("{g} lastensuojelu ry", "{s} barnskydd rf"),
    ("{g} sydänyhdistys ry", "{s} hjärtförening rf"), ("{g} diabetesyhdistys ry", "{s} diabetesförening rf"),
)  # fmt: skip
LONG = (
    "{g} Järjestöjen Yhteisö ry", "{g} Vapaaehtoistyön Tuki ry", "{g} Kulttuurin Ystävät ry",
    "{g} Työllisyyden Toimintakeskus ry", "{g} Mielenterveyden Tuki ry", "{g} Maahanmuuttajien Neuvonta ry",
    "{g} Yhteisöjen Liikunta ja Harrasteet ry", "{g} Omaishoitajat ja Läheiset ry",
)  # fmt: skip
_WEIGHTS = (7, 9, 1, 3, 6, 4, 9, 10, 5, 8)


def business_id(number):
    digits = f"{number:07d}"
    rest = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return "" if rest == 1 else f"{digits}-{11 - rest if rest else 0}"


class Directory:
    """Draws organisations; ``rows`` are cells, ``who`` the organisation of each row."""

    def __init__(self, seed, rows, *, twice=0.25):
        self.random = random = Random(seed)
        self.places = [
            m for m in municipalities() if m.region in ("01", "02", "04", "06", "14", "15")
        ]
        self.codes = {}
        for code in postal_codes():
            self.codes.setdefault(code.municipality, []).append(code.code)
        self.houses = {
            place.code: (
                f"+3589{random.randrange(10**6, 10**7)}",
                random.choice(self.codes.get(place.code, ["00100"])),
            )
            for place in self.places
        }
        self.names, self.number = set(), 1_500_000
        self.rows, self.who = [], []
        number = 0
        while len(self.rows) < rows:
            one = self.organisation()
            if one is None:
                continue
            number += 1
            self.add(one, number)
            for _ in range(random.choice((1, 1, 1, 2)) if random.random() < twice else 0):
                self.add(self.changed(one), number)
        del self.rows[rows:], self.who[rows:]
        order = list(range(rows))
        random.shuffle(order)
        self.rows = [{k: v for k, v in self.rows[i].items() if k != "also"} for i in order]
        self.who = [self.who[i] for i in order]

    def add(self, row, number):
        self.rows.append(row)
        self.who.append(number)

    def named(self):
        """Return a name, its place, and what else it is called: the other language, an acronym."""
        random = self.random
        place = random.choice(self.places)
        drawn = random.random()
        if drawn < 0.1:
            quarter = random.choice(QUARTERS)
            helsinki = [m for m in self.places if m.name_fi in ("Helsinki", "Espoo", "Vantaa")]
            return random.choice(QUARTER_NAMES).format(q=quarter), random.choice(helsinki), ("", "")
        if drawn < 0.18:
            region = random.choice(regions())
            return random.choice(DISTRICT_NAMES).format(g=region.genitive_fi), place, ("", "")
        if drawn < 0.23:
            return random.choice(CHAINS), place, ("", "")
        if drawn < 0.45:
            first, second, form = (random.choice(part) for part in OWN)
            if random.random() < 0.9:
                first += random.choice(("n", "-", " ja ")) + random.choice(OWN[0]).lower()
            return f"{first}{second} {form}", place, ("", "")
        if drawn < 0.65:
            fi, sv = random.choice(PAIRS)
            return fi.format(g=place.genitive_fi), place, (sv.format(s=place.name_sv), "")
        if drawn < 0.77:
            name = random.choice(LONG).format(g=place.genitive_fi)
            words = [word for word in name.split()[:-1] if word != "ja"]
            return name, place, ("", "".join(word[0] for word in words))
        return (
            random.choice(NAMES["organisations_fi"]).format(place=place.genitive_fi),
            place,
            ("", ""),
        )

    def organisation(self):
        random = self.random
        name, place, also = self.named()
        home = place.code if name in CHAINS else ""
        if (plain(name), home) in self.names:
            if random.random() < 0.6:
                return None
            extra = random.choice(("nuoret", "naiset", "säätiö", "2", "kannatusyhdistys"))
            name = (
                f"{name.removesuffix(' ry')} {extra} ry"
                if name.endswith(" ry")
                else f"{name} {extra}"
            )
            if (plain(name), home) in self.names:
                return None
            also = ("", "")
        self.names.add((plain(name), home))
        self.number += random.randrange(1, 40)
        town = place.name_fi
        phone, code = self.houses[place.code]
        if random.random() < 0.8:
            code = random.choice(self.codes.get(place.code, ["00100"]))
            phone = f"+3584{random.randrange(10**7, 10**8)}" if random.random() < 0.5 else ""
        domain = f"{plain(name.split()[0])[:12]}{self.number}.example"
        if random.random() < 0.12:
            domain = random.choice(
                ("martat.example", "mll.example", "elakkeensaajat.example", "seura.example")
            )
        local = random.choice(("info", "toimisto", "sihteeri", plain(name).replace(".", "")[:14]))
        email = f"{local}@{domain}" if random.random() < 0.45 else ""
        if not email and random.random() < 0.3:
            email = f"{plain(name)[:16].strip('.')}{random.randrange(99)}@gmail.com"
        return {
            "name": name, "short": also[1] if random.random() < 0.4 else "", "also": also,
            "business_id": business_id(self.number) if random.random() < 0.5 else "",
            "assoc_no": f"{self.number // 1000 % 300}.{self.number % 1000:03}" if random.random() < 0.2 else "",
            "municipality": town if random.random() < 0.85 else "",
            "postcode": code if random.random() < 0.5 else "",
            "phone": phone, "email": email,
            "url": f"https://www.{domain}" if random.random() < 0.3 else "",
        }  # fmt: skip

    def changed(self, one):
        """The same organisation as another list has it."""
        random, row = self.random, dict(one)
        for column, share in (
            ("business_id", 0.35), ("assoc_no", 0.5), ("postcode", 0.5), ("municipality", 0.2),
            ("phone", 0.4), ("email", 0.35), ("url", 0.5),
        ):  # fmt: skip
            if random.random() < share:
                row[column] = ""
        change = random.choices(
            (
                self.reformed,
                self.slipped,
                self.translated,
                self.shortened,
                self.shouted,
                self.bracketed,
                self.worded,
                self.nothing,
            ),
            (26, 14, 14, 10, 5, 8, 12, 11),
        )[0]
        change(row)
        if random.random() < 0.15:
            row["phone"] = f"+3584{random.randrange(10**7, 10**8)}"
        if random.random() < 0.15:
            row["email"] = f"{plain(row['name'])[:16].strip('.')}{random.randrange(99)}@gmail.com"
        if row["municipality"] and random.random() < 0.03:
            row["municipality"] = random.choice(self.places).name_fi
        return self.findable(row, one)

    def findable(self, row, one):
        """Leave a place or a contact to know by whoever has a name of many; nobody else could."""
        common = (
            one["name"] in CHAINS or row["name"] == one["also"][1] or not one["name"][:1].isupper()
        )
        for key in ("municipality", "phone", "email") if common else ():
            row[key] = one[key]
        return row

    def reformed(self, row):
        name = row["name"]
        for form in (" ry", " rf"):
            if name.endswith(form):
                bare = name.removesuffix(form)
                other = {
                    " ry": (" r.y.", "", " RY", ", rekisteröity yhdistys"),
                    " rf": (" r.f.", ""),
                }[form]
                row["name"] = bare + self.random.choice(other)
                return
        self.slipped(row)

    def slipped(self, row):
        bare, _, form = row["name"].rpartition(" ")
        row["name"] = f"{swap_letters(self.random, bare)} {form}" if len(bare) > 5 else row["name"]

    def translated(self, row):
        other = row["also"][0]
        if not other:
            self.reformed(row)
            return
        row["name"] = self.random.choice(
            (other, other, f"{row['name']} / {other}", f"{row['name']} - {other}")
        )

    def shortened(self, row):
        acronym = row["also"][1]
        if not acronym:
            self.reformed(row)
            return
        row["name"] = self.random.choice((acronym, f"{acronym} ry"))
        row["short"] = ""

    def shouted(self, row):
        row["name"] = row["name"].upper()

    def bracketed(self, row):
        acronym = row["also"][1]
        if acronym:
            row["name"] = f"{row['name']} ({acronym})"
        else:
            self.reformed(row)

    def worded(self, row):
        """The same words in another order, or spelt out, or one more of them."""
        name = row["name"]
        if name.startswith("MLL "):
            row["name"] = self.random.choice(
                (
                    name.replace("MLL", "Mannerheimin Lastensuojeluliiton"),
                    name.replace("n yhdistys ry", ""),
                )
            )
            return
        place = next((m for m in self.places if name.startswith(f"{m.genitive_fi} ")), None)
        if place and len(name.split()) > 2 and "säätiö" not in name:
            rest = name.removeprefix(f"{place.genitive_fi} ")
            row["name"] = self.random.choice(
                (f"{rest.removesuffix(' ry')} {place.name_fi}", f"{rest.removesuffix(' ry')}, {place.name_fi} ry",
                 f"{name.removesuffix(' ry')}, {place.name_fi}")
            )  # fmt: skip
        elif " " in name:
            row["name"] = name.replace(" ry", " yhdistys ry")

    def nothing(self, row):
        pass

"""Registers built in another way than the ones the model was trained on: a hold-out.

Each person is known from several lists, and every list has habits of its own: its case, its
letters, its way to write a number, the columns that it lacks. Names are Finnish, Swedish and of
people who moved here. Nothing in the model was chosen with these in sight but where the README
says so.
"""

from random import Random

from tests.match.contacts import FIRST, LAST

FINNISH = [
    "Aino",
    "Anneli",
    "Eeva",
    "Hanna",
    "Helena",
    "Irja",
    "Jaana",
    "Kaisa",
    "Kirsi",
    "Leena",
    "Liisa",
    "Marja",
    "Minna",
    "Outi",
    "Päivi",
    "Riitta",
    "Sanna",
    "Seija",
    "Tiina",
    "Tuula",
    "Antti",
    "Eero",
    "Esa",
    "Harri",
    "Heikki",
    "Ilkka",
    "Jarmo",
    "Jouni",
    "Juha",
    "Kari",
    "Kimmo",
    "Lauri",
    "Markku",
    "Mikko",
    "Olli",
    "Pekka",
    "Petri",
    "Risto",
    "Sami",
    "Seppo",
    "Teemu",
    "Timo",
    "Tuomas",
    "Ville",
    "Väinö",
    "Yrjö",
]
SWEDISH = [
    "Agneta",
    "Alf",
    "Anders",
    "Ann-Christin",
    "Bengt",
    "Birgitta",
    "Bo",
    "Camilla",
    "Carl-Johan",
    "Eivor",
    "Gun",
    "Gunilla",
    "Göran",
    "Håkan",
    "Ingmar",
    "Kerstin",
    "Kjell",
    "Lars",
    "Lisbeth",
    "Margareta",
    "Mikael",
    "Monica",
    "Nils",
    "Ove",
    "Per-Erik",
    "Rolf",
    "Solveig",
    "Stig",
    "Sven",
    "Ulla-Maj",
    "Yngve",
    "Åke",
    "Åsa",
]
ELSEWHERE = [
    "Abdi",
    "Ahmed",
    "Aleksandr",
    "Ali",
    "Amina",
    "Anh",
    "Bao",
    "Dmitri",
    "Elena",
    "Fatima",
    "Farah",
    "Hodan",
    "Hassan",
    "Huong",
    "Irina",
    "Jelena",
    "Kadri",
    "Layla",
    "Linh",
    "Maryam",
    "Mohamed",
    "Nadia",
    "Natalia",
    "Olga",
    "Omar",
    "Pavel",
    "Rahma",
    "Sergei",
    "Svetlana",
    "Tatjana",
    "Thi",
    "Yusuf",
    "Zahra",
    "Zeynep",
]
STEMS = [
    "Ahti",
    "Eskel",
    "Heino",
    "Hirvo",
    "Hovi",
    "Hyry",
    "Jauho",
    "Kaila",
    "Kanka",
    "Kekko",
    "Kuja",
    "Kylli",
    "Lauta",
    "Lemmi",
    "Marti",
    "Myllä",
    "Nieme",
    "Oikari",
    "Pasa",
    "Pelto",
    "Pitkä",
    "Puus",
    "Reijo",
    "Ruotsa",
    "Rää",
    "Saari",
    "Savo",
    "Seppä",
    "Sillan",
    "Suoma",
    "Tanska",
    "Tark",
    "Toiva",
    "Tuomi",
    "Uusi",
    "Vaini",
    "Vart",
    "Viro",
    "Vuori",
    "Ylä",
]
FINNISH_ENDS = ("nen", "la", "mäki", "niemi", "salo", "korpi", "lainen", "aho", "oja", "kallio")
SWEDISH_STEMS = [
    "Ahl",
    "Back",
    "Berg",
    "Björk",
    "Blom",
    "Dahl",
    "Ek",
    "Forss",
    "Gran",
    "Hag",
    "Hell",
    "Holm",
    "Käll",
    "Lill",
    "Lind",
    "Mat",
    "Nord",
    "Nor",
    "Ryd",
    "Sand",
    "Sjö",
    "Skog",
    "Sten",
    "Ström",
    "Söder",
    "Wik",
    "Äng",
    "Öst",
    "Öh",
]
SWEDISH_ENDS = (
    "man",
    "ström",
    "lund",
    "berg",
    "qvist",
    "gren",
    "holm",
    "roos",
    "ell",
    "as",
    "bäck",
)
FAMILIES = [
    "Abdi",
    "Ahmed",
    "Ali",
    "Hussein",
    "Hassan",
    "Mohamed",
    "Omar",
    "Osman",
    "Warsame",
    "Nur",
    "Jama",
    "Nguyen",
    "Tran",
    "Pham",
    "Le",
    "Ivanov",
    "Ivanova",
    "Kuznetsov",
    "Petrova",
    "Smirnov",
    "Volkova",
    "Tamm",
    "Saar",
    "Kask",
    "Rebane",
    "Yilmaz",
    "Demir",
    "Kaya",
    "Haidari",
    "Rahimi",
    "Karimi",
    "Al-Khatib",
    "Al-Masri",
    "Haddad",
    "Singh",
    "Kumar",
    "Okafor",
    "Mensah",
]
TOWNS = {
    "Seinäjoki": "601", "Lapua": "621", "Kauhava": "622", "Vaasa": "651", "Närpiö": "642", "Kuopio": "701",
    "Iisalmi": "741", "Joensuu": "801", "Lieksa": "817", "Oulu": "901", "Raahe": "921", "Kemi": "941",
    "Mikkeli": "501", "Savonlinna": "571", "Kotka": "481", "Lahti": "151", "Heinola": "181",
    "Rauma": "261", "Pori": "281", "Kokkola": "671",
}  # fmt: skip
SORTS = (
    "{}n Omaishoitajat ry", "{}n Martat ry", "{}n kaupunki", "{}n Näkövammaiset ry", "{} 4H-yhdistys",
    "{}n Eläkkeensaajat ry", "{}n seurakunta", "{}n Monikulttuurikeskus", "{}n Invalidit ry",
    "Folkhälsan i {}", "{}n Kyläyhdistys", "{}n Nuorisoseura ry", "{}n SPR osasto", "{}n työttömät",
)  # fmt: skip
TITLES = (
    "koordinaattori",
    "hallituksen jäsen",
    "tiedottaja",
    "järjestösihteeri",
    "vapaaehtoinen",
    "",
)
HOSTS = ("kotiposti.example", "lanka.example", "example.org", "kirje.example")
KEYBOARD = {
    "a": "s",
    "e": "r",
    "i": "o",
    "n": "m",
    "l": "k",
    "t": "r",
    "u": "y",
    "o": "p",
    "s": "d",
}
PLAIN = str.maketrans("äöåÄÖÅ", "aoaAOA")
OLD = {"v": "w", "k": "c", "ks": "x", "kv": "qv", "i": "j"}


def ascii_of(text):
    return "".join(c for c in text.lower().translate(PLAIN) if c.isascii() and c.isalnum())


FINNISH += FIRST
"""Common names come twice: two strangers share a whole name about as seldom as in Finland."""


class Lists:
    """Draws people and what several lists say of them: ``rows`` of cells, ``who`` is in each.

    ``lacks`` are columns that none of the lists has; ``lower`` writes all in small letters.
    """

    def __init__(self, seed, rows, *, lacks=(), lower=False, again=0.2, people=("fi", "sv", "x")):
        self.random = random = Random(f"strangers {seed}")
        self.people, self.mailboxes = people, set()
        self.houses = [self.house(number) for number in range(max(4, rows // 9))]
        self.rows, self.who = [], []
        number = 0
        while len(self.rows) < rows:
            home = random.choice(
                self.houses[: max(3, int(len(self.houses) * random.random() ** 1.3))]
            )
            family = random.choices((1, 2, 3), (91, 7, 2))[0]
            last, kind, phone = "", "", ""
            for member in range(family):
                number += 1
                person, kind, last = self.person(home, kind, last)
                if member and random.random() < 0.4:
                    person["phone"] = phone
                phone = person["phone"]
                self.put(person, number)
                while random.random() < again:
                    self.put(self.retold(person), number)
        for row in self.rows:
            for column in lacks:
                row[column] = ""
            if lower:
                row.update({key: cell.lower() for key, cell in row.items()})
        order = list(range(rows))
        random.shuffle(order)
        self.rows, self.who = [self.rows[i] for i in order], [self.who[i] for i in order]

    def put(self, row, number):
        self.rows.append(row)
        self.who.append(number)

    def house(self, number):
        random = self.random
        town, code = random.choice(list(TOWNS.items()))
        return {
            "org": random.choice(SORTS).format(town), "municipality": town, "postcode": f"{code}{random.choice('0013')}0",
            "domain": f"talo{number}.example", "line": f"+3586{random.randrange(10**6, 10**7)}",
        }  # fmt: skip

    def person(self, home, kind="", last=""):
        random = self.random
        kind = kind or random.choices(("fi", "sv", "x"), [(6, 3, 2)[i] if k in self.people else 0 for i, k in enumerate(("fi", "sv", "x"))])[0]  # fmt: skip
        first = random.choice({"fi": FINNISH, "sv": SWEDISH, "x": ELSEWHERE}[kind])
        if kind == "fi" and random.random() < 0.08:
            first += f" {random.choice(FINNISH)}"
        if kind == "x" and random.random() < 0.5:
            first += f" {random.choice(ELSEWHERE)}"
        if not last and kind == "x":
            last = " ".join(random.sample(FAMILIES, random.choice((1, 2))))
        elif not last and kind == "fi" and random.random() < 0.6:
            last = random.choice(LAST)
        elif not last:
            stems, ends = (STEMS, FINNISH_ENDS) if kind == "fi" else (SWEDISH_STEMS, SWEDISH_ENDS)
            last = random.choice(stems) + random.choice(ends)
        phone = f"+358{random.choice(('40', '44', '45', '50'))}{random.randrange(10**6, 10**7)}"
        row = {
            "first": first, "last": last, "org": home["org"], "municipality": home["municipality"],
            "postcode": home["postcode"], "phone": phone if random.random() < 0.7 else "",
            "email": self.mailbox(first, last, home) if random.random() < 0.65 else "",
            "role": random.choice(TITLES),
        }  # fmt: skip
        if random.random() < 0.05:
            row["phone"] = home["line"]
        return row, kind, last

    def mailbox(self, first, last, home):
        random = self.random
        if random.random() < 0.1:
            return f"info@{home['domain']}"
        one, two = ascii_of(first), ascii_of(last)
        user = random.choice((f"{one}.{two}", f"{one[0]}{two}", f"{two}{one[0]}", f"{one}_{two}"))
        host = random.choice((home["domain"], *HOSTS))
        while f"{user}@{host}" in self.mailboxes:
            user += str(random.randrange(50, 100))
        self.mailboxes.add(f"{user}@{host}")
        return f"{user}@{host}"

    def retold(self, person):
        """The same person in another list: some cells left out, one or two told otherwise."""
        random, row = self.random, dict(person)
        for column, share in (("email", 0.3), ("phone", 0.3), ("role", 0.6), ("municipality", 0.2), ("postcode", 0.3)):  # fmt: skip
            if random.random() < share:
                row[column] = ""
        ways = (self.keyed, self.spelt, self.asciied, self.called, self.turned, self.shouted, self.dialled, self.left)  # fmt: skip
        for way in random.choices(ways, (20, 10, 12, 10, 6, 10, 20, 8), k=random.choice((1, 2, 2))):
            way(row)
        kept = [key for key in ("email", "phone") if row[key] and row[key] == person[key]]
        if row["org"] != person["org"] and not kept:
            row |= {key: person[key] for key in ("org", "municipality", "postcode")}
        return row

    def keyed(self, row):
        """A key beside the right one, two turned round, one left out or struck twice."""
        random = self.random
        column = random.choice(("first", "last", "last", "org", "email"))
        text = row[column]
        if len(text) < 5:
            return
        at = random.randrange(1, len(text) - 1)
        c = text[at]
        row[column] = random.choice((
            text[:at] + KEYBOARD.get(c, c) + text[at + 1 :], text[:at] + text[at + 1] + c + text[at + 2 :],
            text[:at] + text[at + 1 :], text[:at] + c + text[at:],
        ))  # fmt: skip

    def spelt(self, row):
        """The older or foreign spelling: Virtanen and Wirtanen, Erik and Eric."""
        column = self.random.choice(("first", "last"))
        for new, old in OLD.items():
            for one, two in ((new, old), (old, new)):
                if one in row[column].lower()[:4]:
                    row[column] = row[column].lower().replace(one, two, 1).title()
                    return

    def asciied(self, row):
        for column in ("first", "last", "org", "municipality"):
            row[column] = row[column].translate(PLAIN)

    def called(self, row):
        """By the first of two names, or by the letter it begins with."""
        words = row["first"].replace("-", " ").split()
        row["first"] = words[0] if len(words) > 1 else words[0][0]

    def turned(self, row):
        row["first"], row["last"] = row["last"], row["first"]

    def shouted(self, row):
        row["last"] = row["last"].upper()

    def dialled(self, row):
        digits = row["phone"].removeprefix("+358")
        row["phone"] = f"+358{digits[:2]}{digits[2:]}" if digits else ""
        if digits and self.random.random() < 0.5:
            at = self.random.randrange(3, len(digits))
            row["phone"] = f"+358{digits[:at]}{self.random.randrange(10)}{digits[at + 1 :]}"

    def left(self, row):
        """Works elsewhere now."""
        home = self.random.choice(self.houses)
        row |= {key: home[key] for key in ("org", "municipality", "postcode")}

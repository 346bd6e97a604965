"""Lists as programs give them: sites of a city, a CRM, people of history, suppliers of five systems.

Each maker returns ``(rows, who)``, by the headers of the list, as
:mod:`tests.match.lists_of_other_hands` does. French, Dutch, Polish, Spanish and Brazilian; a site
beside its body, copies in clusters of 2 to 10, half of the rows in nobody's cluster, cells in the
wrong column. They were written before anything was tried on them.
"""

from random import Random

from tests.match.lists_of_other_hands import _key, _mojibake, _shuffled

LANDS = {
    "fr": (("Jean-Pierre", "Marie-Claude", "Thierry", "Sylvie", "Guillaume", "Aurélie", "François", "Hélène", "Didier", "Océane"),
           ("Lefèvre", "Moreau", "Dubois", "Girard", "d'Alençon", "Rousseau", "Benoît", "Marchand", "Le Goff", "Perrin"),
           (("Lyon", "69003"), ("Rennes", "35000"), ("Saint-Étienne", "42000")), ("{} rue de la République", "{} bd Voltaire", "{} avenue Jean Jaurès"), "+33 4{}"),
    "nl": (("Sjoerd", "Marijke", "Pieter", "Annelies", "Bram", "Femke", "Ruud", "Liesbeth", "Maarten", "Wietske"),
           ("van den Berg", "de Vries", "Jansen", "van der Meer", "Bakker", "Visser", "de Groot", "Hoekstra", "ter Horst", "Mulder"),
           (("Utrecht", "3511 AB"), ("'s-Hertogenbosch", "5211 KP"), ("Den Haag", "2514 EA")), ("Kerkstraat {}", "Lange Voorhout {}", "Stationsplein {}"), "+31 30{}"),
    "pl": (("Agnieszka", "Tomasz", "Małgorzata", "Krzysztof", "Zofia", "Paweł", "Katarzyna", "Łukasz", "Joanna", "Grzegorz"),
           ("Kowalski", "Wiśniewska", "Wójcik", "Kamiński", "Lewandowska", "Zieliński", "Szymańska", "Dąbrowski", "Nowak", "Mazur"),
           (("Kraków", "30-001"), ("Łódź", "90-007"), ("Wrocław", "50-082")), ("ul. Długa {}", "al. Jerozolimskie {}", "ul. Świętego Jana {}"), "+48 12{}"),
    "br": (("João", "Conceição", "Luiz", "Aparecida", "Thiago", "Fernanda", "Antônio", "Beatriz", "Caio", "Luciana"),
           ("da Silva", "dos Santos", "Oliveira", "Pereira Lima", "Araújo", "Nascimento", "Carvalho", "Ribeiro", "de Souza", "Gonçalves"),
           (("São Paulo", "01310-100"), ("Curitiba", "80010-000"), ("Goiânia", "74000-010")), ("Av. Paulista, {}", "Rua XV de Novembro, {}", "R. das Flores, {}"), "+55 11{}"),
    "es": (("María José", "José Luis", "Rocío", "Iñaki", "Pilar", "Jordi", "Ángeles", "Gonzalo", "Nuria", "Fermín"),
           ("García López", "Fernández", "Muñoz", "Etxeberria", "Ibáñez", "Domínguez", "Ruiz", "Puig", "Peña", "Castaño"),
           (("Sevilla", "41001"), ("Bilbao", "48001"), ("A Coruña", "15001")), ("C/ Mayor, {}", "Avda. de la Constitución, {}", "Plaza Nueva, {}"), "+34 95{}"),
}  # fmt: skip
FORMS = {"fr": ("SARL", "SAS", "S.A."), "nl": ("B.V.", "BV", "N.V."), "pl": ("Sp. z o.o.", "sp. z o. o.", "S.A."), "br": ("Ltda.", "LTDA", "S/A"), "es": ("S.L.", "S.A.", "SL")}  # fmt: skip
TRADES = {"fr": ("Menuiserie", "Boulangerie", "Transports", "Imprimerie"), "nl": ("Installatietechniek", "Drukkerij", "Bouwbedrijf", "Transport"), "pl": ("Usługi Budowlane", "Piekarnia", "Drukarnia", "Hurtownia"),
          "br": ("Comércio de Alimentos", "Indústria Gráfica", "Transportes", "Materiais de Construção"), "es": ("Panadería", "Talleres", "Construcciones", "Imprenta")}  # fmt: skip
KNOWN_AS = {"Jean-Pierre": "JP", "Guillaume": "Will", "Agnieszka": "Aga", "Małgorzata": "Gosia", "Katarzyna": "Kasia", "Krzysztof": "Krzysiek", "Joanna": "Asia", "José Luis": "Pepe", "María José": "Majo",
            "Annelies": "Anneke", "Fernanda": "Nanda", "Luciana": "Lu", "Beatriz": "Bia", "Tomasz": "Tomek", "Liesbeth": "Lies"}  # fmt: skip


def sites_of_a_city(seed=201, bodies=90):
    """Sites of bodies that look after children, by ten sources: site, body, or both are the name."""
    random, found, taken = Random(seed), [], set()
    firsts = ("Hull", "Erie", "Casa", "Ada", "Gads", "Marcy", "Chinatown", "Lincoln", "Mary", "Pilsen", "Garfield", "Ravenswood", "Uptown", "Bethel", "Kenwood")  # fmt: skip
    seconds = ("Neighborhood House", "Central", "McKinley Settlement", "Hill Center", "Newberry Association", "Service League", "Park Child Development", "Day Nursery", "Community Academy")  # fmt: skip
    places = ("Altgeld", "Roseland", "Loomis", "Temple", "Damen", "Fuller Park", "Cabrini", "St. Pius", "North Kenwood", "Belmont", "47th Street", "Wells")  # fmt: skip
    for body in range(bodies):
        name = f"{random.choice(firsts)} {random.choice(seconds)}"
        if name in taken:
            continue
        taken.add(name)
        board, offered = _digits(random, "312", 7), random.sample(places, random.choice((1, 1, 2, 4)))  # fmt: skip
        for n, place in enumerate(offered):
            street = f"{random.randrange(100, 9_900)} {random.choice('NSEW')} {random.choice(('Halsted', 'Cermak', '47th', 'Dr Martin Luther King Jr', 'Ashland'))} {random.choice(('St', 'Ave', 'Dr'))}"  # fmt: skip
            phone, code = random.choice((board, _digits(random, "773", 7))), f"606{random.randrange(100):02}"  # fmt: skip
            for source in random.sample(range(10), random.choice((1, 1, 2, 3, 5, 8))):
                both = f"{name} - {place}" if len(offered) > 1 else name
                told = {1: both.upper(), 2: both.replace(" - ", " / "), 3: f"{name} {place}" if len(offered) > 1 else f"{name} Inc", 4: _key(random, both), 5: f"{name}, {place} Site", 6: both.replace("Center", "Ctr").replace("Association", "Assn").replace("Neighborhood", "Nbhd")}.get(source, both)  # fmt: skip
                where = {1: street.upper(), 3: street.replace(" St", " Street").replace(" Ave", " Avenue"), 5: f"{street}, 1st Fl", 7: street.replace("Dr Martin Luther King Jr", "King")}.get(source, street)  # fmt: skip
                found.append((10 * body + n, {"Site name": told, "Address": where, "Zip": "" if source in (2, 8) else code, "Phone": "" if source in (3, 9) else phone if source % 2 else f"({phone[:3]}) {phone[3:6]}-{phone[6:]}"}))  # fmt: skip
    return _shuffled(random, found)


def contacts_of_a_crm(mess, seed=202, several=330):
    """Contacts of accounts in five lands: so many things wrong in each copy as ``mess`` says."""
    random, found, accounts = Random(seed + mess), [], []
    for at in range(110):
        land = random.choice(tuple(LANDS))
        _, lasts, towns, streets, dial = LANDS[land]
        town = random.choice(towns)
        firm = f"{random.choice(TRADES[land])} {random.choice(lasts)} {random.choice(FORMS[land])}"
        accounts.append((land, firm, f"{_site(firm)}{at}.example", town[0], random.choice(streets).format(random.randrange(1, 99)), _digits(random, dial.format(""), 6)))  # fmt: skip
    taken = set()
    for number in range(several):
        land, firm, site, town, street, board = random.choice(accounts)
        first, last = random.choice(LANDS[land][0]), random.choice(LANDS[land][1])
        if (first, last) in taken:
            continue
        taken.add((first, last))
        mail, mobile = f"{_site(first)}.{_site(last)}@{site}", _digits(random, "+316", 8)
        one = {"First Name": first, "Last Name": last, "Account Name": firm, "Email": mail, "Mobile Phone": mobile, "Business Phone": board, "Mailing Street": street, "Mailing City": town,
               "Title": random.choice(("Director", "Account Manager", "CFO", "Purchasing", "")), "Lead Source": random.choice(("Web", "Fair", ""))}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
            again = {**one, "Lead Source": random.choice(("Import 2019", "Web"))}
            for _ in range(mess):
                again |= random.choice((
                    {"First Name": KNOWN_AS.get(first, first)}, {"First Name": f"{first} {last}", "Last Name": ""}, {"First Name": f"{first[0]}."}, {"First Name": _key(random, first)}, {"Last Name": _key(random, last)},
                    {"First Name": last, "Last Name": first}, {"Last Name": last.split()[-1]}, {"First Name": _ascii(first), "Last Name": _ascii(last)}, {"First Name": _mojibake(first), "Last Name": _mojibake(last)},
                    {"First Name": first.lower(), "Last Name": last.lower()}, {"Email": ""}, {"Email": f"{_site(first)}{number}@gmial.com"}, {"Email": f"{_site(last)}{number}@outlook.com"}, {"Email": f"mailto:{mail.upper()}"},
                    {"Mobile Phone": ""}, {"Mobile Phone": mobile.replace("+31", "0031 (0)")}, {"Mobile Phone": f"{mobile[:2]},{mobile[2:5]}E+10"}, {"Mobile Phone": board, "Business Phone": mobile}, {"Business Phone": "n/a", "Title": "n/a"},
                    {"Account Name": firm.rsplit(" ", 1)[0]}, {"Account Name": firm.upper()}, {"Account Name": "", "Mailing Street": "", "Mailing City": ""}, {"Title": "VP", "Mailing City": town.upper()}, {"Mailing Street": _key(random, street)},
                    {"Account Name": random.choice(accounts)[1], "Email": "", "Title": "Partner"},
                ))  # fmt: skip
            found.append((number, again))
    return _shuffled(random, found)


def people_of_history(seed=203, several=260):
    """People of old times by name, birthplace, trade and a code, up to ten copies, no births."""
    random, found = Random(seed), []
    firsts = ("William", "Thomas", "Henry", "Charlotte", "Augustus", "Eliza", "Frederick", "Harriet", "Theophilus", "Louisa", "Ambrose", "Georgiana", "Edmund", "Hester", "Sir Humphrey", "Philip")  # fmt: skip
    lasts = ("Chetwynd", "Fairfax", "Gurney", "Pakington", "Trelawny", "Blount", "Wyndham", "Hoskyns", "Mordaunt", "Lowther", "Fiennes", "Rashleigh", "Chaloner", "Vavasour", "Mildmay", "Dering", "St. Aubyn", "Wray")  # fmt: skip
    brief = {"William": "Bill", "Thomas": "Tom", "Henry": "Harry", "Eliza": "Elizabeth", "Frederick": "Fred", "Harriet": "Hattie", "Edmund": "Ned", "Philip": "Phil", "Augustus": "Gus"}  # fmt: skip
    places = (("Exeter", "EX4"), ("Truro", "TR1"), ("Lichfield", "WS13"), ("York", "YO10"), ("Norwich", "NR2"), ("Carlisle", "CA3"), ("Leominster", "HR6"), ("Whitby", "YO21"))  # fmt: skip
    trades = ("politician", "clergyman", "painter", "botanist", "cricketer", "army officer", "writer", "")  # fmt: skip
    for number in range(several):
        first, last, (place, zone) = random.choice(firsts), random.choice(lasts), random.choice(places)  # fmt: skip
        middle = random.choice((*firsts[:12], "", ""))
        one = {"first_name": f"{first} {middle}".strip(), "surname": f"{last}{random.choice(('', '', '', ', 2nd Baronet'))}", "birth_place": place, "postcode_fake": f"{zone} {random.randrange(1, 9)}{random.choice('ABDEFGH')}{random.choice('JLNPQ')}", "occupation": random.choice(trades)}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((0, 0, 0, 0, 2, 4, 9))):
            again = {}
            for _ in range(random.choice((0, 1, 1, 2, 3))):
                again |= random.choice((
                    {"first_name": first}, {"first_name": f"{brief.get(first, first)} {middle}".strip()}, {"first_name": _key(random, one["first_name"])}, {"surname": _key(random, last)}, {"surname": last},
                    {"first_name": last, "surname": first}, {"birth_place": ""}, {"birth_place": random.choice(places)[0]}, {"postcode_fake": ""}, {"postcode_fake": f"{zone} {random.randrange(1, 9)}{random.choice('ABDEFGH')}{random.choice('JLNPQ')}"},
                    {"occupation": random.choice(trades)}, {"occupation": ""}, {"first_name": f"{first[0]}. {middle}".strip()}, {"postcode_fake": one["postcode_fake"].replace(" ", "").lower()},
                ))  # fmt: skip
            found.append((number, {**one, **again}))
    return _shuffled(random, found)


def suppliers_of_five_systems(seed=204, several=340):
    """Suppliers, two thirds of whom nobody else has; sisters and branches; capitals, one address cell."""
    random, found, taken = Random(seed), [], set()
    for number in range(several):
        land = random.choice(tuple(LANDS))
        _, lasts, towns, streets, dial = LANDS[land]
        town, code = random.choice(towns)
        last, trade, form = random.choice(lasts), random.choice(TRADES[land]), random.choice(FORMS[land])  # fmt: skip
        if (trade, last, town) in taken:
            continue
        taken.add((trade, last, town))
        name, street = f"{trade} {last} {form}", random.choice(streets).format(random.randrange(1, 240))  # fmt: skip
        phone, site = _digits(random, dial.format(""), 7), f"www.{_site(last)}-{_site(trade)}{number}.example"  # fmt: skip
        one = {"SOURCE": "ERP", "REC": str(len(found)), "BUSINESS_NAME": name, "ADDR_FULL": f"{street}, {code} {town}", "PHONE": phone, "WEBSITE": site, "COUNTRY": land.upper()}  # fmt: skip
        found.append((number, one))
        for _ in range(random.choice((1, 1, 2, 4, 9)) if random.random() < 0.35 else 0):
            told = random.choice((name, name.upper(), f"{trade} {last}", f"{last} {trade}", f"{trade} {last} {random.choice(FORMS[land])}", _key(random, name), _ascii(name), f"{trade.split()[0][:4]}. {last} {form}", f"{last.upper()}", f"Groupe {last} {trade}", f"{name} ({town})"))  # fmt: skip
            where = random.choice((f"{street}, {code} {town}", f"{_ascii(street)} {_ascii(town)}".upper(), f"{town}, {street}", f"{street}, {code}", "", f"PO Box {random.randrange(999)}, {town}"))  # fmt: skip
            found.append((number, {"SOURCE": random.choice(("SAP", "WEB", "LEGACY", "AP")), "REC": str(len(found)), "BUSINESS_NAME": told, "ADDR_FULL": where, "PHONE": random.choice((phone, phone.replace("+", "00"), "", _digits(random, dial.format(""), 7))), "WEBSITE": random.choice((site, f"http://{site}/contact", "")), "COUNTRY": land.upper()}))  # fmt: skip
        if random.random() < 0.15:
            sister = next(one for one in TRADES[land] if one != trade)
            kin = random.choice(({"BUSINESS_NAME": f"{sister} {last} {form}"}, {"BUSINESS_NAME": f"{name} - {random.choice(towns)[0]} 2", "ADDR_FULL": f"{random.choice(streets).format(300)}, {town}", "PHONE": _digits(random, dial.format(""), 7)}))  # fmt: skip
            if (sister, last, town) not in taken:
                taken.add((sister, last, town))
                found.append((several + number, {**one, **kin, "REC": str(len(found))}))
    return _shuffled(random, found)


def _digits(random, before, count):
    return before + "".join(random.choice("0123456789") for _ in range(count))


def _ascii(text):
    plain = str.maketrans("éèêëàâáãäçñóòôõöúùûüíïłŁśŚźżćęąńÁÉÍÓÚÔÂÃ", "eeeeaaaaacnooooouuuuiilLsSzzceanAEIOUOAA")  # fmt: skip
    return text.translate(plain)


def _site(text):
    return "".join(letter for letter in _ascii(text).lower() if letter.isascii() and letter.isalnum())  # fmt: skip


ORGANISATIONS = (
    ("sites of a city, ten sources", sites_of_a_city, ()),
    ("suppliers of five systems", suppliers_of_five_systems, ()),
)
PEOPLE = (
    ("contacts of a CRM, little mess", contacts_of_a_crm, (1,)),
    ("contacts of a CRM, some mess", contacts_of_a_crm, (2,)),
    ("contacts of a CRM, much mess", contacts_of_a_crm, (3,)),
    ("people of history", people_of_history, ()),
)

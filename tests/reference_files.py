"""Files of Statistics Finland's and Posti's shape. Every one is made by the project, of its own tables
and with changes that nobody has decided: no byte of theirs is here."""

import json

from register.sources.statistics_finland import POSTAL_CODE_TYPES


def items(kind, names, language="fi", year=2027):
    """Return a classification's items: ``names`` by code."""
    rows = [
        {
            "localId": f"{kind}_1_{year}0101/{code}",
            "level": 1,
            "code": code,
            "classificationItemNames": [{"lang": language, "langName": "x", "name": name}],
        }
        for code, name in names.items()
    ]
    return json.dumps(rows, ensure_ascii=False).encode()


def maps(kind, pairs, year=2027, as_addresses=False):
    """Return a correspondence table from municipalities: ``pairs`` of codes."""
    base = "https://data.stat.fi/api/classifications/v2/correspondenceTables"
    if as_addresses:
        table = f"kunta_1_{year}0101%23{kind}_1_{year}0101"
        rows = [f"{base}/{table}/maps/{source}/{target}" for source, target in pairs.items()]
    else:
        rows = [
            {
                "sourceLocalId": f"kunta_1_{year}0101/{source}",
                "targetLocalId": f"{kind}_1_{year}0101/{target}",
            }
            for source, target in pairs.items()
        ]
    return json.dumps(rows).encode()


def pcf(rows, day="20270102"):
    """Return Posti's file: ``rows`` as in our table of postal codes."""
    numbers = {name: number for number, name in POSTAL_CODE_TYPES.items()}
    lines = []
    for row in rows:
        line = f"PONOT{day}{row['postal_code']}{row['place_fi']:30}{row['place_sv']:30}"
        line += f"{'':12}{'':12}{day}{numbers[row['type']]}{'FI1B1':5}{'':30}{'':30}"
        lines.append(f"{line}{row['municipality_code']}{'':20}{'':20}1")
    return "".join(f"{line}\n" for line in lines).encode("iso-8859-1")


class Year:
    """What is published of a year: our own tables, to be changed, then given as files."""

    def __init__(self, tables, year=2027):
        rows = tables["municipalities"]
        self.year = year
        self.fi = {row["code"]: row["name_fi"] for row in rows}
        self.sv = {row["code"]: row["name_sv"] for row in rows}
        self.region = {row["code"]: row["region_code"] for row in rows}
        self.county = {row["code"]: row["wellbeing_county_code"] for row in rows}
        self.regions = {row["code"]: row for row in tables["regions"]}
        self.counties = {row["wellbeing_county_code"]: row for row in rows}
        self.postal = [dict(row) for row in tables["postal_codes"]]

    def ends(self, code, heir):
        """Have a municipality end, and another have its postal codes."""
        for table in (self.fi, self.sv, self.region, self.county):
            del table[code]
        for row in self.postal:
            if row["municipality_code"] == code:
                row["municipality_code"] = heir

    def files(self, as_addresses=False):
        """Return the files by what the servers call them."""
        year, named = self.year, {}
        for language in ("fi", "sv"):
            told = {
                "kunta": getattr(self, language),
                "maakunta": {k: row[f"name_{language}"] for k, row in self.regions.items()},
                "hyvinvointialue": {
                    k: row[f"wellbeing_county_{language}"] for k, row in self.counties.items()
                },
            }
            for kind, names in told.items():
                named[f"{kind}-{language}.json"] = items(kind, names, language, year)
        named["maakunta-maps.json"] = maps("maakunta", self.region, year, as_addresses)
        named["hyvinvointialue-maps.json"] = maps("hyvinvointialue", self.county, year)
        named["PCF_20270102.dat"] = pcf(self.postal)
        return named

    def scene(self):
        """Return a scene that serves them where Statistics Finland and Posti do."""
        files = self.files()

        def scene(path, query, _headers):
            if path == "/":
                return 200, {}, b'<a href="PCF_20270102.dat">x</a><a href="PCF_20261201.dat">y</a>'
            if path.startswith("/classifications/"):
                kind, _, rest = path.split("/")[2].partition("_1_")
                name = f"{kind}-{query['lang']}.json" if rest == f"{self.year}0101" else ""
            elif path.startswith("/correspondenceTables/"):
                name = path.split("%23")[1].partition("_1_")[0] + "-maps.json"
            else:
                name = path[1:]
            if name not in files:
                return 404, {}, b""
            return 200, {}, files[name]

        return scene

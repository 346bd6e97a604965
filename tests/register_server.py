"""An open register on loopback. Every reply is made by the project, in the documented shape."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Reply = tuple[int, dict[str, str], bytes]


def company(business_id, name, town="ESPOO", code="049", post="02100", end=None, former=()):
    """Return a row as YTJ v3 documents it; made by the project, no real organisation."""
    names = [{"name": name, "type": "1", "registrationDate": "2001-01-01", "endDate": None}]
    names += [{"name": one, "type": "1", "endDate": "2020-01-01"} for one in former]
    form = {"languageCode": "1", "description": "Aatteellinen yhdistys"}
    return {
        "businessId": {"value": business_id, "registrationDate": "2001-01-01", "source": "3"},
        "names": names,
        "companyForms": [{"type": "29", "descriptions": [form], "endDate": None, "version": 1}],
        "companySituations": [],
        "addresses": [
            {
                "type": 1,
                "street": "Esimerkkikatu",
                "buildingNumber": "1",
                "postCode": post,
                "postOffices": [{"city": town, "languageCode": "1", "municipalityCode": code}],
                "co": "c/o Maija Malli",
            }
        ],
        "tradeRegisterStatus": "1",
        "status": "2",
        "endDate": end,
    }


def body(number, name, kind="Municipality", code="049", business_id="", **more):
    """Return an organisation as PTV v11 documents it; made by the project, no real one."""

    def language_item(value, language="fi"):
        return {"value": value, "language": language}

    return {
        "id": guid(number),
        "organizationType": kind,
        "businessCode": business_id,
        "organizationNames": [{**language_item(name), "type": "Name"}],
        "organizationDescriptions": [{**language_item("Kuvaus"), "type": "Description"}],
        "emails": [{**language_item("kirjaamo@example.org"), "description": "Kirjaamo"}],
        "phoneNumbers": [{"number": "400000001", "prefixNumber": "+358", "language": "fi"}],
        "webPages": [{"url": "https://www.example.org", "value": "Kotisivu", "language": "fi"}],
        "municipality": {"code": code, "name": [language_item("Espoo")]} if code else None,
        "addresses": [
            {
                "type": "Visiting",
                "subType": "Street",
                "streetAddress": {
                    "street": [language_item("Esimerkkikatu")],
                    "streetNumber": "1",
                    "postalCode": "02100",
                    "postOffice": [language_item("ESPOO")],
                    "municipality": {"code": "049", "name": [language_item("Espoo")]},
                    "additionalInformation": [language_item("Maija Malli, 2. krs")],
                },
            }
        ],
        "parentOrganizationId": None,
        "publishingStatus": "Published",
        "modified": "2026-03-01T10:00:00Z",
        **more,
    }


def service(number, classes=(), groups=()):
    """Return a service as PTV v11 documents it, with Finnish names of classes, codes of groups."""

    def named(name):
        return {"name": [{"value": name, "language": "fi"}], "code": "P1", "uri": "http://uri"}

    return {
        "id": guid(number),
        "type": "Service",
        "serviceNames": [{"value": f"Palvelu {number}", "language": "fi", "type": "Name"}],
        "serviceClasses": [named(name) for name in classes],
        "targetGroups": [{**named("Kohderyhmä"), "code": code} for code in groups],
        "languages": ["fi"],
        "publishingStatus": "Published",
    }


def offers(*numbers):
    """Return the services of an organisation, as PTV v11 documents them."""
    return [
        {
            "roleType": "Responsible",
            "service": {"id": guid(number), "name": f"Palvelu {number}"},
            "organizationId": None,
        }
        for number in numbers
    ]


def area(kind, name, *codes):
    """Return an area of an organisation, as PTV v11 documents it."""

    def named(text):
        return [{"value": text, "language": "fi"}]

    return {
        "type": kind,
        "code": codes[0] if codes else None,
        "name": named(name),
        "municipalities": [{"code": code, "name": named(code)} for code in codes],
    }


def guid(number):
    """Return an id of PTV's form."""
    return f"00000000-0000-4000-8000-{number:012}"


def ptv(rows, size=2, services=()):
    """Return a scene that pages through ids and names, and gives the wholes that are asked for."""

    def scene(path, query, _headers):
        if path.startswith("/Organization/area/Municipality/code/"):
            page = int(query["page"])
            some = rows[(page - 1) * size : page * size]
            listed = [
                {"id": row["id"], "name": row["organizationNames"][0]["value"]} for row in some
            ]
            pages = -(-len(rows) // size)
            reply = {"pageNumber": page, "pageSize": size, "pageCount": pages, "itemList": listed}
        elif path == "/Organization/list":
            wanted = query["guids"].split(",")
            reply = [row for row in rows if row["id"] in wanted]
        elif path == "/Service/list":
            wanted = query["guids"].split(",")
            reply = [row for row in services if row["id"] in wanted]
        else:
            return 404, {}, b""
        return 200, {"Content-Type": "application/json"}, json.dumps(reply).encode()

    return scene


class RegisterServer:
    """Answers by ``scene(path, query, headers)``; ``asked`` keeps what was asked."""

    def __init__(self, scene: Callable[[str, dict[str, str], dict[str, str]], Reply]) -> None:
        self.scene = scene
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            disable_nagle_algorithm = True

            def do_GET(self):
                parts = urlsplit(self.path)
                query = {key: value[0] for key, value in parse_qs(parts.query).items()}
                server.asked.append((parts.path, query, dict(self.headers)))
                status, headers, body = server.scene(parts.path, query, dict(self.headers))
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_args):
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> RegisterServer:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()


def paged(rows, size=2):
    """Return a scene that serves rows by their postal code, so many a page, each with an ETag."""

    def scene(_path, query, headers):
        fitting = [r for r in rows if r["addresses"][0]["postCode"] == query["postCode"]]
        start = (int(query["page"]) - 1) * size
        reply = {"totalResults": len(fitting), "companies": fitting[start : start + size]}
        body = json.dumps(reply).encode()
        tag = f'"{hash(body)}"'
        if headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        return 200, {"ETag": tag, "Content-Type": "application/json"}, body

    return scene

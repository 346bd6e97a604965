"""A server that lets any token in, and requests as they go over the wire."""

from functools import cached_property

import pytest
import requests

from tests.sheets_server import SheetsServer


class Wire:
    """Sends JSON to the server; ``sheet`` is the spreadsheet that ``{id}`` stands for."""

    def __init__(self, url):
        self._url = url
        self._session = requests.Session()
        self._session.headers["Authorization"] = "Bearer anything"

    @cached_property
    def sheet(self):
        """The key of a spreadsheet that is made when it is first spoken of."""
        return self.made("Test")

    def made(self, name):
        body = {"name": name, "mimeType": "application/vnd.google-apps.spreadsheet"}
        return self("POST", "/drive/v3/files?supportsAllDrives=True", body)[1]["id"]

    def __call__(self, method, path, body=None):
        if "{id}" in path:
            path = path.replace("{id}", self.sheet)
        sent = {"data": body.encode()} if isinstance(body, str) else {"json": body}
        reply = self._session.request(method, self._url + path, timeout=10, **sent)
        if reply.headers.get("Content-Type", "").startswith("text/csv"):
            return reply.status_code, reply.text
        return reply.status_code, reply.json() if reply.content else None

    def batch(self, *wanted, **more):
        body = {"requests": list(wanted), **more}
        return self("POST", "/v4/spreadsheets/{id}:batchUpdate", body)

    def put(self, area, values, how="RAW"):
        path = f"/v4/spreadsheets/{{id}}/values/{area}?valueInputOption={how}"
        return self("PUT", path, {"values": values})

    def get(self, area, **options):
        query = "&".join(f"{name}={value}" for name, value in options.items())
        return self("GET", f"/v4/spreadsheets/{{id}}/values/{area}?{query}")[1].get("values", [])


@pytest.fixture
def wire():
    with SheetsServer(anybody=True, unfit_expected=True) as server:
        yield Wire(server.url)

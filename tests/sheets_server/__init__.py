"""Google's Sheets and Drive as a server of our own on loopback, for tests.

``with SheetsServer() as server`` serves ``/v4``, ``/drive/v3``, ``/upload/drive/v2`` and ``/token``
on ``server.url``. ``server.create`` makes a spreadsheet, ``server.person(book)`` edits it as people
do, ``server.before``, ``server.after`` and ``server.fault`` say what happens at which request, and
``server.requests`` lists what was asked. It behaves as Google documents its API:
https://developers.google.com/workspace/sheets/api/reference/rest
"""

from tests.sheets_server.engine import Spreadsheet
from tests.sheets_server.faults import Fault, Handled, Request, page, refused
from tests.sheets_server.person import Person
from tests.sheets_server.server import SheetsServer

__all__ = [
    "Fault",
    "Handled",
    "Person",
    "Request",
    "SheetsServer",
    "Spreadsheet",
    "page",
    "refused",
]

"""A register to live a story in: a workbook, and a Google sheet on a server of our own."""

import pytest

from tests.registers import FileRegister, GoogleRegister, created
from tests.sheets_server import SheetsServer


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    if request.param == "workbook":
        made = FileRegister(tmp_path)
        created(made)
        yield made
        return
    with SheetsServer() as server:
        made = GoogleRegister(tmp_path, server)
        created(made)
        yield made

"""Answers and new contacts that come by forms, in a workbook and in a Google Sheet."""

import datetime
import re
from email import message_from_bytes
from email.policy import default

import openpyxl
import pytest

from tests.registers import FileRegister, GoogleRegister, configure, created
from tests.sheets_server import SheetsServer
from tests.test_both_stores import MEETING, NEVER, does
from tests.test_scripts import CARDS

CONFIG = """
[answer_form]
tab = "Form Responses 1"
link = "https://docs.google.com/forms/d/e/abc/viewform?usp=pp_url&entry.1={token}"
[answer_form.columns]
at = "Timestamp"
token = "Your code"
answer = "Will you come?"
email = "Email"
words = "Anything else"
[join_form]
tab = "Join us"
[post]
kind = "smtp"
host = "127.0.0.1"
port = 9
security = "none"
"""
HEADERS = ["Timestamp", "Your code", "Will you come?", "Email", "Anything else"]
JOIN = ["Aikaleima", "Nimi", "Sähköposti", "Organisaatio"]
JOINS = ["2026-11-20 09:30:00", "Nils Ny", "nils@example.com", "Nya föreningen rf"]


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    if request.param == "workbook":
        made = FileRegister(tmp_path)
        created(made)
        yield made
        return
    with SheetsServer() as server:
        made = GoogleRegister(tmp_path, server)
        created(made)
        yield made


def responses(register, title, rows):
    """Have a form put its responses into a tab of its own."""
    if isinstance(register, FileRegister):
        workbook = openpyxl.load_workbook(register.folder / "r.xlsx")
        sheet = workbook[title] if title in workbook.sheetnames else workbook.create_sheet(title)
        sheet.delete_rows(1, sheet.max_row)
        for row in rows:
            sheet.append([moment(cell) for cell in row])
        workbook.save(register.folder / "r.xlsx")
        return
    person = register._person
    if title not in register._sheet.tabs_by_title():
        person.add_tab(title)
    for number, row in enumerate(rows, start=1):
        for letter, cell in zip("ABCDE", row, strict=False):
            person.type(title, f"{letter}{number}", cell)


def moment(cell):
    """A moment is a date cell in a workbook, as a form writes it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", cell):
        return datetime.datetime.fromisoformat(cell)
    return cell

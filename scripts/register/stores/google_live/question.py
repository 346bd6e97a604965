"""A question to Google: what is asked, what its documentation lets us expect, and how."""

from collections.abc import Callable

from register.stores.google_live.answer import LiveAnswer
from register.stores.google_live.desk import Desk

GUIDES = "https://developers.google.com/workspace/sheets/api/"
BATCH = GUIDES + "guides/batchupdate"
CELL_GUIDE = GUIDES + "reference/rest/v4/spreadsheets/cells"
REQUESTS = GUIDES + "reference/rest/v4/spreadsheets/request"
SHEET_GUIDE = GUIDES + "reference/rest/v4/spreadsheets/sheets"
LIVE_TABLES = GUIDES + "guides/tables"
VALUES = GUIDES + "guides/values"
LIMITS = GUIDES + "limits"
SIZES = "https://support.google.com/drive/answer/37603"

Ask = Callable[[Desk], str]
"""Asks one question, and returns Google's answer in a few words."""


class Questions(list[tuple[LiveAnswer, Ask]]):
    """The questions of one subject, unanswered; each decorated function of its module is one."""

    def __init__(self, subject: str) -> None:
        self._subject = subject

    def about(self, expected: str = "", source: str = "") -> Callable[[Ask], Ask]:
        """Make a question of a function: its name is the question's, its docstring asks it."""

        def keep(ask: Ask) -> Ask:
            name = ask.__name__.replace("_", "-")
            unanswered = LiveAnswer(self._subject, name, ask.__doc__ or "", expected, source)
            self.append((unanswered, ask))
            return ask

        return keep

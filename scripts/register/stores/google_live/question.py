"""A question to Google: what is asked, what its documentation lets us expect, and how."""

from collections.abc import Callable
from dataclasses import dataclass

from register.stores.google_live.desk import Desk

GUIDES = "https://developers.google.com/workspace/sheets/api/"
BATCH = GUIDES + "guides/batchupdate"
CELL_GUIDE = GUIDES + "reference/rest/v4/spreadsheets/cells"
REQUESTS = GUIDES + "reference/rest/v4/spreadsheets/request"
SHEET_GUIDE = GUIDES + "reference/rest/v4/spreadsheets/sheets"
LIVE_TABLES = GUIDES + "guides/tables"
VALUES = GUIDES + "guides/values"
LIMITS = GUIDES + "limits"
METADATA = GUIDES + "guides/metadata"
SIZES = "https://support.google.com/drive/answer/37603"

Ask = Callable[[Desk], str]


@dataclass(frozen=True, slots=True)
class LiveQuestion:
    """``ask`` returns the answer in a few words; ``expected`` is '' where nobody knows.

    ``source`` is where Google says what is expected, '' where it says nothing.
    """

    name: str
    asks: str
    expected: str
    source: str
    ask: Ask


class Questions(list[LiveQuestion]):
    """The questions of one subject; each function of its module is one."""

    def about(self, expected: str = "", source: str = "") -> Callable[[Ask], Ask]:
        """Make a question of a function: its name is the question's, its docstring asks it."""

        def keep(ask: Ask) -> Ask:
            name = ask.__name__.replace("_", "-")
            self.append(LiveQuestion(name, ask.__doc__ or "", expected, source, ask))
            return ask

        return keep

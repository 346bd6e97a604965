"""What a spreadsheet looks like before anybody formats it, as Google's replies say."""

from __future__ import annotations

import copy
from typing import Any

Json = dict[str, Any]

_WHITE = {"red": 1, "green": 1, "blue": 1}
_THEME = {
    "TEXT": {},
    "BACKGROUND": _WHITE,
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}


def properties(title: str, locale: str, time_zone: str) -> Json:
    """Return a new spreadsheet's properties."""
    return copy.deepcopy(
        {
            "title": title,
            "locale": locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": time_zone,
            "defaultFormat": {
                "backgroundColor": _WHITE,
                "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
                "verticalAlignment": "BOTTOM",
                "wrapStrategy": "OVERFLOW_CELL",
                "textFormat": {
                    "foregroundColor": {},
                    "fontFamily": "arial,sans,sans-serif",
                    "fontSize": 10,
                    "bold": False,
                    "italic": False,
                    "strikethrough": False,
                    "underline": False,
                    "foregroundColorStyle": {"rgbColor": {}},
                },
                "backgroundColorStyle": {"rgbColor": _WHITE},
            },
            "spreadsheetTheme": {
                "primaryFontFamily": "Arial",
                "themeColors": [
                    {"colorType": kind, "color": {"rgbColor": color}}
                    for kind, color in _THEME.items()
                ],
            },
        }
    )


def tab_name(locale: str) -> str:
    """Return what a new tab is called before its number."""
    return "Taulukko" if locale.startswith("fi") else "Sheet"


def copy_name(locale: str, title: str) -> str:
    """Return what a copy is called."""
    return f"Kopio: {title}" if locale.startswith("fi") else f"Copy of {title}"

"""Addresses that people spell out ("x(at)y.fi"), and numbers with letters that look like digits."""

import re

from register.values import phone

_AT = re.compile(r"\s?[(\[{]\s?(?:at|ät|a|miukumauku|snabel-?a)\s?[)\]}]\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?[(\[{]\s?(?:dot|piste|punkt)\s?[)\]}]\s?", re.IGNORECASE)
_BARE_DOT = re.compile(r"\s+(?:dot|piste|punkt)\s+", re.IGNORECASE)
_SPELT_OUT = re.compile(
    r"(?P<local>[\w.+-]+)\s+(?:at|ät|miukumauku|snabel-?a)\s+"
    r"(?P<domain>[\w-]+(?:(?:\.|\s+(?:dot|piste|punkt)\s+)[\w-]+)+)",
    re.IGNORECASE,
)
_MISREAD = re.compile(r"(?<![\w@.+])[+\dO](?:[ ()–-]{0,2}[\dOoIl]){6,14}(?![\w@])")
_DIGITS = str.maketrans("OoIl", "0011")
_FEWEST_DIGITS = 6


def spelt_out_addresses(cell: str) -> str:
    """Return a cell with spelt-out addresses as real ones: "x(at)y.fi" and "x [at] y [dot] fi".

    Without brackets the address must be all of the cell: "x at y piste fi".
    """
    if alone := _SPELT_OUT.fullmatch(cell.strip()):
        return f"{alone['local']}@{_BARE_DOT.sub('.', alone['domain'])}"
    return _DOT.sub(".", _AT.sub("@", cell))


def with_misread_digits(text: str) -> str:
    """Return a text with letters in numbers as the digits that were misread: "O40-555 5I33"."""
    return _MISREAD.sub(_as_number, text)


def _as_number(found: re.Match[str]) -> str:
    written = found[0].translate(_DIGITS)
    likely = sum(map(str.isdigit, found[0])) >= _FEWEST_DIGITS
    return written if likely and phone.read(written).value else found[0]

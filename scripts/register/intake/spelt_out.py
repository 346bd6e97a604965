"""Addresses that people spell out for people: "x(at)y.fi", "x at y piste fi"."""

import re

_AT = re.compile(r"\s?[(\[{]\s?(?:at|ät|a|miukumauku|snabel-?a)\s?[)\]}]\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?[(\[{]\s?(?:dot|piste|punkt)\s?[)\]}]\s?", re.IGNORECASE)
_BARE_DOT = re.compile(r"\s+(?:dot|piste|punkt)\s+", re.IGNORECASE)
_SPELT_OUT = re.compile(
    r"(?P<local>[\w.+-]+)\s+(?:at|ät|miukumauku|snabel-?a)\s+"
    r"(?P<domain>[\w-]+(?:(?:\.|\s+(?:dot|piste|punkt)\s+)[\w-]+)+)",
    re.IGNORECASE,
)


def spelt_out_addresses(cell: str) -> str:
    """Return a cell with spelt-out addresses as real ones: "x(at)y.fi" and "x [at] y [dot] fi".

    Without brackets the address must be all of the cell: "x at y piste fi".
    """
    if alone := _SPELT_OUT.fullmatch(cell.strip()):
        return f"{alone['local']}@{_BARE_DOT.sub('.', alone['domain'])}"
    return _DOT.sub(".", _AT.sub("@", cell))

"""A small evaluator of formulas: references, arithmetic, &, SUM, CONCATENATE, HYPERLINK.

Whatever else Google has is answered with #NAME?, and what would go out to the web with #REF!.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Value = dict[str, Any]
Look = Callable[[str], list[Value]]
"""From a reference to the values of its cells."""

_TOKENS = re.compile(
    r"\s*(?:(\d+(?:[.,]\d+)?)|\"((?:[^\"]|\"\")*)\"|((?:'(?:[^']|'')*'|[\w]+)!\$?[A-Za-z]{1,3}\$?\d*"
    r"(?::\$?[A-Za-z]{1,3}\$?\d*)?|\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)|([A-Za-z.]+)\(|([-+*/&(),;]))"
)
_OUTSIDE = ("IMPORTRANGE", "IMPORTDATA", "IMPORTXML", "IMPORTHTML", "IMPORTFEED", "IMAGE")


class _Fault(Exception):
    def __init__(self, kind: str) -> None:
        self.kind = kind


def evaluate(formula: str, look: Look) -> Value:
    """Return the value of a formula that begins with ``=``."""
    try:
        tokens = _tokens(formula[1:])
        value, at = _sum(tokens, 0, look)
        if at != len(tokens):
            raise _Fault("ERROR")
        return value
    except _Fault as fault:
        message = {"NAME": "Unknown function.", "REF": "Reference does not exist."}
        said = message.get(fault.kind, "Formula parse error.")
        return {"errorValue": {"type": fault.kind, "message": said}}
    except RecursionError:
        return {"errorValue": {"type": "REF", "message": "Circular dependency detected."}}


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKENS.match(text, at)
        if not match:
            raise _Fault("ERROR")
        kinds = ("number", "text", "cells", "call", "sign")
        index = next(i for i in range(5) if match[i + 1] is not None)
        found.append((kinds[index], match[index + 1]))
        at = match.end()
    return found


def _sum(tokens: list[tuple[str, str]], at: int, look: Look) -> tuple[Value, int]:
    left, at = _product(tokens, at, look)
    while at < len(tokens) and tokens[at][0] == "sign" and tokens[at][1] in "+-&":
        sign = tokens[at][1]
        right, at = _product(tokens, at + 1, look)
        if sign == "&":
            left = {"stringValue": _text(left) + _text(right)}
        else:
            left = {"numberValue": _number(left) + (1 if sign == "+" else -1) * _number(right)}
    return left, at


def _product(tokens: list[tuple[str, str]], at: int, look: Look) -> tuple[Value, int]:
    left, at = _atom(tokens, at, look)
    while at < len(tokens) and tokens[at] in (("sign", "*"), ("sign", "/")):
        sign = tokens[at][1]
        right, at = _atom(tokens, at + 1, look)
        if sign == "/" and not _number(right):
            raise _Fault("DIVIDE_BY_ZERO")
        a, b = _number(left), _number(right)
        left = {"numberValue": a * b if sign == "*" else a / b}
    return left, at


def _atom(tokens: list[tuple[str, str]], at: int, look: Look) -> tuple[Value, int]:
    if at >= len(tokens):
        raise _Fault("ERROR")
    kind, text = tokens[at]
    if kind == "number":
        number = float(text.replace(",", "."))
        return {"numberValue": int(number) if number.is_integer() else number}, at + 1
    if kind == "text":
        return {"stringValue": text.replace('""', '"')}, at + 1
    if kind == "cells":
        values = look(text)
        return (values[0] if values else {}), at + 1
    if kind == "call":
        return _call(text.upper(), tokens, at + 1, look)
    if text == "(":
        value, at = _sum(tokens, at + 1, look)
        return value, _close(tokens, at)
    if text == "-":
        value, at = _atom(tokens, at + 1, look)
        return {"numberValue": -_number(value)}, at
    raise _Fault("ERROR")


def _call(name: str, tokens: list[tuple[str, str]], at: int, look: Look) -> tuple[Value, int]:
    given: list[list[Value]] = []
    while at < len(tokens) and tokens[at] != ("sign", ")"):
        if tokens[at][0] == "cells" and tokens[at + 1 : at + 2] in (
            [("sign", ")")],
            [("sign", ",")],
            [("sign", ";")],
        ):
            given.append(look(tokens[at][1]))
            at += 1
        else:
            value, at = _sum(tokens, at, look)
            given.append([value])
        if at < len(tokens) and tokens[at][1] in ",;":
            at += 1
    at = _close(tokens, at)
    flat = [value for values in given for value in values]
    if name == "SUM":
        return {"numberValue": sum(_number(v) for v in flat if "numberValue" in v)}, at
    if name in ("CONCATENATE", "CONCAT"):
        return {"stringValue": "".join(map(_text, flat))}, at
    if name == "HYPERLINK" and flat:
        return flat[-1], at
    if name == "TRUE":
        return {"boolValue": True}, at
    raise _Fault("REF" if name in _OUTSIDE else "NAME")


def _close(tokens: list[tuple[str, str]], at: int) -> int:
    if at >= len(tokens) or tokens[at] != ("sign", ")"):
        raise _Fault("ERROR")
    return at + 1


def _number(value: Value) -> float:
    if "errorValue" in value:
        raise _Fault(value["errorValue"]["type"])
    if "numberValue" in value:
        return float(value["numberValue"])
    if value.get("stringValue"):
        raise _Fault("VALUE")
    return float(value.get("boolValue", 0))


def _text(value: Value) -> str:
    if "errorValue" in value:
        raise _Fault(value["errorValue"]["type"])
    if "numberValue" in value:
        number = float(value["numberValue"])
        return str(int(number)) if number.is_integer() else repr(number)
    return str(value.get("stringValue", value.get("boolValue", "")))

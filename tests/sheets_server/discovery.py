"""Google's own description of its API, and whether a request or a reply is one that it describes.

The description is the discovery document that ``google-api-python-client`` carries, of which only
that file is used: https://developers.google.com/discovery/v1/reference/apis.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.sheets_server import field_mask
from tests.sheets_server.errors import Refused, unfit

Json = dict[str, Any]
Check = Callable[[Any], None]
_NOT_MASKED = ("GridRange", "GridCoordinate", "DimensionRange", "DataSourceSheetDimensionRange")
_INTEGERS = {"int32": 2**31, "uint32": 2**32}


class Misfit(Exception):
    """What does not fit the description; ``path`` is where, ``why`` a line about it."""

    def __init__(self, why: str, *path: str, unknown: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.path = list(path)
        self.unknown = unknown

    @property
    def where(self) -> str:
        """The place as Google writes it: ``requests[0].update_cells.range``."""
        text = "".join(part if part[0] == "[" else f".{_snake(part)}" for part in self.path)
        return text.lstrip(".")

    def refusal(self) -> Refused:
        """Return Google's answer to such a request."""
        if self.unknown:
            at = f" at '{self.where}'" if self.where else ""
            said = f'Unknown name "{self.unknown}"{at}: Cannot find field.'
            return unfit(self.where, f"Invalid JSON payload received. {said}")
        return unfit(self.where, f"Invalid value at '{self.where}' {self.why}")

    def __str__(self) -> str:
        return f"{self.where or 'whole'}: {self.unknown or self.why}"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f"_{found[0].lower()}", name)


class Description:
    """One API of Google's. ``strict`` replies hold no nulls; requests may."""

    def __init__(self, name: str, prefix: str) -> None:
        document = _document(name)
        self._schemas: dict[str, Json] = document["schemas"]
        self._common: Mapping[str, Json] = document["parameters"]
        self._checks: dict[tuple[str, bool], Check] = {}
        self._seen: set[tuple[int, int]] = set()
        methods = sorted(_methods(document), key=lambda method: -len(_literal(method)))
        self._methods = [
            (method["httpMethod"], re.compile(_pattern(prefix + _path(method))), method)
            for method in methods
        ]

    def method(self, verb: str, path: str) -> tuple[Json, dict[str, str]]:
        """Return the method that a request calls, and its path's parameters."""
        for named, pattern, method in self._methods:
            if named == verb and (found := pattern.fullmatch(path)):
                return method, {name: unquote(text) for name, text in found.groupdict().items()}
        raise Misfit(f"the API has no {verb} {path}", "path")

    def check_request(
        self, verb: str, path: str, query: Mapping[str, list[str]], body: Any
    ) -> None:
        """Raise Misfit for a request that the API does not describe."""
        method, _ = self.method(verb, path)
        parameters = {**self._common, **method.get("parameters", {})}
        for name, given in query.items():
            about = parameters.get(name)
            if about is None or about.get("location") != "query":
                raise Misfit("no such parameter", unknown=name)
            if len(given) > 1 and not about.get("repeated"):
                raise Misfit("is said more than once", name)
            for text in given:
                _check_text(about, text, name)
        reply = method.get("response", {}).get("$ref")
        for text in query.get("fields", []):
            self._check_mask(text, reply, "fields")
        if body is not None:
            wanted = method.get("request", {}).get("$ref")
            if wanted is None:
                raise Misfit("has no body", "body")
            try:
                self._check(wanted, False)(body)
            except Misfit as misfit:
                if wanted == "ValueRange":
                    misfit.path.insert(0, "data")
                raise

    def check_reply(self, verb: str, path: str, reply: Any) -> None:
        """Raise Misfit for a reply that the API does not describe."""
        method, _ = self.method(verb, path)
        kind = method.get("response", {}).get("$ref")
        if kind is None:
            if reply is not None and not isinstance(reply, bytes):
                raise Misfit("has no reply", "reply")
            return
        self._seen.clear()
        self._check(kind, True)(reply)

    def check_value(self, kind: str, value: Any) -> None:
        """Raise Misfit for a value that is not one of the kind that a schema names."""
        self._check(kind, False)(value)

    def _check(self, kind: str, strict: bool) -> Check:
        if (kind, strict) not in self._checks:
            made: list[Check] = []
            self._checks[kind, strict] = lambda value: made[0](value)
            made.append(self._compiled(self._schemas[kind], strict, kind))
            self._checks[kind, strict] = made[0]
        return self._checks[kind, strict]

    def _compiled(self, about: Json, strict: bool, kind: str = "") -> Check:
        if "$ref" in about:
            return self._check(about["$ref"], strict)
        match about["type"]:
            case "object" if "properties" in about:
                return self._object(about, strict, kind)
            case "object":
                below = about.get("additionalProperties", {"type": "any"})
                return _map(self._compiled(below, strict), strict)
            case "array":
                return _list(self._compiled(about["items"], strict), about["items"], strict)
        return _scalar(about, strict)

    def _object(self, about: Json, strict: bool, kind: str) -> Check:
        fields = {
            name: self._compiled(below, strict) for name, below in about["properties"].items()
        }
        masked = about["properties"].get("fields", {}).get("format") == "google-fieldmask"
        target = self._masked(about["properties"]) if masked else ""
        as_map = _map(lambda value: None, strict, kind)

        def check(value: Any) -> None:
            if type(value) is not dict:
                as_map(value)
                return
            if (
                strict
            ):  # a reply has the looks of a column in each of its cells: seen once is enough
                once = (id(fields), id(value))
                if once in self._seen:
                    return
                self._seen.add(once)
            for name, below in value.items():
                known = fields.get(name)
                if known is None:
                    raise Misfit("no such field", unknown=name)
                try:
                    known(below)
                except Misfit as misfit:
                    misfit.path.insert(0, name)
                    raise
            if target and value.get("fields"):
                self._check_mask(value["fields"], target, "fields")

        return check

    def _masked(self, fields: Mapping[str, Json]) -> str:
        """Return the schema that an update's mask is about."""
        for about in fields.values():
            kind = str(about.get("$ref", about.get("items", {}).get("$ref", "")))
            if kind == "RowData":
                return "CellData"
            if kind and kind not in (*_NOT_MASKED, "DataFilter"):
                return kind
        return ""

    def _check_mask(self, text: str, kind: str | None, where: str) -> None:
        mask = field_mask.parse(text)
        self._check_masked(mask, {"$ref": kind} if kind else {}, where)

    def _check_masked(self, mask: Json, about: Json, where: str) -> None:
        while "$ref" in about or about.get("type") == "array":
            about = self._schemas[about["$ref"]] if "$ref" in about else about["items"]
        for name, below in mask.items():
            if name == "*":
                continue
            fields = about.get("properties")
            if fields is None or name not in fields:
                if about.get("additionalProperties"):
                    continue
                raise Misfit(f"a mask's {name} is no field", where, unknown=name)
            self._check_masked(below, fields[name], where)


def _map(below: Check, strict: bool, kind: str = "") -> Check:
    def check(value: Any) -> None:
        if value is None and not strict:
            return
        if type(value) is not dict:
            raise Misfit(f"({kind or 'object'}), {_short(value)}")
        for name, one in value.items():
            try:
                below(one)
            except Misfit as misfit:
                misfit.path.insert(0, name)
                raise

    return check


def _list(below: Check, items: Json, strict: bool) -> Check:
    listed = items.get("type") == "array"
    kind = "type.googleapis.com/google.protobuf.ListValue" if listed else "list"

    def check(value: Any) -> None:
        if value is None and not strict:
            return
        if type(value) is not list:
            raise Misfit(f"({kind}), {_short(value)}")
        for number, one in enumerate(value):
            try:
                below(one)
            except Misfit as misfit:
                misfit.path.insert(0, f"[{number}]")
                raise

    return check


def _scalar(about: Json, strict: bool) -> Check:
    kind, enum = about["type"], frozenset(about.get("enum", ()))
    most = _INTEGERS.get(about.get("format", ""), 2**63)
    named = {"string": "TYPE_STRING", "boolean": "TYPE_BOOL", "number": "TYPE_DOUBLE"}
    said = named.get(kind, f"TYPE_{str(about.get('format', 'int32')).upper()}")

    def check(value: Any) -> None:
        if kind == "any" or (value is None and not strict):
            return
        fits = {
            "string": type(value) is str,
            "boolean": type(value) is bool,
            "integer": type(value) is int and -most <= value < most,
            "number": type(value) in (int, float) and value == value,
        }[kind]
        if not fits or (enum and value not in enum):
            raise Misfit(f"({said}), {_short(value)}")

    return check


def _check_text(about: Json, text: str, name: str) -> None:
    """Check a query's parameter, which is always text."""
    kind, enum = about["type"], about.get("enum")
    fits = (
        (kind != "boolean" or text.casefold() in ("true", "false"))
        and (kind != "integer" or re.fullmatch(r"-?\d{1,10}", text) is not None)
        and (enum is None or text in enum)
    )
    if not fits:
        raise Misfit(f"({'TYPE_ENUM' if enum else kind}), {_short(text)}", name)


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:200]


def _methods(resource: Json) -> list[Json]:
    found = list(resource.get("methods", {}).values())
    for below in resource.get("resources", {}).values():
        found += _methods(below)
    return found


def _path(method: Json) -> str:
    return str(method.get("flatPath", method["path"]))


def _literal(method: Json) -> str:
    return re.sub(r"\{\w+\}", "", _path(method))


def _pattern(path: str) -> str:
    """Return a path's pattern; a range may hold a colon, as ``A1:B2`` does, other names not."""
    parts = re.split(r"\{(\w+)\}", path)
    named = ((name, "[^/]+" if name == "range" else "[^/:]+") for name in parts[1::2])
    texts = [re.escape(parts[0])]
    for (name, taken), text in zip(named, parts[2::2], strict=True):
        texts += [f"(?P<{name}>{taken})", re.escape(text)]
    return "".join(texts)


def _document(name: str) -> Json:
    found = find_spec("googleapiclient")
    assert found is not None and found.origin, "google-api-python-client is not installed"
    folder = Path(found.origin).parent / "discovery_cache" / "documents"
    document: Json = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return document


@cache
def described(path: str) -> Description | None:
    """Return the description of the API at the beginning of a path; None of an upload."""
    if path == "v4":
        return Description("sheets.v4", "/")
    return Description("drive.v3", "/drive/v3/") if path == "drive" else None


def description(path: str) -> Description | None:
    """Return the description of the API that a path belongs to; None for what is uploaded."""
    return described(path.split("/")[1])

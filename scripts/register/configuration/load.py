"""Loading ``config.toml``; a bad file is rejected with all of its faults."""

import difflib
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from register.book.errors import ConfigError, VerkostoError
from register.book.package_data import package_table
from register.book.phrase import Phrase
from register.book.schema import LANGUAGES, Language
from register.configuration.section import BadSetting
from register.configuration.sections import Config
from register.disk import read_limited, writable_by_all

Sections = dict[str, dict[str, Any]]

_PROBLEMS = package_table("register.configuration", "sentences")["faults"]
"""Sentences by the validator's kind of error, or by the expected type."""

_SHOWN = 80

_MOST = 1024 * 1024

CONFIG_FILE = "config.toml"
"""The file that is searched beside the book, then in the current folder."""


def settings_text(sections: Sections) -> str:
    """Return settings as TOML; JSON's form of strings, numbers and lists is valid there."""
    head = "# What each setting is for: config.example.toml\n"
    tables = (
        "\n".join(
            (
                f"[{name}]",
                *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in values.items()),
            )
        )
        for name, values in sections.items()
    )
    return head + "\n" + "\n\n".join(tables) + "\n"


def setting_faults(error: ErrorDetails) -> Iterator[Phrase]:
    """Yield the sentences for one error of the validator; each contains the name of the setting."""
    path, kind = error["loc"], error["type"]
    where = ".".join(str(part) for part in path)
    context = error.get("ctx") or {}
    if isinstance(stated := context.get("error"), BadSetting):
        for msgid, values in stated.phrases:
            yield msgid, {"where": where, **values}
        return
    if kind == "extra_forbidden" and (meant := _meant(*path)):
        yield _PROBLEMS["misspelt"], {"where": where, "meant": meant}
        return
    wanted = kind.removesuffix("_type").removesuffix("_parsing")
    wanted = "number" if wanted == "int" else wanted
    msgid = _PROBLEMS.get(wanted, _PROBLEMS["otherwise"])
    limits = (f"{context[one]:g}" for one in ("ge", "gt", "le", "max_length") if one in context)
    values = {
        "where": where,
        "given": str(error["input"])[:_SHOWN],
        "expected": ", ".join(re.findall(r"'([^']+)'", str(context.get("expected", "")))),
        "limit": next(limits, ""),
    }
    yield msgid, {key: value for key, value in values.items() if f"{{{key}}}" in msgid}


def _meant(*path: int | str) -> str:
    """Return the setting that a misspelt name may mean, or ''."""
    if len(path) > 2:
        return ""
    sections = {key: field.annotation for key, field in Config.model_fields.items()}
    known = {
        f"{section}.{field.alias or key}"
        for section, model in sections.items()
        for key, field in getattr(model, "model_fields", {}).items()
    }
    choices = known if len(path) == 2 else sections
    near = difflib.get_close_matches(".".join(map(str, path)), sorted(choices), 1, 0.75)
    return near[0] if near else ""


def load_configuration(path: Path | None) -> Config:
    """Return the configuration in a file; None gives the defaults.

    Raises ConfigError with all faults: each says where it is, what was given, and what is expected.
    UsageError is raised if the file is too large or not a regular file.
    """
    if path is None:
        return Config()
    if writable_by_all(path):
        raise ConfigError(
            "Everybody on this computer can change the configuration file {file}.",
            remedy="Take that from them: chmod go-w {file}",
            file=str(path),
        )
    try:
        raw = tomllib.loads(read_limited(path, _MOST).decode("utf-8-sig"))
    except RecursionError as fault:
        raise ConfigError(
            "The configuration file {file} is nested too deeply.",
            remedy="Compare it with config.example.toml.",
            file=str(path),
        ) from fault
    except OSError as fault:
        raise ConfigError(
            "The configuration file {file} cannot be read.",
            remedy="Copy config.example.toml to {file}, or give another with --config FILE.",
            file=str(path),
        ) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(
            "The configuration file {file} is not valid TOML: {fault}",
            remedy="Compare it with config.example.toml.",
            file=str(path),
            fault=str(fault),
        ) from fault
    try:
        return Config.model_validate(raw)
    except ValidationError as invalid:
        faults = [fault for error in invalid.errors() for fault in setting_faults(error)]
        raise ConfigError(
            "The configuration file {file} has {count} faults:",
            remedy="Compare it with config.example.toml, which says what each setting may be.",
            faults=faults,
            file=str(path),
            count=len(faults),
        ) from invalid


def configured_language(path: Path | None) -> Language:
    """Return the language in a configuration file, even if the rest is invalid; else ``fi``."""
    language = "fi"
    with suppress(OSError, ValueError, RecursionError, VerkostoError):
        raw = tomllib.loads(read_limited(path, _MOST).decode("utf-8-sig")) if path else {}
        language = raw.get("book", {}).get("language")
    return language if language in LANGUAGES else "fi"

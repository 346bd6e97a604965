"""Reading ``config.toml``: a bad one is refused with every fault that it has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import (
    ValidationError,
)
from pydantic_core import ErrorDetails

from register.book.errors import ConfigError
from register.configuration.sections import Config, SilentRules, UnknownRules
from register.disk import read_bounded, writable_by_all
from register.rules import nearest_codes

_MOST = 1024 * 1024

CONFIG_FILE = "config.toml"
"""The file that is looked for beside the book, then in the current folder."""


def load_configuration(path: Path | None) -> Config:
    """Read a configuration file; None gives the defaults.

    Raises ConfigError that names every fault: where it is, what is there, what is wanted.
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
        raw = tomllib.loads(read_bounded(path, _MOST).decode("utf-8-sig"))
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
        faults = [fault for error in invalid.errors() for fault in _faults(error)]
        raise ConfigError(
            "The configuration file {file} has {count} faults:",
            remedy="Compare it with config.example.toml, which says what each setting may be.",
            faults=faults,
            file=str(path),
            count=len(faults),
        ) from invalid


def _faults(error: ErrorDetails) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the sentences of one fault; of unknown rules, one for each."""
    where = ".".join(str(part) for part in error["loc"])
    match (error.get("ctx") or {}).get("error"):
        case UnknownRules(args=(codes,)):
            for code in codes:
                near = ", ".join(nearest_codes(code))
                yield (
                    "{where}: there is no rule {code}. The nearest are {near}.",
                    {"where": where, "code": code[:80], "near": near},
                )
        case SilentRules(args=(codes,)):
            for code in codes:
                yield (
                    "{where}: {code} only reports; there is nothing that it could write.",
                    {"where": where, "code": code},
                )
        case _:
            yield "{where}: {what}", {"where": where, "what": error["msg"]}

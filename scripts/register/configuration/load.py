"""Reading ``config.toml``: a bad one is refused with every fault that it has."""

import tomllib
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from register.book.errors import ConfigError, VerkostoError
from register.book.schema import LANGUAGES, Language
from register.configuration.faults import setting_faults
from register.configuration.sections import Config
from register.disk import read_bounded, writable_by_all

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
        faults = [fault for error in invalid.errors() for fault in setting_faults(error)]
        raise ConfigError(
            "The configuration file {file} has {count} faults:",
            remedy="Compare it with config.example.toml, which says what each setting may be.",
            faults=faults,
            file=str(path),
            count=len(faults),
        ) from invalid


def configured_language(path: Path | None) -> Language:
    """Return the language that a configuration file names, whatever else is wrong with it."""
    language = "fi"
    with suppress(OSError, ValueError, RecursionError, VerkostoError):
        raw = tomllib.loads(read_bounded(path, _MOST).decode("utf-8-sig")) if path else {}
        language = raw.get("book", {}).get("language")
    return language if language in LANGUAGES else "fi"

"""Passwords and tokens, from the environment or from an owner-only file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from register.book.errors import ConfigError
from register.disk import check_regular, readable_by_others

VARIABLE = "VERKOSTO_SMTP_PASSWORD"
"""The environment variable for the password of the mail server; it precedes the file."""

MAILBOX_VARIABLE = "VERKOSTO_IMAP_PASSWORD"
"""The environment variable for the password of the mailbox that replies arrive in."""

_LARGEST = 16_384


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or an access token; its value is hidden in ``str`` and ``repr``."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "***"


def read_secret(
    file: Path | None,
    environment: Mapping[str, str] = os.environ,
    variable: str = VARIABLE,
    section: str = "post",
) -> Secret:
    """Return the secret from the environment variable, else from the file's first line.

    ``section`` is the configuration section that names the file, used in error messages. Raises
    ConfigError if there is no secret, or users other than the owner can read the file.
    """
    if value := environment.get(variable, ""):
        return Secret(value)
    if file is None:
        raise ConfigError(
            "There is no password for the mail server.",
            remedy="Put it into a file of your own (chmod 600) and name it in the configuration:"
            " [{section}] password_file. Or give it in the environment variable {variable}.",
            variable=variable,
            section=section,
        )
    try:
        check_regular(file)
        with file.open(encoding="utf-8") as opened:
            if readable_by_others(opened.fileno()):
                raise ConfigError(
                    "Others can read the password file {file}.",
                    remedy="Take it from them: chmod 600 {file}",
                    file=str(file),
                )
            value = opened.read(_LARGEST).partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(
            "The password file {file} cannot be read.",
            remedy="Check its name in the configuration: [{section}] password_file.",
            file=str(file),
            section=section,
        ) from fault
    if not value:
        raise ConfigError(
            "The password file {file} is empty.",
            remedy="Put the password into its first line.",
            file=str(file),
        )
    return Secret(value)

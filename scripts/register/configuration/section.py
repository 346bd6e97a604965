"""The base of all sections of ``config.toml``."""

import ipaddress
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, model_validator

from register.book.phrase import Phrase


class BadSetting(ValueError):
    """Settings that contradict each other, or a value whose form a type cannot check.

    ``phrases`` say why; ``{where}`` in them becomes the setting's name in the file.
    """

    def __init__(self, *phrases: Phrase) -> None:
        super().__init__(*phrases)
        self.phrases = phrases


class Section(BaseModel):
    """A section of the file: unknown settings are errors, and values cannot be changed later."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, settings: object) -> object:
        """Reject NUL characters: no file or server can have them in its name."""
        for name, value in settings.items() if isinstance(settings, dict) else ():
            if isinstance(value, str) and "\0" in value:
                raise BadSetting(("{where}: {name} holds a NUL character.", {"name": name}))
        return settings


def is_loopback_host(host: str) -> bool:
    """Return True if a host is this computer."""
    return is_loopback_address(f"http://[{host}]" if ":" in host else f"http://{host}")


def is_loopback_address(address: str) -> bool:
    """Return True if an address is ``http(s)://HOST:PORT`` of this computer, without a path."""
    try:
        parts = urlsplit(address)
        plain = parts.scheme in ("http", "https") and parts.path in ("", "/")
        if not plain or parts.query or parts.fragment or "@" in parts.netloc or parts.port == 0:
            return False
        return (
            parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
        )
    except ValueError:
        return False

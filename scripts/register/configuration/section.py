"""What every section of ``config.toml`` is made of."""

import ipaddress
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, model_validator

from register.book.phrase import Phrase


class BadSetting(ValueError):
    """Settings that do not go together, or whose form no type tells.

    ``phrases`` say why; ``{where}`` in them is the setting's place in the file.
    """

    def __init__(self, *phrases: Phrase) -> None:
        super().__init__(*phrases)
        self.phrases = phrases


class Section(BaseModel):
    """A part of the file: no other settings than its own, none of them changed later."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, settings: object) -> object:
        """No setting holds a NUL: no file and no server can be called so."""
        for name, value in settings.items() if isinstance(settings, dict) else ():
            if isinstance(value, str) and "\0" in value:
                raise BadSetting(("{where}: {name} holds a NUL character.", {"name": name}))
        return settings


def is_loopback_host(host: str) -> bool:
    """Whether a host is this computer."""
    return is_loopback_address(f"http://[{host}]" if ":" in host else f"http://{host}")


def is_loopback_address(address: str) -> bool:
    """Whether an address is ``http://HOST:PORT`` of this computer and nothing more."""
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

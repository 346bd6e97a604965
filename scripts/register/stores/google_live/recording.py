"""The exchanges as a file that holds nothing of anybody's: a recording for the tests' server."""

import re
from collections.abc import Iterable
from typing import Any

from register.stores.google_cells import Json
from register.stores.google_live.desk import Exchange

RECORDING_VERSION = 1
SHORTEST = 5
"""A shorter title is only replaced where it stands alone: it may be part of any word."""
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PROJECT = re.compile(r"(?<=project_number:)\d+|(?<=projects/)\w+")
_GIVEN = ("protectedRangeId", "filterViewId", "namedRangeId", "tableId", "bandedRangeId")
"""What Google numbers itself where a request does not."""


class Scrubber:
    """Replaces what is somebody's by ``<name>``, the same each time that it is said again."""

    def __init__(self, secrets: dict[str, str]) -> None:
        self._secrets = {secret: name for secret, name in secrets.items() if secret}
        self._named: dict[Any, str] = {}

    def learn(self, reply: Any) -> None:  # noqa: ANN401 (any JSON)
        """Note the numbers that Google gave in a reply."""
        if isinstance(reply, dict):
            for key, below in reply.items():
                if key in _GIVEN and below not in self._named:
                    self._named[below] = f"<{key}_{len(self._named) + 1}>"
                self.learn(below)
        elif isinstance(reply, list):
            for below in reply:
                self.learn(below)

    def clean(self, value: Any, key: str = "") -> Any:  # noqa: ANN401 (any JSON)
        """Return a JSON value without what is somebody's."""
        if isinstance(value, dict):
            return {name: self.clean(below, name) for name, below in value.items()}
        if isinstance(value, list):
            return [self.clean(below, key) for below in value]
        if key in _GIVEN and value in self._named:
            return self._named[value]
        return self._text(value) if isinstance(value, str) else value

    def _text(self, words: str) -> str:
        if words in self._secrets:
            return self._secrets[words]
        for secret, name in self._secrets.items():
            if len(secret) >= SHORTEST:
                words = words.replace(secret, name)
        words = _ADDRESS.sub(lambda found: self._account(found[0]), words)
        return _PROJECT.sub("1", words)

    def _account(self, address: str) -> str:
        if address not in self._named:
            self._named[address] = f"<account_{len(self._named) + 1}>"
        return self._named[address]


def make_recording(exchanges: Iterable[Exchange], about: Json, secrets: dict[str, str]) -> Json:
    """Return exchanges as a recording; ``about`` is the sheet's locale and time zone.

    ``secrets`` are texts that must not be in it, with the names that stand for them.
    """
    scrubber = Scrubber(secrets)
    kept = []
    for one in exchanges:
        scrubber.learn(one.reply)
        kept.append(
            {
                "question": one.question,
                "method": one.method,
                "address": scrubber.clean(one.address),
                "body": scrubber.clean(one.body),
                "status": one.status,
                "reply": scrubber.clean(one.reply),
            }
        )
    return {"version": RECORDING_VERSION, **about, "exchanges": kept}

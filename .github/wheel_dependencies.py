"""The wheel's dependencies: what runs the scripts, as ``requirements.txt`` pins it."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

TESTS = "\n# What tests it"


class Dependencies(MetadataHookInterface):
    """Reads the part of ``requirements.txt`` above what tests the project."""

    def update(self, metadata: dict) -> None:
        """Put the pinned requirements into the metadata."""
        text = (Path(self.root) / "requirements.txt").read_text(encoding="utf-8")
        lines = (line.partition("#")[0].strip() for line in text.partition(TESTS)[0].splitlines())
        metadata["dependencies"] = [line for line in lines if line]

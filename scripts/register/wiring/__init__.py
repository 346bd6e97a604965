"""Puts the parts together for one run: configuration, store, journal, lock, clock, sentences."""

from register.wiring.desk import HELSINKI, Desk, opened, speaks

__all__ = ["HELSINKI", "Desk", "opened", "speaks"]

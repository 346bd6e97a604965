"""Puts the parts together for one run: configuration, store, journal, lock, clock, sentences."""

from register.wiring.desk import HELSINKI, Desk, opened, speaks
from register.wiring.mail import Mail

__all__ = ["HELSINKI", "Desk", "Mail", "opened", "speaks"]

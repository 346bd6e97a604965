"""Rows as typed facts that every floor above asks for."""

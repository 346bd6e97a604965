"""Sentences that people read, in three languages, filled with values that are only data."""

"""Rounds of letters: who gets which, sending them, and updating the register."""

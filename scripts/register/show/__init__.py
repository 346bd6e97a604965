"""Outcomes and listings in forms for people and programs."""

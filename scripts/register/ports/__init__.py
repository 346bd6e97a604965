"""Protocols by which the core reaches the world outside; the rooms at the edges implement them."""

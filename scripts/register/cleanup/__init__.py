"""The steps of a cleanup, and undoing runs."""

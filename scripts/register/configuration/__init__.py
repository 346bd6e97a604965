"""The configuration: ``config.toml``, with all of its faults reported at once."""

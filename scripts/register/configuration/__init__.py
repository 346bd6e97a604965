"""What a run can be told once and for all: ``config.toml``, all of its faults named at once."""

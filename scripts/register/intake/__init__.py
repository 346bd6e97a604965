"""Turn lists into ``inbox`` rows, and ``inbox`` rows into organisations and people."""

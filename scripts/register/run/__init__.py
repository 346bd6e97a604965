"""One run of a command: flags, configuration, the session, the output and the exit code."""

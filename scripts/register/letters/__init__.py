"""Letters: to whom, from which template, in which language, as which message."""

"""Letters: recipients, templates, languages, calendar parts and MIME messages."""

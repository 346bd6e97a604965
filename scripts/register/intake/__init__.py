"""From a list of somebody's to Saapuneet, and from there to organisations and people."""

"""From a list of somebody's to ``inbox``, and from there to organisations and people."""

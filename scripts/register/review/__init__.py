"""Questions for people: the rows of the tab review, from asking to settling."""

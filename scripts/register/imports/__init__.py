"""Bring in lists and the replies of open registers."""

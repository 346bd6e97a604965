"""The edges that bring contacts in: somebody's files."""

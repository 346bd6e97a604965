"""Lists of any size: the same model and decisions as a small one, in SQL on disk."""

"""Lists of any size, matched in SQL on disk with the model and the decisions of a small list."""

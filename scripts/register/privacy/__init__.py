"""A person's data: where it can be, what is there, how it is taken away, what is said of it."""

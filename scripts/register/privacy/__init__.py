"""A person's data: where it can be, how it is found, shown, erased and described."""

"""Lists made of the register: which organisations each region has, and what is missing where."""

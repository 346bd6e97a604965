"""Values of cells: a module for each kind of value, with its canonical form or why it has none."""

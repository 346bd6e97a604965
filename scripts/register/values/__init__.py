"""What a cell may hold: one module for each kind of value, its canonical form or why not."""

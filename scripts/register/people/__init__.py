"""What the rows of people and organisations mean: facts that every room agrees on."""

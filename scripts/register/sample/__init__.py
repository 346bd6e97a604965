"""Sample registers, made from a seed and the reference tables; no person in them is real."""

"""What a cleanup does, step by step, and what undoes it."""

"""What is brought in: lists, and what open registers answer."""

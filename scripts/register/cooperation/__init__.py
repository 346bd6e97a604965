"""What was done with whom and in which matter, what is open, and who takes it over."""

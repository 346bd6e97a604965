"""An outcome or a listing as a person or a program reads it."""

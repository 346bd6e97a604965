"""What a mail says: an answer, a bounce, a wish for no more letters, or something for a person."""

"""What people read: sentences in Finnish, Swedish and English, filled with values that are only data."""

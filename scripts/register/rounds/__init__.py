"""Letters: who gets which, sending them, and what the register says of them."""

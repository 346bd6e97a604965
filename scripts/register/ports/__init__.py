"""What the core asks of the world outside: small protocols that the edges fulfil."""

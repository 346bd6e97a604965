"""What comes back: answers, bounces, opt-outs."""

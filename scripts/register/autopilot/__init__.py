"""What a run does by itself: people's requests of the sheet and of the mailbox, and who runs."""

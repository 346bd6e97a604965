"""What a run does by itself: requests from the sheet and by mail; the lease between computers."""

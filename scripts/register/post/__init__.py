"""Post offices: where letters go. The outbox is a folder, so that nobody gets them."""

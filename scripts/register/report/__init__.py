"""What people see: sentences in their language, terminal text, pages, Markdown, JSON, the guide."""

"""Sending letters (SMTP, or a folder for rehearsals) and reading mailboxes (IMAP, Maildir)."""

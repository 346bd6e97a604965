"""What runs keep on this computer: journal, ledger, answers, keys, lock (0600 files in 0700)."""

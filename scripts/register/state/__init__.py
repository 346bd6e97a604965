"""What the tool keeps on this machine: the journal, the ledger, the lock. 0600 files in 0700."""

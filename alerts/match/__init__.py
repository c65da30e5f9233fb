"""Which searches want a posting, and why (pure)."""

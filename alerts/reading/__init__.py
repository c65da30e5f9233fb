"""What bytes say: shared readers of text, dates, JSON, XML and JSON-LD for the source kinds (pure)."""

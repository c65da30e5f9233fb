"""Raw posting → posting: pay, places, work type, level, text, addresses (pure)."""

"""The one HTTP client: time-outs, size caps, address checks, which failures may pass."""

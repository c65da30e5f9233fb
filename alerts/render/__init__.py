"""Alerts → message: subject, text, HTML, blocks, JSON (pure)."""

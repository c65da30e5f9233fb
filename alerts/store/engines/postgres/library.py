"""psycopg, or the line that installs it."""

from __future__ import annotations

from importlib.util import find_spec

from alerts.model.errors import StoreError


def needed() -> None:
    """Raise StoreError where psycopg is not installed."""
    if find_spec("psycopg") is None:
        raise StoreError("a database on PostgreSQL needs psycopg; install it with: pip install 'job-alerts[cluster]'")

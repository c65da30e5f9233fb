"""Rows for a spreadsheet, as CSV; no text of a stranger is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime


def cell(value: object) -> str:
    """A value for a spreadsheet, which must take no text for a formula; of a list its parts."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def sheet(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The file, with its heads."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(row[name]) for name in columns] for row in rows)
    return text.getvalue()

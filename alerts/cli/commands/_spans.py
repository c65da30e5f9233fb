"""A span of time as an argument of a call."""

from __future__ import annotations

import argparse
from datetime import timedelta


def span_of(words: str) -> timedelta:
    """ "5m", "7d"; raises what argparse tells."""
    from alerts.parse.durations import span

    try:
        return span(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None

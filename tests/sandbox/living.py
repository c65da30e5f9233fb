"""The reading processes that a reader has."""

from alerts.sandbox.process import Process
from alerts.sandbox.reader import Reader


def living(reader: Reader) -> list[Process]:
    """Those that read, and the one that is kept for the next page."""
    pool = reader._children
    return [one for one in (pool._idle, *(child.process for child in pool._busy)) if one]

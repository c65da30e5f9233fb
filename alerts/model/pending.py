"""What is outstanding while the details of a posting have not been read."""

from __future__ import annotations

from enum import StrEnum


class Pending(StrEnum):
    """Why the details of a stored posting are still to be asked for."""

    #: It is new, and not told before they came.
    NEW = "new"
    #: It was there before anybody asked.
    BASELINE = "baseline"
    #: Its list entry changed; it is stored as it was before.
    CHANGE = "change"

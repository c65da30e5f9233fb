"""What an address of the inbox finds: the filters, the entries that are left, the counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from alerts.desk.facets import Filters
from alerts.desk.inbox_cards import Marks
from alerts.store.inbox import Entry


@dataclass
class Look:
    """What an address of the inbox finds."""

    filters: Filters
    notes: list[str]
    marks: Marks
    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    #: There were more than are looked at for counts.
    full: bool = False
    #: The version of the window that is kept from page to page, where they are of that.
    window: tuple[int, int] | None = None
    #: Job → what is said of it ("87 % like it").
    said: dict[int, str] = field(default_factory=dict)

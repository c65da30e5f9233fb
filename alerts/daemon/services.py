"""What the jobs of the daemon work with, handed to them as one value."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from alerts.daemon.clock import Clock
from alerts.daemon.faults import Faults
from alerts.daemon.progress import Progress
from alerts.daemon.scheduler import Scheduler
from alerts.listener.tally import Tally
from alerts.notify.means import Means


@dataclass(frozen=True, slots=True)
class Services:
    """``means`` is asked anew by every job, because a reload replaces it."""

    means: Callable[[], Means]
    clock: Clock
    scheduler: Scheduler
    faults: Faults
    progress: Progress
    stopping: threading.Event
    tally: Tally = field(default_factory=Tally)

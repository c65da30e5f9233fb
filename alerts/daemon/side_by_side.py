"""One round of reading under the limits of the daemon: for ``poll``, whose daemon is cron."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from alerts.daemon.lanes import QUICK, SLOW, Lanes, host_of
from alerts.model.plan import Source
from alerts.poll.poll import Report

#: Seconds after which those who wait are looked at again, though nothing ended.
LOOK = 0.25


def read_side_by_side(sources: Sequence[Source], read: Callable[[Source], Report]) -> Iterator[Report]:
    """Read every source, as the daemon would; reports in the order in which they end. An error of ``read`` is raised."""
    lanes, ends = Lanes(), queue.SimpleQueue[Report | BaseException]()
    by_key = {source.key: source for source in sources}

    def run(key: str) -> None:
        source = by_key[key]
        if not lanes.enter(key, _host(source)):
            return
        try:
            ends.put(read(source))
        except BaseException as error:
            ends.put(error)
        finally:
            lanes.leave(key)
            start(lanes.room())

    def start(keys: Sequence[str]) -> None:
        # After an error nothing more is begun.
        with suppress(RuntimeError):
            for key in keys:
                pool.submit(run, key)

    # Nothing here is due later, so the daemon's scheduler, which takes a tenth of a second to import, has no part in it.
    pool = ThreadPoolExecutor(QUICK + SLOW, thread_name_prefix="polls")
    try:
        start(list(by_key))
        for _ in by_key:
            yield _next(ends, lambda: start(lanes.room()))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _host(source: Source) -> str:
    try:
        return host_of(source)
    except Exception:  # it is said when the source is read
        return source.key


def _next(ends: queue.SimpleQueue[Report | BaseException], look: Callable[[], None]) -> Report:
    while True:
        try:
            end = ends.get(timeout=LOOK)
        except queue.Empty:
            look()
            continue
        if isinstance(end, BaseException):
            raise end
        return end

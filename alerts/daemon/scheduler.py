"""APScheduler as this daemon uses it: one-shot jobs with ids, executors with limits, and word of every end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

log = logging.getLogger("alerts")
#: Called on the thread of the job when it ended, with its id, what it returned, and what it raised; must be quick.
Ended = Callable[[str, Any, BaseException | None], None]
#: A year that a clock may be set to is no reason for a wait that does not fit into the timer of the platform.
FURTHEST = 86_400.0


def _background() -> Any:
    """The library's scheduler, whose thread ends quietly where a stop comes while it starts jobs."""
    from apscheduler.jobstores.base import JobLookupError
    from apscheduler.schedulers.background import BackgroundScheduler

    class Background(BackgroundScheduler):  # type: ignore[misc]
        def _process_jobs(self) -> Any:
            try:
                return super()._process_jobs()
            except JobLookupError:
                # A stop makes it forget its jobs, the one that it has just started among them.
                if self.running:
                    raise
                return None

    return Background


class Scheduler:
    """Jobs that run once, at their time; what comes next is added when one ends, so a clock that jumps has nothing to list."""

    def __init__(self, limits: Mapping[str, int], ended: Ended) -> None:
        from apscheduler.executors.pool import ThreadPoolExecutor

        # What a job raises is heard here and told once; the library would log it a second time.
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
        self._ended = ended
        self._executors = {
            name: ThreadPoolExecutor(limit, pool_kwargs={"thread_name_prefix": name}) for name, limit in limits.items()
        }
        self._scheduler = _background()(
            timezone=UTC,
            executors=self._executors,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._listen()

    def start(self) -> None:
        """Begin to run jobs."""
        self._scheduler.start()

    def at(self, name: str, seconds: float, executor: str, work: Callable[..., object], *values: object) -> None:
        """Run ``work`` once, in so many seconds; a job of that id that has not begun yet is replaced."""
        when = datetime.now(UTC) + timedelta(seconds=min(max(seconds, 0.0), FURTHEST))
        self._scheduler.add_job(work, "date", run_date=when, args=values, id=name, executor=executor, replace_existing=True)

    def cancel(self, name: str) -> None:
        """Take a job back that has not begun."""
        from apscheduler.jobstores.base import JobLookupError

        with suppress(JobLookupError):
            self._scheduler.remove_job(name)

    def names(self) -> set[str]:
        """The ids of the jobs that have not begun."""
        return {str(job.id) for job in self._scheduler.get_jobs()}

    def alive(self) -> bool:
        """Does the thread live that starts the jobs?"""
        thread = getattr(self._scheduler, "_thread", None)
        return thread is not None and thread.is_alive()

    def stop(self) -> None:
        """Start nothing more; does not wait for what is under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _listen(self) -> None:
        from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED

        def heard(event: Any) -> None:
            # A job that ended before its submission did is heard of on the scheduler's own thread, in the middle of its
            # work: what is added there under the same id would be removed as the job that has just been started.
            if threading.current_thread() is self._scheduler._thread:
                threading.Thread(target=follow, args=(event,), name="follow").start()
            else:
                follow(event)

        def follow(event: Any) -> None:
            try:
                self._ended(event.job_id, getattr(event, "retval", None), event.exception)
            except Exception:  # whatever follows one job, it must not cost the thread that starts the others
                log.exception("%s: a fault in what follows this job", event.job_id)

        self._scheduler.add_listener(heard, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)

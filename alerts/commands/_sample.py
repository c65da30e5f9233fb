"""An invented alert, to show how messages look."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts.model import Alert, Answer, EventKind, Limits, Pay, Place, Posting, Reason
from alerts.render.batch import Batch


def sample_batch(limits: Limits, now: datetime, timezone: str) -> Batch:
    """One message with one invented job."""
    pay = Pay(185_000, 220_000, "CAD", "year", words="CA$185,000 – 220,000")
    posting = Posting(
        source="Example board",
        source_id="sample",
        url="https://jobs.example.org/sample",
        title="Engineering Manager, Model Serving (this is a test)",
        company="Example Works",
        places=(Place("Toronto, ON", "Toronto", "ON", "CA"),),
        work=("remote", "hybrid"),
        remote_scope=("CA",),
        employment=("full-time",),
        level="manager",
        pay=pay,
        pays=(pay,),
        posted=now - timedelta(minutes=12),
        text="This is a sample. If you can read it, this channel works.",
    )
    reason = Reason("title", "engineering manager", Answer.YES, "Engineering Manager", "title", (0, 19))
    alert = Alert("sample", "7k3f", "a test", EventKind.NEW, now, posting, (posting,), reasons=(reason,))
    return Batch(f"test-{now:%Y%m%d%H%M%S%f}", (alert,), limits, now, timezone, "a test", total=1)

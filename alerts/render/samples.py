"""Invented jobs: what ``test CHANNEL`` sends, and the pictures of messages show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from alerts.model.alert import Alert
from alerts.model.event import Change, EventKind
from alerts.model.message import Limits
from alerts.model.posting import Eligibility, Evidence, Pay, Place, Posting
from alerts.model.search import Answer, Reason
from alerts.normalise.rates import Rates
from alerts.render.batch import Batch

NOW = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
RATES = Rates(date(2026, 11, 20), {"EUR": 1.0, "CAD": 1.55, "USD": 1.1, "GBP": 0.86})
SEARCH = "ML platform leadership"
TORONTO = Place("Toronto, ON", "Toronto", "ON", "CA")
BERLIN = Place("Berlin", "Berlin", None, "DE")
LISBON = Place("Lisboa", "Lisbon", None, "PT")


def platform_manager(now: datetime = NOW) -> Alert:
    """New, on three boards, remote in one country, with pay and reasons."""
    shown = Posting(
        "Northwind careers",
        "5501",
        "https://careers.northwind.example/jobs/5501",
        "Senior Engineering Manager, ML Platform",
        company="Northwind",
        apply_url="https://careers.northwind.example/jobs/5501/apply",
        places=(TORONTO,),
        work=("remote",),
        remote_scope=("CA",),
        employment=("full-time",),
        level="manager",
        pay=Pay(200_000, 240_000, "CAD", "year", words="CA$200,000 to CA$240,000"),
        posted=now - timedelta(hours=2),
        text="You lead the team that runs our feature store.\n\n- Python\n- model serving",
        evidence={"level": Evidence("inferred", "Engineering Manager")},
    )
    board = Posting(
        "Remote Board", "nw-17", "https://remoteboard.example/nw-17", "Sr. EM - ML Platform", company="Northwind Inc."
    )
    other = Posting("Weekly Jobs", "881", "https://weeklyjobs.example/881", "Senior Engineering Manager (ML Platform)")
    reasons = (
        Reason("title", "engineering manager", Answer.YES, "Engineering Manager", "title", (7, 26)),
        Reason("keywords", "feature store", Answer.YES, "feature store", "text"),
        Reason("salary", "180k CAD", Answer.YES, "CA$200k–240k a year", "pay"),
    )
    return Alert("a-1", "7k3f", SEARCH, EventKind.NEW, now, shown, (shown, board, other), reasons=reasons, score=2.0)


def pay_rise(now: datetime = NOW) -> Alert:
    """Changed: pay before and after; hybrid in two cities."""
    shown = Posting(
        "Lever: Fjord Robotics",
        "f-20",
        "https://jobs.fjord.example/f-20",
        "Head of Machine Learning",
        company="Fjord Robotics",
        places=(BERLIN, LISBON),
        work=("hybrid",),
        level="director",
        pay=Pay(130_000, 155_000, "EUR", "year"),
        posted=now - timedelta(days=9),
        expires=datetime(2026, 12, 15, tzinfo=UTC),
    )
    changes = (
        Change("pay", "115,000–140,000 EUR a year", "130,000–155,000 EUR a year"),
        Change("places", "Berlin, DE", "Berlin, DE; Lisbon, PT"),
    )
    return Alert("a-2", "q8dm", SEARCH, EventKind.CHANGED, now - timedelta(minutes=12), shown, (shown,), changes=changes)


def silent_on_pay(now: datetime = NOW) -> Alert:
    """Reposted, says little: no pay, worldwide, possibly another one's twin."""
    shown = Posting(
        "Remote Board",
        "tl-3",
        "https://remoteboard.example/tl-3",
        "Tech Lead, Data & Inference",
        company="Tidal Labs",
        work=("remote",),
        remote_scope=("WORLD",),
        employment=("contract",),
        level="lead",
        eligibility=(Eligibility("sponsorship", answer=False, words="We cannot sponsor visas."),),
    )
    reasons = (Reason("keywords", "inference", Answer.YES, "Inference", "title"), Reason("salary", "180k CAD", Answer.UNKNOWN))
    at = now - timedelta(hours=5)
    return Alert("a-3", "2c9x", SEARCH, EventKind.REPOSTED, at, shown, (shown,), reasons=reasons, possibly=("m4tz",), reposted=3)


def closed(now: datetime = NOW) -> Alert:
    """Closed."""
    shown = Posting(
        "Harbour & Co", "9", "https://harbour.example/9", "Engineering Manager", company="Harbour & Co", work=("onsite",)
    )
    return Alert("a-4", "w1ge", "Saved jobs", EventKind.CLOSED, now - timedelta(hours=30), shown, (shown,))


def several(now: datetime = NOW) -> tuple[Alert, ...]:
    """One of each event."""
    return (platform_manager(now), pay_rise(now), silent_on_pay(now), closed(now))


def batch(*alerts: Alert, **more: object) -> Batch:
    """A batch read in Toronto by someone who is paid in Canadian dollars."""
    given = {"heading": SEARCH, "thread": SEARCH, "currency": "CAD", "rates": RATES, "timezone": "America/Toronto", **more}
    return Batch("d-0123", tuple(alerts), given.pop("limits", Limits()), NOW, **given)  # type: ignore[arg-type]


def sample(id: str, limits: Limits, now: datetime, timezone: str = "UTC", currency: str | None = None) -> Batch:  # noqa: A002
    """What ``test CHANNEL`` sends: one invented job as of ``now``, and a line that says so."""
    notes = {"notes": ["This is a test of a channel. The job below is invented."]}
    return Batch(id, (platform_manager(now),), limits, now, timezone, "Test", currency=currency, rates=RATES, facts=notes)

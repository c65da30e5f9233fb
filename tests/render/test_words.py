"""How a message says places, pay, time, reasons and what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.model.alert import Alert
from alerts.model.event import EventKind
from alerts.model.posting import Pay, Place, Posting
from alerts.model.search import Answer, Reason
from alerts.render import samples, wording
from alerts.render.cards import Card, card
from alerts.render.subject import subject
from alerts.render.why import reasons

NOW = samples.NOW


OSLO = Place("", "Oslo", None, "NO")
BIG_SIX = ("DE", "FR", "IT", "ES", "PT", "NL")
FOUR = (samples.BERLIN, samples.LISBON, samples.TORONTO, OSLO)
PLACES = [
    (("remote",), ("CA",), (samples.TORONTO,), "Remote (Canada) · Toronto, ON", "Remote (CA)"),
    (("remote",), ("WORLD",), (), "Remote (worldwide)", "Remote (worldwide)"),
    (("remote",), (), (), "Remote", "Remote"),
    (("hybrid",), (), (samples.BERLIN,), "Hybrid · Berlin, Germany", "Hybrid · Berlin, Germany"),
    (
        ("remote", "hybrid"),
        ("US", "CA"),
        (OSLO,),
        "Remote (US, Canada) or hybrid · Oslo, Norway",
        "Remote (US, CA) or hybrid · Oslo, Norway",
    ),
    ((), ("EU",), (), "from European Union", "from EU"),
    ((), (), (), "", ""),
    (("onsite",), (), (Place("The moon"),), "On site · The moon", "On site · The moon"),
    (("remote",), ("US-CA", "TZ:CET±2"), (), "Remote (California, time zone CET±2)", "Remote (US-CA, time zone CET±2)"),
    (("remote",), BIG_SIX, (), "Remote (Germany, France, Italy, Spain and 2 more areas)", "Remote (DE, FR and 4 more areas)"),
    ((), (), FOUR, "Berlin, Germany; Lisbon, Portugal; Toronto, ON and 1 more place", "Berlin, Germany and 3 more places"),
]


def posting(**fields: object) -> Posting:
    return replace(samples.platform_manager().posting, **fields)  # type: ignore[arg-type]


def shown(alert: Alert, **more: str) -> Card:
    return card(alert, now=NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("work", "scope", "places", "said", "short"),
    PLACES,
)
def test_places_and_scope_are_said_in_words(
    work: tuple[str, ...], scope: tuple[str, ...], places: tuple[Place, ...], said: str, short: str
) -> None:
    one = posting(work=work, remote_scope=scope, places=places)
    assert (wording.where(one), wording.where(one, short=True)) == (said, short)


def test_where_a_remote_job_may_not_be_done_is_said() -> None:
    one = posting(work=("remote",), remote_scope=("US",), remote_excluded=("US-CO",), places=())
    assert wording.where(one) == "Remote (US), not from Colorado"


@pytest.mark.parametrize(
    ("pay", "home", "said"),
    [
        (Pay(200_000, 240_000, "CAD", "year"), None, "CA$200k–240k a year"),
        (Pay(120_000, 120_000, "USD", "year"), None, "$120k a year"),
        (Pay(120_000, 120_000, "USD", "year"), "CAD", "US$120k a year"),
        (Pay(None, 90_500, "EUR", "year"), "EUR", "up to €90.5k a year"),
        (Pay(60, None, "EUR", "hour"), "EUR", "from €60 an hour"),
        (Pay(47.5, 62, "GBP", "hour"), "GBP", "£47.50–62 an hour"),
        (Pay(4_500, 5_200, "PLN", "month"), None, "PLN 4,500–5,200 a month"),
        (Pay(1_200_000, 1_500_000, "INR", "year"), None, "₹1.2M–1.5M a year"),
        (Pay(100_000, 120_000, None, "year"), None, "100k–120k (currency not stated) a year"),
        (Pay(150_000, 180_000, "USD", "year", kind="ote", scope="Zone A"), None, "$150k–180k a year (on target) (for Zone A)"),
        (Pay(None, None, None, None, words="competitive"), None, "competitive"),
    ],
)
def test_pay_is_said_as_stated(pay: Pay, home: str | None, said: str) -> None:
    assert wording.pay(pay, home) == said


def test_pay_is_also_said_at_home() -> None:
    """In the user's currency, rounded, where a rate is known; never for a currency that is theirs already."""
    assert wording.pay_at_home(Pay(130_000, 155_000, "EUR", "year"), "CAD", samples.RATES) == "≈ CA$202k–240k"
    assert wording.pay_at_home(Pay(60, None, "USD", "hour"), "EUR", samples.RATES) == "≈ from €55 an hour"
    assert wording.pay_at_home(Pay(1, 2, "CAD", "year"), "CAD", samples.RATES) == ""
    assert wording.pay_at_home(Pay(1, 2, "XXX", "year"), "CAD", samples.RATES) == ""
    assert wording.pay_at_home(Pay(1, 2, "EUR", "year"), "CAD", None) == ""


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(seconds=-30), "just now"),
        (timedelta(minutes=10), "10 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=40), "on 14 October"),
        (timedelta(days=400), "on 19 October 2025"),
        (timedelta(days=-3), "on 26 November"),
    ],
)
def test_age_is_said_as_people_say_it(back: timedelta, said: str) -> None:
    assert wording.ago(NOW - back, NOW, "UTC") == said


def test_hours_are_said_in_the_users_time_zone() -> None:
    """… and a date without an hour is the same day everywhere."""
    assert wording.clock(NOW, "America/Toronto") == "Mon 23 Nov 2026, 03:05"
    assert wording.clock(NOW, "Nowhere/Land") == "Mon 23 Nov 2026, 08:05"
    assert wording.day(datetime(2026, 12, 15, tzinfo=UTC), NOW, "America/Toronto") == "15 December"
    assert wording.day(datetime(2026, 12, 15, 3, tzinfo=UTC), NOW, "America/Toronto") == "14 December"


def test_the_employers_own_address_comes_first() -> None:
    one = shown(samples.platform_manager())
    assert one.apply is not None
    assert (one.apply.label, one.apply.url) == ("Apply at Northwind", "https://careers.northwind.example/jobs/5501/apply")
    assert [link.label for link in one.also] == ["Remote Board", "Weekly Jobs"]
    assert one.sources == "Northwind careers, Remote Board, Weekly Jobs"


def test_flags_say_what_a_reader_should_know() -> None:
    assert shown(samples.silent_on_pay()).flags == ("reposted 3 times", "possibly the same as m4tz", "no visa sponsorship")
    assert shown(replace(samples.silent_on_pay(), reasons=(), possibly=(), reposted=1)).flags[:2] == (
        "pay not stated",
        "reposted once",
    )


def test_reasons_are_few_and_say_how_many_more() -> None:
    many = tuple(Reason("keywords", f"word {at}", Answer.YES, f"word {at}", "text") for at in range(9))
    assert reasons(many) == (*[f"mentions “word {at}”" for at in range(5)], "and 4 more")


def test_of_a_tree_only_what_holds_is_a_reason() -> None:
    tree = Reason(
        "any",
        "",
        Answer.YES,
        parts=(Reason("title", "a", Answer.NO), Reason("title", "head of ml", Answer.YES, "Head of ML", "title")),
    )
    assert reasons((tree, Reason("exclude", "intern", Answer.YES), Reason("salary", "100k", Answer.UNKNOWN))) == (
        "title has “Head of ML”",
        "pay not stated (you asked for 100k)",
    )


def one_subject(alert: Alert, **more: object) -> str:
    made = samples.batch(alert, **more)
    return subject(made, (card(alert, now=NOW, home="CAD"),))


def test_the_subject_of_one_alert_is_enough() -> None:
    assert (
        one_subject(samples.platform_manager())
        == "Senior Engineering Manager, ML Platform at Northwind — Remote (CA) · CA$200k–240k"
    )
    assert one_subject(samples.pay_rise()) == (
        "Pay changed: Head of Machine Learning at Fjord Robotics — €115k–140k a year → €130k–155k a year"
    )
    assert one_subject(samples.silent_on_pay()) == "Reposted: Tech Lead, Data & Inference at Tidal Labs — Remote (worldwide)"
    assert one_subject(samples.closed()) == "Closed: Engineering Manager at Harbour & Co"
    assert one_subject(replace(samples.closed(), event=EventKind.REOPENED)).startswith("Open again: Engineering Manager")


def test_the_subject_of_several_counts_them() -> None:
    one = samples.platform_manager()

    def said(*alerts: Alert, **more: object) -> str:
        return subject(samples.batch(*alerts, **more), tuple(card(alert, now=NOW) for alert in alerts))

    assert said(one, one, one) == "3 new jobs: ML platform leadership"
    assert said(one, one, total=60, part=2, parts=30) == "60 new jobs: ML platform leadership (2 of 30)"
    assert said(one, more=12) == "13 new jobs: ML platform leadership"
    assert said(one, one, samples.closed(), heading="Digest") == "2 new, 1 closed: Digest"
    assert said(*samples.several(), total=9) == "9 job alerts: ML platform leadership"
    assert said(samples.closed(), samples.closed(), heading="") == "2 jobs closed"


def test_a_badge_stands_only_where_it_tells_one_job_from_another() -> None:
    from alerts.render import email

    new = email.render(samples.batch(samples.platform_manager())).html or ""
    mixed = email.render(samples.batch(*samples.several())).html or ""
    assert 'class="badge' not in new
    assert mixed.count('class="badge') == 4

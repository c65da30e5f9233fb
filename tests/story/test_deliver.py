"""Second half of the story: what is owed arrives once, whatever the other side does, and in the reader's own hours."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.cli.demo.site import Given
from alerts.model.posting import Posting
from alerts.notify import retry
from alerts.notify.deliver import deliver
from tests.drills.receivers import Smtp

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FILE = '[channels.out]\nkind="file"\npath="{folder}/out.jsonl"\n'
HOOK = '[channels.hook]\nkind="webhook"\nurl="SITE/hook"\n'
BOARD = '[[sources]]\nname="Acme"\nkind="greenhouse"\nboard="acme"\nbase_url="SITE"\n'
SEARCH = '[[searches]]\nname="all"\ntitle=["engineer"]\n'


def job(number: int, title: str = "") -> dict:
    return {
        "id": number,
        "internal_job_id": number + 9000,
        "title": title or f"Engineer {number}",
        "location": {"name": "Berlin, Germany"},
        "company_name": "Acme",
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{number}",
        "content": f"Work of its own, number {number}.",
        "first_published": "2026-11-20T10:00:00-05:00",
    }


def begin(stage, channels: str, search: str = SEARCH, settings: str = "") -> None:
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": [job(1)]}
    stage.configure(settings + BOARD + search + channels.format(folder=stage.folder))
    stage.poll()
    stage.wait()


def publish(stage, *numbers: int) -> None:
    stage.pages["/v1/boards/acme/jobs"]["jobs"] += [job(number) for number in numbers]
    stage.poll()


def posts(stage) -> list[tuple[str, int]]:
    return [(asked.headers["webhook-id"], status) for asked, status in stage.site.journal if asked.method == "POST"]


def test_one_poll_is_one_message(stage):
    begin(stage, FILE)
    publish(stage, 2, 3, 4)
    results = stage.deliver()
    assert [(result.alerts, result.state) for result in results] == [(3, "sent")]
    assert stage.deliver() == []


def test_now_gathers_before_it_tells(stage):
    begin(stage, FILE)
    path = stage.folder / "config.toml"
    path.write_text(path.read_text().replace('gather="0s"', 'gather="20s"'))
    from alerts.config.load import load
    from alerts.daemon.bootstrap import with_plan

    stage._means = with_plan(stage.means, load(path, {}), stage.now)
    publish(stage, 2)
    stage.wait(timedelta(seconds=10))
    publish(stage, 3)
    assert stage.deliver() == []
    stage.wait(timedelta(seconds=10))
    assert [result.alerts for result in stage.deliver()] == [1]
    stage.wait(timedelta(seconds=10))
    assert [result.alerts for result in stage.deliver()] == [1]


def test_a_channel_that_is_down_loses_nothing_and_disturbs_no_other(stage):
    stage.hook = lambda _asked: Given(b"down", 503, "text/plain")
    begin(stage, FILE + HOOK)
    publish(stage, 2)
    assert [(result.channel, result.state) for result in stage.deliver()] == [("out", "sent"), ("hook", "later")]
    assert len(stage.told()) == 1
    stage.hook = lambda _asked: Given(status=204)
    stage.wait(2 * HOUR)
    assert [(result.channel, result.state) for result in stage.deliver()] == [("hook", "sent")]
    ids = {name for name, _ in posts(stage)}
    assert len(ids) == 1, "every try bears the same id"
    stage.wait(24 * HOUR)
    assert stage.deliver() == []


def test_retry_after_holds_the_whole_destination(stage):
    stage.hook = lambda _asked: Given(status=429, headers={"Retry-After": "600"})
    begin(stage, HOOK)
    publish(stage, 2)
    stage.deliver()
    publish(stage, 3)
    for _ in range(9):
        stage.wait(MINUTE)
        assert stage.deliver() == []
    assert len(posts(stage)) == 1
    stage.hook = lambda _asked: Given(status=204)
    stage.wait(2 * MINUTE)
    assert [result.state for result in stage.deliver()] == ["sent", "sent"]


def test_retry_after_counts_from_the_answer(stage):
    def slow(_asked):
        time.sleep(0.5)
        return Given(status=429, headers={"Retry-After": "600"})

    stage.hook = slow
    begin(stage, HOOK)
    publish(stage, 2)
    stage.deliver()
    assert stage.means.store.channels.state("hook").not_before - stage.now >= timedelta(seconds=600.5)


def test_a_message_that_is_refused_is_kept_as_dead_and_those_behind_it_go_on(stage):
    stage.hook = lambda _asked: Given(b"no", 422, "text/plain")
    begin(stage, HOOK)
    publish(stage, 2)
    assert [result.state for result in stage.deliver()] == ["dead"]
    dead = stage.means.store.outbox.deliveries(states=["dead"])
    assert "422" in dead[0].error
    stage.hook = lambda _asked: Given(status=204)
    publish(stage, 3)
    assert [result.state for result in stage.deliver()] == ["sent"]
    assert stage.means.store.outbox.revive(dead[0].id, stage.now)
    assert [result.state for result in stage.deliver()] == ["sent"]


def test_a_destination_that_is_gone_pauses_the_channel_and_keeps_the_queue(stage):
    stage.hook = lambda _asked: Given(status=410)
    begin(stage, HOOK)
    publish(stage, 2)
    assert [result.state for result in stage.deliver()] == ["later"]
    stage.wait(10 * MINUTE)
    assert stage.deliver() == [], "no second request within the pause"
    stage.hook = lambda _asked: Given(status=204)
    stage.wait(2 * HOUR)
    assert [result.state for result in stage.deliver()] == ["sent"]


def test_a_channel_that_left_the_configuration_parks_its_alerts(stage):
    begin(stage, FILE + HOOK)
    publish(stage, 2)
    stage.configure(BOARD + SEARCH + FILE.format(folder=stage.folder))
    stage.deliver()
    assert stage.means.store.outbox.counts()["hook"] == {"owed": 1}
    stage.configure(BOARD + SEARCH + (FILE + HOOK).format(folder=stage.folder))
    assert [(result.channel, result.state) for result in stage.deliver()] == [("hook", "sent")]


def test_a_digest_waits_for_its_hour_and_quiet_hours_for_their_end(stage):
    begin(stage, FILE, SEARCH + 'when="daily 08:00"\n')
    publish(stage, 2)
    stage.now = datetime(2026, 11, 24, 7, 59, tzinfo=UTC)
    publish(stage, 3)
    assert stage.deliver() == []
    stage.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert [result.alerts for result in stage.deliver()] == [2]
    stage.configure(BOARD + SEARCH + FILE.format(folder=stage.folder) + 'quiet="22:00-07:00"\n')
    stage.now = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    publish(stage, 4)
    assert stage.deliver() == []
    stage.now = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    assert [result.alerts for result in stage.deliver()] == [1]


def test_a_channel_gathers_all_its_searches_into_one_message_a_day(stage):
    """Another channel of the same searches tells at once; what comes after the hour waits for the next day."""
    searches = SEARCH + '[[searches]]\nname="third"\ntitle=["engineer 3"]\nchannels=["hook"]\n'
    daily = HOOK + 'digest="daily 08:00"\n[channels.now]\nkind="file"\npath="{folder}/now.jsonl"\n'
    begin(stage, daily, searches.replace('title=["engineer"]', 'title=["engineer 2"]'))
    publish(stage, 2, 3)
    assert [(result.channel, result.alerts) for result in stage.deliver()] == [("now", 1)]
    stage.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    publish(stage, 4)
    assert [(result.channel, result.alerts) for result in stage.deliver()] == [("hook", 2)]
    (told,) = [json.loads(asked.body) for asked, _ in stage.site.journal if asked.method == "POST"]
    assert told["data"]["heading"] == "2 searches"
    assert {alert["search"] for alert in told["data"]["alerts"]} == {"all", "third"}


def test_a_gathered_day_is_one_digest_even_where_a_source_brings_many(stage):
    """Sixty of one board in a day are told; beyond what a channel may tell at once, the best, and a count of the others."""
    begin(stage, HOOK + 'digest="daily 08:00"\n', SEARCH)
    publish(stage, *range(2, 62))
    stage.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert sum(result.alerts for result in stage.deliver()) == 60
    publish(stage, *range(62, 172))
    stage.now = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    results = stage.deliver()
    assert len(results) == 1
    counts = stage.means.store.outbox.counts()["hook"]
    assert counts["sent"] + counts["counted"] == 170


def test_a_schedule_may_name_a_day_that_is_far_away(stage):
    begin(stage, FILE, SEARCH + 'when="cron: 0 8 1 6 *"\n')
    publish(stage, 2)
    for _ in range(3):
        assert stage.deliver() == []
        stage.wait(timedelta(days=40))
    stage.now = datetime(2027, 6, 1, 8, 0, tzinfo=UTC)
    assert [result.alerts for result in stage.deliver()] == [1]


@pytest.mark.parametrize("jump", [HOUR, 24 * HOUR, 3650 * 24 * HOUR])
def test_a_clock_that_is_set_back_holds_up_nothing(stage, jump):
    """Slack wants a second between two messages; measured by the old clock that would be an hour, or ten years."""
    stage.hook = lambda _asked: Given(b"ok", content_type="text/plain")
    begin(stage, '[channels.slack]\nkind="slack"\nurl="SITE/services/T/B/x"\n')
    publish(stage, 2)
    assert [result.state for result in stage.deliver()] == ["sent"]
    stage.now -= jump
    publish(stage, 3)
    assert [result.state for result in stage.deliver()] == ["sent"]
    publish(stage, 4)
    assert stage.deliver() == [], "and the pace is kept by the new clock"
    stage.wait(MINUTE)
    assert [result.state for result in stage.deliver()] == ["sent"]


def test_a_burst_becomes_a_digest_never_silence(stage):
    begin(stage, FILE + "max_per_hour = 1\n")
    publish(stage, 2)
    assert [result.alerts for result in stage.deliver()] == [1]
    for number in range(3, 8):
        stage.wait(MINUTE)
        publish(stage, number)
        assert stage.deliver() == []
    stage.wait(HOUR)
    assert [result.alerts for result in stage.deliver()] == [5]


def test_what_is_hidden_meanwhile_is_not_told(stage):
    begin(stage, FILE, SEARCH + 'when="daily 08:00"\n')
    publish(stage, 2, 3)
    (hidden,) = [owed.job for owed in stage.means.store.outbox.ready("out", stage.now + timedelta(days=1)) if owed.job == 2]
    stage.means.store.marks.add("hide", "job", str(hidden), stage.now)
    stage.wait(timedelta(days=1))
    stage.deliver()
    assert [alert["posting"]["title"] for alert in stage.told()] == ["Engineer 3"]


def test_a_posting_that_cannot_be_shown_does_not_hold_up_the_others(stage, tmp_path):
    """A template of the user that fails: the message goes out in the built-in form."""
    template = tmp_path / "text.j2"
    template.write_text("{{ alerts[0].nothing.at.all }} {% broken")
    begin(stage, FILE + f'templates = {{{{ text = "{template}" }}}}\n')
    publish(stage, 2)
    assert [result.state for result in stage.deliver()] == ["sent"]


def test_recipients_that_were_served_are_not_served_again(stage):
    """One of two is put off; then the server is away, then back: only the one that is left gets the mail."""
    served: list[str] = []
    busy = {"b@example.org"}

    def rcpt(who: str) -> str:
        served.append(who)
        return "450 4.2.1 later" if who in busy else "250 ok"

    def mail(address: str) -> str:
        to = 'from="x@example.org"\nto=["a@example.org", "b@example.org"]\n'
        return f'[channels.mail]\nkind="email"\nserver="smtp://{address}"\n{to}'

    with Smtp(lambda _mail: "250 taken", rcpt) as server:
        begin(stage, mail(server.address))
        publish(stage, 2)
        assert [result.state for result in stage.deliver()] == ["later"]
        stage.wait()
        stage.configure(BOARD + SEARCH + mail("127.0.0.1:1"))
        assert [result.state for result in stage.deliver()] == ["later"]
        stage.wait(6 * HOUR)
        busy.clear()
        stage.configure(BOARD + SEARCH + mail(server.address))
        assert [result.state for result in stage.deliver()] == ["sent"]
    assert served == ["a@example.org", "b@example.org", "b@example.org"]


def test_an_alert_whose_job_became_part_of_another_still_arrives(stage):
    """Both were owed; one waits in a delivery when the two are joined."""
    stage.hook = lambda _asked: Given(b"down", 503, "text/plain")
    begin(stage, HOOK)
    publish(stage, 2)
    publish(stage, 3)
    assert [result.state for result in stage.deliver()] == ["later"]
    stage.means.store.postings.merge(2, 3)
    stage.hook = lambda _asked: Given(status=204)
    stage.wait(2 * HOUR)
    assert [result.state for result in stage.deliver()] == ["sent"]


def test_a_fault_of_a_channels_code_is_a_failed_try(stage):
    begin(stage, FILE)
    publish(stage, 2)
    channel = stage.means.plan.channels["out"]
    result = deliver(replace(channel, options=None), stage.means, stage.now)
    assert result.state == "later"
    assert "fault of its own (AttributeError)" in result.outcome.why
    stage.wait()
    assert [result.state for result in stage.deliver()] == ["sent"]


def test_a_row_that_cannot_be_read_holds_up_no_other(stage):
    begin(stage, FILE)
    publish(stage, 2, 3, 4)
    stage.means.store.ledger.write("UPDATE postings SET posting = '{broken' WHERE source_id = '3'")
    assert sorted((result.state, result.alerts) for result in stage.deliver()) == [("dead", 1), ("sent", 2)]
    assert sorted(alert["posting"]["title"] for alert in stage.told()) == ["Engineer 2", "Engineer 4"]
    [dead] = stage.means.store.outbox.deliveries(states=["dead"])
    assert "cannot be read" in dead.error


@pytest.mark.parametrize(("attempts", "least", "most"), [(1, 2, 8), (2, 8, 22), (5, 200, 600), (50, 2000, 5100)])
def test_waits_grow_with_jitter_up_to_an_hour(attempts, least, most):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    waits = {(retry.next_try(attempts, timedelta(0), timedelta(days=3), now) - now).total_seconds() for _ in range(50)}
    assert least <= min(waits) <= max(waits) <= most
    assert len(waits) > 10


def test_a_message_has_a_lifetime_of_tries_and_of_time_awake():
    now, three = datetime(2026, 1, 10, tzinfo=UTC), timedelta(days=3)
    assert retry.next_try(9, timedelta(days=4), three, now) is None
    assert retry.next_try(2, timedelta(days=4), three, now) is not None, "hardly tried yet"
    assert retry.next_try(99, timedelta(days=2), three, now) is not None
    assert retry.next_try(1, timedelta(0), three, now, after=7200) == now + timedelta(hours=2)


def test_the_lifetime_stands_in_the_kind_of_the_channel():
    from alerts import plugins

    found = {kind: plugins.load("channels", kind).LIMITS.lifetime for kind in ("email", "webhook", "slack")}
    assert found == {"email": timedelta(days=5), "webhook": timedelta(days=3), "slack": timedelta(days=3)}


def test_the_posting_is_the_employers_own_where_there_is_one():
    from alerts.dedupe.consolidate import in_order

    rows = [
        ("remoteok:", "https://remoteok.com/remote-jobs/remote-engineer-acme-1093456"),
        ("rss:x", "https://jobs.lever.co/acme/6f1c2a34-0d5b-4c7e-9a10-2b3c4d5e6f70?utm_source=weekly"),
        ("page:x", "https://blog.example.org/job"),
        ("lever:acme", "https://jobs.lever.co/acme/6f1c2a34-0d5b-4c7e-9a10-2b3c4d5e6f70"),
    ]
    ordered = in_order(Posting(source, str(n), url, "x") for n, (source, url) in enumerate(rows))
    assert [posting.source for posting in ordered] == ["lever:acme", "page:x", "remoteok:", "rss:x"]


def test_the_job_as_a_whole_says_what_its_listings_say_together():
    from alerts.dedupe.consolidate import consolidate
    from alerts.model.posting import Pay, Place

    berlin, paris, germany = Place("B", "Berlin", None, "DE"), Place("P", "Paris", None, "FR"), Place("D", None, None, "DE")
    pay = Pay(1.0, 2.0, "EUR", "hour")
    one = Posting("lever:a", "1", "https://e.org/1", "x", places=(berlin, germany))
    two = Posting("lever:a", "2", "https://e.org/2", "x", places=(paris,), pay=pay, pays=(pay,), level="senior")
    said = consolidate([one, two])
    assert (said.url, said.places, said.pay, said.level) == (one.url, (berlin, paris), pay, "senior")


def test_a_listing_that_says_more_can_take_an_alert_back_before_it_is_sent(stage):
    """The list says nothing of the place, the employer's own board says another country: nobody is told of it."""
    search = '[[searches]]\nname="all"\ntitle=["engineer"]\nlocations=["France"]\n'
    begin(stage, FILE, search)
    row = {"id": "r", "company_name": "Acme", "title": "Engineer 2", "url": "https://job-boards.greenhouse.io/acme/jobs/2"}
    stage.pages["/listings.json"] = []
    lists = BOARD + '[[sources]]\nkind="listings"\nurl="SITE/listings.json"\n' + search + FILE.format(folder=stage.folder)
    stage.configure(lists)
    stage.poll()
    stage.wait()
    stage.pages["/listings.json"] = [row | {"locations": [], "active": True, "is_visible": True, "date_posted": 1795000000}]
    stage.poll()
    assert stage.means.store.outbox.counts() == {"out": {"owed": 1}}, "unknown is kept"
    publish(stage, 2)
    assert stage.deliver() == []
    assert stage.means.store.outbox.counts() == {"out": {"dropped": 1}}

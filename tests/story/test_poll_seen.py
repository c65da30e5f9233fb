"""An entry whose bytes were read before is not parsed again, and counts as listed in every way; in doubt it is parsed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import timedelta

import pytest

from alerts.model.options import Options
from alerts.model.page import Page
from alerts.model.pending import Pending
from alerts.model.raw import Reading
from alerts.poll.crawl import Bounds
from alerts.poll.poll import Poller, Report
from alerts.poll.seen import kept, seen_of, still_stored
from alerts.sandbox.reader import Reader
from tests.story.conftest import Stage
from tests.story.test_poll import OUT, SEARCH
from tests.story.test_poll_listings import entry, feed

FEED = '[[sources]]\nname="Feed"\nkind="rss"\nurl="SITE/feed"\ncompany="Acme"\nwhole=true\n'


class Counting(Reader):
    """A reader that says how many entries were parsed."""

    def __init__(self) -> None:
        super().__init__(inline=True)
        self.parsed: list[int] = []

    def read(self, kind: str, page: Page, options: Options) -> Reading:
        reading = super().read(kind, page, options)
        self.parsed.append(len(reading.postings))
        return reading

    def read_new(self, kind: str, page: Page, options: Options, known: Mapping[str, str]) -> Reading:
        reading = super().read_new(kind, page, options, known)
        self.parsed.append(len(reading.postings))
        return reading


class House:
    """A feed of six entries that was read once."""

    def __init__(self, stage) -> None:
        self.stage, self.reader, self.bounds = stage, Counting(), Bounds()
        self.entries = {number: entry(number) for number in range(1, 7)}
        stage.pages["/feed"] = feed(*self.entries.values())
        stage.configure(FEED + SEARCH + OUT.format(folder=stage.folder))
        self.poll()

    @property
    def store(self):
        return self.stage.means.store

    @property
    def key(self) -> str:
        return self.stage.means.plan.sources[0].key

    def poll(self, wait: timedelta = timedelta(hours=1)) -> Report:
        self.stage.wait(wait)
        self.stage.pages["/feed"] = feed(*self.entries.values())
        means = self.stage.means
        poller = Poller(
            store=means.store,
            plan=means.plan,
            matcher=means.matcher,
            fetcher=means.fetcher,
            reader=self.reader,
            bounds=self.bounds,
        )
        return poller.poll(means.plan.sources[0], self.stage.now)

    def known(self, number: int):
        address = f"https://acme.example/jobs/{number}"
        return self.store.postings.known(self.key, [address]).get(address)

    def forget(self) -> None:
        """As if nothing had been kept of the bytes of the entries."""
        self.store.ledger.write("UPDATE validators SET entries = NULL, body = NULL")

    def state(self) -> object:
        """All that polls said and kept, without the address of the site."""
        rows = self.store.ledger.rows
        found = (
            rows("SELECT source_id, job, raw, posting, missed, closed, pending, first_seen FROM postings ORDER BY id"),
            rows("SELECT job, kind, at, posting, changes FROM events ORDER BY id"),
            rows("SELECT job, event FROM alerts ORDER BY job, event"),
            rows("SELECT listed, dropped, typical, failures, interval FROM sources"),
        )
        return json.loads(json.dumps(found).replace(self.key, "KEY").replace(self.stage.site.url, "SITE"))


@pytest.fixture
def house(stage) -> House:
    return House(stage)


def test_only_what_is_new_or_edited_is_parsed_and_told(house):
    assert house.reader.parsed == [6]
    house.entries[7] = entry(7)
    report = house.poll()
    assert (house.reader.parsed[-1], report.listed, report.recorded.new) == (1, 7, 1)
    house.entries[3] = entry(3, title="Staff Engineer 3")
    report = house.poll()
    assert (house.reader.parsed[-1], report.listed, report.recorded.changed) == (1, 7, 1)


def test_what_is_not_parsed_counts_as_listed(house):
    """Neither missed nor closed nor a drop; and only what is really gone is closed."""
    house.entries[7] = entry(7)
    house.poll()
    del house.entries[2]
    for number in (8, 9, 10):
        house.entries[number] = entry(number)
        house.poll(timedelta(hours=4))
    assert house.known(2).closed
    assert not any(house.known(number).missed or house.known(number).closed for number in (1, 3, 4, 5, 6, 7))
    state = house.store.sources.state(house.key)
    assert (state.listed, state.dropped) == (9, None)


def test_what_comes_back_was_never_gone(house):
    gone = house.entries.pop(2)
    house.poll()
    assert house.known(2).missed == 1
    house.entries[2] = gone
    house.poll()
    assert house.known(2).missed == 0


def test_an_entry_that_is_listed_is_not_replaced_by_one_of_the_same_words(house):
    """A second opening beside the first, which is still there, unparsed: it is no new id of it."""
    house.entries[8] = entry(1, session="again-")
    house.poll()
    assert house.known(1) is not None
    assert house.store.postings.count()[1] == 7


@pytest.mark.parametrize(
    "damage",
    [
        lambda store: store.postings.delete([2]),
        lambda store: store.ledger.write("UPDATE postings SET raw = 'another' WHERE id = 2"),
        lambda store: store.postings.keep_tries(2, 1, Pending.NEW),
        lambda store: store.ledger.write("UPDATE postings SET source_id = 'other' WHERE id = 2"),
    ],
    ids=["forgotten", "stored as another reading said it", "details outstanding", "stored under another id"],
)
def test_what_is_not_stored_just_as_it_was_read_is_parsed_again(house, damage):
    damage(house.store)
    house.entries[7] = entry(7)
    house.poll()
    assert house.reader.parsed[-1] > 1
    found = house.known(2)
    assert found is not None
    assert found.pending is None
    assert found.raw != "another"


def test_a_poll_that_failed_keeps_nothing_of_the_bytes(house, monkeypatch):
    """It comes to nothing before its last transaction: next time it all is new again."""
    before = house.store.sources.validators(house.key)
    house.entries[7] = entry(7)
    monkeypatch.setattr(type(house.store.postings), "add", lambda *_args, **_more: 1 // 0)
    assert house.poll().error
    monkeypatch.undo()
    assert house.store.sources.validators(house.key) == before
    assert house.poll().recorded.new == 1


def test_another_version_of_the_code_that_reads_parses_everything_anew(house, monkeypatch):
    monkeypatch.setattr("alerts.sources.rss.reading_code", lambda _kind: "of tomorrow")
    house.entries[7] = entry(7)
    house.poll()
    assert house.reader.parsed[-1] == 7


def test_other_options_are_another_reading(house):
    """Their digest is part of the key of the source: nothing that was kept is of it."""
    stage = house.stage
    stage.configure(FEED + 'title="role at company"\n' + SEARCH + OUT.format(folder=stage.folder))
    house.poll()
    assert house.reader.parsed[-1] == 6


def test_the_first_ones_are_taken_of_all_where_there_are_too_many(house):
    house.bounds = Bounds(postings=4)
    house.entries = {0: entry(0)} | house.entries
    report = house.poll()
    assert report.cut == "only the first 4 postings are read"
    assert house.known(0) is not None
    assert report.listed == 4


def test_a_body_that_came_again_keeps_what_is_known_of_its_entries(house):
    house.poll()
    assert house.reader.parsed == [6], "the same body"
    house.entries[7] = entry(7)
    house.poll()
    assert house.reader.parsed == [6, 1]


def test_twenty_polls_say_the_same_whether_anything_is_kept_or_not(tmp_path, stage):
    """Edits, arrivals, departures, returns, a sharp drop and its end; once with what is kept, once with it forgotten."""

    def play(house: House, *, forget: bool) -> object:
        for turn in range(20):
            if forget:
                house.forget()
            house.entries[turn + 10] = entry(turn + 10)
            house.entries[1 + turn % 3] = entry(1 + turn % 3, title=f"Engineer of {turn // 4}")
            house.entries.pop(turn + 5, None)
            if turn == 11:
                kept_back, house.entries = house.entries, dict(list(house.entries.items())[:2])
            if turn == 13:
                house.entries = kept_back
            house.poll(timedelta(hours=3))
        return house.state()

    (tmp_path / "other").mkdir()
    with ExitStack() as stack:
        other = House(Stage(tmp_path / "other", stack))
        said, parsed = play(other, forget=True), sum(other.reader.parsed)
    house = House(stage)
    mine = play(house, forget=False)
    assert mine == said
    assert sum(house.reader.parsed) < parsed / 3


def test_what_was_kept_in_another_form_is_no_harm(house):
    for said in ("", "null", "[]", "{", '{"a": 1}', '{"a": ["b"]}', "7"):
        assert seen_of({"entries": said}) == {}
    seen = seen_of(next(iter(house.store.sources.validators(house.key).values())))
    assert len(seen) == 6
    assert still_stored(house.store.postings, house.key, seen) == seen
    assert still_stored(house.store.postings, "rss:other", seen) == {}
    house.store.postings.keep_tries(2, 1, Pending.CHANGE)
    assert len(still_stored(house.store.postings, house.key, seen)) == 5
    assert kept(Reading(entries=tuple((key, one) for key, (one, _) in seen.items())), seen) == json.dumps(seen)

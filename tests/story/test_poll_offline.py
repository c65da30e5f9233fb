"""A machine without network: nobody's fault but its own, no source waits for it, and all are read soon after it is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.fetch.client import Client
from alerts.fetch.fetcher import Fetcher
from alerts.poll.poll import poll
from tests.story.test_poll import OUT, SEARCH
from tests.story.test_poll_listings import entry, feed

MINUTE = timedelta(minutes=1)


class Network:
    """Names that resolve to the stand-in site, unless they, or all of them, are dark."""

    def __init__(self, stage, names: list[str]) -> None:
        self.stage, self.dark, self.tried = stage, set[str](), list[str]()
        port = stage.site.url.rpartition(":")[2]
        feeds = "".join(f'[[sources]]\nname="{name}"\nkind="rss"\nurl="http://{name}.example:{port}/{name}"\n' for name in names)
        for name in names:
            stage.pages[f"/{name}"] = feed(entry(1))
        stage.configure(feeds + SEARCH + OUT.format(folder=stage.folder))
        client = Client(allow_private=["127.0.0.1"], resolver=self._resolve)
        stage._means = replace(stage.means, client=client, fetcher=Fetcher(client, pace=0))
        self.names = names

    def _resolve(self, host: str, _port: int) -> list[str]:
        name = host.partition(".")[0]
        self.tried.append(name)
        if name in self.dark or "*" in self.dark:
            raise OSError("Temporary failure in name resolution")
        return ["127.0.0.1"]

    def run(self, length: timedelta) -> None:
        """Let time pass as a daemon does, reading what is due."""
        stage, means = self.stage, self.stage.means
        sources, end = {source.key: source for source in means.plan.sources}, stage.now + length
        while stage.now < end:
            # No connection outlives the network.
            means.client.close()
            for key in means.store.sources.claim_due(stage.now, 5 * MINUTE, 99):
                poll(sources[key], means, stage.now)
            stage.now += MINUTE

    def unread(self, since) -> set[str]:
        return {state.name for state in self.stage.means.store.sources.states() if state.read is None or state.read < since}


@pytest.fixture
def network(stage):
    network = Network(stage, [f"s{n}" for n in range(6)])
    network.run(timedelta(hours=2))
    return network


def test_after_nine_hours_without_network_all_is_read_within_minutes(network):
    """Each failure doubled each source's wait: they stayed dark for eight hours more."""
    network.dark = {"*"}
    network.run(timedelta(hours=9))
    network.dark = set()
    back = network.stage.now
    network.run(timedelta(minutes=4))
    assert network.unread(back) == set()
    states = network.stage.means.store.sources.states()
    assert {(state.failures, state.failing_since) for state in states} == {(0, None)}


def test_a_restart_while_there_is_no_network_changes_nothing(network):
    network.dark = {"*"}
    network.run(timedelta(hours=5))
    network.stage.means.store.sources.release_all()
    network.run(timedelta(hours=4))
    network.dark = set()
    back = network.stage.now
    network.run(timedelta(minutes=4))
    assert network.unread(back) == set()


def test_one_source_that_is_gone_waits_longer_and_longer(network):
    network.tried.clear()
    network.dark = {"s3"}
    network.run(timedelta(days=1))
    (state,) = [one for one in network.stage.means.store.sources.states() if one.name == "s3"]
    assert state.failures >= 4
    assert state.failing_since is not None
    assert network.tried.count("s3") < 40 < network.tried.count("s1") * 2
    assert "network seems to be down" not in (state.error or "")


def test_the_only_source_is_told_as_failing_and_read_soon_after_it_is_back(stage):
    network = Network(stage, ["alone"])
    network.run(timedelta(hours=1))
    network.dark = {"*"}
    network.run(timedelta(hours=9))
    (state,) = stage.means.store.sources.states()
    assert state.failing_since is not None
    network.dark = set()
    back = stage.now
    network.run(timedelta(minutes=4))
    assert network.unread(back) == set()


def test_while_nothing_can_be_reached_that_is_what_is_said(network):
    network.dark = {"*"}
    network.run(timedelta(hours=1))
    errors = {state.error for state in network.stage.means.store.sources.states()}
    assert all(error and "this machine's network seems to be down" in error for error in errors)

"""A tally: boards served twice over, details failing, a job hidden, a channel down, a week asleep; none lost, none twice."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.cli.demo.site import Asked, Given
from alerts.normalise.company import key
from alerts.store.short import short
from tests.story.test_poll import SMART, detail, listed

SHARED = Path(__file__).parents[3] / "shared"
HOOK = '[channels.hook]\nkind="webhook"\nurl="SITE/hook"\n'
SEARCH = '[[searches]]\nname="x"\ntitle=["engineer"]\nkeywords=["kubernetes"]\n'
ALL = '[[searches]]\nname="all"\nexclude=["zzyzx"]\n'


class Receiver:
    """A channel that is down now and then."""

    def __init__(self, chance: random.Random, share: float) -> None:
        self.chance, self.share, self.heard = chance, share, []

    def __call__(self, asked: Asked) -> Given:
        if self.chance.random() < self.share:
            return Given(b"", 503)
        self.heard += [(alert["event"], alert["job"]) for alert in json.loads(asked.body)["data"]["alerts"]]
        return Given(b"", 204)


def drain(stage, hours: int) -> None:
    """Read and deliver, hour after hour."""
    for _ in range(hours):
        stage.wait()
        stage.poll()
        stage.deliver()


@pytest.mark.parametrize("seed", range(3))
def test_with_details_that_fail_and_a_channel_that_is_down_all_are_told_once(stage, seed):
    chance = random.Random(seed)
    receiver = stage.hook = Receiver(chance, 0.3)
    titles = {str(n): chance.choice(["Engineer", "Technician"]) + f" {n}" for n in range(1, 31)}
    due = {number for number, title in titles.items() if "Engineer" in title}
    stage.pages["/v1/companies/acme/postings"] = listed()
    for number, title in titles.items():
        page = detail(number, title, f"We run Kubernetes, and number {number} does its own work of the kind {number * 3}.")
        stage.pages[f"/v1/companies/acme/postings/{number}"] = lambda _asked, page=page: (
            Given(b"", 500) if chance.random() < 0.3 else Given(json.dumps(page).encode())
        )
    stage.configure(SMART + SEARCH + HOOK)
    stage.poll()
    shown: list[str] = []
    for number in titles:
        shown.append(number)
        if chance.random() < 0.4:
            stage.pages["/v1/companies/acme/postings"] = listed(*((one, titles[one]) for one in shown))
            drain(stage, 1)
    stage.pages["/v1/companies/acme/postings"] = listed(*titles.items())
    # How long a message that is owed lives over a sleep is a story of its own.
    while stage.means.store.outbox.counts().get("hook", {}).get("owed"):
        drain(stage, 1)
    stage.wait(timedelta(days=7))
    drain(stage, 12)
    for one, title in list(titles.items()):
        titles[one] = title.replace("Technician", "Engineer")
        page = detail(one, titles[one], f"We run Kubernetes, and number {one} does its own work of the kind {one * 3}.")
        stage.pages[f"/v1/companies/acme/postings/{one}"] = page
    stage.pages["/v1/companies/acme/postings"] = listed(*titles.items())
    drain(stage, 12)
    counts = Counter(job for event, job in receiver.heard if event == "new")
    assert len(due) < len(counts) == len(titles), "those that became what is wanted are told too"
    assert set(counts.values()) == {1}
    explained(stage, set(counts))


def explained(stage, heard: set[str]) -> None:
    """What the store says was sent was received, and the other way round."""
    store = stage.means.store
    jobs = {one.job for batch in store.postings.open() for one in batch}
    sent = {short(job) for job in jobs if any(owed.state == "sent" for owed in store.outbox.told(job))}
    assert sent == heard & {short(job) for job in jobs}


@pytest.mark.parametrize("name", ["impact", "luno"])
def test_a_recorded_board_twice_over_with_a_company_hidden_in_between(stage, name):
    folder = SHARED / "samples" / "greenhouse-series" / name
    if not folder.is_dir():
        pytest.skip("the recordings (../shared beside the repository) are not there")
    chance = random.Random(7)
    receiver = stage.hook = Receiver(chance, 0.3)
    pages = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    path = f"/v1/boards/{name}/jobs"
    stage.pages[path] = pages[0]
    board = f'[[sources]]\nname="b"\nkind="greenhouse"\nboard="{name}"\nbase_url="SITE"\n'
    stage.configure(board + ALL + HOOK)
    stage.poll()
    for number, page in enumerate([*pages, *pages]):
        stage.pages[path] = page
        drain(stage, 2)
        if number == len(pages):
            drain(stage, 12)
            stage.wait(timedelta(days=7))
        if number == len(pages) + 2:
            # All that was owed has gone out; what it covers from here on is old.
            drain(stage, 6)
            stage.means.store.marks.add("hide", "company", key(name), stage.now)
    drain(stage, 6)
    store = stage.means.store
    counts = Counter(job for event, job in receiver.heard if event == "new")
    assert set(counts.values()) <= {1}, "told twice"
    every = {state.job for one in stage.means.plan.sources for state in _all(stage, one.key)}
    due = {short(job) for job in every if (state := store.postings.job(job)) and not state.baseline}
    assert set(counts) == due, "never told, or told though it was old"


def _all(stage, source: str):
    rows = stage.means.store.ledger.rows("SELECT source_id FROM postings WHERE source = ?", (source,))
    return stage.means.store.postings.known(source, [row["source_id"] for row in rows]).values()

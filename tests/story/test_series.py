"""Boards as they really behave, read in order: each job is told once, none is missed, none is told again when its board flaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.replay import Tally, changes, greenhouse, invented, lever, run

SHARED = Path(__file__).parents[3] / "shared"
RECORDED = {
    "greenhouse-series/luno": lambda: greenhouse(SHARED / "samples/greenhouse-series/luno"),
    "lever-series/moo": lambda: lever(SHARED / "samples/lever-series/moo"),
    "replay": lambda: changes(next((SHARED / "replay").glob("*.jsonl.gz")), every=20),
}


def once_and_all(tally: Tally) -> None:
    assert tally.errors == []
    assert tally.twice == []
    assert tally.missed == []
    assert tally.old == [], "what was there at the first reading is not new"
    assert tally.told["new"] == tally.appeared - len(tally.joined_told) - len(tally.joined_old)


def test_the_invented_series_is_told_as_it_was_meant(tmp_path):
    """Flaps, sharp drops, an empty board, noise, a change, closings, a return and a repost, on two boards that overlap."""
    steps, sources, expected = invented(Path(__file__).parent / "series/flapping.json")
    tally = run(steps, sources, tmp_path)
    once_and_all(tally)
    assert dict(tally.told) == expected


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_series_are_told_once_and_whole(name, tmp_path):
    if not SHARED.is_dir():
        pytest.skip("the recordings (../shared beside the repository) are not there")
    steps, sources = RECORDED[name]()
    tally = run(steps, sources, tmp_path)
    assert tally.steps > 5
    once_and_all(tally)
    assert tally.told["closed"] > 0

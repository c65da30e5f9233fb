"""All recorded boards twice over, and every fault at once: of the jobs that are due none is told twice and none never.

``TALLY=all pytest -m drill -s tests/drills/test_tally.py`` plays every board that can be served, its halves called in one
process; ``TALLY=real`` the same with the program itself, one process a reading (an hour). ``SEED=2`` throws other dice.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.drills.tally import Inside, Play, compiled

SHARED = Path(__file__).parents[3] / "shared"
#: As many as fit into a minute: lists with details, of all and of the latest only.
FEW = ["smartrecruiters", "workday", "torre", "rippling", "eleduck", "recruitee", "remotive", "v2ex", "simplify-series"]
#: The same boards at successive times.
SERIES = ["greenhouse-series-luno", "greenhouse-series-impact", "lever-series-moo"]
PLAYS = {"all": [(Inside, [])], "real": [(Play, [])]}.get(os.environ.get("TALLY", ""), [(Play, FEW), (Inside, SERIES)])


@pytest.mark.drill
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(("kind", "names"), PLAYS)
def test_no_job_is_told_twice_and_none_never(kind, names, tmp_path):
    if not (SHARED / "samples").is_dir():
        pytest.skip("the recordings (../shared beside the repository) are not there")
    preload = compiled(tmp_path)
    if preload is None:
        pytest.skip("no C compiler (cc), which makes the library that moves the clock")
    with ExitStack() as stack:
        play = kind(tmp_path, stack, SHARED / "samples", names, preload, int(os.environ.get("SEED", "1")))
        tally = play.run()
    print(f"\n{kind.__name__}, {len(play.boards)} boards, {tally.said()}")
    assert tally.due > 30
    assert (tally.twice, tally.never, tally.hidden, tally.old, tally.untrue, tally.faults) == ([], [], [], [], [], [])

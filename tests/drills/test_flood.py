"""With three attempts in ten failing, every alert arrives, only ambiguous failures bring one again, and nobody is hurried."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.drills.flood import Flood


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("alerts", "seed"), [(400, 3), pytest.param(2000, 4, marks=pytest.mark.drill)])
def test_a_flood_of_faults_loses_nothing(alerts, seed, tmp_path):
    with ExitStack() as stack:
        flood = Flood(tmp_path, stack, seed, 0.3)
        flood.run(alerts)
    for name, tally in flood.tallies.items():
        assert set(tally.arrived) == {f"{name}{number}" for number in range(alerts)}
        assert tally.dead == 0
        assert tally.broken == []
        assert tally.twice <= tally.faults["drop after"]
        assert tally.too_early == 0
        assert tally.attempts - tally.faults["none"] > tally.messages // 10, "there were faults"

"""Killed at any instant the daemon goes on at the next start: nothing is lost, and only what was in flight comes twice."""

from __future__ import annotations

import os
import random
import time
from collections import Counter

import pytest

from tests.drills.house import BOARD, HOOK, MAIL, SEARCH, UNBRAKED, House, Running

#: So many kills in the drill; DRILL_KILLS=60 for the figure in docs/reliability.md.
KILLS = int(os.environ.get("DRILL_KILLS", "20"))


@pytest.mark.parametrize(("kills", "seed"), [(3, 11), pytest.param(KILLS, 7, marks=pytest.mark.drill)])
@pytest.mark.timeout(120 + 15 * KILLS)
def test_kill_nine_loses_nothing(kills, seed, database):
    chance = random.Random(seed)
    with House(0.12, database) as house:
        house.configure(BOARD + SEARCH + MAIL + HOOK, UNBRAKED)
        with house.start() as daemon:
            daemon.until(lambda: house.reads > 1)
            house.publish = 2
            daemon.until(lambda: house.hooked and house.mailed)
            moments = [_kill(daemon, house, chance)]
        for _ in range(kills - 1):
            with house.start() as daemon:
                moments.append(_kill(daemon, house, chance))
            assert house.integrity() == "ok"
        house.publish = 0
        wanted = set(house.published[1:])
        with house.start() as daemon:
            daemon.until(lambda: all(wanted <= _numbers(arrived) for arrived in (house.hooked, house.mailed)), 60)
            time.sleep(2.5)  # two more readings: whatever would come twice comes now
        assert house.integrity() == "ok"
    print(f"seed {seed}, killed while: {dict(Counter(moments))}")
    for name, arrived in (("mail", house.mailed), ("hook", house.hooked)):
        again = _again(arrived)
        print(f"{name}: {len(wanted)} jobs in {len({one for one, _ in arrived})} messages, {again} of them twice")
        assert _numbers(arrived) == wanted
        assert again <= kills


def _kill(daemon: Running, house: House, chance: random.Random) -> str:
    """At a random moment, or as soon as something is in flight; what was."""
    house.notes()
    if chance.random() < 0.6:
        # Else the one message that was in flight at the last kill would be in flight at every one.
        reads = house.reads
        daemon.until(lambda: house.reads > reads)
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0.05, 3))
    else:
        wanted = chance.choice(["board", "mail", "hook"])
        daemon.until(lambda: wanted in house.in_flight)
        # What the board said is kept after it was answered: there the moments reach further.
        time.sleep(chance.uniform(0, 0.4 if wanted == "board" else 0.14))
    moment = "+".join(sorted(set(house.in_flight))) or "in between"
    daemon.kill()
    return moment


def _numbers(arrived: list[tuple[str, list[int]]]) -> set[int]:
    return {number for _, numbers in list(arrived) for number in numbers}


def _again(arrived: list[tuple[str, list[int]]]) -> int:
    """How many messages came a second time; the same job in another message is a failure."""
    messages: dict[str, list[int]] = {}
    for name, numbers in arrived:
        assert messages.setdefault(name, numbers) == numbers, "a message that comes again says the same"
    told = Counter(number for numbers in messages.values() for number in numbers)
    assert max(told.values()) == 1, [number for number, times in told.items() if times > 1]
    return len(arrived) - len(messages)

"""A daemon that lives while nothing gets done says so: systemd's watchdog is not fed any more, and ``status`` ends with 1."""

from __future__ import annotations

import json
import os
import signal
import time

import pytest

from alerts.daemon.daemon import EXECUTORS
from tests.drills.house import BOARD, FRAME, HOOK, SEARCH, House, Running
from tests.drills.third_party import installed

pytestmark = [pytest.mark.drill, pytest.mark.timeout(400)]
#: Systemd would end a service that was silent for so many seconds.
WATCHDOG = 2
#: Kinds of a third party, whose code runs on the threads of the daemon.
DEADLY = """
    import concurrent.futures, gc
    gc.unfreeze()
    for one in gc.get_objects():
        if isinstance(one, concurrent.futures.ThreadPoolExecutor):
            one.shutdown(wait=False, cancel_futures=True)
    return []
"""
BLOCKING = "import time; time.sleep(3600)"


@pytest.fixture
def house(tmp_path, monkeypatch):
    installed(tmp_path, {"deadly": DEADLY, "blocking": BLOCKING})
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    with House() as house:
        house.extra = {"WATCHDOG_USEC": str(WATCHDOG * 1_000_000)}
        yield house


def sources(kind: str, number: int) -> str:
    return "".join(f'[[sources]]\nname="{kind} {n}"\nkind="{kind}"\nextra={{ n = "{n}" }}\n' for n in range(number))


def silence(house: House, daemon: Running) -> float:
    """Wait until the daemon says that nothing gets done; the seconds it took. It must not be fed after that."""
    heard: list[str] = []

    def says_so() -> bool:
        heard.extend(house.notes())
        return any("STATUS=nothing gets done" in line for line in heard)

    began = time.monotonic()
    daemon.until(says_so, 200)
    took = time.monotonic() - began
    assert "WATCHDOG=1" in heard, "it was fed for as long as work was done"
    after = heard[max(place for place, line in enumerate(heard) if "nothing gets done" in line) :]
    time.sleep(2 * WATCHDOG)
    assert "WATCHDOG=1" not in [*after, *house.notes()], "a service that does nothing would live for ever"
    return took


@pytest.mark.parametrize(("kind", "number"), [("deadly", 1), ("blocking", EXECUTORS["polls"])])
def test_a_dead_executor_is_not_taken_for_a_living_one(house: House, kind: str, number: int):
    board = HOOK + SEARCH + BOARD.replace("Acme", "board")
    house.configure(board, FRAME)
    with house.start() as daemon:
        daemon.ready()
        daemon.until(lambda: house.reads > 1)
        assert house.call("status").returncode == 0
        house.configure(board + sources(kind, number), FRAME)
        daemon.signal(signal.SIGHUP)
        took = silence(house, daemon)
        said = house.call("status", "--json")
        assert said.returncode == 1
        assert next(one for one in json.loads(said.stdout)["sources"] if one["name"] == "board")["late"]
        daemon.signal(signal.SIGTERM)
        assert daemon.ended(20) == 0, "a stop is obeyed all the same"
    print(f"{kind} × {number}: the watchdog starved {took:.0f} s later, status says so and ends with 1")

"""How long transactions are, while a board brings thousands of new matches and they are made into messages.

    python benchmarks/transactions.py [--jobs 2000] [--owed 10000]

While a transaction is open nobody else writes. Printed for each place that opens one: how many, the median and the longest in
milliseconds of processor time of the thread, and how many took more than 50. Ends with 1 when any did. A full garbage
collection of the interpreter (some 100 ms once in a while, wherever it happens) is not counted: it stops all threads anyway.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.notify.hold import drop, release
from alerts.poll.backfill import backfill
from alerts.store.engines.sqlite import SqliteLedger as Ledger
from benchmarks.near_identical import CONFIG, listed
from tests.drills.noise import Noise

MOST = 0.050
SEARCH = '[[searches]]\nname="engineers"\ntitle=["engineer"]\n'
HOUSE = "/alerts/"


class Trace:
    """Every outermost transaction, by the place that opened it: seconds of processor time."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self._inside = threading.local()
        #: Seconds of the thread that went into collecting garbage, so far.
        self._collecting = 0.0
        self._since = 0.0

    def _collects(self, phase: str, _info: object) -> None:
        if phase == "start":
            self._since = time.thread_time()
        else:
            self._collecting += time.thread_time() - self._since

    def _clock(self) -> float:
        return time.thread_time() - self._collecting

    @contextmanager
    def on(self) -> Iterator[None]:
        usual, trace = Ledger.transaction, self

        @contextmanager
        def timed(ledger: Ledger, *patience: float) -> Iterator[None]:
            depth = getattr(trace._inside, "depth", 0)
            begun, trace._inside.depth = trace._clock(), depth + 1
            try:
                with usual(ledger, *patience):
                    yield
            finally:
                trace._inside.depth = depth
                if not depth:
                    trace.seconds[_opener()].append(trace._clock() - begun)

        Ledger.transaction = timed  # type: ignore[method-assign]
        gc.callbacks.append(self._collects)
        try:
            yield
        finally:
            gc.callbacks.remove(self._collects)
            Ledger.transaction = usual  # type: ignore[method-assign]


def _opener() -> str:
    """The function outside of the store that asked for the transaction."""
    frame = sys._getframe(1)
    while frame.f_back and (HOUSE not in frame.f_code.co_filename or f"{HOUSE}store/" in frame.f_code.co_filename):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"


def new_matches(noise: Noise, jobs: int, _owed: int) -> None:
    """One poll brings so many new matches."""
    noise.stage.pages["/v1/boards/acme/jobs"] = {"jobs": []}
    noise.configure(SEARCH)
    noise.stage.poll()
    noise.stage.wait()
    noise.publish(jobs)


def near_identical(noise: Noise, jobs: int, _owed: int) -> None:
    """One poll brings so many postings that differ in a word."""
    stage = noise.stage
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": [listed(0)]}
    stage.configure(CONFIG)
    stage.poll()
    stage.wait()
    stage.pages["/v1/boards/acme/jobs"] = {"jobs": [listed(number) for number in range(jobs + 1)]}
    stage.poll()


def all_close(noise: Noise, jobs: int, _owed: int) -> None:
    """All but one of the jobs of a board are gone, until they count as closed; then all of them come back."""
    new_matches(noise, jobs, 0)
    whole = noise.stage.pages["/v1/boards/acme/jobs"]
    noise.stage.pages["/v1/boards/acme/jobs"] = {"jobs": whole["jobs"][:1]}  # type: ignore[index]
    for _ in range(12):
        noise.stage.wait(timedelta(hours=6))
        noise.stage.poll()
    noise.stage.pages["/v1/boards/acme/jobs"] = whole
    noise.stage.wait()
    noise.stage.poll()


def edited_search(noise: Noise, jobs: int, _owed: int) -> None:
    """A search that looks back is edited."""
    new_matches(noise, jobs, 0)
    noise.configure(SEARCH.replace("engineers", "others") + 'backfill="30d"\n')
    backfill(noise.stage.means, noise.stage.now)


def asked(noise: Noise, _jobs: int, owed: int) -> None:
    """So many alerts are owed to each of three channels; the operator wants all on one, some on another, none on a third."""
    noise.stage.pages["/v1/boards/acme/jobs"] = {"jobs": []}
    noise.configure(SEARCH)
    noise.stage.poll()
    noise.owe(owed, "engineers")
    noise.deliver(1)
    store, held = (
        noise.stage.means.store,
        {channel: delivery for delivery, channel, _, _ in noise.stage.means.store.floods.held()},
    )
    release(store, held["hook"], noise.stage.now)
    release(store, held["slack"], noise.stage.now, 40)
    drop(store, held["mail"], noise.stage.now)
    noise.deliver(1)


def digests(noise: Noise, _jobs: int, owed: int) -> None:
    """The same where the user wants no question: digests."""
    noise.stage.pages["/v1/boards/acme/jobs"] = {"jobs": []}
    noise.configure(SEARCH + "ask_above=1000000\n")
    noise.stage.poll()
    noise.owe(owed // 5, "engineers")
    noise.deliver(1)


SCENES: tuple[Callable[[Noise, int, int], None], ...] = (new_matches, near_identical, all_close, edited_search, asked, digests)


def main() -> int:
    call = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    call.add_argument("--jobs", type=int, default=2_000)
    call.add_argument("--owed", type=int, default=10_000)
    call.add_argument("--only", default="", help="the name of one scene")
    args = call.parse_args()
    worst = 0.0
    for scene in SCENES:
        if args.only not in scene.__name__:
            continue
        trace, begun = Trace(), time.process_time()
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            noise = Noise(Path(folder), stack)
            with trace.on():
                scene(noise, args.jobs, args.owed)
        worst = max(worst, _print(scene, trace, time.process_time() - begun))
    return int(worst > MOST)


def _print(scene: Callable[..., None], trace: Trace, whole: float) -> float:
    found = {place: took for place, took in trace.seconds.items() if not place.startswith(("noise.", "conftest."))}
    print(f"\n{scene.__name__}: {whole:.2f} s of processor time in all")
    print(f"  {'opened by':<34}{'count':>7}{'median ms':>11}{'longest ms':>12}{'> 50 ms':>9}")
    for place, took in sorted(found.items(), key=lambda one: -max(one[1])):
        late = sum(1 for one in took if one > MOST)
        print(f"  {place:<34}{len(took):>7}{1000 * statistics.median(took):>11.2f}{1000 * max(took):>12.1f}{late:>9}", flush=True)
    return max((one for took in found.values() for one in took), default=0.0)


if __name__ == "__main__":
    sys.exit(main())

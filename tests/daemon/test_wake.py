"""A signal may come at any moment, and still wakes the main thread instead of hanging it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

from alerts.daemon.wake import Wake

#: Waits and is woken by a timer's signals, which interrupt it at every place that it has; ends by itself when all is well.
BOMBARDED = """
import faulthandler, random, signal, time
from alerts.daemon.wake import Wake

wake, heard = Wake(), 0

def handler(*_):
    global heard
    heard += 1
    wake.set()
    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.00002, 0.0003))

signal.signal(signal.SIGALRM, handler)
faulthandler.dump_traceback_later(15, exit=True)
signal.setitimer(signal.ITIMER_REAL, 0.001)
end = time.monotonic() + 3
while time.monotonic() < end:
    wake.wait(0.0002)
signal.setitimer(signal.ITIMER_REAL, 0)
assert heard > 100, heard
"""


def test_a_signal_in_the_midst_of_a_wait_does_not_hang_it():
    ran = subprocess.run([sys.executable, "-c", BOMBARDED], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr


def test_a_call_before_the_wait_ends_it_at_once():
    wake = Wake()
    for _ in range(3):
        wake.set()
    started = time.monotonic()
    wake.wait(30)
    assert time.monotonic() - started < 10


def test_calls_that_were_answered_do_not_end_the_next_wait():
    wake = Wake()
    wake.set()
    wake.set()
    wake.wait(30)
    started = time.monotonic()
    wake.wait(0.2)
    assert time.monotonic() - started >= 0.15


def test_another_thread_wakes_it():
    wake = Wake()
    threading.Timer(0.1, wake.set).start()
    started = time.monotonic()
    wake.wait(30)
    assert time.monotonic() - started < 10

"""The reading process: its limits, and its loop. Started by ``process.py``, which talks to it over standard input."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path

from alerts.sandbox import wire
from alerts.sandbox.work import UNREADABLE, one_line, perform

_FILES = 64
#: Seconds in which the first task comes.
_FIRST = 60.0
#: A child that once needed more than this is exchanged for a new one, because memory rarely comes back.
_FAT_BYTES = 300 * 2**20
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def serve(deadline: float, memory_mb: int, idle: float) -> None:
    """Do tasks until the parent closes the link, or ``idle`` seconds pass without one."""
    link = socket.socket(fileno=0)
    _limit(memory_mb)
    sys.addaudithook(_forbid)
    # Where it can be known by getrusage only, the system hands on the peak of the process that started this one.
    inherited = _most_memory()
    wire.send(link, b"ready")
    # It was started for a task, which a busy machine may bring late.
    patience = max(idle, _FIRST)
    while True:
        try:
            task = wire.receive(link, time.monotonic() + patience)
        except TimeoutError:
            # Told apart from a crash by its status; the parent starts another one when there is work again.
            os._exit(wire.RESTED)
        except (EOFError, OSError):
            os._exit(0)
        patience = idle
        _allow_cpu(deadline)
        wire.send(link, _result(task))
        if _most_memory() > max(_FAT_BYTES, inherited):
            os._exit(wire.RESTED)


def _result(task: bytes) -> bytes:
    try:
        return wire.pack(perform(wire.unpack_task(task)))
    except MemoryError:
        return wire.pack((UNREADABLE, "reading this page took more memory than allowed"))
    except BaseException as error:
        return wire.pack((UNREADABLE, one_line(f"this page could not be read ({type(error).__name__}: {error})")))


def _limit(memory_mb: int) -> None:
    # Where memory runs out, the system shall end this process and not the daemon.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    # The parent decides when this process ends; a Ctrl-C or a stop of the service is meant for the parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for name, value in (("RLIMIT_AS", memory_mb * 2**20), ("RLIMIT_NOFILE", _FILES), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0)):
        # Not every platform knows or enforces every limit; the parent's deadline holds on all of them.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            limit = getattr(resource, name)
            hard = resource.getrlimit(limit)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (value, value))


def _allow_cpu(seconds: float) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _most_memory() -> int:
    """The most that this process ever held, in bytes."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        # Linux counts here from the start of the program; what getrusage says begins with the peak of who started it.
        return int(Path("/proc/self/status").read_text("ascii").partition("VmHWM:")[2].split()[0]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _forbid(event: str, _: object) -> None:
    """Audit hook: some parsers would open an address or start a program that a page names."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError("a kind of source must not use the network or start programs")

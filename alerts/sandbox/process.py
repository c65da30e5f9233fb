"""The reading process seen from outside: started, asked with a deadline, killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from alerts.sandbox import wire

#: Seconds that a new process may take until it is ready; generous, because it counts against no page.
_START = 30.0
#: How a stack that overflows ends a process: interpreters do not see every recursion before the system does.
_OVERFLOWS = (-signal.SIGSEGV, -signal.SIGBUS)
_ENVIRONMENT = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "PYTHONHASHSEED", "PYTHONUTF8")
_CODE = "import sys; sys.path[:] = {path!r}; from alerts.sandbox.child import serve; serve({deadline!r}, {memory!r}, {idle!r})"


class Late(Exception):
    """The deadline passed."""


class Died(Exception):
    """The process ended in the middle of its work; ``str()`` says how, as the end of a sentence.

    ``rested``: it had ended before it saw the task, so that another one may be asked.
    """

    def __init__(self, how: str, *, rested: bool = False) -> None:
        super().__init__(how)
        self.rested = rested


class Process:
    """One child. It inherits nothing but one end of a socket pair: no files, no environment that could hold a secret."""

    def __init__(self, deadline: float, memory_mb: int, idle: float) -> None:
        ours, theirs = socket.socketpair()
        self._limit = memory_mb * 2**20
        # The child must find what this process finds, however it was started; "" (the current folder) is made plain.
        path = [str(Path(entry).absolute()) for entry in sys.path]
        code = _CODE.format(path=path, deadline=deadline, memory=memory_mb, idle=idle)
        with theirs:
            self._popen = subprocess.Popen(  # noqa: S603  (our own interpreter and code)
                [sys.executable, "-P", "-B", "-c", code],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                close_fds=True,
            )
        self._link = ours
        self._await_ready()

    def _await_ready(self) -> None:
        try:
            wire.receive(self._link, time.monotonic() + _START, 64)
        except (OSError, EOFError, ValueError):
            self.kill()
            raise Died("was not possible: the reading process does not start; check the installation and its memory") from None

    def ask(self, task: bytes, seconds: float) -> bytes:
        """The result of one task; raises Late or Died, and the process is of no more use then."""
        end = time.monotonic() + seconds
        try:
            wire.send(self._link, task, end)
            return wire.receive(self._link, end, self._limit)
        except TimeoutError:
            raise Late from None
        except ValueError:
            raise Died("gave a result that is too large to be taken") from None
        except (OSError, EOFError):
            how = self._how()
            raise Died(how, rested=self._popen.returncode == wire.RESTED) from None

    def rested(self) -> bool:
        """Did it end while it had nothing to do?"""
        if self._popen.poll() is None:
            return False
        self._link.close()
        return True

    def close(self) -> None:
        """Let it end, now."""
        self._link.close()
        try:
            self._popen.wait(1)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it, whatever it does."""
        self._link.close()
        self._popen.kill()
        self._popen.wait()

    def _how(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(1)
        match self._popen.returncode:
            case status if status == -signal.SIGXCPU:
                return "took too much CPU time and was stopped"
            case status if status == -signal.SIGKILL:
                return "was killed by the system, perhaps for its memory"
            case status if status in _OVERFLOWS:
                return f"crashed the reading process (signal {-status}); perhaps the page is nested too deeply"
            case status if status is not None and status < 0:
                return f"crashed the reading process (signal {-status})"
        return "ended the reading process"

"""Run a program of the user's own: bytes on its input, text from its output, under limits, and without our secrets."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO

from alerts.model.errors import ProgramError
from alerts.render.clean import line
from alerts.sandbox import own_program
from alerts.sandbox.own_program import CannotStart

#: Bytes of an answer, and of what is read of its complaints.
MOST, MOST_SAID = 400_000, 20_000
#: Seconds for what is left in a pipe.
LINGER = 2.0


def run(
    command: Sequence[str], given: bytes, *, name: str, timeout: timedelta, env: Mapping[str, str], folder: Path, most: int = MOST
) -> str:
    """What the program says; raises ProgramError with one line. ``name``: the option that names it."""
    pipe = subprocess.PIPE
    try:
        program = own_program.start(command, stdin=pipe, stdout=pipe, stderr=pipe, env=env, folder=folder)
    except CannotStart as why:
        raise ProgramError(f"{name}: {command[0]} cannot be started: {why}; check the command") from None
    answer, said, late = _talk(program, given, timeout, most)
    return _judged(f"{name}: {command[0]}", program.returncode, answer, said, timeout if late else None, most)


def _talk(program: subprocess.Popen[bytes], given: bytes, timeout: timedelta, most: int) -> tuple[bytes, bytes, bool]:
    """Its answer, its complaints, and whether it was stopped for being late."""
    kept: dict[str, bytearray] = {"answer": bytearray(), "said": bytearray()}
    threads = [
        threading.Thread(target=_feed, args=(program.stdin, given), daemon=True),
        threading.Thread(target=_drain, args=(program.stdout, kept["answer"], most + 1, program), daemon=True),
        threading.Thread(target=_drain, args=(program.stderr, kept["said"], MOST_SAID, None), daemon=True),
    ]
    for thread in threads:
        thread.start()
    late = False
    try:
        program.wait(timeout.total_seconds())
        for thread in threads:  # the end of what it wrote; a child of it may hold the pipe open, and is not waited for
            thread.join(LINGER)
    except subprocess.TimeoutExpired:
        late = True
    finally:
        own_program.end(program)
    for thread in threads:
        thread.join(LINGER)
    return bytes(kept["answer"]), bytes(kept["said"]), late


def _feed(stream: IO[bytes] | None, given: bytes) -> None:
    """A program need not read all that it is given."""
    if stream is None:
        return
    with contextlib.suppress(OSError, ValueError):
        stream.write(given)
    with contextlib.suppress(OSError, ValueError):
        stream.close()


def _drain(stream: IO[bytes] | None, kept: bytearray, most: int, program: subprocess.Popen[bytes] | None) -> None:
    """Read to the end, keep the beginning; who answers more than is wanted is ended."""
    with contextlib.suppress(OSError, ValueError), stream or contextlib.nullcontext():
        while stream and (part := stream.read1(65_536)):  # type: ignore[attr-defined]
            kept += part[: most - len(kept)]
            if program and len(kept) >= most:
                own_program.kill(program)
                return


def _judged(name: str, status: int, answer: bytes, said: bytes, late: timedelta | None, most: int) -> str:
    last = line((said.decode("utf-8", "replace").strip().splitlines() or [""])[-1], 200)
    tail = f": {last}" if last else ""
    if len(answer) > most:
        raise ProgramError(f"{name} wrote more than {most:,} bytes and was stopped")
    if late is not None:
        raise ProgramError(f"{name} did not end within {late.total_seconds():g} s and was stopped{tail}")
    if status:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        raise ProgramError(f"{name} {how}{tail}")
    try:
        text = answer.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ProgramError(f"{name} wrote something that is no text in UTF-8") from None
    if not text:
        raise ProgramError(f"{name} wrote nothing{tail}")
    return text
